"""How does a kind of report become a page of the dashboard?"""

from __future__ import annotations

from tkt.i18n import render
from tkt.reports import KINDS
from tkt.reports.laying import window_text
from tkt.reports.material import Material
from tkt.site.pages import Content
from tkt.site.pages.headlines import tiles_of_kind


def content_of(kind: str, material: Material) -> Content:
    """The report, its headline numbers above it. Errors: as the kind says."""
    made = KINDS[kind].made(material)
    return Content(
        page=made.page, tiles=tiles_of_kind(kind, material), lead=render(window_text(material.window))
    )
