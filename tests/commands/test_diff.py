"""`tkt diff` on real repositories: which states it compares, what it says, how it leaves."""

from __future__ import annotations

import re
from typing import Any

import pytest
from helpers import DeskAtWork


def opened(desk: DeskAtWork, *more: str) -> str:
    answer = desk.json("new", "E104", "--channel", "email", "--text", "It says E104.", *more)
    found: str = answer["id"]
    return found


def sha(desk: DeskAtWork, rev: str = "HEAD") -> str:
    return desk.git("rev-parse", rev).strip()


def one(found: dict[str, Any]) -> dict[str, Any]:
    (ticket,) = found["tickets"]
    return dict(ticket)


@pytest.fixture
def branch(desk: DeskAtWork) -> str:
    """A ticket on main, and a branch on which it was answered; the id."""
    ticket = opened(desk)
    desk.at("2026-11-16T02:10:00Z").git("checkout", "-qb", "work")
    desk.tkt("reply", ticket, "--text", "Which version?\nAnd which browser?")
    return ticket


def test_nothing_differs_on_a_desk_that_was_just_made(desk: DeskAtWork) -> None:
    answer = desk.tkt("diff", "--exit-code")
    assert "nothing differs" in answer.out
    assert desk.json("diff")["tickets"] == []


def test_without_a_range_it_is_what_is_not_committed(desk: DeskAtWork) -> None:
    ticket = opened(desk)
    desk.tkt("note", ticket, "--text", "not yet", "--no-commit")
    found = desk.json("diff")
    assert [event["did"] for event in one(found)["events"]] == ["note"]
    assert found["to"] == {"name": None, "commit": None, "committed_at": None}
    assert "[internal] Li Wei: noted" in desk.tkt("diff").out
    assert desk.tkt("diff", "--exit-code", code=1).out


def test_one_name_is_compared_with_what_lies_here(desk: DeskAtWork, branch: str) -> None:
    desk.tkt("note", branch, "--text", "not yet", "--no-commit")
    events = one(desk.json("diff", "main"))["events"]
    assert [event["did"] for event in events] == ["message", "note"]


def test_a_branch_is_told_by_what_it_does_to_tickets(desk: DeskAtWork, branch: str) -> None:
    found = desk.json("diff", "main..work")
    ticket = one(found)
    assert ticket["id"] == branch
    (message,) = ticket["messages"]
    assert (message["to"], message["role"], message["first_line"]) == ("customer", "agent", "Which version?")
    assert found["summary"]["tickets"] == {"created": 0, "changed": 1, "gone": 0, "moved": {}}
    assert found["summary"]["told"] == {"messages": 1, "given_already": 0}
    out = desk.tkt("diff", "main..work").out
    assert "Li Wei: answered the customer" in out
    assert "Which version? …" in out


def test_messages_on_a_branch_are_sent_only_when_it_is_merged(desk: DeskAtWork, branch: str) -> None:
    assert desk.json("diff", "main..work")["proposed"] is True
    assert "sent only when this is merged" in desk.tkt("diff", "main..work").out
    desk.git("checkout", "-q", "main")
    desk.git("merge", "-q", "work")
    assert desk.json("diff", "main~1..main")["proposed"] is False
    assert "1 message\n" in desk.tkt("diff", "main~1..main").out


def test_the_desks_own_branch_is_what_things_are_merged_into(desk: DeskAtWork, branch: str) -> None:
    # given shas, as a CI job has them
    text = (desk.root / "tkt.yaml").read_text("utf-8")
    desk.write("tkt.yaml", text.replace("  # branch: main", "  branch: main"))
    assert desk.json("diff", f"{sha(desk, 'main')}..{sha(desk, 'work')}")["proposed"] is True


def test_a_message_that_was_given_otherwise_is_told_already(desk: DeskAtWork, branch: str) -> None:
    desk.tkt("reply", branch, "--text", "as said", "--sent-by", "phone")
    found = desk.json("diff", "main..work")["summary"]["told"]
    assert found == {"messages": 2, "given_already": 1}
    assert "2 messages, 1 of them given already" in desk.tkt("diff", "main..work").out


def test_a_created_ticket_and_a_moved_one_are_counted(desk: DeskAtWork, branch: str) -> None:
    opened(desk)
    desk.tkt("close", branch, "--code", "test")
    found = desk.json("diff", "main..work")
    assert found["summary"]["tickets"] == {"created": 1, "changed": 1, "gone": 0, "moved": {"closed": 1}}
    assert [ticket["moved"] for ticket in found["tickets"] if not ticket["created"]] == [["new", "closed"]]
    assert "1 created, 1 changed; moved: 1 to Closed" in desk.tkt("diff", "main..work").out


def test_a_field_is_told_with_why(desk: DeskAtWork) -> None:
    ticket = opened(desk)
    desk.tkt("set", ticket, "impact=one", "urgency=red")
    fields = {it["field"]: it for it in one(desk.json("diff", "HEAD~1..HEAD"))["fields"]}
    assert fields["priority"]["to"] == "P2"
    assert fields["priority"]["because"] == "table standard/one/red: P2"
    assert not any(it["by_hand"] for it in fields.values())


def test_where_main_has_moved_on_only_what_the_branch_did_is_told(desk: DeskAtWork, branch: str) -> None:
    desk.git("checkout", "-q", "main")
    desk.tkt("note", branch, "--text", "meanwhile")
    base = sha(desk, "main~1")
    found = desk.json("diff", "main..work")
    assert found["base"] == base
    assert found["moved_on"] == 1
    assert [event["did"] for event in one(found)["events"]] == ["message"]
    assert one(found)["removed"] == []
    assert found["forecast"]
    out = desk.tkt("diff", "main..work").out
    assert "main has 1 commit since work left it" in out.split("Before it is merged")[1]
    assert "compared from where work left main" in out
    assert "Before it is merged" in desk.tkt("diff", "main..work", "--format", "md").out


def test_three_dots_ask_for_the_same_without_a_forecast(desk: DeskAtWork, branch: str) -> None:
    desk.git("checkout", "-q", "main")
    desk.tkt("note", branch, "--text", "meanwhile")
    found = desk.json("diff", "main...work")
    assert found["moved_on"] == 0
    assert [event["did"] for event in one(found)["events"]] == ["message"]


def test_back_in_time_the_two_ends_are_all_there_is(desk: DeskAtWork, branch: str) -> None:
    found = one(desk.json("diff", "work..main"))
    assert [event["did"] for event in found["removed"]] == ["message"]


def test_before_the_first_commit_everything_is_new(desk: DeskAtWork) -> None:
    ticket = opened(desk)
    found = desk.json("diff", f"{first_commit(desk)}..HEAD")
    assert one(found)["id"] == ticket
    assert one(found)["created"] is True


def first_commit(desk: DeskAtWork) -> str:
    return desk.git("rev-list", "--max-parents=0", "HEAD").strip()


def test_a_desk_in_a_new_repository_without_commits(desk: DeskAtWork) -> None:
    ticket = opened(desk)
    desk.git("update-ref", "-d", "HEAD")
    assert one(desk.json("diff"))["id"] == ticket


REPLY = """\
- id: {id}
  at: {at}
  by: li.wei
  role: agent
  did: message
  to: customer
  text: done
"""


def committed(desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_DATE", at)
    desk.git("add", "-A")
    desk.git("commit", "-q", "--allow-empty", "-m", "by hand")


def appended(desk: DeskAtWork, ticket: str, events: str) -> None:
    path = desk.path(ticket)
    path.write_text(path.read_text("utf-8") + events, "utf-8")


def test_an_event_dated_back_by_hand_is_seen_by_its_commit(
    desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = opened(desk)
    committed(desk, monkeypatch, "2026-11-16T03:00:00Z")
    appended(desk, ticket, REPLY.format(id="bbbb00", at="2026-11-16T02:30:00Z"))
    appended(desk, ticket, REPLY.format(id="cccc00", at="2026-11-16T02:31:00Z"))
    committed(desk, monkeypatch, "2026-11-16T03:30:00Z")
    late = one(desk.json("diff", "HEAD~1..HEAD"))["back_dated"]
    assert [(it["event"], it["said"], it["late_s"]) for it in late] == [
        ("bbbb00", False, 3600),
        ("cccc00", False, 3540),
    ]
    out = desk.tkt("diff", "HEAD~1..HEAD").out
    assert "dated back, and does not say so: committed 1h later, 11-16 11:30; so is 1 more\n" in out


def test_what_was_committed_when_it_happened_is_not_late(
    desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a colleague's commit of 10:30, merged into what main has had since 11:00
    ticket = opened(desk)
    start = sha(desk)
    appended(desk, ticket, REPLY.format(id="bbbb00", at="2026-11-16T02:30:00Z"))
    committed(desk, monkeypatch, "2026-11-16T02:30:10Z")
    theirs = sha(desk)
    desk.git("reset", "-q", "--hard", start)
    committed(desk, monkeypatch, "2026-11-16T03:00:00Z")
    desk.git("branch", "base")
    desk.git("merge", "-q", "--no-ff", theirs)
    assert one(desk.json("diff", "base..HEAD"))["back_dated"] == []


def test_a_record_that_says_it_is_late_is_told_so(desk: DeskAtWork) -> None:
    ticket = opened(desk)
    desk.at("2026-11-16T06:00:00Z")
    desk.tkt("reply", ticket, "--text", "done", "--at", "2026-11-16T04:00:00Z", "--reason", "no network")
    assert "dated back: recorded 2h later" in desk.tkt("diff", "HEAD~1..HEAD").out


def test_what_was_imported_is_not_called_late(desk: DeskAtWork) -> None:
    ticket = opened(desk)
    path = desk.path(ticket)
    old = "- id: bbbb00\n  at: 2020-01-01T00:00:00Z\n  by: import:old\n  role: system\n  did: imported\n  source: old\n"
    path.write_text(path.read_text("utf-8") + old, "utf-8")
    desk.git("commit", "-qam", "import")
    assert one(desk.json("diff", "HEAD~1..HEAD"))["back_dated"] == []


def test_a_file_that_cannot_be_read_hides_nothing_else(desk: DeskAtWork, branch: str) -> None:
    desk.write("tickets/new/261116-BAD01.yaml", "id: [\n")
    desk.git("add", "-A")
    desk.git("commit", "-qm", "bad")
    answer = desk.tkt("diff", "main..work", code=2)
    assert branch in answer.out
    assert "tickets/new/261116-BAD01.yaml:" in answer.err
    assert "Cannot be read" in desk.tkt("diff", "main..work", "--format", "md", code=2).out


def test_a_configuration_that_cannot_be_read_is_said_and_judged_by_the_other(
    desk: DeskAtWork, branch: str
) -> None:
    text = (desk.root / "config/rules.yaml").read_text("utf-8")
    desk.write("config/rules.yaml", text.replace("rules:", "ruls:", 1))
    here = desk.tkt("diff", "main", code=2)
    assert "the configuration here cannot be read" in here.out
    assert branch in here.out
    assert "config/rules.yaml" in here.err
    desk.git("commit", "-qam", "broken")
    answer = desk.tkt("diff", "main..work", code=2)
    assert "the configuration of work cannot be read: its tickets are judged by the other one" in answer.out
    assert "unknown: a configuration cannot be read" in answer.out
    assert desk.tkt("diff", "main..work", "--json", code=2).data["configuration"]["unread"] == ["new"]


def test_a_rule_tells_which_tickets_it_would_route_elsewhere(desk: DeskAtWork) -> None:
    mine = desk.json("new", "refund", "--channel", "email", "--text", "I want a refund.")["id"]
    other = opened(desk)
    rule = "rules:\n- name: money-first\n  when: refund\n  set:\n    team: tech\n"
    text = (desk.root / "config/rules.yaml").read_text("utf-8")
    desk.write("config/rules.yaml", text.replace("rules:\n", rule, 1))
    told = [desk.json("diff")]
    desk.git("commit", "-qam", "rule")
    told.append(desk.json("diff", "HEAD~1..HEAD"))
    for found in told:
        (effect,) = found["configuration"]["effects"]
        assert effect == {
            "what": "team", "by": "rule:money-first", "from": "finance", "to": "tech", "tickets": [mine],
        }  # fmt: skip
        assert found["summary"]["rerouted"] == {"tickets": 1, "considered": 2}
        assert other not in effect["tickets"]


def test_only_tickets_that_are_open_or_new_enough_are_tried(desk: DeskAtWork) -> None:
    old, recent = opened(desk), opened(desk)
    desk.tkt("close", old, "--code", "test")
    desk.at("2026-12-10T02:00:00Z")
    late = opened(desk)
    desk.tkt("close", late, "--code", "test")
    text = (desk.root / "config/rules.yaml").read_text("utf-8")
    desk.write("config/rules.yaml", text.replace("rules:\n", "rules:\n- name: all\n  tag: [x]\n", 1))
    assert considered(desk) == 3
    desk.at("2026-12-17T02:00:00Z")
    assert considered(desk) == 2  # the closed one of November is older than 30 days
    desk.git("commit", "-qam", "rule")
    assert considered(desk, "HEAD~1..HEAD") == 2
    assert recent != late


def considered(desk: DeskAtWork, *wish: str) -> int:
    found: int = desk.json("diff", *wish)["configuration"]["considered"]
    return found


def test_what_becomes_public_is_said(desk: DeskAtWork) -> None:
    article = "---\ntitle: Reset it\nvisibility: {}\n---\nPress the button.\n"
    desk.write("knowledge/reset.md", article.format("internal"))
    desk.git("add", "-A")
    desk.git("commit", "-qm", "article")
    desk.write("knowledge/reset.md", article.format("public"))
    found = desk.json("diff")
    assert found["summary"]["public"] == {"articles": 1, "articles_changed": 0, "replies": 0}
    out = desk.tkt("diff").out
    assert "Made public     1 article" in out
    assert "! becomes public: customers can read it (internal → public)" in out


def test_of_a_customer_the_keys_are_named_and_no_values(desk: DeskAtWork) -> None:
    desk.write("customers/acme.yaml", "name: Acme\ntier: standard\n")
    desk.git("add", "-A")
    desk.git("commit", "-qm", "customer")
    desk.write(
        "customers/acme.yaml", "name: Acme\ntier: vip\ncontacts: [{name: Zhang, phone: '13800138000'}]\n"
    )
    assert desk.json("diff")["customers"] == [
        {"path": "customers/acme.yaml", "how": "changed", "keys": ["tier", "contacts"]}
    ]
    assert "13800138000" not in desk.tkt("diff").out


def test_a_program_of_the_desk_is_told_apart(desk: DeskAtWork) -> None:
    desk.write("config/hooks/on-reply", "#!/bin/sh\n")
    assert "! a program that commands would run" in desk.tkt("diff").out


def test_files_of_a_ticket_are_told_with_it(desk: DeskAtWork, branch: str) -> None:
    desk.write(f"attachments/{branch}/abc.png", b"\x89PNG")
    desk.git("add", "-A")
    desk.git("commit", "-qm", "file")
    assert one(desk.json("diff", "main..work"))["files"] == [f"attachments/{branch}/abc.png"]
    assert "1 file in attachments/" in desk.tkt("diff", "main..work").out


def test_ten_examples_then_how_many_more(desk: DeskAtWork) -> None:
    start = sha(desk)
    for _ in range(12):
        opened(desk)
    out = desk.tkt("diff", f"{start}..HEAD").out
    assert f"… and 2 more: tkt diff {start}..HEAD --all" in out
    assert "more:" not in desk.tkt("diff", f"{start}..HEAD", "--all").out


def test_markdown_says_nothing_that_a_forge_would_act_on(desk: DeskAtWork) -> None:
    desk.json(
        "new", "Closes #12 @all <b>", "--channel", "email", "--text", "[skip ci] ![x](http://e.example)"
    )
    out = desk.tkt("diff", "HEAD~1..HEAD", "--format", "md").out
    assert "@all" not in out
    assert "#12" not in out
    assert "<b>" not in out
    assert not re.search(r"(?<!\\)\]\(", out)


def test_it_compares_what_is_checked_out_here_whatever_branch_is_the_desks(
    desk: DeskAtWork, branch: str
) -> None:
    text = (desk.root / "tkt.yaml").read_text("utf-8")
    desk.write("tkt.yaml", text.replace("  # branch: main", "  branch: main"))
    desk.git("commit", "-qam", "own branch")
    found = desk.json("diff", "main..HEAD")
    assert one(found)["id"] == branch


def test_an_unknown_name_is_an_error(desk: DeskAtWork) -> None:
    assert desk.tkt("diff", "main..nope", "--json", code=2).error["code"] == "git"


def test_without_git_nothing_can_be_compared(desk: DeskAtWork) -> None:
    import shutil

    shutil.rmtree(desk.root / ".git")
    assert desk.tkt("diff", "--json", code=2).error["code"] == "git"
