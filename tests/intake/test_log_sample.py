"""The real log: every number found again is recomputed here straight from the CSV."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from datetime import UTC, datetime
from itertools import pairwise
from statistics import median

import pytest
from build_log import SAMPLE, imported

from tkt.ids import is_ticket_id
from tkt.intake.log import Imported, LogMap, already_imported, open_map, read_log, tickets_from_log
from tkt.model import Ticket, folded, in_order, status_of
from tkt.schema import Configuration

FINISHED = ("Resolved", "Closed")


@pytest.fixture(scope="module")
def servicenow(config: Configuration) -> LogMap:
    return open_map("servicenow", config)


@pytest.fixture(scope="module")
def found(servicenow: LogMap, config: Configuration) -> Imported:
    return imported(SAMPLE.read_bytes(), servicenow, config)


@pytest.fixture(scope="module")
def rows() -> dict[str, list[dict[str, str]]]:
    """Incident → its rows, read without any of tkt."""
    grouped = defaultdict(list)
    with SAMPLE.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            grouped[row["number"]].append(row)
    return grouped


def instant(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=UTC)


def reopens_of(ticket: Ticket, config: Configuration) -> int:
    moves = [(event.get("from"), event.get("to")) for event in ticket.events if event.did == "moved"]
    return sum(before in config.finished and after not in config.finished for before, after in moves)


def test_every_incident_is_a_ticket_and_no_row_is_doubtful(found: Imported) -> None:
    assert dict(found.counts) | {"events": 0} == {
        "rows": 2676,
        "rows_rejected": 0,
        "rows_doubtful": 0,
        "tickets": 421,
        "new": 421,
        "changed": 0,
        "unchanged": 0,
        "events": 0,
    }
    assert len(found.tickets) == 421
    assert found.counts["events"] == sum(len(ticket.events) for ticket in found.tickets)
    assert found.faults == ()


def test_reopens_are_those_of_the_log(found: Imported, rows: dict, config: Configuration) -> None:
    expected = {
        number: sum(
            before["incident_state"] in FINISHED and after["incident_state"] not in FINISHED
            for before, after in pairwise(group)
        )
        for number, group in rows.items()
    }
    counted = {ticket.external_id: reopens_of(ticket, config) for ticket in found.tickets}
    assert counted == expected
    assert sum(counted.values()) == 31
    assert sum(count > 0 for count in counted.values()) == 26


def test_the_sources_own_flag_is_that_of_the_last_row(found: Imported, rows: dict) -> None:
    kept = {ticket.external_id: ticket.get("made_sla") for ticket in found.tickets}
    assert kept == {number: group[-1]["made_sla"] == "true" for number, group in rows.items()}
    assert sum(kept.values()) == 264
    assert found.fields["made_sla"].type == "bool"


def test_every_incident_ends_closed(found: Imported) -> None:
    assert {ticket.status for ticket in found.tickets} == {"closed"}


def test_the_time_to_the_last_resolve_is_that_of_the_log(
    found: Imported, rows: dict, config: Configuration
) -> None:
    expected = {number: seconds_to_the_last_resolve(group) for number, group in rows.items()}
    taken = {}
    for ticket in found.tickets:
        unfinished = "new"
        for at, status, _ in ticket.status_changes:
            if status in config.finished and unfinished not in config.finished:
                taken[ticket.external_id] = (at - ticket.received_at).total_seconds()
            unfinished = status
    assert taken == expected
    assert median(taken.values()) == median(expected.values())
    assert len(taken) == 421


def seconds_to_the_last_resolve(group: list[dict[str, str]]) -> float:
    start, before, found = instant(group[0]["opened_at"]), "New", 0.0
    for row in group:
        if row["incident_state"] in FINISHED and before not in FINISHED:
            found = (instant(row["sys_updated_at"]) - start).total_seconds()
        before = row["incident_state"]
    return found


@pytest.mark.parametrize(
    ("field", "column"), [("owner", "assigned_to"), ("team", "assignment_group"), ("priority", "priority")]
)
def test_every_change_of_a_value_is_one_event(found: Imported, rows: dict, field: str, column: str) -> None:
    expected = {
        number: sum(before[column] != after[column] for before, after in pairwise(group))
        for number, group in rows.items()
    }
    counted = {
        ticket.external_id: sum(e.did == "set" and e.get("field") == field for e in ticket.events)
        for ticket in found.tickets
    }
    assert counted == expected
    assert sum(counted.values()) > 0


def test_people_and_teams_are_those_of_the_last_row(found: Imported, rows: dict) -> None:
    by_number = {ticket.external_id: ticket for ticket in found.tickets}
    for number, group in rows.items():
        name = group[-1]["assigned_to"]
        assert by_number[number].owner == (None if name == "?" else name.lower().replace(" ", "-"))
    assert found.people["resolver-17"].name == "Resolver 17"
    assert found.people["resolver-17"].kind == "former"
    assert found.teams["group-70"].en == "Group 70"
    assert len(found.people) == len({row["assigned_to"] for group in rows.values() for row in group} - {"?"})


def test_the_first_row_of_the_log_by_eye(found: Imported) -> None:
    ticket = found.tickets[0]
    assert ticket.external_id == "INC0000045"
    assert ticket.title == "INC0000045 · Category 55 · Subcategory 170 · Symptom 72"
    assert ticket.received_at == datetime(2016, 2, 29, 1, 16, tzinfo=UTC)
    assert ticket.id.startswith("160229-")
    assert {key: ticket.get(key) for key in ("priority", "impact", "urgency", "channel", "contact")} == {
        "priority": "P3",
        "impact": "some",
        "urgency": "yellow",
        "channel": "phone",
        "contact": {"name": "Caller 2403"},
    }
    assert ticket.get("resolution") == {"code": "fixed", "text": "code 5", "cause": "unknown"}
    opened, marked, resolved, closed = ticket.events
    assert (opened.did, opened.by, opened.role) == ("opened", "Caller 2403", "customer")
    assert opened.get("raised_by") == "customer"
    assert (opened.get("source"), opened.get("external_id")) == ("servicenow", "INC0000045")
    assert (marked.did, marked.get("row"), marked.get("lacks")) == ("imported", 2, ["messages"])
    assert (resolved.by, resolved.role, resolved.auto) == ("import:servicenow", "system", True)
    assert resolved.at == datetime(2016, 2, 29, 8, 53, tzinfo=UTC)
    assert resolved.get("resolution") == ticket.get("resolution")
    assert (closed.get("from"), closed.get("to"), closed.at.day) == ("resolved", "closed", 5)


def test_files_are_in_order_and_their_keys_are_their_fold(found: Imported, config: Configuration) -> None:
    """docs/file-format.md, Events: unique ids, order of (`at`, `id`); keys are the fold of the events."""
    for ticket in found.tickets:
        ids = [event.id for event in ticket.events]
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch("[0-9a-hjkmnp-tv-z]{6}", each) for each in ids)
        assert in_order(ticket.events) == ticket.events
        assert is_ticket_id(ticket.id)
        assert status_of(ticket.events) == ticket.status
        fold = folded(ticket.events, finished=config.finished)
        assert {key: ticket.get(key) for key in fold} == fold
    assert len({ticket.id for ticket in found.tickets}) == 421


def test_importing_again_changes_nothing(found: Imported, servicenow: LogMap, config: Configuration) -> None:
    again = imported(SAMPLE.read_bytes(), servicenow, config, found.tickets)
    assert again.tickets == ()
    assert (again.unchanged, again.counts["events"], again.faults) == (421, 0, ())


def test_two_clones_make_the_same_tickets(found: Imported, servicenow: LogMap, config: Configuration) -> None:
    assert imported(SAMPLE.read_bytes(), servicenow, config).tickets == found.tickets


def test_a_longer_log_adds_only_what_is_new(
    found: Imported, servicenow: LogMap, config: Configuration
) -> None:
    # given the first 1,500 rows of the log, imported in March
    lines = SAMPLE.read_bytes().splitlines(keepends=True)
    march = imported(b"".join(lines[:1501]), servicenow, config)
    # when the whole log is imported
    later = imported(b"".join(lines), servicenow, config, march.tickets)
    # then the desk has what one import would have made of it
    have = {ticket.id: ticket for ticket in (*march.tickets, *later.tickets)}
    assert have == {ticket.id: ticket for ticket in found.tickets}
    # and only tickets with rows behind the 1,500th were touched
    assert later.counts["changed"] == 1
    assert later.counts["new"] == 421 - len(march.tickets)


def test_a_shorter_log_takes_nothing_back(found: Imported, servicenow: LogMap, config: Configuration) -> None:
    lines = SAMPLE.read_bytes().splitlines(keepends=True)
    again = imported(b"".join(lines[:1501]), servicenow, config, found.tickets)
    assert again.tickets == ()
    assert again.faults == ()


def test_tickets_of_the_source_are_found_in_a_desk(found: Imported, servicenow: LogMap) -> None:
    known = already_imported(found.tickets, "servicenow")
    assert set(known) == {ticket.external_id for ticket in found.tickets}
    assert already_imported(found.tickets, "another") == {}


def test_the_columns_that_the_map_leaves_out_are_named(found: Imported) -> None:
    assert "resolved_at" in found.unread_columns
    assert "sys_updated_by" in found.unread_columns
    assert "number" not in found.unread_columns


def test_a_taken_id_is_drawn_again(found: Imported, servicenow: LogMap, config: Configuration) -> None:
    first = found.tickets[0].id
    rows = read_log(SAMPLE.read_bytes(), servicenow)
    other = tickets_from_log(rows, servicenow, config, taken=[first]).tickets[0]
    assert other.id != first
    assert other.id[:7] == first[:7]
