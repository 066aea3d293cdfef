"""What does a ticket look like from outside: every field that a query or a list can ask for?

Values are computed when they are asked for, of the ticket's summary, the configuration and `now`; the
ticket itself is fetched only for what a summary cannot know: the words said, and the past.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tkt.columns import service
from tkt.columns.summary import Line, Summary, brief_in, due_in, seconds_or_never
from tkt.fields import stored_lookup
from tkt.frozen import dataclass
from tkt.keyed import Keyed
from tkt.model import Ticket, Value
from tkt.schema import Configuration

if TYPE_CHECKING:
    from tkt.clocks.standing import Standings
    from tkt.sla import ServiceLevels, Verdict
    from tkt.timerules.wake import Wake
    from tkt.worktime import Calendar

__all__ = ["Columns", "Source", "columns_of"]

_CLOCK = "sla."


@dataclass(frozen=True, kw_only=True)
class Source:
    """What the rows of one list share: the desk's rules, `now`, and ways to what no summary holds."""

    config: Configuration
    levels: Callable[[], ServiceLevels]
    calendars: Callable[[], Mapping[str, Calendar]]  # of those levels
    now: datetime
    summary: Callable[[Columns], Summary]
    line: Callable[[Columns], Line]
    ticket: Callable[[Columns], Ticket]  # with all its events
    text: Callable[[Columns], str]  # what words are searched in
    judged_at: Callable[[Columns], datetime]  # the instant by which the row's clocks are judged

    @cached_property
    def now_s(self) -> float:
        """`now` in seconds since 1970."""
        return self.now.timestamp()


class Columns(Keyed):
    """One ticket with everything that is computed of it."""

    __slots__ = ("_brief", "_held", "_standings", "id", "path", "source", "status")

    def __init__(
        self, ticket: str, status: str, path: str | None, held: Line | bytes, source: Source
    ) -> None:
        """`ticket`: its id. `path`: its file, relative to the desk. `held`: its summary, its line, or its brief."""
        self.id = ticket
        self.status = status
        self.path = path
        self.source = source
        self._held = held
        self._brief = held if isinstance(held, bytes) else None
        self._standings: Standings | None = None

    @property
    def summary(self) -> Summary:
        """What follows from the ticket and the configuration alone. Errors: those of reading it, where it is lost."""
        held = self._held
        if not isinstance(held, Summary):
            held = self._held = self.source.summary(self)
        return held

    @property
    def line(self) -> Line:
        """As much of its summary as a list shows, or all of it. Errors: as `summary`."""
        held = self._held
        if isinstance(held, bytes):
            held = self._held = self.source.line(self)
        return held

    @property
    def values(self) -> Mapping[str, Value]:
        """Its stored keys, the id among them."""
        return self.summary.values

    @property
    def config(self) -> Configuration:
        """The desk's rules."""
        return self.source.config

    @property
    def now(self) -> datetime:
        """The time by which ages are told."""
        return self.source.now

    def get(self, key: str, default: Value = None) -> Value:
        """A stored key; None is the same as absent."""
        found = self.summary.values.get(key)
        return default if found is None else found

    @property
    def at(self) -> datetime:
        """The instant by which its clocks are judged."""
        return self.source.judged_at(self)

    @property
    def standings(self) -> Standings:
        """How its clocks stand, for `at` and later; of the past the ticket itself must tell."""
        if self._standings is None:
            self._standings = self._standings_then() if self._is_past else self.summary.standings
        return self._standings

    def _standings_then(self) -> Standings:
        from tkt.sla import standings

        return standings(self.ticket, self.source.levels(), self.at)

    @property
    def _is_past(self) -> bool:
        """Whether `at` lies before the instant from which on its summary tells how its clocks stand."""
        return self.at < self.line.valid_from

    @property
    def _next(self) -> service.Next | None:
        return service.next_clock(self.standings) if self._is_past else self.line.next

    @property
    def due_s(self) -> float:
        """The same in seconds since 1970, infinity for never: what a list is put in order by."""
        held = self._held
        if isinstance(held, bytes):
            since, due = due_in(held)
            if since <= self.source.now_s:
                return due
        return seconds_or_never(self.due_at)

    @property
    def wake(self) -> Wake:
        """When the time asks for something, if nothing more happens."""
        found = None if self._brief is None else brief_in(self._brief).wake
        if found is not None:
            return found
        from tkt.timerules.waking import wake_of

        return wake_of(self.ticket, self.config, self.source.levels())

    @property
    def owed(self) -> int:
        """How many notices wait to be delivered."""
        if self._brief is not None:
            return brief_in(self._brief).owed
        from tkt.notices import owes

        return owes(self.ticket)

    @property
    def due_at(self) -> datetime | None:
        """When the next of its clocks is due, late ones included."""
        found = self._next
        return None if found is None else found.due_at

    @property
    def remaining(self) -> int | None:
        """The open seconds left of that clock, negative once it is late."""
        return self.due_and_remaining[1]

    @property
    def due_and_remaining(self) -> tuple[datetime | None, int | None]:
        """Both, for the price of one."""
        at, line = self.at, self.line
        is_past = at < line.valid_from
        found = service.next_clock(self.standings) if is_past else line.next
        if found is None:
            return None, None
        since = at if is_past else line.valid_from
        return found.due_at, service.remaining(found, since, at, self.source.calendars())

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What its clocks say."""
        from tkt.sla import verdicts_at

        return verdicts_at(self.standings, self.id, self.source.levels(), self.at)

    @property
    def ticket(self) -> Ticket:
        """The ticket with its events, fetched where only its summary was at hand. Errors: as reading has."""
        return self.source.ticket(self)

    def lookup(self, name: str) -> object:
        """The value of a field by its own name (docs/fields.md); None where there is none."""
        if name == "status":
            return self.status
        if name == "id":
            return self.id
        compute = COMPUTED.get(name)
        if compute is not None:
            return compute(self)
        if name.startswith(_CLOCK):
            return service.worst_state(self.standings, self.at, name.removeprefix(_CLOCK))
        return stored_lookup(self.summary.values, self.status, self.source.config)(name)

    def row(self) -> dict[str, Any]:
        """The ticket as `tkt list --json` prints it; keys in docs/fields.md."""
        from tkt.columns.rows import row_of

        return row_of(self)


def columns_of(ticket: Ticket, config: Configuration, levels: ServiceLevels, now: datetime) -> Columns:
    """The columns of a ticket that is at hand."""
    from tkt.columns.summing import summary_of, text_of

    summary = summary_of(ticket, config, levels)
    source = Source(
        config=config,
        levels=lambda: levels,
        calendars=lambda: levels.calendars,
        now=now,
        summary=lambda _: summary,
        line=lambda _: summary,
        ticket=lambda _: ticket,
        text=lambda _: text_of(ticket),
        judged_at=lambda _: now,
    )
    return Columns(ticket.id, ticket.status, ticket.path, summary, source)


def _seconds_between(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds())


COMPUTED: Mapping[str, Callable[[Columns], object]] = MappingProxyType(
    {
        "acknowledged": lambda row: service.is_acknowledged(row.standings, row.at),
        "age": lambda row: _seconds_between(row.summary.received_at, row.now),
        "breached": lambda row: service.breached_clocks(row.standings, row.at),
        "closed": lambda row: row.summary.closed_at,
        "created_by": lambda row: row.summary.created_by,
        "csat": lambda row: row.summary.csat,
        "due": lambda row: row.due_at,
        "external_id": lambda row: row.summary.external_id,
        "last_by": lambda row: row.summary.last_by,
        "messages": lambda row: row.summary.messages,
        "missing": lambda row: row.summary.missing,
        "needs": lambda row: row.summary.needs,
        "policy": lambda row: service.policy_name(row.standings),
        "reassignments": lambda row: row.summary.reassignments,
        "remaining": lambda row: row.remaining,
        "reopens": lambda row: row.summary.reopens,
        "replies": lambda row: row.summary.replies,
        "resolved": lambda row: row.summary.resolved_at,
        "sla": lambda row: service.worst_state(row.standings, row.at),
        "text": lambda row: row.source.text(row),
        "told": lambda row: row.summary.told,
        "untouched": lambda row: _seconds_between(row.summary.touched_at, row.now),
        "updated": lambda row: row.summary.updated_at,
    }
)
"""Field → how it is computed; docs/fields.md has the words, `tkt.fields.table` the rest."""
