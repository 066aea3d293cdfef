"""What was learnt: which reviews and improvements ended, and did what they were about come less often?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tkt.clock import instant_text
from tkt.i18n import _, msg
from tkt.kpis.learning import done_improvements
from tkt.kpis.loop import is_immature, received_after, received_before
from tkt.lessons import Improvement, Lesson, Review
from tkt.render.layout import Cell, PageGrid
from tkt.render.times import stamp
from tkt.reports.laying import value_cell
from tkt.reports.material import Material
from tkt.reports.parts import MOST, Part, more_text, owner_name, section_of, short, title_cell
from tkt.reports.week.actions import unread_notes
from tkt.store.lessons import read_improvements, read_reviews

Effect = tuple[int | None, int | None]
"""Before, and after."""
_UNKNOWN: Effect = (None, None)


def learnt(material: Material) -> Part:
    """The reviews and improvements done in the window; of these how often the matter came before and after."""
    improvements, unread = read_improvements(material.desk.root)
    reviews, unread_too = read_reviews(material.desk.root)
    done = [it for it in improvements if material.window.contains(it.done_at)]
    reviewed = [it for it in reviews if material.window.contains(it.done_at)]
    effects = _effects(material)
    section = section_of(
        "learnt",
        msg("What was learnt"),
        (_reviews(reviewed, material), _improvements(done, effects, material)),
        empty=msg("No review and no improvement was done."),
        notes=(
            *([_("Tickets of the same product and category in the 30 days before and after; n/a: too early to say.")] if done else ()),
            *unread_notes((*unread, *unread_too)),
        ),
    )  # fmt: skip
    data = {
        "reviews": [{**_data(it), "cause": it.cause} for it in reviewed],
        "improvements": [
            {
                **_data(it),
                "product": it.product,
                "category": it.category,
                "recurrence_before": effects.get(it.id, _UNKNOWN)[0],
                "recurrence_after": effects.get(it.id, _UNKNOWN)[1],
            }
            for it in done
        ],
    }
    return Part(section, data)


def _effects(material: Material) -> dict[str, Effect]:
    """Improvement → how many tickets of what it is about came in the 30 days before it was done, and after (K17).

    None for what has not passed yet, and where nobody said what it is about.
    """
    population = material.population
    return {
        it.name: (
            len(received_before(population, it)),
            None if is_immature(it, population.now) else len(received_after(population, it)),
        )
        for it in done_improvements(population)
        if it.matters
    }


def _data(it: Lesson) -> dict[str, Any]:
    done = it.done_at
    return {"id": it.id, "title": it.title, "owner": it.owner, "done_at": done and instant_text(done)}


def _reviews(reviews: Sequence[Review], material: Material) -> PageGrid:
    heads = (_("review"), _("title"), _("owner"), _("cause"), _("done"))
    rows = tuple(
        (*_cells(it, material), short(it.cause) or "–", _done(it, material)) for it in reviews[:MOST]
    )
    return PageGrid(
        heads, rows, more_text(len(reviews) - MOST), words=frozenset({1, 2, 3, 4}), name="reviews"
    )


def _improvements(done: Sequence[Improvement], effects: Mapping[str, Effect], material: Material) -> PageGrid:
    heads = (_("improvement"), _("title"), _("owner"), _("done"), _("before"), _("after"))
    rows = tuple(
        (
            *_cells(it, material),
            _done(it, material),
            *(value_cell(n, "count", material.config) for n in effects.get(it.id, _UNKNOWN)),
        )
        for it in done[:MOST]
    )
    return PageGrid(heads, rows, more_text(len(done) - MOST), words=frozenset({1, 2, 3}), name="improvements")


def _cells(it: Lesson, material: Material) -> tuple[str, ...]:
    return (short(it.id), title_cell(it.title), owner_name(material.config, it.owner))


def _done(it: Lesson, material: Material) -> Cell:
    done = it.done_at
    return Cell(stamp(done, material.zone)[:10] if done else "–")
