"""How does a desk get into Parquet files, for those who ask it in SQL?

    write_parquet("out", content_of(desk, now, …), force=False)

docs/analytics.md is the user's side of it: every file and column, and the SQL of every key figure.
"""

from __future__ import annotations

from tkt.export.parquet.content import Content, Wish, content_of, rows_beside, ticket_rows
from tkt.export.parquet.writing import Written, needs_duckdb, write_parquet

__all__ = [
    "Content",
    "Wish",
    "Written",
    "content_of",
    "needs_duckdb",
    "rows_beside",
    "ticket_rows",
    "write_parquet",
]
