"""What does a map say about a table: which column holds what, and in which words?

The shape of a team's own map files; docs/import.md explains every key. All of it may be left out: what a
map does not say is found out from the names of the columns.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Meta, field

from tkt.errors import ConfigError, DataError, NotFound, Problem, did_you_mean
from tkt.i18n import N_, Message, msg
from tkt.intake.log.maps import Delimiter
from tkt.intake.rows.headings import BESIDE, ID, PARTS
from tkt.model import STORED
from tkt.schema import Configuration
from tkt.schema.base import Labelled, Name, Struct
from tkt.schema.configuration import nearest_line
from tkt.schema.reading import Fault, read_struct
from tkt.schema.taxonomy import FieldName
from tkt.store.codec.reading import read_document

FOLDER = "config/imports"
"""Where a desk keeps the maps that are called by name."""

SOURCE = "table"
Undated = Literal["refuse", "received"]
Meaning = Annotated[str, Meta(description=N_("a field, or words, answer, note, answered_at, external_id …"))]


class KeptColumn(Labelled, frozen=True, kw_only=True):
    """A column kept as a field of the desk's own."""

    column: str
    type: Literal["text", "word", "number", "bool", "instant", "words"] = "text"


class Ending(Struct, frozen=True, kw_only=True):
    """What a resolution says where the row does not."""

    code: Name | None = None
    cause: Name | None = None


class TableMap(Struct, frozen=True, kw_only=True):
    """How to read one kind of table: one row a ticket."""

    source: Name = SOURCE
    sheet: str | None = None
    header: int | None = None  # the row with the names of the columns; None: found out
    encoding: str | None = None
    delimiter: Delimiter | None = None
    missing: list[str] = field(default_factory=lambda: ["", "-", "--", "—", "/", "N/A", "n/a"])
    dates: list[str] = field(default_factory=list)  # strptime formats, tried before the usual ones
    zone: str | None = None  # None: the desk's
    undated: Undated = "refuse"  # an answer or an end without a time: a fault, or at the time of receipt
    columns: dict[str, Meaning] = field(default_factory=dict)
    constants: dict[Meaning, str] = field(default_factory=dict)  # what holds where the row says nothing
    values: dict[Meaning, dict[str, str]] = field(
        default_factory=dict
    )  # words of the table → words of the desk
    keep: dict[FieldName, KeptColumn] = field(default_factory=dict)
    ignore: list[str] = field(default_factory=list)
    resolution: Ending = field(default_factory=Ending)


NO_MAP = TableMap()


def open_map(wish: str, config: Configuration, root: Path) -> TableMap:
    """The map in that file, or of that name in the desk's `config/imports/`, made sure to fit the desk.

    Errors: NotFound; DataError for what is no YAML; ConfigError with every fault and its line.
    """
    path = _path_of(wish, root)
    document = read_document(_bytes(path), str(path))
    found, faults = read_struct(TableMap, document.value)
    if found is not None:
        faults = list(map_faults(found, config))
    if faults or found is None:
        raise ConfigError(
            [
                _problem(
                    fault, str(path), document.line(*fault.path) or nearest_line(document.line, fault.path)
                )
                for fault in faults
            ]
        )
    return found


def named_maps(root: Path) -> Mapping[str, Path]:
    """The desk's own maps, by name."""
    return {path.stem: path for path in sorted((root / FOLDER).glob("*.yaml"))}


def map_faults(found: TableMap, config: Configuration) -> Iterator[Fault]:
    """Everything in the map that cannot be used on this desk."""
    try:
        ZoneInfo(found.zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = msg(
            "{name} is no time zone, expected one like Asia/Shanghai or Europe/Berlin", name=found.zone
        )
        yield Fault(path=("zone",), message=message)
    known = meanings(config)
    named = {("columns", column): meaning for column, meaning in found.columns.items()}
    named |= {(key, each): each for key in ("constants", "values") for each in getattr(found, key)}
    for path, meaning in named.items():
        if meaning not in known and meaning not in found.keep and not _is_part(meaning):
            message = msg("{key}: there is no field {name}", key=".".join(path), name=meaning)
            yield Fault(path=path, message=message, hint=did_you_mean(meaning, known))
    yield from _kept_faults(found, config)


def meanings(config: Configuration) -> Collection[str]:
    """Everything that a column can hold on this desk."""
    return (*BESIDE, *(name for name in config.field_kinds if name != ID), *PARTS)


def _is_part(meaning: str) -> bool:
    base, dot, part = meaning.partition(".")
    return bool(dot and part) and STORED.get(base) == "mapping"


def _kept_faults(found: TableMap, config: Configuration) -> Iterator[Fault]:
    for name, kept in found.keep.items():
        declared = config.taxonomy.fields.get(name)
        if name in STORED or name in BESIDE or name == "events":
            message = msg("keep.{name}: every ticket has a field of that name, choose another one", name=name)
            yield Fault(path=("keep", name), message=message)
        elif declared is not None and (declared.type != kept.type or declared.any_of):
            message = msg(
                "keep.{name}: the desk's field of that name is of type {theirs}, the map's of type {ours}",
                name=name,
                theirs=declared.type,
                ours=kept.type,
            )
            yield Fault(path=("keep", name), message=message)


def _path_of(wish: str, root: Path) -> Path:
    named = named_maps(root)
    if wish in named:
        return named[wish]
    if Path(wish).exists():
        return Path(wish)
    raise NotFound(
        msg("there is no map {name}: no file of that name, and none in {folder}/", name=wish, folder=FOLDER),
        hint=did_you_mean(wish, named) or msg("tkt import csv FILE --write-map map.yaml"),
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message: Message = msg("cannot be read: {reason}", reason=error.strerror or str(error))
        raise DataError([Problem(code="data", message=message, path=str(path))]) from error


def _problem(fault: Fault, path: str, line: int | None) -> Problem:
    return Problem(code="config", path=path, line=line, message=fault.message, hint=fault.hint)
