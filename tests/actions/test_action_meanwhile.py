"""What others did meanwhile: it stands beside a command, or is what the command would write over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flowdesk import desk, new, who
from hypothesis import given
from hypothesis import strategies as st

from tkt.actions import assign, noreply, note, reply, set_values
from tkt.actions.meanwhile import (
    MESSAGES,
    clash_of,
    clash_over,
    lately_answered,
    lately_owned,
    new_events,
)
from tkt.model import Ticket

FIELDS = {
    "order_no": ("A-1", "B-2"),
    "title": ("one", "two"),
    "impact": ("one", "many"),
    "urgency": ("red", "green"),
}
wishes = st.fixed_dictionaries({}, optional={name: st.sampled_from(words) for name, words in FIELDS.items()})


def made(ticket: Ticket, wanted: dict[str, str], by: str = "li.wei", minute: int = 5) -> Ticket:
    return set_values(ticket, who(minute, by=by), desk(), wanted)


@given(wishes, wishes)
def test_two_changes_clash_where_they_want_different_things_of_one_field(
    mine: dict[str, str], theirs: dict[str, str]
) -> None:
    base = new()
    clash = clash_of(base, made(base, mine), made(base, theirs, by="wang.fang"))
    differing = [name for name in mine.keys() & theirs.keys() if mine[name] != theirs[name]]
    assert (clash is not None) == bool(differing)
    assert clash is None or (clash.field in differing and clash.value == theirs[clash.field])


@given(wishes)
def test_nothing_clashes_with_a_ticket_that_nobody_touched(wanted: dict[str, str]) -> None:
    base = new()
    after = made(base, wanted)
    assert clash_of(base, after, base) is None
    assert clash_of(base, base, after) is None


def test_a_clash_knows_the_last_event_that_says_so() -> None:
    base = new()
    theirs = made(made(base, {"title": "one"}, by="wang.fang"), {"title": "two"}, by="wang.fang", minute=6)
    clash = clash_over(base, theirs, {"title": "three"})
    assert clash is not None
    assert clash.event == theirs.events[-1]
    # by hand there is none
    by_hand = clash_over(base, base.with_values(title="by hand"), {"title": "three"})
    assert by_hand is not None
    assert (by_hand.value, by_hand.event) == ("by hand", None)


def test_a_priority_that_both_axes_led_to_is_reckoned_anew_but_one_that_was_chosen_is_not() -> None:
    base = made(new(), {"impact": "one", "urgency": "yellow"})
    mine = made(base, {"urgency": "red"}, minute=6)
    assert mine.priority != base.priority
    assert clash_of(base, mine, made(base, {"impact": "many"}, by="wang.fang", minute=6)) is None
    chosen = set_values(base, who(6, by="wang.fang", reason="the CEO asked"), desk(), {"priority": "P1"})
    clash = clash_of(base, mine, chosen)
    assert clash is not None
    assert clash.field == "priority"


def test_what_needs_no_answer_is_the_message_that_was_read() -> None:
    from tkt.actions import heard

    base = new()
    ours = noreply(base, who(5, reason="thanks"), desk())
    theirs = heard(base, who(5, by="wang.fang"), desk(), text="it burns", channel="phone")
    clash = clash_of(base, ours, theirs)
    assert clash is not None
    assert clash.field == MESSAGES
    assert clash_of(base, ours, note(base, who(5, by="wang.fang"), desk(), text="hm")) is None


def test_new_events_are_those_that_were_not_there() -> None:
    base = new()
    after = note(base, who(5), desk(), text="hm")
    assert new_events(base, after) == after.events[-1:]


@pytest.mark.parametrize(("minutes", "is_lately"), [(0, True), (15, True), (16, False)])
def test_lately_is_a_quarter_of_an_hour(minutes: int, is_lately: bool) -> None:
    answered = reply(new(), who(5, by="wang.fang"), desk(), text="one moment")
    ticket = assign(answered, who(5, by="wang.fang"), desk(), owner="wang.fang")
    now = ticket.updated_at + timedelta(minutes=minutes)
    assert (lately_owned(ticket, "li.wei", now) is not None) == is_lately
    answer = lately_answered(ticket, "li.wei", now - (ticket.updated_at - answered.updated_at))
    assert (answer is not None) == is_lately
    # one's own doings are no news, nor is what has been given to oneself
    assert lately_answered(ticket, "wang.fang", now) is None
    assert lately_owned(ticket, "wang.fang", now) is None
    mine = assign(ticket, who(6, by="wang.fang"), desk(), owner="li.wei")
    assert lately_owned(mine, "li.wei", now) is None
