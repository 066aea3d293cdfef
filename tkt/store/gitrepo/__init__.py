"""The desk's git repository: may tkt commit, what is in it, how is a commit made or taken off?

The only place that uses GitPython, which is loaded with the first git command and not before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tkt.store.gitquick import (
    Identity,
    Place,
    find_place,
    initialised,
    quick_identity,
    rescue_folder,
    state_folder,
)
from tkt.store.gitrepo import looking
from tkt.store.gitrepo.committing import commit_paths
from tkt.store.gitrepo.looking import Commit
from tkt.store.gitrepo.message import HAND_EDITS, commit_message
from tkt.store.gitrepo.running import Runner
from tkt.store.gitrepo.state import refuse_unless_writable, refuse_without_identity
from tkt.store.gitrepo.undoing import take_off


@dataclass(frozen=True)
class GitRepo:
    """The repository around the desk at `root`. Paths are posix and relative to the desk."""

    root: Path
    place: Place

    @classmethod
    def of(cls, root: Path) -> GitRepo | None:
        """The repository that `root` lies in, bare ones too; None without git. Errors: GitError."""
        place = find_place(root)
        return None if place is None else cls(root, place)

    @classmethod
    def init(cls, root: Path, *, identity: Identity | None = None) -> GitRepo:
        """Make `root` a repository; with `identity` as the name that its commits get from now on.

        Errors: GitError.
        """
        return cls(root, initialised(root, identity))

    @cached_property
    def _run(self) -> Runner:
        return Runner(self.place)

    @property
    def state_folder(self) -> Path:
        """Where this desk's lock and index are."""
        return state_folder(self.root, self.place)

    @property
    def rescue_folder(self) -> Path:
        """Where the text of a failed command is kept."""
        return rescue_folder(self.root, self.place)

    def refuse_unless_ready(self, *, identity: Identity | None = None) -> None:
        """Refuse now what `commit` would refuse: to be asked before anybody types a text.

        Errors: GitError, one for each: bare, merging, rebasing, cherry-picking, reverting, detached,
        locked index, no identity (unless `identity` is given).
        """
        refuse_unless_writable(self._run)
        if identity is None:
            refuse_without_identity(self.root)

    def refuse_unless_writable(self) -> None:
        """The same without the question who commits. Errors: GitError."""
        refuse_unless_writable(self._run)

    def commit(self, paths: Iterable[str], message: str, *, identity: Identity | None = None) -> str:
        """One commit of `paths` alone, new, changed and gone ones alike; its sha.

        On failure the index is as it was; the working tree is the caller's (undoable.Undoable).
        Errors: GitError, with what git and its hooks said.
        """
        self.refuse_unless_ready(identity=identity)
        return commit_paths(self._run, paths, message, identity)

    def user(self) -> Identity | None:
        """Name and mail address that git was told."""
        return quick_identity(self.root)

    def head(self) -> str | None:
        """The sha of HEAD; None before the first commit."""
        return looking.head(self._run)

    def branch(self) -> str | None:
        """The branch that is checked out, born or not; None where HEAD is detached."""
        return looking.branch(self._run)

    def resolved(self, rev: str) -> str:
        """The sha of the commit that `rev` names. Errors: GitError."""
        return looking.resolved(self._run, rev)

    def dirty(self, paths: Iterable[str] | None = None) -> tuple[str, ...]:
        """Those of `paths` (None: of the desk) whose working copy or index differs from HEAD."""
        return looking.dirty(self._run, paths)

    def dirty_copies(self, ticket_ids: Iterable[str]) -> tuple[str, ...]:
        """The files of these tickets, wherever they lie or lay, that differ from HEAD; one call."""
        return looking.dirty_copies(self._run, ticket_ids)

    def paths_at(self, rev: str, folder: str) -> tuple[str, ...]:
        """Every path below `folder` as of `rev`. Errors: GitError."""
        return looking.paths_at(self._run, rev, folder)

    def is_clean(self) -> bool:
        """Whether the whole desk is as committed, with nothing new in it."""
        return not self.dirty()

    def changed_paths_since(self, rev: str) -> tuple[str, ...]:
        """Paths that this branch and its working tree have changed since they left `rev`, sorted.

        Errors: GitError for an unknown `rev`.
        """
        return looking.changed_paths_since(self._run, rev)

    def file_at(self, rev: str, path: str) -> bytes | None:
        """The bytes of `path` as of `rev`; None where there was none. Errors: GitError."""
        return looking.file_at(self._run, rev, path)

    def last_commit(self) -> Commit | None:
        """What HEAD is; None before the first commit."""
        return looking.last_commit(self._run)

    def is_pushed(self, sha: str) -> bool:
        """Whether a remote-tracking branch or a tag holds the commit."""
        return looking.is_pushed(self._run, sha)

    def take_off_last_commit(self, commit: Commit) -> None:
        """Take `commit`, the last one, off again; its paths become what they were before it.

        Errors: GitError where it is not the last, pushed, a merge, the first, or reaches out of the
        desk; Conflict where one of its paths has changed since.
        """
        refuse_unless_writable(self._run)
        take_off(self._run, commit)


__all__ = ["HAND_EDITS", "Commit", "GitRepo", "commit_message"]
