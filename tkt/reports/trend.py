"""What grows and what shrinks, week by week? (docs/kpi.md K13)"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from tkt.i18n import _, msg
from tkt.kpis.course import Leg, course
from tkt.kpis.figures import Term
from tkt.kpis.window import Window, week_name, weeks_until
from tkt.render.layout import Chart, PageGrid, Section
from tkt.reports import Made
from tkt.reports.comparing import comparing_notes
from tkt.reports.heading import data_of, page_of, window_json
from tkt.reports.laying import label_text, value_cell
from tkt.reports.material import Material
from tkt.reports.sections import Shown, by_data, by_section, kpi_data, kpi_section

WEEKS = 13
"""A quarter."""
LINES = 5
"""So many categories are followed week by week: those of most tickets."""
NUMBERS = ("K0", "K13")
SHOWN = (
    Shown("K0", ("created",), msg("created")),
    Shown("K2", ("n",), msg("resolved")),
    Shown("K5", ("at_from",), msg("open at the start")),
    Shown("K5", ("at_to",), msg("open at the end")),
)
NONE = "none"


def made(material: Material) -> Made:
    """The categories of the window against the windows before, and the weeks of the quarter that ends with it."""
    legs = weekly(material)
    counted = [_by_category(material, leg) for leg in legs]
    page = page_of(
        material,
        "trend",
        msg("Trends of {desk}", desk=material.config.desk.name),
        [
            _weeks(material, legs),
            kpi_section(material, "K13", {0: Chart(kind="bar", columns=(1, 2), is_lying=True)}),
            _categories(material, legs, counted),
            by_section(material, SHOWN),
        ],
        comparing_notes(material),
    )
    weeks = [_leg_json(leg, found, material) for leg, found in zip(legs, counted, strict=True)]
    return Made(
        page, data_of(material, weeks=weeks, **kpi_data(material, NUMBERS), **by_data(material, SHOWN))
    )


def weekly(material: Material, count: int = WEEKS) -> tuple[Leg, ...]:
    """The weeks up to the one in which the window ends; those before the first ticket are left out."""
    lives = material.population.lives
    first = min((life.started_at for life in lives), default=material.window.start)
    end = min(material.window.end, material.now + timedelta(seconds=1))
    windows = [window for window in weeks_until(end, material.zone, count) if window.end > first]
    return course(lives, windows)


def _weeks(material: Material, legs: Sequence[Leg]) -> Section | None:
    if not legs:
        return None
    heads = (_("week"), _("created"), _("resolved"), _("open at the end"), _("releases"))
    grid = PageGrid(
        heads,
        tuple(_week(material, leg) for leg in legs),
        words=frozenset({4}),
        chart=Chart(kind="line", columns=(1, 2, 3)),
        name="weeks",
    )
    return Section(_("Week by week"), (grid,), tuple(_week_notes(material, legs)), name="weeks")


def _week(material: Material, leg: Leg) -> tuple[str, ...]:
    config = material.config
    numbers = (len(leg.created), len(set(leg.resolved)), leg.backlog)
    return (
        week_text(leg.window, material),
        *(value_cell(number, "count", config) for number in numbers),
        ", ".join(_released(material, leg.window)),
    )


def week_text(window: Window, material: Material) -> str:
    """`2026-W47`, with a mark where it is not over."""
    return f"{week_name(window)} *" if window.end > material.now else week_name(window)


def _week_notes(material: Material, legs: Sequence[Leg]) -> Iterator[str]:
    if legs[-1].window.end > material.now:
        yield _("*: the week is not over.")
    if len(legs) < WEEKS:
        yield _("Weeks before the first ticket are left out.")


def _released(material: Material, window: Window) -> list[str]:
    found = (it for it in material.ground.more.releases if window.contains(it.at) and it.at <= material.now)
    return [it.name for it in sorted(found, key=lambda it: (it.at, it.name))]


Counted = Counter[str | None]


def _categories(material: Material, legs: Sequence[Leg], counted: Sequence[Counted]) -> Section | None:
    """The categories of most tickets, week by week."""
    whole: Counted = sum(counted, Counter())
    if not whole:
        return None
    most = sorted(whole, key=lambda name: (-whole[name], name is None, name or ""))[:LINES]
    config = material.config
    rows = tuple(
        (
            week_text(leg.window, material),
            *(value_cell(found[name], "count", config) for name in most),
            value_cell(sum(found.values()) - sum(found[name] for name in most), "count", config),
        )
        for leg, found in zip(legs, counted, strict=True)
    )
    heads = (_("week"), *(label_text(Term("category", name), config) for name in most), _("others"))
    chart = Chart(kind="line", columns=tuple(range(1, len(most) + 1)))
    grid = PageGrid(heads, rows, chart=chart, name="categories")
    return Section(_("Created by category, week by week"), (grid,), name="categories")


def _by_category(material: Material, leg: Leg) -> Counted:
    known, population = material.ground.life_of, material.population
    return Counter(population.story(known[ticket]).category for ticket in leg.created)


def _leg_json(leg: Leg, by_category: Counted, material: Material) -> dict[str, Any]:
    found = {
        "week": week_name(leg.window),
        **window_json(leg.window),
        "created": len(leg.created),
        "resolved": len(set(leg.resolved)),
        "finished": len(leg.finished),
        "reopened": len(leg.reopened),
        "backlog": leg.backlog,
        "is_over": leg.window.end <= material.now,
        "releases": _released(material, leg.window),
        "by_category": {name or NONE: n for name, n in sorted(by_category.items(), key=_name)},
    }
    if material.asked.ids:
        found["ids"] = {
            key: list(dict.fromkeys(getattr(leg, key)))
            for key in ("created", "resolved", "finished", "reopened")
        }
    return found


def _name(item: tuple[str | None, int]) -> str:
    return item[0] or ""
