"""Which files was git told not to look at, so that no commit would hold what became of them?

`git update-index --skip-worktree` and `--assume-unchanged` set that for single files. Git then commits
without them and says nothing. A sparse checkout sets it too; git itself knows those files when they are there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tkt.errors import GitError
from tkt.i18n import msg
from tkt.store.gitrepo.running import Runner


def refuse(run: Runner, paths: Collection[str]) -> None:
    """Errors: GitError where git overlooks one of these files."""
    found = fault(run, paths)
    if found is not None:
        raise found


def fault(run: Runner, paths: Collection[str]) -> GitError | None:
    """The error for the first of these files that git overlooks; None where there is none."""
    path, option = next(_overlooked(run, paths), (None, "")) if paths and not run.is_sparse else (None, "")
    if path is None:
        return None
    return GitError(
        msg(
            "git was told to overlook what changes there (--{option}), so it cannot be committed",
            option=option,
        ),
        path=path,
        hint=msg("git update-index --no-{option} {path}", option=option, path=path),
    )


def _overlooked(run: Runner, paths: Collection[str]) -> Iterator[tuple[str, str]]:
    """Path and the option that was set, by the letters that `git ls-files -v` puts before it."""
    ours = set(paths)
    for entry in run("ls-files", "-v", "-z", "--", *run.named(tuple(paths))).entries:
        letter, path = entry[0], run.outside(entry[2:])
        if path in ours and (letter == "S" or letter.islower()):
            yield path, "skip-worktree" if letter in "Ss" else "assume-unchanged"
