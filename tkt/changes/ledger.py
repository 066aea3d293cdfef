"""What does one command's commit hold, and what must it hold beside the command's own change?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from os.path import lexists
from pathlib import Path

from tkt.changes.written import FileEdit, Written
from tkt.desk import Desk
from tkt.hooks import Asked, Change, Pair, ask
from tkt.i18n import Message, msg
from tkt.ids import new_ticket_id
from tkt.model import Ticket
from tkt.render.times import local
from tkt.store.files import read_file
from tkt.store.gitrepo import GitRepo, commit_message
from tkt.store.interrupts import held_back
from tkt.store.lock import desk_lock
from tkt.store.tree import ticket_id_of
from tkt.store.undoable import Undoable

TOLD = 5  # more files with edits by hand are only counted


@dataclass(kw_only=True)
class Ledger:
    """Writes to one desk, at one instant. `commits`: whether each command makes its commit.

    `who` says who does it, where a hook wants to know; without it whom git's mail address names. `beside`
    gives the files that belong to a ticket as it is to be (its attachments): new ones, written before it.
    """

    desk: Desk
    now: datetime
    commits: bool = True
    who: Callable[[], str] | None = None
    beside: Callable[[Ticket], Iterable[FileEdit]] | None = None
    notes: list[Message] = field(default_factory=list)
    _asked: Asked = field(default_factory=Asked, init=False)
    _edited: list[Message] = field(default_factory=list, init=False)  # what the commit holds of others

    @cached_property
    def repo(self) -> GitRepo | None:
        """The repository, where this command is to commit to one."""
        return GitRepo.of(self.desk.root) if self.commits else None

    def fresh_id(self, day: datetime) -> str:
        """A ticket id that nobody on this desk has."""
        wall = local(day, self.desk.zone)
        return new_ticket_id(wall, _Taken(self.desk), prefix=self.desk.config.desk.prefix)

    @contextmanager
    def begun(self) -> Iterator[None]:
        """The lock; and a refusal now, rather than after the work, where git would refuse the commit."""
        with desk_lock(self.desk.root):
            if self.repo is not None:
                self.repo.refuse_unless_ready()
            yield

    def ask(self, verb: str, pairs: Sequence[Pair]) -> None:
        """The desk's own programs may say no (docs/hooks.md). Errors: Vetoed."""
        self._asked = ask(Change(desk=self.desk, verb=verb, pairs=pairs, now=self.now, who=self.who))

    def unasked(self) -> None:
        """What the desk's own programs said so far is void: another attempt begins."""
        self._asked = Asked()

    def heard(self, written: Written) -> Written:
        """With what they said, and say now, when others may write again."""
        notes = (*self.notes, *self._edited, *self._asked.notes, *self._asked.after(written.commit))
        return replace(written, notes=notes)

    def undoable(self, *, rescues: bool = True, sync: bool = True) -> Undoable:
        """A group of files that stand together; without `rescues` their texts can be made again."""
        rescue = None
        if rescues:
            rescue = self.repo.rescue_folder if self.repo else self.desk.root / ".tkt" / "rescue"
        return Undoable(self.desk.root, rescue=rescue, now=self.now, sync=sync)

    def write_beside(self, work: Undoable, ticket: Ticket) -> None:
        """Write the files that belong to a ticket; one that is there with these very bytes is only committed too.

        Errors: Conflict where another file of that name is there; FileError.
        """
        for edit in self.beside(ticket) if self.beside is not None else ():
            if _there(self.desk.root, edit.path) == edit.data:
                work.include(edit.path)  # of another event, or of a command that was killed
            else:
                work.create(edit.path, edit.data, rescued=False)

    def lacks_beside(self, ticket: Ticket) -> bool:
        """Whether a file that belongs to a ticket is not there."""
        edits = self.beside(ticket) if self.beside is not None else ()
        return any(_there(self.desk.root, edit.path) is None for edit in edits)

    def placed(self, ticket: Ticket) -> Ticket:
        """The ticket with the path that its status gives it; where it stays, with the one it has."""
        stays = ticket.path is not None and Path(ticket.path).parts[1] == ticket.status
        return ticket if stays else ticket.in_status(ticket.status, self.desk.tree.path_of(ticket))

    def swept(self, paths: Sequence[str]) -> tuple[str, ...]:
        """What the commit must hold beside this command's own change, and says so where it is edited.

        Of these paths what is not committed; and where their tickets lay before a move that nobody
        committed, since HEAD would keep a copy there.
        """
        if self.repo is None or not paths or self.repo.head() is None:
            return ()
        ids = {path: ticket_id for path in paths if (ticket_id := ticket_id_of(path)) is not None}
        others = [path for path in paths if path not in ids]
        asked = frozenset(paths)
        dirty = (*self.repo.dirty_copies(ids.values()), *(self.repo.dirty(others) if others else ()))
        there = {path for path in dirty if lexists(self.desk.root / path)}
        self._edited = self._hand_edits([path for path in dirty if path in there & asked])
        return tuple(path for path in dirty if path in asked or path not in there)

    def commit(
        self, work: Undoable, what: str, verb: str, ids: Sequence[str], swept: Sequence[str] = ()
    ) -> str | None:
        """One commit of what was written and swept; its sha, None where none is to be made. Errors: GitError.

        None is to be made either where the command took back all that was edited by hand.
        """
        if self.repo is None:
            return None
        if swept and self.as_committed((*work.paths, *swept)):
            return None
        named = tuple(dict.fromkeys([*ids, *filter(None, map(ticket_id_of, swept))]))
        message = commit_message(what, action=verb, tickets=named, hand_edits=bool(swept))
        with held_back():
            sha = self.repo.commit((*work.paths, *swept), message)
            work.stands()
        return sha

    def as_committed(self, paths: Sequence[str]) -> bool:
        """Whether these files are again what HEAD has, so that there is nothing to commit; the index follows."""
        repo, root = self.repo, self.desk.root
        if repo is None or repo.head() is None:
            return False
        if any(repo.file_at("HEAD", path) != _there(root, path) for path in paths):
            return False
        self._edited = []  # it was taken back, and is in no commit
        repo.put_in_index({path: _there(root, path) for path in paths})
        return True

    def _hand_edits(self, paths: Sequence[str]) -> list[Message]:
        if len(paths) > TOLD:
            return [
                msg(
                    "{count} files had changes that were not committed; they are in this commit too",
                    count=len(paths),
                )
            ]
        return [
            msg("{path} had changes that were not committed; they are in this commit too", path=path)
            for path in paths
        ]


class _Taken:
    """The ids of a desk, asked for one at a time by file name."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __contains__(self, ticket_id: object) -> bool:
        return bool(self._desk.tree.named(str(ticket_id)))


def _there(root: Path, path: str) -> bytes | None:
    return read_file(root / path, root=root) if lexists(root / path) else None
