"""What is wrong with a value that should be a configuration struct?

`msgspec.convert` says yes or no fast, but stops at the first fault and hides dictionary keys in
its paths; so a refused value is walked along msgspec's type information and every fault is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

from tkt.errors import Bug, did_you_mean, nearest
from tkt.frozen import dataclass
from tkt.i18n import Message, msg

KeyPath = tuple[str | int, ...]
S = TypeVar("S", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault in a configuration value; `path` holds the keys and positions that lead to it."""

    path: KeyPath
    message: Message
    hint: Message | None = None


def read_struct(kind: type[S], value: Any) -> tuple[S | None, list[Fault]]:
    """`value` (plain YAML values) as a `kind`, or None and everything that is wrong with it."""
    try:
        return msgspec.convert(value, kind), []
    except msgspec.ValidationError as error:
        faults = list(_faults(inspect.type_info(kind), value, ()))
        if not faults:
            raise Bug(f"msgspec refuses what the walk accepts: {error}") from error
        return None, faults


def _faults(kind: inspect.Type, value: Any, path: KeyPath, words: str | None = None) -> Iterator[Fault]:
    """Every fault of `value` as a `kind`; `words` say what is expected, where the schema has its own."""
    if isinstance(kind, inspect.Metadata):
        words = (kind.extra_json_schema or {}).get("description", words)
        yield from _faults(kind.type, value, path, words)
    elif not _has_shape(kind, value):
        yield _misshapen(kind, value, path, words)
    else:
        yield from _INNER.get(type(kind), _no_faults)(kind, value, path, words)


def _has_shape(kind: inspect.Type, value: Any) -> bool:
    """Whether `value` is a mapping, list, text … as `kind` is, whatever it holds."""
    if isinstance(kind, inspect.UnionType):
        return any(_has_shape(option, value) for option in kind.types)
    if isinstance(kind, inspect.Metadata):
        return _has_shape(kind.type, value)
    shape = _SHAPES[type(kind)][0]
    try:
        msgspec.convert(value, shape)
    except msgspec.ValidationError:
        return False
    return True


def _no_faults(_kind: Any, _value: Any, _path: KeyPath, _words: str | None) -> Iterator[Fault]:
    return iter(())


def _in_struct(kind: inspect.StructType, value: Any, path: KeyPath, _words: str | None) -> Iterator[Fault]:
    fields = {field.encode_name: field for field in kind.fields}
    for name, field in fields.items():
        if name in value:
            yield from _faults(field.type, value[name], (*path, name))
        elif field.required:
            yield _missing(field.type, (*path, name))
    for key in value:
        if key not in fields:
            at = (*path, key)
            yield Fault(
                path=at,
                message=msg("unknown key {key}", key=_dotted(at)),
                hint=did_you_mean(str(key), fields),
            )


def _in_dict(kind: inspect.DictType, value: Any, path: KeyPath, _words: str | None) -> Iterator[Fault]:
    for key, item in value.items():
        yield from _faults(kind.key_type, key, (*path, key))
        yield from _faults(kind.value_type, item, (*path, key))


def _in_list(kind: inspect.ListType, value: Any, path: KeyPath, _words: str | None) -> Iterator[Fault]:
    for position, item in enumerate(value):
        yield from _faults(kind.item_type, item, (*path, position))


def _in_union(kind: inspect.UnionType, value: Any, path: KeyPath, words: str | None) -> Iterator[Fault]:
    """Judged as the one option that has the value's shape; our unions never hold two of one shape."""
    option = next(option for option in kind.types if _has_shape(option, value))
    yield from _faults(option, value, path, words)


def _in_text(kind: inspect.StrType, value: Any, path: KeyPath, words: str | None) -> Iterator[Fault]:
    if kind.pattern is not None and not re.search(kind.pattern, value):
        expected = Message(words) if words else kind.pattern
        yield _unexpected(path, expected, value)


def _in_int(kind: inspect.IntType, value: Any, path: KeyPath, words: str | None) -> Iterator[Fault]:
    is_low = kind.ge is not None and value < kind.ge
    if is_low or (kind.le is not None and value > kind.le):
        yield _unexpected(path, Message(words) if words else msg("a whole number"), value)


def _in_literal(kind: inspect.LiteralType, value: Any, path: KeyPath, _words: str | None) -> Iterator[Fault]:
    if value not in kind.values:
        names = tuple(str(name) for name in kind.values)
        guess = nearest(str(value), names)
        yield Fault(
            path=path,
            message=msg(
                "{key}: expected one of {names}, found {found}",
                key=_dotted(path),
                names=names,
                found=_found(value),
            ),
            hint=None if guess is None else msg("did you mean {name}?", name=guess),
        )


def _missing(kind: inspect.Type, path: KeyPath) -> Fault:
    return Fault(
        path=path[:-1],
        message=msg("{key} is missing, expected {expected}", key=_dotted(path), expected=_expected(kind)),
    )


def _misshapen(kind: inspect.Type, value: Any, path: KeyPath, words: str | None) -> Fault:
    expected = Message(words) if words else _expected(kind)
    return _unexpected(path, expected, value, hint=_way_out(kind, value))


def _unexpected(path: KeyPath, expected: Message | str, value: Any, hint: Message | None = None) -> Fault:
    return Fault(
        path=path,
        message=msg(
            "{key}: expected {expected}, found {found}",
            key=_dotted(path),
            expected=expected,
            found=_found(value),
        ),
        hint=hint,
    )


def _way_out(kind: inspect.Type, value: Any) -> Message | None:
    """What to write instead, for the two slips that everybody makes."""
    if isinstance(kind, inspect.ListType) and isinstance(value, (str, int, float)):
        return msg("write {example}", example=f"[{value}]")
    if value is None and isinstance(kind, inspect.ListType):
        return msg("where there is none, write {example}", example="[]")
    if value is None and _may_be_empty(kind):
        return msg("where there is none, write {example}", example="{}")
    return None


def _may_be_empty(kind: inspect.Type) -> bool:
    if isinstance(kind, inspect.StructType):
        return not any(field.required for field in kind.fields)
    return isinstance(kind, inspect.DictType)


def _expected(kind: inspect.Type) -> Message:
    """What a `kind` looks like, in words."""
    if isinstance(kind, inspect.Metadata):
        words = (kind.extra_json_schema or {}).get("description")
        return Message(words) if words else _expected(kind.type)
    if isinstance(kind, inspect.UnionType):
        options = [_expected(option) for option in kind.types if not isinstance(option, inspect.NoneType)]
        return (
            options[0]
            if len(options) == 1
            else msg("{first} or {second}", first=options[0], second=options[1])
        )
    if isinstance(kind, inspect.LiteralType):
        return msg("one of {names}", names=tuple(str(name) for name in kind.values))
    return _SHAPES[type(kind)][1]


def _found(value: Any) -> Message | str:
    if value is None:
        return msg("nothing")
    if isinstance(value, dict):
        return msg("a mapping")
    if isinstance(value, list):
        return msg("a list")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 60 else f'"{value[:59]}…"'
    return str(value)


def _dotted(path: KeyPath) -> str | Message:
    """`policies[2].targets`, as people point at a place in a file."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".") or msg("the file")


_INNER: dict[type[inspect.Type], Callable[[Any, Any, KeyPath, str | None], Iterator[Fault]]] = {
    inspect.StructType: _in_struct,
    inspect.DictType: _in_dict,
    inspect.ListType: _in_list,
    inspect.UnionType: _in_union,
    inspect.StrType: _in_text,
    inspect.IntType: _in_int,
    inspect.LiteralType: _in_literal,
}

_SHAPES: dict[type[inspect.Type], tuple[Any, Message]] = {
    inspect.AnyType: (Any, msg("anything")),
    inspect.NoneType: (None, msg("nothing")),
    inspect.BoolType: (bool, msg("true or false")),
    inspect.IntType: (int, msg("a whole number")),
    inspect.FloatType: (float, msg("a number")),
    inspect.StrType: (str, msg("text")),
    inspect.LiteralType: (str, msg("text")),
    inspect.ListType: (list, msg("a list")),
    inspect.DictType: (dict, msg("a mapping")),
    inspect.StructType: (dict, msg("a mapping")),
}
"""Kind of type → (what a value of its shape converts to, its name for people)."""
