"""Which articles are to be written: solved often without one, or searched for and not found?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from tkt.i18n import _, msg, render
from tkt.knowledge.feedback import Wanted, wanted_searches
from tkt.knowledge.limits import Limits, limits_in
from tkt.knowledge.unwritten import Solved, Unwritten, unwritten
from tkt.render import words
from tkt.render.layout import Cell, PageGrid
from tkt.render.times import local
from tkt.reports.material import Material
from tkt.reports.parts import MOST, Part, more_text, section_of, short
from tkt.reports.week.actions import unread_notes
from tkt.store.feedback import read_feedback
from tkt.store.knowledge import read_articles

_NAMED = 3


def articles(material: Material) -> Part:
    """What is solved often and written nowhere, and what readers of the help centre looked for in vain."""
    known, unread = read_articles(material.desk.root)
    feedback = read_feedback(material.desk.root)
    limits = limits_in(material.config.reports.thresholds)
    missing = unwritten(_solved(material, limits), known, limits, material.now)
    wanted = in_vain(material, feedback.searches)
    section = section_of(
        "articles",
        msg("Articles to write"),
        (_missing_grid(missing, material), searches_grid(wanted)),
        empty=msg("Nothing is solved often without an article, and no search was in vain."),
        notes=(_limit_note(limits), *unread_notes((*unread, *feedback.problems))),
    )
    data = {"unwritten": [_missing_data(it) for it in missing], "searches": searches_data(wanted)}
    return Part(section, data)


def _solved(material: Material, limits: Limits) -> Iterator[Solved]:
    """The last resolve of each ticket that was solved lately and still is."""
    since, now = material.now - limits.within, material.now
    for life in material.population.lives:
        ends = [at for at in life.resolves if since < at <= now]
        if ends and not life.is_open_before(now):
            story = material.population.story(life)
            if story.category is not None:
                yield Solved(
                    id=life.id,
                    at=ends[-1],
                    product=story.product,
                    type=story.type,
                    category=story.category,
                )


def _limit_note(limits: Limits) -> str:
    return render(
        msg(
            "Wanted from {count} solved of one product and category in {days} days (thresholds.article), counted back from now.",
            count=limits.wanted,
            days=limits.within.days,
        )
    )


def _missing_grid(missing: Sequence[Unwritten], material: Material) -> PageGrid:
    heads = (_("solved without an article"), _("product"), _("how often"), _("latest"), _("what helps"))
    config = material.config
    rows = tuple(
        (
            words.category_name(config, it.type, it.category),
            words.product_word(config, it.product) if it.product else "–",
            Cell(str(it.count), value=it.count),
            " ".join(it.ids[:_NAMED]),
            f"tkt kb new --from {it.ids[0]}",
        )
        for it in missing[:MOST]
    )
    return PageGrid(heads, rows, more_text(len(missing) - MOST), words=frozenset({1, 3, 4}), name="unwritten")


def _missing_data(it: Unwritten) -> dict[str, Any]:
    return {
        "product": it.product,
        "type": it.type,
        "category": it.category,
        "count": it.count,
        "ids": list(it.ids),
    }


def in_vain(material: Material, searches: Sequence[Any]) -> tuple[Wanted, ...]:
    """What was searched for and not found on the days of the window, the most wanted first."""
    window = material.window
    last = local(window.end - timedelta(seconds=1), window.zone).date()
    return wanted_searches(searches, local(window.start, window.zone).date(), last)


def searches_grid(wanted: Sequence[Wanted]) -> PageGrid:
    """The words, and how often."""
    heads = (_("searched for in vain"), _("how often"), _("last time"))
    rows = tuple(
        (short(it.query), Cell(str(it.count), value=it.count), it.latest.isoformat()) for it in wanted[:MOST]
    )
    return PageGrid(heads, rows, more_text(len(wanted) - MOST), words=frozenset({2}), name="searches")


def searches_data(wanted: Sequence[Wanted]) -> list[dict[str, Any]]:
    """`query count latest`."""
    return [{"query": it.query, "count": it.count, "latest": it.latest.isoformat()} for it in wanted]
