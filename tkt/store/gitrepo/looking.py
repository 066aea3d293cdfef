"""What do history and working tree hold?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tkt.errors import GitError
from tkt.i18n import msg
from tkt.store.gitrepo.message import trailers_of
from tkt.store.gitrepo.running import FEW, Runner

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
    answer = run("symbolic-ref", "--quiet", "--short", "HEAD", check=False)
    return answer.text.strip() if answer.status == 0 else None


def resolved(run: Runner, rev: str) -> str:
    """The sha of the commit that `rev` names. Errors: GitError."""
    answer = run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{rev}^{{commit}}", check=False)
    if answer.status != 0:
        raise GitError(
            msg("git knows no commit {rev}, expected a branch, a tag or a sha", rev=rev),
            hint=msg("git fetch, if it is on the remote"),
        )
    return answer.text.strip()


def dirty(run: Runner, paths: Iterable[str] | None) -> tuple[str, ...]:
    """Those of `paths` (None: of the whole desk) that differ from HEAD, new ones included."""
    wanted = None if paths is None else frozenset(paths)
    if wanted is not None and not wanted:
        return ()
    specs = run.literally([""]) if wanted is None else run.named(tuple(wanted))
    answer = run("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--", *specs)
    found = (run.outside(entry[3:]) for entry in answer.entries)
    return tuple(path for path in found if wanted is None or path in wanted)


def dirty_copies(run: Runner, ticket_ids: Iterable[str]) -> tuple[str, ...]:
    """The files of these tickets, in whatever directory, that differ from HEAD: new and gone ones too."""
    names = {f"{ticket_id}.yaml" for ticket_id in ticket_ids}
    if not names:
        return ()
    specs = run.below("tickets", names) if len(names) <= FEW else run.literally(["tickets"])
    answer = run("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--", *specs)
    found = (run.outside(entry[3:]) for entry in answer.entries)
    return tuple(path for path in found if path.rpartition("/")[2] in names)


def paths_at(run: Runner, rev: str, folder: str) -> tuple[str, ...]:
    """Every path below the desk's `folder` as of `rev`. Errors: GitError for an unknown `rev`."""
    sha = resolved(run, rev)
    answer = run("ls-tree", "-r", "-z", "--name-only", "--full-tree", sha, "--", f"{run.inside(folder)}/")
    return tuple(run.outside(name) for name in answer.entries)


def changed_paths_since(run: Runner, rev: str) -> tuple[str, ...]:
    """Paths of the desk that differ now from where this branch left `rev`, sorted.

    Committed, staged, edited and new ones alike; what `rev` has gained meanwhile does not count.
    Errors: GitError for an unknown `rev`.
    """
    sha = resolved(run, rev)
    base = run("merge-base", sha, "HEAD", check=False)
    since = base.text.strip() if base.status == 0 else sha
    specs = run.literally([""])
    changed = run("diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", since, "--", *specs)
    new = run("ls-files", "-z", "--others", "--exclude-standard", "--", *specs)
    return tuple(sorted({run.outside(name) for name in (*changed.entries, *new.entries)}))


def file_at(run: Runner, rev: str, path: str) -> bytes | None:
    """The bytes of the desk's `path` as of `rev`; None where there was no such file.

    Errors: GitError for an unknown `rev`.
    """
    sha = resolved(run, rev)
    answer = run("cat-file", "blob", f"{sha}:{run.inside(path)}", check=False)
    return answer.output if answer.status == 0 else None


def last_commit(run: Runner) -> Commit | None:
    """What HEAD is; None before the first commit."""
    if head(run) is None:
        return None
    shown = run(
        "log", "-1", "-z", "--no-show-signature", "--encoding=UTF-8", f"--format={_FORMAT}", "HEAD", "--"
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
