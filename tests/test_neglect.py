"""tkt.neglect: since when a ticket lies, and by which time that is counted (docs/process.md)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sla_desk import LEVELS, agent, at, changed, customer, event, moved, opened, resolve, ticket

from tkt.checks.configuration.neglect import calendars, commands, spans
from tkt.columns import columns_of
from tkt.fields import field_specs
from tkt.model import Ticket
from tkt.neglect import REVIEW, Ground, Kind, Neglected, after, kinds_of, neglected, unpatrolled
from tkt.query import parse_query
from tkt.schema import ChannelsFile, Configuration, ReportsFile

OFFICE, ALWAYS = LEVELS.calendars["office"], LEVELS.calendars["always"]


def desk(channels: Any = None, **reports: Any) -> Configuration:
    """The desk of `sla_desk` with this config/reports.yaml."""
    told = msgspec.convert(reports, ReportsFile)
    known = msgspec.convert(
        channels or {"channels": {"weibo": {"class": "derived"}, "email": {}}}, ChannelsFile
    )
    return replace(LEVELS.config, reports=told, channels=known)


def ground(now: str, config: Configuration, **more: Any) -> Ground:
    return Ground(config=config, calendars=LEVELS.calendars, now=at(now), **more)


def found(it: Ticket, now: str, config: Configuration | None = None, **more: Any) -> dict[str, Neglected]:
    """Kind → how the ticket is neglected."""
    config = config or desk()
    specs, statuses = dict(field_specs(config)), config.workflow.statuses
    kinds = [
        Kind(
            name=name,
            said=said,
            statuses=statuses,
            query=parse_query(said.when, specs, now=at(now), zone=config.desk.zone),
        )
        for name, said in kinds_of(config).items()
    ]
    row = columns_of(it, config, LEVELS, at(now))
    return {each.kind: each for each in neglected([row], kinds, ground(now, config, **more))}


def inside(it: Ticket, status: str, **values: Any) -> Ticket:
    return replace(it, status=status, values={**it.values, **values})


def test_a_ticket_that_nobody_owns_lies_after_half_an_hour_of_open_time() -> None:
    it = ticket(customer("11:45"), received="11:45")
    assert "unassigned" not in found(it, "13:45")  # the office rests from 12:00 to 13:30
    late = found(it, "13:46")["unassigned"]
    assert (late.since, late.due_at) == (at("11:45"), at("13:45"))
    assert late.command == "tkt assign 250915-K7Q2M PERSON"


def test_it_counts_from_when_the_owner_was_taken_off() -> None:
    it = ticket(changed("09:10", "owner", None, "li.wei"), changed("15:00", "owner", "li.wei", None))
    assert "unassigned" not in found(it, "15:29")
    assert found(it, "15:31")["unassigned"].since == at("15:00")


def test_an_owned_ticket_lies_when_nobody_did_anything_for_two_working_days() -> None:
    it = ticket(agent("2025-09-19T15:00"), moved("2025-09-19T15:00", "in-progress"), owner="li.wei")
    it = inside(it, "in-progress")
    assert "untouched" not in found(it, "2025-09-23T15:00")  # Friday; Monday and Tuesday are two
    assert found(it, "2025-09-23T15:01")["untouched"].since == at("2025-09-19T15:00")


def test_waiting_ends_with_its_date_and_has_to_have_one() -> None:
    wait = {"on": "vendor", "for": "a part"}
    it = ticket(moved("10:00", "waiting", waiting=wait), owner="li.wei")
    dateless = found(inside(it, "waiting", waiting=wait), "10:01")["waiting"]
    assert (dateless.since, dateless.command) == (at("10:00"), 'tkt set 250915-K7Q2M waiting.until="…"')
    dated = inside(it, "waiting", waiting={**wait, "until": "2025-09-15T15:00:00+08:00"})
    assert "waiting" not in found(dated, "15:00")
    assert found(dated, "15:01")["waiting"].command == "tkt start 250915-K7Q2M"


def test_a_customer_who_was_not_told_within_the_hour_is_neglected() -> None:
    it = inside(ticket(customer("09:00"), resolve("10:00"), owner="li.wei"), "resolved")
    assert "untold" not in found(it, "11:00")
    assert found(it, "11:01")["untold"].since == at("10:00")
    told = inside(ticket(customer("09:00"), resolve("10:00"), agent("10:05")), "resolved")
    assert "untold" not in found(told, "16:00")


REVIEWED = {"review": {"when": "priority:P1", "due": "5 working days"}}


def test_a_review_is_due_five_working_days_after_the_resolve() -> None:
    it = inside(
        ticket(resolve("10:00"), agent("10:01"), priority="P1", resolution={"code": "fixed"}), "resolved"
    )
    config = desk(**REVIEWED)
    assert REVIEW not in found(it, "2025-09-22T10:00", config)
    assert "tkt batch" in found(it, "2025-09-22T10:01", config)[REVIEW].command
    assert REVIEW not in found(it, "2025-09-22T10:01")  # a desk that never said what is reviewed
    assert REVIEW not in found(it, "2025-12-20T10:01", config)  # long past
    assert REVIEW not in found(it, "2025-09-22T10:01", config, reviewed={it.id})
    assert REVIEW not in found(it, "2025-09-22T10:01", config, enforced_from=at("2025-09-16T00:00"))
    looked_into = it.with_events(event("2025-09-16T10:00", "reviewed", review="r1"))
    assert REVIEW not in found(looked_into, "2025-09-22T10:01", config)
    spam = inside(it, "resolved", resolution={"code": "spam"})
    assert REVIEW not in found(spam, "2025-09-22T10:01", config)


def test_a_desk_may_say_itself_what_neglect_is() -> None:
    own = {
        "chased": {
            "when": "needs:reply",
            "since": "asked",
            "after": "1h",
            "calendar": "always",
            "do": "call {id}",
        }
    }
    it = ticket(customer("12:00"), received="12:00")
    told = found(it, "13:01", desk(neglect=own))
    assert [*told] == ["chased"]
    assert told["chased"].command == "call 250915-K7Q2M"
    assert not found(it, "13:00", desk(neglect=own))
    assert not found(it, "2025-09-20T09:00", desk(neglect={}))


def test_what_has_not_come_yet_is_not_neglected() -> None:
    assert not found(ticket(opened("15:00"), received="15:00"), "09:00")


PATROL = {"thresholds": {"patrol": {"derived": "2h", "calendar": "office"}}}


def test_a_patrol_is_judged_only_where_one_is_on_record() -> None:
    def late(patrols: dict[str, datetime], now: str, **reports: Any) -> list[str]:
        return [it.channel for it in unpatrolled(patrols, ground(now, desk(**reports)))]

    assert late({}, "18:00", **PATROL) == []
    assert late({"weibo": at("11:00")}, "14:29", **PATROL) == []
    assert late({"weibo": at("11:00")}, "14:31", **PATROL) == ["weibo"]
    assert late({"email": at("09:00"), "fax": at("09:00"), "weibo": at("16:00")}, "15:00", **PATROL) == []
    assert late({"weibo": at("09:00")}, "18:00") == []


@pytest.mark.parametrize(
    ("span", "due"),
    [
        ("30m", "12:00"),
        ("1h", "14:00"),
        ("24h", "2025-09-18T14:30"),
        ("1d", "2025-09-16T11:30"),
        ("2 working days", "2025-09-17T11:30"),
        ("2个工作日", "2025-09-17T11:30"),
    ],
)
def test_hours_are_open_time_and_days_are_not(span: str, due: str) -> None:
    assert after(span, at("11:30"), OFFICE) == at(due)


@given(st.integers(1, 10**6), st.integers(0, 10**7), st.sampled_from([OFFICE, ALWAYS]))
def test_open_time_never_passes_faster_than_the_wall_clock(seconds: int, start: int, calendar: Any) -> None:
    since = datetime(2025, 6, 1, tzinfo=UTC) + timedelta(seconds=start)
    assert after(f"{seconds}s", since, calendar) >= since + timedelta(seconds=seconds)


def test_what_the_configuration_says_of_neglect_is_checked() -> None:
    config = desk(
        neglect={"odd": {"when": "", "after": "2 fortnights", "calendar": "offfice", "do": "call them"}},
        thresholds={"patrol": {"derived": "soon", "calendar": "sevrice"}},
        review={"when": "priority:P1", "due": "5 working weeks"},
    )
    assert len([*spans(config)]) == 3
    told = [(str(it.message), str(it.severity)) for it in calendars(config)]
    assert told == [("no calendar offfice", "error"), ("no calendar sevrice", "warning")]
    assert "names no ticket" in str(next(iter(commands(config))).message)
