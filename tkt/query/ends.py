"""Which values does one end of a typed value stand for?"""

from __future__ import annotations

from datetime import datetime, timedelta

from tkt.fields import FieldSpec, nearest_word, normalised
from tkt.fields.vocabulary import STATUS_GROUPS
from tkt.i18n import Message, msg
from tkt.late import late
from tkt.query.moments import moment, seconds_in
from tkt.query.ordering import Ends
from tkt.query.source import QueryError
from tkt.query.typed import Piece, example

_SECOND = timedelta(seconds=1)
_NUMBER = late(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?")
_MANY = 12  # values that still fit into a hint


def values_meant(spec: FieldSpec, end: Piece) -> tuple[str, ...]:
    """The field's values that a word means. Errors: QueryError with the nearest right one."""
    found = spec.meant_by(end.text)
    if found is None:
        raise wrong(spec, end, _nearest_value(spec, end.text))
    return found


def places_meant(spec: FieldSpec, end: Piece) -> Ends:
    """The place of a value among the field's values in their order."""
    values = spec.values or ()
    found = [values.index(value) for value in values_meant(spec, end)]
    return (min(found), max(found))


def number_meant(spec: FieldSpec, end: Piece) -> Ends:
    """`3`, `-2.5`."""
    text = normalised(end.text)
    if not _NUMBER.fullmatch(text):
        raise wrong(spec, end, example(spec))
    number = float(text) if "." in text else int(text)
    return (number, number)


def seconds_meant(spec: FieldSpec, end: Piece) -> Ends:
    """`7d`, `-2h`, in seconds."""
    seconds = seconds_in(end.text)
    if seconds is None:
        raise wrong(spec, end, msg("durations are written 90s, 15m, 2h, 1h30m, 3d or 2w"))
    return (seconds, seconds)


def instants_meant(spec: FieldSpec, end: Piece, now: datetime, zone: str) -> Ends:
    """The first and the last second of `2026-10-01`, `today` …"""
    found = moment(end.text, now=now, zone=zone)
    if found is None:
        hint = msg("dates are written 2026-10-01, 2026-10 or today; ages >7d, <2h or 2d..7d")
        raise wrong(spec, end, hint)
    return (found[0], found[1] - _SECOND)


def wrong(spec: FieldSpec, end: Piece, hint: Message | None) -> QueryError:
    """A value that the field cannot have."""
    fault = msg("{value} is not a value of {field}", value=end.text, field=spec.shown)
    return QueryError(end.column, fault, hint=hint)


def _nearest_value(spec: FieldSpec, typed: str) -> Message | None:
    """The value that was probably meant, and all of them where they are few."""
    values = spec.values or ()
    names = (*values, *STATUS_GROUPS) if spec.kind == "status" else values
    known = {word: meant[0] if len(meant) == 1 else word for word, meant in spec.aliases.items()}
    known |= {normalised(value): value for value in values}
    guess = nearest_word(normalised(typed), known)
    if guess is None:
        return msg("known are: {names}", names=names) if 0 < len(values) <= _MANY else None
    name = f"{spec.name}:{known[guess]}"
    if len(values) > _MANY:
        return msg("did you mean {name}?", name=name)
    return msg("did you mean {name}? Known are: {names}", name=name, names=names)
