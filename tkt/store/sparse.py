"""Which of the desk's files does a sparse checkout keep off the disk, and how does one get them?

Git has them in its index, so they are not gone; tkt does not read them. Found out without GitPython; a
clone that was never made sparse is not even asked.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path

from tkt.errors import NotFound, Problem, Severity
from tkt.i18n import Message, msg, msgn
from tkt.store.gitnear import near_place
from tkt.store.gitquick import git_answer


class LeftOut(NotFound):
    """A sparse checkout keeps it off the disk."""

    code = "left-out"


def left_out(root: Path, folder: str) -> tuple[str, ...]:
    """The files below `folder` of the desk at `root` that git has and a sparse checkout keeps off the disk.

    Errors: GitError, FileError.
    """
    near = near_place(root)
    if near is None or not (near.git_dir / "info/sparse-checkout").exists():
        return ()
    answer = git_answer(root, "ls-files", "-t", "-z", "--", f":(literal){folder}")
    entries = answer.stdout.split("\0") if answer is not None else []
    paths = (entry[2:] for entry in entries if entry.startswith("S "))
    return tuple(path for path in paths if not os.path.lexists(root / path))


def how_to_get(root: Path, folders: Iterable[str]) -> Message:
    """The command that brings folders of the desk onto the disk."""
    near = near_place(root)
    top = near.top if near is not None and near.top is not None else root
    places = " ".join(shlex.quote((root.relative_to(top) / folder).as_posix()) for folder in folders)
    if top == Path.cwd():
        return msg("git sparse-checkout add {folders}", folders=places)
    return msg("git -C {top} sparse-checkout add {folders}", top=shlex.quote(str(top)), folders=places)


def needed(root: Path, path: str) -> LeftOut:
    """A file that must be looked at."""
    return LeftOut(
        msg("is left out by this clone's sparse checkout, expected it on the disk"),
        path=path,
        hint=how_to_get(root, [_folder(path)]),
    )


def needs_all(root: Path, paths: Iterable[str]) -> LeftOut:
    """What a command needs and cannot see."""
    files = [path for path in paths if not path.rpartition("/")[2].startswith(".")]
    return LeftOut(
        msgn(
            "{count} file is left out by this clone's sparse checkout, and this command needs all of them",
            "{count} files are left out by this clone's sparse checkout, and this command needs all of them",
            len(files),
        ),
        hint=how_to_get(root, dict.fromkeys(map(_folder, files))),
    )


def tickets_left_out(root: Path, paths: Sequence[str]) -> Problem:
    """Tickets that are not looked at."""
    folders = tuple(dict.fromkeys(map(_folder, paths)))
    return Problem(
        code=LeftOut.code,
        path=folders[0] if len(folders) == 1 else "tickets",
        message=msgn(
            "{count} ticket is left out by this clone's sparse checkout, and not looked at",
            "{count} tickets are left out by this clone's sparse checkout, and not looked at",
            len(paths),
        ),
        hint=how_to_get(root, folders),
        severity=Severity.WARNING,
    )


def _folder(path: str) -> str:
    """The folder of the desk that a file belongs to, for a ticket that of its status."""
    parts = path.split("/")
    return "/".join(parts[:2]) if parts[0] == "tickets" else parts[0]
