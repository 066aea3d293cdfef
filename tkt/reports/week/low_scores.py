"""Which customers were not content, and what did they say?"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.clock import instant_text
from tkt.i18n import _, msg
from tkt.kpis.life import Life
from tkt.kpis.ratings import STARS, Rating, low_limit
from tkt.render import words
from tkt.render.layout import Cell
from tkt.reports.material import Material
from tkt.reports.parts import MOST, Entry, Part, section_of, short, ticket_data, tickets_grid


def low_scores(material: Material) -> Part:
    """The low answers of the window, the lowest first, with the comment and who owned the ticket when it was solved."""
    found = _lowest(material)
    entries = list(_entries(found[:MOST], material))
    heads = (_("score"), _("comment"), _("solved by"))
    section = section_of(
        "low-scores",
        msg("Low scores, and what was said"),
        (tickets_grid("low-scores", msg("ticket"), entries, heads, material.config, total=len(found)),),
        empty=msg("No low score."),
    )
    return Part(section, {"count": len(found), "tickets": [ticket_data(it) for it in entries]})


def _lowest(material: Material) -> list[tuple[Life, Rating]]:
    """The low answers, on whatever scale; the lowest first."""
    limit = low_limit(material.config)
    found = [(life, it) for life, it in material.population.answers if it.is_low(limit)]
    return sorted(found, key=lambda pair: (pair[1].score / pair[1].best, pair[1].at, pair[0].id))


def _entries(found: list[tuple[Life, Rating]], material: Material) -> Iterator[Entry]:
    for life, it in found:
        row = material.row_of.get(life.id)
        if row is not None:
            solved = next((at for at in reversed(life.resolves) if at <= it.at), it.at)
            owner = life.owner_at(solved)
            cells = (
                Cell(_score(it), value=it.score / it.best),
                short(it.comment) or "–",
                words.person_name(material.config, owner),
            )
            data = {
                "score": it.score,
                "best": it.best,
                "comment": it.comment,
                "rated_at": instant_text(it.at),
                "solved_by": owner,
            }
            yield Entry(row, cells, data)


def _score(it: Rating) -> str:
    return it.label if it.best != STARS else f"{it.label}/{STARS}"
