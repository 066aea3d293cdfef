"""Hand edits and hand `git mv`s become events of whoever made them (docs/file-format.md, Stored keys)."""

from __future__ import annotations

import pytest
from fixdesk import (
    CHEN,
    ID,
    TICKET,
    WANG,
    added,
    commit,
    edit,
    errors,
    events,
    fixed,
    git_mv,
    prepared,
)
from helpers import DeskAtWork

LATER = "2026-11-18T03:00:00Z"


@pytest.fixture
def hand(desk: DeskAtWork) -> DeskAtWork:
    """A desk with one ticket in order; the clock stands two days later."""
    return prepared(desk).at(LATER)


def title(desk: DeskAtWork, new: str, old: str = "Cannot issue invoices") -> None:
    edit(desk, f"title:   {old}", f"title:   {new}")


def test_a_hand_edit_is_recorded_as_of_its_commit_by_its_author(hand: DeskAtWork) -> None:
    title(hand, "Invoices fail")
    sha = commit(hand, WANG, "2026-11-16T02:00:00Z")
    assert errors(hand) == ["fold"]
    (event,) = added(hand, lambda: fixed(hand))
    assert event == {
        "id": event["id"],
        "at": "2026-11-16T02:00:00Z",
        "by": "wang.fang",
        "role": "agent",
        "did": "set",
        "auto": False,
        "field": "title",
        "from": "Cannot issue invoices",
        "to": "Invoices fail",
        "reason": "edited by hand",
        "recorded_at": LATER,
    }
    assert errors(hand) == []
    assert sha in hand.git("rev-list", "HEAD~1", "-1")


def test_who_is_nobody_of_the_desk_is_named_by_their_address(hand: DeskAtWork) -> None:
    title(hand, "Invoices fail")
    commit(hand, CHEN)
    (event,) = added(hand, lambda: fixed(hand))
    assert event["by"] == "chen@elsewhere.example"


def test_edits_of_several_commits_are_one_event_each_in_order(hand: DeskAtWork) -> None:
    title(hand, "first")
    commit(hand, WANG, "2026-11-16T02:00:00Z")
    title(hand, "second", "first")
    edit(hand, "  - invoice           # kept by hand\n", "  - vip\n")
    commit(hand, CHEN, "2026-11-16T05:00:00Z")
    title(hand, "third", "second")
    told = [(e["at"], e["by"], e["field"], e.get("to")) for e in added(hand, lambda: fixed(hand))]
    assert told == [
        ("2026-11-16T02:00:00Z", "wang.fang", "title", "first"),
        ("2026-11-16T05:00:00Z", "chen@elsewhere.example", "title", "second"),
        ("2026-11-16T05:00:00Z", "chen@elsewhere.example", "tags", None),
        (LATER, "li.wei", "title", "third"),
    ]
    assert errors(hand) == []


def test_commands_between_the_edits_keep_their_place(hand: DeskAtWork) -> None:
    title(hand, "by hand")
    commit(hand, WANG, "2026-11-16T02:00:00Z")
    hand.at("2026-11-16T03:00:00Z").tkt("note", ID, "-m", "in between")
    edit(hand, "urgency: yellow", "urgency: red")
    commit(hand, CHEN, "2026-11-16T04:00:00Z")
    hand.at("2026-11-16T05:00:00Z").tkt("set", ID, "urgency=green")  # it speaks of it, so nothing is left out
    hand.at(LATER)
    (event,) = added(hand, lambda: fixed(hand))
    assert (event["field"], event["at"]) == ("title", "2026-11-16T02:00:00Z")


def test_a_command_that_came_later_starts_the_count_anew(hand: DeskAtWork) -> None:
    title(hand, "by hand")
    commit(hand, WANG, "2026-11-16T02:00:00Z")
    hand.at("2026-11-16T03:00:00Z").tkt("set", ID, "title=by command")
    title(hand, "by hand again", "by command")
    commit(hand, CHEN, "2026-11-16T04:00:00Z")
    hand.at(LATER)
    (event,) = added(hand, lambda: fixed(hand))
    assert (event["from"], event["by"]) == ("by command", "chen@elsewhere.example")


def test_what_is_recorded_is_not_recorded_again(hand: DeskAtWork) -> None:
    title(hand, "one")
    commit(hand, WANG)
    fixed(hand)
    assert fixed(hand)["planned"] == []
    title(hand, "two", "one")
    commit(hand, CHEN, "2026-11-18T02:59:00Z")
    (event,) = added(hand, lambda: fixed(hand))
    assert (event["from"], event["to"], event["by"]) == ("one", "two", "chen@elsewhere.example")


def test_the_time_is_never_before_what_the_ticket_held_then_nor_in_the_future(hand: DeskAtWork) -> None:
    title(hand, "early")
    commit(hand, WANG, "2026-11-15T00:00:00Z")  # a clock that is a day behind
    edit(hand, "invoice           # kept by hand", "other")
    commit(hand, CHEN, "2026-12-01T00:00:00Z")  # one that is ahead
    first, second = added(hand, lambda: fixed(hand))
    assert (first["field"], first["at"]) == ("title", "2026-11-16T01:05:01Z")
    assert (second["field"], second["at"], second["recorded_at"]) == ("tags", LATER, LATER)


def test_a_later_word_on_the_field_is_followed_not_preceded(hand: DeskAtWork) -> None:
    # given an event typed by hand that the key does not follow, after a hand edit
    title(hand, "mine")
    commit(hand, WANG, "2026-11-16T02:00:00Z")
    typed = (
        "- id: cccc00\n  at: 2026-11-16T06:00:00Z\n  by: li.wei\n  did: set\n  field: title\n  to: other\n"
    )
    hand.path(ID).write_text(hand.path(ID).read_text() + typed)
    commit(hand, CHEN, "2026-11-16T05:00:00Z")
    fixed(hand)
    told = [(e["at"], e["to"]) for e in events(hand) if e.get("field") == "title"]
    assert told[1:] == [
        ("2026-11-16T02:00:00Z", "mine"),
        ("2026-11-16T06:00:00Z", "other"),
        ("2026-11-16T06:00:01Z", "mine"),
    ]
    assert errors(hand) == []


def test_a_hand_git_mv_becomes_a_move_with_what_goes_with_it(hand: DeskAtWork) -> None:
    git_mv(hand, "tickets/waiting")
    edit(hand, "team: finance\n", "team: finance\nwaiting: {on: vendor, for: a part}\n")
    commit(hand, WANG, "2026-11-16T02:00:00Z")
    edit(hand, "for: a part", "for: another part")
    commit(hand, CHEN, "2026-11-16T03:00:00Z")
    moved, said = added(hand, lambda: fixed(hand))
    assert (moved["did"], moved["from"], moved["to"], moved["by"]) == ("moved", "new", "waiting", "wang.fang")
    assert moved["waiting"] == {"on": "vendor", "for": "a part"}
    assert (said["field"], said["to"], said["by"]) == (
        "waiting", {"on": "vendor", "for": "another part"}, "chen@elsewhere.example",
    )  # fmt: skip
    assert errors(hand) == []


def test_moves_of_several_commits_are_one_event_each(hand: DeskAtWork) -> None:
    for hour, status in enumerate(("assigned", "in-progress", "resolved")):
        git_mv(hand, f"tickets/{status}")
        commit(hand, WANG, f"2026-11-16T0{hour + 2}:00:00Z")
    moves = added(hand, lambda: fixed(hand))
    assert [(e["from"], e["to"]) for e in moves] == [
        ("new", "assigned"), ("assigned", "in-progress"), ("in-progress", "resolved"),
    ]  # fmt: skip
    assert errors(hand) == []


def test_what_is_not_committed_is_done_now_by_whoever_asks(hand: DeskAtWork) -> None:
    title(hand, "not committed")
    edit(hand, "impact: one", "impact: many")  # a key that no event ever spoke of
    hand.path(ID).rename(hand.root / f"tickets/assigned/{ID}.yaml")
    answer = fixed(hand)
    told = {(e["did"], e.get("field")): e for e in events(hand) if "recorded_at" in e}
    assert set(told) == {("moved", None), ("set", "title"), ("set", "impact")}
    assert {(e["by"], e["at"], e["recorded_at"]) for e in told.values()} == {("li.wei", LATER, LATER)}
    assert [step["uncommitted"] for step in answer["planned"]] == [True]
    assert errors(hand) == errors(hand, "--changed-since", "HEAD~1") == []


def test_a_reason_and_a_name_can_be_given(hand: DeskAtWork) -> None:
    title(hand, "not committed")
    fixed(hand, "--reason", "as the customer spells it", "--by", "wang.fang")
    assert (events(hand)[-1]["reason"], events(hand)[-1]["by"]) == ("as the customer spells it", "wang.fang")


def test_a_key_that_no_event_ever_spoke_of_is_recorded_with_changed_since(hand: DeskAtWork) -> None:
    start = hand.git("rev-parse", "HEAD").strip()
    edit(hand, "impact: one\n", "impact: one\nserial: A-1\n")
    commit(hand, WANG, "2026-11-16T02:00:00Z")
    edit(hand, "serial: A-1", "serial: A-2")
    commit(hand, CHEN, "2026-11-16T03:00:00Z")
    # given that plain check cannot see it
    assert errors(hand) == []
    assert fixed(hand)["planned"] == []
    assert errors(hand, "--changed-since", start) == ["hand-edit"]
    # when it is told since when
    first, second = added(hand, lambda: fixed(hand, "--changed-since", start))
    # then each commit has its event
    assert "from" not in first
    assert (first["to"], first["by"]) == ("A-1", "wang.fang")
    assert (second["from"], second["to"], second["by"]) == ("A-1", "A-2", "chen@elsewhere.example")
    assert errors(hand, "--changed-since", start) == []


def test_members_of_a_set_are_recorded_one_by_one(hand: DeskAtWork) -> None:
    start = hand.git("rev-parse", "HEAD").strip()
    edit(hand, "  - invoice           # kept by hand\n", "  - b\n  - a\n")
    commit(hand, WANG)
    (event,) = added(hand, lambda: fixed(hand, "--changed-since", start))
    assert (event["add"], event["remove"]) == (["b", "a"], ["invoice"])
    assert errors(hand, "--changed-since", start) == []


def test_another_order_of_a_set_is_no_edit(hand: DeskAtWork) -> None:
    hand.tkt("tag", ID, "a", "b")
    start = hand.git("rev-parse", "HEAD").strip()
    edit(hand, "  - a\n  - b\n", "  - b\n  - a\n")
    assert errors(hand, "--changed-since", start) == []
    assert fixed(hand, "--changed-since", start)["planned"] == []


def test_lists_and_mappings_that_tkt_does_not_know_are_recorded_whole(hand: DeskAtWork) -> None:
    edit(hand, "impact: one\n", "impact: one\ncrm_calls: [{do: x}, 2]\n")
    (event,) = added(hand, lambda: fixed(hand))
    assert event["to"] == [{"do": "x"}, 2]
    edit(hand, "crm_calls: [{do: x}, 2]\n", "")
    (event,) = added(hand, lambda: fixed(hand))
    assert event["from"] == [{"do": "x"}, 2]
    assert errors(hand) == []


def test_an_edit_on_a_branch_is_its_authors_and_not_the_merges(hand: DeskAtWork) -> None:
    # given an edit on a branch, a command on the other, and a merge by a third
    hand.git("checkout", "-qb", "side")
    title(hand, "on the side")
    commit(hand, CHEN, "2026-11-16T02:00:00Z")
    hand.git("checkout", "-q", "main")
    edit(hand, "urgency: yellow", "urgency: green")
    commit(hand, WANG, "2026-11-16T02:30:00Z")
    hand.write("other.txt", "x")
    commit(hand, WANG, "2026-11-16T02:40:00Z")
    hand.git("merge", "-q", "--no-edit", "side")
    # then
    (event,) = added(hand, lambda: fixed(hand))
    assert (event["by"], event["at"]) == ("chen@elsewhere.example", "2026-11-16T02:00:00Z")


def test_what_a_merge_decided_is_the_merges(hand: DeskAtWork) -> None:
    hand.git("checkout", "-qb", "side")
    title(hand, "theirs")
    commit(hand, CHEN, "2026-11-16T02:00:00Z")
    hand.git("checkout", "-q", "main")
    title(hand, "ours")
    commit(hand, WANG, "2026-11-16T02:30:00Z")
    hand.git("merge", "-q", "--no-commit", "side")
    hand.path(ID).write_text(TICKET.replace("title:   Cannot issue invoices", "title:   decided"))
    commit(hand, ("Li Wei", "li.wei@desk.example"), "2026-11-16T03:00:00Z")
    last = added(hand, lambda: fixed(hand))[-1]
    assert (last["to"], last["by"], last["at"]) == ("decided", "li.wei", "2026-11-16T03:00:00Z")
    assert errors(hand) == []


def test_a_file_that_contradicts_itself_from_the_start_is_its_makers(hand: DeskAtWork) -> None:
    hand.write(
        "tickets/new/261116-HAND2.yaml", TICKET.replace(ID, "261116-HAND2").replace("to: Cannot", "to: can")
    )
    commit(hand, CHEN, "2026-11-16T02:00:00Z")
    (event,) = added(hand, lambda: fixed(hand), "261116-HAND2")
    assert (event["from"], event["by"]) == ("can issue invoices", "chen@elsewhere.example")


def test_a_version_that_cannot_be_read_is_passed_over(hand: DeskAtWork) -> None:
    good = hand.path(ID).read_text()
    hand.path(ID).write_text(good + "<<<<<<< HEAD\n")
    commit(hand, CHEN, "2026-11-16T02:00:00Z")
    hand.path(ID).write_text(good.replace("title:   Cannot", "title:   Can not"))
    commit(hand, WANG, "2026-11-16T03:00:00Z")
    (event,) = added(hand, lambda: fixed(hand))
    assert (event["by"], event["at"]) == ("wang.fang", "2026-11-16T03:00:00Z")


def test_a_clock_that_is_behind_is_named_and_nothing_is_written_for_that_ticket(hand: DeskAtWork) -> None:
    title(hand, "new title")
    commit(hand, WANG)
    text = hand.path(ID).read_bytes()
    answer = hand.at("2026-11-15T00:00:00Z").json("check", "--fix", "--yes", code=1)
    assert [(it["code"], it["path"]) for it in answer["remaining"] if it["code"] == "clock"] == [
        ("clock", f"tickets/new/{ID}.yaml")
    ]
    assert hand.path(ID).read_bytes() == text


def test_without_git_it_is_recorded_now(hand: DeskAtWork) -> None:
    title(hand, "new title")
    (hand.root / ".git").rename(hand.root.parent / "git-elsewhere")
    (event,) = added(hand, lambda: fixed(hand))
    assert (event["at"], event["from"]) == (LATER, "Cannot issue invoices")


def test_a_desk_below_the_top_of_its_repository_has_its_history_too(
    hand: DeskAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = hand.root.parent / "top"
    top.mkdir()
    (hand.root / ".git").rename(top / ".git")
    hand.root.rename(top / "desk")
    hand.root = top / "desk"
    commit(hand, WANG, "2026-11-16T01:30:00Z")
    title(hand, "new title")
    commit(hand, CHEN, "2026-11-16T02:00:00Z")
    (event,) = added(hand, lambda: fixed(hand))
    assert (event["by"], event["at"]) == ("chen@elsewhere.example", "2026-11-16T02:00:00Z")


def test_a_shallow_clone_does_not_blame_whom_it_does_not_know(hand: DeskAtWork) -> None:
    title(hand, "new title")
    commit(hand, WANG)
    hand.write("other.txt", "x")
    commit(hand, CHEN)
    shallow = hand.root.parent / "shallow"
    hand.git("clone", "-q", "--depth=1", f"file://{hand.root}", str(shallow))
    hand.root = shallow
    answer = fixed(hand, code=1)
    (problem,) = [it for it in answer["remaining"] if it["code"] == "no-history"]
    assert problem["hint"] == "git fetch --unshallow"
    assert answer["planned"] == []


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_the_commit_shows_events_and_nothing_else(desk: DeskAtWork, line_end: str) -> None:
    desk.write(".gitattributes", "* -text\n")
    prepared(desk, TICKET.replace("\n", line_end)).at(LATER)
    title(desk, "by hand")
    edit(desk, "impact: one", "impact: many")
    git_mv(desk, "tickets/assigned")
    commit(desk)
    fixed(desk)
    diff = desk.git("show", "-M", "--format=", "--unified=0", "HEAD")
    changed = [line for line in diff.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert changed
    assert not [line for line in changed if line.startswith("-")]
    assert all(line.startswith(("+- id: ", "+  ")) for line in changed)
    text = desk.path(ID).read_bytes().decode()
    assert (text.count("\r\n") == text.count("\n")) is (line_end == "\r\n")
    for comment in [line[line.index("#") :] for line in TICKET.splitlines() if "#" in line]:
        assert comment in text
