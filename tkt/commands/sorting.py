"""In which order are tickets wanted that are sorted by fields?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tkt.columns import Columns
from tkt.desk import Desk
from tkt.errors import UsageError, did_you_mean
from tkt.fields import field_named
from tkt.i18n import msg


def in_order(desk: Desk, rows: Iterable[Columns], sort: str) -> list[Columns]:
    """`rows` by the fields of `sort`, the first one first; what has no value comes last.

    Errors: UsageError for what is no field.
    """
    found = list(rows)
    for word in reversed(sort.replace("，", ",").split(",")):
        typed = word.strip()
        name = _field(desk, typed.removeprefix("-"))
        some = [row for row in found if row.lookup(name) not in (None, (), "")]
        none = [row for row in found if row.lookup(name) in (None, (), "")]
        some.sort(key=lambda row: _comparable(row.lookup(name)), reverse=typed.startswith("-"))
        found = [*some, *none]
    return found


def _field(desk: Desk, typed: str) -> str:
    spec = desk.fields.get(field_named(desk.config, typed))
    if spec is None:
        raise UsageError(
            msg("{name} is no field to sort by", name=typed), hint=did_you_mean(typed, desk.fields)
        )
    return spec.name


def _comparable(value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return tuple(str(each) for each in value)
    return value.casefold() if isinstance(value, str) else value
