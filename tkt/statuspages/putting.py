"""How do customers' status pages come into a folder? Those that are due, and of these the ones that changed.

A page says as of when it was told, so each is told anew every day. During a day a page is left as it is
while its ticket's file holds what it held, and its ticket is not even read; but where the page says another
thing at the end of the day than at its beginning, its words are told again and compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from tkt.addressed import customer_page_name, page_lack, ticket_page_name
from tkt.desk import Desk
from tkt.errors import NotFound, Problem
from tkt.frozen import dataclass
from tkt.guards.disposal import survivor_of
from tkt.model import Ticket
from tkt.render.pages import Templates
from tkt.render.times import local
from tkt.site.spreading import spread
from tkt.site.writing import Output, fingerprint
from tkt.sla import Verdict
from tkt.statuspages.choosing import Candidate, candidates
from tkt.statuspages.rendering import customer_html, index_html, ticket_html
from tkt.statuspages.telling import StatusPage, language_of, status_page, told_due
from tkt.store.pagekey import made_secret

INDEX = "index.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPages:
    """What was put: how many tickets and customers have a page, what could not be read, whether a key was made."""

    tickets: int
    customers: int
    problems: tuple[Problem, ...]
    is_new_key: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """A page that stands now, or with `html` is to be put if it does not."""

    ticket: str
    stand: str  # the page's fingerprint
    html: str | None = None


def put_status_pages(output: Output, desk: Desk, templates: Templates, now: datetime) -> StatusPages:
    """Have every page that is due at `now`; `output.finish()` removes the others.

    Errors: UsageError for a bad secret, PageError, FileError.
    """
    secret, is_new = made_secret(desk.root)
    found, problems = candidates(desk, now)
    build = _Build(output, desk, templates, now, secret)
    unread = build.put_tickets(found)
    customers = build.put_customers(found)
    said = index_html(templates, desk.config)
    output.page(INDEX, fingerprint(said), lambda: said)
    return StatusPages(
        tickets=len(build.stands),
        customers=customers,
        problems=(*problems, *unread),
        is_new_key=is_new,
    )


class _Build:
    """One build, in this process and in its copies."""

    def __init__(
        self, output: Output, desk: Desk, templates: Templates, now: datetime, secret: bytes
    ) -> None:
        self._output = output
        self._desk = desk
        self._config = desk.config
        self._templates = templates
        self._now = now
        self._secret = secret
        self._today = _Day.of(now, desk.config.desk.zone)
        self.stands: dict[str, str] = {}  # of each ticket that has a page
        _ = desk.levels  # before copies of this process are made

    def put_tickets(self, found: Iterable[Candidate]) -> list[Problem]:
        """Have the pages of these tickets; what could not be read."""
        stale = [it for it in found if not self._is_kept(it)]
        if stale:
            self._output.begin()
        problems: list[Problem] = []
        for done, unread in spread(stale, self._pages, len(stale)):
            problems += unread
            for page in done:
                self._take_up(page)
        return problems

    def put_customers(self, found: Iterable[Candidate]) -> int:
        """Have the page of each customer with tickets that have one; how many there are."""
        theirs: dict[str, list[Candidate]] = {}
        for it in found:
            customer = self._customer(it) if it.id in self.stands else ""
            if customer:
                theirs.setdefault(customer, []).append(it)
        for customer, some in theirs.items():
            made_from = sorted((it.id, self.stands[it.id]) for it in some)
            self._output.page(
                customer_page_name(self._secret, customer),
                fingerprint(made_from),
                lambda some=some: self._customer_html(some),  # type: ignore[misc]
            )
        return len(theirs)

    def _is_kept(self, it: Candidate) -> bool:
        name, stand = self._name(it.id), self._stand(it)
        if not it.blob or not self._output.stands(name, stand):
            return False
        self._output.keep(name, stand)
        self.stands[it.id] = stand
        return True

    def _stand(self, it: Candidate) -> str:
        """What a page is made from that says the same all day."""
        return fingerprint(it.blob, self._today.name)

    def _take_up(self, page: _Done) -> None:
        name = self._name(page.ticket)
        self.stands[page.ticket] = page.stand
        if page.html is None:
            self._output.note(name, page.stand)
        else:
            html = page.html
            self._output.page(name, page.stand, lambda: html)

    def _pages(self, some: Sequence[Candidate]) -> tuple[list[_Done], list[Problem]]:
        """The pages that these tickets have, and what could not be read; in any process."""
        problems: list[Problem] = []
        return list(self._made(some, problems)), problems

    def _made(self, some: Sequence[Candidate], problems: list[Problem]) -> Iterator[_Done]:
        for it in some:
            ticket = self._desk.readable(it.found, problems)
            if ticket is None or page_lack(ticket, self._config, self._now) is not None:
                continue
            page, verdicts = self._told(ticket)
            html = ticket_html(page, self._templates, self._config, self._name)
            if it.blob and survivor_of(ticket) is None and self._today.is_all_one(page, verdicts):
                self._output.write(self._name(ticket.id), html)
                yield _Done(ticket=ticket.id, stand=self._stand(it))
            else:  # it follows from another ticket or from the hour too: its own words say whether it changed
                words = repr(replace(page, as_of=None))
                yield _Done(ticket=ticket.id, stand=fingerprint(words, self._today.name), html=html)

    def _customer(self, it: Candidate) -> str:
        if it.summary is not None:
            return str(it.summary.values.get("customer") or "")
        ticket = self._desk.readable(it.found, [])
        return str(ticket.get("customer") or "") if ticket is not None else ""

    def _customer_html(self, some: Sequence[Candidate]) -> str:
        found = [ticket for it in some if (ticket := self._desk.readable(it.found, [])) is not None]
        found.sort(key=lambda it: (it.received_at, it.id), reverse=True)
        language = language_of(found[0], self._config) if found else self._config.desk.language
        pages = [self._told(ticket)[0] for ticket in found]
        return customer_html(pages, self._templates, self._config, language, self._name)

    def _told(self, ticket: Ticket) -> tuple[StatusPage, tuple[Verdict, ...]]:
        now = max(self._now, ticket.updated_at)  # an event may be a moment ahead of the time
        verdicts = self._desk.verdicts(ticket, now=now)
        page = status_page(ticket, self._config, verdicts, now, survivor=self._survivor(ticket))
        return page, verdicts

    def _survivor(self, ticket: Ticket) -> Ticket | None:
        """The ticket that it is a duplicate of, if that has a page of its own."""
        name = survivor_of(ticket)
        if name is None:
            return None
        try:
            found = self._desk.readable(self._desk.find(name), [])
        except NotFound:
            return None
        has_page = found is not None and page_lack(found, self._config, self._now) is None
        return found if has_page else None

    def _name(self, ticket: str) -> str:
        return ticket_page_name(self._secret, ticket)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """A day in the desk's zone."""

    name: str  # 2026-11-22
    start: datetime
    end: datetime

    @classmethod
    def of(cls, now: datetime, zone: str) -> _Day:
        """The day that `now` is in."""
        day = local(now, zone).date()
        start, end = (datetime.combine(it, time(), ZoneInfo(zone)) for it in (day, day + timedelta(days=1)))
        return cls(name=day.isoformat(), start=start, end=end)

    def is_all_one(self, page: StatusPage, verdicts: Sequence[Verdict]) -> bool:
        """Whether the page says the same all day, if nothing happens to its ticket."""
        is_gone = page.gone_at is not None and page.gone_at <= self.end
        return not is_gone and told_due(verdicts, self.start) == told_due(verdicts, self.end)
