"""Which repository lies around a folder, read off the disk without asking git?

For what every command wants to know, so that a look costs no process. `gitquick.find_place` is git's own
answer, which knows of settings that say otherwise.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from tkt.store.gitquick import Place


def near_place(root: Path) -> Place | None:
    """The repository in whose working tree `root` lies; None where there is none."""
    for top in (root, *root.parents):
        git_dir = _git_dir(top / ".git")
        if git_dir is not None:
            prefix = root.relative_to(top).as_posix()
            return Place(
                git_dir=git_dir,
                common_dir=_common_dir(git_dir),
                tkt_dir=git_dir / "tkt",
                top=top,
                prefix="" if prefix == "." else f"{prefix}/",
            )
    return None


def _git_dir(entry: Path) -> Path | None:
    """What `.git` is or, in a linked worktree or a submodule, where it leads."""
    if entry.is_dir():
        return entry
    with suppress(OSError, UnicodeDecodeError):
        word, _, path = entry.read_text("utf-8").strip().partition(": ")
        return (entry.parent / path).resolve() if word == "gitdir" else None
    return None


def _common_dir(git_dir: Path) -> Path:
    with suppress(OSError, UnicodeDecodeError):
        return (git_dir / (git_dir / "commondir").read_text("utf-8").strip()).resolve()
    return git_dir
