"""When is a value more, less or between?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tkt.fields import FieldSpec
from tkt.i18n import msg
from tkt.query.source import QueryError
from tkt.query.typed import Typed

Ends = tuple[Any, Any]
"""The first and the last value that one end means: a day has 86,400 instants, a number is one value."""


def between(spec: FieldSpec, typed: Typed, ends: Sequence[Ends]) -> Callable[[Any], bool]:
    """The comparison that was typed; every value that an end means counts as that end. Errors: QueryError."""
    if typed.operator == "..":
        return _in_range(spec, typed, ends)
    first, last = ends[0]
    comparisons: Mapping[str, Callable[[Any], bool]] = {
        "": lambda value: bool(first <= value <= last),
        ">": lambda value: bool(value > last),
        ">=": lambda value: bool(value >= first),
        "<": lambda value: bool(value < first),
        "<=": lambda value: bool(value <= last),
    }
    return comparisons[typed.operator]


def _in_range(spec: FieldSpec, typed: Typed, ends: Sequence[Ends]) -> Callable[[Any], bool]:
    if typed.low is None:
        return lambda value: bool(value <= ends[0][1])
    if typed.high is None:
        return lambda value: bool(value >= ends[0][0])
    first, last = ends[0][0], ends[1][1]
    if first > last:
        raise QueryError(
            typed.column,
            msg("the range {value} ends before it begins", value=str(typed)),
            hint=msg("did you mean {name}?", name=f"{spec.name}:{typed.high}..{typed.low}"),
        )
    return lambda value: bool(first <= value <= last)
