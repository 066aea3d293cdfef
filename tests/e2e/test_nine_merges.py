"""Nine merges that git alone gets wrong, or stops at, each tried with git 2.39: with tkt's driver and without."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from branches import Branches, lying, merged_every_way
from helpers import DeskAtWork

LONG = "".join(f"line {number}: what the customer told us on the telephone today\n" for number in range(12))


@pytest.fixture
def it(desk: DeskAtWork) -> Branches:
    return Branches(desk)


def new(it: Branches, title: str = "E104", words: str = "It says E104.", **fields: str) -> str:
    found: str = it.desk.json(
        "new", title, "--channel", "email", "--from", "Zhang Wei <zhang@acme.example>", "--text", words,
        "--category", "billing", "--set", "order_no=A-1001", "--set", "impact=one", "--set", "urgency=yellow",
        *(word for name, value in fields.items() for word in ("--set", f"{name}={value}")),
    )["id"]  # fmt: skip
    return found


def started(it: Branches) -> str:
    ticket = new(it)
    it.desk.at("2026-11-16T02:06:00Z").tkt("assign", ticket, "me")
    it.desk.tkt("start", ticket, "--set", "complexity=simple")
    it.desk.tkt("reply", ticket, "-m", "We look into it.")
    return ticket


def branch(it: Branches, name: str, work: Callable[[], object], *, start: str = "main") -> None:
    it.on(name, start)
    work()


def tkt(it: Branches, now: str, *args: str) -> Callable[[], object]:
    return lambda: it.desk.at(f"2026-11-16T{now}Z").tkt(*args)


def test_1_a_move_here_and_an_edit_there(it: Branches) -> None:
    ticket = started(it)
    branch(it, "one", tkt(it, "03:00:00", "wait", ticket, "--on", "vendor", "--for", "a part"))
    branch(it, "other", tkt(it, "03:05:00", "set", ticket, "urgency=red"))
    merged_every_way(it)
    assert lying(it.desk.root, ticket) == "waiting"


def test_2_two_moves_to_two_directories(it: Branches) -> None:
    ticket = started(it)
    branch(it, "one", tkt(it, "03:00:00", "wait", ticket, "--on", "vendor", "--for", "a part"))
    branch(
        it, "other",
        tkt(it, "03:05:00", "resolve", ticket, "--code", "fixed", "--cause", "product", "-m", "Repaired."),
    )  # fmt: skip
    merged_every_way(it)
    # the last status event decides, and the earlier one is history
    assert lying(it.desk.root, ticket) == "resolved"


def test_3_a_move_and_words_on_both_sides(it: Branches) -> None:
    ticket = started(it)

    def one() -> None:
        it.desk.at("2026-11-16T03:00:00Z").tkt("note", ticket, "-m", "one")
        it.desk.tkt("wait", ticket, "--on", "vendor", "--for", "a part")

    branch(it, "one", one)
    branch(it, "other", tkt(it, "03:05:00", "note", ticket, "-m", "other"))
    merged_every_way(it)
    texts = [event.get("text") for event in it.tickets()[0].events if event.did == "note"]
    assert texts == ["one", "other"]


def test_4_fields_that_stand_side_by_side(it: Branches) -> None:
    ticket = started(it)
    branch(it, "one", tkt(it, "03:00:00", "set", ticket, "impact=many"))
    branch(it, "other", tkt(it, "03:05:00", "set", ticket, "complexity=multi-step"))
    merged_every_way(it)
    found = it.tickets()[0]
    assert (found.get("impact"), found.get("complexity")) == ("many", "multi-step")


def test_5_an_emptied_directory_and_a_new_file_in_it(it: Branches) -> None:
    tickets = [new(it, f"E10{number}") for number in range(3)]

    def empty() -> None:
        for ticket in tickets:
            it.desk.at("2026-11-16T03:00:00Z").tkt("assign", ticket, "me")
        (it.desk.root / "tickets/new/.gitkeep").unlink()
        it.commit()

    branch(it, "one", empty)
    late: list[str] = []
    branch(it, "other", lambda: late.append(new(it, "a new one")))
    it.with_driver(False)
    it.merged("one", "other")
    # then the new ticket is new, and was not carried along by a "renamed" directory
    assert lying(it.desk.root, late[0]) == "new"
    it.merged("other", "one")
    assert lying(it.desk.root, late[0]) == "new"
    assert [lying(it.desk.root, ticket) for ticket in tickets] == ["assigned"] * 3


def test_6_a_move_and_a_large_edit(it: Branches) -> None:
    ticket = started(it)

    def much() -> None:
        it.desk.at("2026-11-16T03:00:00Z").tkt("wait", ticket, "--on", "vendor", "--for", "a part")
        it.desk.tkt("note", ticket, "-m", LONG)
        it.desk.tkt("note", ticket, "-m", LONG)

    branch(it, "one", much)
    branch(it, "other", tkt(it, "03:05:00", "note", ticket, "-m", LONG.upper()))
    merged_every_way(it)
    assert lying(it.desk.root, ticket) == "waiting"


def test_7_the_driver_across_a_rename(it: Branches) -> None:
    ticket = started(it)
    branch(it, "one", tkt(it, "03:00:00", "wait", ticket, "--on", "vendor", "--for", "a part"))
    branch(it, "other", tkt(it, "03:05:00", "reply", ticket, "-m", "We are still on it."))
    it.with_driver(True)
    it.git("checkout", "-q", "-B", "result", "one")
    # git itself follows the rename and leaves nothing to repair
    it.git("merge", "-q", "--no-edit", "other")
    assert it.desk.tkt("repair").out.strip() == "nothing to repair"
    merged_every_way(it)


def test_8_a_message_is_not_merged_into_another_customers_ticket(it: Branches) -> None:
    # given one short ticket, as a form makes them
    first = new(it, "Order question", "Where is it?")
    second: list[str] = []

    def answer_and_file() -> None:
        it.desk.at("2026-11-16T03:00:00Z").tkt("assign", first, "me")
        it.desk.tkt("start", first, "--set", "complexity=simple")
        it.desk.tkt("reply", first, "-m", LONG)
        second.append(new(it, "Order question", "Where is it?"))

    branch(it, "one", answer_and_file)
    branch(it, "other", tkt(it, "03:05:00", "heard", first, "--channel", "phone", "-m", "It is urgent!"))
    merged_every_way(it)
    texts = {t.id: [event.get("text") for event in t.events if event.did == "message"] for t in it.tickets()}
    assert "It is urgent!" in texts[first]
    assert texts[second[0]] == ["Where is it?"]


def test_9_two_different_copies_without_a_conflict(it: Branches) -> None:
    ticket = new(it, "Order question", "Where is it?")

    def wait() -> None:
        it.desk.at("2026-11-16T03:00:00Z").tkt("assign", ticket, "me")
        it.desk.tkt("note", ticket, "-m", LONG)

    def close() -> None:
        it.desk.at("2026-11-16T03:05:00Z").tkt("note", ticket, "-m", LONG.upper())
        it.desk.tkt("close", ticket, "--code", "spam")

    branch(it, "one", wait)
    branch(it, "other", close)
    merged_every_way(it)
    assert lying(it.desk.root, ticket) == "closed"
