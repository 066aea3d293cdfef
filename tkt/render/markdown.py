"""How does a page become Markdown, with nothing in it that acts?"""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

from tkt.render.layout import Page
from tkt.render.text import one_line

_ACTS = re.compile(r"([\\`*_\[\]<>|~&])")


def escape(text: str) -> str:
    """A stranger's text as plain words on one line of Markdown: no marks, links, tags or table cells."""
    return _ACTS.sub(r"\\\1", one_line(text))


def page_markdown(page: Page, template: str, desk: Path | None = None) -> str:
    """The page through a template such as `report/kpi.md.j2`. Errors: PageError."""
    from tkt.render.pages import filled

    return filled(template, {"page": asdict(page)}, desk=desk, filters={"md": escape})
