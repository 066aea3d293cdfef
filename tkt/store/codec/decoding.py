"""Is this file text at all: UTF-8, of bounded size, without NULs and without a half-done merge?"""

from __future__ import annotations

import re
import shlex

from tkt.errors import DataError, Problem
from tkt.i18n import Message, msg
from tkt.late import late

MAX_BYTES = 4 * 1024 * 1024
"""The largest file that is read, and so the largest that is written."""

MARK = b"\xef\xbb\xbf"
"""A byte order mark: accepted, and kept when the file is changed."""
_CONFLICT = late(rb"^(?:<<<<<<< |\|\|\|\|\|\|\| |=======\r?$|>>>>>>> )", re.MULTILINE)
_CONFLICT_MARKS = (b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>")
_WIDE_MARKS = (
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def decoded(data: bytes, path: str) -> str:
    """The text of a file, a byte order mark included.

    Errors: DataError, for what would make every later message about the file misleading.
    """
    if len(data) > MAX_BYTES:
        raise DataError([_too_large(len(data), path)])
    wide = _wide_encoding(data)
    if wide is not None:
        raise DataError(
            [_not_utf8(path, 1, msg("the file is {encoding}, expected UTF-8", encoding=wide), wide)]
        )
    if b"\0" in data:
        raise DataError([_holds_nul(data, path)])
    marker = _CONFLICT.search(data) if any(mark in data for mark in _CONFLICT_MARKS) else None
    if marker is not None:
        raise DataError([_holds_conflict(_line_at(data, marker.start()), path)])
    return _from_utf8(data, path)


def without_mark(text: str) -> str:
    """`text` without the byte order mark at its beginning."""
    return text.removeprefix("\ufeff")


def _from_utf8(data: bytes, path: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as fault:
        told = msg(
            "byte 0x{byte} at position {position} of the file is not UTF-8",
            byte=f"{data[fault.start]:02x}",
            position=fault.start + 1,
        )
        problem = _not_utf8(path, _line_at(data, fault.start), told, _other_encoding(data))
    raise DataError([problem])


def _line_at(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32 where a byte order mark or the pattern of NULs tells."""
    for mark, name in _WIDE_MARKS:
        if data.startswith(mark):
            return name
    start = data[:4096]
    for first, name in ((1, "UTF-16LE"), (0, "UTF-16BE")):
        half = start[first::2]
        if half and half.count(0) * 2 > len(half):
            return name
    return None


def _other_encoding(data: bytes) -> str:
    """What the bytes probably are, when they are not UTF-8."""
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "LATIN1"
    return "GB18030"


def _not_utf8(path: str, line: int, told: Message, encoding: str) -> Problem:
    hint = msg(
        "if it is {encoding}: iconv -f {encoding} -t UTF-8 {path} > {path}.new && mv {path}.new {path}",
        encoding=encoding,
        path=shlex.quote(path),
    )
    return Problem(code="encoding", message=told, path=path, line=line, hint=hint)


def _too_large(size: int, path: str) -> Problem:
    return Problem(
        code="too-large",
        message=msg("the file has {size} bytes, expected at most {limit}", size=size, limit=MAX_BYTES),
        path=path,
    )


def _holds_nul(data: bytes, path: str) -> Problem:
    return Problem(
        code="nul",
        message=msg("a NUL character, which a text cannot hold"),
        path=path,
        line=_line_at(data, data.index(b"\0")),
        hint=msg(
            "take it out: tr -d '\\000' < {path} > {path}.new && mv {path}.new {path}", path=shlex.quote(path)
        ),
    )


def _holds_conflict(line: int, path: str) -> Problem:
    return Problem(
        code="conflict-marker",
        message=msg("a conflict marker of an unfinished merge"),
        path=path,
        line=line,
        hint=msg("tkt repair puts both sides together"),
    )
