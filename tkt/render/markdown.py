"""How does a page become Markdown, with nothing in it that acts?"""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

from tkt.late import late
from tkt.render.layout import Page
from tkt.render.text import one_line

_ACTS = late(r"([\\`*_\[\]<>|~&])")
_TAGS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_MARKS = late(r"([\\`*_\[\]|~$])")
_CALLS = late(r"([@#!$%^~]|:(?=//)|GH-|www(?=\.))(?=\S)", re.IGNORECASE)
"""What a forge makes a mention, a reference or a link of, where something follows."""
_APART = "\u200b"


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


def page_markdown(page: Page, template: str, desk: Path | None = None) -> str:
    """The page through a template such as `report/kpi.md.j2`. Errors: PageError."""
    from tkt.render.pages import filled

    return filled(template, {"page": asdict(page)}, desk=desk, filters={"md": escape})
