"""Will a reader see in a file what was meant, before it is written?"""

from __future__ import annotations

from collections.abc import Mapping

from tkt.errors import Bug, DataError
from tkt.i18n import msg
from tkt.model import Value
from tkt.store.codec.decoding import MAX_BYTES
from tkt.store.codec.plain import WriteError, same
from tkt.store.codec.reading import Document, PathKey, read_document


def proven(data: bytes, expected: Mapping[str, Value], path: str) -> bytes:
    """`data`, once read back and found to hold `expected`.

    Errors: WriteError for more than a reader takes; Bug where the file would say something else.
    """
    if len(data) > MAX_BYTES:
        told = msg("the file would have {size} bytes, allowed are {limit}", size=len(data), limit=MAX_BYTES)
        raise WriteError(told, path=path, hint=msg("keep long texts in a file of their own"))
    try:
        document = read_document(data, path)
    except DataError as error:
        raise Bug(f"{path} would not be readable: {error.problem}") from error
    found = document.value
    wrong = [
        key
        for key in {**found, **expected}
        if not _agree(document, found.get(key), expected.get(key), (key,))
    ]
    if wrong:
        raise Bug(f"{path}: {', '.join(wrong)} would not be read back as written")
    return data


def _agree(document: Document, found: Value, meant: Value, path: tuple[PathKey, ...]) -> bool:
    """Whether a value is the one that was meant.

    A number that stood in the file where text belongs (`phone: 138`) counts as what is written, as for a reader.
    """
    if isinstance(found, dict) and isinstance(meant, dict):
        return found.keys() == meant.keys() and all(
            _agree(document, found[key], meant[key], (*path, key)) for key in meant
        )
    if isinstance(found, list) and isinstance(meant, list):
        pairs = zip(_in_order(found), _in_order(meant), strict=False)
        return len(found) == len(meant) and all(
            _agree(document, found[place], item, (*path, place)) for (place, _), (_, item) in pairs
        )
    if isinstance(meant, str) and isinstance(found, (int, float)):
        return document.literal(*path) == meant
    return same(found, meant)


def _in_order(values: list[Value]) -> list[tuple[int, Value]]:
    """The items with their places; events by their ids, for their place in the file decides nothing."""
    items = list(enumerate(values))
    if all(isinstance(value, dict) and isinstance(value.get("id"), str) for value in values):
        items.sort(key=lambda item: str(item[1]["id"]))
    return items
