"""Did anything that the board shows change since it was looked at? A cheap look at names and times of files."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from tkt.store.tree import TICKETS

CONFIG = "config"


def mark_of(root: Path, statuses: Sequence[str]) -> bytes:
    """Bytes that are others when a ticket of these statuses or a file of the configuration is."""
    folders = [*(root / TICKETS / status for status in statuses), root / CONFIG]
    found = hashlib.sha1(usedforsecurity=False)
    for folder in folders:
        found.update(f"{folder}\n".encode("utf-8", "surrogateescape"))
        for line in sorted(_seen(str(folder))):
            found.update(line)
    return found.digest()


def _seen(folder: str) -> Iterator[bytes]:
    """A line for each file below a folder; nothing for what has just gone."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    yield from _seen(entry.path)
                else:
                    stat = entry.stat(follow_symlinks=False)
                    line = f"{entry.path} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_size}\n"
                    yield line.encode("utf-8", "surrogateescape")
    except OSError:
        return
