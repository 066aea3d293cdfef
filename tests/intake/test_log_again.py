"""What a second import adds, and what it must leave alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from build_log import imported, log, small_map, story

from tkt.i18n import render
from tkt.model import Event, Ticket
from tkt.schema import Configuration

ROWS = (
    "7 09:05 New priority=low kept=a",
    "7 09:10 Work priority=high owner=Ann kept=b",
    "7 09:20 Done priority=high owner=Ann kept=c",
)
MORE = ("7 09:30 Work priority=high owner=Bob kept=d", "7 09:40 Closed priority=high owner=Bob kept=e")


def first_import(config: Configuration, *rows: str) -> Ticket:
    return imported(log(*(rows or ROWS)), small_map(), config).tickets[0]


def worked_on(ticket: Ticket) -> Ticket:
    """Somebody of the desk reopens it at 09:25 and raises its priority."""
    at = datetime(2026, 3, 2, 9, 25, tzinfo=UTC)
    moved = Event(id="zzzz00", at=at, by="li", did="moved", data={"from": "resolved", "to": "in-progress"})
    raised = Event(
        id="zzzz01", at=at, by="li", did="set", data={"field": "priority", "from": "P2", "to": "P1"}
    )
    return ticket.with_events(moved, raised).with_values(priority="P1").in_status("in-progress", "tickets/x")


def test_what_the_desk_did_with_a_ticket_stays(config: Configuration) -> None:
    ticket = worked_on(first_import(config))
    again = imported(log(*ROWS), small_map(), config, (ticket,))
    assert (again.tickets, again.unchanged, again.faults) == ((), 1, ())


def test_new_rows_join_what_the_desk_did(config: Configuration) -> None:
    ticket = worked_on(first_import(config))
    (found,) = imported(log(*ROWS, *MORE), small_map(), config, (ticket,)).tickets
    assert {event.id for event in ticket.events} < {event.id for event in found.events}
    assert found.status == "closed"
    assert found.owner == "bob"
    # the log does not speak of the priority again, so the desk's stays
    assert found.priority == "P1"
    assert found.get("kept_field") == "e"
    # the old path tells the desk which file to move
    assert (found.id, found.path) == (ticket.id, "tickets/x")


def test_a_move_of_the_desk_that_is_later_than_the_log_decides_the_status(config: Configuration) -> None:
    ticket = worked_on(first_import(config, *ROWS[:2]))
    assert ticket.status == "in-progress"
    (found,) = imported(log(*ROWS), small_map(), config, (ticket,)).tickets
    assert story(found)[-3:] == [
        "09:20 moved in-progress resolved",
        "09:25 moved resolved in-progress",
        "09:25 set priority P2 P1",
    ]
    assert found.status == "in-progress"


def test_a_hand_edit_without_an_event_stays(config: Configuration) -> None:
    ticket = first_import(config).with_values(title="By hand", tags=["x"], priority="P3")
    again = imported(log(*ROWS), small_map(), config, (ticket,))
    assert again.tickets == ()
    (found,) = imported(log(*ROWS, *MORE), small_map(), config, (ticket,)).tickets
    assert (found.title, found.tags, found.priority) == ("By hand", ("x",), "P3")


def test_a_field_of_the_last_row_follows_rows_that_change_nothing_else(config: Configuration) -> None:
    rows = (*ROWS, "7 09:50 Done priority=high owner=Ann kept=z")
    found = imported(log(*rows), small_map(), config, (first_import(config),))
    assert [ticket.get("kept_field") for ticket in found.tickets] == ["z"]
    assert found.counts["events"] == 0


def test_a_shorter_log_takes_nothing_back(config: Configuration) -> None:
    ticket = first_import(config, *ROWS, *MORE)
    assert imported(log(*ROWS), small_map(), config, (ticket,)).tickets == ()


def test_a_log_that_goes_on_where_the_last_one_ended_adds_its_first_row_too(config: Configuration) -> None:
    # given a ticket from the rows before 09:25
    ticket = first_import(config)
    # when the next log begins after them
    found = imported(log(*MORE), small_map(), config, (ticket,))
    # then the result is what one long log makes
    assert found.tickets == (first_import(config, *ROWS, *MORE),)
    assert imported(log(*MORE), small_map(), config, found.tickets).tickets == ()


def test_a_log_that_goes_on_does_not_undo_what_the_desk_did(config: Configuration) -> None:
    ticket = worked_on(first_import(config))
    (found,) = imported(log(*MORE), small_map(), config, (ticket,)).tickets
    # the source's priority is what it was, so the desk's stays
    assert found.priority == "P1"
    assert (found.owner, found.status) == ("bob", "closed")
    assert imported(log(*MORE), small_map(), config, (found,)).tickets == ()


def test_rows_before_the_first_import_are_told_and_left_out(config: Configuration) -> None:
    ticket = first_import(config, *ROWS[1:])
    again = imported(log(*ROWS), small_map(), config, (ticket,))
    assert again.tickets == ()
    assert [(fault.line, fault.kind, fault.used) for fault in again.faults] == [(2, "too-early", False)]
    assert "begins later, at 2026-03-02T09:10:00Z" in render(again.faults[0].message)
    # and a log of nothing but such rows is no reason to touch the ticket
    assert imported(log(ROWS[0]), small_map(), config, (ticket,)).unchanged == 1


def test_a_row_that_contradicts_an_earlier_import_is_told_and_changes_nothing(config: Configuration) -> None:
    ticket = first_import(config)
    other = (ROWS[0], ROWS[1].replace("Ann", "Eve"), ROWS[2])
    again = imported(log(*other), small_map(), config, (ticket,))
    assert [(fault.line, fault.kind, fault.used) for fault in again.faults if fault.line == 3] == [
        (3, "contradicts", False)
    ]
    changed = again.tickets[0] if again.tickets else ticket
    assert [event for event in changed.events if event.id in {e.id for e in ticket.events}] == list(
        ticket.events
    )


def test_a_redacted_or_reordered_file_is_compared_by_value(config: Configuration) -> None:
    """What was read back from a file holds plain mappings."""
    ticket = first_import(config, "7 09:05 Ask", "7 09:10 Ask")
    read = replace(
        ticket, events=tuple(replace(e, data={**dict(reversed(e.data.items()))}) for e in ticket.events)
    )
    assert imported(log("7 09:05 Ask", "7 09:10 Ask"), small_map(), config, (read,)).faults == ()


def test_an_event_id_that_another_event_has_is_drawn_again(config: Configuration) -> None:
    # given a ticket on which somebody's note happens to have the id of a row still to come
    (whole,) = imported(log(*ROWS, *MORE), small_map(), config).tickets
    coming = whole.events[-1]
    note = Event(id=f"{coming.id[:4]}00", at=datetime(2026, 3, 2, 9, 22, tzinfo=UTC), by="li", did="note")
    ticket = first_import(config).with_events(note)
    # when the longer log is imported
    (found,) = imported(log(*ROWS, *MORE), small_map(), config, (ticket,)).tickets
    # then neither is lost, and a third import still changes nothing
    assert found.event(note.id) == note
    assert len(found.events) == len(whole.events) + 1
    assert found.status == "closed"
    assert imported(log(*ROWS, *MORE), small_map(), config, (found,)).tickets == ()
