"""Which commit made a ticket what it is, and what was the ticket before it?

Git is asked for the literal paths at which the tickets can have lain; a version is known by its blob
and its opening, whatever git takes for likeness.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from tkt.desk import Desk
from tkt.errors import DataError
from tkt.fixing.state import version_of
from tkt.frozen import dataclass
from tkt.merging import same_record
from tkt.model import Ticket, Value
from tkt.store.codec.tickets import read_ticket
from tkt.store.gitrepo import GitRepo, Made
from tkt.store.tree import TICKETS

_AT_ONCE = 100  # tickets whose versions are read from git in one call


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A ticket as one commit left it. Of two, the earlier has the greater `place`."""

    place: int
    commit: Made
    ticket: Ticket


class _File(NamedTuple):
    """A file as the commit at `place` made it."""

    place: int
    path: str
    blob: str


_Standing = dict[str, _File]
"""By path."""


class Past:
    """What HEAD's history says of some tickets, by a key of the caller's.

    Best asked for in the order in which they are given.
    """

    def __init__(self, desk: Desk, repo: GitRepo, tickets: Mapping[str, Ticket]) -> None:
        self._desk = desk
        self._repo = repo
        self._versions = {key: version_of(ticket) for key, ticket in tickets.items()}
        self._groups = {key: number // _AT_ONCE for number, key in enumerate(tickets)}
        self._paths = {key: frozenset(_paths(desk, ticket)) for key, ticket in tickets.items()}
        self._group: int | None = None
        self._data: dict[str, bytes] = {}
        self._read: dict[tuple[str, str], Ticket | None] = {}
        self._lines: dict[str, list[_Standing]] = {}

    @cached_property
    def commits(self) -> tuple[Made, ...]:
        """Every commit that touched one of them, the latest first."""
        if self._repo.head() is None:
            return ()
        return self._repo.made(path for paths in self._paths.values() for path in paths)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {commit.sha: place for place, commit in enumerate(self.commits)}

    def last(self, key: str) -> Edition | None:
        """The ticket as HEAD has it, or as it was when it was last readable; None where it has none."""
        return next(self._readable(key, [0] if self.commits else []), None)

    def back(
        self, key: str, is_settled: Callable[[Ticket, Edition], bool], value: Callable[[Ticket], Value]
    ) -> Iterator[tuple[Edition, Edition | None]]:
        """From HEAD's edition back to the last settled one: each with the one before it.

        Where branches meet, it follows the side that is not settled and has the same value.
        """
        edition = self.last(key)
        while edition is not None and not is_settled(edition.ticket, edition):
            before = tuple(self._readable(key, self._parents(edition.commit)))
            unsettled = [it for it in before if not is_settled(it.ticket, it)]
            alike = [it for it in unsettled if value(it.ticket) == value(edition.ticket)]
            earlier = next(iter((*alike, *unsettled, *before)), None)
            yield edition, earlier
            edition = earlier

    def is_cut_off(self, edition: Edition) -> bool:
        """Whether this clone does not have what was before it: it is shallow."""
        sha = edition.commit.sha
        (known,) = self._repo.commits("-n1", sha)
        return known.parents != self._repo.raw_parents(sha)

    def _parents(self, commit: Made) -> list[int]:
        return [self._places[sha] for sha in commit.parents if sha in self._places]

    def _readable(self, key: str, places: Sequence[int]) -> Iterator[Edition]:
        """What stands at these commits; for what cannot be read, or is another ticket's, what was before it."""
        line, seen, waiting = self._line(key), set[int](), list(places)
        while waiting:
            place = waiting.pop(0)
            files = [it for it in line[place].values() if it.place not in seen]
            seen |= {it.place for it in files}
            for file in files:
                ticket = self._parsed(file)
                if ticket is None or not same_record(version_of(ticket), self._versions[key]):
                    waiting = [*self._parents(self.commits[file.place]), *waiting]
                else:
                    commit = self.commits[file.place]
                    yield Edition(place=file.place, commit=commit, ticket=ticket)

    # --- which files stand at each commit ---

    def _line(self, key: str) -> list[_Standing]:
        """For every commit, the files of the ticket that stand once it is made."""
        if key not in self._lines:
            self._fetch(self._groups[key])
            self._lines = {key: self._drawn(self._paths[key])}
        return self._lines[key]

    def _drawn(self, paths: frozenset[str]) -> list[_Standing]:
        line: list[_Standing] = [{}] * len(self.commits)
        for place in reversed(range(len(line))):
            commit = self.commits[place]
            own = {path: blob for path, blob in commit.blobs.items() if path in paths}
            standing = self._inherited(commit, [line[parent] for parent in self._parents(commit)], own)
            made = {path: _File(place, path, blob) for path, blob in own.items() if blob is not None}
            line[place] = {**standing, **made} if own else standing
        return line

    def _inherited(self, commit: Made, sides: list[_Standing], own: Collection[str]) -> _Standing:
        """What a commit took over from those before it; where these differ, what a merge took."""
        if len(sides) == 1 and not own:
            return sides[0]
        found: _Standing = {}
        for path in {path: None for side in sides for path in side if path not in own}:
            files = [side.get(path) for side in sides]
            blobs = {file.blob if file else None for file in files}
            file = next(filter(None, files)) if len(blobs) == 1 else self._taken(commit, files)
            if file is not None:
                found[path] = file
        return found

    def _taken(self, commit: Made, files: Iterable[_File | None]) -> _File | None:
        for file in filter(None, files):
            if self._repo.file_at(commit.sha, file.path) == self._data[file.blob]:
                return file
        return None

    def _fetch(self, group: int) -> None:
        """Read what git has of these tickets."""
        if group == self._group:
            return
        paths = {path for name, its in self._groups.items() if its == group for path in self._paths[name]}
        made = (it.blobs.items() for it in self.commits)
        self._data = self._repo.blobs(blob for some in made for path, blob in some if blob and path in paths)
        self._read = {}
        self._group = group

    def _parsed(self, file: _File) -> Ticket | None:
        """None where it cannot be read."""
        place = (file.path, file.blob)
        if place not in self._read:
            self._read[place] = self._parse(file)
        return self._read[place]

    def _parse(self, file: _File) -> Ticket | None:
        path, kinds = file.path, self._desk.config.field_kinds
        try:
            return read_ticket(self._data[file.blob], path=path, status=path.split("/")[1], kinds=kinds)
        except DataError:
            return None


def _paths(desk: Desk, ticket: Ticket) -> Iterator[str]:
    """Where the file of a ticket can have lain: in any status, for a closed one in the months of its events."""
    if ticket.path is not None:
        yield ticket.path
    named = {str(event.get(key)) for event in ticket.events for key in ("status", "from", "to")}
    months = {f"{event.at:%Y-%m}" for event in ticket.events}
    for status in sorted({*desk.tree.statuses, *filter(_is_name, named)}):
        yield f"{TICKETS}/{status}/{ticket.id}.yaml"
        if status in desk.tree.sharded:
            yield from (f"{TICKETS}/{status}/{month}/{ticket.id}.yaml" for month in sorted(months))


def _is_name(text: str) -> bool:
    return "/" not in text and text not in (".", "..")
