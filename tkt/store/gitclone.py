"""What was git told in this clone, and what does it know of others? Asked of git without loading GitPython."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from tkt.store.gitquick import git_answer, git_must

Version = tuple[int, ...]


def git_version(folder: Path) -> Version | None:
    """git's version, like (2, 39, 5); None where it is not installed. Errors: GitError, FileError."""
    answer = git_answer(folder, "version")
    if answer is None:
        return None
    found = re.search(r"\d+(\.\d+)+", answer.stdout)
    return tuple(map(int, found[0].split("."))) if found else ()


def settings(folder: Path, pattern: str) -> dict[str, str]:
    """Key (in lower case) → value of the settings whose keys match, of every level; the last one counts."""
    answer = git_answer(folder, "config", "-z", "--get-regexp", pattern)
    entries = [] if answer is None else answer.stdout.split("\0")
    return {key: value for key, sign, value in (entry.partition("\n") for entry in entries) if sign}


def tell_clone(folder: Path, told: Mapping[str, str]) -> None:
    """Settings for this clone alone. Errors: GitError, FileError."""
    for key, value in told.items():
        git_must(folder, "config", "--local", "--replace-all", key, value)


def attributes(folder: Path, names: Iterable[str], paths: Iterable[str]) -> dict[tuple[str, str], str]:
    """(path, attribute) → its value, `unset` or `unspecified`; the paths need not be there."""
    answer = git_answer(folder, "check-attr", "-z", *names, "--", *paths)
    words = [] if answer is None else answer.stdout.split("\0")[:-1]
    return {(path, name): value for path, name, value in zip(*[iter(words)] * 3, strict=True)}


def branch_of(folder: Path) -> str | None:
    """The branch that is checked out, born or not; None where HEAD is detached, or without git."""
    answer = git_answer(folder, "symbolic-ref", "--quiet", "HEAD")
    return answer.stdout.strip().removeprefix("refs/heads/") or None if answer is not None else None


def remotes(folder: Path) -> tuple[str, ...]:
    """The names of the repositories that this clone knows."""
    answer = git_answer(folder, "remote")
    return tuple(answer.stdout.split()) if answer is not None else ()


def upstream(folder: Path, branch: str) -> str | None:
    """What `branch` follows, like `origin/main`; None where nothing is told."""
    told = settings(folder, r"^branch\..*\.(remote|merge)$")
    remote, merge = (told.get(f"branch.{branch}.{part}") for part in ("remote", "merge"))
    return f"{remote}/{merge.removeprefix('refs/heads/')}" if remote and merge else None
