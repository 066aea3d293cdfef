"""What does the audit look at: one ticket that changed, and the range as a whole?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime, timedelta
from functools import cached_property

from tkt.audits.finding import Finding, Level
from tkt.checks.moves import is_the_imports
from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.i18n import Message
from tkt.model import Event, Person, Ticket
from tkt.schema import Configuration
from tkt.sla import ServiceLevels

Identity = tuple[str, str]
"""A name and a mail address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A commit of the range. Instants are UTC."""

    sha: str  # empty where it is not committed yet
    parents: tuple[str, ...]
    writers: tuple[Identity, ...]  # the author first, then the co-authors
    committer: Identity
    authored_at: datetime
    committed_at: datetime
    signature: str = "N"  # git's letter for it (%G?)
    signer: str = ""  # whose key it is, as git names it

    @property
    def author(self) -> Identity:
        """Who says to have written it first."""
        return self.writers[0]

    @property
    def written_at(self) -> datetime:
        """When its changes were made: a rebase commits them again, and keeps the author's date."""
        return min(self.authored_at, self.committed_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How strictly is judged, and by what."""

    config: Configuration
    levels: ServiceLevels
    now: datetime
    tolerance: timedelta
    strict: bool = False
    require_signed: bool = False

    @property
    def zone(self) -> str:
        """The time zone in which times are told."""
        return self.config.desk.zone

    def person(self, name: str) -> Person | None:
        """Somebody of the desk."""
        return self.config.persons.get(name)


@dataclass(frozen=True, kw_only=True)
class TicketCase:
    """A ticket before and after. Where it lay twice before, `before` has the events of both and no more.

    `origins`: event → the commit that brought it.
    `redactions`: the same for events that were redacted. `changers`: what differs from before, as ("event", id)
    or ("key", name) → the commit that made it so.
    """

    before: Ticket | None
    after: Ticket
    manner: Manner
    base: Commit | None = None  # the state it is compared with, where it is a commit
    origins: Mapping[str, Commit] = field(default_factory=dict)
    redactions: Mapping[str, Commit] = field(default_factory=dict)
    changers: Mapping[tuple[str, str], Commit] = field(default_factory=dict)
    was_twice: bool = False

    @property
    def base_at(self) -> datetime | None:
        """When the state it is compared with was committed."""
        return self.base.committed_at if self.base else None

    def changed_in(self, kind: str, name: str) -> str | None:
        """The commit that changed an event or a key; None where it is not known, or not committed."""
        found = self.changers.get((kind, name))
        return (found.sha or None) if found else None

    @cached_property
    def new(self) -> tuple[Event, ...]:
        """The events that are not in the state before, those of an import left out."""
        known = {event.id for event in self.before.events} if self.before else set()
        fresh = [event for event in self.after.events if event.id not in known]
        return tuple(event for event in fresh if not self._is_imported(event))

    @cached_property
    def imported(self) -> tuple[Event, ...]:
        """The new events that an import wrote: they are dated and signed by their source."""
        known = {event.id for event in self.before.events} if self.before else set()
        return tuple(it for it in self.after.events if it.id not in known and self._is_imported(it))

    @cached_property
    def _has_import(self) -> bool:
        """Whether it began as an import: `opened` never changes, so nothing becomes one later."""
        source = self.after.opened.get("source") if self.after.opened else None
        return any(it.did == "imported" and it.get("source") == source for it in self.after.events)

    def _is_imported(self, event: Event) -> bool:
        return self._has_import and is_the_imports(self.after, event)


def about(
    level: Level,
    event: Event,
    told: Message,
    case: TicketCase,
    *,
    hint: Message | None = None,
    person: str | None = None,
) -> Finding:
    """A finding about a new event: by whom it says to be, and the commit that brought it."""
    origin = case.origins.get(event.id)
    return Finding(
        level=level,
        message=told,
        event=event.id,
        hint=hint,
        commit=(origin.sha or None) if origin else None,
        person=person or event.by,
    )


@dataclass(frozen=True, kw_only=True)
class RangeCase:
    """Everything between the two states that is no ticket's alone."""

    manner: Manner
    commits: tuple[Commit, ...] = ()
    base: Commit | None = None  # the older end, where it is a commit
    tickets: tuple[TicketCase, ...] = ()
    gone: tuple[tuple[str, str], ...] = ()  # (id, the path where it lay)
    renumbered: Mapping[str, str] = field(default_factory=dict)  # old id → new id
    twice: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (id, paths)
    unreadable: tuple[Problem, ...] = ()  # of the newer state
    was_unreadable: tuple[tuple[str, str], ...] = ()  # (id, path) of the older state
    unread_between: tuple[tuple[str, str], ...] = ()  # (commit, path) of versions between the two
    files: tuple[str, ...] = ()  # changed paths that are no tickets
    ours: Configuration | None = None  # the configuration of the newer state; None: the judge's own
    is_readable: bool = True  # the configuration of the newer state
    lost: int = 0  # commits of the older end that the newer one lacks
