"""How is a field's value written: alone, compared, as a range, in quotes?"""

from __future__ import annotations

import unicodedata

from tkt.fields import FieldSpec, normalised
from tkt.frozen import dataclass
from tkt.i18n import Message, msg
from tkt.late import late
from tkt.query.source import QueryError, Source, quoted

_OPERATOR = late("[<>＜＞][=＝]?|[≤≥]")
_DOTS = late(r"\.\.")
_COMMA = late("[,，]")
_COMPARED = ("instant", "number", "duration")
_EXAMPLES = {
    "text": '"…"',
    "instant": ">=2026-10-01",
    "number": ">0",
    "duration": ">2d",
    "bool": "yes",
    "person": "me",
    "team": "mine",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One end of a value; in quotes it is meant literally."""

    text: str
    column: int
    is_quoted: bool = False

    def __str__(self) -> str:
        return quoted(self.text) if self.is_quoted else self.text


@dataclass(frozen=True, slots=True)
class Typed:
    """One value: `low` alone or after an operator, or the two ends of `..`, one of them open perhaps."""

    column: int
    operator: str  # "", ">", ">=", "<", "<=" or ".."
    low: Piece | None
    high: Piece | None = None

    def __str__(self) -> str:
        low, high = ("" if end is None else str(end) for end in (self.low, self.high))
        return f"{low}..{high}" if self.operator == ".." else f"{self.operator}{low}"

    @property
    def word(self) -> str:
        """A bare value without operator, as it is compared; empty for any other."""
        is_bare = self.low is not None and not self.operator and not self.low.is_quoted
        return normalised(self.low.text) if is_bare and self.low is not None else ""

    @property
    def ends(self) -> tuple[Piece, ...]:
        """The ends that are given."""
        return tuple(end for end in (self.low, self.high) if end is not None)


def is_compared(spec: FieldSpec) -> bool:
    """Whether `>`, `<` and `..` mean something for a field."""
    return spec.ordered or spec.kind in _COMPARED


def read_values(source: Source, spec: FieldSpec) -> list[Typed]:
    """The values after `field:`, separated by commas. Errors: QueryError."""
    found = [_read_value(source, spec)]
    while source.take(_COMMA):
        found.append(_read_value(source, spec))
    return found


def _read_value(source: Source, spec: FieldSpec) -> Typed:
    column = source.column
    compared = is_compared(spec)
    operator = _read_operator(source, spec)
    low = _read_piece(source, compared=compared)
    if compared and not operator and source.take(_DOTS):
        high = _read_piece(source, compared=True)
        if low or high:
            return Typed(column, "..", low, high)
    if low is None:
        raise QueryError(
            source.column, msg("a value of {field} is missing", field=spec.shown), hint=example(spec)
        )
    return Typed(column, operator, low)


def _read_operator(source: Source, spec: FieldSpec) -> str:
    column = source.column
    found = source.take(_OPERATOR)
    if found is None:
        return ""
    if not is_compared(spec):
        raise QueryError(
            column,
            msg("{field} has no order and cannot be compared", field=spec.shown),
            hint=msg(
                "to look for the sign itself, put it in quotes: {example}",
                example=f'{spec.name}:"{found[0]}…"',
            ),
        )
    return unicodedata.normalize("NFKC", found[0]).replace("≥", ">=").replace("≤", "<=")


def _read_piece(source: Source, *, compared: bool) -> Piece | None:
    column = source.column
    text = source.take_quoted()
    if text == "":
        raise QueryError(column, msg("there is nothing between the quotes"))
    if text is not None:
        return Piece(text, column, is_quoted=True)
    bare = source.take_value(in_range=compared)
    return Piece(bare, column) if bare else None


def example(spec: FieldSpec) -> Message:
    """A hint that shows how the field is asked for."""
    value = spec.values[0] if spec.values else _EXAMPLES.get(spec.kind, "any")
    return msg("for example {example}", example=f"{spec.name}:{value}")
