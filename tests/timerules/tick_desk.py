"""A desk with ladders, for the tests of time rules; times are of the wall in Shanghai."""

from __future__ import annotations

from typing import Any

import msgspec
from sla_desk import POLICY, at, configuration, sla_file

from tkt.model import Event, Ticket
from tkt.schema.people import PeopleFile
from tkt.sla import ServiceLevels
from tkt.timerules.carrying_out import Carried, carried_out, pending
from tkt.timerules.case import Case
from tkt.timerules.firing import Firing

LADDERS: dict[str, Any] = {
    "standard": {
        "first_response": [
            "50% warn owner-or-team",
            "80% warn owner+lead",
            "due escalate lead",
            "due+2h escalate manager",
        ],
        "resolution": ["75% warn owner", "due escalate lead"],
        "promise": ["due-1h warn owner", "due escalate lead"],
        "task": ["due warn owner+ticket-owner"],
    },
    "critical": {"quiet": "send", "first_response": ["due escalate on-call+director"]},
}
PEOPLE: dict[str, Any] = {
    "teams": {
        "tech": {"levels": {"director": "zhao.min"}},
        "support": {"lead": "wang.fang", "manager": "chen.jie"},
    },
    "people": {
        "li.wei": {"name": "李伟", "teams": ["tech"], "email": "li.wei@desk.example"},
        "sun.li": {"name": "孙丽", "teams": ["tech"], "away": ["2025-09-16"]},
        "old.hand": {"name": "老手", "teams": ["tech"], "kind": "former"},
        "helper": {"name": "小助手", "teams": ["tech"], "kind": "bot"},
        "wang.fang": {"name": "王芳", "teams": ["support"]},
        "chen.jie": {"name": "陈洁"},
        "zhao.min": {"name": "赵敏"},
    },
    "on_call": {
        "tech": {
            "start": "2025-09-15T09:00",
            "every": "1d",
            "people": ["li.wei", "sun.li", "old.hand"],
            "overrides": [{"from": "2025-09-20T09:00", "until": "2025-09-21T09:00", "person": "wang.fang"}],
        }
    },
}


def tick_levels(
    *, ladder: str = "standard", people: dict[str, Any] | None = None, **more: Any
) -> ServiceLevels:
    """Service levels with ladders and the people of `PEOPLE`."""
    policy = {**POLICY, "ladder": ladder}
    config = configuration(sla_file([policy], **{"ladders": LADDERS, **more}))
    values = {name: getattr(config, name) for name in ("desk", "workflow", "taxonomy", "sla", "channels")}
    whole = type(config)(**values, people=msgspec.convert(people or PEOPLE, PeopleFile))
    return ServiceLevels.from_configuration(whole)


LEVELS = tick_levels()


def case_of(ticket: Ticket, now: str, levels: ServiceLevels = LEVELS) -> Case:
    """The ticket before the time rules at `now`."""
    return Case(ticket=ticket, config=levels.config, levels=levels, now=at(now))


def due_of(ticket: Ticket, now: str, levels: ServiceLevels = LEVELS) -> list[Firing]:
    """What is to be done."""
    return pending(case_of(ticket, now, levels))


def ticked(ticket: Ticket, now: str, levels: ServiceLevels = LEVELS) -> Carried:
    """What becomes of it."""
    return carried_out(case_of(ticket, now, levels))


def rungs(ticket: Ticket) -> list[tuple[str, str]]:
    """(wall time of its day and hour, rung) of everything a ladder recorded."""
    found = [event for event in ticket.events if event.did in ("warned", "escalated")]
    return [(wall(event), str(event.get("rung"))) for event in found]


def wall(event: Event) -> str:
    """`15T10:00`, in Shanghai."""
    from zoneinfo import ZoneInfo

    return event.at.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%dT%H:%M")


def queued(ticket: Ticket) -> list[tuple[str, str]]:
    """(to whom, about which rung or rule) of every notice."""
    found = [event for event in ticket.events if event.did == "queued"]
    return [(str(e.get("to")), str(e.get("about").get("rung") or e.get("about").get("rule"))) for e in found]
