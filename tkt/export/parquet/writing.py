"""How do rows become Parquet files: all of them, or none?

Each table goes into a file of JSON lines first, which DuckDB then reads and writes as Parquet: memory
stays as it is, however many tickets there are. The folder appears when all of it is written.
"""

from __future__ import annotations

import atexit
import gc
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from tkt.errors import Conflict, UsageError
from tkt.export.parquet.tables import TABLES, Row
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.store.files import FileError, os_message

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SUFFIX = ".parquet"
MEMORY = "512MB"
_PIECE = 1 << 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written: the rows of each file."""

    rows: dict[str, int]


def write_parquet(folder: str, rows: Iterable[Row], *, force: bool) -> Written:
    """Every table as a file of `folder`, which must not be there, or be empty; with `force` an earlier export gives way.

    Errors: UsageError without DuckDB; Conflict for a folder that holds anything else; FileError.
    """
    connection = _connected()
    target = Path(os.path.normpath(folder))
    try:
        with connection, _placed(target, force) as place:
            lines = place / "lines"
            lines.mkdir()
            counts = _spooled(rows, lines)
            _converted(connection, lines, place)
            shutil.rmtree(lines)
    except OSError as error:
        raise FileError(os_message(error), path=folder) from error
    return Written(rows=counts)


def needs_duckdb() -> None:
    """Errors: UsageError where it is not installed."""
    try:
        import duckdb  # noqa: F401 - whether it is there
    except ImportError as error:
        raise UsageError(
            msg("Parquet files need the Python package {name}, which is not installed", name="duckdb"),
            hint=msg("pip install duckdb"),
        ) from error


def _connected() -> DuckDBPyConnection:
    needs_duckdb()
    import duckdb

    atexit.register(gc.unfreeze)  # else it complains at the end of what `tkt.start` leaves to the process
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "memory_limit": MEMORY,
        "threads": "2",
    }
    return duckdb.connect(":memory:", config=config)


def _spooled(rows: Iterable[Row], lines: Path) -> dict[str, int]:
    """How many rows each table has; they stand in files of JSON lines."""
    names = {table: tuple(columns) for table, columns in TABLES.items()}
    counts = dict.fromkeys(TABLES, 0)
    encode = msgspec.json.Encoder().encode
    with ExitStack() as stack:
        files: dict[str, BinaryIO] = {
            table: stack.enter_context((lines / table).open("wb", buffering=_PIECE)) for table in TABLES
        }
        for table, row in rows:
            files[table].write(encode(dict(zip(names[table], row, strict=True))) + b"\n")
            counts[table] += 1
    return counts


def _converted(connection: DuckDBPyConnection, lines: Path, place: Path) -> None:
    """Errors: FileError, where the disk is full or the memory too small."""
    import duckdb

    try:
        connection.execute(f"SET temp_directory = {_quoted(str(lines / 'spilled'))}")
        for table, columns in TABLES.items():
            source = _quoted(str(lines / table))
            kinds = ", ".join(f'"{name}": {_quoted(kind)}' for name, kind in columns.items())
            connection.execute(
                f"COPY (SELECT * FROM read_json({source}, format = 'newline_delimited', columns = {{{kinds}}},"
                f" maximum_object_size = {1 << 26}))"
                f" TO {_quoted(str(place / (table + SUFFIX)))} (FORMAT parquet, COMPRESSION zstd)"
            )
            (lines / table).unlink()
    except duckdb.Error as error:
        raise FileError(msg("DuckDB: {reason}", reason=str(error)), path=str(place)) from error


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def _placed(target: Path, force: bool) -> Iterator[Path]:
    """A folder beside `target` that takes its place when all went well."""
    _refuse_others(target, force)
    target.parent.mkdir(parents=True, exist_ok=True)
    token = secrets.token_hex(4)
    fresh, old = (target.with_name(f".{target.name}.{token}.{kind}") for kind in ("tmp", "old"))
    fresh.mkdir()
    try:
        yield fresh
        _refuse_others(target, force)
        _exchanged(target, fresh, old)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _exchanged(target: Path, fresh: Path, old: Path) -> None:
    """`fresh` under the name of `target`, which goes back where that fails."""
    if not target.exists():
        fresh.rename(target)
        return
    target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        with suppress(OSError):
            old.rename(target)
        raise


def _refuse_others(target: Path, force: bool) -> None:
    """Errors: Conflict."""
    if not os.path.lexists(target):
        return
    if not target.is_dir() or target.is_symlink():
        raise Conflict(
            msg("is no folder, expected the name of one that is to be made"),
            path=str(target),
            hint=msg("-o parquet"),
        )
    names = sorted(os.listdir(target))  # noqa: PTH208 - names alone
    foreign = [name for name in names if name.removesuffix(SUFFIX) not in TABLES or not name.endswith(SUFFIX)]
    if foreign:
        raise Conflict(
            msg(
                "holds {name}, expected nothing but an earlier export; nothing was overwritten",
                name=foreign[0],
            ),
            path=str(target),
            hint=msg("name a folder that is not there yet"),
        )
    if names and not force:
        raise Conflict(
            msg("holds an earlier export; nothing was overwritten"),
            path=str(target),
            hint=msg("--force puts the new one in its place, or name another folder"),
        )
