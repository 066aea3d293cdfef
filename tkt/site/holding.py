"""Who writes into a folder of pages now, and which files did a run leave there that was killed?"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from tkt.errors import Conflict
from tkt.i18n import msg
from tkt.late import late

JOURNAL = ".tkt-site.log"
"""Names every new file before it is made, while a run writes; it is gone when the run has ended well."""
_BESIDE = late(r"(?P<folder>(?:.*/)?)\.(?P<base>[^/]+)\.\d+\.tmp", re.DOTALL)


class Hold:
    """A folder that this run alone writes into. The system takes it back when the run dies.

    Errors: Conflict while another run writes there; OSError.
    """

    def __init__(self, folder: Path) -> None:
        self._place = folder / JOURNAL
        self._lock = _lock(folder)
        try:
            more = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0)
            self._journal = os.open(self._place, more, 0o666)
        except OSError:
            self._free()
            raise

    def note(self, key: str) -> None:
        """Say that a file is about to be made; in a copy of this process too. Errors: OSError."""
        os.write(self._journal, f"{key}\n".encode())

    def release(self, *, is_whole: bool) -> None:
        """Let the folder go; `is_whole`: all that was noted stands in the manifest."""
        os.close(self._journal)
        if is_whole:
            with suppress(OSError):  # what it says is true all the same
                self._place.unlink()
        self._free()

    def _free(self) -> None:
        if self._lock is not None:
            os.close(self._lock)


def noted(folder: Path) -> list[str]:
    """What runs that were killed had begun to make; the end of a line that was cut off is none of it."""
    try:
        text = (folder / JOURNAL).read_text("utf-8", "replace")
    except FileNotFoundError:
        return []
    return [line for line in text.split("\n")[:-1] if line]


def half_written(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(file, the page that it was to become) of what a killed run was about to put in a page's place."""
    for name in names:
        found = _BESIDE.fullmatch(name)
        if found is not None:
            yield name, found["folder"] + found["base"]


def _lock(folder: Path) -> int | None:
    try:
        import fcntl
    except ImportError:  # a system that has no locks of folders
        return None
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise taken(folder) from None
    return descriptor


def taken(folder: Path) -> Conflict:
    """Another run writes there."""
    return Conflict(
        msg("another command writes its pages there now, expected one at a time"),
        path=str(folder),
        hint=msg("try again when it is done"),
    )
