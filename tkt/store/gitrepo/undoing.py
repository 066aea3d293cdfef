"""How is the last commit taken off, as if it had not been made?"""

from __future__ import annotations

import shlex

from tkt.errors import Conflict, GitError
from tkt.i18n import msg
from tkt.store.gitrepo import looking
from tkt.store.gitrepo.looking import Commit
from tkt.store.gitrepo.running import Runner


def take_off(run: Runner, commit: Commit) -> None:
    """Take `commit` off the branch; its paths, and no others, become what they were before it.

    Other work, staged or not, stays. It must be HEAD, seen by nobody else, have one parent and lie
    in the desk alone. Errors: GitError; Conflict where one of its paths was changed since.
    """
    _refuse_unless_ours(run, commit)
    _refuse_changed(run, commit)
    run("reset", "--soft", commit.parents[0])
    try:
        run(*_RESTORE, stdin=run.listed(commit.paths))
    except BaseException:
        run("reset", "--soft", commit.sha, check=False)
        run(*_RESTORE, stdin=run.listed(commit.paths), check=False)
        raise


_RESTORE = (
    "restore",
    "--source=HEAD",
    "--ignore-skip-worktree-bits",  # what a sparse checkout leaves out is ours to restore too
    "--staged",
    "--worktree",
    "--pathspec-from-file=-",
    "--pathspec-file-nul",
)


def _refuse_unless_ours(run: Runner, commit: Commit) -> None:
    if looking.head(run) != commit.sha:
        raise GitError(msg("commit {sha} is not the last one any more", sha=commit.sha[:10]))
    if len(commit.parents) > 1:
        raise GitError(msg("commit {sha} is a merge, expected a command's own commit", sha=commit.sha[:10]))
    if not commit.parents:
        raise GitError(
            msg("commit {sha} is the first one of all, expected one before it", sha=commit.sha[:10])
        )
    if looking.is_pushed(run, commit.sha):
        raise GitError(msg("commit {sha} is pushed, others may have seen it", sha=commit.sha[:10]))
    foreign = [path for path in commit.paths if path.startswith("../")]
    if foreign:
        raise GitError(
            msg(
                "commit {sha} also changed {path}, which is not of this desk",
                sha=commit.sha[:10],
                path=foreign[0],
            )
        )


def _refuse_changed(run: Runner, commit: Commit) -> None:
    changed = looking.dirty(run, commit.paths)
    if changed:
        raise Conflict(
            msg("has changed since that commit, expected it as it was committed; nothing was undone"),
            path=changed[0],
            hint=msg(
                "commit that change, or drop it: git restore --staged --worktree -- {path}",
                path=shlex.quote(changed[0]),
            ),
        )
