"""What do key figures ask of a ticket that does not depend on when the report is made?

`LifeFacts` answers for every `now` from `valid_from` on without the ticket, so that it can be stored:
100,000 of them are decoded and counted in seconds. For an earlier `now` they are made of the ticket as
it was then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import TypeVar

import msgspec
from msgspec.structs import force_setattr

from tkt.actions.actor import TOLERANCE, run_from
from tkt.clocks.history import History
from tkt.clocks.waiting import Wait, waits
from tkt.effort import minutes_of
from tkt.kpis.story import packed_story
from tkt.model import Event, Ticket, Value, values_at
from tkt.policies.levels import ServiceLevels
from tkt.schema import Configuration
from tkt.sla import Outcome, Standings, history_of, standings_of

INTERNAL = "internal"
GROUPABLE = ("word", "text", "person", "team", "number", "bool", "words")
"""The kinds of fields that a report can be grouped by."""

Open = tuple[datetime, datetime | None]
"""A span that may still go on (None)."""
Change = tuple[datetime | None, str | None]
"""What a stored key was from an instant on; the first one since ever (None)."""
_FOLLOWED = ("owner", "team", "priority")
_WRITTEN = ("message", "note")


class Stay(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A ticket in one status, `[start, end)`; `end` None: it still is there."""

    status: str
    start: datetime
    end: datetime | None
    is_finished: bool  # the status is of category resolved or closed


class Measured(msgspec.Struct, frozen=True, array_like=True, gc=False, kw_only=True):
    """One ticket, as key figures see it. Its bytes are the beginning of those of `LifeFacts`."""

    id: str
    valid_from: datetime
    started_at: datetime
    updated_at: datetime  # its last event
    run_from: datetime  # since when its last events followed each other by a second
    settled_after: (
        datetime | None
    )  # its last event, where it is finished, no clock runs and nobody wrote since
    uncounted_as: str | None  # spam, test, duplicate, merged … (docs/sla.md L9, L11)
    is_internal: bool
    is_covered: bool  # some policy promises it something
    stays: tuple[Stay, ...]
    resolves: tuple[datetime, ...]  # closing a resolved one and ends as spam or duplicate are none
    reopens: tuple[datetime, ...]  # from resolved or closed to a status that is neither
    waits_on_requester: tuple[Open, ...]  # the pauses of customers' clocks (docs/sla.md L3)
    waits_on_others: tuple[Open, ...]
    cycles: tuple[Outcome, ...]
    owners: tuple[Change, ...]
    priorities: tuple[Change, ...]
    handed_over: tuple[datetime, ...]  # when another person became the owner, after the first one
    teams: tuple[datetime, ...]  # when each team had it for the first time
    writers: tuple[datetime, ...]  # when each person of the desk wrote for the first time
    back_dated: tuple[datetime, ...]  # the events that were written down later
    efforts: tuple[tuple[datetime, int], ...]  # minutes spent
    story: bytes  # what `tkt.kpis.story.story_in` unpacks

    def settled(self, now: datetime) -> datetime:
        """`now`, or its last event where that is ahead only since events are put a second after each other."""
        is_ahead = self.updated_at > now and self.run_from - now <= TOLERANCE
        return self.updated_at if is_ahead else now


class LifeFacts(Measured, frozen=True, array_like=True, gc=False, kw_only=True):
    """The same, and what it is grouped by, which takes a tenth of the memory and which few reports look at."""

    values: bytes  # field → words, as MessagePack

    def groups(self, field: str) -> Sequence[str | None]:
        """What a report by `field` counts it under, as the ticket is today: each of its tags, one value, or None."""
        found = msgspec.msgpack.decode(self.values).get(field)
        return (found or (None,)) if isinstance(found, list) else (found,)


M = TypeVar("M", bound=Measured)


def thinned(found: M, words: dict[str, str]) -> M:
    """The same with its words from `words`, which hold each once for all tickets: an eighth of the memory.

    It is changed in place, so it is to be nobody else's yet.
    """
    for stay in found.stays:
        force_setattr(stay, "status", words.setdefault(stay.status, stay.status))
    for cycle in found.cycles:
        force_setattr(cycle, "clock", words.setdefault(cycle.clock, cycle.clock))
    return found


def facts_of(
    ticket: Ticket, config: Configuration, levels: ServiceLevels, now: datetime | None = None
) -> LifeFacts:
    """The facts of a ticket as it is, or with `now` as it was then."""
    history = history_of(ticket, levels, now)
    return facts_from(history, standings_of(history, levels), config)


def computed_of(ticket: Ticket, config: Configuration, levels: ServiceLevels) -> tuple[Standings, LifeFacts]:
    """What an index keeps of a ticket's history: how its clocks stand, and its facts, for the price of one."""
    history = history_of(ticket, levels)
    standings = standings_of(history, levels)
    return standings, facts_from(history, standings, config)


def facts_from(history: History, standings: Standings, config: Configuration) -> LifeFacts:
    """The facts of a history whose clocks have been judged."""
    ticket, events, started_at = history.ticket, history.events, history.started_at
    stays = tuple(_stays(history, config))
    waited = waits(history) if events else ()
    sets = _sets(ticket)
    owners = _turns(ticket, "owner", sets)
    return LifeFacts(
        id=ticket.id,
        valid_from=standings.valid_from,
        started_at=started_at,
        updated_at=ticket.updated_at,
        run_from=run_from(ticket),
        settled_after=_settled_after(history, stays, standings),
        uncounted_as=_uncounted_as(history),
        is_internal=is_internal(ticket, config),
        is_covered=any(each.policy is not None for each in standings.cycles),
        stays=stays,
        resolves=tuple(max(each.start, started_at) for each in history.resolves),
        reopens=tuple(
            after.start for before, after in pairwise(stays) if before.is_finished and not after.is_finished
        ),
        waits_on_requester=tuple(_pauses(waited)),
        waits_on_others=tuple((wait.start, wait.end) for wait in waited if wait.on != "customer"),
        cycles=tuple(each.outcome for each in standings.cycles),
        owners=_course(ticket, "owner", owners),
        priorities=_course(ticket, "priority", _turns(ticket, "priority", sets)),
        handed_over=tuple(_handed_over(owners)),
        teams=tuple(_firsts(_turns(ticket, "team", sets), started_at)),
        writers=tuple(_first_words(ticket)),
        back_dated=tuple([event.at for event in events if event.is_back_dated]),
        efforts=tuple([(event.at, spent) for event in events if (spent := minutes_of(event))]),
        story=packed_story(history, config),
        values=msgspec.msgpack.encode(_values(ticket, config)),
    )


def is_internal(ticket: Ticket, config: Configuration) -> bool:
    """Whether it is a request of the house itself, by the audience of its category."""
    category = config.category(ticket.get("type"), ticket.get("category"))
    return category is not None and category.audience == INTERNAL


def _stays(history: History, config: Configuration) -> Iterator[Stay]:
    """The statuses one after the other from the start on; a move into the same status goes on with the stay."""
    finished, status, since = config.finished, _first_status(history), history.started_at
    for event in history.of_kind("moved"):
        to = event.get("to")
        if to != status:
            until = max(event.at, history.started_at)
            yield Stay(status, since, until, status in finished)
            status, since = str(to), until
    yield Stay(status, since, None, status in finished)


def _first_status(history: History) -> str:
    """Where it began; a file without events has been where it is all the time."""
    began = history.opened.get("status") if history.events else None
    return str(began or history.ticket.status)


def _settled_after(history: History, stays: Sequence[Stay], standings: Standings) -> datetime | None:
    if not history.events or not stays[-1].is_finished:
        return None
    if any(cycle.ended_at is None for cycle in standings.cycles):
        return None  # what no resolve ends: promises, sub-tasks, the limit of the status that it lies in
    began = len(stays) - 1
    while began and stays[began - 1].is_finished:
        began -= 1
    finished_at = stays[began].start
    if any(message.at >= finished_at for message in history.asks):
        return None
    return history.events[-1].at


def _uncounted_as(history: History) -> str | None:
    if not history.events:
        return None
    return history.discarded_as or ("merged" if history.merged is not None else None)


def _pauses(waited: Iterable[Wait]) -> Iterator[Open]:
    return ((each.start, each.end) for wait in waited for each in wait.stretches if each.stops_the_clock)


def _sets(ticket: Ticket) -> Mapping[str, list[Event]]:
    """The changes of the keys that figures follow over time, by key, what was taken back left out."""
    found: dict[str, list[Event]] = {field: [] for field in _FOLLOWED}
    for event in ticket.effective:
        if event.did == "set" and (field := event.data.get("field")) in found:
            found[field].append(event)
    return found


def _turns(ticket: Ticket, field: str, sets: Mapping[str, list[Event]]) -> tuple[Change, ...]:
    """The values that a key had one after the other, what was taken back left out."""
    found = sets[field]
    if not found:
        return ((None, _text(ticket.get(field))),)
    return ((None, _text(found[0].get("from"))), *[(each.at, _text(each.get("to"))) for each in found])


def _course(ticket: Ticket, field: str, turns: tuple[Change, ...]) -> tuple[Change, ...]:
    """What a key was, as it could be read at each instant: a correction acts from its own time on."""
    if len(ticket.effective) == len(ticket.events):
        return turns
    touched = [event for event in ticket.events if event.did == "corrected" or _is_of(event, field)]
    sets = (event for event in touched if _is_of(event, field))
    first = next((event.get("from") for event in sets), ticket.get(field))
    later = [(event.at, _text(values_at(ticket, event.at).get(field))) for event in touched]
    return ((None, _text(first)), *later)


def _is_of(event: Event, field: str) -> bool:
    return event.did == "set" and event.get("field") == field


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _handed_over(owners: Iterable[Change]) -> Iterator[datetime]:
    known = [each for each in owners if each[1] is not None]
    return (at for (_, before), (at, after) in pairwise(known) if before != after and at is not None)


def _firsts(values: Iterable[Change], since: datetime) -> Iterator[datetime]:
    seen: set[str | None] = {None}
    for at, value in values:
        if value not in seen:
            seen.add(value)
            yield since if at is None else at


def _first_words(ticket: Ticket) -> Iterator[datetime]:
    seen: set[str] = set()
    for event in ticket.effective:
        if event.did in _WRITTEN and event.role == "agent" and not event.auto and event.by not in seen:
            seen.add(event.by)
            yield event.at


def _values(ticket: Ticket, config: Configuration) -> dict[str, str | list[str]]:
    kinds = config.field_kinds
    values = {name: _group(it) for name, it in ticket.values.items() if kinds.get(name) in GROUPABLE}
    return {**values, "status": ticket.status}


def _group(value: Value) -> str | list[str]:
    if isinstance(value, bool):
        return "true" if value else "false"
    return [str(each) for each in value] if isinstance(value, list) else str(value)
