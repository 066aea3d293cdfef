"""How do events leave a file into which a wrong merge put them?"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from tkt.merging import Version
from tkt.model import STORED
from tkt.store.codec.merging.cutting import Uncuttable, cut
from tkt.store.codec.merging.finishing import anew, holds
from tkt.store.codec.merging.reading import Reader, Source


def without_events(data: bytes, *, path: str, ids: Container[str]) -> bytes:
    """`data` without the events of these ids and the comments above them; keys stay as they are.

    Errors: DataError where it cannot be read.
    """
    reader = Reader(path=path, kinds=STORED)
    source = reader.source(data)
    left = [event for event in source.version.events if event.id not in ids]
    if len(left) == len(source.version.events):
        return data
    target = Version(keys=source.version.keys, events=tuple(left))
    found = _cut_out(source, reader, ids)
    if found is not None and holds(found, target, reader):
        return found
    return source.styled(anew(target, tuple(STORED)))


def _cut_out(source: Source, reader: Reader, ids: Container[str]) -> bytes | None:
    """The lines that are there without those of the events; None where they cannot be cut."""
    try:
        pieces = cut(reader.of_text(source.text).document)
    except Uncuttable:
        return None
    events = {event_id: part for event_id, part in pieces.events.items() if event_id not in ids}
    return source.styled(replace(pieces, events=events).text())
