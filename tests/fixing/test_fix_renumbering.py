"""Two tickets with one id: the younger gets another, and is found by the old one (docs/file-format.md, Kinds)."""

from __future__ import annotations

import pytest
from fixdesk import ID, TICKET, commit, errors, events, fixed, prepared
from helpers import DeskAtWork

YOUNGER = (
    TICKET.replace("Cannot issue invoices   #", "Another one   #")
    .replace("to: Cannot issue invoices", "to: Another one")
    .replace("2026-11-16T01:0", "2026-11-16T01:3")
    .replace("aaaa0", "eeee0")
)


@pytest.fixture
def collided(desk: DeskAtWork) -> DeskAtWork:
    """Two branches made the same id."""
    prepared(desk)
    desk.write(f"tickets/assigned/{ID}.yaml", YOUNGER.replace("status: new", "status: assigned"))
    commit(desk)
    return desk


def renumbered(desk: DeskAtWork, answer: dict[str, object]) -> str:
    (step,) = answer["planned"]  # type: ignore[misc]
    assert step["fixer"] == "renumber"
    return str(step["id"])


def test_the_younger_ticket_gets_another_id(collided: DeskAtWork) -> None:
    assert errors(collided) == ["two-places"]
    new = renumbered(collided, fixed(collided))
    # then the older keeps what people know
    assert collided.json("show", ID)["title"] == "Cannot issue invoices"
    other = collided.json("show", new)
    assert (other["title"], other["status"], other["id"]) == ("Another one", "assigned", new)
    assert (other["events"][-1]["did"], other["events"][-1]["was"]) == ("renumbered", ID)
    assert new.startswith("261116-")
    assert errors(collided) == []
    # and only the id and one event changed in its file
    diff = collided.git("show", "-M", "--format=", "--unified=0", "HEAD").splitlines()
    assert [line for line in diff if line.startswith("-") and line[:3] != "---"] == [f"-id: {ID}"]


def test_whoever_repeats_it_elsewhere_gives_the_same_id(collided: DeskAtWork) -> None:
    new = renumbered(collided, fixed(collided))
    collided.git("reset", "-q", "--hard", "HEAD~1")
    assert renumbered(collided, fixed(collided.at("2026-11-17T00:00:00Z"))) == new


def test_which_is_younger_does_not_depend_on_the_directories(desk: DeskAtWork) -> None:
    prepared(desk, YOUNGER)
    desk.write(f"tickets/assigned/{ID}.yaml", TICKET.replace("status: new", "status: assigned"))
    commit(desk)
    fixed(desk)
    assert desk.json("show", ID)["title"] == "Cannot issue invoices"


def test_of_two_of_one_second_the_larger_opening_goes(desk: DeskAtWork) -> None:
    prepared(desk, TICKET.replace("aaaa0", "zzzz0"))
    desk.write(f"tickets/assigned/{ID}.yaml", TICKET.replace("status: new", "status: assigned"))
    commit(desk)
    fixed(desk)
    assert events(desk)[0]["id"] == "aaaa00"


def test_both_are_found_by_the_old_id_in_a_search(collided: DeskAtWork) -> None:
    new = renumbered(collided, fixed(collided))
    found = {row["id"] for row in collided.json("search", ID)}
    assert found == {ID, new}


def test_where_nobody_has_the_old_id_any_more_it_leads_to_the_renumbered_one(collided: DeskAtWork) -> None:
    new = renumbered(collided, fixed(collided))
    collided.path(ID).unlink()
    assert collided.json("show", ID)["id"] == new
    assert collided.json("show", "hand1")["id"] == new
    collided.tkt("note", ID, "-m", "found by its old id")
    collided.tkt("show", "HAN", code=2)  # too short to open every file for
    assert "no ticket 261116-HAND9" in collided.tkt("show", "261116-HAND9", code=2).err


def test_copies_of_one_ticket_are_left_to_repair(desk: DeskAtWork) -> None:
    prepared(desk)
    desk.write(f"tickets/assigned/{ID}.yaml", TICKET)
    commit(desk)
    answer = fixed(desk, code=1)
    assert answer["planned"] == []
    (problem,) = [it for it in answer["remaining"] if it["code"] == "two-places"]
    assert problem["hint"] == "tkt repair"


def test_of_three_with_one_id_two_get_others(collided: DeskAtWork) -> None:
    third = YOUNGER.replace("eeee0", "ffff0").replace("status: new", "status: waiting")
    collided.write(f"tickets/waiting/{ID}.yaml", third)
    answer = fixed(collided)
    assert len({step["id"] for step in answer["planned"]} | {ID}) == 3
    assert errors(collided) == []


def test_where_one_of_them_cannot_be_read_both_are_left_alone(collided: DeskAtWork) -> None:
    collided.write(f"tickets/assigned/{ID}.yaml", "title: no id\n")
    answer = fixed(collided, code=1)
    assert answer["planned"] == []
    assert "one of its files cannot be read" in "".join(it["message"] for it in answer["remaining"])


def test_hand_edits_of_both_are_recorded_each_from_its_own_history(collided: DeskAtWork) -> None:
    for folder, hour in (("new", 4), ("assigned", 5)):
        file = collided.root / f"tickets/{folder}/{ID}.yaml"
        file.write_text(file.read_text().replace("title:   ", "title:   now "))
        commit(collided, at=f"2026-11-16T0{hour}:00:00Z")
    answer = fixed(collided.at("2026-11-18T00:00:00Z"))
    renumber, *edits = answer["planned"]
    assert renumber["fixer"] == "renumber"
    told = {step["id"]: (step["events"][0]["from"], step["events"][0]["at"]) for step in edits}
    assert told == {
        ID: ("Cannot issue invoices", "2026-11-16T04:00:00Z"),
        renumber["id"]: ("Another one", "2026-11-16T05:00:00Z"),
    }
    assert {step["events"][0]["by"] for step in edits} == {"wang.fang"}
    assert errors(collided) == []
