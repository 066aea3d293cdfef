"""Which commit brought which version of a file?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tkt.store.gitrepo.running import Runner


class Brought(NamedTuple):
    """A version of a file below the folder asked for, and a commit that has it and a parent of it has not."""

    commit: str
    path: str
    blob: str


def brought(run: Runner, commits: Sequence[str], folder: str) -> Iterator[Brought]:
    """What each of these commits made of the files below `folder`, in the order of `commits`.

    A merge is compared with each of its parents; no likeness is guessed at, and what is gone is left out.
    """
    if not commits:
        return
    answer = run(
        "diff-tree",
        *("--stdin", "-r", "-m", "-z", "--raw", "--root", "--no-renames", "--no-abbrev", "--no-ext-diff"),
        "--",
        *run.literally([folder]),
        stdin="".join(f"{sha}\n" for sha in commits).encode(),
    )
    commit = ""
    tokens = iter(answer.entries)
    for token in tokens:
        if not token.startswith(":"):
            commit = token.strip()
            continue
        path = run.outside(next(tokens))
        _old_mode, mode, _old, blob, _letter = token[1:].split(" ")
        if mode.startswith("100"):
            yield Brought(commit, path, blob)
