"""May the programs of config/hooks/ run in this clone?

They come with a clone and with every pull, so nothing runs until somebody here has looked at them. What
was allowed is kept in git's folder, which is never pulled: every file with its hash. One other byte, one new file or one lost right to execute, and none of them runs.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.hooks.files import HookFile, has_hooks, hook_files, problems
from tkt.store.files import FileError, os_message, read_file
from tkt.store.gitquick import Place, state_folder
from tkt.store.gitrepo import GitRepo

PINNED = "TKT_TRUST_HOOKS"
"""Allows exactly the set with this hash, for jobs that work in a new clone each time."""
RECORD = "trusted-hooks"

Marks = Mapping[str, str]
"""Path → hash and right to execute: what a set of files is known by."""
_LETTERS = {"link": "l", "other": "?"}


class Standing(StrEnum):
    """Whether the hooks of a clone run."""

    NONE = "none"  # there are none
    UNTRUSTED = "untrusted"  # nobody has allowed any here
    TRUSTED = "trusted"
    CHANGED = "changed"  # others were allowed than there are now


@dataclass(frozen=True, kw_only=True)
class HooksState:
    """What lies in config/hooks/ of a clone, and whether it runs."""

    standing: Standing
    files: tuple[HookFile, ...] = ()
    digest: str | None = None  # of the whole set, what TKT_TRUST_HOOKS names
    changed: tuple[str, ...] = ()  # new, other and lost paths since they were allowed
    problems: tuple[Problem, ...] = ()

    @property
    def hooks(self) -> tuple[HookFile, ...]:
        """What would run if it may."""
        return tuple(file for file in self.files if file.runs)


def state(desk_root: Path, repo: GitRepo | None) -> HooksState:
    """What the desk's hooks are, and whether this clone runs them."""
    files = hook_files(desk_root)
    if not any(file.name for file in files):
        return HooksState(standing=Standing.NONE, files=files, problems=problems(files))
    found = _marks(files)
    allowed = None if repo is None else _allowed(desk_root, repo.place)
    return HooksState(
        standing=_standing(found, allowed, something_runs=any(file.runs for file in files)),
        files=files,
        digest=_digest(found),
        changed=() if allowed is None else _differing(found, allowed),
        problems=problems(files),
    )


def quick_state(desk_root: Path) -> HooksState:
    """The same for a command that is about to write: where there are no hooks it costs one look."""
    if not has_hooks(desk_root):
        return HooksState(standing=Standing.NONE)
    return state(desk_root, GitRepo.of(desk_root))


def allow(desk_root: Path, repo: GitRepo, files: Sequence[HookFile]) -> None:
    """Let exactly these files run in this clone. Errors: FileError."""
    path = _record(desk_root, repo.place)
    with _told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=f".{RECORD}.", dir=path.parent)  # for its owner alone
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            json.dump(_marks(files), file, indent=1)
        Path(name).replace(path)


def revoke(desk_root: Path, repo: GitRepo) -> bool:
    """Let none run any more; False where none was allowed. Errors: FileError."""
    path = _record(desk_root, repo.place)
    with _told(path):
        was_there = path.exists()
        path.unlink(missing_ok=True)
    return was_there


def _standing(found: Marks, allowed: Marks | None, *, something_runs: bool) -> Standing:
    pinned = os.environ.get(PINNED, "").strip().lower()
    if pinned == _digest(found) or found == allowed:
        return Standing.TRUSTED if something_runs else Standing.NONE
    if allowed is None and not pinned:
        return Standing.UNTRUSTED if something_runs else Standing.NONE
    return Standing.CHANGED


def _marks(files: Sequence[HookFile]) -> Marks:
    return {file.path: f"{file.digest} {_LETTERS.get(file.kind) or _mode(file)}" for file in files}


def _mode(file: HookFile) -> str:
    return "x" if file.is_executable else "-"


def _digest(marks: Marks) -> str:
    return sha256(json.dumps(marks, sort_keys=True).encode()).hexdigest()


def _differing(found: Marks, allowed: Marks) -> tuple[str, ...]:
    return tuple(path for path in sorted({*found, *allowed}) if found.get(path) != allowed.get(path))


def _allowed(root: Path, place: Place) -> Marks | None:
    """What was allowed; None where nothing was, or somebody else keeps it to themselves."""
    try:
        data = read_file(_record(root, place))
    except FileError:
        return None
    try:
        read = json.loads(data)
    except ValueError:  # cut off, or not ours: nothing there is what was allowed
        read = {}
    return read if isinstance(read, dict) else {}


def _record(root: Path, place: Place) -> Path:
    """One for all working trees of a clone: what is allowed is a content, wherever it is checked out."""
    return state_folder(root, replace(place, tkt_dir=place.common_dir / "tkt")) / RECORD


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileError(os_message(error), path=str(path)) from error
