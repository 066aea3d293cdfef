"""How is the dashboard written: which pages, in which order, and which of them are left as they are?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from tkt.desk import Desk
from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.i18n import _, current_language, render
from tkt.kpis.window import week_name
from tkt.render.frame import NavItem
from tkt.render.html import Link, page_html, page_view
from tkt.render.pages import Templates
from tkt.reports.asked import Asked
from tkt.reports.halves import MANY
from tkt.reports.material import Material, undisturbed
from tkt.site import named, weeks
from tkt.site.assets import made_by, put_assets
from tkt.site.changing import changed
from tkt.site.chrome import Chrome, chrome_of
from tkt.site.links import ticket_link
from tkt.site.pages import PAGES, Content, overview
from tkt.site.tickets import put_tickets
from tkt.site.weekly import numbers_of
from tkt.site.writing import Output, Written, fingerprint
from tkt.store.copies import meanwhile

TICKETS = "tickets/index.html"
OVERVIEW = "index.html"
KIND = "site"
_ASIDE = ("today.html", "causes.html")
"""Pages for which tickets are read again: half of the work, for another core."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What was written, and what could not be read on the way."""

    written: Written
    problems: tuple[Problem, ...]


def build_site(desk: Desk, asked: Asked, now: datetime, folder: Path, *, force: bool = False) -> Built:
    """Write the dashboard of the desk into the folder, in the reader's language.

    Errors: as `Output`, `Material.of` and `Templates.page`.
    """
    templates = Templates(desk.root)
    chrome = chrome_of(desk.config, _navigation(desk))
    by = made_by(desk, current_language())
    with Output(folder, KIND, made_by=by, force=force) as output, undisturbed():
        put_assets(output, templates)
        material = Material.of(desk, asked, now=now)
        site = _Site(output, templates, material, chrome)
        site.put_overview()
        site.put_pages()
        site.put_weeks()
        site.put_named()
        unread = put_tickets(output, desk, templates, chrome, material.now)
        site.put_aside()
        told = {(it.path, it.line, str(it.message)): it for it in (*material.ground.problems, *unread)}
        return Built(written=output.finish(), problems=tuple(told.values()))


def _navigation(desk: Desk) -> list[NavItem]:
    items = [NavItem(path=OVERVIEW, title=_("Overview"))]
    items += [NavItem(path=path, title=render(page.title)) for path, page in PAGES.items()]
    items.insert(2, NavItem(path=TICKETS, title=_("Tickets")))
    items.insert(3, NavItem(path=weeks.INDEX, title=_("Weeks")))
    if desk.config.reports.reports:
        items.append(NavItem(path=named.INDEX, title=_("Reports of the desk")))
    return items


class _Site:
    """The pages of one run."""

    def __init__(self, output: Output, templates: Templates, material: Material, chrome: Chrome) -> None:
        self.output = output
        self.templates = templates
        self.material = material
        self.chrome = chrome
        self.ids = {each.id for each in material.ground.facts}
        self.changed = changed(output, material)
        self.recent = weeks.weeks_of(material)
        many = len(material.ground.facts) >= MANY
        self.aside = meanwhile(self._made_aside) if many else self._made_aside
        self.weekly = numbers_of(output, material, self.recent, self.changed)

    def put_overview(self) -> None:
        """The page that all others are reached from."""
        path, page = OVERVIEW, overview.content(self.material, self.weekly)
        self._put(path, page, ticket_link(self.ids, 0), path)

    def put_pages(self) -> None:
        """The pages of the navigation, but for those that are made aside."""
        link = ticket_link(self.ids, 0)
        for path, page in PAGES.items():
            if path not in _ASIDE:
                self._put(path, page.content(self.material), link, path)

    def put_aside(self) -> None:
        """The pages that another core has made meanwhile, the latest week's among them."""
        latest = {weeks.week_path(week_name(week)) for week in self.recent[:1]}
        for path, content in self.aside().items():
            if path in latest:
                self._put(path, content, ticket_link(self.ids, 1), weeks.INDEX, marked="latest")
            else:
                self._put(path, content, ticket_link(self.ids, 0), path)

    def _made_aside(self) -> Mapping[str, Content]:
        """The content of the pages that are made in a copy of this process, if there are many tickets."""
        pages = {path: PAGES[path].content(self.material) for path in _ASIDE}
        for week in self.recent[:1]:
            content = weeks.week_content(self.material.during(week), is_latest=True)
            pages[weeks.week_path(week_name(week))] = content
        return pages

    def put_weeks(self) -> None:
        """A page a week but for the latest one, and their list; weeks that nothing has changed stay as they are."""
        recent = self.recent
        older = weeks.older_weeks(self.output, recent, self.material.zone)
        link = ticket_link(self.ids, 1)
        for week in (*recent[1:], *older):
            path = weeks.week_path(week_name(week))
            stood = self.output.stood(path)
            if stood is not None and self.changed.stands(week, stood):
                self.output.keep(path, stood)
                continue
            content = weeks.week_content(self.material.during(week), is_latest=False)
            self._put(path, content, link, weeks.INDEX, marked=self.changed.besides)
        listed = weeks.index_content(self.material, self.weekly, older)
        self._put(weeks.INDEX, listed, weeks.week_link, weeks.INDEX)

    def put_named(self) -> None:
        """The reports of config/reports.yaml, and their list."""
        reports = named.contents(self.material)
        link = ticket_link(self.ids, 1)
        for name, content in reports.items():
            self._put(named.report_path(name), content, link, named.INDEX)
        if reports:
            listed = named.index_content(self.material, reports)
            self._put(named.INDEX, listed, named.report_link, named.INDEX)

    def _put(self, path: str, content: Content, link: Link, current: str, *, marked: str = "") -> None:
        """A page in its frame; it is made again where anything but the report's `now` is another."""
        view = page_view(content.page, link=link, tiles=content.tiles, lead=content.lead)
        facts = content.page.facts
        steady = [pair for pair in facts if pair[0] != _("now")]
        made_of = f"{marked}.{fingerprint(view, steady)}"

        def make() -> str:
            frame = self.chrome.frame(
                view.title, current=current, depth=path.count("/"), facts=facts, has_charts=view.has_charts
            )
            return page_html(view, frame, self.templates)

        self.output.page(path, made_of, make)
