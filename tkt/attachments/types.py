"""What kind of file is it, may it be kept, and may it be opened?

Judged by the label's ending and by the first bytes; nothing else of a file is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from tkt.attachments.names import extension_of, file_name
from tkt.errors import Refused
from tkt.i18n import Message, msg
from tkt.schema.desk import AttachmentPolicy

ANYTHING = "application/octet-stream"
MEGABYTE = 1_000_000

_ZIP = (b"PK\x03\x04",)
_OLE = (b"\xd0\xcf\x11\xe0",)
_MACH_O = (
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"\xca\xfe\xba\xbf",
)
_SHORTCUT = b"L\x00\x00\x00\x01\x14\x02\x00"


class FileType(NamedTuple):
    """What an ending stands for. `starts`: with one of these its content begins; none: with anything."""

    name: str
    starts: tuple[bytes, ...] = ()
    opens: bool = True  # by a program that does nothing but show it


TYPES: Mapping[str, FileType] = MappingProxyType(
    {
        ".png": FileType("image/png", (b"\x89PNG\r\n\x1a\n",)),
        ".jpg": FileType("image/jpeg", (b"\xff\xd8\xff",)),
        ".jpeg": FileType("image/jpeg", (b"\xff\xd8\xff",)),
        ".gif": FileType("image/gif", (b"GIF87a", b"GIF89a")),
        ".webp": FileType("image/webp", (b"RIFF",)),
        ".bmp": FileType("image/bmp", (b"BM",)),
        ".tif": FileType("image/tiff", (b"II*\x00", b"MM\x00*")),
        ".tiff": FileType("image/tiff", (b"II*\x00", b"MM\x00*")),
        ".heic": FileType("image/heic"),
        ".pdf": FileType("application/pdf", (b"%PDF-",)),
        ".txt": FileType("text/plain"),
        ".log": FileType("text/plain"),
        ".csv": FileType("text/csv"),
        ".tsv": FileType("text/tab-separated-values"),
        ".json": FileType("application/json"),
        ".mp3": FileType("audio/mpeg"),
        ".m4a": FileType("audio/mp4"),
        ".wav": FileType("audio/wav", (b"RIFF",)),
        ".amr": FileType("audio/amr", (b"#!AMR",)),
        ".ogg": FileType("audio/ogg", (b"OggS",)),
        ".mp4": FileType("video/mp4"),
        ".mov": FileType("video/quicktime"),
        ".webm": FileType("video/webm", (b"\x1a\x45\xdf\xa3",)),
        ".docx": FileType("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _ZIP),
        ".xlsx": FileType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _ZIP),
        ".pptx": FileType("application/vnd.openxmlformats-officedocument.presentationml.presentation", _ZIP),
        ".odt": FileType("application/vnd.oasis.opendocument.text", _ZIP),
        ".ods": FileType("application/vnd.oasis.opendocument.spreadsheet", _ZIP),
        ".odp": FileType("application/vnd.oasis.opendocument.presentation", _ZIP),
        # What may hold programs, or makes a browser run some, is kept and not opened.
        ".doc": FileType("application/msword", _OLE, opens=False),
        ".xls": FileType("application/vnd.ms-excel", _OLE, opens=False),
        ".ppt": FileType("application/vnd.ms-powerpoint", _OLE, opens=False),
        ".htm": FileType("text/html", opens=False),
        ".html": FileType("text/html", opens=False),
        ".svg": FileType("image/svg+xml", opens=False),
        ".xml": FileType("application/xml", opens=False),
        ".eml": FileType("message/rfc822", opens=False),
        ".zip": FileType("application/zip", (b"PK",), opens=False),
        ".7z": FileType("application/x-7z-compressed", (b"7z\xbc\xaf",), opens=False),
        ".rar": FileType("application/vnd.rar", (b"Rar!",), opens=False),
        ".gz": FileType("application/gzip", (b"\x1f\x8b",), opens=False),
        ".tar": FileType("application/x-tar", opens=False),
    }
)
"""Ending → what it is, for the files that customers send."""


class NotAllowed(Refused):
    """The desk keeps no such file."""

    code = "attachment"


def type_of(label: str) -> str:
    """The media type that a label's ending stands for."""
    known = TYPES.get(extension_of(label))
    return ANYTHING if known is None else known.name


def refuse_unwanted(label: str, data: bytes, policy: AttachmentPolicy) -> None:
    """Refuse a file that the desk does not keep. Errors: NotAllowed."""
    fault = next(_unwanted(label, data, policy), None)
    if fault is not None:
        raise NotAllowed(
            msg("{file}: {fault}", file=label, fault=fault),
            hint=msg("what is kept, tkt.yaml says: attachments"),
        )


def _unwanted(label: str, data: bytes, policy: AttachmentPolicy) -> Iterator[Message]:
    if not data:
        yield msg("is empty, expected something to keep")
    if len(data) > policy.file_mb * MEGABYTE:
        yield msg("is larger than {limit} MB, expected at most that", limit=policy.file_mb)
    endings = {part.lower() for part in file_name(label).split(".")[1:]}
    forbidden = next((each for each in policy.forbidden if each in endings), None)
    if forbidden is not None:
        yield msg("files named .{ending} are not kept on this desk", ending=forbidden)
    kind = program_kind(data)
    if kind is not None and not policy.executables and not _is_proven(label, data):
        yield msg("is {kind}, and programs are not kept on this desk", kind=kind)


def program_kind(data: bytes) -> Message | None:
    """What kind of program the first bytes say it is; None for none."""
    if data[:2] == b"MZ" and b"\0" in data[2:64]:
        return msg("a Windows program")
    if data[:4] == b"\x7fELF":
        return msg("a Linux program")
    if data[:4] in _MACH_O:
        return msg("a macOS program or Java class")
    if data[:8] == _SHORTCUT:
        return msg("a Windows shortcut")
    if re.match(rb"(?:\xef\xbb\xbf)?#![ \t]*\S", data[:64]):
        return msg("a script")
    return None


def refuse_to_open(label: str, data: bytes, policy: AttachmentPolicy) -> None:
    """Refuse to hand a file to a program: only what merely shows, and only what is as it is named. Errors: NotAllowed."""
    kind = TYPES.get(extension_of(label))
    way_out = msg("tkt attach get writes it where you say, for you to look at")
    if kind is None or not kind.opens or extension_of(label)[1:] in policy.forbidden:
        raise NotAllowed(msg("{file} is of a kind that is never opened from here", file=label), hint=way_out)
    is_as_named = data.startswith(kind.starts) if kind.starts else program_kind(data) is None
    if not is_as_named:
        raise NotAllowed(
            msg("{file} is not what its name says, so it is not opened", file=label), hint=way_out
        )


def _is_proven(label: str, data: bytes) -> bool:
    """Whether the ending says how its content begins, and it does (recordings of speech begin with `#!AMR`)."""
    kind = TYPES.get(extension_of(label))
    return kind is not None and bool(kind.starts) and data.startswith(kind.starts)
