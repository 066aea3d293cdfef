"""How do thousands of paths become a commit where something else is staged, or where hooks look on?

As `git commit --only` would do it, with an index of its own: but pathspecs cost the number of paths times
the size of the index. A kill at any moment leaves at worst these paths staged, never HEAD ahead of the index.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tkt.store.gitquick import state_folder
from tkt.store.gitrepo import meeting, plainly
from tkt.store.gitrepo.meeting import Entry
from tkt.store.gitrepo.running import Runner, told_of_git

MANY = 2000
"""Fewer paths than these git commits by itself faster than it writes one more index."""
_OWN = "tkt-index"


def can_be_apart(run: Runner, before: str | None, paths: tuple[str, ...]) -> bool:
    """Whether it is worth it, and nothing of it is special: a first commit, a sparse checkout, ignored paths."""
    is_special = before is None or run.is_sparse or "GIT_INDEX_FILE" in os.environ
    return len(paths) >= MANY and not is_special and not plainly.has_ignored(run, paths)


def commit_apart(run: Runner, paths: tuple[str, ...], commit: Callable[[Mapping[str, str]], None]) -> None:
    """Stage the working copies of `paths`, and `commit` an index (told by variables) in which nothing else is.

    Errors: GitError, FileError; what fails outside of the commit leaves `paths` staged (`restore`).
    """
    plainly.stage(run, paths)
    with _own_index(run) as env:
        plainly.unstage(run, paths, others=True, env=env)
        commit(env)


def staged(run: Runner, paths: tuple[str, ...]) -> dict[str, Entry]:
    """What the index has at these paths, to be restored."""
    return meeting.entries(run, paths)


def restore(run: Runner, paths: tuple[str, ...], before: Mapping[str, Entry]) -> None:
    """Make the index hold again at `paths` what it held `before`. Errors: GitError."""
    meeting.put_in_index(run, {path: before.get(path) for path in paths})


@contextmanager
def _own_index(run: Runner) -> Iterator[dict[str, str]]:
    """A copy of the index, which knows by their stamps the files that have not changed."""
    index = Path(run("rev-parse", "--path-format=absolute", "--git-path", "index").text.rstrip("\n"))
    desk = state_folder(index.parent, run.place).name  # another desk of this repository may commit as well
    own = index.with_name(f"{_OWN}-{desk}")
    with told_of_git():
        own.with_name(f"{own.name}.lock").unlink(
            missing_ok=True
        )  # of a git that was killed: we hold the desk
        shutil.copy2(index, own)
    try:
        yield {"GIT_INDEX_FILE": str(own)}
    finally:
        own.unlink(missing_ok=True)
