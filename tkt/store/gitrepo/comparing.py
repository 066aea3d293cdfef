"""What differs between two commits, or between a commit and what lies on the disk?

Answers are paths and blobs, as git keeps them: no likeness is guessed at, and nothing is parsed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from os.path import lexists
from typing import Final, NamedTuple

from tkt.errors import GitError
from tkt.i18n import msg
from tkt.store.gitrepo.running import Answer, Runner

WORK: Final = "work"
"""In place of a blob's name: the content lies on the disk."""
EMPTY_TREE: Final = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
"""What a first commit is compared with."""
_AT_ONCE = 5000  # blobs asked for in one call, so that their contents never all lie in memory twice


class Change(NamedTuple):
    """A path of the desk that differs: the blob that it was and the one that it is, None where absent."""

    path: str
    old: str | None
    new: str | None


def changes(run: Runner, old: str, new: str) -> tuple[Change, ...]:
    """What differs in the desk from one commit or tree to another, in order of paths."""
    answer = run("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", old, new, "--", *_desk(run))
    return tuple(_changes(run, answer))


def work_changes(run: Runner, old: str) -> tuple[Change, ...]:
    """What differs in the desk from a commit to the working tree, new files too.

    `new` is WORK, None, or the blob of what a sparse checkout keeps off the disk.
    """
    # `diff`, not `diff-index`: it looks into files whose time alone is another, and leaves them out
    options = ("-z", "--raw", "--no-renames", "--no-abbrev", "--no-ext-diff", "--no-relative")
    answer = run("diff", *options, old, "--", *_desk(run))
    found = [it._replace(new=_at_work(run, it)) for it in _changes(run, answer)]
    untracked = run("ls-files", "-z", "--others", "--exclude-standard", "--", *_desk(run))
    known = {it.path for it in found}
    new = (run.outside(name) for name in untracked.entries)
    found += [Change(path, None, WORK) for path in new if path not in known]
    return tuple(sorted(found))


def _at_work(run: Runner, change: Change) -> str | None:
    """Git names the blob of what it knows to be unchanged since it was put into the index."""
    if change.new is None or not change.new.strip("0") or is_on_disk(run, change.path):
        return None if change.new is None else WORK
    return change.new


def is_on_disk(run: Runner, path: str) -> bool:
    """Whether anything lies at this path of the desk."""
    return run.place.top is not None and lexists(run.place.top / run.inside(path))


def changes_elsewhere(run: Runner, old: str, new: str) -> bool:
    """Whether anything outside of the desk differs between two commits."""
    if not run.place.prefix:
        return False
    answer = run("diff-tree", "-r", "-z", "--name-only", "--no-renames", old, new)
    return any(not name.startswith(run.place.prefix) for name in answer.entries)


def index_changes(run: Runner, old: str) -> tuple[Change, ...]:
    """What differs in the desk from a commit to the index; paths that git could not merge are left out."""
    answer = run(
        "diff-index", "--cached", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", old, "--", *_desk(run)
    )
    return tuple(_changes(run, answer))


def blobs_below(run: Runner, rev: str, folders: Iterable[str]) -> dict[str, str]:
    """Path → blob of every file below these folders of the desk as of `rev`."""
    specs = [run.inside(folder).rstrip("/") for folder in folders]
    answer = run("ls-tree", "-r", "-z", "--full-tree", rev, "--", *specs)
    found = (entry.split("\t", 1) for entry in answer.entries)
    return {run.outside(name): meta.split(" ")[2] for meta, name in found if meta.split(" ")[1] == "blob"}


def blobs(run: Runner, names: Iterable[str]) -> dict[str, bytes]:
    """What these blobs hold. Errors: GitError where one is not in the repository."""
    wanted = [name for name in dict.fromkeys(names) if name != WORK]
    found: dict[str, bytes] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        answer = run("cat-file", "--batch", stdin="".join(f"{name}\n" for name in some).encode())
        found |= zip(some, _contents(answer.output, some), strict=True)
    return found


def written_blob(run: Runner, data: bytes) -> str:
    """The name of the blob that holds `data`, put into the repository."""
    return run("hash-object", "-w", "--stdin", stdin=data).text.strip()


def _desk(run: Runner) -> tuple[str, ...]:
    return run.literally([""]) if run.place.prefix else ()


def _changes(run: Runner, answer: Answer) -> Iterator[Change]:
    """`:mode mode blob blob letter`, then the path; links and submodules are blobs of no file."""
    entries = answer.entries
    for meta, name in zip(entries[::2], entries[1::2], strict=True):
        old_mode, new_mode, old, new, letter = meta[1:].split(" ")
        if letter != "U":
            yield Change(run.outside(name), _blob(old_mode, old), _blob(new_mode, new))


def _blob(mode: str, name: str) -> str | None:
    return name if mode.startswith("100") else None


def _contents(output: bytes, names: Sequence[str]) -> Iterator[bytes]:
    """The contents in the order in which they were asked for: `<name> blob <size>`, then so many bytes."""
    place = 0
    for name in names:
        end = output.index(b"\n", place)
        words = output[place:end].split(b" ")
        if len(words) != 3 or words[1] != b"blob":
            raise GitError(
                msg("git does not have the file {blob}, expected it in this clone", blob=name),
                hint=msg("git fetch --unshallow, or clone again without --filter"),
            )
        start, size = end + 1, int(words[2])
        yield output[start : start + size]
        place = start + size + 1
