"""What is being brought together in this working tree, and what does git's index say of it?"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from tkt.frozen import dataclass
from tkt.store.gitrepo import comparing
from tkt.store.gitrepo.ancestry import merge_base
from tkt.store.gitrepo.comparing import EMPTY_TREE
from tkt.store.gitrepo.running import Runner

Kind = Literal["merge", "rebase", "cherry-pick", "revert", "stash", "unmerged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Three states of the desk that are being put together. Where only the index knows them they are None."""

    kind: Kind
    base: str | None = None
    ours: str | None = None
    theirs: str | None = None


class Stage(NamedTuple):
    """One version of a path that git could not merge: 1 the base's, 2 ours, 3 theirs."""

    path: str
    number: int
    blob: str


class Entry(NamedTuple):
    """A path in the index. `is_left_out`: a sparse checkout keeps it off the disk."""

    blob: str
    is_left_out: bool


def meeting(run: Runner) -> Meeting | None:
    """The merge (rebase, cherry-pick, stash pop …) that is not finished; None where there is none."""
    for name, kind in _HEADS:
        head = _head_in(run, name)
        if head is not None:
            return _of_commit(run, kind, head)
    if not unmerged(run):
        return None
    return _of_stash(run) or Meeting(kind="unmerged")


def unmerged(run: Runner) -> tuple[Stage, ...]:
    """The versions of the desk's paths that git could not merge."""
    answer = run("ls-files", "--unmerged", "-z", "--", *run.literally([""]))
    found = (entry.split("\t", 1) for entry in answer.entries)
    return tuple(Stage(run.outside(name), int(meta.split()[2]), meta.split()[1]) for meta, name in found)


def unmerged_elsewhere(run: Runner) -> tuple[str, ...]:
    """Unmerged paths of the repository that are not the desk's, from the top of the working tree."""
    answer = run("ls-files", "--unmerged", "-z")
    names = dict.fromkeys(entry.split("\t", 1)[1] for entry in answer.entries)
    return tuple(name for name in names if not name.startswith(run.place.prefix))


def entries(run: Runner, paths: Iterable[str]) -> dict[str, Entry]:
    """Those of these paths that are in the index and merged."""
    wanted = tuple(paths)
    if not wanted:
        return {}
    answer = run("ls-files", "--stage", "-t", "-z", "--", *run.named(wanted))
    asked = set(wanted)
    found: dict[str, Entry] = {}
    for line in answer.entries:
        meta, name = line.split("\t", 1)
        letter, _mode, blob, stage = meta.split()
        path = run.outside(name)
        if path in asked and stage == "0":
            found[path] = Entry(blob, letter == "S")
    return found


def indexed_copies(run: Runner, ticket_id: str) -> tuple[str, ...]:
    """Where the index has files of a ticket, also those that a sparse checkout keeps off the disk."""
    answer = run("ls-files", "-z", "--", *run.below("tickets", [f"{ticket_id}.yaml"]))
    return tuple(dict.fromkeys(run.outside(name) for name in answer.entries))


def index_tree(run: Runner) -> str:
    """The tree that the index makes. Errors: GitError where something is unmerged."""
    return run("write-tree").text.strip()


Held = bytes | str | Entry | None
"""What the index is to hold at a path: content, the name of a blob, an entry as it was; None for no such path."""


def put_in_index(run: Runner, wanted: Mapping[str, Held]) -> None:
    """Make the index hold this at these paths.

    An unmerged path is merged by it; one that a sparse checkout leaves out stays left out. The working
    tree is the caller's.
    """
    now = {path: entry for path, entry in entries(run, wanted).items() if wanted[path] is not None}
    left_out = {path: entry for path, entry in {**now, **_entries_of(wanted)}.items() if entry.is_left_out}
    lines = []
    for path, held in wanted.items():
        name = run.inside(path)
        lines.append(f"0 {'0' * 40}\t{name}\0")  # all stages of it go first
        if held is not None:
            blob = comparing.written_blob(run, held) if isinstance(held, bytes) else _blob(held)
            lines.append(f"100644 {blob} 0\t{name}\0")
    if lines:
        run("update-index", "-z", "--index-info", stdin="".join(lines).encode("utf-8", "surrogateescape"))
    off_disk = [run.inside(path) for path in left_out if not comparing.is_on_disk(run, path)]
    if off_disk:
        names = b"".join(os.fsencode(name) + b"\0" for name in off_disk)
        run("update-index", "-z", "--skip-worktree", "--stdin", stdin=names)


def _entries_of(wanted: Mapping[str, Held]) -> dict[str, Entry]:
    return {path: held for path, held in wanted.items() if isinstance(held, Entry)}


def _blob(held: str | Entry) -> str:
    return held.blob if isinstance(held, Entry) else held


_HEADS: tuple[tuple[str, Kind], ...] = (
    ("MERGE_HEAD", "merge"),
    ("REVERT_HEAD", "revert"),
    ("REBASE_HEAD", "rebase"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
)


def _head_in(run: Runner, name: str) -> str | None:
    """The first commit that a file of the git directory names; REBASE_HEAD outlives its rebase."""
    file = run.place.git_dir / name
    if name == "REBASE_HEAD" and not (run.place.git_dir / "rebase-merge").exists():
        return None
    return file.read_text("ascii").split()[0] if file.exists() else None


def _of_commit(run: Runner, kind: Kind, theirs: str) -> Meeting:
    ours = run("rev-parse", "HEAD").text.strip()
    base = merge_base(run, ours, theirs) if kind == "merge" else _parent(run, theirs)
    return Meeting(kind=kind, base=base or EMPTY_TREE, ours=ours, theirs=theirs)


def _of_stash(run: Runner) -> Meeting | None:
    """A stash that was popped and met changes: git keeps it until it is dropped."""
    answer = run("rev-parse", "--verify", "--quiet", "refs/stash", check=False)
    if answer.status != 0:
        return None
    stash = answer.text.strip()
    base = _parent(run, stash) or EMPTY_TREE
    theirs = {stage.blob for stage in unmerged(run) if stage.number == 3}
    if not theirs <= {change.new for change in comparing.changes(run, base, stash)}:
        return None
    return Meeting(kind="stash", base=base, ours=run("rev-parse", "HEAD").text.strip(), theirs=stash)


def _parent(run: Runner, commit: str) -> str | None:
    answer = run("rev-parse", "--verify", "--quiet", f"{commit}^1", check=False)
    return answer.text.strip() if answer.status == 0 else None
