"""What would the verdicts have been under another config/sla.yaml?

Every ticket is judged twice, by the desk's promises and by the others; what is counted is what
`report kpi` counts of the window (docs/kpi.md K3). One ticket after the other, so that memory stays flat.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import field, replace
from datetime import datetime

import msgspec

from tkt.desk import Desk
from tkt.errors import ConfigError, Problem
from tkt.frozen import dataclass
from tkt.kpis.attainment import decided_at
from tkt.kpis.facts import is_internal
from tkt.kpis.simulated import Change, Key, Side, Simulated, Tally
from tkt.kpis.window import Window
from tkt.model import Ticket, Value
from tkt.policies.faults import SLA_FILE
from tkt.policies.reading import read_instant
from tkt.schema import SlaFile
from tkt.sla import ServiceLevels, Standing, family_of, history_of, standings_of
from tkt.store.config import with_service_levels

_Mark = tuple[str, str]
_ROOM = 1000
"""So many changes more than are wanted are kept before the last of them are dropped."""
_JUDGED = frozenset({"met", "breached", "active", "paused"})


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is asked: `fields` to group by, `limit` of changes (0: all), `ids` of the tickets (None: all)."""

    window: Window
    now: datetime
    fields: tuple[str, ...] = ()
    limit: int = 0
    ids: Collection[str] | None = None
    internal: bool = False


def other_levels(desk: Desk, data: bytes, path: str, *, from_the_start: bool = False) -> ServiceLevels:
    """The promises of the file at `path`, told by that name; what it names and lacks is the desk's.

    `from_the_start`: as if the newest version of each of its policies had always held. Errors: ConfigError
    with every fault and its line.
    """
    config = with_service_levels(desk.config, data, path)
    try:
        levels = ServiceLevels.from_configuration(config)
    except ConfigError as error:
        told = (replace(it, path=path) if it.path == SLA_FILE else it for it in error.problems)
        raise ConfigError(tuple(told)) from None
    if not from_the_start:
        return levels
    always = _as_if_always(config.sla, config.desk.zone)
    return ServiceLevels.from_configuration(replace(config, sla=always))


def later_policies(levels: ServiceLevels, end: datetime) -> tuple[str, ...]:
    """The policies of which a version begins at `end` or later, so that it judges nothing of the window."""
    sla, zone = levels.config.sla, levels.config.desk.zone
    begins = ((it.name, read_instant(it.effective_from, zone)) for it in sla.policies if it.effective_from)
    return tuple(dict.fromkeys(name for name, since in begins if since is not None and since >= end))


def simulate(
    desk: Desk, other: ServiceLevels, wish: Wish, seen: Callable[[], object] = lambda: None
) -> Simulated:
    """Judge every ticket of the desk twice; `seen` is told of each file. Errors: ConfigError of the desk's own."""
    run = _Run(desk=desk, other=other, wish=wish)
    scan = desk.tree.scan()
    run.problems += scan.problems
    for found in scan.files:
        seen()
        if wish.ids is None or found.id in wish.ids:
            ticket = desk.readable(found, run.problems)
            if ticket is not None and ticket.received_at <= wish.now:
                run.judge(ticket)
    return run.simulated()


@dataclass(kw_only=True)
class _Run:
    desk: Desk
    other: ServiceLevels
    wish: Wish
    problems: list[Problem] = field(default_factory=list)
    judged: int = 0
    counts: Counter[tuple[Key, Side, bool]] = field(default_factory=Counter)  # whether it was breached
    kinds: Counter[str] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)

    def judge(self, ticket: Ticket) -> None:
        """Count one ticket, unless reports leave it out (docs/kpi.md K0)."""
        history = history_of(ticket, self.desk.levels, self.wish.now)
        if history.discarded_as is not None or history.merged is not None:
            return
        if is_internal(ticket, self.desk.config) is not self.wish.internal:
            return
        self.judged += 1
        today, other = (standings_of(history, by).cycles for by in (self.desk.levels, self.other))
        decided = {mark for cycles in (today, other) for mark in self._decided(cycles)}
        if decided:
            self._count("today", today, ticket)
            self._count("other", other, ticket)
            self._compare(ticket, today, other, decided)

    def _decided(self, cycles: Sequence[Standing]) -> Iterator[_Mark]:
        return ((it.clock, it.cycle) for it in cycles if self.wish.window.contains(decided_at(it)))

    def _count(self, side: Side, cycles: Sequence[Standing], ticket: Ticket) -> None:
        groups = tuple(self._groups(ticket))
        for it in cycles:
            if self.wish.window.contains(decided_at(it)):
                clock, is_breached = family_of(it.clock), it.breached_at is not None
                self.counts.update(((by, value, clock), side, is_breached) for by, value in groups)

    def _groups(self, ticket: Ticket) -> Iterator[tuple[str, str | None]]:
        """The groups that a ticket counts in, as it is today: all, and each of its values."""
        yield "", None
        for by in self.wish.fields:
            value = ticket.status if by == "status" else ticket.get(by)
            values = value if isinstance(value, (list, tuple)) else [value]
            yield from ((by, None if each is None else _word(each)) for each in values or [None])

    def _compare(
        self, ticket: Ticket, today: Sequence[Standing], other: Sequence[Standing], decided: Collection[_Mark]
    ) -> None:
        others = {(it.clock, it.cycle): it for it in other}
        todays = {(it.clock, it.cycle): it for it in today}
        for mark in (it for it in dict.fromkeys((*todays, *others)) if it in decided):
            before, after = todays.get(mark), others.get(mark)
            was, would_be = (it.state if it is not None else "n/a" for it in (before, after))
            if was == would_be:
                continue
            self.kinds[_kind(was, would_be)] += 1
            self.changes.append(
                Change(
                    ticket=ticket.id,
                    title=ticket.title,
                    priority=(after or before or today[0]).priority,
                    clock=mark[0],
                    cycle=mark[1],
                    today=was,
                    other=would_be,
                    due_today=before.due_at if before else None,
                    due_other=after.due_at if after else None,
                )
            )
        if self.wish.limit and len(self.changes) > self.wish.limit + _ROOM:
            self._shorten()

    def _shorten(self) -> None:
        self.changes.sort(key=lambda it: (it.ticket, it.clock, it.cycle))
        del self.changes[self.wish.limit or len(self.changes) :]

    def simulated(self) -> Simulated:
        """What came of all tickets."""
        self._shorten()
        keys = dict.fromkeys((key, side) for key, side, _ in self.counts)
        return Simulated(
            window=self.wish.window,
            now=self.wish.now,
            tickets=self.judged,
            tallies={
                (key, side): Tally(met=self.counts[key, side, False], breached=self.counts[key, side, True])
                for key, side in keys
            },
            changes=tuple(self.changes),
            better=self.kinds["better"],
            worse=self.kinds["worse"],
            others=self.kinds["others"],
            problems=tuple(self.problems),
        )


def _word(value: Value) -> str:
    """A value as a group is named by it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _kind(was: str, would_be: str) -> str:
    if not {was, would_be} <= _JUDGED:
        return "others"
    return "worse" if would_be == "breached" else "better"


def _as_if_always(sla: SlaFile, zone: str) -> SlaFile:
    """Of each policy the newest version alone, in force since ever."""

    def begins(number: int) -> tuple[bool, float, int]:
        text = sla.policies[number].effective_from
        since = read_instant(text, zone) if text else None
        return since is not None, since.timestamp() if since else 0.0, number

    newest: dict[str, int] = {}
    for number, it in enumerate(sla.policies):
        newest[it.name] = max(newest.get(it.name, number), number, key=begins)
    kept = [
        msgspec.structs.replace(it, effective_from=None)
        for number, it in enumerate(sla.policies)
        if newest[it.name] == number
    ]
    return msgspec.structs.replace(sla, policies=kept)
