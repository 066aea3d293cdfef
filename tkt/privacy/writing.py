"""How do files without somebody's words get into the desk? All of them or none, in one commit of their own.

Nothing of what they were is kept anywhere else, so no text goes to the rescue folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from tkt.errors import Refused
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.store.gitrepo import GitRepo, commit_message
from tkt.store.interrupts import held_back
from tkt.store.undoable import Undoable

MANY = 50  # from so many files on, the disk is not waited for at each: the commit follows


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewriting:
    """A file as it is, and as it is to be. `target`: its new name, where it gets one."""

    path: str
    original: bytes
    data: bytes
    target: str | None = None
    ticket: str | None = None  # whose file it is


def refuse_uncommitted(repo: GitRepo, rewritings: Iterable[Rewriting]) -> None:
    """Refuse to mix what somebody is still working on with what is taken out. Errors: Refused."""
    files = tuple(rewritings)
    ids = [each.ticket for each in files if each.ticket is not None]
    dirty = (*repo.dirty_copies(ids), *repo.dirty([each.path for each in files if each.ticket is None]))
    if dirty:
        raise Refused(
            msg("{path} has changes that are not committed, expected none: this goes into a commit of its own",
                path=dirty[0]),
            hint=msg("git commit -- {path}, then again", path=dirty[0]),
        )  # fmt: skip


@contextmanager
def written(root: Path, rewritings: Sequence[Rewriting], now: datetime) -> Iterator[Undoable]:
    """The files are written; what fails inside takes all of them back. Errors: Conflict, FileError."""
    with Undoable(root, rescue=None, now=now, sync=len(rewritings) < MANY) as work:
        for each in rewritings:
            work.replace(each.path, each.data, expected=each.original)
            if each.target is not None:
                work.move(each.path, each.target)
        yield work


def committed(
    repo: GitRepo, work: Undoable, *, action: str, tickets: Sequence[str] = (), beside: Sequence[str] = ()
) -> str:
    """One commit of what was written, and of the paths `beside` it; its sha. Errors: GitError."""
    message = commit_message(action, action=action, tickets=tickets)
    with held_back():
        sha = repo.commit((*work.paths, *beside), message)
        work.stands()
    return sha
