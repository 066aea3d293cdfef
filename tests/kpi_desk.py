"""Tickets and verdicts for the tests of key figures: said in a line each, in the wall time of Shanghai."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from tkt.ids import ALPHABET
from tkt.kpis.facts import LifeFacts, facts_of
from tkt.kpis.life import Life, lives_of
from tkt.kpis.population import Population
from tkt.kpis.window import Window
from tkt.model import Event, Ticket, in_order
from tkt.schema import Configuration
from tkt.schema.configuration import FILES
from tkt.sla import Outcome, ServiceLevels, Verdict

ZONE = "Asia/Shanghai"
MINUTE, HOUR, DAY = 60, 3600, 86400

_FILES: Mapping[str, Any] = {
    "desk": {"format": 1, "name": "Acme", "zone": ZONE},
    "workflow": {
        "statuses": {
            "new": {"category": "new", "zh": "新建"},
            "assigned": {"category": "active", "zh": "已分配"},
            "in-progress": {"category": "active", "zh": "处理中"},
            "waiting": {"category": "waiting", "zh": "等待中"},
            "resolved": {"category": "resolved", "zh": "已解决"},
            "closed": {"category": "closed", "zh": "已关闭"},
        },
        "moves": {},
        "closing": {"reopen_window": "14 days"},
        "uncounted": {
            "duplicate": {"en": "duplicate", "zh": "重复"},
            "merged": {"en": "merged", "zh": "合并"},
            "spam": {"en": "spam", "zh": "垃圾信息"},
        },
    },
    "taxonomy": {
        "of_type": {"product": {"zh": "产品问题"}, "request": {"zh": "办理申请"}},
        "types": {
            "product": {"fault": {"zh": "功能故障"}},
            "request": {"it": {"zh": "权限与设备", "audience": "internal"}},
        },
        "urgency": {},
        "impact": {},
        "complexity": {},
        "priority_names": {"P1": ["紧急"], "P2": ["高"], "P3": ["中"]},
        "priority": {},
    },
    "sla": {"calendars": {}, "policies": []},
    "people": {
        "teams": {"tech": {"zh": "技术部"}, "support": {"zh": "一线客服"}},
        "people": {"li.wei": {"name": "李伟"}, "wang.fang": {"name": "王芳"}},
    },
    "channels": {"channels": {}},
}

CONFIG = Configuration(**{name: msgspec.convert(found, FILES[name][1]) for name, found in _FILES.items()})

LEVELS = ServiceLevels.from_configuration(CONFIG)

_numbers = count()


def at(text: str) -> datetime:
    """`2026-10-05T09:00` in Shanghai, as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


def event(when: str | datetime, did: str, by: str = "li.wei", **more: Any) -> Event:
    """An event; what is no key that all events share goes into its own keys."""
    shared = {key: more.pop(key) for key in ("role", "auto", "recorded_at", "reason") if key in more}
    instant = when if isinstance(when, datetime) else at(when)
    return Event(id=_event_id(next(_numbers)), at=instant, by=by, did=did, data=more, **shared)


def moved(when: str | datetime, to: str, **more: Any) -> Event:
    """Into another status."""
    return event(when, "moved", to=to, **more)


def asked(when: str) -> Event:
    """Into waiting on the customer."""
    return moved(when, "waiting", waiting={"on": "customer"})


def said(when: str) -> Event:
    """An agent wrote to the customer."""
    return event(when, "message", text="…")


def heard(when: str) -> Event:
    """The customer wrote."""
    return event(when, "message", by="zhang@acme.example", role="customer", text="…")


def given(when: str, owner: str | None, before: str | None = None) -> Event:
    """The owner was set."""
    return event(when, "set", field="owner", **{"from": before, "to": owner})


def ticket(name: str, received: str | datetime, *events: Event, status: str = "new", **values: Any) -> Ticket:
    """A ticket that began in `status`; it ends where its moves lead."""
    start = received if isinstance(received, datetime) else at(received)
    opened = event(start, "opened", by="zhang@acme.example", role="customer", status=status)
    moves = [each.get("to") for each in in_order(events) if each.did == "moved"]
    return Ticket(
        id=name,
        status=moves[-1] if moves else status,
        values={"received_at": start, **values},
        events=in_order((replace(opened, id="000000"), *events)),
    )


def verdict(clock: str, state: str, **more: Any) -> Verdict:
    """A verdict; instants as in `at`, open time in `elapsed_s`."""
    found: dict[str, Any] = {
        "ticket": "?", "cycle": "000000", "policy": "standard", "priority": "P3", "calendar": "office", "target_s": HOUR,
        "due_at": None, "fulfilled_at": None, "breached_at": None, "elapsed_s": None, "paused_s": 0,
        "remaining_s": None, "via": None, "reason": None,
    }  # fmt: skip
    for key, value in more.items():
        found[key] = at(value) if key.endswith("_at") and isinstance(value, str) else value
    return Verdict(clock=clock, state=state, **found)


def window(start: str, end: str) -> Window:
    """A window in Shanghai's wall time."""
    return Window(at(start), at(end), ZONE)


def judged_as(
    tickets: Sequence[Ticket],
    verdicts: Mapping[str, Sequence[Verdict]],
    now: datetime,
) -> list[LifeFacts]:
    """The facts of tickets as they were at `now`, each with the verdicts that stand by its id."""
    return [
        msgspec.structs.replace(
            facts_of(each, CONFIG, LEVELS, now),
            cycles=tuple(_outcome(it) for it in verdicts.get(each.id, ())),
            is_covered=any(it.policy is not None for it in verdicts.get(each.id, ())),
        )
        for each in tickets
    ]


def _outcome(it: Verdict) -> Outcome:
    """What was judged already: no due instant is left to pass."""
    return Outcome(
        clock=it.clock,
        state=it.state,
        start_at=it.start_at or at("2026-01-01T00:00"),
        ended_at=it.fulfilled_at or it.ended_at,
        is_fulfilled=it.fulfilled_at is not None,
        breached_at=it.breached_at,
        elapsed_s=it.elapsed_s,
        via=it.via,
        reason=it.reason,
    )


def life(one: Ticket) -> Life:
    """The life of a ticket, nothing judged."""
    now = at("2026-12-31T00:00")
    return lives_of(judged_as([one], {}, now), now)[0]


def population(
    tickets: Sequence[Ticket],
    start: str,
    end: str,
    now: str = "2026-11-02T10:00",
    verdicts: Mapping[str, Sequence[Verdict]] | None = None,
    **more: Any,
) -> Population:
    """What a KPI is computed over."""
    facts = judged_as(tickets, verdicts or {}, at(now))
    return Population(lives_of(facts, at(now)), CONFIG, window(start, end), at(now), **more)


def _event_id(number: int) -> str:
    digits = [ALPHABET[(number >> (5 * place)) % 32].lower() for place in range(5)]
    return "1" + "".join(reversed(digits))
