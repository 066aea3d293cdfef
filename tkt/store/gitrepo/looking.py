"""What do history and working tree hold?"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping
from os.path import lexists

from tkt.errors import GitError
from tkt.frozen import dataclass
from tkt.i18n import Message, msg
from tkt.store.folders import folders_below
from tkt.store.gitrepo.message import trailers_of
from tkt.store.gitrepo.running import FEW, Runner
from tkt.store.gitrepo.state import is_shallow

_FORMAT = "%H%x00%P%x00%ae%x00%B"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A commit. `changes` are (A, M, D or T; path relative to the desk), a rename is D and A."""

    sha: str
    parents: tuple[str, ...]
    author: str  # the mail address
    message: str
    trailers: Mapping[str, tuple[str, ...]]
    changes: tuple[tuple[str, str], ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path that it touches."""
        return tuple(path for _, path in self.changes)


def head(run: Runner) -> str | None:
    """The sha of HEAD; None before the first commit."""
    answer = run("rev-parse", "--verify", "--quiet", "HEAD", check=False)
    return answer.text.strip() if answer.status == 0 else None


def branch(run: Runner) -> str | None:
    """The branch that is checked out, born or not; None where HEAD is detached."""
    # without --short, by which `main` is `heads/main` where a tag has that name too
    answer = run("symbolic-ref", "--quiet", "HEAD", check=False)
    return answer.text.strip().removeprefix("refs/heads/") if answer.status == 0 else None


def resolved(run: Runner, rev: str) -> str:
    """The sha of the commit that `rev` names. Errors: GitError."""
    answer = run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{rev}^{{commit}}", check=False)
    if answer.status != 0 and rev == "HEAD":
        raise GitError(msg("there is no commit yet"), hint=msg("git add -A && git commit"))
    if answer.status != 0:
        raise GitError(
            msg("git knows no commit {rev}, expected a branch, a tag or a sha", rev=rev),
            hint=_how_to_fetch(run, rev),
        )
    return answer.text.strip()


def _how_to_fetch(run: Runner, rev: str) -> Message:
    """What brings a commit here that this clone lacks."""
    remote, slash, branch = rev.removeprefix("refs/remotes/").partition("/")
    is_clear = slash and re.fullmatch(r"[\w./-]+", branch) is not None
    is_deep = not is_shallow(run.place)
    if is_clear and remote in remotes(run):
        named = {"remote": remote, "branch": branch}
        if is_deep:
            return msg("git fetch {remote} {branch}:refs/remotes/{remote}/{branch}", **named)
        return msg("git fetch --unshallow {remote} {branch}:refs/remotes/{remote}/{branch}", **named)
    return msg("git fetch, if it is on the remote") if is_deep else msg("git fetch --unshallow")


def remotes(run: Runner) -> tuple[str, ...]:
    """The names of the remotes that this clone knows."""
    return tuple(run("remote").text.split())


def known(run: Runner, ref: str) -> str | None:
    """The sha that a ref names; None where there is none."""
    answer = run("rev-parse", "--verify", "--quiet", "--end-of-options", ref, check=False)
    return answer.text.strip() if answer.status == 0 else None


def tags(run: Runner) -> tuple[tuple[str, int], ...]:
    """Every tag with when it was made, or its commit where it says nothing itself, in seconds since 1970."""
    answer = run("for-each-ref", "--format=%(refname:strip=2)%09%(creatordate:unix)", "refs/tags")
    found = (line.rpartition("\t") for line in answer.text.splitlines())
    return tuple((name, int(at)) for name, _, at in found if at)


def count(run: Runner, *selected: str) -> int:
    """How many commits `git rev-list` selects (`A..B`)."""
    return int(run("rev-list", "--count", *selected, "--").text)


def short_name(run: Runner, rev: str) -> str:
    """What people call `rev`: `origin/main` for `@{upstream}`; `rev` itself where it is no name."""
    answer = run("rev-parse", "--abbrev-ref", "--quiet", "--verify", "--end-of-options", rev, check=False)
    return answer.text.strip() or rev if answer.status == 0 else rev


def dirty(run: Runner, paths: Iterable[str] | None) -> tuple[str, ...]:
    """Those of `paths` (None: of the whole desk) that differ from HEAD, new ones included."""
    wanted = None if paths is None else frozenset(paths)
    if wanted is not None and not wanted:
        return ()
    specs = run.literally([""]) if wanted is None else run.named(tuple(wanted))
    found = _status(run, "all", specs)
    return tuple(path for path in found if wanted is None or path in wanted)


def dirty_copies(run: Runner, ticket_ids: Iterable[str]) -> tuple[str, ...]:
    """The files of these tickets, in whatever directory, that differ from HEAD: new and gone ones too."""
    names = {f"{ticket_id}.yaml" for ticket_id in ticket_ids}
    if not names:
        return ()
    if len(names) > FEW:
        found = _status(run, "all", run.literally(["tickets"]))
    else:
        found = (*_status(run, "no", run.below("tickets", names)), *_untracked_copies(run, names))
    return tuple(path for path in found if path.rpartition("/")[2] in names)


def _untracked_copies(run: Runner, names: Collection[str]) -> tuple[str, ...]:
    """The files of these names below tickets/ that git does not know and does not ignore.

    Git itself would look at every file there; the folders are few.
    """
    top = str(run.place.top or run.place.git_dir)
    tickets = f"{top}/{run.inside('tickets')}"
    files = (f"{folder}/{name}" for folder in folders_below(tickets) for name in names)
    there = [file for file in files if lexists(file)]
    if not there:
        return ()
    specs = (f":(top,literal){os.path.relpath(file, top)}" for file in there)
    answer = run("ls-files", "--others", "--exclude-standard", "-z", "--", *specs)
    return tuple(run.outside(name) for name in answer.entries)


def _status(run: Runner, untracked: str, specs: Iterable[str]) -> tuple[str, ...]:
    answer = run(
        "status", "--porcelain=v1", "-z", f"--untracked-files={untracked}", "--no-renames", "--", *specs
    )
    return tuple(run.outside(entry[3:]) for entry in answer.entries)


def paths_at(run: Runner, rev: str, folder: str) -> tuple[str, ...]:
    """Every path below the desk's `folder` as of `rev`. Errors: GitError for an unknown `rev`."""
    sha = resolved(run, rev)
    answer = run("ls-tree", "-r", "-z", "--name-only", "--full-tree", sha, "--", f"{run.inside(folder)}/")
    return tuple(run.outside(name) for name in answer.entries)


def file_at(run: Runner, rev: str, path: str) -> bytes | None:
    """The bytes of the desk's `path` as of `rev`; None where there was no such file.

    Errors: GitError for an unknown `rev`.
    """
    sha = resolved(run, rev)
    answer = run("cat-file", "blob", f"{sha}:{run.inside(path)}", check=False)
    return answer.output if answer.status == 0 else None


def paths_with_markers(run: Runner, folders: Iterable[str]) -> tuple[str, ...]:
    """The files below these folders, tracked or not, with a line as git begins a conflict with."""
    specs = run.literally(folders)
    found = run("grep", "--untracked", "-l", "-z", "-e", "^<<<<<<<", "--", *specs, check=False)
    return tuple(dict.fromkeys(run.outside(name) for name in found.entries))


def last_commit(run: Runner) -> Commit | None:
    """What HEAD is; None before the first commit."""
    return None if head(run) is None else commit_at(run, "HEAD")


def commit_at(run: Runner, rev: str) -> Commit:
    """The commit that `rev` names. Errors: GitError."""
    shown = run(
        "log", "-1", "-z", "--no-show-signature", "--encoding=UTF-8", f"--format={_FORMAT}", rev, "--"
    )
    sha, parents, author, message = shown.text.split("\0")[:4]
    changes = run(
        "diff-tree", "-r", "-z", "--root", "--no-commit-id", "--no-renames", "--name-status", sha, "--"
    )
    letters, names = changes.entries[::2], changes.entries[1::2]
    return Commit(
        sha=sha,
        parents=tuple(parents.split()),
        author=author,
        message=message,
        trailers=trailers_of(message),
        changes=tuple((letter, run.outside(name)) for letter, name in zip(letters, names, strict=True)),
    )


def is_pushed(run: Runner, sha: str) -> bool:
    """Whether a remote-tracking branch or a tag holds the commit: others may have seen it."""
    refs = run("for-each-ref", "--count=1", f"--contains={sha}", "refs/remotes", "refs/tags")
    return bool(refs.output)
