"""What lies in config/hooks/, and what of it can run?

Everything below the folder belongs to the set that somebody allows, since a hook may load what lies
beside it; only what lies directly in it runs. Links are not followed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import field
from hashlib import sha256
from pathlib import Path
from shlex import quote
from typing import Literal

from tkt.errors import Problem, Severity
from tkt.frozen import dataclass
from tkt.hooks.names import HookName, hook_name
from tkt.i18n import Message, msg
from tkt.store import strays
from tkt.store.files import FileError, read_file

FOLDER = "config/hooks"
KEEP = ".gitkeep"

Kind = Literal["file", "link", "other"]
"""`other` is what cannot be read, and what is no file: a pipe, a socket."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HookFile:
    """One thing below config/hooks/, as it was when it was looked at."""

    path: str  # posix, of the desk
    kind: Kind
    data: bytes = field(repr=False)  # what was hashed: of a link where it leads
    is_executable: bool
    fault: Message | None = None  # why it cannot be read

    @property
    def digest(self) -> str:
        """The SHA-256 of what it holds, in hex."""
        return sha256(self.data).hexdigest()

    @property
    def name(self) -> HookName | None:
        """When it is called; None for what is no hook."""
        folder, _, file = self.path.rpartition("/")
        return hook_name(file) if folder == FOLDER else None

    @property
    def runs(self) -> bool:
        """Whether it is a program that something calls."""
        is_called = self.name is not None and self.name.is_known
        return is_called and self.kind == "file" and self.is_executable


def has_hooks(root: Path) -> bool:
    """Whether anything there is named as a hook; one look into the folder."""
    try:
        with os.scandir(root / FOLDER) as entries:
            return any(hook_name(entry.name) is not None for entry in entries)
    except OSError:
        return False


def hook_files(root: Path) -> tuple[HookFile, ...]:
    """Everything below config/hooks/ but its .gitkeep, in order of the paths.

    Where the folder with the hooks is a link, that link alone.
    """
    for place in (FOLDER.partition("/")[0], FOLDER):
        if (root / place).is_symlink():
            return (_looked_at(root, root / place),) if has_hooks(root) else ()
    found = (Path(folder, name) for folder, name in _entries(root / FOLDER))
    return tuple(_looked_at(root, path) for path in sorted(found) if path != root / FOLDER / KEEP)


def _entries(folder: Path) -> Iterator[tuple[str, str]]:
    """Folder and name of all that is no real directory."""
    for here, folders, files in os.walk(folder):
        links = [name for name in folders if Path(here, name).is_symlink()]
        yield from ((here, name) for name in (*links, *files))


def _looked_at(root: Path, path: Path) -> HookFile:
    mode = path.lstat().st_mode
    told = path.relative_to(root).as_posix()
    may_run = bool(mode & stat.S_IXUSR)
    if stat.S_ISLNK(mode):
        return HookFile(path=told, kind="link", data=os.fsencode(path.readlink()), is_executable=may_run)
    try:
        return HookFile(path=told, kind="file", data=read_file(path), is_executable=may_run)
    except FileError as error:  # never run
        return HookFile(path=told, kind="other", data=b"", is_executable=may_run, fault=error.message)


def hook_problems(root: Path) -> tuple[Problem, ...]:
    """What in config/hooks/ looks like a hook and never runs."""
    return problems(hook_files(root))


def problems(files: Iterable[HookFile]) -> tuple[Problem, ...]:
    """The same of what was found already."""
    return tuple(problem for file in files for problem in _problems(file))


def _problems(file: HookFile) -> Iterator[Problem]:
    if file.kind == "link" and (file.name or not file.path.startswith(f"{FOLDER}/")):
        yield strays.symbolic_link(file.path)
    if file.name is None:
        return
    if file.fault is not None:
        yield Problem(code="hook-unreadable", path=file.path, message=file.fault)
    if not file.name.is_known:
        yield Problem(
            code="hook-name",
            path=file.path,
            message=msg("never runs: {name} is called by nothing", name=f"{file.name.when}-{file.name.what}"),
            hint=file.name.meant,
            severity=Severity.WARNING,
        )
    elif file.kind == "file" and not file.is_executable:
        yield Problem(
            code="hook-mode",
            path=file.path,
            message=msg("is named as a hook and does not run, expected a file that may be executed"),
            hint=msg("chmod +x {path}, then git add {path}", path=quote(file.path)),
            severity=Severity.WARNING,
        )
