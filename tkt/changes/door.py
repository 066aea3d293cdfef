"""By which verbs is a desk written to: one ticket, several, or files as they were planned?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from tkt.actions.meanwhile import clash_of, new_events
from tkt.changes.bulk import Bulk, write_edit
from tkt.changes.ledger import Ledger
from tkt.changes.written import Action, FileEdit, Written, done, is_unchanged, subject
from tkt.desk import Loaded
from tkt.errors import Conflict, TktError, add_hint
from tkt.hooks import Pair
from tkt.i18n import msg
from tkt.model import Ticket
from tkt.render import words
from tkt.render.meanwhile import clash_told
from tkt.render.text import one_line
from tkt.store.codec.writing import changed_text, new_ticket_text
from tkt.store.files import FileMissing
from tkt.store.staging import MANY
from tkt.store.undoable import Undoable

ATTEMPTS = 3
"""So often an action is applied to what somebody else changes while it runs."""


class Changes(Ledger):
    """Writes to one desk, at one instant (`Ledger` has the fields)."""

    # --- one ticket ---

    def change(self, part: str, action: Action, *, verb: str) -> Written:
        """Apply a pure action to one ticket. Nothing is written where it refuses or changes nothing.

        Somebody else may change the file meanwhile: then it is applied to what is there now. Errors:
        Conflict, saying who did what, where that would overwrite it; those of the action.
        """
        with self.begun():
            try:
                written = self._changed(self.desk.load(part), action, verb)
            except _Overtaken as error:
                written = self._changed_again(error, action, verb)
        return self.heard(written)

    def create(self, make: Callable[[str], Ticket], *, day: datetime, verb: str = "new") -> Written:
        """Write a new ticket; `make` gets the id that it is to have."""
        with self.begun():
            ticket = self.placed(make(self.fresh_id(day)))
            self.ask(verb, [(None, ticket)])
            with self.undoable() as work:
                self.write_beside(work, ticket)
                work.create(ticket.path or "", new_ticket_text(ticket).encode())
                commit = self.commit(work, ticket.status, verb, [ticket.id])
        return self.heard(
            Written(tickets=(ticket,), done=(done(None, ticket),), paths=work.paths, commit=commit)
        )

    # --- several tickets ---

    def change_each(
        self, parts: Sequence[str], action: Action, *, verb: str, what: str | None = None
    ) -> Written:
        """Apply a pure action to several tickets, all or none, with one commit; one is changed as by `change`.

        A ticket that is named twice is changed once. Errors: as `change`, beginning with the id of the
        ticket that is refused.
        """
        if len(parts) == 1:
            return self.change(parts[0], action, verb=verb)
        with self.together(verb=verb, what=what) as bulk:
            for ticket_id in dict.fromkeys(bulk.id_of(part) for part in parts):
                bulk.change(ticket_id, action)
        return bulk.written

    @contextmanager
    def together(self, *, verb: str, what: str | None = None, rescues: bool = True) -> Iterator[Bulk]:
        """Tickets that are made and changed together: when the block is left, all or none, with one commit.

        `what` is the subject of the commit; without `rescues` what fails is kept nowhere, as it can be made
        again. Errors: as `change`; Conflict where somebody else changed a
        file meanwhile.
        """
        with self.begun(), Bulk(self, verb=verb, what=what, rescues=rescues) as bulk:
            yield bulk
            bulk.write()
        bulk.written = self.heard(bulk.written)

    def write_all(
        self,
        tickets: Iterable[Ticket],
        *,
        before: Mapping[str, Ticket],
        edits: Iterable[FileEdit] = (),
        also: Collection[str] = (),
        what: str | Callable[[int], str],
        verb: str,
    ) -> Written:
        """Write many tickets, new and changed, with one commit; their texts can be made again.

        `edits` are asked for when all tickets are made; `what` may tell their number. `also`: paths that
        go into the commit where they are not committed yet, as a command that was killed has left them;
        other files than tickets only beside some.
        """
        with self.begun(), Bulk(self, verb=verb, what=None, rescues=False) as bulk:
            for ticket in tickets:
                bulk.put(before.get(ticket.id), ticket)
            bulk.what = what if isinstance(what, str) else what(len(bulk))
            bulk.write(edits=tuple(edits), also=also)
        return self.heard(bulk.written)

    # --- files as they were planned ---

    def write_planned(
        self, edits: Sequence[FileEdit], *, pairs: Sequence[Pair], what: str, verb: str
    ) -> Written:
        """Write files, tickets too, as they were planned before; with one commit, where anything differs from HEAD.

        `pairs` are the tickets before and after. Errors: Conflict where a file is not what it was then.
        """
        tickets = tuple(after for _before, after in pairs)
        is_many = len(edits) >= MANY
        with self.begun():
            self.ask(verb, pairs)
            swept = self.swept([edit.path for edit in edits if edit.original is not None])
            with self.undoable(rescues=not is_many, sync=not is_many) as work:
                for edit in edits:
                    write_edit(work, edit)
                is_as_committed = self.as_committed((*work.paths, *swept))
                ids = [ticket.id for ticket in tickets]
                commit = None if is_as_committed else self.commit(work, what, verb, ids, swept)
        return self.heard(Written(tickets=tickets, paths=work.paths, commit=commit))

    # --- one ticket that somebody else changes meanwhile ---

    def _changed(self, loaded: Loaded, action: Action, verb: str) -> Written:
        """Errors: _Overtaken, where the file is no longer what was loaded."""
        self.unasked()  # what an earlier attempt was told is void
        before = loaded.ticket
        after = self.placed(action(before))
        if is_unchanged(before, after):
            return self._put_back(after, verb)
        self.ask(verb, [(before, after)])
        swept = self.swept([before.path or ""])
        with self.undoable() as work:
            self.write_beside(work, after)
            try:
                _write(work, after, before, loaded.data)
            except (Conflict, FileMissing) as error:
                raise _Overtaken(error, work, before, after) from error
            commit = self.commit(work, subject(before, after, verb), verb, [after.id], swept)
        return Written(tickets=(after,), done=(done(before, after),), paths=work.paths, commit=commit)

    def _put_back(self, ticket: Ticket, verb: str) -> Written:
        """Nothing is to be recorded of the ticket; a file that belongs to it and is gone is put back."""
        if not self.lacks_beside(ticket):
            return Written(tickets=(ticket,), unchanged=(ticket.id,))
        with self.undoable() as work:
            self.write_beside(work, ticket)
            is_as_committed = self.as_committed(work.paths)
            what = subject(ticket, ticket, verb)
            commit = None if is_as_committed else self.commit(work, what, verb, [ticket.id])
        return Written(tickets=(ticket,), paths=work.paths, commit=commit)

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


class _Overtaken(Conflict):
    """Somebody else changed a ticket's file between its reading and its writing; `work` was taken back."""

    def __init__(self, error: TktError, work: Undoable, before: Ticket, after: Ticket) -> None:
        super().__init__(error.message, path=error.path)
        self.work = work
        self.before = before
        self.after = after


def _write(work: Undoable, after: Ticket, before: Ticket, original: bytes) -> None:
    old, new = before.path or "", after.path or ""
    work.replace(old, changed_text(original, before, after), expected=original)
    if old != new:
        work.move(old, new)
