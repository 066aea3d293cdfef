"""How does a page become Markdown, with nothing in it that acts?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tkt.late import late
from tkt.render.layout import Page, PageGrid
from tkt.render.text import one_line

_ACTS = late(r"([\\`*_\[\]<>|~&])")
_TAGS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_MARKS = late(r"([\\`*_\[\]|~$])")
_CALLS = late(r"([@#!$%^~]|:(?=//)|GH-|www(?=\.))(?=\S)", re.IGNORECASE)
"""What a forge makes a mention, a reference or a link of, where something follows."""
_APART = "\u200b"
PAGE = "report/page.md.j2"
"""What every page goes through that has no template of its own."""
WIDEST = 16
"""Columns of the longest bar."""


def escape(text: str) -> str:
    """A stranger's text as plain words on one line of Markdown: no marks, links, tags or table cells."""
    return _ACTS.sub(r"\\\1", one_line(text))


def harmless(text: str) -> str:
    """A stranger's text for a comment on a forge: as `escape`, and it calls nobody and refers to nothing.

    An invisible space stands behind what would make a mention (`@name`), a reference (`#12`, `!12`,
    `GH-12`) or a link (`http://`, `www.`); tags are entities, so that it may stand inside of HTML.
    """
    apart = _CALLS.sub(rf"\1{_APART}", one_line(text))
    return _MARKS.sub(r"\\\1", apart.translate(_TAGS))


def page_markdown(page: Page, *, desk: Path | None = None) -> str:
    """The page through the desk's template of its name, `templates/report/NAME.md.j2`, else that of all pages.

    Errors: PageError.
    """
    from tkt.render.pages import TEMPLATES, filled

    own = f"report/{page.name}.md.j2"
    is_there = bool(page.name) and desk is not None and (desk / TEMPLATES / own).is_file()
    return filled(own if is_there else PAGE, {"page": _plain(page)}, desk=desk, filters={"md": harmless})


def _plain(page: Page) -> dict[str, Any]:
    """The page as a template gets it: plain strings, lists and dictionaries."""
    return {
        "title": page.title,
        "name": page.name,
        "facts": page.facts,
        "notes": page.notes,
        "sections": [
            {
                "title": it.title,
                "name": it.name,
                "notes": it.notes,
                "grids": [_grid(grid) for grid in it.grids],
            }
            for it in page.sections
        ],
    }


def _grid(grid: PageGrid) -> dict[str, Any]:
    from tkt.render.bars import bars_of, sparks_of

    return {
        "name": grid.name,
        "heads": [str(head) for head in grid.heads],
        "rows": [[str(cell) for cell in row] for row in grid.rows],
        "right": [bool(place) and place not in grid.words for place in range(len(grid.heads))],
        "note": grid.note,
        "bars": bars_of(grid, WIDEST),
        "lines": sparks_of(grid, None),
    }
