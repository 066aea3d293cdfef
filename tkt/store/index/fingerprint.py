"""What do entries depend on beside their files? The configuration, the time zones, and the code itself."""

from __future__ import annotations

import os
import sys
import zoneinfo
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from tkt import __version__
from tkt.schema.configuration import CALENDAR_FILES, FILES, Configuration
from tkt.store.index.database import FORMAT

_PACKAGE = Path(__file__).resolve().parents[2]
_CODE = (
    "", "actions", "clocks", "columns", "fields", "guards", "kpis", "policies", "query", "schema", "store/codec",
    "store/index", "timerules", "worktime",
)  # fmt: skip
"""Folders of the package whose code decides what an entry holds."""


def fingerprint(root: Path, config: Configuration) -> bytes:
    """Bytes that are others when anything is that entries of the desk at `root` depend on."""
    about = f"{FORMAT} {__version__} {sys.version}".encode()
    return b"\0".join((about, *_configuration(root), *_stats(_zones(config)), *_stats(_code())))


def code_print() -> bytes:
    """The same of the code alone, whatever desk it is for."""
    return b"\0".join((f"{__version__} {sys.version}".encode(), *_stats(_code())))


def _configuration(root: Path) -> Iterator[bytes]:
    paths = [root / path for path, _ in FILES.values()]
    for path in (*paths, *sorted((root / CALENDAR_FILES).glob("*.yaml"))):
        with suppress(OSError):
            data = path.read_bytes()
            yield b"%s %d\0%s" % (path.name.encode(), len(data), data)


def _zones(config: Configuration) -> Iterator[str]:
    """The files of the time zones that are named, and that of the package that stands in for them."""
    names = {config.desk.zone, *(each.zone for each in config.sla.calendars.values() if each.zone)}
    yield from (os.path.join(folder, name) for folder in zoneinfo.TZPATH for name in sorted(names))  # noqa: PTH118
    package = find_spec("tzdata")
    yield from (package.submodule_search_locations or ()) if package else ()


def _code() -> Iterator[str]:
    """The modules, so that a tkt that is run from its sources needs no other version to be another one."""
    for folder in _CODE:
        with suppress(OSError), os.scandir(_PACKAGE / folder) as entries:
            yield from sorted(entry.path for entry in entries if entry.name.endswith(".py"))


def _stats(paths: Iterable[str]) -> Iterator[bytes]:
    for path in paths:
        with suppress(OSError):
            found = os.stat(path)  # noqa: PTH116 - a hundred of them, at every command
            yield f"{path} {found.st_size} {found.st_mtime_ns}".encode()
