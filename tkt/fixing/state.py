"""What does a fixer look at, and what does it plan?

A fixer is a pure function: what lies in the desk in, steps out. Each sees the files as the steps
before it will have left them; nothing is written until all of them are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace

from tkt.actions import Actor, ClockShift
from tkt.desk import Desk
from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.merging import Version
from tkt.model import Event, Ticket
from tkt.store.gitrepo import GitRepo, Made


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A ticket's file: as it was read, and the ticket as it is planned to be, `ticket.path` its place."""

    source: str
    data: bytes
    before: Ticket
    ticket: Ticket

    @property
    def is_changed(self) -> bool:
        """Whether anything is planned for it."""
        return self.ticket != self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that is planned. `ticket` None: an empty file is made at `source`.

    `events` are those that it adds. `commit` made the edit that they record; None for one that is
    not committed, or for what is recorded as of now.
    """

    fixer: str
    source: str
    ticket: Ticket | None = None
    events: tuple[Event, ...] = ()
    commit: Made | None = None
    is_uncommitted: bool = False


Found = Step | Problem
"""A step, or the reason why there is none."""


@dataclass(frozen=True, kw_only=True)
class State:
    """What fixers look at. Only tickets that may need one are in `files`, by where they lie.

    `twins` are ids that lie in several places, with those places. `earlier` is each file's ticket as it
    was last judged: at HEAD, or where the branch left the revision it is compared with; `since` are the
    commits made from there on. `uncommitted` are the files that are not as HEAD has them, with the
    ticket that HEAD has, if any. `left` is what no fixer can do.
    """

    desk: Desk
    actor: Actor
    repo: GitRepo | None
    files: Mapping[str, Held]
    twins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    earlier: Mapping[str, Ticket] = field(default_factory=dict)
    since: frozenset[str] = frozenset()
    uncommitted: Mapping[str, Ticket | None] = field(default_factory=dict)
    missing_keeps: tuple[str, ...] = ()
    left: tuple[Problem, ...] = ()

    @property
    def single(self) -> tuple[Held, ...]:
        """The tickets that lie in one place, or are planned to be the only ones of their id."""
        shared = {path for paths in self.twins.values() for path in paths if self._is_shared(path, paths)}
        return tuple(held for path, held in self.files.items() if path not in shared)

    def _is_shared(self, path: str, paths: Iterable[str]) -> bool:
        ids = {other: held.ticket.id for other in paths if (held := self.files.get(other)) is not None}
        return any(other != path and ids.get(other) in (None, ids.get(path)) for other in paths)

    def after(self, steps: Iterable[Step]) -> State:
        """What is there once these steps are done."""
        files = dict(self.files)
        for step in steps:
            if step.ticket is not None:
                files[step.source] = replace(files[step.source], ticket=step.ticket)
        return replace(self, files=files)


def clock_problem(error: ClockShift, held: Held) -> Problem:
    """Why nothing can be recorded on this ticket now."""
    return replace(error.problem, path=held.source, hint=msg("set this computer's clock"))


Fixer = Callable[[State], Iterable[Found]]


def version_of(ticket: Ticket) -> Version:
    """A ticket as a version of its file, to be compared with others (tkt.merging)."""
    return Version(keys={**ticket.values, "id": ticket.id}, events=ticket.events, status=ticket.status)
