"""How is the dashboard written: which pages, in which order, and which of them are left as they are?"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from tkt.desk import Desk
from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.i18n import _, current_language, render
from tkt.kpis.window import Window, week_name
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
    with Output(folder, KIND, made_by=by, force=force) as output:
        put_assets(output, templates)
        pages = _Pages(output, templates, chrome)
        with undisturbed():
            rest = _put_reports(pages, desk, asked, now)
        gc.collect()  # the facts of all tickets are let go before their pages are made
        unread = put_tickets(output, desk, templates, chrome, rest.now)
        rest.put(pages)
        told = {(it.path, it.line, str(it.message)): it for it in (*rest.problems, *unread)}
        return Built(written=output.finish(), problems=tuple(told.values()))


def _navigation(desk: Desk) -> list[NavItem]:
    items = [NavItem(path=OVERVIEW, title=_("Overview"))]
    items += [NavItem(path=path, title=render(page.title)) for path, page in PAGES.items()]
    items.insert(2, NavItem(path=TICKETS, title=_("Tickets")))
    items.insert(3, NavItem(path=weeks.INDEX, title=_("Weeks")))
    if desk.config.reports.reports:
        items.append(NavItem(path=named.INDEX, title=_("Reports of the desk")))
    return items


class _Pages:
    """Puts pages into the folder, in their frame."""

    def __init__(self, output: Output, templates: Templates, chrome: Chrome) -> None:
        self.output = output
        self._templates = templates
        self._chrome = chrome

    def put(self, path: str, content: Content, link: Link, current: str, *, marked: str = "") -> None:
        """A page is made again where anything but the report's `now` is another."""
        view = page_view(content.page, link=link, tiles=content.tiles, lead=content.lead)
        facts = content.page.facts
        steady = [pair for pair in facts if pair[0] != _("now")]
        made_of = f"{marked}.{fingerprint(view, steady)}"

        def make() -> str:
            frame = self._chrome.frame(
                view.title, current=current, depth=path.count("/"), facts=facts, has_charts=view.has_charts
            )
            return page_html(view, frame, self._templates)

        self.output.page(path, made_of, make)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rest:
    """What is left to do when the other reports have their pages; of a large desk it holds no facts of tickets."""

    now: datetime  # the reports'
    problems: tuple[Problem, ...]  # what could not be read
    ids: frozenset[str]  # of tickets that have a page
    latest: frozenset[str]  # the page of the last week that is over, if there is one
    aside: Callable[[], Mapping[str, Content]]

    def put(self, pages: _Pages) -> None:
        """The pages that another core has made meanwhile."""
        for path, content in self.aside().items():
            is_week = path in self.latest
            link = ticket_link(self.ids, path.count("/"))
            pages.put(path, content, link, weeks.INDEX if is_week else path, marked="latest" * is_week)


def _put_reports(pages: _Pages, desk: Desk, asked: Asked, now: datetime) -> _Rest:
    """Every page but those of tickets, and those that are made aside."""
    material = Material.of(desk, asked, now=now)
    ids = frozenset(each.id for each in material.ground.facts)
    recent = weeks.weeks_of(material)

    def aside() -> Mapping[str, Content]:
        return _made_aside(material, recent[:1])

    def again() -> Mapping[str, Content]:
        return _made_aside(Material.of(desk, asked, now=now), recent[:1])

    many = len(material.ground.facts) >= MANY
    waiting = meanwhile(aside, again) if many else aside
    reports = _Reports(pages, material, ids, recent)
    reports.put_overview()
    reports.put_pages()
    reports.put_weeks()
    reports.put_named()
    return _Rest(
        now=material.now,
        problems=material.ground.problems,
        ids=ids,
        latest=frozenset(map(_page_of, recent[:1])),
        aside=waiting,
    )


def _made_aside(material: Material, latest: Sequence[Window]) -> Mapping[str, Content]:
    """The content of the pages that are made in a copy of this process, if there are many tickets."""
    made = {path: PAGES[path].content(material) for path in _ASIDE}
    for week in latest:
        made[_page_of(week)] = weeks.week_content(material.during(week), is_latest=True)
    return made


def _page_of(week: Window) -> str:
    return weeks.week_path(week_name(week))


class _Reports:
    """The pages of reports that are made here."""

    def __init__(
        self, pages: _Pages, material: Material, ids: frozenset[str], recent: Sequence[Window]
    ) -> None:
        self._pages = pages
        self._material = material
        self._ids = ids
        self._changed = changed(pages.output, material)
        self._recent = recent
        self._weekly = numbers_of(pages.output, material, self._recent, self._changed)

    def put_overview(self) -> None:
        """The page that all others are reached from."""
        page = overview.content(self._material, self._weekly)
        self._pages.put(OVERVIEW, page, ticket_link(self._ids, 0), OVERVIEW)

    def put_pages(self) -> None:
        """The pages of the navigation."""
        link = ticket_link(self._ids, 0)
        for path, page in PAGES.items():
            if path not in _ASIDE:
                self._pages.put(path, page.content(self._material), link, path)

    def put_weeks(self) -> None:
        """A page a week but for the latest one, and their list; weeks that nothing has changed stay as they are."""
        output, material = self._pages.output, self._material
        older = weeks.older_weeks(output, self._recent, material.zone)
        link = ticket_link(self._ids, 1)
        for week in (*self._recent[1:], *older):
            path = _page_of(week)
            stood = output.stood(path)
            if stood is not None and self._changed.stands(week, stood):
                output.keep(path, stood)
                continue
            content = weeks.week_content(material.during(week), is_latest=False)
            self._pages.put(path, content, link, weeks.INDEX, marked=self._changed.besides)
        listed = weeks.index_content(material, self._weekly, older)
        self._pages.put(weeks.INDEX, listed, weeks.week_link, weeks.INDEX)

    def put_named(self) -> None:
        """The reports of config/reports.yaml, and their list."""
        reports = named.contents(self._material)
        link = ticket_link(self._ids, 1)
        for name, content in reports.items():
            self._pages.put(named.report_path(name), content, link, named.INDEX)
        if reports:
            listed = named.index_content(self._material, reports)
            self._pages.put(named.INDEX, listed, named.report_link, named.INDEX)
