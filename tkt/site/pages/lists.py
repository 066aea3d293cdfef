"""How does a list of tickets stand on the dashboard: which columns, and how many rows?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tkt.columns import Columns
from tkt.frozen import dataclass
from tkt.i18n import _, current_language
from tkt.neglect import kinds_of
from tkt.render.layout import Cell, PageGrid
from tkt.render.neglect_page import HEADS
from tkt.render.text import one_line
from tkt.reports.material import Material
from tkt.reports.parts import more_text, next_text, owner_name, title_cell
from tkt.schema import Configuration

SHOWN = 200
"""So many tickets of a list are shown; a longer list nobody reads, and `tkt list` has it."""


@dataclass(frozen=True, slots=True)
class Column:
    """What stands between a ticket's owner and its next action."""

    head: str
    cell: Callable[[Columns], str]


def ticket_grid(
    name: str, rows: Sequence[Columns], columns: Sequence[Column], material: Material, *, about: str = ""
) -> PageGrid:
    """The tickets, the first `SHOWN` of them: id, title, owner, the columns, next action."""
    heads = (about or _("ticket"), _("title"), _("owner"), *(it.head for it in columns), _("next action"))
    lines = tuple(
        (
            Cell(row.id, ticket=row.id),
            title_cell(row.line.title),
            owner_name(material.config, row.line.owner),
            *(it.cell(row) for it in columns),
            next_text(row),
        )
        for row in rows[:SHOWN]
    )
    words = frozenset(range(1, len(heads)))
    return PageGrid(heads, lines, more_text(len(rows) - len(lines)), words=words, name=name)


def kind_name(kind: str, config: Configuration) -> str:
    """A kind of neglect by the desk's own words where it has some."""
    declared = kinds_of(config).get(kind)
    usual = _(HEADS[kind]) if kind in HEADS else kind
    return one_line(declared.label(current_language(), usual) if declared else usual)
