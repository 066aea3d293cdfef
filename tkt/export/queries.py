"""Which SQL gives a key figure, asked of the Parquet files? (docs/analytics.md)

One file a figure in the folder `sql`: it begins with its parameters `$start`, `$end` and `$now`, instants
in UTC, and answers rows of (figure, value, label, ids).
"""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files

from tkt.export.parquet.tables import TABLES
from tkt.kpis import KPIS


def sql_of(number: str) -> str:
    """The text of `K1`; one of `KPIS`."""
    return (files("tkt.export") / "sql" / f"{number}.sql").read_text("utf-8")


def numbers() -> tuple[str, ...]:
    """Those there are, in the order of the page."""
    return tuple(KPIS)


def with_window(sql: str, start: datetime, end: datetime, now: datetime) -> str:
    """The same with these instants in place of its parameters."""
    given = {"$start": start, "$end": end, "$now": now}
    for name, at in given.items():
        sql = sql.replace(name, f"'{at.astimezone(UTC).replace(tzinfo=None).isoformat(sep=' ')}'")
    return sql


def views_on(folder: str) -> str:
    """What tells DuckDB that the tables are the files of a folder."""
    place = folder.rstrip("/").replace("'", "''")
    return "".join(
        f"CREATE OR REPLACE VIEW {table} AS SELECT * FROM read_parquet('{place}/{table}.parquet');\n"
        for table in TABLES
    )
