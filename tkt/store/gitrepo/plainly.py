"""How do our paths become a commit where nothing else is staged and no hook looks on?

As `git add` and `git commit` would do it. That costs half of `git commit --only`, which writes two
indexes, and grows with the number of paths, where pathspecs multiply it by the size of the index.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tkt.errors import GitError
from tkt.store.gitquick import REPOSITORY_VARIABLES
from tkt.store.gitrepo import overlooked
from tkt.store.gitrepo.comparing import is_on_disk
from tkt.store.gitrepo.running import Runner

_HOOKS = ("pre-commit", "prepare-commit-msg", "commit-msg", "post-commit")
_NONE_IGNORED = 1
"""How `git check-ignore` leaves where no path is ignored."""


def plain_head(run: Runner, paths: tuple[str, ...]) -> str | None:
    """The sha of HEAD where `paths` can be committed plainly.

    The index must be what HEAD is, nobody may see how the commit is made, and none of them be ignored.
    """
    if run.is_sparse or any(name in os.environ for name in REPOSITORY_VARIABLES):
        return None
    found = run("rev-parse", "--git-path", "hooks", "HEAD", check=False)
    if found.status != 0 or _has_hooks(run, found.text.split("\n")[0]):
        return None
    if run("diff-index", "--cached", "--quiet", "HEAD", "--", check=False).status != 0:
        return None
    return None if has_ignored(run, paths) else found.text.split("\n")[1]


def commit_plainly(
    run: Runner, before: str, paths: tuple[str, ...], commit: Callable[[], None]
) -> str | None:
    """Stage the working copies of `paths` in an index that is what HEAD is, and `commit` it; the commit's sha.

    `before` is HEAD. None where somebody staged something else at the very same time: then there is no
    commit, and both are staged. Errors: GitError.
    """
    stage(run, paths)
    try:
        commit()
    except GitError:
        overlooked.refuse(run, paths)
        raise
    sha, *names = run("diff-tree", "-r", "-z", "--no-renames", "--name-only", "HEAD").entries
    held = {run.outside(name) for name in names}
    missing = overlooked.fault(run, [path for path in paths if path not in held])
    if held <= set(paths) and missing is None:
        return sha
    run("reset", "--quiet", "--soft", before)
    if missing is not None:
        raise missing
    return None


def stage(run: Runner, paths: Iterable[str]) -> None:
    """Put the working copies of `paths` into the index; what git was told to overlook stays as it is there.

    Without that option it would be taken for a file that is gone. Errors: GitError.
    """
    options = ("--add", "--remove", "--ignore-skip-worktree-entries", "-z", "--stdin")
    run("update-index", *options, stdin=names_of(run, paths))


def unstage(
    run: Runner, paths: tuple[str, ...], *, others: bool = False, env: Mapping[str, str] | None = None
) -> None:
    """Make the index (the one that `env` names) what HEAD is at `paths`; with `others`, at all but them."""
    wanted = ("--cached", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", "HEAD", "--")
    found = run("diff-index", *wanted, env=env)
    ours = {run.inside(path) for path in paths}
    lines = []
    for meta, name in zip(found.entries[::2], found.entries[1::2], strict=True):
        mode, _new_mode, blob, *_ = meta[1:].split(" ")
        if (name in ours) is not others:
            lines.append(f"{mode.lstrip('0') or '0'} {blob}\t{name}\0")
    if lines:
        stdin = "".join(lines).encode("utf-8", "surrogateescape")
        run("update-index", "-z", "--index-info", stdin=stdin, env=env, check=others)


def has_ignored(run: Runner, paths: tuple[str, ...]) -> bool:
    """Whether git is told to ignore one of these files."""
    there = [path for path in paths if is_on_disk(run, path)]
    if not there:
        return False
    asked = run("check-ignore", "-z", "--stdin", stdin=names_of(run, there), check=False)
    return asked.status != _NONE_IGNORED


def _has_hooks(run: Runner, folder: str) -> bool:
    hooks = Path(run.place.top or run.place.git_dir, folder)
    return any(os.access(hooks / name, os.X_OK) for name in _HOOKS)


def names_of(run: Runner, paths: Iterable[str]) -> bytes:
    """`paths` for a git command that reads names, not pathspecs, with `-z --stdin`."""
    return b"".join(os.fsencode(run.inside(path)) + b"\0" for path in paths)
