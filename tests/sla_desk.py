"""Desks and tickets for the tests of clocks: said in a line each, in the wall time of Shanghai."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from tkt.model import Event, Ticket, in_order
from tkt.schema import CalendarFile, Configuration
from tkt.schema.configuration import FILES
from tkt.sla import Explained, ServiceLevels, Verdict, explain, verdicts

ZONE = "Asia/Shanghai"
MINUTE, HOUR = 60, 3600
LUNCH = ["09:00-12:00", "13:30-18:00"]
ALL_DAY = ["00:00-24:00"]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
EVERY_DAY = (*WEEKDAYS, "sat", "sun")

CALENDARS: Mapping[str, Any] = {
    "office": {
        "zone": ZONE,
        "week": dict.fromkeys(WEEKDAYS, LUNCH),
        "holidays": [f"2025-10-0{day}" for day in range(1, 9)],
        "exceptions": {"2025-09-28": LUNCH, "2025-10-11": LUNCH},
    },
    "always": {"zone": ZONE, "week": dict.fromkeys(EVERY_DAY, ALL_DAY)},
}
TARGETS: Mapping[str, Any] = {
    "P1": {"calendar": "office", "first_response": "15m", "next_response": "30m", "resolution": "4h"},
    "P2": {"calendar": "always", "first_response": "1h", "next_response": "2h", "resolution": "24h"},
    "P3": {"calendar": "office", "first_response": "2h", "next_response": "4h", "resolution": "8h"},
    "default": {"calendar": "office", "first_response": "1h", "next_response": "2h", "resolution": "6h"},
}
POLICY: Mapping[str, Any] = {"name": "everybody", "targets": TARGETS}

_REST: Mapping[str, Any] = {
    "desk": {"format": 1, "name": "Acme", "zone": ZONE},
    "workflow": {
        "statuses": {
            "new": {"category": "new"},
            "assigned": {"category": "active"},
            "in-progress": {"category": "active"},
            "waiting": {"category": "waiting"},
            "resolved": {"category": "resolved"},
            "closed": {"category": "closed"},
        },
        "moves": {},
        "codes": {"fixed": "已修复"},
        "uncounted": {"duplicate": "重复", "merged": "已合并", "spam": "垃圾信息", "test": "测试"},
    },
    "taxonomy": {
        "of_type": {"product": {}, "request": {}},
        "types": {"product": {"fault": {}, "safety": {}}, "request": {"it": {"audience": "internal"}}},
        "urgency": {"red": {}, "green": {}},
        "impact": {},
        "complexity": {},
        "priority_names": {"P1": ["紧急"], "P2": ["高"], "P3": ["中"]},
        "priority": {"vip": {}, "standard": {}},
    },
    "people": {"teams": {"tech": {}}, "people": {"li.wei": {"name": "李伟"}}},
    "channels": {"channels": {"email": {}, "phone": {"class": "offline"}}},
}


def sla_file(policies: Sequence[Mapping[str, Any]] = (POLICY,), **more: Any) -> dict[str, Any]:
    """What config/sla.yaml says, as a mapping."""
    return {"calendars": CALENDARS, "policies": list(policies), **more}


def configuration(
    sla: Mapping[str, Any],
    *,
    holidays: Sequence[CalendarFile] = (),
    lines: Mapping[Any, int] | None = None,
    limits: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
) -> Configuration:
    """A desk's configuration with this config/sla.yaml; `lines` gives places in it their numbers.

    `limits`: status → `limit` and `limit_pauses`.
    """
    flow = _REST["workflow"]
    statuses = {name: {**it, **limits.get(name, {})} for name, it in flow["statuses"].items()}
    rest = {**_REST, "workflow": {**flow, "statuses": statuses}}
    parts: dict[str, Any] = {name: msgspec.convert(it, FILES[name][1]) for name, it in rest.items()}
    parts["sla"] = msgspec.convert(sla, FILES["sla"][1])
    known = {} if lines is None else {"sla": lambda *path: lines.get(path)}
    return Configuration(**parts, calendars=tuple(holidays), lines=known)


def levels(
    *policies: Mapping[str, Any],
    limits: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
    **more: Any,
) -> ServiceLevels:
    """Service levels with these policies, else with the one of `POLICY`; `limits` as in `configuration`."""
    file = sla_file(policies or (POLICY,), **more)
    return ServiceLevels.from_configuration(configuration(file, limits=limits))


def promising(**targets: str) -> dict[str, Any]:
    """The policy of `POLICY` with these targets beside those of each of its rows."""
    return {"name": "everybody", "targets": {name: {**row, **targets} for name, row in TARGETS.items()}}


LEVELS = levels()


def at(text: str) -> datetime:
    """`2025-09-15T09:00` in Shanghai, as UTC; a time alone is on Monday 2025-09-15."""
    whole = text if "T" in text else f"2025-09-15T{text}"
    return datetime.fromisoformat(whole).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


_numbers = count(1)


def event(when: str | datetime, did: str, *, id: str | None = None, **more: Any) -> Event:
    """An event; what is no key that all events share goes into its own keys."""
    shared = {key: more.pop(key) for key in ("role", "auto", "reason", "recorded_at") if key in more}
    instant = when if isinstance(when, datetime) else at(when)
    number = next(_numbers)
    by = "zhang@acme.example" if shared.get("role") == "customer" else "li.wei"
    data = MappingProxyType(more)
    return Event(id=id or f"{number:06}", at=instant, by=by, did=did, data=data, **shared)


def opened(when: str | datetime = "09:00", status: str = "new", **more: Any) -> Event:
    """The ticket begins, raised by a customer unless told otherwise."""
    return event(when, "opened", status=status, **more)


def customer(when: str | datetime, **more: Any) -> Event:
    """The customer writes."""
    return event(when, "message", role="customer", text="E104", **more)


def agent(when: str | datetime, **more: Any) -> Event:
    """A person of the desk writes to the customer."""
    return event(when, "message", text="We look into it.", **more)


def moved(when: str | datetime, to: str, **more: Any) -> Event:
    """Into another status."""
    return event(when, "moved", to=to, **more)


def wait(when: str | datetime, on: str = "customer", **more: Any) -> Event:
    """Into waiting on somebody."""
    return moved(when, "waiting", waiting={"on": on, "for": "a screenshot"}, **more)


def resolve(when: str | datetime, code: str = "fixed", **more: Any) -> Event:
    """Into resolved."""
    return moved(when, "resolved", resolution={"code": code}, **more)


def task(when: str | datetime, did: str = "task", name: str = "T1", **more: Any) -> Event:
    """A sub-task is created; with `did` changed or done."""
    return event(when, did, task=name, **more)


def promised(when: str | datetime, until: str, name: str = "PR1", **more: Any) -> Event:
    """A time is promised to the customer; `until` as in `at`."""
    return event(when, "promised", promise=name, until=at(until).isoformat(), text="a call", **more)


def kept(when: str | datetime, name: str = "PR1", **more: Any) -> Event:
    """The promise was kept."""
    return event(when, "kept", promise=name, **more)


def changed(when: str | datetime, field: str, before: Any, after: Any, **more: Any) -> Event:
    """A stored key gets another value."""
    return event(when, "set", field=field, **{"from": before}, to=after, **more)


def ticket(*events: Event, received: str | datetime = "09:00", **values: Any) -> Ticket:
    """A P3 ticket received on Monday at 09:00 unless told otherwise; without `opened` it gets one.

    None for `priority` leaves it out. Its stored keys are the fold of its `set` events.
    """
    instant = received if isinstance(received, datetime) else at(received)
    whole = events if any(it.did == "opened" for it in events) else (opened(instant), *events)
    kept: dict[str, Any] = {"received_at": instant, "priority": "P3", **values}
    for it in in_order(whole):
        if it.did == "set" and "add" not in it.data:
            kept[it.get("field")] = it.get("to")
    stored = MappingProxyType({name: value for name, value in kept.items() if value is not None})
    return Ticket(id="250915-K7Q2M", status="new", values=stored, events=tuple(whole))


def judge(it: Ticket, now: str | datetime, by: ServiceLevels = LEVELS) -> dict[str, Verdict]:
    """Clock → its verdict; of several cycles the last one."""
    instant = now if isinstance(now, datetime) else at(now)
    return {verdict.clock: verdict for verdict in verdicts(it, by, instant)}


def cycles(it: Ticket, now: str, clock: str, by: ServiceLevels = LEVELS) -> list[Verdict]:
    """Every cycle of one clock."""
    return [verdict for verdict in verdicts(it, by, at(now)) if verdict.clock == clock]


def explained(it: Ticket, now: str, clock: str, by: ServiceLevels = LEVELS) -> Explained:
    """How the one cycle of a clock came about."""
    (found,) = explain(it, by, at(now), clock)
    return found
