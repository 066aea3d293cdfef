"""Laws of differences, for any events."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from sla_desk import LEVELS, agent, at, configuration, customer, opened, sla_file, ticket

from tkt.differences.events import event_changes
from tkt.differences.turns import may_turn, turns
from tkt.model import Event, Ticket, in_order
from tkt.sla import verdicts

START = opened(id="000000")
CONFIG = configuration(sla_file())
NOW = at("2025-09-17T18:00")


@st.composite
def histories(draw: st.DrawFn) -> tuple[Event, ...]:
    """An opening, and words of both sides at some minutes of two days."""
    found = [START]
    for number in draw(st.sets(st.integers(1, 9), max_size=6)):
        minute = draw(st.integers(1, 2 * 24 * 60 - 1))
        when = f"2025-09-{15 + minute // 1440:02}T{minute % 1440 // 60:02}:{minute % 60:02}"
        speak = draw(st.sampled_from([agent, customer]))
        found.append(
            replace(speak(when, id=f"{number:06}"), data={"text": draw(st.sampled_from(["a", "b"]))})
        )
    return in_order(found)


def of(events: tuple[Event, ...]) -> Ticket:
    return ticket(*events, received=START.at)


@given(histories(), histories())
def test_every_event_is_added_gone_altered_or_the_same(
    one: tuple[Event, ...], other: tuple[Event, ...]
) -> None:
    found = event_changes(one, other, CONFIG)
    known = {event.id: event for event in one}
    kept = {it.after.id for it in found.altered} | {it.id for it in (*found.added, *found.redacted)}
    same = [event for event in other if event.id not in kept]
    assert all(known[event.id] == event for event in same)
    assert {event.id for event in found.gone} == set(known) - {event.id for event in other}


@given(histories())
def test_a_ticket_does_not_differ_from_itself(one: tuple[Event, ...]) -> None:
    found = event_changes(one, one, CONFIG)
    assert not any((found.added, found.gone, found.altered, found.redacted))
    assert not may_turn(found, ())
    judged = verdicts(of(one), LEVELS, NOW)
    assert list(turns(judged, judged)) == []


@given(histories(), histories())
def test_what_one_way_gains_the_other_way_loses(one: tuple[Event, ...], other: tuple[Event, ...]) -> None:
    first, second = (verdicts(of(events), LEVELS, NOW) for events in (one, other))
    there, back = list(turns(first, second)), list(turns(second, first))
    for wanted, found in ((there, back), (back, there)):
        gained = {(it.clock, it.cycle) for it in wanted if it.is_gained}
        assert gained == {(it.clock, it.cycle) for it in found if it.is_lost}
