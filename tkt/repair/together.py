"""What must the records of the desk be when three versions of it are put together, whatever git paired?

Read from the trees of commits alone: neither the index nor the working tree is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from shlex import quote

from tkt.checks import folding
from tkt.errors import DataError, Problem
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.merging import TwoTickets
from tkt.model import Event
from tkt.repair.apart import told_apart
from tkt.repair.records import Copy, Versions, is_ticket, touched
from tkt.schema import Configuration
from tkt.store.codec.markers import wholes
from tkt.store.codec.merging import MergedText, merged_text
from tkt.store.codec.plain import WriteError
from tkt.store.codec.tickets import read_ticket
from tkt.store.gitrepo import GitRepo
from tkt.store.tree import Tree

SAME_LINES = "same-lines"
"""The code of the problem that an article is whose text a person must put in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a record must be: the file `path` with `data`, or with the content of `blob`; no file where both are None.

    `stuck` says why it could not be put together; its files are then left as they lie.
    """

    versions: Versions
    path: str | None = None
    blob: str | None = None
    data: bytes | None = None
    kept: tuple[Copy, ...] = ()  # of a record that lies twice on the one side that changed it
    beside: Mapping[str, bytes] = field(default_factory=dict)  # the younger of two tickets, under its new id
    clashes: tuple[str, ...] = ()
    is_merged: bool = False  # both sides changed it
    was_deleted: bool = False  # by one side, while the other changed it
    stuck: tuple[Problem, ...] = ()

    @property
    def files(self) -> dict[str, bytes | str]:
        """Path → content or blob of every file that must be there."""
        found: dict[str, bytes | str] = {copy.path: copy.blob for copy in self.kept}
        held = self.data if self.data is not None else self.blob
        if self.path is not None and held is not None:
            found[self.path] = held
        return {**found, **self.beside}


@dataclass(kw_only=True)
class Weaver:
    """Puts records together for one desk. `config` says which statuses and fields there are."""

    repo: GitRepo
    config: Configuration
    tree: Tree
    held: dict[str, bytes] = field(default_factory=dict)  # blob → content
    _ids: dict[bytes, frozenset[str]] = field(default_factory=dict)

    def of_commits(self, base: str, ours: str, theirs: str) -> dict[str, Outcome]:
        """Key → outcome of every record that either side has changed since `base`. Errors: GitError."""
        return self.of_versions(touched(self.repo.changes(base, ours), self.repo.changes(base, theirs)))

    def of_versions(self, versions: Mapping[str, Versions]) -> dict[str, Outcome]:
        """The same for records whose files are known already."""
        both = [it for it in versions.values() if _is_disputed(it)]
        self._hold(copy.blob for it in both for copy in it.copies)
        return {key: self.outcome(it) for key, it in versions.items()}

    def outcome(self, it: Versions) -> Outcome:
        """What one record must be."""
        if it.ours == it.theirs or it.theirs == it.base:
            return _as_it_is(it, it.ours)
        if it.ours == it.base:
            return _as_it_is(it, it.theirs)
        if not it.ours or not it.theirs:
            kept = _as_it_is(it, it.ours or it.theirs)
            return Outcome(versions=it, path=kept.path, blob=kept.blob, kept=kept.kept, was_deleted=True)
        try:
            return self._merged(it)
        except TwoTickets as error:
            return self._apart(it) or Outcome(versions=it, stuck=error.problems)
        except (DataError, WriteError) as error:
            return Outcome(versions=it, stuck=error.problems)

    def _apart(self, it: Versions) -> Outcome | None:
        """Two tickets that were opened under one id; None where a person must tell them apart."""
        try:
            two = told_apart(it, self.held, self.config) if is_ticket(it.key) else None
        except (DataError, WriteError):
            return None
        if two is None:
            return None
        elder = two.elder
        return Outcome(versions=it, path=elder.path, blob=elder.blob, beside={two.path: two.data})

    def _merged(self, it: Versions) -> Outcome:
        ours, theirs = self._one_of(it.ours), self._one_of(it.theirs)
        base = self._base(it.base, ours)
        is_placed = all(len(wholes(self.held[copy.blob])) == 1 for copy in it.copies)
        merged = self.put_together(base, ours, theirs, is_placed=is_placed)
        if merged.conflicted:
            return Outcome(versions=it, stuck=(_same_lines(it.key),))
        path = self._path(it, merged)
        return Outcome(versions=it, path=path, data=merged.data, clashes=merged.clashes, is_merged=True)

    def _base(self, copies: Sequence[Copy], ours: tuple[str, bytes]) -> tuple[str, bytes] | None:
        """What both sides come from; where two tickets had the id then, the one that still has it."""
        try:
            return self._one_of(copies) if copies else None
        except TwoTickets:
            same = [copy for copy in copies if self._is_same(copy, ours)]
            return self._one_of(same) if same else None

    def _is_same(self, copy: Copy, ours: tuple[str, bytes]) -> bool:
        try:
            self.put_together(None, self._one_of([copy]), ours)
        except TwoTickets:
            return False
        return True

    def put_together(
        self,
        base: tuple[str, bytes] | None,
        ours: tuple[str, bytes],
        theirs: tuple[str, bytes],
        *,
        is_placed: bool = True,
    ) -> MergedText:
        """Three versions of one file, each with its path, as one.

        `is_placed`: whether the directory of each says its status; where git has left conflicts it
        does not. Errors: TwoTickets, DataError, WriteError.
        """
        placed = (base and status_in(base[0]), status_in(ours[0]), status_in(theirs[0]))
        return merged_text(
            base[1] if base else None,
            ours[1],
            theirs[1],
            path=min(ours[0], theirs[0]),
            kinds=self.config.field_kinds,
            finished=self.config.finished,
            statuses=placed if is_placed else (None, None, None),
        )

    def _one_of(self, copies: Sequence[Copy]) -> tuple[str, bytes]:
        """A record that lies in several places of one version, or in conflict, put together."""
        (path, data), *others = [
            (copy.path, whole) for copy in copies for whole in wholes(self.held[copy.blob])
        ]
        for place, other in others:
            merged = self.put_together(None, (path, data), (place, other), is_placed=path != place)
            path, data = place if merged.status == status_in(place) else path, merged.data
        return path, data

    def _path(self, it: Versions, merged: MergedText) -> str:
        """Where the record belongs: where it lies already, if that is its status, else its status's directory."""
        if not is_ticket(it.key):
            return it.key
        there = {copy.path for copy in (*it.ours, *it.theirs) if status_in(copy.path) == merged.status}
        if len(there) == 1:
            return there.pop()
        if merged.status not in self.tree.statuses:  # of a configuration that is merged by hand later
            return max(copy.path for copy in (*it.ours, *it.theirs))
        return self.home(it.key, merged.data, merged.status or "")

    def home(self, ticket_id: str, data: bytes, status: str) -> str:
        """The path that belongs to a ticket in its last status. Errors: UsageError for an unknown status."""
        ticket = read_ticket(data, path=f"{ticket_id}.yaml", status=status, kinds=self.config.field_kinds)
        changes = ticket.status_changes
        return self.tree.path_for(ticket_id, status, changes[-1][0] if changes else ticket.received_at)

    def content(self, held: bytes | str | None) -> bytes | None:
        """The content of a blob that is named, or the content itself. Errors: GitError."""
        if not isinstance(held, str):
            return held
        self._hold([held])
        return self.held[held]

    def held_of(self, outcome: Outcome) -> set[bytes]:
        """What the files of a record hold in all of its versions. Errors: GitError."""
        self._hold(copy.blob for copy in outcome.versions.copies)
        return {self.held[copy.blob] for copy in outcome.versions.copies}

    def events_of(self, outcome: Outcome) -> frozenset[str]:
        """The events that a ticket has in any version; none of a record that is no ticket."""
        if not is_ticket(outcome.versions.key):
            return frozenset()
        self._hold(copy.blob for copy in outcome.versions.copies)
        return frozenset(
            event
            for copy in outcome.versions.copies
            for event in self.event_ids(copy.path, self.held[copy.blob])
        )

    def event_ids(self, path: str, data: bytes) -> frozenset[str]:
        """The ids of the events in a ticket's file; none where it cannot be read."""
        known = self._ids.get(data)
        if known is None:
            known = self._ids[data] = frozenset(it.id for it in self._ticket_events(path, data))
        return known

    def is_misread(self, path: str, data: bytes) -> bool:
        """Whether a ticket's directory or keys contradict its events; False for what is no ticket."""
        status = status_in(path)
        if status is None:
            return False
        try:
            ticket = read_ticket(data, path=path, status=status, kinds=self.config.field_kinds)
        except DataError:
            return False
        return any((*folding.status(ticket, self.config), *folding.keys(ticket, self.config)))

    def _ticket_events(self, path: str, data: bytes) -> tuple[Event, ...]:
        try:
            return read_ticket(data, path=path, status="", kinds=self.config.field_kinds).events
        except DataError:
            return ()

    def _hold(self, blobs: Iterable[str]) -> None:
        self.held |= self.repo.blobs(blob for blob in blobs if blob not in self.held)


def _is_disputed(it: Versions) -> bool:
    return it.ours != it.theirs and it.base not in (it.ours, it.theirs)


def _as_it_is(it: Versions, side: tuple[Copy, ...]) -> Outcome:
    if len(side) == 1:
        return Outcome(versions=it, path=side[0].path, blob=side[0].blob)
    return Outcome(versions=it, kept=side)


def _same_lines(path: str) -> Problem:
    return Problem(
        code=SAME_LINES,
        message=msg("both sides changed the same lines of its text: a person must decide"),
        path=path,
        hint=msg("put the text in order between the markers, then: git add -- {path}", path=quote(path)),
    )


def status_in(path: str) -> str | None:
    """The status that the directory of a ticket says."""
    parts = path.split("/")
    return parts[1] if parts[0] == "tickets" and len(parts) > 2 else None


__all__ = ["SAME_LINES", "Outcome", "Weaver", "status_in"]
