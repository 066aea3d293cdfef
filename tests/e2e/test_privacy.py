"""`tkt redact` and `tkt forget`, as a user works: what the tree holds then, and what git does."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from helpers import DeskAtWork

WORDS = "My address is 12 Elm Street,\nsay hello to Zhang Wei."
LATER = "2026-11-16T03:00:00Z"


@pytest.fixture
def ticket(desk: DeskAtWork) -> str:
    desk.write(
        "customers/acme.yaml",
        "name: ACME Ltd\ntier: vip\nlanguage: en\ncontract: C-77\naddress: 1 Acme Road\ncontacts:\n"
        "- {name: Zhang Wei, email: zhang.wei@acme.example, phone: +86 138 0013 8000, role: buyer}\n"
        "- {name: 李娜, wechat: lina88}\n",
    )
    sla = desk.root / "config/sla.yaml"
    promised = sla.read_text().replace("customer.tier:vip", "customer.tier:vip OR contract:C-77")
    sla.write_text(promised)
    desk.git("add", "-A")
    desk.git("commit", "-qm", "a customer")
    asked = ["--channel", "email", "--customer", "acme", "--from", "Zhang Wei <zhang.wei@acme.example>"]
    found: str = desk.json("new", "Cannot log in", *asked, "--text", WORDS)["id"]
    return found


@pytest.fixture
def remote(desk: DeskAtWork, tmp_path: Path) -> Path:
    bare = tmp_path / "remote.git"
    desk.git("init", "-q", "--bare", str(bare))
    desk.git("remote", "add", "origin", str(bare))
    return bare


def event_of(desk: DeskAtWork, ticket: str, did: str) -> str:
    found: str = next(event["id"] for event in desk.json("log", ticket) if event["did"] == did)
    return found


def tree(desk: DeskAtWork) -> str:
    """Everything that lies in the desk, names and contents."""
    files = (path for path in sorted(desk.root.rglob("*")) if path.is_file() and ".git" not in path.parts)
    return "".join(f"{path.relative_to(desk.root)}\n{path.read_text('utf-8')}" for path in files)


def wrong(desk: DeskAtWork) -> list[str]:
    """What `check` says of files other than the configuration."""
    problems = desk.json("check", code=None)["problems"]
    return [problem["message"] for problem in problems if not problem["path"].startswith("config/")]


# --- redact ---


def test_the_words_of_an_event_go_and_the_rest_of_the_file_stays(desk: DeskAtWork, ticket: str) -> None:
    before = desk.path(ticket).read_text()
    message = event_of(desk, ticket, "message")
    clocks = desk.at(LATER).json("show", ticket)["sla"]
    done = desk.json("redact", ticket, "--event", message, "--reason", "asked by mail")
    after = desk.path(ticket).read_text()
    assert "Elm Street" not in after
    assert "redacted: {by: Li Wei" in after or "redacted: {by: li.wei" in after
    assert [line for line in before.splitlines() if line not in after.splitlines()] == [
        "  text: |-", "    My address is 12 Elm Street,", "    say hello to Zhang Wei.",
    ]  # fmt: skip
    assert done["events"] == [message]
    assert wrong(desk) == []
    assert desk.json("check", "--changed-since", "HEAD~1")["errors"] == 0
    assert desk.json("show", ticket)["sla"] == clocks


def test_it_is_one_commit_that_names_neither_words_nor_reason(desk: DeskAtWork, ticket: str) -> None:
    desk.tkt("redact", ticket, "--contact", "--reason", "Zhang asked")
    assert desk.git("log", "-1", "--format=%B").split("\n")[:4] == [
        f"{ticket}: redact", "", f"Ticket: {ticket}", "Action: redact",
    ]  # fmt: skip
    assert desk.git("show", "--name-only", "--format=").split() == [
        str(desk.path(ticket).relative_to(desk.root))
    ]
    assert desk.git("status", "--porcelain") == ""


def test_a_contact_is_one_pseudonym_wherever_the_ticket_names_it(desk: DeskAtWork, ticket: str) -> None:
    desk.tkt("note", ticket, "-m", "Zhang Wei's number: 138 0013 8000; zhang.wei@acme.example is full")
    desk.tkt("set", ticket, "contact.phone=13800138000")
    done = desk.tkt("redact", ticket, "--contact", "--reason", "asked")
    text = desk.path(ticket).read_text()
    for word in ("Zhang", "0013 8000", "13800138000", "acme.example"):
        assert word not in text
    shown = desk.json("show", ticket)
    pseudonym = shown["contact"]["name"]
    assert shown["contact"] == {"name": pseudonym}
    assert {event["by"] for event in shown["events"] if event.get("role") == "customer"} == {pseudonym}
    (note,) = (event for event in shown["events"] if event["did"] == "note")
    assert note["text"] == f"{pseudonym}'s number: {pseudonym}; {pseudonym} is full"
    assert pseudonym in done.out
    assert wrong(desk) == []


def test_it_asks_which_words_and_names_those_that_there_are(desk: DeskAtWork, ticket: str) -> None:
    answer = desk.tkt("redact", ticket, code=2)
    assert event_of(desk, ticket, "message") in answer.err
    assert "My address is" in answer.err
    assert "--event EVENT" in answer.err


def test_the_history_of_a_ticket_tells_what_was_taken_out_and_why(desk: DeskAtWork, ticket: str) -> None:
    message = event_of(desk, ticket, "message")
    desk.tkt("redact", ticket, "--event", message, "--field", "title", "--reason", "asked by mail")
    told = desk.tkt("log", ticket).out
    assert "the customer wrote (redacted: asked by mail)" in told
    assert "title redacted (because asked by mail)" in told
    assert "[redacted]" not in told


def test_it_wants_a_reason(desk: DeskAtWork, ticket: str) -> None:
    assert "--reason" in desk.tkt("redact", ticket, "--contact", code=2).err


def test_what_stands_elsewhere_in_the_ticket_is_told(desk: DeskAtWork, ticket: str) -> None:
    desk.tkt("note", ticket, "-m", "he said:\nMy address is 12 Elm Street,")
    message, note = event_of(desk, ticket, "message"), event_of(desk, ticket, "note")
    answer = desk.tkt("redact", ticket, "--event", message, "--reason", "r")
    assert f"elsewhere in {ticket} too: {note}" in answer.err


def test_a_title_made_of_the_words_is_told(desk: DeskAtWork) -> None:
    words = "I am Zhang Wei of Elm Street 12 and I cannot log in to your shop any more"
    made = desk.json("new", "--channel", "phone", "--text", words)["id"]
    done = desk.json("redact", made, "--event", event_of(desk, made, "message"), "--reason", "r")
    assert done["elsewhere"] == ["title"]
    desk.tkt("redact", made, "--field", "title", "--reason", "r")
    assert desk.json("show", made)["title"] == "[redacted]"


def test_parts_of_the_name_are_told(desk: DeskAtWork, ticket: str) -> None:
    desk.tkt("note", ticket, "-m", "Mr Zhang is angry")
    assert "Zhang (1)" in desk.tkt("redact", ticket, "--contact", "--reason", "r").err


def test_a_policy_that_looked_at_what_is_gone_is_told(desk: DeskAtWork, ticket: str) -> None:
    sla = desk.root / "config/sla.yaml"
    sla.write_text(
        sla.read_text().replace(
            "policies:\n",
            'policies:\n- name: zhang\n  match: "title:log"\n  calendar: always\n  targets: {default: {first_response: 1h}}\n',
            1,
        )
    )
    desk.git("commit", "-qam", "a policy")
    answer = desk.tkt("redact", ticket, "--field", "title", "--reason", "r")
    assert "judged otherwise" in answer.err


def test_what_is_being_edited_is_not_mixed_in(desk: DeskAtWork, ticket: str) -> None:
    path = desk.path(ticket)
    path.write_text(f"# mine\n{path.read_text()}")
    head = desk.git("rev-parse", "HEAD")
    refused = desk.tkt("redact", ticket, "--contact", "--reason", "r", code=1)
    assert "not committed" in refused.err
    assert "Zhang Wei" in path.read_text()
    assert desk.git("rev-parse", "HEAD") == head


def test_nothing_is_changed_where_git_refuses(desk: DeskAtWork, ticket: str) -> None:
    desk.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 1\n").chmod(0o755)
    text = desk.path(ticket).read_text()
    desk.tkt("redact", ticket, "--contact", "--reason", "r", code=2)
    assert desk.path(ticket).read_text() == text
    assert not (desk.root / ".git/tkt/rescue").exists()


def test_without_a_commit_the_change_is_left_to_you(desk: DeskAtWork, ticket: str) -> None:
    head = desk.git("rev-parse", "HEAD")
    assert desk.json("redact", ticket, "--contact", "--reason", "r", "--no-commit")["commit"] is None
    assert "Zhang" not in desk.path(ticket).read_text().split("text: |-")[0]
    assert desk.git("rev-parse", "HEAD") == head


# --- what history holds ---


def test_history_is_told_by_every_path_of_the_ticket(desk: DeskAtWork, ticket: str) -> None:
    desk.tkt("close", ticket, "--code", "duplicate")
    done = desk.json("redact", ticket, "--contact", "--reason", "r")
    (history,) = done["history"]
    assert history["commits"] == 2
    assert history["paths"] == [f"tickets/closed/2026-11/{ticket}.yaml", f"tickets/new/{ticket}.yaml"]
    file = Path(history["file"])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.parent == (desk.root / ".git/tkt").resolve()
    assert history["command"] == f"git filter-repo --replace-text {file}"
    assert "zhang" in file.read_text()


def test_what_was_redacted_before_is_still_in_the_expressions(desk: DeskAtWork, ticket: str) -> None:
    desk.tkt("redact", ticket, "--event", event_of(desk, ticket, "message"), "--reason", "r")
    (history,) = desk.json("redact", ticket, "--contact", "--reason", "r")["history"]
    assert "Elm\\ Street" in Path(history["file"]).read_text()


def test_what_no_commit_holds_leaves_nothing_to_be_told(desk: DeskAtWork) -> None:
    asked = ["--channel", "phone", "--from", "Zhang Wei", "--text", WORDS]
    made = desk.json("new", "x", *asked, "--no-commit")["id"]
    assert desk.json("redact", made, "--contact", "--reason", "r", "--no-commit")["history"] == []


def test_a_desk_inside_a_repository_is_told_by_its_own_paths(desk: DeskAtWork, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    desk.root = whole
    desk.git("init", "-q")
    inner = DeskAtWork(whole / "support/desk", desk.capsys)
    desk.tkt("init", str(inner.root))
    made = inner.json("new", "x", "--channel", "phone", "--from", "Zhang <z@a.example>", "--text", WORDS)[
        "id"
    ]
    inner.write("customers/zed.yaml", "name: Zed\ncontacts: [{name: Zhang, email: z@a.example}]\n")
    inner.git("add", "-A")
    inner.git("commit", "-qm", "zed")
    (history,) = inner.json("redact", made, "--contact", "--reason", "r")["history"]
    assert history["paths"] == [f"tickets/new/{made}.yaml"]
    (history,) = inner.json("forget", "zed", "--yes")["history"]
    assert "--path=support/desk/customers/zed.yaml" in history["command"]


# --- undo ---


def test_a_redaction_is_taken_off_while_nobody_else_has_it(desk: DeskAtWork, ticket: str) -> None:
    text = desk.path(ticket).read_text()
    desk.tkt("redact", ticket, "--contact", "--reason", "r")
    assert desk.json("undo")["removed"] is True
    assert desk.path(ticket).read_text() == text


def test_a_pushed_redaction_is_not_corrected(desk: DeskAtWork, ticket: str, remote: Path) -> None:
    desk.tkt("redact", ticket, "--contact", "--reason", "r")
    desk.git("push", "-q", "origin", "HEAD")
    text = desk.path(ticket).read_text()
    assert "cannot be corrected" in desk.tkt("undo", code=1).err
    assert desk.path(ticket).read_text() == text


def test_a_customer_who_was_forgotten_by_mistake_is_there_again(desk: DeskAtWork, ticket: str) -> None:
    before = tree(desk)
    desk.tkt("forget", "acme", "--yes")
    desk.tkt("undo")
    assert tree(desk) == before
    assert desk.git("status", "--porcelain") == ""


# --- forget ---


def test_a_customer_is_nowhere_in_the_tree(desk: DeskAtWork, ticket: str) -> None:
    desk.tkt("note", ticket, "-m", "ACME LTD and 李娜 (lina88) called from +86-138-0013-8000; account acme-3")
    desk.tkt("close", ticket, "--code", "duplicate")
    desk.write("reviews/2026-1.yaml", f"title: Outage at ACME Ltd\nticket: {ticket}\nowner: li.wei\n")
    desk.git("add", "-A")
    desk.git("commit", "-qm", "a review")
    clocks = desk.at(LATER).json("show", ticket)["sla"]
    desk.tkt("forget", "acme", "--yes", "--reason", "asked by mail")
    after = tree(desk).lower()
    for word in ("acme", "zhang wei", "zhang.wei", "0013-8000", "0013 8000", "lina88", "李娜", "c-77"):
        assert word not in after, word
    assert wrong(desk) == []
    assert desk.json("show", ticket)["sla"] == clocks
    assert desk.git("status", "--porcelain") == ""
    assert "acme" not in desk.git("log", "-1", "--format=%B").lower()
    assert "Action: forget" in desk.git("log", "-1", "--format=%B")


def test_a_contract_of_their_own_gets_a_pseudonym_and_goes_on_to_hold(desk: DeskAtWork, ticket: str) -> None:
    assert desk.json("show", ticket)["contract"] == "C-77"
    pseudonym = desk.json("forget", "acme", "--yes")["pseudonym"]
    assert desk.json("show", ticket)["contract"] == pseudonym
    assert f"customer.tier:vip OR contract:{pseudonym}" in (desk.root / "config/sla.yaml").read_text()


def test_a_contract_that_others_have_too_names_nobody(desk: DeskAtWork, ticket: str) -> None:
    desk.write("customers/other.yaml", "name: Other\ncontract: C-77\n")
    desk.tkt("forget", "acme", "--yes")
    assert desk.json("show", ticket)["contract"] == "C-77"
    assert "contract:C-77" in (desk.root / "config/sla.yaml").read_text()


def test_the_customers_file_keeps_what_says_nothing_of_them(desk: DeskAtWork, ticket: str) -> None:
    desk.tkt("forget", "acme", "--yes")
    (file,) = (desk.root / "customers").glob("*.yaml")
    assert file.stem.startswith("forgotten-")
    assert file.read_text().startswith(f"name: {file.stem}\ntier: vip\nlanguage: en\nevents:\n")
    assert desk.json("show", ticket)["customer"] == file.stem
    assert desk.json("show", ticket)["tier"] == "vip"


def test_the_same_person_is_the_same_pseudonym_everywhere(desk: DeskAtWork, ticket: str) -> None:
    asked = ["--channel", "phone", "--from", "zhang.wei@acme.example", "--text", "and again"]
    other = desk.json("new", "again", *asked)["id"]
    desk.tkt("forget", "acme", "--yes")
    names = {desk.json("show", each)["contact"]["name"] for each in (ticket, other)}
    assert len(names) == 1


def test_one_contact_is_forgotten_and_the_customer_stays(desk: DeskAtWork, ticket: str) -> None:
    desk.tkt("forget", "zhang.wei@acme.example", "--yes")
    customer = (desk.root / "customers/acme.yaml").read_text()
    assert "Zhang" not in customer
    assert "buyer" not in customer
    assert "李娜" in customer
    assert "contract: C-77" in customer
    shown = desk.json("show", ticket)
    assert shown["customer"] == "acme"
    assert shown["contact"]["name"].startswith("customer-")
    assert "Zhang" not in desk.path(ticket).read_text()
    assert wrong(desk) == []


def test_somebody_without_a_customers_file_is_forgotten_by_their_address(desk: DeskAtWork) -> None:
    asked = ["--channel", "phone", "--from", "Ann Lou <ann@lou.example>", "--text", "I am Ann Lou"]
    made = desk.json("new", "x", *asked)["id"]
    desk.tkt("forget", "ANN@lou.example", "--yes")
    # no pseudonym has an L, an O or a U
    assert "lou" not in desk.path(made).read_text().lower()


def test_the_queries_of_the_configuration_go_on_to_mean_the_customer(desk: DeskAtWork, ticket: str) -> None:
    sla = desk.root / "config/sla.yaml"
    sla.write_text(
        sla.read_text().replace(
            "policies:\n",
            'policies:\n- name: contract\n  match: "customer:acme,other"\n  calendar: always\n  targets: {default: {first_response: 1h}}\n',
            1,
        )
    )
    desk.git("commit", "-qam", "an agreement")
    before = desk.at(LATER).json("show", ticket)["sla"]
    assert {clock["policy"] for clock in before} == {"contract"}
    desk.tkt("forget", "acme", "--yes")
    assert desk.json("show", ticket)["sla"] == before
    assert "customer:forgotten-" in sla.read_text()


def test_a_name_in_somebody_elses_ticket_is_told_and_stays(desk: DeskAtWork, ticket: str) -> None:
    other = desk.json(
        "new", "x", "--channel", "phone", "--from", "Bob", "--text", "Zhang Wei is my neighbour"
    )["id"]
    mail = desk.json(
        "new", "y", "--channel", "phone", "--from", "Bob", "--text", "ask zhang.wei@acme.example"
    )["id"]
    answer = desk.json("forget", "acme", "--yes")
    assert "Zhang Wei is my neighbour" in desk.path(other).read_text()
    assert f"tickets/new/{other}.yaml" in {mention["path"] for mention in answer["mentions"]}
    assert "zhang.wei" not in desk.path(mail).read_text()


def test_knowledge_is_told_and_changes_only_where_asked(desk: DeskAtWork, ticket: str) -> None:
    desk.write("knowledge/login.md", "---\ntitle: Login\n---\nAs Zhang Wei found out …\n")
    desk.git("add", "-A")
    desk.git("commit", "-qm", "knowledge")
    answer = desk.json("forget", "acme", "--dry-run")
    assert {"path": "knowledge/login.md", "line": 4} in answer["mentions"]
    assert "knowledge/login.md" not in [file["path"] for file in answer["files"]]
    desk.tkt("forget", "acme", "--yes", "--knowledge")
    assert "Zhang" not in (desk.root / "knowledge/login.md").read_text()


def test_comments_outside_of_what_changes_and_attachments_are_told(desk: DeskAtWork, ticket: str) -> None:
    path = desk.path(ticket)
    path.write_text(f"# Zhang Wei is a friend of the boss\n{path.read_text()}")
    desk.write(f"attachments/{ticket}/abc", b"\x89PNG")
    desk.git("add", "-A")
    desk.git("commit", "-qm", "by hand")
    answer = desk.json("forget", "acme", "--dry-run")
    assert {"path": f"tickets/new/{ticket}.yaml", "line": 1} in answer["mentions"]
    assert {"path": f"attachments/{ticket}/", "line": None} in answer["mentions"]


def test_other_words_for_them_are_told_and_taken_with_also(desk: DeskAtWork, ticket: str) -> None:
    desk.tkt("note", ticket, "-m", "Mr Zhang called, Zhang is angry")
    assert desk.json("forget", "acme", "--dry-run")["parts"] == {"Zhang": 2}
    desk.tkt("forget", "acme", "--yes", "--also", "Zhang")
    text = desk.path(ticket).read_text()
    pseudonym = desk.json("show", ticket)["contact"]["name"]
    assert f"Mr {pseudonym} called, {pseudonym} is angry" in text


def test_what_was_overlooked_can_be_taken_later(desk: DeskAtWork, ticket: str) -> None:
    desk.tkt("note", ticket, "-m", "the yellow van")
    pseudonym = desk.json("forget", "acme", "--yes")["pseudonym"]
    again = desk.json("forget", pseudonym, "--yes", "--also", "yellow van")
    assert again["pseudonym"] == pseudonym
    assert f"the {pseudonym}" in desk.path(ticket).read_text()
    assert (desk.root / f"customers/{pseudonym}.yaml").exists()


def test_a_dry_run_counts_and_changes_nothing(desk: DeskAtWork, ticket: str) -> None:
    before, head = tree(desk), desk.git("rev-parse", "HEAD")
    answer = desk.tkt("forget", "acme", "--dry-run")
    assert f"tickets/new/{ticket}.yaml: " in answer.out
    assert "customers/acme.yaml: " in answer.out
    assert tree(desk) == before
    assert desk.git("rev-parse", "HEAD") == head


def test_without_a_terminal_it_wants_yes(desk: DeskAtWork, ticket: str) -> None:
    before = tree(desk)
    assert "--yes" in desk.tkt("forget", "acme", code=1).err
    assert tree(desk) == before


@pytest.mark.parametrize(("typed", "code"), [("n\n", 1), ("y\n", 0)])
def test_on_a_terminal_it_asks(
    desk: DeskAtWork, ticket: str, monkeypatch: pytest.MonkeyPatch, typed: str, code: int
) -> None:
    import io
    import sys

    stream = io.StringIO(typed)
    monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", stream)
    monkeypatch.setattr("tkt.commands.privacy.is_conversation", lambda: True)
    desk.tkt("forget", "acme", code=code)
    assert ("Zhang" in tree(desk)) == (code == 1)


def test_nobody_of_that_name_is_told_with_the_nearest(desk: DeskAtWork, ticket: str) -> None:
    assert "did you mean acme" in desk.tkt("forget", "acmee", code=2).err
    assert "of the desk" in desk.tkt("forget", "li.wei@desk.example", code=2).err


def test_a_file_that_cannot_be_read_is_named(desk: DeskAtWork, ticket: str) -> None:
    desk.write("tickets/new/261116-CCCC1.yaml", "id: 261116-CCCC1\ntitle: acme\ntitle: again\n")
    desk.git("add", "-A")
    desk.git("commit", "-qm", "broken")
    answer = desk.tkt("forget", "acme", "--yes", code=2)
    assert "tickets/new/261116-CCCC1.yaml:3" in answer.err
    assert "Zhang" not in desk.path(ticket).read_text()


def test_history_gets_expressions_for_every_name(desk: DeskAtWork, ticket: str) -> None:
    answer = desk.json("forget", "acme", "--yes")
    (history,) = answer["history"]
    assert "--invert-paths --path=customers/acme.yaml --replace-text" in history["command"]
    lines = Path(history["file"]).read_text().splitlines()
    assert all(line.startswith("regex:") for line in lines)
    assert Path(history["file"]).name == f"forget-{answer['pseudonym']}.txt"
    assert stat.S_IMODE(Path(history["file"]).stat().st_mode) == 0o600
    assert history["commits"] == 3  # config/sla.yaml speaks of their contract


def test_names_are_in_no_output_of_a_program(desk: DeskAtWork, ticket: str) -> None:
    answer = desk.tkt("forget", "acme", "--yes", "--json")
    data = json.loads(answer.out)["data"]
    assert "Zhang" not in answer.out.replace("customers/acme.yaml", "")
    assert data["tickets"] == [ticket]


# --- customers/ as a private submodule ---


@pytest.fixture
def private(desk: DeskAtWork, ticket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DeskAtWork:
    """The desk with its customers in a repository of their own."""
    monkeypatch.setenv("GIT_ALLOW_PROTOCOL", "file")
    theirs = DeskAtWork(tmp_path / "customers", desk.capsys)
    (desk.root / "customers").rename(theirs.root)
    desk.git("init", "-q", str(theirs.root))
    theirs.git("add", "-A")
    theirs.git("commit", "-qm", "customers")
    desk.git("add", "-A")
    desk.git("commit", "-qm", "customers move out")
    desk.git("submodule", "--quiet", "add", str(theirs.root), "customers")
    desk.git("commit", "-qm", "customers as a submodule")
    return DeskAtWork(desk.root / "customers", desk.capsys)


def test_a_desk_reads_customers_of_a_submodule(desk: DeskAtWork, private: DeskAtWork) -> None:
    made = desk.json("new", "x", "--channel", "phone", "--from", "zhang.wei@acme.example", "--text", "x")
    assert (made["customer"], made["tier"]) == ("acme", "vip")
    assert wrong(desk) == []


def test_a_customer_of_a_submodule_is_forgotten_in_both(
    desk: DeskAtWork, private: DeskAtWork, ticket: str
) -> None:
    answer = desk.json("forget", "acme", "--yes")
    assert (private.root / f"{answer['pseudonym']}.yaml").exists()
    assert private.git("log", "-1", "--format=%s").strip() == "forget"
    assert private.git("status", "--porcelain") == ""
    assert desk.git("status", "--porcelain") == ""
    assert "customers" in desk.git("show", "--name-only", "--format=").split()
    assert "Zhang" not in tree(desk)
    assert [len(each["paths"]) for each in answer["history"]] == [3, 1]


def test_a_commit_that_fails_leaves_the_submodule_as_it_was(desk: DeskAtWork, private: DeskAtWork) -> None:
    before, head = tree(desk), private.git("rev-parse", "HEAD")
    desk.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 1\n").chmod(0o755)
    desk.tkt("forget", "acme", "--yes", code=2)
    assert tree(desk) == before
    assert private.git("rev-parse", "HEAD") == head
    assert private.git("status", "--porcelain") == ""


def test_without_the_submodule_nobody_is_half_forgotten(desk: DeskAtWork, private: DeskAtWork) -> None:
    desk.git("submodule", "--quiet", "deinit", "-f", "customers")
    refused = desk.tkt("forget", "acme", "--dry-run", code=1)
    assert "git submodule update --init" in refused.err
