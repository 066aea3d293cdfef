"""What other help desks got wrong, one test each: none of it may happen here."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sla_desk import (
    CALENDARS,
    POLICY,
    TARGETS,
    WEEKDAYS,
    agent,
    at,
    changed,
    configuration,
    customer,
    cycles,
    event,
    judge,
    levels,
    moved,
    opened,
    resolve,
    sla_file,
    ticket,
    wait,
)

from tkt.errors import ConfigError
from tkt.model import Ticket
from tkt.policies.levels import ServiceLevels
from tkt.sla import verdicts
from tkt.worktime import Calendar, CalendarNeverOpens, active_seconds, due_at

ASKED = (customer("09:00"), agent("09:30"))


def test_a_pause_is_not_added_as_wall_time() -> None:
    # docs/sla.md L5: over the night, the due instant moves by no open second
    over_night = ticket(*ASKED, wait("18:00"), moved("2025-09-16T09:00", "in-progress"))
    assert judge(over_night, "2025-09-16T09:10")["resolution"].due_at == at("2025-09-16T09:30")


def test_every_pause_counts_and_not_only_the_last_one() -> None:
    # docs/sla.md L3
    twice = ticket(
        *ASKED,
        wait("10:00"),
        moved("10:30", "in-progress"),
        agent("10:40"),
        wait("11:00"),
        moved("11:20", "in-progress"),
    )
    assert judge(twice, "12:00")["resolution"].paused_s == 30 * 60 + 20 * 60


def test_a_pause_is_not_lost_when_the_priority_changes() -> None:
    # docs/sla.md L6
    it = ticket(
        *ASKED, wait("10:00"), moved("11:00", "in-progress"), changed("11:10", "priority", "P3", "P1")
    )
    found = judge(it, "11:30")["resolution"]
    assert (found.paused_s, found.due_at) == (3600, at("15:30"))


def test_the_present_priority_does_not_judge_the_past() -> None:
    # docs/sla.md L6: answered in time under P3, and P1 only later
    it = ticket(customer("09:00"), agent("10:30"), changed("11:00", "priority", "P3", "P1"))
    assert judge(it, "12:00")["first_response"].state == "met"


def test_an_edit_of_the_configuration_does_not_judge_closed_cycles_anew() -> None:
    # docs/sla.md P3
    stricter = {
        "name": "everybody",
        "effective_from": "2025-09-16",
        "targets": {**TARGETS, "P3": {"calendar": "office", "first_response": "10m", "resolution": "1h"}},
    }
    old = ticket(customer("09:00"), agent("10:30"), resolve("11:00"))
    before, after = judge(old, "18:00"), judge(old, "2025-09-17T10:00", levels(POLICY, stricter))
    assert {name: (it.state, it.due_at) for name, it in after.items()} == {
        name: (it.state, it.due_at) for name, it in before.items()
    }
    young = ticket(customer("2025-09-16T09:00"), received="2025-09-16T09:00")
    assert judge(young, "2025-09-16T09:11", levels(POLICY, stricter))["first_response"].state == "breached"


def test_closing_does_not_erase_a_missed_deadline() -> None:
    # docs/sla.md L6, C4
    it = ticket(customer("09:00"), resolve("2025-09-17T10:00"), moved("2025-09-17T11:00", "closed"))
    found = judge(it, "2025-09-18T10:00")
    assert (found["first_response"].state, found["resolution"].state) == ("breached", "breached")


def test_reopening_is_neither_an_instant_breach_nor_a_fresh_clock() -> None:
    # docs/sla.md L8: one hour used before the resolve, a week resolved, then it goes on with seven left
    it = ticket(*ASKED, resolve("10:00"), moved("2025-09-22T09:00", "in-progress"))
    found = judge(it, "2025-09-22T09:30")["resolution"]
    assert (found.state, found.elapsed_s, found.start_at) == ("active", 5400, at("09:00"))
    assert found.due_at == at("2025-09-22T17:30")


def test_next_response_does_not_pre_empt_the_first_one() -> None:
    it = ticket(customer("09:00"), customer("09:10"), customer("10:00"))
    assert "next_response" not in judge(it, "10:30")


def test_next_response_does_not_run_on_after_the_resolve() -> None:
    it = ticket(*ASKED, customer("10:00"), resolve("11:00"))
    found = judge(it, "2025-09-19T10:00")["next_response"]
    assert (found.state, found.via, found.ended_at) == ("met", "resolve", at("11:00"))


def test_a_second_message_of_the_customer_does_not_restart_the_clock() -> None:
    it = ticket(*ASKED, customer("10:00"), customer("11:30"))
    (found,) = cycles(it, "12:00", "next_response")
    assert found.start_at == at("10:00")


def test_an_automatic_receipt_is_no_response() -> None:
    # docs/sla.md L1
    assert judge(ticket(customer("09:00"), agent("09:00:05", auto=True)), "11:00:01")[
        "first_response"
    ].state == ("breached")


def test_a_ticket_that_an_agent_raised_is_not_falsely_breached() -> None:
    # docs/sla.md L2
    it = ticket(opened(raised_by="agent"))
    assert judge(it, "2025-09-19T10:00")["first_response"].state == "n/a"


def test_an_offset_from_utc_is_not_the_same_all_year() -> None:
    # docs/sla.md C2: nine to five in New York, over both changes of clocks
    week = {day: ["09:00-17:00"] for day in WEEKDAYS}
    new_york = Calendar.from_mapping({"zone": "America/New_York", "week": week})
    hours = {
        due_at(new_york, datetime(2025, month, day, 4, tzinfo=UTC), 3600).hour
        for month, day in ((3, 7), (3, 10), (10, 31), (11, 3))
    }
    assert hours == {14, 15}


def test_a_day_may_have_more_than_one_interval() -> None:
    # docs/sla.md C1: through lunch no second passes
    it = ticket(customer("11:00"), received="11:00")
    assert judge(it, "13:29")["first_response"].elapsed_s == 3600
    assert judge(it, "13:29")["first_response"].due_at == at("14:30")


def test_an_empty_calendar_does_not_loop() -> None:
    # docs/sla.md C5
    empty = {**CALENDARS, "empty": {"zone": "UTC", "week": {}}}
    with pytest.raises(ConfigError, match="empty"):
        ServiceLevels.from_configuration(configuration(sla_file(calendars=empty)))
    shut = {"mon": ["09:00-10:00"]}
    until = Calendar.from_mapping(
        {
            "zone": "UTC",
            "week": {},
            "weeks": [{"since": "2020-01-01", "week": {}}, {"since": "2030-01-01", "week": shut}],
        }
    )
    with pytest.raises(CalendarNeverOpens):
        due_at(until, at("09:00"), 60)


def test_nothing_is_rounded_to_minutes() -> None:
    # docs/sla.md S2
    it = ticket(customer("09:00:30"), agent("09:31:10"), received="09:00:30")
    assert judge(it, "10:00")["first_response"].elapsed_s == 30 * 60 + 40
    late = ticket(customer("09:00:30"), agent("11:00:31"), received="09:00:30")
    assert judge(late, "12:00")["first_response"].state == "breached"
    always = Calendar.from_mapping({"zone": "UTC", "week": {"mon": ["00:00-24:00"]}})
    assert active_seconds(always, at("10:00:59"), at("10:01:01")) == 2


def test_time_and_not_the_order_of_the_file_decides() -> None:
    # docs/sla.md S3
    events = [opened(), *ASKED, customer("10:00"), agent("10:20"), wait("10:30"), event("11:00", "note")]
    mixed = list(events)
    Random(7).shuffle(mixed)
    one, other = ticket(*events), ticket(*mixed)
    assert isinstance(other, Ticket)
    assert other.events != one.events
    by = levels()
    assert verdicts(one, by, at("12:00")) == verdicts(other, by, at("12:00"))


def test_a_breach_is_told_at_the_due_instant_whenever_it_was_noticed() -> None:
    # docs/sla.md C4
    it = ticket(customer("09:00"))
    told = {
        judge(it, at("11:00:01") + timedelta(days=days))["first_response"].breached_at for days in range(30)
    }
    assert told == {at("11:00")}
