"""Which categories grow, against the time just before and the year before? (docs/kpi.md K13)"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf
from typing import Any

from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.kpis.figures import Figure, Grid, Kpi, Row, Term, count, rate
from tkt.kpis.population import Population
from tkt.kpis.window import Window, previous, year_before

RISE, AT_LEAST = 0.3, 10
NONE = "none"
LONGEST = 20


@dataclass(frozen=True)
class Thresholds:
    """When growth is worth a flag: `trend` in config/reports.yaml."""

    rise: float = RISE
    at_least: float = AT_LEAST

    def flags(self, now: int, before: int) -> bool:
        """Whether it grew by the share named, and there are enough to be more than chance."""
        return max(now, before) >= self.at_least and now > before and now >= before * (1 + self.rise)


NEVER = Thresholds(inf, inf)


def trend(population: Population) -> Kpi:
    """The tickets received by category, flagged where they grew by 30 % and there are ten of them."""
    window = population.window
    windows = (window, previous(window), year_before(window))
    counted = [_by_category(population, each) for each in windows]
    limits = thresholds_in(population.config.reports.thresholds)
    rows = _rows(counted, limits)
    flagged = [row for row in rows if row.figures[-1].value]
    ids = [each for row in flagged for each in row.figures[0].counted or ()]
    is_partial = window.end > population.now
    return Kpi(
        name="trend",
        title=msg("Trend"),
        grids=(
            Grid(
                (msg("now"), msg("before"), msg("change"), msg("a year before"), msg("change"), msg("share"), msg("rising")),
                rows,
                about=msg("created in the window"),
                longest=LONGEST,
            ),
            Grid(
                (msg("value"),),
                (
                    Row(msg("tickets of rising categories"), (count(ids, "flagged"),)),
                    Row(msg("compared before its end"), (Figure(("partial",), is_partial, "flag"),)),
                ),
            ),
        ),
        notes=(msg("Before: as long as the window, and just before it."),),
    )  # fmt: skip


def thresholds_in(thresholds: Mapping[str, Any]) -> Thresholds:
    """As the configuration gives them; what it does not is 30 % and 10."""
    found = thresholds.get("trend")
    given = found if isinstance(found, Mapping) else {}
    return Thresholds(_share(given.get("rise"), RISE), _share(given.get("at_least"), AT_LEAST))


def _share(value: Any, otherwise: float) -> float:
    """`30%`, `0.3` or a plain number."""
    text = str(value).strip()
    plain = text.removesuffix("%").strip()
    if not plain.replace(".", "", 1).isdecimal():
        return otherwise
    return float(plain) / 100 if text.endswith("%") else float(plain)


def _by_category(population: Population, window: Window) -> dict[str | None, list[str]]:
    found: dict[str | None, list[str]] = {}
    for life in population.created_in(window):
        found.setdefault(population.story(life).category, []).append(life.id)
    return found


def _rows(counted: Sequence[Mapping[str | None, list[str]]], limits: Thresholds) -> tuple[Row, ...]:
    total = sum(map(len, counted[0].values()))
    categories = dict.fromkeys([category for each in counted for category in each])
    limits = limits if counted[1] else NEVER  # there was no desk yet, or nobody wrote
    rows = [_row(name, [each.get(name, []) for each in counted], total, limits) for name in categories]
    rows.sort(key=lambda row: (not row.figures[-1].value, -int(row.figures[0].value or 0)))
    return tuple(rows)


def _row(category: str | None, ids: Sequence[list[str]], total: int, limits: Thresholds) -> Row:
    key = ("by_category", category or NONE)
    now, before, last_year = map(len, ids)
    return Row(
        Term("category", category),
        (
            count(ids[0], *key, "n"),
            count(ids[1], *key, "previous"),
            rate(now - before, before, *key, "change"),
            count(ids[2], *key, "year_before"),
            rate(now - last_year, last_year, *key, "year_change"),
            rate(now, total, *key, "share"),
            Figure((*key, "rising"), limits.flags(now, before), "flag"),
        ),
    )
