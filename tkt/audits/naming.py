"""How are events, times and spans named in a sentence of the audit?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from tkt.checks.order import STEM
from tkt.i18n import Message, msg, msgn
from tkt.model import Event


def named(event: Event) -> Message:
    """`li.wei's reply`: what was done, and who says to have done it."""
    who = event.by
    if event.did == "message":
        return msg("{who}'s reply", who=who) if event.is_agent_message else msg("{who}'s message", who=who)
    if event.did == "moved":
        return msg("{who}'s move to {status}", who=who, status=event.get("to"))
    if event.did == "set":
        return msg("{who}'s change of {field}", who=who, field=event.get("field"))
    told = {
        "opened": msg("the opening by {who}", who=who),
        "note": msg("{who}'s note", who=who),
        "no-reply-needed": msg("{who}'s word that no answer is needed", who=who),
        "spent": msg("{who}'s record of time spent", who=who),
        "corrected": msg("{who}'s correction", who=who),
    }
    return told.get(event.did, msg("{who}'s event {did}", who=who, did=event.did))


def all_named(events: Sequence[Event]) -> Message:
    """The most telling of a command's events, and how many there are beside it."""
    more = len(events) - 1
    if not more:
        return named(events[0])
    return msgn(
        "{what} (and {count} more event)", "{what} (and {count} more events)", more, what=named(lead(events))
    )


def lead(events: Sequence[Event]) -> Event:
    """Of a command's events the first that a person of the desk answers for, else the first."""
    return next((it for it in events if not is_the_customers(it) and not is_a_machines(it)), events[0])


def by_command(events: Iterable[Event]) -> list[list[Event]]:
    """The events in order, those of one command and instant together (docs/file-format.md, Events)."""
    return [list(some) for _, some in groupby(events, key=lambda it: (it.at, it.id[:STEM]))]


def is_the_customers(event: Event) -> bool:
    """Whether it is what a customer said, whoever wrote it down."""
    return event.role == "customer" and event.did in ("opened", "message")


def is_a_machines(event: Event) -> bool:
    """Whether it stands under the name of a machine that is no person of the desk."""
    return event.by == "tick" or event.by.partition(":")[0] in ("rule", "import")


def stamp(at: datetime, zone: str) -> str:
    """`2026-11-16 10:05` on the desk's wall."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def clock_time(at: datetime, beside: datetime, zone: str) -> str:
    """`10:05` on the same day as another instant, else with its date."""
    one, other = at.astimezone(ZoneInfo(zone)), beside.astimezone(ZoneInfo(zone))
    return f"{one:%H:%M}" if one.date() == other.date() else stamp(at, zone)


def span(length: timedelta) -> Message:
    """`1h 5m`, `2d 3h`, `40s`: the two largest units."""
    seconds = abs(int(length.total_seconds()))
    days, hours, minutes = seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60
    if days:
        return msg("{days}d {hours}h", days=days, hours=hours) if hours else msg("{days}d", days=days)
    if hours:
        return (
            msg("{hours}h {minutes}m", hours=hours, minutes=minutes)
            if minutes
            else msg("{hours}h", hours=hours)
        )
    return msg("{minutes}m", minutes=minutes) if minutes else msg("{seconds}s", seconds=seconds)


def short(sha: str) -> str:
    """A commit as people name it."""
    return sha[:10]
