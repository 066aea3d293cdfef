"""How does a change get into the desk? Files first, each valid at every instant; then one commit.

A command takes the lock, reads, lets a pure action make the new ticket, replaces the file in place,
renames it to its new status and commits its own paths. If the commit fails, index and files go back
and the text is kept (`store.undoable`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from os.path import lexists
from pathlib import Path, PurePosixPath

from tkt.desk import Desk
from tkt.i18n import Message, msg
from tkt.ids import is_ticket_id, new_ticket_id
from tkt.model import Ticket, status_changes
from tkt.render.times import local
from tkt.store.codec.writing import changed_text, new_ticket_text
from tkt.store.files import read_file
from tkt.store.gitrepo import GitRepo, commit_message
from tkt.store.interrupts import held_back
from tkt.store.lock import desk_lock
from tkt.store.tree import TICKETS
from tkt.store.undoable import Undoable

Action = Callable[[Ticket], Ticket]
BULK = 50  # from so many files on, the disk is not waited for at each: the commit follows

TOLD = 5  # more files with edits by hand are only counted


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a command did: the tickets as they are now, the paths it touched, its commit."""

    tickets: tuple[Ticket, ...] = ()
    paths: tuple[str, ...] = ()
    commit: str | None = None
    notes: tuple[Message, ...] = ()

    @property
    def ticket(self) -> Ticket:
        """The one ticket of a command that is about one."""
        return self.tickets[0]


@dataclass(frozen=True, kw_only=True)
class FileEdit:
    """New content for a file that is not a ticket: the configuration, a customer."""

    path: str
    data: bytes
    original: bytes | None = None


@dataclass(kw_only=True)
class Changes:
    """Writes to one desk, at one instant. `commits`: whether each command makes its commit."""

    desk: Desk
    now: datetime
    commits: bool = True
    notes: list[Message] = field(default_factory=list)

    @cached_property
    def repo(self) -> GitRepo | None:
        """The repository, where this command is to commit to one."""
        return GitRepo.of(self.desk.root) if self.commits else None

    def change(self, part: str, action: Action, *, verb: str) -> Written:
        """Apply a pure action to one ticket. Nothing is written where it refuses or changes nothing."""
        with self._begun():
            loaded = self.desk.load(part)
            before = loaded.ticket
            after = self._placed(action(before))
            if after.events == before.events and after.values == before.values:
                return Written(tickets=(before,))
            swept = self._swept([before.path or ""])
            with self._undoable() as work:
                self._write(work, after, before, loaded.data)
                commit = self._commit(work, _what(before, after, verb), verb, [after.id], swept)
            return Written(tickets=(after,), paths=work.paths, commit=commit, notes=tuple(self.notes))

    def create(self, make: Callable[[str], Ticket], *, day: datetime, verb: str = "new") -> Written:
        """Write a new ticket; `make` gets the id that it is to have."""
        with self._begun():
            ticket = self._placed(make(self.fresh_id(day)))
            with self._undoable() as work:
                self._write(work, ticket, None, b"")
                commit = self._commit(work, ticket.status, verb, [ticket.id])
            return Written(tickets=(ticket,), paths=work.paths, commit=commit, notes=tuple(self.notes))

    def write_all(
        self,
        tickets: Iterable[Ticket],
        *,
        before: Mapping[str, Ticket],
        edits: Sequence[FileEdit] = (),
        also: Collection[str] = (),
        what: str,
        verb: str,
    ) -> Written:
        """Write many tickets, new and changed, with one commit.

        `also`: paths that go into the commit where they are not committed yet, as a command that was
        killed has left them; other files than tickets only beside some.
        """
        with self._begun():
            placed = [self._placed(ticket) for ticket in tickets]
            known = [old.path for old in before.values() if old.path is not None]
            changing = [edit.path for edit in edits if edit.original is not None]
            swept = self._swept([*known, *changing, *also])
            if not placed and not edits and not any(_ticket_id(path) for path in swept):
                return Written()
            with self._undoable(many=len(placed) >= BULK) as work:
                for edit in edits:
                    _write_edit(work, edit)
                for ticket in placed:
                    old = before.get(ticket.id)
                    original = (
                        read_file(self.desk.root / (old.path or ""), root=self.desk.root) if old else b""
                    )
                    self._write(work, ticket, old, original)
                commit = self._commit(work, what, verb, [ticket.id for ticket in placed], swept)
            return Written(tickets=tuple(placed), paths=work.paths, commit=commit, notes=tuple(self.notes))

    def fresh_id(self, day: datetime) -> str:
        """A ticket id that nobody on this desk has."""
        wall = local(day, self.desk.zone)
        return new_ticket_id(wall, _Taken(self.desk), prefix=self.desk.config.desk.prefix)

    @contextmanager
    def _begun(self) -> Iterator[None]:
        """The lock; and a refusal now, rather than after the work, where git would refuse the commit."""
        with desk_lock(self.desk.root):
            if self.repo is not None:
                self.repo.refuse_unless_ready()
            yield

    def _undoable(self, *, many: bool = False) -> Undoable:
        rescue = None
        if not many:
            rescue = self.repo.rescue_folder if self.repo else self.desk.root / ".tkt" / "rescue"
        return Undoable(self.desk.root, rescue=rescue, now=self.now, sync=not many)

    def _placed(self, ticket: Ticket) -> Ticket:
        """The ticket with the path that its status gives it; where it stays, with the one it has."""
        changes = status_changes(ticket)
        entered = changes[-1][0] if changes else ticket.received_at
        path = self.desk.tree.path_for(ticket.id, ticket.status, entered)
        stays = ticket.path is not None and Path(ticket.path).parts[1] == ticket.status
        return ticket if stays else ticket.in_status(ticket.status, path)

    def _write(self, work: Undoable, after: Ticket, before: Ticket | None, original: bytes) -> None:
        path = after.path or ""
        if before is None or before.path is None:
            work.create(path, new_ticket_text(after).encode())
            return
        work.replace(before.path, changed_text(original, before, after), expected=original)
        if before.path != path:
            work.move(before.path, path)

    def _swept(self, paths: Sequence[str]) -> tuple[str, ...]:
        """What the commit must hold beside this command's own change, and says so where it is edited.

        Of these paths what is not committed; and where their tickets lay before a move that nobody
        committed, since HEAD would keep a copy there.
        """
        if self.repo is None or self.repo.head() is None:
            return ()
        ids = {path: ticket_id for path in paths if (ticket_id := _ticket_id(path)) is not None}
        others = [path for path in paths if path not in ids]
        asked = frozenset(paths)
        dirty = (*self.repo.dirty_copies(ids.values()), *(self.repo.dirty(others) if others else ()))
        there = {path for path in dirty if lexists(self.desk.root / path)}
        self._note_hand_edits([path for path in dirty if path in there & asked])
        return tuple(path for path in dirty if path in asked or path not in there)

    def _note_hand_edits(self, paths: Sequence[str]) -> None:
        if len(paths) > TOLD:
            self.notes.append(
                msg(
                    "{count} files had changes that were not committed; they are in this commit too",
                    count=len(paths),
                )
            )
            return
        for path in paths:
            self.notes.append(
                msg("{path} had changes that were not committed; they are in this commit too", path=path)
            )

    def _commit(
        self, work: Undoable, what: str, verb: str, ids: Sequence[str], swept: Sequence[str] = ()
    ) -> str | None:
        if self.repo is None:
            return None
        named = tuple(dict.fromkeys([*ids, *filter(None, map(_ticket_id, swept))]))
        message = commit_message(what, action=verb, tickets=named, hand_edits=bool(swept))
        with held_back():
            sha = self.repo.commit((*work.paths, *swept), message)
            work.stands()
        return sha


class _Taken:
    """The ids of a desk, asked for one at a time by file name."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __contains__(self, ticket_id: object) -> bool:
        return bool(self._desk.tree.find(str(ticket_id)))


def _ticket_id(path: str) -> str | None:
    """The id that a path below tickets/ is named for."""
    stem = PurePosixPath(path).stem
    return stem if path.startswith(f"{TICKETS}/") and is_ticket_id(stem) else None


def _write_edit(work: Undoable, edit: FileEdit) -> None:
    if edit.original is None:
        work.create(edit.path, edit.data)
    else:
        work.replace(edit.path, edit.data, expected=edit.original)


def _what(before: Ticket, after: Ticket, verb: str) -> str:
    """The subject of the commit: the move, else the fields that changed, else the verb."""
    if before.status != after.status:
        return f"{before.status} → {after.status}"
    known = {event.id for event in before.events}
    fields = [
        str(event.get("field")) for event in after.events if event.id not in known and event.did == "set"
    ]
    return f"{verb}: {', '.join(dict.fromkeys(fields))}" if fields else verb
