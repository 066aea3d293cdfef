"""One command about several tickets: ids apart or with commas, `--query`; all or none, one commit."""

from __future__ import annotations

import pytest
from helpers import DeskAtWork
from test_plain_list import ANSWER, MINE, put

from tkt.render.screen import Screen

A, B, C = "261116-AAAA1", "261116-AAAA2", "261116-BBBB3"


@pytest.fixture
def three(desk: DeskAtWork) -> DeskAtWork:
    """Three tickets that are committed."""
    put(desk, A, "in-progress", MINE, ANSWER)
    put(desk, B, "in-progress", MINE, ANSWER)
    put(desk, C, "new")
    desk.git("add", "-A")
    desk.git("commit", "-qm", "prepared")
    return desk


def commits(desk: DeskAtWork) -> int:
    return int(desk.git("rev-list", "--count", "HEAD"))


def owner(desk: DeskAtWork, ticket: str) -> str | None:
    found: str | None = desk.json("show", ticket)["owner"]
    return found


WAYS = [
    ("assign", A, B, "--owner", "none"),
    ("assign", f"{A},{B}", "none"),
    ("assign", "AAAA1", "AAAA2", "none"),
    ("assign", f"{A}，{B}、{A}", "none"),
    ("assign", "--query", "owner:me", "--yes", "none"),
    ("assign", "--query", "@mine", "--yes", "--owner", "无"),
    ("set", A, B, "owner="),
    ("set", f"{A},{B}", "owner＝"),
    ("set", "--query", "owner:me", "--yes", "owner="),
]


@pytest.mark.parametrize("words", WAYS, ids=" ".join)
def test_tickets_are_named_apart_or_with_commas_or_by_a_query(
    three: DeskAtWork, words: tuple[str, ...]
) -> None:
    before = commits(three)
    three.tkt(*words)
    assert [owner(three, each) for each in (A, B, C)] == [None, None, None]
    assert commits(three) == before + 1
    assert three.git("status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("wait", A, B, "--on", "vendor", "--for", "the board"), "waiting"),
        (("move", A, B, "waiting", "--on", "vendor", "--for", "the board"), "waiting"),
        (("move", "--query", "owner:me", "--yes", "waiting", "--on", "vendor", "--for", "x"), "waiting"),
        (("close", f"{A},{B}", "--code", "test"), "closed"),
    ],
    ids=lambda words: words[0] if isinstance(words, tuple) else words,
)
def test_several_tickets_move_with_one_commit(three: DeskAtWork, words: tuple[str, ...], status: str) -> None:
    before = commits(three)
    told = three.tkt(*words).out
    assert [three.json("show", each)["status"] for each in (A, B)] == [status, status]
    assert commits(three) == before + 1
    assert A in told
    assert told.splitlines()[-1] == "2 tickets changed"


def test_where_one_refuses_none_is_changed_and_it_is_named(three: DeskAtWork) -> None:
    before = commits(three)
    answer = three.tkt("wait", A, C, "--on", "vendor", "--for", "the board", code=1)
    assert C in answer.err
    assert three.json("show", A)["status"] == "in-progress"
    assert commits(three) == before


def test_tags_stand_behind_one_word_of_tickets(three: DeskAtWork) -> None:
    three.tkt("tag", f"{A},{B}", "vip", "-beta")
    assert three.json("list", "tag:vip")[0]["tags"] == ["vip"]
    answer = three.tkt("tag", A, B, "vip", code=2)
    assert answer.err == f"error: {B} is a ticket, expected a tag\nhint: tkt tag {A},{B} TAG …\n"
    three.tkt("tag", A, "AAAAA")  # like an id, but of no ticket


def test_a_person_may_stand_last_beside_a_team(three: DeskAtWork) -> None:
    three.tkt("assign", A, B, "--team", "tech")
    three.tkt("assign", C, "me", "--team", "tech")
    assert [three.json("show", each)["team"] for each in (A, B, C)] == ["tech"] * 3
    assert owner(three, C) == "li.wei"


def test_programs_are_told_every_ticket(three: DeskAtWork) -> None:
    found = three.json("assign", A, B, C, "me")
    assert [each["id"] for each in found["tickets"]] == [C]
    assert found["unchanged"] == [A, B]
    assert found["written"]["commit"]
    assert three.json("assign", "--query", "tag:nobody", "--yes", "me")["tickets"] == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("take",), "which ticket?"),
        (("take", A, "--query", "owner:me"), "ids and --query together"),
        (("set", A), "say what to set"),
        (("set", A, "urgency"), "urgency is not FIELD=VALUE"),
        (("tag", A), "say which tags"),
        (("move",), "say where to"),
        (("move", "waiting"), "which ticket?"),
        (("assign",), "say to whom"),
        (("assign", A, B), f"{B} is a ticket, expected a person"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, tuple) else "",
)
def test_what_is_missing_is_told(three: DeskAtWork, words: tuple[str, ...], told: str) -> None:
    assert told in three.tkt(*words, code=2).err


# --- asking ---


def test_without_a_terminal_a_query_needs_a_yes(three: DeskAtWork) -> None:
    answer = three.tkt("assign", "--query", "status:open", "none", code=2)
    assert "status:open finds 3 tickets, and nobody is here to be asked" in answer.err
    assert "--yes" in answer.err
    assert owner(three, A) == "li.wei"


@pytest.mark.parametrize(("answer", "owners"), [("y\n", [None, None]), ("n\n", ["li.wei"] * 2)])
def test_at_a_terminal_the_first_are_shown_and_it_is_asked(
    three: DeskAtWork, monkeypatch: pytest.MonkeyPatch, answer: str, owners: list[str | None]
) -> None:
    monkeypatch.setattr("tkt.commands.common.Session.is_at_terminal", True)
    monkeypatch.setattr(Screen, "of_this_process", classmethod(lambda _cls: Screen(columns=80)))
    monkeypatch.setattr("typer.confirm", lambda *_args, **_given: answer == "y\n")
    monkeypatch.setattr("tkt.commands.clone_setup.offer_once", lambda _root: None)
    told = three.tkt("assign", "--query", "owner:me", "none", code=None)
    assert "owner:me finds 2 tickets" in told.out
    assert f"  {A}  ticket AAAA1" in told.out
    assert told.code == (0 if answer == "y\n" else 130)
    assert [owner(three, each) for each in (A, B)] == owners


def test_what_no_longer_matches_when_yes_is_said_is_left_alone(
    three: DeskAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    def somebody_is_faster(*_args: object, **_given: object) -> bool:
        file = three.path(A)
        file.write_text(file.read_text("utf-8").replace("owner: li.wei", "owner: maintainers"), "utf-8")
        return True

    monkeypatch.setattr("tkt.commands.common.Session.is_at_terminal", True)
    monkeypatch.setattr("typer.confirm", somebody_is_faster)
    monkeypatch.setattr("tkt.commands.clone_setup.offer_once", lambda _root: None)
    told = three.tkt("tag", "--query", "owner:me", "ours")
    assert "1 ticket: nothing to change" in told.out
    assert [three.json("show", each)["tags"] for each in (A, B)] == [[], ["ours"]]


def test_a_file_that_cannot_be_read_stops_a_query(three: DeskAtWork) -> None:
    three.write("tickets/new/261116-BAD01.yaml", "title: x\ntitle: y\n")
    answer = three.tkt("assign", "--query", "status:open", "--yes", "none", code=1)
    assert "261116-BAD01" in answer.err
    assert owner(three, A) == "li.wei"


# --- the ticket named last ---


def test_at_is_the_ticket_named_last_and_it_is_told_which(three: DeskAtWork) -> None:
    assert "no ticket was named at this terminal" in three.tkt("note", "@", "-m", "x", code=2).err
    three.tkt("note", "AAAA1", "--text", "one")
    answer = three.tkt("note", "@", "--text", "two")
    assert answer.err == f"note: @ is {A} ticket AAAA1\n"
    three.tkt("assign", B, A, "none")
    assert "@ is 261116-AAAA1" in three.tkt("note", "＠", "--text", "three").err
    found = three.json("note", "@", "--text", "four")
    assert found["written"]["notes"] == [f"@ is {A} ticket AAAA1"]
    assert three.git("status", "--porcelain") == ""  # never tracked


def test_at_does_not_follow_a_query_and_forgets_what_is_old(three: DeskAtWork) -> None:
    import os

    three.tkt("note", B, "--text", "x")
    three.tkt("assign", "--query", f"id:{A}", "--yes", "none")
    assert "@ is 261116-AAAA2" in three.tkt("note", "@", "--text", "y").err
    (file,) = (three.root / ".git/tkt/desk/last").iterdir()
    os.utime(file, (1, 1))
    assert "no ticket was named" in three.tkt("note", "@", "--text", "z", code=2).err
    file.write_text("../../etc/passwd\n")
    assert "no ticket was named" in three.tkt("note", "@", "--text", "z", code=2).err


def test_a_ticket_that_has_gone_is_not_taken_for_another(three: DeskAtWork) -> None:
    three.tkt("note", A, "--text", "x")
    three.path(A).unlink()
    assert f"no ticket {A}" in three.tkt("note", "@", "--text", "y", code=2).err


def test_where_it_cannot_be_remembered_nothing_fails(three: DeskAtWork) -> None:
    (three.root / ".git/tkt/desk").mkdir(parents=True, exist_ok=True)
    (three.root / ".git/tkt/desk/last").write_text("a file in the way of the folder")
    three.tkt("note", A, "--text", "x")
    assert "no ticket was named" in three.tkt("note", "@", "--text", "y", code=2).err


def test_two_terminals_do_not_share_it(three: DeskAtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tkt.last._has_terminal", lambda: True)
    monkeypatch.setattr("os.getsid", lambda _pid: 11)
    three.tkt("note", A, "--text", "x")
    monkeypatch.setattr("os.getsid", lambda _pid: 22)
    assert "no ticket was named" in three.tkt("note", "@", "--text", "y", code=2).err
    three.tkt("note", B, "--text", "x")
    monkeypatch.setattr("os.getsid", lambda _pid: 11)
    assert "@ is 261116-AAAA1" in three.tkt("note", "@", "--text", "z").err


@pytest.mark.parametrize(
    "words", [("log",), ("sla", "explain"), ("redact",), ("config", "explain", "priority")]
)
def test_every_command_about_a_ticket_knows_at(three: DeskAtWork, words: tuple[str, ...]) -> None:
    three.tkt("note", A, "--text", "x")
    assert f"@ is {A} ticket AAAA1" in three.tkt(*words, "@", code=None).err


def test_at_is_also_the_ticket_of_a_refused_command_and_a_new_one(three: DeskAtWork) -> None:
    three.tkt("note", A, "-m", "x")
    three.tkt("take", C, code=1)
    assert three.json("note", "@", "-m", "x")["id"] == C
    made = three.json("new", "E104", "--channel", "phone", "--text", "help")["id"]
    assert three.json("note", "@", "-m", "x")["id"] == made


def test_a_page_needs_no_note_of_what_at_is(three: DeskAtWork) -> None:
    assert three.tkt("show", A).err == three.tkt("show", "@").err == ""
    assert three.tkt("note", "@", "-m", "x").err.startswith(f"note: @ is {A}")


def test_a_field_among_the_tickets_is_told_apart(three: DeskAtWork) -> None:
    refused = three.tkt("take", C, "impact=one", "urgency=red", code=2)
    assert refused.err == (
        "error: impact=one is a field, expected a ticket\n"
        "hint: tkt take ID --set impact=one --set urgency=red\n"
    )


def test_a_team_among_the_words_is_told_apart(three: DeskAtWork) -> None:
    refused = three.tkt("assign", A, "finance", code=2)
    assert refused.err == (
        f"error: finance is a team, expected a person\nhint: tkt assign {A} --team finance\n"
    )
