"""What differs between two states of a desk: which tickets, as they were and as they are, and which other files?

A state is a commit or what lies on the disk. Only files that differ are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from functools import cached_property

from tkt.desk import UNREADABLE, Desk
from tkt.errors import ConfigError, GitError, NotFound, Problem
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.late import late
from tkt.model import Ticket
from tkt.schema import Configuration
from tkt.store.codec.tickets import read_ticket
from tkt.store.files import read_file
from tkt.store.gitrepo import EMPTY_TREE, WORK, Change, GitRepo
from tkt.store.snapshots import Snapshot
from tkt.store.tree import ticket_id_of

_SPAN = late(r"(?P<old>.*?)(?P<dots>\.{2,3})(?P<new>.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """From one state to another. `new` None is the working tree; both are shas, `old` may be the empty tree."""

    old: str
    new: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One file of a ticket in one state."""

    path: str
    data: bytes
    ticket: Ticket | None  # None: it cannot be read


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A ticket that differs: before and after, None where it was not there; each may lie twice."""

    id: str
    befores: tuple[Version, ...] = ()
    afters: tuple[Version, ...] = ()

    @property
    def before(self) -> Ticket | None:
        """The ticket as it was; None where it was not there or cannot be read."""
        return self.befores[0].ticket if self.befores else None

    @property
    def after(self) -> Ticket | None:
        """The ticket as it is; None where it is not there or cannot be read."""
        return self.afters[0].ticket if self.afters else None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What differs: `changed` path by path, `tickets` of these in order of their ids."""

    desk: Desk
    repo: GitRepo
    range: Range
    changed: tuple[Change, ...]
    tickets: tuple[Pair, ...]
    problems: tuple[Problem, ...]
    config_problems: list[Problem] = field(default_factory=list)

    @property
    def paths(self) -> frozenset[str]:
        """Every path that differs."""
        return frozenset(it.path for it in self.changed)

    @property
    def files(self) -> tuple[Change, ...]:
        """What differs besides tickets."""
        return tuple(it for it in self.changed if ticket_id_of(it.path) is None)

    @cached_property
    def old_config(self) -> Configuration | None:
        """The configuration as it was; None where there was no desk, or it cannot be read."""
        return None if self.range.old == EMPTY_TREE else self._config(self.range.old)

    @cached_property
    def new_config(self) -> Configuration | None:
        """The configuration as it is; None where it cannot be read."""
        return self.desk.config if self.range.new is None else self._config(self.range.new)

    def data(self, change: Change) -> tuple[bytes | None, bytes | None]:
        """What the path of a change held and holds. Errors: FileError, GitError."""
        held = self.repo.blobs(filter(None, (change.old, change.new)))
        new = _on_disk(self.desk, change.path) if change.new == WORK else held.get(change.new or "")
        return held.get(change.old or ""), new

    def _config(self, rev: str) -> Configuration | None:
        try:
            return Snapshot(self.repo, rev).config
        except NotFound:
            return None
        except ConfigError as error:
            self.config_problems.extend(error.problems)
            return None


def parse_range(repo: GitRepo, text: str) -> Range:
    """`A..B`, `A...B` (from where B left A), `A` (to the working tree), nothing (since the last commit).

    Errors: GitError for what names no commit.
    """
    span = _SPAN.fullmatch(text)
    if span is None:
        if not text and repo.head() is None:
            return Range(old=EMPTY_TREE, new=None)
        return Range(old=repo.resolved(text or "HEAD"), new=None)
    old, new = (repo.resolved(span[side] or "HEAD") for side in ("old", "new"))
    if span["dots"] == "...":
        old = repo.common_commit(old, new)
    return Range(old=old, new=new)


def compare(desk: Desk, span: Range, *, repo: GitRepo | None = None) -> Comparison:
    """What differs between the two states of a span. Errors: GitError."""
    repo = repo or repository_of(desk)
    new = span.new
    changed = repo.work_changes(span.old) if new is None else repo.changes(span.old, new)
    ticket_changes = [it for it in changed if ticket_id_of(it.path) is not None]
    held = repo.blobs(blob for it in ticket_changes for blob in (it.old, it.new) if blob)
    reader = _Reader(desk, held)
    pairs = tuple(reader.pairs(ticket_changes))
    return Comparison(
        desk=desk,
        repo=repo,
        range=span,
        changed=changed,
        tickets=pairs,
        problems=(*reader.problems, *_twice(pairs)),
    )


def repository_of(desk: Desk) -> GitRepo:
    """The desk's repository. Errors: GitError where there is none."""
    repo = GitRepo.of(desk.root)
    if repo is None:
        raise no_repository()
    return repo


def no_repository() -> GitError:
    """Without git there is one state alone."""
    return GitError(msg("there is no git repository here, so nothing can be compared"))


def two_places(ticket_id: str, paths: Sequence[str]) -> Problem:
    """One id, several files."""
    return Problem(
        code="two-places",
        message=msg("{id} is in two places: {paths}", id=ticket_id, paths=tuple(paths)),
        path=paths[0],
        hint=msg("tkt repair"),
    )


@dataclass
class _Reader:
    """Reads versions of tickets; those that cannot be read are told, and hide no others."""

    desk: Desk
    held: dict[str, bytes]
    problems: list[Problem] = field(default_factory=list)

    def pairs(self, changes: Sequence[Change]) -> Iterator[Pair]:
        by_id: dict[str, list[Change]] = {}
        for change in changes:
            by_id.setdefault(ticket_id_of(change.path) or "", []).append(change)
        for ticket_id in sorted(by_id):
            some = by_id[ticket_id]
            yield Pair(
                id=ticket_id,
                befores=tuple(self.versions((it.path, it.old) for it in some)),
                afters=tuple(self.versions((it.path, it.new) for it in some)),
            )

    def versions(self, places: Iterable[tuple[str, str | None]]) -> Iterator[Version]:
        for path, blob in places:
            if blob is not None:
                found = self.version(path, blob)
                if found is not None:
                    yield found

    def version(self, path: str, blob: str) -> Version | None:
        try:
            data = _on_disk(self.desk, path) if blob == WORK else self.held[blob]
        except UNREADABLE as error:
            self.problems.extend(error.problems)
            return None
        try:
            ticket = read_ticket(
                data, path=path, status=path.split("/")[1], kinds=self.desk.config.field_kinds
            )
        except UNREADABLE as error:
            self.problems.extend(error.problems)
            return Version(path=path, data=data, ticket=None)
        return Version(path=path, data=data, ticket=ticket)


def _twice(pairs: Iterable[Pair]) -> Iterator[Problem]:
    for pair in pairs:
        if len(pair.afters) > 1:
            yield two_places(pair.id, [it.path for it in pair.afters])


def _on_disk(desk: Desk, path: str) -> bytes:
    return read_file(desk.root / path, root=desk.root)


__all__ = [
    "Comparison",
    "Pair",
    "Range",
    "Version",
    "compare",
    "no_repository",
    "parse_range",
    "repository_of",
    "two_places",
]
