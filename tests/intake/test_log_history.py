from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from build_log import imported, log, small_map, story

from tkt.schema import Configuration


def test_rows_become_a_story(config: Configuration) -> None:
    rows = log(
        "7 09:05 New priority=low kept=a",
        "7 09:10 Work priority=high owner=Ann",
        "7 09:20 Ask priority=high owner=Ann",
        "7 09:30 Done priority=high owner=Bob kept=b",
    )
    (ticket,) = imported(rows, small_map(), config).tickets
    assert story(ticket) == [
        "09:00 opened new",
        "09:05 imported",
        "09:10 set priority P4 P2",
        "09:10 set owner None ann",
        "09:10 moved new in-progress",
        "09:20 moved in-progress waiting",
        "09:30 set owner ann bob",
        "09:30 moved waiting resolved",
    ]
    assert ticket.title == "7 · a"
    assert ticket.get("kept_field") == "b"
    assert ticket.status == "resolved"
    assert ticket.received_at == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_until_its_first_row_a_ticket_is_new(config: Configuration) -> None:
    """The log is silent between `opened_at` and the first row, whatever that row says."""
    (ticket,) = imported(log("7 09:05 Done"), small_map(), config).tickets
    assert story(ticket) == ["09:00 opened new", "09:05 imported", "09:05 moved new resolved"]


def test_waiting_says_on_whom_and_another_wait_is_another_question(config: Configuration) -> None:
    states = {"Ask": {"status": "waiting", "on": "customer"}, "Vendor": {"status": "waiting", "on": "vendor"}}
    rows = log("7 09:05 Ask", "7 09:10 Ask", "7 09:15 Vendor")
    (ticket,) = imported(rows, small_map(states=states), config).tickets
    moves = [event for event in ticket.events if event.did == "moved"]
    assert [event.get("waiting") for event in moves] == [
        {"on": "customer", "for": "Ask"},
        {"on": "vendor", "for": "Vendor"},
    ]
    assert ticket.get("waiting") == {"on": "vendor", "for": "Vendor"}


def test_leaving_waiting_clears_it_and_reopening_clears_the_resolution(config: Configuration) -> None:
    resolution = {
        "code": "fixed",
        "column": "kept",
        "codes": {"asked": "answered"},
        "text": ["source: {kept}"],
    }
    logmap = small_map(resolution=resolution)
    rows = ["7 09:05 Ask", "7 09:10 Done kept=asked", "7 09:15 Closed kept=asked"]
    (ticket,) = imported(log(*rows), logmap, config).tickets
    assert ticket.get("waiting") is None
    assert ticket.get("resolution") == {"code": "answered", "text": "source: asked", "cause": "unknown"}
    # when it is reopened
    (ticket,) = imported(log(*rows, "7 09:20 Work"), logmap, config).tickets
    assert ticket.get("resolution") is None
    assert ticket.status == "in-progress"


def test_a_resolution_is_recorded_where_an_open_ticket_is_finished(config: Configuration) -> None:
    logmap = small_map(resolution={"code": "fixed", "column": "kept", "text": ["{kept}"]})
    (ticket,) = imported(log("7 09:05 New", "7 09:10 Closed", "7 09:15 Done"), logmap, config).tickets
    assert [event.get("resolution") for event in ticket.events if event.did == "moved"] == [
        {"code": "fixed", "cause": "unknown"},
        None,
    ]


def test_a_value_that_goes_missing_is_removed(config: Configuration) -> None:
    (ticket,) = imported(log("7 09:05 Work owner=Ann", "7 09:10 Work owner=?"), small_map(), config).tickets
    assert ticket.owner is None
    assert ticket.events[-1].data == {"field": "owner", "from": "ann"}


def test_the_person_of_the_column_is_who_did_it(config: Configuration) -> None:
    columns = {"number": "number", "changed_at": "changed", "state": "state", "opened_at": "opened"}
    logmap = small_map(columns={**columns, "changed_by": "owner", "contact": "kept"})
    rows = log("7 09:05 New kept=ann@example.com", "7 09:10 Work owner=Li~Wei kept=ann@example.com")
    found = imported(rows, logmap, config)
    opened, _, moved = found.tickets[0].events
    assert (opened.by, opened.role, opened.auto) == ("ann@example.com", "customer", False)
    assert (moved.by, moved.role, moved.auto) == ("li-wei", "agent", False)
    assert found.tickets[0].get("contact") == {"email": "ann@example.com"}
    assert found.people["li-wei"].name == "Li~Wei"


def test_without_a_contact_the_import_opened_it(config: Configuration) -> None:
    opened = imported(log("7 09:05 New"), small_map(), config).tickets[0].events[0]
    assert (opened.by, opened.role, opened.auto) == ("import:old", "system", True)


def test_rows_of_one_minute_keep_their_order(config: Configuration) -> None:
    rows = log("7 09:05 New", "7 09:05 Done", "7 09:05 Work", "7 09:05 Done", "7 09:05 Closed")
    (ticket,) = imported(rows, small_map(), config).tickets
    moves = [event for event in ticket.events if event.did == "moved"]
    assert [event.get("to") for event in moves] == ["resolved", "in-progress", "resolved", "closed"]
    assert [event.id for event in moves] == sorted(event.id for event in moves)
    assert len({event.id[:4] for event in moves}) == 1


def test_tickets_whose_rows_are_mixed_are_told_apart(config: Configuration) -> None:
    rows = log("7 09:05 New", "8 09:06 New", "7 09:10 Done", "8 09:20 Work")
    assert [ticket.status for ticket in imported(rows, small_map(), config).tickets] == [
        "resolved",
        "in-progress",
    ]


def kept(config: Configuration, cell: str, **decl: Any) -> object:
    logmap = small_map(fields={"kept_field": {"column": "kept", **decl}})
    (ticket,) = imported(log(f"7 09:05 New kept={cell}"), logmap, config).tickets
    return ticket.get("kept_field")


def test_kept_fields_have_their_types(config: Configuration) -> None:
    assert kept(config, "True", type="bool") is True
    assert kept(config, "no", type="bool") is False
    assert kept(config, "12", type="number") == 12
    assert kept(config, "-1.5", type="number") == -1.5
    assert kept(config, "0012") == "0012"
    assert kept(config, "?", type="bool") is None


def test_a_field_follows_each_change_the_first_row_or_the_last(config: Configuration) -> None:
    rows = log("7 09:05 New kept=a", "7 09:10 New kept=b")
    for when, value, events in (("each", "b", 3), ("first", "a", 2), ("last", "b", 2)):
        logmap = small_map(fields={"kept_field": {"column": "kept", "when": when}})
        (ticket,) = imported(rows, logmap, config).tickets
        assert (ticket.get("kept_field"), len(ticket.events)) == (value, events)


def test_what_a_stranger_typed_stays_on_one_line_without_control_characters(config: Configuration) -> None:
    data = log("7 09:05 New kept=X").replace(b"X", b'"a\x1b[31m\n\x00b  {number}"')
    assert imported(data, small_map(), config).tickets[0].title == "7 · a[31m b {number}"


def test_a_time_is_read_in_the_maps_zone_or_with_its_own_offset(config: Configuration) -> None:
    logmap = small_map(zone="Asia/Shanghai", dates=["%Y-%m-%d %H:%M%z", "%Y-%m-%d %H:%M"])
    rows = log("7 2026-03-02T09:05 New opened=2026-03-02T01:00+00:00")
    first = imported(rows, logmap, config).tickets[0]
    assert [f"{event.at:%H:%M}" for event in first.events] == ["01:00", "01:05"]


def test_the_day_of_an_id_is_the_desks(config: Configuration) -> None:
    (ticket,) = imported(log("7 2026-03-02T23:30 New opened=2026-03-01T23:30"), small_map(), config).tickets
    assert ticket.id.startswith("260301-")
