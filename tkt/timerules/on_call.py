"""Who is on call at an instant? (docs/tick.md, On call)"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tkt.clock import parse_instant
from tkt.durations import DAY, DurationError, parse_duration
from tkt.errors import UsageError
from tkt.schema import Configuration
from tkt.schema.people import RotaDecl


def on_call(rota: RotaDecl, config: Configuration, at: datetime) -> str | None:
    """The person on call at `at`; who is away or has left is skipped to the next.

    None before the start, where everybody is away, and of a rota that cannot be read, which `tkt check` names.
    """
    try:
        present = (person for person in _in_turn(rota, config, at) if is_there(person, config, at))
        return next(present, None)
    except (UsageError, DurationError):
        return None


def next_change(rota: RotaDecl, config: Configuration, at: datetime) -> tuple[datetime, str | None] | None:
    """When somebody else is on call, or nobody, and who; None where that never comes, or the rota cannot be read."""
    present = on_call(rota, config, at)
    try:
        edges = sorted(set(_edges(rota, config, at)))
    except (UsageError, DurationError):
        return None
    found = ((edge, on_call(rota, config, edge)) for edge in edges)
    return next((it for it in found if it[1] != present), None)


def is_there(person: str, config: Configuration, at: datetime) -> bool:
    """Whether somebody works here, and not a machine, and is not away on that day of the desk."""
    declared = config.people.people.get(person)
    if declared is None or declared.kind != "agent":
        return False
    day = at.astimezone(ZoneInfo(config.desk.zone)).date().isoformat()
    return day not in declared.away


def _in_turn(rota: RotaDecl, config: Configuration, at: datetime) -> Iterator[str]:
    """Whoever stands in, then the one whose turn it is, then the others as they follow."""
    zone = config.desk.zone
    for swap in reversed(rota.overrides):
        if parse_instant(swap.since, zone=zone) <= at < parse_instant(swap.until, zone=zone):
            yield swap.person
    start, people = parse_instant(rota.start, zone=zone), rota.people
    every = parse_duration(rota.every, days=True)
    if at < start or not people or not every:
        return
    turn = _turns(start, at, every, zone)
    yield from (people[(turn + place) % len(people)] for place in range(len(people)))


def _turns(start: datetime, at: datetime, every: int, zone: str) -> int:
    """How many turns have passed; whole days are days of the wall, so that a change at 9:00 stays one at 9:00."""
    if every % DAY:
        return int((at - start).total_seconds()) // every
    wall = ZoneInfo(zone)
    passed = _on_the_wall(at, wall) - _on_the_wall(start, wall)
    return passed // timedelta(seconds=every)


def _on_the_wall(at: datetime, zone: ZoneInfo) -> datetime:
    """The wall's date and time, so that two of them differ as calendars do."""
    return at.astimezone(zone).replace(tzinfo=UTC)


def _edges(rota: RotaDecl, config: Configuration, at: datetime) -> Iterator[datetime]:
    """The instants later than `at` at which somebody else may be on call.

    They are those at which somebody stands in, comes back or goes away, and behind each a whole round of turns.
    """
    zone, own = config.desk.zone, ZoneInfo(config.desk.zone)
    swaps = [parse_instant(text, zone=zone) for it in rota.overrides for text in (it.since, it.until)]
    people = {*rota.people, *(it.person for it in rota.overrides)}
    days = {day for it in people if it in config.people.people for day in config.people.people[it].away}
    starts = [datetime.fromisoformat(day).replace(tzinfo=own) for day in days]
    dated = [it.astimezone(UTC) for start in starts for it in (start, start + timedelta(days=1))]
    for edge in (at, *(it for it in (*swaps, *dated) if it > at)):
        if edge > at:
            yield edge
        yield from (it for it in _turns_after(rota, edge, zone) if it > at)


def _turns_after(rota: RotaDecl, at: datetime, zone: str) -> Iterator[datetime]:
    """When the turns behind `at` begin, one more than there are people."""
    start, every = parse_instant(rota.start, zone=zone), parse_duration(rota.every, days=True)
    if not every:
        return
    passed = _turns(start, at, every, zone) if at >= start else -1
    for turn in range(passed + 1, passed + len(rota.people) + 2):
        if every % DAY:
            yield start + timedelta(seconds=turn * every)
        else:
            yield (start.astimezone(ZoneInfo(zone)) + timedelta(seconds=turn * every)).astimezone(UTC)
