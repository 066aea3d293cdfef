"""The figures of `report kpi --json --ids` against what DuckDB gives over the Parquet files."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from tkt.export.queries import numbers, sql_of, views_on

_ABOUT_THE_REPORT = {"window", "now", "commit", "clean", "query", "ids", "by", "groups"}


class Found(NamedTuple):
    """One number, and the tickets that it stands on where it is a count."""

    value: Any
    ids: frozenset[str] | None


class Tables:
    """An export, asked of DuckDB."""

    def __init__(self, folder: Path) -> None:
        self.connection = duckdb.connect()
        self.connection.execute(views_on(str(folder)))

    def rows(self, sql: str, **given: object) -> list[tuple[Any, ...]]:
        """What a query answers."""
        return self.connection.execute(sql, given or None).fetchall()

    def figures(self, start: datetime, end: datetime, now: datetime) -> dict[str, Found]:
        """Every figure by its name."""
        window = {"start": _plain(start), "end": _plain(end), "now": _plain(now)}
        found: dict[str, Found] = {}
        for number in numbers():
            for figure, value, label, ids in self.rows(sql_of(number), **window):
                assert figure not in found, f"{number} answers {figure} twice"
                found[figure] = Found(value if label is None else label, _set(ids))
        return found


def figures_of(report: Mapping[str, Any]) -> dict[str, Found]:
    """Those of a report with ids, under the same names."""
    ids = dict(_leaves(report["ids"]))
    own = {key: value for key, value in report.items() if key not in _ABOUT_THE_REPORT}
    return {name: Found(value, _set_of(ids.get(name))) for name, value in _leaves(own)}


def differences(report: Mapping[str, Any], asked: Mapping[str, Found]) -> dict[str, tuple[object, object]]:
    """Name → what the report says and what SQL says, where that is not the same; a line of nothing may be missing."""
    told = figures_of(report)
    return {
        name: (one, other)
        for name in sorted({*told, *asked})
        if not _is_same(one := told.get(name), other := asked.get(name))
    }


def _is_same(one: Found | None, other: Found | None) -> bool:
    if one is None or other is None:
        known = one or other
        return known is not None and not known.value
    if isinstance(one.value, str) or isinstance(other.value, str):
        return one.value == other.value
    return _is_same_number(one.value, other.value) and (one.ids or frozenset()) == (other.ids or frozenset())


def _is_same_number(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def _leaves(tree: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def _set(ids: str | None) -> frozenset[str] | None:
    return None if ids is None else frozenset(ids.split())


def _set_of(ids: list[str] | None) -> frozenset[str] | None:
    return None if ids is None else frozenset(ids)


def _plain(at: datetime) -> datetime:
    return at.replace(tzinfo=None)
