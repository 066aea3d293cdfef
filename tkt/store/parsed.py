"""What did a desk's configuration files say when they were last parsed?

A disposable file beside the lock holds the bytes of each and the values they were parsed to. A file with
these very bytes is not parsed again; whatever is wrong with what was kept costs time and nothing else.
Nothing is kept of a file with faults: they are told, with their lines, each time.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from tkt import __version__
from tkt.store.codec.decoding import decoded, without_mark
from tkt.store.codec.reading import Document, read_document
from tkt.store.gitnear import near_place
from tkt.store.gitquick import make_state_folder, state_folder

NAME = "configuration"
READING = 1
"""Counts up when the same bytes are to be read as other values."""
_MAGIC = f"tkt {__version__} configuration {READING}\n".encode()
_SUM_BYTES = 4


class _Kept(NamedTuple):
    """The bytes of a file, and what they hold."""

    data: bytes
    value: dict[str, Any]


class ParsedFiles:
    """The parsed files of one desk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._file = state_folder(root, near_place(root)) / NAME
        self._kept = _read(self._file)
        self._is_new = False

    def document(self, data: bytes, path: str) -> Document:
        """As codec.reading.read_document. Errors: DataError."""
        kept = self._kept.get(path)
        if kept is not None and kept.data == data:
            return Document(value=kept.value, path=path, text=without_mark(decoded(data, path)))
        document = read_document(data, path)
        self._kept[path] = _Kept(data, document.value)
        self._is_new = True
        return document

    def keep(self) -> None:
        """Write down what was parsed anew, where that is possible."""
        if self._is_new:
            self._is_new = False
            with suppress(OSError, ValueError, msgspec.MsgspecError):
                _write(self._file, msgspec.msgpack.encode(self._kept))


_last: list[ParsedFiles] = []
"""The desk that this process looked at last: a command asks for its language and then for all of it."""


@contextmanager
def parsed_files(root: Path) -> Iterator[ParsedFiles]:
    """The parsed files of the desk at `root`; what is new is written down at the end."""
    if not _last or _last[0].root != root:
        _last[:] = [ParsedFiles(root)]
    yield _last[0]
    _last[0].keep()


def _read(file: Path) -> dict[str, _Kept]:
    try:
        data = file.read_bytes()
        head = len(_MAGIC) + _SUM_BYTES
        if data[:head] == _MAGIC + _sum(data[head:]):
            return msgspec.msgpack.decode(data[head:], type=dict[str, _Kept])
    except (OSError, ValueError, msgspec.MsgspecError):
        return {}
    return {}


def _write(file: Path, body: bytes) -> None:
    make_state_folder(file.parent)
    temporary = file.with_name(f".{NAME}.{os.urandom(4).hex()}.tmp")
    try:
        temporary.write_bytes(_MAGIC + _sum(body) + body)
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)


def _sum(body: bytes) -> bytes:
    return zlib.crc32(body).to_bytes(_SUM_BYTES, "big")
