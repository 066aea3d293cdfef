"""Which column of this table holds what, and which are left out?"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tkt.errors import DataError, NotFound, Problem, did_you_mean
from tkt.fields import COMPUTED_KEYS, RESERVED, field_label
from tkt.frozen import dataclass
from tkt.i18n import Message, msg
from tkt.intake.log.names import slug
from tkt.intake.rows.headings import BESIDE, PARTS, SEVERAL, Headings
from tkt.intake.rows.maps import KeptColumn, TableMap, meanings
from tkt.intake.rows.rejects import COLUMNS as OURS
from tkt.intake.rows.table import Table
from tkt.model import NOTHING, STORED, Value
from tkt.schema import Configuration

_LEAST = "received_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the table; `meaning` None: it is left out, `why` says it where that needs saying."""

    name: str
    place: int
    meaning: str | None = None
    why: Message | None = None
    is_computed: bool = False  # tkt computes it, so nothing is lost
    is_sure: bool = True  # by a field's own name, or because a map says so


@dataclass(frozen=True, kw_only=True)
class Layout:
    """What the columns of one table are taken for."""

    columns: tuple[Column, ...]
    map: TableMap  # with what was given beside it

    def of(self, meaning: str) -> tuple[Column, ...]:
        """The columns that hold it."""
        return tuple(column for column in self.columns if column.meaning == meaning)

    @property
    def meanings(self) -> tuple[str, ...]:
        """Everything that some column holds, each once."""
        return tuple(dict.fromkeys(column.meaning for column in self.columns if column.meaning))

    @property
    def left_out(self) -> tuple[Column, ...]:
        """The columns that go into no ticket."""
        return tuple(
            column
            for column in self.columns
            if column.meaning is None and column.name and not column.is_computed
        )


def layout_of(
    table: Table,
    found: TableMap,
    config: Configuration,
    *,
    keep: Sequence[str] = (),
    ignore: Sequence[str] = (),
    constants: Mapping[str, Value] = NOTHING,
    is_draft: bool = False,
) -> Layout:
    """The map's word first, then the names of the columns.

    `keep`: columns (`store=门店` with a name) that become fields of the desk's own; `ignore`: columns to
    leave out; `is_draft`: nothing need be complete, a person will see to it; `constants`: what a field holds where a row says nothing. Errors: NotFound for a column
    that the table lacks or a field that is none; DataError where two columns hold one
    thing, or none holds the time of receipt.
    """
    whole = replace_map(found, table, config, keep=keep, ignore=ignore, constants=constants)
    _refuse_absent(table, (*whole.columns, *(it.column for it in whole.keep.values()), *ignore))
    columns = _once(
        [_column(name, place, whole, Headings(config)) for place, name in enumerate(table.header)], table
    )
    layout = Layout(columns=tuple(columns), map=whole)
    if not is_draft and not layout.of(_LEAST) and _LEAST not in whole.constants:
        message = msg("no column says when a request was received, expected one")
        hint = msg("call it 受理时间 or received_at, or say which it is in a map: --write-map map.yaml")
        raise DataError([table.where(table.header_row, message, hint)])
    return layout


def replace_map(
    found: TableMap,
    table: Table,
    config: Configuration,
    *,
    keep: Sequence[str],
    ignore: Sequence[str],
    constants: Mapping[str, Value],
) -> TableMap:
    """The map with what was said on the command line."""
    import msgspec

    kept = dict(found.keep)
    for wish in keep:
        name, column = _kept(wish, table)
        label = column if column != name else None
        declared = config.taxonomy.fields.get(name)
        kind = declared.type if declared is not None else "text"
        kept[name] = KeptColumn(column=column, type=kind, en=label, zh=label)
    said = {_meant(name, config): str(value or "") for name, value in constants.items()}
    return msgspec.structs.replace(
        found, keep=kept, ignore=[*found.ignore, *ignore], constants={**found.constants, **said}
    )


def _meant(name: str, config: Configuration) -> str:
    """The field that somebody names. Errors: NotFound."""
    known = Headings(config).field(name)
    if known is None:
        raise NotFound(msg("there is no field {name}", name=name), hint=did_you_mean(name, meanings(config)))
    return known[0]


def _kept(wish: str, table: Table) -> tuple[str, str]:
    """The field's name and the column: `store=门店`, or a name made from the column's."""
    name, sign, column = wish.partition("=")
    if sign and wish not in table.header:
        return name.strip(), column.strip()
    plain = re.sub(r"[^a-z0-9]+", "_", slug(wish)).strip("_")
    if wish.isascii() and plain[:1].isalpha():
        return (f"{plain}_column" if plain in STORED or plain in BESIDE else plain), wish
    return f"column_{hashlib.sha256(wish.encode()).hexdigest()[:6]}", wish


def _refuse_absent(table: Table, names: Sequence[str]) -> None:
    """Errors: NotFound for a column that is named and not there."""
    for name in names:
        if name not in table.header:
            raise NotFound(
                msg("{file} has no column {name}", file=table.file, name=name),
                hint=did_you_mean(name, [each for each in table.header if each]),
            )


def _column(name: str, place: int, found: TableMap, headings: Headings) -> Column:
    kept = next((field for field, it in found.keep.items() if it.column == name), None)
    if not name or name in found.ignore or name in OURS:
        return Column(name=name, place=place, is_computed=name in OURS)
    if kept is not None or name in found.columns:
        return Column(name=name, place=place, meaning=kept or found.columns[name])
    known = headings.field(name)
    if known is None:
        is_computed = name in COMPUTED_KEYS or name in RESERVED or name.startswith("sla.")
        why = msg("tkt computes it") if is_computed else None
        return Column(name=name, place=place, why=why, is_computed=is_computed)
    return Column(name=name, place=place, meaning=known[0], is_sure=known[1] == 0)


def _once(columns: Sequence[Column], table: Table) -> list[Column]:
    """Where two columns hold one thing, the surer one does; two that are called the same are a fault."""
    found = list(columns)
    problems: list[Problem] = []
    for meaning in dict.fromkeys(column.meaning for column in columns if column.meaning):
        rivals = sorted((it for it in found if it.meaning == meaning), key=lambda it: not it.is_sure)
        if len(rivals) < 2 or (meaning in SEVERAL and len({it.name for it in rivals}) == len(rivals)):
            continue
        first, *others = rivals
        for other in others:
            if other.name == first.name or (other.is_sure and first.is_sure):
                problems.append(table.where(table.header_row, _twice(first, other), _which(other)))
            why = msg("{column} holds that already", column=first.name)
            found[other.place] = replace(other, meaning=None, why=why)
    if problems:
        raise DataError(problems)
    return found


def _twice(first: Column, other: Column) -> Message:
    if first.name == other.name:
        return msg("two columns are called {column}, expected each once", column=first.name)
    return msg(
        "{first} and {second} both hold the field {field}, expected one column",
        first=first.name,
        second=other.name,
        field=first.meaning,
    )


def _which(other: Column) -> Message:
    return msg("rename one of them, or --ignore {column}", column=other.name)


def meaning_label(config: Configuration, meaning: str) -> Message | str:
    """The word for what a column holds, in a sentence."""
    if meaning in BESIDE:
        return msg(BESIDE[meaning])
    if meaning in PARTS:
        return msg(PARTS[meaning][0])
    return field_label(config, meaning)
