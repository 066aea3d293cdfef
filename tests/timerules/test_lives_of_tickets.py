"""Whatever happens to a ticket and whenever the time rules look: they come to an end, and nothing is undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import flowdesk
from hypothesis import given, settings
from hypothesis import strategies as st
from life_desk import at, case_of, config_of

from tkt.actions import Actor, Given, heard, note, reopen, reply, resolve, set_values, start, wait
from tkt.errors import Refused, UsageError
from tkt.model import MOVED_KEYS, Ticket, folded, status_of
from tkt.timerules.carrying_out import carried_out, pending
from tkt.timerules.waking import wake_of

MAIL = config_of(sender=True, ladders=True)
START = at("20T10:00")
SOLVED = Given(code="fixed", text="cache emptied", cause="product")
STEPS = st.lists(
    st.tuples(
        st.integers(1, 5 * 24 * 60),
        st.sampled_from(("tick", "tick", "tick", "heard", "reply", "wait", "vendor", "start", "resolve", "reopen",
                         "note", "P1", "P3")),
    ),
    min_size=1,
    max_size=12,
)  # fmt: skip


def stepped(it: Ticket, kind: str, now: datetime) -> Ticket:
    """What a person did, where the desk lets them; or the time rules."""
    who = Actor(by="li.wei", now=now, reason="so", ids=flowdesk.numbered)
    if kind == "tick":
        return ticked(it, now)
    try:
        if kind in ("wait", "vendor"):
            on = "customer" if kind == "wait" else "vendor"
            return wait(it, who, MAIL, Given(on=on, what_for="it"))
        if kind.startswith("P"):
            return set_values(it, who, MAIL, {"priority": kind})
        simple = {
            "heard": lambda: heard(it, who, MAIL, text="Well?"),
            "reply": lambda: reply(it, who, MAIL, text="Which one?"),
            "start": lambda: start(it, who, MAIL),
            "resolve": lambda: resolve(it, who, MAIL, SOLVED),
            "reopen": lambda: reopen(it, who, MAIL),
            "note": lambda: note(it, who, MAIL, text="noted"),
        }
        return simple[kind]()
    except (Refused, UsageError):
        return it


def ticked(it: Ticket, now: datetime) -> Ticket:
    """The rules' part, with what must hold of it whatever happened."""
    if it.status in MAIL.closed:
        return it
    case = case_of(it, now, MAIL)
    found = carried_out(case)
    assert bool(found.done) <= wake_of(it, MAIL, case.levels).is_awake(now.timestamp())
    later = {(each.rule, each.at) for each in pending(case_of(it, now + timedelta(days=9), MAIL))}
    assert {(each.rule, each.at) for each in pending(case)} <= later
    must_be_added(it, found.ticket, now)
    if found.ticket.status not in MAIL.closed:
        assert carried_out(case_of(found.ticket, now, MAIL)).ticket is found.ticket
    return found.ticket


def must_be_added(before: Ticket, after: Ticket, now: datetime) -> None:
    """Events are added with true times and derived ids, and status and keys are what they lead to."""
    known = {event.id: event for event in before.events}
    assert all(after.event(name) == event for name, event in known.items())
    added = [event for event in after.events if event.id not in known]
    assert all(event.at < now and event.recorded_at == now and event.by == "tick" for event in added)
    assert len({event.id for event in after.events}) == len(after.events)
    assert status_of(after.events) == after.status
    told = folded(after.events, finished=MAIL.finished)
    assert {name: told.get(name, after.get(name)) for name in MOVED_KEYS} == {
        name: after.get(name) for name in MOVED_KEYS
    }


@settings(max_examples=60)
@given(STEPS)
def test_the_rules_end_repeat_nothing_undo_nothing_and_say_later_what_they_said_in_time(
    steps: Sequence[tuple[int, str]],
) -> None:
    it, now = flowdesk.started(), START
    for minutes, kind in (*steps, (5 * 24 * 60, "tick"), (12 * 24 * 60, "tick")):
        now += timedelta(minutes=minutes)
        it = stepped(it, kind, now)
