"""A line that many tickets' pages share is made once, and says on each of them what it would say alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

import pytest
from flowdesk import desk as configuration
from hypothesis import given
from hypothesis import strategies as st

from tkt.i18n import speaking
from tkt.model import KINDS, Event, Ticket
from tkt.render.timeline import headline
from tkt.site.tickets.story import ALIKE, likeness, story_html

CONFIG = configuration()
THEN = datetime(2026, 11, 16, 1, tzinfo=UTC)
PLAIN = st.one_of(
    st.sampled_from(["customer", "new", "wechat", "owner", "P2", "one", "a & b"]),
    st.booleans(),
    st.integers(0, 3),
)
CONTACT = {"name": "Zhang Wei", "email": "zhang@acme.example"}


@st.composite
def told(draw: st.DrawFn) -> dict[str, Any]:
    """What an event says but for when: a kind that pages share the lines of, with plain values."""
    kind = draw(st.sampled_from(sorted(ALIKE)))
    keys = draw(st.lists(st.sampled_from([*KINDS[kind], "spent", "redacted"]), unique=True))
    return {
        "did": kind,
        "by": draw(st.sampled_from(["li.wei", "tick", "zhang@acme.example"])),
        "role": draw(st.sampled_from(["agent", "customer", "vendor"])),
        "auto": draw(st.booleans()),
        "via": draw(st.sampled_from([None, "wechat"])),
        "forced": draw(st.booleans()),
        "reason": draw(st.sampled_from([None, "edited by hand"])),
        "recorded_at": draw(st.sampled_from([None, THEN])),
        "data": {key: draw(PLAIN) for key in keys},
    }


def event(told: dict[str, Any], at: datetime, number: str, text: str) -> Event:
    return Event(id=f"bbbb{number}", at=at, **{**told, "data": {**told["data"], "text": text}})


def ticket(*events: Event, **values: Any) -> Ticket:
    return Ticket(id="261116-AAAAA", status="new", values=MappingProxyType(values), events=events)


def line(told: Event, of: Ticket) -> str:
    return headline([told], of, CONFIG)


@given(told())
def test_what_is_alike_has_the_same_line_on_another_ticket_at_another_time(same: dict[str, Any]) -> None:
    here = event(same, THEN, "00", "words")
    there = event(same, THEN + timedelta(days=400), "07", "other words")
    other = event({**same, "did": "note", "data": {}}, THEN, "05", "a note")
    one = ticket(here, contact=CONTACT)
    two = ticket(other, there, contact=CONTACT, priority="P1", waiting={"on": "vendor"}, owner="zhou.min")
    assert likeness([here], one, CONFIG) == likeness([there], two, CONFIG)
    assert line(here, one) == line(there, two)


@given(told(), told())
def test_what_has_another_line_is_not_alike(one: dict[str, Any], other: dict[str, Any]) -> None:
    first, second = event(one, THEN, "00", ""), event(other, THEN, "00", "")
    if line(first, ticket(first)) != line(second, ticket(second)):
        alike = likeness([first], ticket(first), CONFIG)
        assert alike is None or alike != likeness([second], ticket(second), CONFIG)


def test_true_and_one_are_not_alike() -> None:
    told = {"did": "set", "by": "li.wei"}
    yes, one = (event({**told, "data": {"field": "x", "to": it}}, THEN, "00", "") for it in (True, 1))
    assert likeness([yes], ticket(yes), CONFIG) != likeness([one], ticket(one), CONFIG)


@pytest.mark.parametrize("value", [THEN, {"on": "customer"}, ["a"], 1.5])
def test_what_may_depend_on_the_time_or_on_the_ticket_has_a_line_of_its_own(value: object) -> None:
    it = event({"did": "moved", "by": "li.wei", "data": {"to": "waiting", "waiting": value}}, THEN, "00", "")
    assert likeness([it], ticket(it), CONFIG) is None


def test_a_page_in_another_language_has_lines_of_its_own() -> None:
    it = event({"did": "note", "by": "li.wei", "data": {}}, THEN, "00", "words")
    english = story_html(ticket(it), CONFIG)
    with speaking("zh"):
        assert story_html(ticket(it), CONFIG) != english
    assert story_html(ticket(it), CONFIG) == english
