"""Where do the texts of bulk work wait until all of them are made, and the old ones until it is committed?

In files of the desk's state folder, beside git's index: thousands of texts need no memory, a full disk
is met before the first ticket is touched, and git never sees what a kill leaves. Only who holds the
lock of the desk may have one; the next one clears away what a killed one has left.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from tkt.store.files import make_folder, put_all_on_disk, put_on_disk, read_file, write_waiting
from tkt.store.gitquick import find_place, state_folder

MANY = 50
"""From so many texts on, the file system is asked to write all that waits, and not each."""
_NAME = "staging"


class Staged(NamedTuple):
    """A text that waits, and the digest by which it is known again."""

    folder: Path
    number: int
    digest: bytes

    @property
    def file(self) -> Path:
        """Where it waits."""
        return self.folder / str(self.number)

    def text(self) -> bytes:
        """What waits there. Errors: FileError."""
        return read_file(self.file)


class Staging:
    """The waiting texts of one command, gone when it ends."""

    def __init__(self, root: Path) -> None:
        self._folder = state_folder(root, find_place(root)) / _NAME
        self._count = 0

    def __enter__(self) -> Staging:
        self._clear()
        make_folder(self._folder)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clear()

    def put(self, data: bytes) -> Staged:
        """Keep a text. Errors: FileError."""
        write_waiting(self.place(), data)
        return Staged(self._folder, self._count, digest_of(data))

    def drop(self, staged: Staged) -> None:
        """It waits no longer."""
        staged.file.unlink(missing_ok=True)

    def place(self) -> Path:
        """A name that is free here."""
        self._count += 1
        return self._folder / str(self._count)

    def settle(self, waiting: Sequence[Staged]) -> None:
        """Wait until these are on the disk: the names that lead to them come after that. Errors: FileError."""
        if len(waiting) >= MANY:
            put_all_on_disk(self._folder)
            return
        for staged in waiting:
            put_on_disk(staged.file)

    def _clear(self) -> None:
        import shutil  # with its compressors it takes 5 ms to load

        if self._folder.is_symlink() or self._folder.is_file():
            self._folder.unlink()  # a stranger's: nothing is written through it
        shutil.rmtree(self._folder, ignore_errors=True)


def digest_of(data: bytes) -> bytes:
    """By which a text is known again."""
    from hashlib import blake2b  # takes 4 ms to load

    return blake2b(data, digest_size=16).digest()
