"""How do several changes to files stand together, or not at all?

    with Undoable(root, rescue=folder, now=now) as work:
        work.replace("tickets/new/ID.yaml", text, expected=read)
        work.move("tickets/new/ID.yaml", "tickets/assigned/ID.yaml")
        repository.commit(work.paths, message)

Whatever goes wrong inside, a refused commit or an interruption too, the files go back to what they
were, and what was to be written is kept in the rescue folder, which the error names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from types import TracebackType

from tkt.errors import Conflict, TktError, add_hint
from tkt.i18n import Message, msg
from tkt.store.files import (
    create_file,
    inside,
    move_file,
    place_new,
    place_over,
    read_file,
    replace_file,
    shown,
)
from tkt.store.staging import Staged, digest_of

_Step = tuple[str, Callable[[], None]]
"""A path, and what takes its change back."""


class Undoable:
    """A group of changes below `root`. Paths are posix and relative to it.

    `rescue` None keeps nothing: for texts that can be made again, as by an import. Texts that wait in a
    `Staging` (thousands of them) are never in memory, nor are those that they take the place of. Without
    `sync` the disk is not waited for.
    """

    def __init__(self, root: Path, *, rescue: Path | None, now: datetime, sync: bool = True) -> None:
        self._root = root
        self._rescue = rescue
        self._now = now
        self._sync = sync
        self._steps: list[_Step] = []
        self._texts: dict[str, bytes] = {}
        self._paths: dict[str, None] = {}
        self._stands = False
        self._kept: list[Path] = []

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path touched so far, in order: what the commit is about."""
        return tuple(self._paths)

    def create(self, path: str, data: bytes, *, rescued: bool = True) -> None:
        """Write a new file; not `rescued`, where its content is elsewhere too. Errors: as files.create_file."""
        file = inside(self._root, path)
        if rescued:
            self._texts[path] = data  # first of all: what is refused is rescued too
        create_file(file, data, root=self._root, sync=self._sync)
        self._did(path, lambda: self._remove(file, data))

    def include(self, path: str) -> None:
        """A file that is as it is to be already: the commit is about it too, and nothing takes it back."""
        self._paths[path] = None

    def replace(self, path: str, data: bytes, *, expected: bytes) -> None:
        """Replace a file that still holds `expected`. Errors: as files.replace_file."""
        file = inside(self._root, path)
        self._texts[path] = data
        replace_file(file, data, expected=expected, root=self._root, sync=self._sync)
        self._did(path, lambda: replace_file(file, expected, expected=data, root=self._root))

    def place(self, path: str, staged: Staged) -> None:
        """A new file, of a text that waits. Errors: as files.place_new."""
        file = inside(self._root, path)
        self._waits(path, staged)
        place_new(staged.file, file, root=self._root)
        self._did(path, lambda: self._remove_placed(file, staged.digest))

    def place_over(self, path: str, staged: Staged, *, expected: bytes, keep: Path) -> None:
        """Replace a file that still has the digest `expected` by a text that waits; the old one waits at `keep`.

        Errors: as files.place_over.
        """
        file = inside(self._root, path)
        self._waits(path, staged)
        place_over(
            staged.file,
            file,
            keep=keep,
            is_expected=lambda data: digest_of(data) == expected,
            root=self._root,
        )
        self._did(path, lambda: self._put_back(file, staged.digest, keep))

    def move(self, source: str, target: str) -> None:
        """Rename a file to a name that is free. Errors: as files.move_file."""
        old, new = inside(self._root, source), inside(self._root, target)
        move_file(old, new, root=self._root)
        self._did(source, lambda: move_file(new, old, root=self._root))
        self._paths[target] = None
        if source in self._texts:
            self._texts[target] = self._texts.pop(source)

    def remove(self, path: str, *, expected: bytes) -> None:
        """Remove a file that still holds `expected`. Errors: Conflict, FileError."""
        file = inside(self._root, path)
        self._remove(file, expected)
        self._did(path, lambda: create_file(file, expected, root=self._root))

    def forget(self) -> None:
        """What was kept when it failed is written after all, by another attempt."""
        for file in self._kept:
            file.unlink(missing_ok=True)

    def stands(self) -> None:
        """It is committed: nothing is taken back any more, whatever happens."""
        self._stands = True

    def __enter__(self) -> Undoable:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None or self._stands:
            return
        self._kept = self._keep()  # before anything is taken back: the text is safe whatever follows
        stuck = self._take_back()
        if isinstance(error, TktError):
            for hint in (*_kept_hint(self._kept, self._root), *_stuck_hint(stuck)):
                add_hint(error, hint)

    def _did(self, path: str, undo: Callable[[], None]) -> None:
        self._steps.append((path, undo))
        self._paths[path] = None

    def _remove(self, file: Path, data: bytes) -> None:
        if read_file(file, root=self._root) != data:
            raise Conflict(msg("has changed since it was written"), path=shown(file, self._root))
        file.unlink()

    def _waits(self, path: str, staged: Staged) -> None:
        """The text is rescued with the others, where anything is."""
        if self._rescue is not None:
            self._texts[path] = staged.text()

    def _remove_placed(self, file: Path, digest: bytes) -> None:
        if digest_of(read_file(file, root=self._root)) != digest:
            raise Conflict(msg("has changed since it was written"), path=shown(file, self._root))
        file.unlink()

    def _put_back(self, file: Path, digest: bytes, kept: Path) -> None:
        """Errors: Conflict, FileError, OSError."""
        place_over(
            kept,
            file,
            keep=kept.with_name(f"{kept.name}-new"),
            is_expected=lambda data: digest_of(data) == digest,
            root=self._root,
        )

    def _take_back(self) -> list[str]:
        """Undo every step, last first; the paths where that failed."""
        stuck = []
        for path, undo in reversed(self._steps):
            try:
                undo()
            except (TktError, OSError):
                stuck.append(path)
        return stuck

    def _keep(self) -> list[Path]:
        if self._rescue is None:
            return []
        kept = []
        for path, data in self._texts.items():
            with suppress(TktError):  # the failure itself is what must be told
                kept.append(rescue_text(self._rescue, Path(path).name, data, self._now))
        return kept


def rescue_text(folder: Path, name: str, data: bytes, now: datetime) -> Path:
    """Keep `data` as `<timestamp>-<name>` in `folder`; never over an earlier one."""
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for attempt in count(1):
        again = f"-{attempt}" if attempt > 1 else ""
        file = folder / f"{stamp}{again}-{name}"
        with suppress(Conflict):
            create_file(file, data)
            return file
    raise AssertionError("count() never ends")


def _kept_hint(kept: Sequence[Path], root: Path) -> list[Message]:
    names = tuple(shown(file, root) for file in kept)
    return [msg("what was to be written is kept in {files}", files=names)] if names else []


def _stuck_hint(stuck: Sequence[str]) -> list[Message]:
    if not stuck:
        return []
    return [msg("could not be put back as they were: {files}; compare with: git diff", files=tuple(stuck))]


__all__ = ["Undoable", "rescue_text"]
