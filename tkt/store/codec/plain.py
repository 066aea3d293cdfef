"""How does a value look as YAML, in tkt's own style?

Small mappings and lists stand on one line in flow style, larger ones in block style, texts of
several lines as literal blocks. Everything written here is read back equal by `reading`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar, NamedTuple

from tkt.clock import instant_text
from tkt.errors import TktError
from tkt.i18n import msg
from tkt.model import Value
from tkt.store.codec.building import MAX_DEPTH
from tkt.store.codec.scalars import block_header, block_lines, is_storable, quoted, scalar, scalar_text

WIDTH = 100
_INTEGERS = range(-(10**17) + 1, 10**18)
_LONGEST_KEY = 1000


class WriteError(TktError):
    """What was asked for cannot be written into this file as it stands. Nothing was changed."""

    code: ClassVar[str] = "write"


class Rendered(NamedTuple):
    """A value as text: what stands behind its key, and the lines below with their indentation."""

    head: str
    body: list[str]


def yaml_text(mapping: Mapping[str, Value]) -> str:
    """A whole file of `key: value` lines."""
    lines = entries(plain_mapping(mapping), 0)
    return "".join(f"{line}\n" for line in lines)


def plain_mapping(mapping: Mapping[str, Value]) -> dict[str, Value]:
    """`mapping` as a reader of the file would see it: instants as text, tuples as lists.

    Errors: WriteError for what no file can hold.
    """
    return {_plain_text(str(key)): plain_value(value, 1) for key, value in mapping.items()}


def plain_value(value: Value, depth: int = 1) -> Value:
    """One value, likewise; `depth` counts the collections around it."""
    if isinstance(value, str):
        return _plain_text(value)
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, (Mapping, list, tuple)) and depth >= MAX_DEPTH:
        raise WriteError(
            msg("values are nested too deeply, expected at most {limit} levels", limit=MAX_DEPTH)
        )
    if isinstance(value, Mapping):
        return {_plain_text(str(key)): plain_value(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_value(item, depth + 1) for item in value]
    return str(value) if _is_unusual_number(value) else value


def entries(mapping: Mapping[str, Value], indent: int) -> list[str]:
    """The lines of a block mapping whose keys stand at column `indent`."""
    return [line for key, value in mapping.items() for line in entry(key, value, indent)]


def entry(key: str, value: Value, indent: int) -> list[str]:
    """The lines of `key: value`."""
    return keyed(key, rendered(value, indent, len(key) + 2), indent)


def keyed(key: str, value: Rendered, indent: int) -> list[str]:
    """The lines of a key at column `indent` with a value that is text already."""
    start = f"{' ' * indent}{key_text(key)}:"
    return [f"{start} {value.head}" if value.head else start, *value.body]


def key_text(key: str, *, in_flow: bool = False) -> str:
    """A key as it is written."""
    if key == "on":  # of `waiting` and `spent`; a truth to old readers, but nobody writes it in quotes
        return key
    found = quoted(key) if ":" in key or "：" in key else scalar_text(key, in_flow=in_flow)
    if len(found) > _LONGEST_KEY:
        told = msg("a key is longer than {limit} characters: {key}", limit=_LONGEST_KEY, key=f"{key[:40]}…")
        raise WriteError(told)
    return found


def rendered(value: Value, indent: int, taken: int = 0) -> Rendered:
    """The value of a key at column `indent`, on whose line `taken` characters are used already."""
    if isinstance(value, (Mapping, Sequence)) and not isinstance(value, str):
        return _collection(value, indent, taken)
    header = block_header(value) if isinstance(value, str) else None
    if header is not None:
        return Rendered(header, block_lines(value, indent + 2))
    return Rendered(scalar(value), [])


def flow(value: Value) -> str:
    """A value on one line, inside other values on one line."""
    if isinstance(value, Mapping):
        inner = (f"{key_text(key, in_flow=True)}: {flow(item)}" for key, item in value.items())
        return f"{{{', '.join(inner)}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(flow(item) for item in value)}]"
    return scalar(value, in_flow=True)


def block_item(mapping: Mapping[str, Value], dash: int, indent: int) -> list[str]:
    """A mapping as an item of a block list: `-` at column `dash`, its keys at column `indent`."""
    lines = entries(mapping, indent)
    return [f"{' ' * dash}-{lines[0][dash + 1 :]}", *lines[1:]]


def list_item(value: Value, dash: int) -> list[str]:
    """The lines of an item of a block list, `-` at column `dash`."""
    margin = " " * dash
    head, body = rendered(value, dash, 2)
    if head:
        return [f"{margin}- {head}", *body]
    if isinstance(value, Mapping):
        return block_item(value, dash, dash + 2)
    return [f"{margin}-", *(line for item in value for line in list_item(item, dash + 2))]


def same(one: Value, other: Value) -> bool:
    """Whether two plain values are equal and of one type: 1, 1.0 and true differ."""
    if type(one) is not type(other):
        return False
    if isinstance(one, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def _collection(value: Value, indent: int, taken: int) -> Rendered:
    if _fits_one_line(value):
        line = flow(value)
        if indent + taken + len(line) <= WIDTH or not value:
            return Rendered(line, [])
    if isinstance(value, Mapping):
        return Rendered("", entries(value, indent + 2))
    return Rendered("", [line for item in value for line in list_item(item, indent)])


def _fits_one_line(value: Value) -> bool:
    """Whether a collection holds only short things: no text of several lines, no list of mappings."""
    if isinstance(value, Mapping):
        return all(_fits_one_line(item) for item in value.values())
    if isinstance(value, (list, tuple)):
        return all(not isinstance(item, Mapping) and _fits_one_line(item) for item in value)
    return not (isinstance(value, str) and "\n" in value)


def _plain_text(text: str) -> str:
    if not is_storable(text):
        raise WriteError(msg("a text holds NUL or half a character, which no file can hold"))
    return text


def _is_unusual_number(value: Value) -> bool:
    """Whether a reader would see text: an integer that is too long, an infinite number."""
    if isinstance(value, float):
        return not math.isfinite(value)
    return isinstance(value, int) and value not in _INTEGERS
