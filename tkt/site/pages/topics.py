"""What are requests about: by type, category and product, how many, how quickly, how well?"""

from __future__ import annotations

from collections.abc import Callable

from tkt.i18n import Message, _, msg, render
from tkt.kpis import Population
from tkt.kpis.attainment import attainment
from tkt.kpis.figures import Term
from tkt.kpis.first_response import first_response
from tkt.kpis.life import Life
from tkt.kpis.resolution import resolution
from tkt.kpis.story import Story
from tkt.render import words
from tkt.render.layout import Cell, Chart, Page, PageGrid, Section
from tkt.reports.heading import page_of
from tkt.reports.laying import label_text, value_cell, window_text
from tkt.reports.material import Material
from tkt.site.pages import Content

LONGEST = 40
_DRAWN = 12


def content(material: Material) -> Content:
    """The window's tickets three times over."""
    return Content(page=_page(material), lead=render(window_text(material.window)))


def _page(material: Material) -> Page:
    fields: tuple[tuple[str, Message, Callable[[Story], str | None]], ...] = (
        ("type", msg("By type"), lambda story: story.type),
        ("category", msg("By category"), lambda story: story.category),
        ("product", msg("By product"), lambda story: story.product),
    )
    sections = (_section(field, title, value, material) for field, title, value in fields)
    return page_of(material, "topics", msg("Categories and products"), sections)


def _section(field: str, title: Message, value: Callable[[Story], str | None], material: Material) -> Section:
    """A line a value, most tickets first; the chart has the first ones."""
    population = material.population
    found: dict[str | None, list[Life]] = {}
    for life, story in population.touched:
        found.setdefault(value(story), []).append(life)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0] is None, item[0] or ""))
    shown = tuple(_line(field, name, population.of(lives), material) for name, lives in ordered[:LONGEST])
    heads = (
        words.field_name(material.config, field),
        _("created"),
        _("resolved"),
        _("first response, median"),
        _("resolution, median"),
        _("tickets without a breach"),
    )
    chart = Chart("bar", (1, 2), is_lying=True) if 1 < len(shown) <= _DRAWN else None
    return Section(render(title), (PageGrid(heads, shown, chart=chart, name=field),), name=f"by-{field}")


def _line(field: str, name: str | None, population: Population, material: Material) -> tuple[Cell | str, ...]:
    config = material.config
    cells = (
        (len(population.created), "count"),
        (len(population.resolved), "count"),
        (first_response(population).value("median_s"), "seconds"),
        (resolution(population).value("median_s"), "seconds"),
        (attainment(population).value("tickets", "rate"), "rate"),
    )
    return (
        label_text(Term(field, name), config),
        *(value_cell(value, unit, config) for value, unit in cells),
    )
