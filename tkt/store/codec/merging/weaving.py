"""What are the bytes of a merged file, given what it is to hold?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tkt.errors import Bug, DataError
from tkt.merging import Version
from tkt.store.codec.decoding import MARK
from tkt.store.codec.merging.assembling import Sheet, draft
from tkt.store.codec.merging.comments import Audit
from tkt.store.codec.merging.cutting import Uncuttable, cut
from tkt.store.codec.merging.finishing import anew, holds, is_same, must_fit, with_values
from tkt.store.codec.merging.reading import Reader, Source
from tkt.store.codec.merging.threeway import changed
from tkt.store.codec.plain import WriteError


class Three(NamedTuple):
    """The versions of a file."""

    base: Source | None
    ours: Source
    theirs: Source


def woven(three: Three, target: Version, reader: Reader, order: Sequence[str]) -> bytes:
    """The file that holds `target` in the lines of the three; in tkt's own style where they cannot be cut.

    Every comment that both kept or one side wrote is in it. Errors: WriteError.
    """
    data = assembled(three, target, reader, order)
    if data is None or not holds(data, target, reader):
        data = _finished(three, anew(target, order), reader)
    if not holds(data, target, reader):
        raise Bug(f"{reader.path} would not be read back as merged")
    return data


def assembled(three: Three, target: Version, reader: Reader, order: Sequence[str]) -> bytes | None:
    """The file made of the lines that are there; None where one of the three cannot be cut."""
    try:
        base = None if three.base is None else _sheet(three.base, reader)
        pieces = draft(base, _sheet(three.ours, reader), _sheet(three.theirs, reader), target, order)
        return _finished(three, with_values(pieces.text(), target, reader, order), reader)
    except (Uncuttable, DataError, WriteError):
        return None


def _sheet(source: Source, reader: Reader) -> Sheet:
    """Errors: Uncuttable, also where the text means something else with other line ends."""
    there = source if source.text == source.document.text else reader.of_text(source.text)
    if not is_same(there.version, source.version):
        raise Uncuttable
    events = {event.id: event for event in source.version.events}
    return Sheet(cut(there.document), source.version.keys, events)


def _finished(three: Three, text: str, reader: Reader) -> bytes:
    """With the comments that would be lost, line ends, and a byte order mark where both have one. Errors: WriteError."""
    must_fit(text.encode(), reader)
    document = reader.of_text(text).document
    base = None if three.base is None else three.base.document
    audit = Audit(base, three.ours.document, three.theirs.document, document)
    text = audit.corrected(cut(document)).text()
    has_mark = three.ours.has_mark and three.theirs.has_mark
    data = (MARK if has_mark else b"") + text.replace("\n", _newline(three)).encode()
    must_fit(data, reader)
    return data


def _newline(three: Three) -> str:
    """What the side has that changed it; LF where that cannot be told."""
    ours, theirs = three.ours.newline, three.theirs.newline
    if three.base is None:
        return ours if ours == theirs else "\n"
    found = changed(three.base.newline, ours, theirs)
    return found[0] if len(found) == 1 else "\n"
