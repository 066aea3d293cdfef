"""The desk's git repository: may tkt commit, what is in it, how is a commit made or taken off?

The only place that uses GitPython, which is loaded with the first git command and not before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path

from tkt.errors import GitError
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.store.gitquick import (
    Identity,
    Place,
    find_place,
    initialised,
    quick_identity,
    rescue_folder,
    state_folder,
)
from tkt.store.gitrepo import (
    ancestry,
    bringing,
    comparing,
    logging,
    looking,
    meeting,
    signing,
    state,
    versions,
)
from tkt.store.gitrepo.bringing import Brought
from tkt.store.gitrepo.committing import commit_paths
from tkt.store.gitrepo.comparing import EMPTY_TREE, WORK, Change
from tkt.store.gitrepo.ever import Ever, ever_at
from tkt.store.gitrepo.logging import CommitInfo
from tkt.store.gitrepo.looking import Commit
from tkt.store.gitrepo.meeting import Entry, Held, Meeting, Stage
from tkt.store.gitrepo.message import HAND_EDITS, commit_message
from tkt.store.gitrepo.remote import Offline, Overtaken, PushRefused, Remote, Upstream
from tkt.store.gitrepo.running import Runner
from tkt.store.gitrepo.signing import Signature
from tkt.store.gitrepo.state import refuse_unless_writable, refuse_without_identity
from tkt.store.gitrepo.undoing import take_off
from tkt.store.gitrepo.versions import Made


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

    @cached_property
    def _is_known(self) -> bool:
        """True: git was told who commits, which is asked until it was. Errors: GitError."""
        refuse_without_identity(self.root)
        return True

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
            _ = self._is_known  # refuses

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

    def known(self, ref: str) -> str | None:
        """The sha that a ref names; None where there is none."""
        return looking.known(self._run, ref)

    def tags(self) -> tuple[tuple[str, int], ...]:
        """Every tag with when it was made, in seconds since 1970."""
        return looking.tags(self._run)

    def count(self, *selected: str) -> int:
        """How many commits `git rev-list` selects (`A..B`)."""
        return looking.count(self._run, *selected)

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

    def file_at(self, rev: str, path: str) -> bytes | None:
        """The bytes of `path` as of `rev`; None where there was none. Errors: GitError."""
        return looking.file_at(self._run, rev, path)

    def changes(self, old: str, new: str) -> tuple[Change, ...]:
        """What differs in the desk between two commits or trees, path by path: no likeness is guessed at."""
        return comparing.changes(self._run, old, new)

    def work_changes(self, old: str) -> tuple[Change, ...]:
        """What differs in the desk between a commit and the disk, new files too; there `new` is WORK."""
        return comparing.work_changes(self._run, old)

    def changes_elsewhere(self, old: str, new: str) -> bool:
        """Whether anything outside of the desk differs between two commits."""
        return comparing.changes_elsewhere(self._run, old, new)

    def index_changes(self, old: str) -> tuple[Change, ...]:
        """What differs in the desk between a commit and the index; what git could not merge is left out."""
        return comparing.index_changes(self._run, old)

    def meeting(self) -> Meeting | None:
        """The merge, rebase, cherry-pick or stash pop that is not finished."""
        return meeting.meeting(self._run)

    def unmerged(self) -> tuple[Stage, ...]:
        """The versions of the desk's paths that git could not merge."""
        return meeting.unmerged(self._run)

    def relative(self, name: str) -> str:
        """What git calls `name` from the top of the working tree, relative to the desk."""
        return self._run.outside(name)

    def unmerged_elsewhere(self) -> tuple[str, ...]:
        """Paths outside the desk that git could not merge, from the top of the working tree."""
        return meeting.unmerged_elsewhere(self._run)

    def entries(self, paths: Iterable[str]) -> dict[str, Entry]:
        """Those of these paths that are in the index, and merged."""
        return meeting.entries(self._run, paths)

    def indexed_copies(self, ticket_id: str) -> tuple[str, ...]:
        """Where the index has files of a ticket, also those that a sparse checkout keeps off the disk."""
        return meeting.indexed_copies(self._run, ticket_id)

    def index_tree(self) -> str:
        """The tree that the index makes; it must hold nothing unmerged. Errors: GitError."""
        return meeting.index_tree(self._run)

    def put_in_index(self, wanted: Mapping[str, Held]) -> None:
        """Make the index hold this content (or blob, or entry) at these paths; None takes a path out of it."""
        meeting.put_in_index(self._run, wanted)

    def blobs(self, names: Iterable[str]) -> dict[str, bytes]:
        """What these blobs hold. Errors: GitError where this clone lacks one."""
        return comparing.blobs(self._run, names)

    def blobs_below(self, rev: str, folders: Iterable[str]) -> dict[str, str]:
        """Path → blob of every file below these folders as of `rev`."""
        return comparing.blobs_below(self._run, rev, folders)

    def merge_base(self, one: str, other: str) -> str | None:
        """The commit from which both come; None where there is none. Errors: GitError where a shallow clone cannot know."""
        return ancestry.merge_base(self._run, one, other)

    def common_commit(self, one: str, other: str) -> str:
        """The same. Errors: GitError where there is none."""
        return ancestry.common_commit(self._run, one, other)

    def left_at(self, rev: str) -> str:
        """Where this branch left `rev`; `rev` itself where they have nothing in common (ancestry.left_at)."""
        return ancestry.left_at(self._run, rev)

    @property
    def is_shallow(self) -> bool:
        """Whether this clone lacks older commits."""
        return state.is_shallow(self.place)

    @property
    def shallow_ends(self) -> tuple[str, ...]:
        """The oldest commits of a shallow clone, whose parents it lacks."""
        return state.shallow_ends(self.place)

    @property
    def remotes(self) -> tuple[str, ...]:
        """The names of the remotes that this clone knows."""
        return looking.remotes(self._run)

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether `new` holds all that `old` does."""
        return ancestry.is_ancestor(self._run, old, new)

    def commits(self, *selected: str, paths: Iterable[str] = ()) -> tuple[CommitInfo, ...]:
        """The commits that `git log` selects (`A..B`, `-n3`), oldest first; with `paths`, those that touch them."""
        return logging.commits(self._run, *selected, paths=paths)

    def made(self, paths: Iterable[str]) -> tuple[Made, ...]:
        """The commits up to HEAD that made these ticket files what they are, the latest first (versions.made)."""
        return versions.made(self._run, paths)

    def first_written(self, selected: str, paths: Iterable[str]) -> dict[str, datetime]:
        """Path → when the earliest of the selected commits (`A..B`) that touch it was written."""
        return logging.first_written(self._run, selected, paths)

    def ever_at(self, paths: Iterable[str]) -> Ever:
        """What every branch, tag and stash has put at these paths. Errors: GitError where a shallow clone cannot know."""
        return ever_at(self._run, paths)

    def signatures(self, *selected: str) -> dict[str, Signature]:
        """Commit → what git says of its signature, of the commits that `git log` selects."""
        return signing.signatures(self._run, *selected)

    def brought(self, commits: Sequence[str], folder: str) -> tuple[Brought, ...]:
        """What each of these commits made of the files below `folder`, in their order (bringing.brought)."""
        return tuple(bringing.brought(self._run, commits, folder))

    def short_name(self, rev: str) -> str:
        """How people call what `rev` names: `origin/main` for `@{upstream}`; `rev` itself where it has no name."""
        return looking.short_name(self._run, rev)

    def raw_parents(self, rev: str) -> tuple[str, ...]:
        """The parents that a commit names, also those that a shallow clone does not have."""
        return logging.raw_parents(self._run, rev)

    def paths_with_markers(self, folders: Iterable[str]) -> tuple[str, ...]:
        """The files below these folders, tracked or not, with a line as git begins a conflict with."""
        return looking.paths_with_markers(self._run, folders)

    @cached_property
    def remote(self) -> Remote:
        """The way to the remote, and the merges and rebases that lead to it."""
        return Remote(self._run)

    def last_commit(self) -> Commit | None:
        """What HEAD is; None before the first commit. Errors: GitError where a shallow clone lacks what it changed."""
        found = looking.last_commit(self._run)
        if found is not None and found.parents != self.raw_parents(found.sha):
            raise GitError(
                msg("this clone is shallow: it lacks what was before the last commit"),
                hint=msg("git fetch --deepen=1"),
            )
        return found

    def is_pushed(self, sha: str) -> bool:
        """Whether a remote-tracking branch or a tag holds the commit."""
        return looking.is_pushed(self._run, sha)

    def commit_at(self, rev: str) -> Commit:
        """The commit that `rev` names. Errors: GitError."""
        return looking.commit_at(self._run, rev)

    def take_off_last_commit(self, commit: Commit) -> None:
        """Take `commit`, the last one, off again; its paths become what they were before it.

        Errors: GitError where it is not the last, pushed, a merge, the first, or reaches out of the
        desk; Conflict where one of its paths has changed since.
        """
        refuse_unless_writable(self._run)
        take_off(self._run, commit)


__all__ = [
    "EMPTY_TREE",
    "HAND_EDITS",
    "WORK",
    "Brought",
    "Change",
    "Commit",
    "CommitInfo",
    "Entry",
    "Ever",
    "GitRepo",
    "Made",
    "Meeting",
    "Offline",
    "Overtaken",
    "PushRefused",
    "Signature",
    "Stage",
    "Upstream",
    "commit_message",
]
