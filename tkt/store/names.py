"""Which names did a folder hold when it was listed last? The same ones, until a name comes to it or goes.

A disposable file for each large folder, beside the index. It counts while the folder has the stamp that it had then; a
folder that was changed about when it was listed is listed again (git's rule for racy timestamps). Missing,
damaged or not to be written it costs time and nothing else.
"""

from __future__ import annotations

import os
import sys
import zlib
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from tkt import __version__
from tkt.ids import lenient
from tkt.store.gitnear import near_place
from tkt.store.gitquick import make_state_folder, state_folder
from tkt.store.stamps import DOUBT, clock_ns, stamp_of

FOLDER = "names"
MANY = 1000
"""Fewer names are listed as quickly as they are read."""
SUFFIX = ".yaml"
_MAGIC = f"tkt {__version__} names 1\n".encode()
_SUM_BYTES = 4
_CAN_TELL = sys.platform != "win32"  # there, not every file system stamps a folder


class Names(NamedTuple):
    """The names of a folder's YAML files without that ending, with slashes between them."""

    stems: str
    spelled: str  # leniently (ids.lenient)


class KeptNames:
    """The names in the folders of one desk's tickets."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def names(self, folder: str) -> Names:
        """What the folder at `folder` (relative to the desk) holds. Errors: OSError."""
        path = str(self._root / folder)
        # Before it is listed, so that a change after it shows.
        stamp = stamp_of(path, clock_ns()) if _CAN_TELL else DOUBT
        if stamp == DOUBT:
            return listed(path)
        file = self._folder / folder.replace("/", "-")
        key = folder.encode() + stamp
        found = _read(file, key)
        if found is None:
            found = listed(path)
            if found.stems.count("/") >= MANY:
                with suppress(OSError):
                    _write(file, key, found)
        return found

    @cached_property
    def _folder(self) -> Path:
        return state_folder(self._root, near_place(self._root)) / FOLDER


def listed(path: str) -> Names:
    """What the folder at `path` holds now. Errors: OSError."""
    names = os.listdir(path)  # noqa: PTH208 - names alone are ten times as fast
    stems = "/".join([name[: -len(SUFFIX)] for name in names if name.endswith(SUFFIX) and name.isascii()])
    return Names(stems, lenient(stems))


def _read(file: Path, key: bytes) -> Names | None:
    """What is kept under this key; None where nothing is."""
    try:
        with open(file, "rb") as opened:  # noqa: PTH123 - one a folder, at every part of an id
            data = opened.read()
    except OSError:
        return None
    head = len(_MAGIC) + _SUM_BYTES
    body = data[head:]
    if data[:head] != _MAGIC + _sum(key, body):
        return None
    stems, _, spelled = body.decode("ascii", "replace").partition("\0")  # no name holds a zero
    return Names(stems, spelled or stems)


def _write(file: Path, key: bytes, names: Names) -> None:
    spelled = "" if names.spelled == names.stems else names.spelled
    body = f"{names.stems}\0{spelled}".encode("ascii")
    make_state_folder(file.parent.parent)
    file.parent.mkdir(exist_ok=True)
    temporary = file.with_name(f".{file.name}.{os.urandom(4).hex()}.tmp")
    try:
        temporary.write_bytes(_MAGIC + _sum(key, body) + body)
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)


def _sum(key: bytes, body: bytes) -> bytes:
    return zlib.crc32(body, zlib.crc32(key)).to_bytes(_SUM_BYTES, "big")
