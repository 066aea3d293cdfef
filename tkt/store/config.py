"""Where is the desk, and what does its configuration say?

Every fault of every file is told at once, with its line; a desk is used with a configuration that
is right, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from os.path import isfile
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from tkt.errors import ConfigError, DataError, NotFound, Problem, TktError, did_you_mean
from tkt.frozen import dataclass
from tkt.i18n import Message, msg
from tkt.schema.base import Struct
from tkt.schema.configuration import CALENDAR_FILES, FILES, Configuration, LineOf, nearest_line
from tkt.schema.desk import NEWEST_FORMAT, DeskFile
from tkt.schema.people import PeopleFile
from tkt.schema.reading import read_struct
from tkt.schema.service import CalendarFile, SlaFile
from tkt.store import sparse
from tkt.store.codec.reading import Document, read_document
from tkt.store.parsed import parsed_files

DESK_FILE = FILES["desk"][0]
CONFIG = "config"
OPTIONAL = frozenset({"channels", "rules", "views", "reports"})
"""Names of FILES that a desk can do without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What came of reading one file."""

    value: Struct | None = None
    line: LineOf | None = None
    problems: tuple[Problem, ...] = ()


def find_desk(start: Path) -> Path:
    """The nearest of `start` and its parents that holds a tkt.yaml. Errors: NotFound."""
    place = start.resolve()
    for folder in (place, *place.parents):
        if isfile(folder / DESK_FILE):  # noqa: PTH113 - it says no where we may not look
            return folder
    raise NotFound(
        msg("no desk here: there is no tkt.yaml in {path} or above it", path=str(place)),
        hint=msg("make one with `tkt init`, or name one with `tkt -C DIR`"),
    )


def desk_language(start: Path) -> str | None:
    """The language that the desk around `start` speaks; None without a desk or a readable tkt.yaml.

    Asked before anything else is, errors included: what is wrong with the file is told later.
    """
    try:
        root = find_desk(start)
        with parsed_files(root) as parsed:
            found = parsed.document((root / DESK_FILE).read_bytes(), DESK_FILE).value.get("language")
    except (TktError, OSError):
        return None
    return str(found) if found is not None else None


Source = Callable[[str], bytes | None]
"""Path in a desk → what the file holds; None where there is none. May raise OSError."""

Reader = Callable[[bytes, str], Document]
"""What a file holds, and its path → what it says. May raise DataError."""


def load_configuration(root: Path) -> Configuration:
    """The configuration of the desk at `root`. Errors: ConfigError with every fault of every file."""
    left_out = sparse.left_out(root, CONFIG)
    if left_out:
        raise ConfigError(sparse.needs_all(root, left_out).problems)
    with parsed_files(root) as parsed:
        return configuration_from(partial(_on_disk, root), _calendar_paths(root), parsed.document)


def configuration_from(
    source: Source, calendars: Iterable[str], reader: Reader = read_document
) -> Configuration:
    """The configuration that the files of `source` make, with the `calendars` at these paths.

    Errors: ConfigError with every fault of every file.
    """
    read = partial(_read_file, source, reader)
    parts = {name: read(path, kind, may_lack=name in OPTIONAL) for name, (path, kind) in FILES.items()}
    parts = {name: found for name, found in parts.items() if found != _Read()}
    dated = {path: read(path, CalendarFile) for path in calendars}
    problems = [problem for found in (*parts.values(), *dated.values()) for problem in found.problems]
    if problems:
        raise ConfigError(problems)
    return _assembled(parts, dated)


def with_service_levels(config: Configuration, data: bytes, path: str) -> Configuration:
    """The configuration with what another config/sla.yaml at `path` holds in place of its own.

    Calendars and ladders that it lacks are those of `config`. Errors: ConfigError with every fault and its line.
    """
    try:
        document = read_document(data, path)
    except DataError as error:
        raise ConfigError(error.problems) from None
    document.value.setdefault("calendars", {})
    read = _judged(document, SlaFile)
    if read.problems:
        raise ConfigError(read.problems)
    own, other = config.sla, cast("SlaFile", read.value)
    whole = msgspec.structs.replace(
        other,
        calendars={**own.calendars, **other.calendars},
        ladders={**own.ladders, **other.ladders},
    )
    return replace(config, sla=whole, lines={**config.lines, "sla": document.line})


def unknown_zone(name: str) -> Message | None:
    """What is wrong with the name of a time zone; None where nothing is."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return msg("{name} is no time zone, expected one like Asia/Shanghai or Europe/Berlin", name=name)
    return None


def nearest_zone(name: str) -> Message | None:
    """A hint with the time zone that was probably meant."""
    from zoneinfo import available_timezones

    return did_you_mean(name, sorted(available_timezones()))


def _assembled(parts: Mapping[str, _Read], calendars: Mapping[str, _Read]) -> Configuration:
    values = cast("dict[str, Any]", {name: read.value for name, read in parts.items()})
    lines = {name: read.line for name, read in (*parts.items(), *calendars.items()) if read.line}
    holidays = tuple(cast("CalendarFile", read.value) for read in calendars.values())
    return Configuration(**values, calendars=holidays, lines=lines)


def _calendar_paths(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in (root / CALENDAR_FILES).glob("*.yaml"))


def _on_disk(root: Path, path: str) -> bytes | None:
    try:
        return (root / path).read_bytes()
    except FileNotFoundError:
        return None


def _read_file(
    source: Source, reader: Reader, path: str, kind: type[Struct], *, may_lack: bool = False
) -> _Read:
    try:
        data = source(path)
        if data is None:
            return _Read() if may_lack else _Read(problems=(_absent(path),))
        document = reader(data, path)
    except OSError as error:
        reason = error.strerror or str(error)
        fault = msg("cannot be read: {reason}", reason=reason)
        return _Read(problems=(Problem(code="config", path=path, message=fault),))
    except DataError as error:
        return _Read(problems=error.problems)
    if path == DESK_FILE:
        _refuse_newer_format(document.value, document.line)
    return _judged(document, kind)


def _judged(document: Document, kind: type[Struct]) -> _Read:
    value, faults = read_struct(kind, document.value)
    problems = [
        Problem(
            code="config",
            path=document.path,
            line=nearest_line(document.line, fault.path),
            message=fault.message,
            hint=fault.hint,
        )
        for fault in faults
    ]
    problems.sort(key=lambda problem: problem.line or 0)
    own = () if value is None else _own_faults(value, document.path, document.line)
    return _Read(value=value, line=document.line, problems=(*problems, *own))


def _absent(path: str) -> Problem:
    return Problem(
        code="config",
        path=path,
        message=msg("is missing, and a desk needs it"),
        hint=msg(
            "get it back with `git checkout HEAD -- {path}`, or copy it from a new desk: tkt init DIR",
            path=path,
        ),
    )


def _refuse_newer_format(value: Any, line: LineOf) -> None:
    """A desk of a newer format may have any keys; say so before complaining about them."""
    found = value.get("format") if isinstance(value, dict) else None
    if isinstance(found, int) and found > NEWEST_FORMAT:
        message = msg(
            "this desk was made by a newer tkt: its format is {found}, this tkt knows up to {newest}",
            found=found,
            newest=NEWEST_FORMAT,
        )
        hint = msg("install the newer tkt from where this one came")
        raise ConfigError(
            [Problem(code="config", path=DESK_FILE, line=line("format"), message=message, hint=hint)]
        )


def _own_faults(value: Struct, path: str, line: LineOf) -> Iterator[Problem]:
    """What a struct cannot say, but everything that reads the desk builds upon."""
    if isinstance(value, PeopleFile):
        zones = ((name, it.zone) for name, it in value.people.items() if it.zone is not None)
        for name, zone in zones:
            yield from _zone_faults(zone, path, line, "people", name, "zone")
    if not isinstance(value, DeskFile):
        return
    if value.format != NEWEST_FORMAT:
        message = msg(
            "{key}: expected {expected}, found {found}",
            key="format",
            expected=NEWEST_FORMAT,
            found=value.format,
        )
        yield Problem(code="config", path=path, line=line("format"), message=message)
    yield from _zone_faults(value.zone, path, line, "zone")


def _zone_faults(zone: str, path: str, line: LineOf, *place: str) -> Iterator[Problem]:
    """The line is looked for only where there is a fault: for that the file is parsed once more."""
    fault = unknown_zone(zone)
    if fault is not None:
        yield Problem(code="config", path=path, line=line(*place), message=fault, hint=nearest_zone(zone))
