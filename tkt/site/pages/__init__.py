"""Which pages has the dashboard? One line a page, in the order of the navigation.

A page is a function `content(material) -> Content`; its module is imported when it is asked for.
The overview, weeks and reports of the desk's own: `tkt.site.building`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from tkt.frozen import dataclass
from tkt.i18n import Message, msg
from tkt.render.html import Tile

if TYPE_CHECKING:
    from tkt.render.layout import Page
    from tkt.reports.material import Material


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What stands on a page of the dashboard."""

    page: Page
    tiles: tuple[Tile, ...] = ()
    lead: str = ""


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page of the dashboard: what it is called, and where it is made.

    Made by the module of tkt.site.pages of that name, else of the report kind.
    """

    title: Message
    module: str = ""
    kind: str = ""

    def content(self, material: Material) -> Content:
        """What stands on it, in the reader's language. Errors: as the kind of report says."""
        if self.kind:
            from tkt.site.pages.of_kind import content_of

            return content_of(self.kind, material)
        make: Callable[[Material], Content] = import_module(f"tkt.site.pages.{self.module}").content
        return make(material)


PAGES: Mapping[str, SitePage] = {
    "today.html": SitePage(msg("Today"), "today"),
    "sla.html": SitePage(msg("Service level"), kind="sla"),
    "trend.html": SitePage(msg("Trends"), kind="trend"),
    "flow.html": SitePage(msg("Flow and bottleneck"), kind="flow"),
    "topics.html": SitePage(msg("Categories and products"), "topics"),
    "causes.html": SitePage(msg("Causes"), kind="causes"),
    "customers.html": SitePage(msg("Customers"), kind="customers"),
    "feedback.html": SitePage(msg("Feedback"), "feedback"),
    "loop.html": SitePage(msg("Closed loop"), kind="loop"),
    "releases.html": SitePage(msg("Releases"), kind="releases"),
    "kpi.html": SitePage(msg("Key figures"), kind="kpi"),
}
"""Path → the page."""
