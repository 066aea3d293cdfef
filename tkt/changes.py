"""How does a change get into the desk? Files first, each valid at every instant; then one commit.

A command takes the lock, reads, lets a pure action make the new ticket, replaces the file in place,
renames it to its new status and commits its own paths. If the commit fails, index and files go back
and the text is kept (`store.undoable`). A file that somebody else changed between its reading and its
writing is read again, and the action applied to what is there now, unless both speak of one field.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from os.path import lexists
from pathlib import Path

from tkt.actions.meanwhile import clash_of, new_events
from tkt.desk import Desk, Loaded
from tkt.errors import Conflict, TktError, add_hint
from tkt.hooks import Asked, Change, Pair, ask
from tkt.i18n import Message, msg
from tkt.ids import new_ticket_id
from tkt.model import Ticket
from tkt.render import words
from tkt.render.meanwhile import clash_told
from tkt.render.text import one_line
from tkt.render.times import local
from tkt.store.codec.writing import changed_text, new_ticket_text
from tkt.store.files import FileMissing, read_file
from tkt.store.gitrepo import GitRepo, commit_message
from tkt.store.interrupts import held_back
from tkt.store.lock import desk_lock
from tkt.store.tree import ticket_id_of
from tkt.store.undoable import Undoable

Action = Callable[[Ticket], Ticket]
BULK = 50  # from so many files on, the disk is not waited for at each: the commit follows

ATTEMPTS = 3
"""So often an action is applied to what somebody else changes while it runs."""
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
    """New content for a file that is not a ticket: the configuration, a customer. `to`: it is renamed."""

    path: str
    data: bytes
    original: bytes | None = None
    to: str | None = None


@dataclass(kw_only=True)
class Changes:
    """Writes to one desk, at one instant. `commits`: whether each command makes its commit.

    `who` says who does it, where a hook wants to know; without it whom git's mail address names.
    """

    desk: Desk
    now: datetime
    commits: bool = True
    who: Callable[[], str] | None = None
    notes: list[Message] = field(default_factory=list)
    _asked: Asked = field(default_factory=Asked, init=False)

    @cached_property
    def repo(self) -> GitRepo | None:
        """The repository, where this command is to commit to one."""
        return GitRepo.of(self.desk.root) if self.commits else None

    def change(self, part: str, action: Action, *, verb: str) -> Written:
        """Apply a pure action to one ticket. Nothing is written where it refuses or changes nothing.

        Somebody else may change the file meanwhile: then it is applied to what is there now. Errors:
        Conflict, saying who did what, where that would overwrite it; those of the action.
        """
        with self._begun():
            try:
                written = self._changed(self.desk.load(part), action, verb)
            except _Overtaken as error:
                written = self._changed_again(error, action, verb)
        return self._heard(written)

    def _changed_again(self, overtaken: _Overtaken, action: Action, verb: str) -> Written:
        """The action applied to what is there now; where that fails too, it is told where the text is kept."""
        for _ in range(ATTEMPTS - 1):
            try:
                written = self._changed(self._reloaded(overtaken), action, verb)
            except _Overtaken as error:
                overtaken.work.forget()
                overtaken = error
            except TktError as error:
                if overtaken.hint is not None:
                    add_hint(error, overtaken.hint)
                raise
            else:
                overtaken.work.forget()
                return written
        add_hint(overtaken, msg("run the command again"))
        raise overtaken

    def _changed(self, loaded: Loaded, action: Action, verb: str) -> Written:
        """Errors: _Overtaken, where the file is no longer what was loaded."""
        self._asked = Asked()  # what an earlier attempt was told is void
        before = loaded.ticket
        after = self._placed(action(before))
        if after.events == before.events and after.values == before.values:
            return Written(tickets=(before,), notes=tuple(self.notes))
        self._ask(verb, [(before, after)])
        swept = self._swept([before.path or ""])
        with self._undoable() as work:
            try:
                self._write(work, after, before, loaded.data)
            except (Conflict, FileMissing) as error:
                raise _Overtaken(error, work, before, after) from error
            commit = self._commit(work, _what(before, after, verb), verb, [after.id], swept)
        return Written(tickets=(after,), paths=work.paths, commit=commit, notes=tuple(self.notes))

    def _reloaded(self, overtaken: _Overtaken) -> Loaded:
        """What is there now. Errors: Conflict, where somebody else wrote what this command would write over."""
        fresh = self.desk.load(overtaken.before.id)
        clash = clash_of(overtaken.before, overtaken.after, fresh.ticket)
        if clash is not None:
            did = clash_told(clash, self.desk.config, self.now)
            raise Conflict(
                msg("{did} while this command ran; nothing was overwritten", did=did),
                hint=msg("tkt show {ticket}", ticket=fresh.ticket.id),
            )
        self._note_others(overtaken.before, fresh.ticket)
        return fresh

    def _note_others(self, before: Ticket, fresh: Ticket) -> None:
        names = (words.author_name(self.desk.config, event.by) for event in new_events(before, fresh))
        who = tuple(map(one_line, dict.fromkeys(names))) or (msg("somebody"),)
        self.notes.append(
            msg(
                "{people} changed {ticket} while this command ran; both changes stand",
                people=who,
                ticket=fresh.id,
            )
        )

    def create(self, make: Callable[[str], Ticket], *, day: datetime, verb: str = "new") -> Written:
        """Write a new ticket; `make` gets the id that it is to have."""
        with self._begun():
            ticket = self._placed(make(self.fresh_id(day)))
            self._ask(verb, [(None, ticket)])
            with self._undoable() as work:
                self._write(work, ticket, None, b"")
                commit = self._commit(work, ticket.status, verb, [ticket.id])
        return self._heard(Written(tickets=(ticket,), paths=work.paths, commit=commit))

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
            if not placed and not edits and not any(ticket_id_of(path) for path in swept):
                return Written()
            self._ask(verb, [(before.get(ticket.id), ticket) for ticket in placed])
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
        return self._heard(Written(tickets=tuple(placed), paths=work.paths, commit=commit))

    def write_planned(
        self, edits: Sequence[FileEdit], *, pairs: Sequence[Pair], what: str, verb: str
    ) -> Written:
        """Write files, tickets too, as they were planned before; with one commit, where anything differs from HEAD.

        `pairs` are the tickets before and after. Errors: Conflict where a file is not what it was then.
        """
        tickets = tuple(after for _before, after in pairs)
        with self._begun():
            self._ask(verb, pairs)
            swept = self._swept([edit.path for edit in edits if edit.original is not None])
            with self._undoable(many=len(edits) >= BULK) as work:
                for edit in edits:
                    _write_edit(work, edit)
                is_as_committed = self._as_committed((*work.paths, *swept))
                ids = [ticket.id for ticket in tickets]
                commit = None if is_as_committed else self._commit(work, what, verb, ids, swept)
        return self._heard(Written(tickets=tickets, paths=work.paths, commit=commit))

    def fresh_id(self, day: datetime) -> str:
        """A ticket id that nobody on this desk has."""
        wall = local(day, self.desk.zone)
        return new_ticket_id(wall, _Taken(self.desk), prefix=self.desk.config.desk.prefix)

    def _as_committed(self, paths: Sequence[str]) -> bool:
        """Whether these files are again what HEAD has, so that there is nothing to commit; the index follows."""
        repo, root = self.repo, self.desk.root
        if repo is None or repo.head() is None:
            return False
        if any(repo.file_at("HEAD", path) != _there(root, path) for path in paths):
            return False
        repo.put_in_index({path: _there(root, path) for path in paths})
        return True

    def _ask(self, verb: str, pairs: Sequence[Pair]) -> None:
        """The desk's own programs may say no (docs/hooks.md). Errors: Vetoed."""
        self._asked = ask(Change(desk=self.desk, verb=verb, pairs=pairs, now=self.now, who=self.who))

    def _heard(self, written: Written) -> Written:
        """With what they said, and say now, when others may write again."""
        notes = (*self.notes, *self._asked.notes, *self._asked.after(written.commit))
        return replace(written, notes=notes)

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
        stays = ticket.path is not None and Path(ticket.path).parts[1] == ticket.status
        return ticket if stays else ticket.in_status(ticket.status, self.desk.tree.path_of(ticket))

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
        ids = {path: ticket_id for path in paths if (ticket_id := ticket_id_of(path)) is not None}
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
        named = tuple(dict.fromkeys([*ids, *filter(None, map(ticket_id_of, swept))]))
        message = commit_message(what, action=verb, tickets=named, hand_edits=bool(swept))
        with held_back():
            sha = self.repo.commit((*work.paths, *swept), message)
            work.stands()
        return sha


class _Overtaken(Conflict):
    """Somebody else changed a ticket's file between its reading and its writing; `work` was taken back."""

    def __init__(self, error: TktError, work: Undoable, before: Ticket, after: Ticket) -> None:
        super().__init__(error.message, path=error.path)
        self.work = work
        self.before = before
        self.after = after


class _Taken:
    """The ids of a desk, asked for one at a time by file name."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __contains__(self, ticket_id: object) -> bool:
        return bool(self._desk.tree.find(str(ticket_id)))


def _there(root: Path, path: str) -> bytes | None:
    return read_file(root / path, root=root) if lexists(root / path) else None


def _write_edit(work: Undoable, edit: FileEdit) -> None:
    if edit.original is None:
        work.create(edit.path, edit.data)
    else:
        work.replace(edit.path, edit.data, expected=edit.original)
    if edit.to not in (None, edit.path):
        work.move(edit.path, edit.to)


def _what(before: Ticket, after: Ticket, verb: str) -> str:
    """The subject of the commit: the move, else the fields that changed, else the verb."""
    if before.status != after.status:
        return f"{before.status} → {after.status}"
    known = {event.id for event in before.events}
    fields = [
        str(event.get("field")) for event in after.events if event.id not in known and event.did == "set"
    ]
    return f"{verb}: {', '.join(dict.fromkeys(fields))}" if fields else verb
