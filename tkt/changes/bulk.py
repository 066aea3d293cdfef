"""How do thousands of tickets change together, all or none, in bounded memory?

Every new text is made, read back and put aside (`store.staging`) before the first file is touched. Then
all of them are brought to the disk at once, take their places, and one commit follows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import overload

from tkt.changes.ledger import Ledger
from tkt.changes.written import Action, Done, FileEdit, Written, done, is_unchanged, subject
from tkt.errors import Problem, TktError
from tkt.frozen import dataclass
from tkt.hooks import Pair
from tkt.i18n import msg
from tkt.model import Ticket
from tkt.store.codec.tickets import read_ticket
from tkt.store.codec.writing import changed_text, new_ticket_text
from tkt.store.files import read_file
from tkt.store.staging import MANY, Staged, Staging, digest_of
from tkt.store.tree import ticket_id_of
from tkt.store.undoable import Undoable


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A ticket as it is to be. `source` and `expected`: the file as it was read; None for a new one."""

    done: Done
    what: str  # that this alone would be told as
    text: Staged
    source: str | None = None
    expected: bytes | None = None


class Bulk:
    """Tickets that are made and changed together; `Changes.together` opens one and writes it."""

    def __init__(self, ledger: Ledger, *, verb: str, what: str | None, rescues: bool = True) -> None:
        """Without `rescues` the texts can be made again. Of `MANY` none is kept: whoever gives them keeps them."""
        self.what = what
        self.written = Written()
        self._ledger = ledger
        self._desk = ledger.desk
        self._verb = verb
        self._rescues = rescues
        self._staging = Staging(ledger.desk.root)
        self._drafts: dict[str, _Draft] = {}
        self._unchanged: dict[str, None] = {}

    def __enter__(self) -> Bulk:
        self._staging.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._staging.__exit__(kind, error, trace)

    def __len__(self) -> int:
        """How many tickets are to be written."""
        return len(self._drafts)

    # --- what is to be ---

    def create(self, make: Callable[[str], Ticket], *, day: datetime) -> Ticket:
        """A new ticket; `make` gets the id that it is to have. Errors: those of `make`."""
        ticket_id = self._ledger.fresh_id(day)
        while ticket_id in self._drafts:
            ticket_id = self._ledger.fresh_id(day)
        return self.put(None, make(ticket_id))

    def change(self, part: str, action: Action) -> Ticket:
        """What a pure action makes of a ticket, of one too that was made or changed before in this bulk.

        Errors: NotFound, Ambiguous; those of the action, beginning with the ticket's id.
        """
        ticket_id = self.id_of(part)
        with _named(ticket_id):
            before, data = self._loaded(ticket_id)
            after = action(before)
            if is_unchanged(before, after):
                self._unchanged[ticket_id] = None
                return before
            return self._put(before, after, data)

    def ticket(self, part: str) -> Ticket:
        """A ticket as it is to be. Errors: NotFound, Ambiguous, DataError."""
        return self._loaded(self.id_of(part))[0]

    def id_of(self, part: str) -> str:
        """The id that has this part, of a ticket of the desk or one that was made before in this bulk."""
        return part if part in self._drafts else self._desk.find(part).id

    def put(self, before: Ticket | None, after: Ticket) -> Ticket:
        """The same for a ticket that the caller has made already; `before` as the desk has it."""
        if before is None:
            data = None
        else:
            data = read_file(self._desk.root / (before.path or ""), root=self._desk.root)
        return self._put(before, after, data)

    def _put(self, before: Ticket | None, after: Ticket, data: bytes | None) -> Ticket:
        placed = self._ledger.placed(after)
        if before is None or data is None:
            text = new_ticket_text(placed).encode()
            what = placed.status
        else:
            text = changed_text(data, before, placed)
            what = subject(before, placed, self._verb)
        earlier = self._drafts.get(placed.id)
        staged = self._staging.put(text)
        draft = _Draft(done=done(before, placed), what=what, text=staged)
        if earlier is not None:
            self._staging.drop(earlier.text)
            draft = replace(
                earlier, done=replace(draft.done, was=earlier.done.was), what=self._verb, text=staged
            )
        elif before is not None and data is not None:
            draft = replace(draft, source=before.path, expected=digest_of(data))
        self._drafts[placed.id] = draft
        return placed

    def _loaded(self, ticket_id: str) -> tuple[Ticket, bytes]:
        draft = self._drafts.get(ticket_id)
        if draft is None:
            loaded = self._desk.load(ticket_id)
            return loaded.ticket, loaded.data
        data = draft.text.text()
        return self._read(data, draft.done.path, draft.done.status), data

    def _read(self, data: bytes, path: str, status: str) -> Ticket:
        return read_ticket(data, path=path, status=status, kinds=self._desk.config.field_kinds)

    # --- how it comes to be ---

    def write(self, *, edits: Sequence[FileEdit] = (), also: Collection[str] = ()) -> None:
        """Write all of it, and make one commit; nothing where that fails. `written` tells it (`write_all`)."""
        drafts = tuple(self._drafts.values())
        unchanged = tuple(ticket_id for ticket_id in self._unchanged if ticket_id not in self._drafts)
        self.written = Written(unchanged=unchanged)
        changing = [edit.path for edit in edits if edit.original is not None]
        known = [draft.source for draft in drafts if draft.source is not None]
        swept = self._ledger.swept([*known, *changing, *also])
        if not drafts and not edits and not any(ticket_id_of(path) for path in swept):
            return
        self._ledger.ask(self._verb, _Pairs(self, drafts))
        self._staging.settle([draft.text for draft in drafts if self._rescues or draft.source is not None])
        is_many = len(drafts) >= MANY
        with self._ledger.undoable(rescues=self._rescues and not is_many, sync=not is_many) as work:
            for edit in edits:
                write_edit(work, edit)
            for draft in drafts:
                if self._ledger.beside is not None:
                    self._ledger.write_beside(work, self.ticket(draft.done.id))
                self._place(work, draft)
            ids = [draft.done.id for draft in drafts]
            commit = self._ledger.commit(work, self._subject(drafts), self._verb, ids, swept)
        self.written = Written(
            done=tuple(draft.done for draft in drafts), unchanged=unchanged, paths=work.paths, commit=commit
        )

    def _place(self, work: Undoable, draft: _Draft) -> None:
        if draft.source is None or draft.expected is None:
            work.place(draft.done.path, draft.text)
            return
        work.place_over(draft.source, draft.text, expected=draft.expected, keep=self._staging.place())
        if draft.source != draft.done.path:
            work.move(draft.source, draft.done.path)

    def _subject(self, drafts: Sequence[_Draft]) -> str:
        if self.what is None and len(drafts) == 1:
            return drafts[0].what
        return self.what or f"{self._verb}: {len(drafts)} tickets"

    def pair_of(self, draft: _Draft) -> Pair:
        """The ticket as it was and as it is to be."""
        before = None
        if draft.source is not None:
            data = read_file(self._desk.root / draft.source, root=self._desk.root)
            before = self._read(data, draft.source, str(draft.done.was))
        return before, self._read(draft.text.text(), draft.done.path, draft.done.status)


class _Pairs(Sequence[Pair]):
    """Every ticket before and after, read anew when somebody asks: mostly nobody does."""

    def __init__(self, bulk: Bulk, drafts: Sequence[_Draft]) -> None:
        self._bulk = bulk
        self._drafts = drafts

    def __len__(self) -> int:
        return len(self._drafts)

    @overload
    def __getitem__(self, place: int) -> Pair: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Pair]: ...

    def __getitem__(self, place: int | slice) -> Pair | Sequence[Pair]:
        found = self._drafts[place]
        return self._bulk.pair_of(found) if isinstance(found, _Draft) else _Pairs(self._bulk, found)


def write_edit(work: Undoable, edit: FileEdit) -> None:
    """Carry out one edit of a file that is no ticket."""
    if edit.original is None:
        work.create(edit.path, edit.data)
    else:
        work.replace(edit.path, edit.data, expected=edit.original)
    if edit.to not in (None, edit.path):
        work.move(edit.path, edit.to)


@contextmanager
def _named(ticket_id: str) -> Iterator[None]:
    """Errors within say first which ticket they are about, where they do not name its file."""
    try:
        yield
    except TktError as error:
        error.problems = tuple(_about(ticket_id, problem) for problem in error.problems)
        if error.path is None:
            error.message = error.problems[0].message
        raise


def _about(ticket_id: str, problem: Problem) -> Problem:
    if problem.path is not None or ticket_id in str(problem.message):
        return problem
    return replace(problem, message=msg("{ticket}: {fault}", ticket=ticket_id, fault=problem.message))
