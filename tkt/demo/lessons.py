"""Which reviews and improvements are on the demo desk, and which tickets did they come from?

Texts lie in `tkt/demodata/lessons.yaml`; what is done there is `reviewed` and `improved` on the tickets too, at
the same instant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from tkt.demo.arcs import day_of, last_week
from tkt.demo.scenarios import data_of
from tkt.ids import event_ids
from tkt.lessons import DONE, OPEN, Improvement, Lesson, Review
from tkt.model import Event, Value

_FRIDAY, _AT = 4, time(16, 30)
MEETING = "week-"
_LEADER = "lin.xue"


def next_meeting(after: datetime, zone: ZoneInfo) -> datetime:
    """The Friday afternoon on which the desk looks back, the first one after an instant; in the zone of `after`."""
    local = after.astimezone(zone)
    day = local.date() + timedelta(days=(_FRIDAY - local.weekday()) % 7)
    found = datetime.combine(day, _AT, tzinfo=zone)
    if found <= local:
        found = datetime.combine(day + timedelta(days=7), _AT, tzinfo=zone)
    return found.astimezone(after.tzinfo)


def meeting_name(at: datetime, zone: ZoneInfo) -> str:
    """What its review is called: `week-2026-46`."""
    year, week, _ = at.astimezone(zone).isocalendar()
    return f"{MEETING}{year}-{week:02}"


def lessons(
    language: str, now: datetime, zone: ZoneInfo, roles: Mapping[str, str], meetings: Mapping[str, datetime]
) -> Iterator[Lesson]:
    """All of them, as they stand at `now`.

    `roles`: which ticket plays which part in the story; without them there are only `meetings`, the Friday
    reviews by name, and when they were.
    """
    texts = _texts()[language]
    for name, at in sorted(meetings.items()):
        title = texts["meeting"].replace("{week}", name.removeprefix(MEETING).replace("-", "-W"))
        opened = at - timedelta(hours=1)
        yield Review(
            id=name,
            path=f"reviews/{name}.yaml",
            title=title,
            owner=_LEADER,
            due=at.astimezone(zone).date(),
            state="done",
            events=_events(name, opened, _LEADER, (DONE, at), texts["meeting_note"]),
        )
    if not roles:
        return
    week = last_week(now, zone)
    for name, given in texts["reviews"].items():
        yield Review(
            **_common("reviews", name, given, week, now),
            ticket=roles.get(given["about"]),
            cause=given.get("cause"),
            improvements=tuple(given.get("improvements", ())),
        )
    for name, given in texts["improvements"].items():
        sources = (roles.get(source, source) for source in given["from"])
        yield Improvement(
            **_common("improvements", name, given, week, now),
            product=given.get("product"),
            category=given.get("category"),
            sources=tuple(it for it in sources if it in roles.values() or it in texts["reviews"]),
        )


def _common(
    folder: str, name: str, given: Mapping[str, Any], week: datetime, now: datetime
) -> dict[str, Any]:
    """What both have. Days count from the Monday of the last full week."""
    end = None
    if "ended" in given and day_of(week, given["ended"]) <= now:
        end = (given["state"], day_of(week, given["ended"]))
    opened = min(day_of(week, given["opened"]), now)
    return {
        "id": name,
        "path": f"{folder}/{name}.yaml",
        "title": given["title"],
        "owner": given["owner"],
        "due": (week + timedelta(days=given["due"])).date(),
        "state": end[0] if end else OPEN,
        "events": _events(name, opened, given["owner"], end, given.get("note")),
    }


def _events(
    name: str, opened: datetime, by: str, end: tuple[str, datetime] | None, note: str | None
) -> tuple[Event, ...]:
    ids = iter(event_ids(source=("demo", name)))

    def event(at: datetime, did: str, **data: Value) -> Event:
        return Event(id=next(ids), at=at.replace(microsecond=0), by=by, did=did, data=MappingProxyType(data))

    found = [event(opened, "opened", status=OPEN)]
    if note:
        found.append(event(opened + timedelta(minutes=20), "note", text=note))
    if end is not None:
        found.append(event(end[1], "set", field="state", **{"from": OPEN}, to=end[0]))
    return tuple(found)


@cache
def _texts() -> dict[str, Any]:
    return data_of("lessons.yaml")
