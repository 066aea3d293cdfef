"""Whatever is done to a ticket, in whatever order: its file stays of one piece."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

from flowdesk import NINE, changed, desk, new, numbered
from hypothesis import given, settings
from hypothesis import strategies as st

from tkt.actions import (
    Actor,
    Given,
    adopt,
    assign,
    close,
    correct,
    heard,
    noreply,
    note,
    reopen,
    reply,
    resolve,
    set_values,
    start,
    tag,
    take,
    wait,
)
from tkt.checks import check_change, check_ticket
from tkt.errors import Severity, TktError
from tkt.model import Ticket, in_order, status_of
from tkt.workflow import route

Step = Callable[[Ticket, Actor], Ticket]

CONFIG = desk()
STATUSES = list(CONFIG.workflow.statuses)
FORM = {
    "owner": "li.wei",
    "complexity": "simple",
    "asks": "help",
    "product": "x",
    "model": "m",
    "evidence": "e",
}
FIELDS: dict[str, list[Any]] = {
    "title": ["a", "b", ""],
    "category": ["fault", "service/delivery", "inquiry/how-to", "product/safety"],
    "impact": ["one", "some", "many", ""],
    "urgency": ["red", "green", ""],
    "priority": ["P1", "P4", ""],
    "owner": ["li.wei", "wang.fang", ""],
    "team": ["tech", "it", ""],
    "tags": ["a", "a,b", "b,c", ""],
    "contact.phone": ["138", ""],
    "workaround": ["old page", ""],
    "next_action": ["call", ""],
    "waiting.until": ["2027-01-01"],
    "resolution.text": ["other"],
}


def changes() -> st.SearchStrategy[dict[str, Any]]:
    one = st.sampled_from(list(FIELDS)).flatmap(
        lambda name: st.tuples(st.just(name), st.sampled_from(FIELDS[name]))
    )
    return st.lists(one, min_size=1, max_size=4).map(dict)


def given_with_a_move() -> st.SearchStrategy[Given]:
    return st.builds(
        Given,
        changes=st.sampled_from(
            [{}, FORM, {"category": "inquiry/how-to", "impact": "one", "urgency": "green", **FORM}]
        ),
        reply=st.sampled_from([None, "Hello"]),
        force=st.booleans(),
    )


def steps() -> st.SearchStrategy[Step]:
    moves = st.sampled_from(
        [
            lambda t, a, g: start(t, a, CONFIG, g),
            lambda t, a, g: take(t, a, CONFIG, g),
            lambda t, a, g: wait(t, a, CONFIG, _with(g, on="customer", what_for="x")),
            lambda t, a, g: wait(t, a, CONFIG, _with(g, on="vendor", what_for="x")),
            lambda t, a, g: resolve(t, a, CONFIG, _with(g, code="fixed", text="x", cause="unknown")),
            lambda t, a, g: close(t, a, CONFIG, _with(g, confirmed="phone")),
            lambda t, a, g: close(t, a, CONFIG, _with(g, code="spam")),
            lambda t, a, g: reopen(t, a, CONFIG, g),
        ]
    )
    moving = st.tuples(moves, given_with_a_move()).map(lambda it: lambda t, a: it[0](t, a, it[1]))
    setting = changes().map(lambda it: lambda t, a: set_values(t, a, CONFIG, it))
    others: list[Step] = [
        lambda t, a: tag(t, a, CONFIG, add=["x"], remove=["a"]),
        lambda t, a: assign(t, a, CONFIG, owner="wang.fang"),
        lambda t, a: reply(t, a, CONFIG, text="Hello"),
        lambda t, a: heard(t, a, CONFIG, text="And?"),
        lambda t, a: note(t, a, CONFIG, text="@li.wei"),
        lambda t, a: noreply(t, a, CONFIG),
        lambda t, a: correct(t, a, CONFIG, [t.events[-1].id]),
        lambda t, a: correct(t, a, CONFIG, [e.id for e in t.events if e.id[:4] == t.events[-1].id[:4]]),
        lambda t, a: adopt(t, a, CONFIG),
    ]
    return st.one_of(moving, setting, st.sampled_from(others))


def _with(given: Given, **more: Any) -> Given:
    return replace(given, **more)


@st.composite
def lives(draw: st.DrawFn) -> list[tuple[Ticket, Ticket]]:
    """Before and after of each step that was carried out, of the life of one ticket."""
    ticket, minute = new(), 0
    life = []
    for step in draw(st.lists(steps(), min_size=1, max_size=12)):
        minute += draw(st.sampled_from([0, 1, 30, 5000]))
        back = draw(st.sampled_from([None, None, 1, 10, 40]))
        now = NINE + timedelta(minutes=minute)
        at = None if back is None else now - timedelta(minutes=back)
        actor = Actor(by="li.wei", now=now, at=at, reason="because", ids=numbered)
        try:
            after = step(ticket, actor)
        except TktError:
            continue
        life.append((ticket, after))
        ticket = after
    return life


@settings(max_examples=250, deadline=None)
@given(lives())
def test_what_actions_write_passes_check(life: list[tuple[Ticket, Ticket]]) -> None:
    """docs/file-format.md: the keys are the fold of the events, the directory is the last `moved`."""
    for _before, after in life:
        errors = [each for each in check_ticket(after, CONFIG) if each.severity is Severity.ERROR]
        assert errors == []
        assert status_of(after.events) == after.status


@settings(max_examples=250, deadline=None)
@given(lives())
def test_events_are_only_added_in_order_each_with_its_own_id(life: list[tuple[Ticket, Ticket]]) -> None:
    for before, after in life:
        assert check_change(before, after, CONFIG) == []
        assert after.events == in_order(after.events)
        assert len({event.id for event in after.events}) == len(after.events)
        assert after.events[0].did == "opened"


@settings(max_examples=100, deadline=None)
@given(lives())
def test_taking_back_a_whole_step_restores_the_ticket(life: list[tuple[Ticket, Ticket]]) -> None:
    for before, after in life:
        known = {event.id for event in before.events}
        fresh = [event for event in after.events if event.id not in known]
        if not fresh or any(event.did == "corrected" for event in fresh):
            continue
        now = after.events[-1].at + timedelta(minutes=1)
        back = correct(
            after, Actor(by="li.wei", now=now, reason="x", ids=numbered), CONFIG, [e.id for e in fresh]
        )
        assert back.status == before.status
        assert _comparable(back) == _comparable(before)


def _comparable(ticket: Ticket) -> dict[str, Any]:
    return {
        name: sorted(value) if isinstance(value, list) else value for name, value in ticket.values.items()
    }


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(st.sampled_from(STATUSES), st.lists(st.sampled_from(STATUSES), unique=True)),
    st.sampled_from(STATUSES),
    st.sampled_from(STATUSES),
    st.sampled_from([None, "spam", "fixed"]),
)
def test_a_way_goes_by_moves_and_none_is_shorter(
    moves: dict[str, list[str]], start_: str, to: str, code: str | None
) -> None:
    config = changed("workflow", moves=moves)
    way = route(config, start_, to, code=code)
    if way is None or start_ == to:
        return
    assert (way[0], way[-1]) == (start_, to)
    assert all(after in moves[before] for before, after in pairwise(way))
    assert len(set(way)) == len(way)
    is_direct = to in moves.get(start_, [])
    is_barred = (start_, to) == ("new", "closed") and code != "spam"
    assert (len(way) == 2) == (is_direct and not is_barred)
