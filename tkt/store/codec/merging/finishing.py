"""How does a draft become the file that was meant, proven by reading it again?"""

from __future__ import annotations

from collections.abc import Sequence

from tkt.errors import DataError
from tkt.i18n import msg
from tkt.merging import Version
from tkt.merging.canonical import alike, alike_events, canonical
from tkt.model import Value
from tkt.store.codec.decoding import MAX_BYTES
from tkt.store.codec.layout import event_mapping
from tkt.store.codec.merging.cutting import cut
from tkt.store.codec.merging.reading import Reader
from tkt.store.codec.plain import WriteError, block_item, entries, plain_mapping, plain_value, rendered
from tkt.store.codec.splicing import Splice


def with_values(text: str, target: Version, reader: Reader, order: Sequence[str]) -> str:
    """`text` with every key that holds something else changed. Errors: DataError, Uncuttable, WriteError."""
    there = reader.of_text(text).version.keys
    for name in dict.fromkeys((*target.keys, *there)):
        if not alike(there.get(name), target.keys.get(name)):
            text = _with_value(text, name, target.keys.get(name), reader, order)
    return text


def anew(target: Version, order: Sequence[str]) -> str:
    """The whole file in tkt's own style, for one that cannot be cut."""
    known = [name for name in order if name in target.keys]
    names = [*known, *(name for name in target.keys if name not in known)]
    lines = entries(plain_mapping({name: target.keys[name] for name in names}), 0)
    if target.events:
        lines.append("events:")
    lines += [line for event in target.events for line in block_item(event_mapping(event), 0, 2)]
    return "".join(f"{line}\n" for line in lines)


def must_fit(data: bytes, reader: Reader) -> None:
    """Errors: WriteError for more than a reader takes."""
    if len(data) > MAX_BYTES:
        told = msg(
            "the merged file would have {size} bytes, allowed are {limit}", size=len(data), limit=MAX_BYTES
        )
        raise WriteError(told, path=reader.path, hint=msg("keep long texts in a file of their own"))


def holds(data: bytes, target: Version, reader: Reader) -> bool:
    """Whether a reader of the file sees what was meant."""
    try:
        return is_same(reader.source(data).version, target)
    except DataError:
        return False


def is_same(one: Version, other: Version) -> bool:
    """Whether two versions have the same keys and events."""
    same_events = len(one.events) == len(other.events) and all(map(alike_events, one.events, other.events))
    return same_events and canonical(one.keys) == canonical(other.keys)


def _with_value(text: str, name: str, wanted: Value, reader: Reader, order: Sequence[str]) -> str:
    source = reader.of_text(text)
    splice = Splice(source.document)
    pair = splice.pair(name)
    new = None if wanted is None else plain_value(wanted)
    if pair is None:
        splice.insert(name, rendered(new, splice.column, len(name) + 2), order)
    elif new is None:
        splice.remove(pair)
    else:
        try:
            splice.change(pair, plain_value(source.version.keys.get(name)), new)
        except WriteError:  # it would lose a comment, which is put above the key in the end
            lines = "".join(f"{line}\n" for line in entries({name: new}, 0))
            return cut(source.document).with_body(name, lines).text()
    return splice.text()
