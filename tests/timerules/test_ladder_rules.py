"""Each rung is recorded once, at the instant at which its clock truly reached it (docs/sla.md E1 to E4)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sla_desk import agent, at, changed, customer, event, moved, opened, resolve, ticket, wait
from tick_desk import LEVELS, case_of, due_of, queued, rungs, tick_levels, ticked

from tkt.errors import Bug
from tkt.model import Event, Ticket
from tkt.timerules.carrying_out import carried_out
from tkt.timerules.wake import NEVER, Wake
from tkt.timerules.waking import wake_of

MINE = {"team": "tech", "owner": "li.wei"}


def test_e1_rungs_fire_in_order_at_their_true_instants_of_the_clocks_calendar() -> None:
    found = ticked(ticket(**MINE), "2025-09-16T12:00").ticket
    assert rungs(found) == [
        ("15T10:00", "50% warn owner-or-team"),
        ("15T10:36", "80% warn owner+lead"),
        ("15T11:00", "due escalate lead"),
        ("15T14:30", "due+2h escalate manager"),  # the calendar goes on after lunch
        ("15T16:30", "75% warn owner"),
        ("16T09:30", "due escalate lead"),
    ]


def test_e2_a_rung_fires_once_and_a_second_run_writes_nothing() -> None:
    first = ticked(ticket(**MINE), "12:00")
    again = ticked(first.ticket, "12:00")
    assert again.ticket is first.ticket
    assert not again.done


def test_e2_the_event_stores_the_crossing_and_when_it_was_noticed() -> None:
    (warned,) = [e for e in ticked(ticket(**MINE), "10:20").ticket.events if e.did == "warned"]
    assert (warned.at, warned.recorded_at) == (at("10:00"), at("10:20"))
    assert (warned.by, warned.role, warned.auto) == ("tick", "system", True)
    assert warned.get("to") == ["li.wei"]


def test_e2_a_rung_is_crossed_only_once_its_instant_is_past() -> None:
    assert not due_of(ticket(**MINE), "10:00")
    assert due_of(ticket(**MINE), "10:00:01")


def test_e4_time_running_out_is_told_from_another_skill_being_needed() -> None:
    found = [e for e in ticked(ticket(**MINE), "15:00").ticket.events if e.did == "escalated"]
    assert [(e.get("level"), e.get("to"), e.get("to_team")) for e in found] == [
        ("lead", ["wang.fang"], None),
        ("manager", ["chen.jie"], None),
    ]


def test_what_was_answered_before_a_rung_never_reaches_it_and_after_it_the_rung_is_recorded_late() -> None:
    answered = ticket(agent("10:30"), **MINE)
    assert rungs(ticked(answered, "12:00").ticket) == [("15T10:00", "50% warn owner-or-team")]


def test_an_answer_in_the_very_second_of_a_rung_comes_before_it() -> None:
    assert not rungs(ticked(ticket(agent("10:00"), **MINE), "11:30").ticket)


def test_after_due_the_calendar_goes_on_and_stops_where_the_cycle_has_ended() -> None:
    late = ticket(agent("14:00"), **MINE)
    assert ("15T14:30", "due+2h escalate manager") not in rungs(ticked(late, "18:00").ticket)


def test_a_pause_puts_a_rung_off_by_its_open_time() -> None:
    waited = ticket(
        agent("09:05"), wait("10:00"), customer("11:00"), moved("11:00:01", "in-progress"), **MINE
    )
    first = [each for each in rungs(ticked(waited, "2025-09-16T12:00").ticket) if "75%" in each[1]]
    assert first == [("15T17:30", "75% warn owner")]


def test_while_it_waits_for_the_customer_nothing_is_reached() -> None:
    waiting = ticket(agent("09:05"), wait("10:00"), **MINE)
    assert not rungs(ticked(waiting, "2025-09-20T12:00").ticket)


def test_another_priority_crosses_at_the_change_what_its_target_has_passed() -> None:
    raised = ticket(changed("10:30", "priority", "P3", "P1"), **MINE)  # 15m instead of 2h
    assert sorted(rungs(ticked(raised, "10:40").ticket)) == [
        ("15T10:00", "50% warn owner-or-team"),
        ("15T10:30", "80% warn owner+lead"),
        ("15T10:30", "due escalate lead"),
    ]


def test_a_lower_priority_takes_back_no_rung_and_crosses_none_before_its_own_time() -> None:
    lowered = ticket(changed("09:10", "priority", "P1", "P3"), priority="P1", **MINE)
    assert rungs(ticked(lowered, "10:10").ticket) == [("15T09:07", "50% warn owner-or-team")]


@pytest.mark.parametrize(
    "outside",
    [
        ticket(event("09:30", "disposed", **{"as": "spam"}), moved("09:30", "closed"), **MINE),
        ticket(opened("09:00", raised_by="agent"), agent("09:01"), resolve("09:02"), **MINE),
        ticket(priority="P9", **MINE),
    ],
    ids=["disposed", "agent-raised", "untargeted"],
)
def test_what_is_not_judged_climbs_no_ladder(outside: object) -> None:
    assert not due_of(outside, "2025-09-18T12:00")  # type: ignore[arg-type]


def test_what_is_older_than_the_desks_promises_climbs_none() -> None:
    exempt = tick_levels(enforce_from="2025-09-16")
    assert not due_of(ticket(**MINE), "2025-09-18T12:00", exempt)


def test_a_promise_to_the_customer_is_watched_by_the_clock_on_the_wall() -> None:
    promised = ticket(
        agent("09:05"),
        event("09:10", "promised", id="pr0m00", promise="p1", until="2025-09-15T12:40:00+08:00", text="…"),
        **MINE,
    )
    found = [it for it in due_of(promised, "14:00") if it.key[0] == "promise:p1"]
    assert [(it.at, it.what.text) for it in found] == [(at("11:40"), "warn"), (at("12:40"), "escalate")]


def test_of_a_task_the_owner_is_the_tasks() -> None:
    tasked = ticket(
        event("09:10", "task", task="t1", title="check", owner="sun.li", target="1h"), agent("09:11"), **MINE
    )
    (found,) = [it for it in due_of(tasked, "10:30") if it.key[0] == "task:t1"]
    assert found.to == ("sun.li", "li.wei")


def test_a_late_run_tells_each_person_only_the_last_of_a_clock() -> None:
    late = ticked(ticket(**MINE), "2025-09-15T15:00").ticket
    assert queued(late) == [
        ("li.wei", "80% warn owner+lead"),
        ("wang.fang", "due escalate lead"),
        ("chen.jie", "due+2h escalate manager"),
    ]


def test_who_is_told_has_the_ticket_now_and_who_is_recorded_had_it_then() -> None:
    taken = ticket(changed("10:20", "owner", None, "sun.li"), team="tech")
    found = ticked(taken, "10:30").ticket
    (warned,) = [e for e in found.events if e.did == "warned"]
    assert warned.get("to") == ["li.wei", "sun.li"]  # of the team: nobody had taken it yet
    assert queued(found) == [("sun.li", "50% warn owner-or-team")]


def test_of_what_is_answered_by_now_nobody_is_told() -> None:
    assert not queued(ticked(ticket(agent("11:30"), **MINE), "12:00").ticket)


def test_what_was_crossed_more_than_a_week_ago_is_recorded_and_not_told() -> None:
    late = ticked(ticket(**MINE), "2025-09-25T12:00").ticket
    assert len(rungs(late)) == 6
    assert not queued(late)


def test_e3_a_quiet_ladder_defers_to_the_next_opening_of_the_clocks_calendar() -> None:
    (event_,) = [e for e in ticked(ticket(**MINE), "12:30").ticket.events if e.get("to") == "wang.fang"]
    assert event_.get("not_before") == "2025-09-15T05:30:00Z"  # 13:30, after lunch


def test_e3_within_hours_nothing_is_deferred_and_a_ladder_that_sends_never_does() -> None:
    inside = ticked(ticket(**MINE), "11:30").ticket
    sends = ticked(ticket(**MINE), "20:00", tick_levels(ladder="critical")).ticket
    notices = [e for it in (inside, sends) for e in it.events if e.did == "queued"]
    assert notices
    assert not [e for e in notices if e.get("not_before")]


def test_a_rung_that_means_nobody_is_recorded_with_nobody() -> None:
    alone = tick_levels(people={"teams": {"tech": {}}, "people": {"li.wei": {"name": "李伟"}}})
    found = due_of(ticket(team="tech"), "10:01", alone)
    assert [it.to for it in found] == [()]
    assert str(found[0].why).endswith("nobody is owner-or-team")
    assert ticked(ticket(team="tech"), "10:01", alone).ticket.events[-1].get("to") == []


def test_two_clones_that_notice_at_different_times_write_the_same_events_but_for_when() -> None:
    mine = ticket(**MINE)
    one, other = ticked(mine, "10:20").ticket, ticked(mine, "10:40").ticket
    assert set(marks(one.events)) < set(marks(other.events))


def test_the_index_is_told_the_first_instant_at_which_anything_falls_due() -> None:
    def wakes(it: Ticket) -> float:
        return wake_of(it, LEVELS.config, LEVELS).at_s

    mine = ticket(**MINE)
    assert wakes(mine) == at("10:00").timestamp()
    assert wakes(ticked(mine, "10:30").ticket) == at("10:36").timestamp()
    assert wakes(ticket(agent("09:05"), wait("09:30"), resolve("09:40"), **MINE)) > at("18:00").timestamp()


def test_what_is_of_no_use_any_more_wakes_nobody() -> None:
    passing = Wake(passing_s=100, until_s=200)
    assert [passing.is_awake(now) for now in (100, 101, 199, 200)] == [False, True, True, False]
    assert passing.is_awake(50, ahead_s=60)
    assert not NEVER.is_awake(1e12)


_STEPS = st.sampled_from(
    [
        lambda when: agent(when),
        lambda when: customer(when),
        lambda when: wait(when),
        lambda when: moved(when, "in-progress"),
        lambda when: resolve(when),
        lambda when: changed(when, "priority", "P3", "P1"),
        lambda when: changed(when, "priority", "P1", "P3"),
        lambda when: changed(when, "owner", None, "li.wei"),
    ]
)
_MINUTES = st.lists(st.integers(1, 14 * 60), min_size=0, max_size=6, unique=True)


@given(st.data())
@settings(max_examples=25)
def test_one_late_run_records_what_a_run_each_hour_records(data: st.DataObject) -> None:
    minutes = sorted(data.draw(_MINUTES))
    events: list[Event] = []
    for minute in minutes:
        events.append(data.draw(_STEPS)(f"2025-09-15T{9 + minute // 60:02}:{minute % 60:02}"))
    whole = ticket(*events, team="tech")
    late = ticked(whole, "2025-09-16T10:00").ticket
    often = whole
    for hour in range(9, 24):
        often = ticked(often, f"2025-09-15T{hour:02}:59").ticket
    often = ticked(often, "2025-09-16T10:00").ticket
    assert marks(often.events) == marks(late.events)


def marks(events: tuple[Event, ...]) -> list[tuple[object, ...]]:
    """What the ladder recorded, whenever it was noticed and whoever was told."""
    found = [e for e in events if e.did in ("warned", "escalated")]
    return [(e.id, e.at, e.did, e.get("rung"), tuple(e.get("to"))) for e in found]


def test_rules_that_undo_each_other_are_a_bug_and_no_endless_loop() -> None:
    case = case_of(ticket(**MINE), "12:00")
    firing = due_of(ticket(**MINE), "12:00")[0]
    stubborn = replace(firing, apply=lambda it, _pen: it, moves=True)
    with pytest.raises(Bug, match="without end"):
        carried_out(case, {"stubborn": lambda _case: iter([stubborn])})
