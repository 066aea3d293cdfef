"""Nothing is dropped in silence: every row that is doubtful is told by line and kind."""

from __future__ import annotations

import csv
import io

from build_log import HEADER, imported, log, small_map, story

from tkt.i18n import render
from tkt.intake.log import Imported, read_log, rejects_csv
from tkt.schema import Configuration


def told(found: Imported) -> list[tuple[int, str, bool, str]]:
    return [(fault.line, fault.kind, fault.used, render(fault.message)) for fault in found.faults]


def test_a_row_that_goes_backwards_keeps_its_place_and_is_told(config: Configuration) -> None:
    rows = log("7 09:05 New", "7 09:30 Work", "7 09:10 Done", "7 09:40 Closed")
    found = imported(rows, small_map(), config)
    assert story(found.tickets[0])[2:] == [
        "09:30 moved new in-progress",
        "09:30 moved in-progress resolved",
        "09:40 moved resolved closed",
    ]
    assert told(found) == [
        (
            4,
            "backwards",
            True,
            "2026-03-02T09:10:00Z is before the row above it; taken as 2026-03-02T09:30:00Z",
        )
    ]
    assert found.counts["rows_doubtful"] == 1
    assert found.faults_by_kind == {"backwards": 1}


def test_a_row_before_the_opening_counts_from_the_opening(config: Configuration) -> None:
    found = imported(log("7 08:00 New", "7 08:30 Work"), small_map(), config)
    assert story(found.tickets[0]) == ["09:00 opened new", "09:00 imported", "09:00 moved new in-progress"]
    assert [(line, kind) for line, kind, _, _ in told(found)] == [(2, "before-opened"), (3, "before-opened")]
    assert told(found)[0][3] == (
        "2026-03-02T08:00:00Z is before the ticket was opened; taken as 2026-03-02T09:00:00Z"
    )


def test_a_row_without_a_time_is_left_out_and_its_change_told_by_the_next_one(config: Configuration) -> None:
    found = imported(log("7 09:05 New", "7 soon Work", "7 09:20 Work"), small_map(), config)
    assert story(found.tickets[0])[-1] == "09:20 moved new in-progress"
    assert told(found) == [(3, "bad-time", False, "changed: soon is not a time, expected %Y-%m-%d %H:%M")]
    assert (found.counts["rows"], found.counts["rows_rejected"]) == (3, 1)


def test_a_missing_value_in_a_needed_column_is_told(config: Configuration) -> None:
    data = log("7 09:05 New", "? 09:06 Work", "7 09:07 ?", "7 09:08 Work opened=?").replace(
        b"2026-03-02 09:07", b"?"
    )
    found = imported(data, small_map(), config)
    assert told(found) == [
        (3, "missing", False, "the row has no number"),
        (4, "missing", False, "the row has no changed"),
        (5, "missing", True, "the row has no opened"),
    ]
    assert [fault.number for fault in found.faults] == ["", "7", "7"]
    assert found.tickets[0].status == "in-progress"


def test_a_missing_state_leaves_the_ticket_where_it_was(config: Configuration) -> None:
    found = imported(log("7 09:05 Work", "7 09:10 ?"), small_map(), config)
    assert found.tickets[0].status == "in-progress"
    assert told(found) == [(3, "missing", True, "the row has no state")]


def test_without_an_opening_time_the_first_row_opens_the_ticket(config: Configuration) -> None:
    found = imported(log("7 09:05 New opened=?", "7 09:10 Work opened=tomorrow"), small_map(), config)
    assert story(found.tickets[0]) == ["09:05 opened new", "09:05 imported", "09:10 moved new in-progress"]
    assert [(line, kind) for line, kind, _, _ in told(found)] == [(2, "missing"), (3, "bad-time")]


def test_two_opening_times_are_told_and_the_first_counts(config: Configuration) -> None:
    found = imported(log("7 09:05 New", "7 09:10 New opened=2026-03-02T08:00"), small_map(), config)
    assert f"{found.tickets[0].received_at:%H:%M}" == "09:00"
    assert told(found)[0][:3] == (3, "opened-otherwise", True)


def test_an_unknown_state_takes_the_maps_default_and_is_told(config: Configuration) -> None:
    found = imported(log("7 09:05 New", "7 09:10 -100", "7 09:15 -100"), small_map(), config)
    assert story(found.tickets[0])[2:] == ["09:10 moved new in-progress"]
    assert told(found) == [
        (3, "unknown-state", True, "the map has no state -100; taken as in-progress"),
        (4, "unknown-state", True, "the map has no state -100; taken as in-progress"),
    ]


def test_without_a_default_an_unknown_state_moves_nothing(config: Configuration) -> None:
    found = imported(log("7 09:05 Done", "7 09:10 -100"), small_map(unknown_state=None), config)
    assert found.tickets[0].status == "resolved"
    assert told(found) == [
        (3, "unknown-state", True, "the map has no state -100; the ticket stays in its status")
    ]


def test_a_word_or_a_value_that_is_not_understood_leaves_the_field_alone(config: Configuration) -> None:
    logmap = small_map(fields={"kept_field": {"column": "kept", "type": "number"}})
    rows = log("7 09:05 New priority=low kept=1", "7 09:10 New priority=huge kept=many")
    found = imported(rows, logmap, config)
    assert (found.tickets[0].priority, found.tickets[0].get("kept_field")) == ("P4", 1)
    assert told(found) == [
        (3, "unknown-value", True, "the map has no priority huge; the ticket keeps what it had"),
        (3, "unknown-value", True, "kept: expected a number, found many"),
    ]


def test_more_changes_at_one_instant_than_ids_can_count_are_told(config: Configuration) -> None:
    rows = [f"7 09:05 {'New' if number % 2 else 'Work'}" for number in range(1100)]
    found = imported(log(*rows), small_map(), config)
    assert len(found.tickets[0].events) <= 1025
    assert found.counts["rows_rejected"] > 0
    assert found.faults[0].kind == "too-many"


def test_rejects_hold_the_original_rows_and_the_reasons(config: Configuration) -> None:
    data = log("7 09:05 New", "7 soon -100 kept==1+1", "7 09:01 -100 kept=-100") + b"torn,row\n"
    rows = read_log(data, small_map())
    found = imported(rows, small_map(), config)
    table = list(csv.reader(io.StringIO(rejects_csv(rows.header, found.faults))))
    assert table[0] == ["tkt_line", "tkt_used", "tkt_kind", "tkt_reason", *HEADER]
    assert [line[:3] for line in table[1:]] == [
        ["3", "no", "bad-time"],
        ["4", "yes", "backwards unknown-state"],
        ["5", "no", "bad-row"],
    ]
    # a formula is defused, a negative number stays what it is
    assert table[1][-1] == "'=1+1"
    assert table[2][-1] == "-100"
    assert table[3][4:] == ["torn", "row"]


def test_rejects_of_a_clean_log_are_a_header(config: Configuration) -> None:
    rows = read_log(log("7 09:05 New"), small_map())
    assert rejects_csv(rows.header, ()).splitlines() == [
        "tkt_line,tkt_used,tkt_kind,tkt_reason," + ",".join(HEADER)
    ]
