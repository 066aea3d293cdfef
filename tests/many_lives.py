"""Random lives of tickets with everything that a clock looks at, and desks that promise this and that."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from sla_desk import (
    ALL_DAY,
    CALENDARS,
    EVERY_DAY,
    POLICY,
    TARGETS,
    ZONE,
    at,
    event,
    levels,
    opened,
    promising,
    ticket,
)

from tkt.model import Event, Ticket
from tkt.policies.levels import ServiceLevels

START = at("09:00")
MINUTES = st.one_of(st.integers(0, 40), st.integers(0, 600), st.integers(0, 6 * 24 * 60))

_LATER = {
    "name": "everybody",
    "effective_from": "2025-09-15T15:00:00+08:00",
    "targets": {**TARGETS, "P1": TARGETS["P3"], "P3": {"calendar": "always", "resolution": "1h"}},
}
_SAFETY = {"name": "safety", "match": "category:safety", "targets": {"P2": TARGETS["P1"]}}
_NEWBORN = {
    "zone": ZONE,
    "week": {},
    "weeks": [{"since": "2027-06-01", "week": dict.fromkeys(EVERY_DAY, ALL_DAY)}],
}
_SHUT = {
    "name": "shut",
    "match": "category:it",
    "targets": {**TARGETS, "P3": {**TARGETS["P3"], "calendar": "newborn"}},
}

_LIMITS = {
    "new": {"limit": "30m"},
    "waiting": {"limit": "4h", "limit_pauses": ["customer"]},
    "closed": {"limit": "50h"},
}

DESKS: tuple[ServiceLevels, ...] = (
    levels(),
    levels(_SAFETY, POLICY, _LATER),
    levels(_SAFETY),
    levels(_SHUT, POLICY, calendars={**CALENDARS, "newborn": _NEWBORN}),
    levels(enforce_from="2025-09-15T09:30:00+08:00"),
    levels(_SAFETY, promising(update="2h", work="3h", task="90m"), _LATER, limits=_LIMITS),
    levels(_SAFETY, limits=_LIMITS),
)

_SOMETHING: tuple[dict[str, Any], ...] = (
    {"did": "message", "role": "customer"},
    {"did": "message", "role": "customer", "auto": True},
    {"did": "message"},
    {"did": "message", "auto": True},
    {"did": "message", "to": "vendor"},
    {"did": "message", "sent_by": "phone"},
    {"did": "note"},
    {"did": "moved", "to": "waiting", "waiting": {"on": "customer"}},
    {"did": "moved", "to": "waiting", "waiting": {"on": "vendor"}},
    {"did": "moved", "to": "in-progress"},
    {"did": "moved", "to": "resolved", "resolution": {"code": "fixed"}},
    {"did": "moved", "to": "closed"},
    {"did": "moved", "to": "closed", "resolution": {"code": "spam"}},
    {"did": "moved", "to": "closed", "resolution": {"code": "merged"}},
    {"did": "set", "field": "waiting", "from": {"on": "vendor"}, "to": {"on": "customer"}},
    {"did": "no-reply-needed"},
    {"did": "disposed", "as": "spam"},
    {"did": "restored"},
    {"did": "merged", "into": "250901-AAAAA"},
    {"did": "imported", "source": "log", "lacks": ["messages"]},
    {"did": "task", "task": "T1"},
    {"did": "task", "task": "T1", "target": "2h"},
    {"did": "task", "task": "T2", "due": "2025-09-15T15:00:00+08:00"},
    {"did": "task-changed", "task": "T1", "target": "30m"},
    {"did": "task-changed", "task": "T1", "due": "2025-09-16T10:00:00+08:00"},
    {"did": "task-changed", "task": "T2", "target": "1h", "owner": "li.wei"},
    {"did": "task-done", "task": "T1"},
    {"did": "task-done", "task": "T2"},
    {"did": "promised", "promise": "A", "until": "2025-09-15T12:30:00+08:00"},
    {"did": "promised", "promise": "A", "until": "2025-09-16T08:00"},
    {"did": "promised", "promise": "B", "until": "2025-09-14"},
    {"did": "kept", "promise": "A"},
    {"did": "acknowledged", "clock": "resolution", "cycle": "000000"},
)
_OPENINGS: tuple[dict[str, Any], ...] = (
    {},
    {"first_contact": "live"},
    {"raised_by": "agent"},
    {"status": "resolved"},
    {"answered_at": "2025-09-15T08:50:00+08:00"},
)
_ABOUT_ANOTHER = ("queued", "sending", "sent", "bounced", "corrected", "no-reply-needed")
_VALUES = {
    "priority": (None, "P1", "P2", "P3", "P9"),
    "category": ("fault", "safety", "it"),
    "owner": (None, "li.wei", "wang.fang"),
    "team": (None, "tech", "support"),
}


@st.composite
def lives(draw: st.DrawFn) -> Ticket:
    """A ticket with up to a dozen events within six days, in the order of their instants or not."""
    opening = draw(st.sampled_from(_OPENINGS))
    events: list[Event] = [opened(START, id="000000", **opening)]
    for number in range(draw(st.integers(0, 11))):
        events.append(draw(_events(number, events)))
    if draw(st.booleans()):
        events.sort(key=lambda it: it.order)
    late = draw(st.sampled_from((0, 0, 0, 45)))
    return ticket(
        *events,
        received=START + timedelta(minutes=late),
        priority=draw(st.sampled_from(_VALUES["priority"])),
        category=draw(st.sampled_from(_VALUES["category"])),
        type="product",
    )


@st.composite
def _events(draw: st.DrawFn, number: int, before: list[Event]) -> Event:
    when = START + timedelta(minutes=draw(MINUTES), seconds=draw(st.sampled_from((0, 0, 1, 59))))
    found: dict[str, Any] = {"id": f"{number + 1:06}", "spent": draw(st.sampled_from((None, 5, 20)))}
    kind = draw(st.integers(0, 9))
    if kind < 2:
        field = draw(st.sampled_from(sorted(_VALUES)))
        was, now = (draw(st.sampled_from(_VALUES[field])) for _ in range(2))
        return event(when, "set", field=field, to=now, **{"from": was}, **found)
    if kind < 4:
        did = draw(st.sampled_from(_ABOUT_ANOTHER))
        message = draw(st.sampled_from(before)).id
        about = {"event": message} if did == "corrected" else {"message": message, "notice": f"n{number % 2}"}
        return event(when, did, **about, **found)
    return event(when, **draw(st.sampled_from(_SOMETHING)), **found)


@st.composite
def instants(draw: st.DrawFn, since: datetime) -> datetime:
    """An instant at `since` or later, mostly near it."""
    return since + timedelta(seconds=draw(st.one_of(st.integers(0, 3600), st.integers(0, 40 * 24 * 3600))))
