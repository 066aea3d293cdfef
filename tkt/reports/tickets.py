"""How does a report list tickets: which one, whose, and what happens next?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from tkt.columns import Columns
from tkt.desk import UNREADABLE
from tkt.i18n import _
from tkt.render import words
from tkt.render.layout import Cell, PageGrid
from tkt.reports.material import Material
from tkt.reports.parts import more_text, next_text, owner_name, title_cell
from tkt.schema import Configuration

LONGEST = 20

More = Mapping[str, Callable[[str], str]]
"""Head → what stands below it of a ticket's id."""


def ticket_grid(
    material: Material,
    about: str,
    ids: Iterable[str],
    *,
    before: More | None = None,
    behind: More | None = None,
    name: str = "",
    longest: int = LONGEST,
) -> PageGrid:
    """Id, the columns of `before`, title, those of `behind`, status, owner and next action of each ticket, each once.

    `about` stands above the ids. At most `longest` of them; what is left out is counted below.
    """
    chosen = list(dict.fromkeys(ids))
    heads = (about, *(before or ()), _("title"), *(behind or ()), _("status"), _("owner"), _("next action"))
    material.row_of.look_at(chosen[:longest])
    rows = tuple(_row(material, each, before or {}, behind or {}) for each in chosen[:longest])
    hidden = len(chosen) - longest
    return PageGrid(heads, rows, more_text(hidden), words=frozenset(range(1, len(heads))), name=name)


def _row(material: Material, ticket: str, before: More, behind: More) -> tuple[str, ...]:
    known = material.row_of.get(ticket)
    texts = ("", "", "", "") if known is None else _told(known, material.config)
    title, *rest = texts
    return (
        id_cell(ticket),
        *(make(ticket) for make in before.values()),
        title,
        *(make(ticket) for make in behind.values()),
        *rest,
    )


def id_cell(ticket: str) -> Cell:
    """A ticket's id, by which a page links to it."""
    return Cell(ticket, ticket=ticket)


def _told(row: Columns, config: Configuration) -> Sequence[str]:
    """Title, status, owner and what is next; nothing of a ticket that has gone since."""
    try:
        return (
            title_cell(row.title),
            words.status_name(config, row.status),
            owner_name(config, row.owner),
            next_text(row),
        )
    except UNREADABLE:
        return ("", "", "", "")
