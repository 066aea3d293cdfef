"""How does an entry get into a configuration file that people edit?"""

from __future__ import annotations

from collections.abc import Mapping

from tkt.model import Value
from tkt.store.codec.plain import Rendered, entries, plain_mapping
from tkt.store.codec.proof import proven
from tkt.store.codec.reading import read_document
from tkt.store.codec.splicing import Splice


def edit_mapping(original: bytes, additions: Mapping[str, Mapping[str, Value]], *, path: str = "") -> bytes:
    """`original` with entries added to mappings at its top; every other byte stays as it was.

    Shapes: {"people": {"li.wei": {"name": "李伟"}}}. An entry that is there already is left alone.
    Errors: DataError where the file cannot be read, WriteError where it is written as one {…}.
    """
    document = read_document(original, path)
    splice = Splice(document)
    expected = dict(document.value)
    for key, wanted in plain_mapping(additions).items():
        old = document.value.get(key) or {}
        new = {**wanted, **old}
        if len(new) > len(old):
            _add(splice, key, old, new)
            expected[key] = new
    return proven(splice.result(original), expected, path)


def _add(splice: Splice, key: str, old: dict[str, Value], new: dict[str, Value]) -> None:
    pair = splice.pair(key)
    block = Rendered("", entries(new, splice.column + 2))
    if pair is None:
        splice.insert(key, block)
    elif old:
        splice.change(pair, old, new)
    else:
        splice.replace(pair, block)
