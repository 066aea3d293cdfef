"""Which folders lie below a folder, without a look at every file?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress

_OWN = 2
"""Links to a folder that has none below it: its name, and its own `.`."""


def folders_below(folder: str) -> Iterator[str]:
    """`folder` and all below it; links are not followed, and what cannot be read has none.

    Where the file system counts the folders in a folder, as is seen at the first one, none that holds
    10,000 files and no folder is listed.
    """
    below = _below(folder)
    yield folder
    counts = bool(below) and _links(folder) == _OWN + len(below)
    for each in below:
        if counts and _links(each) == _OWN:
            yield each
        else:
            yield from folders_below(each)


def _below(folder: str) -> list[str]:
    with suppress(OSError), os.scandir(folder) as entries:
        return [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
    return []


def _links(folder: str) -> int:
    with suppress(OSError):
        return os.lstat(folder).st_nlink
    return 0
