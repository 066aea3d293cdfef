"""How do the pages of 100,000 tickets come into a folder, and how are those found that changed?

What a page was made from stands in the folder's manifest (`Stand`); the index knows what every file holds
now, and the tickets themselves. Only those whose page is not right any more are fetched; their pages are made on
all cores.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from tkt.clock import instant_text
from tkt.columns.summary import Summary, decoded
from tkt.desk import Desk
from tkt.errors import Problem
from tkt.indexed import Summaries
from tkt.model import Ticket
from tkt.render.pages import Templates
from tkt.site.chrome import Chrome
from tkt.site.spreading import spread
from tkt.site.tickets.listing import month_html, open_html, row_html
from tkt.site.tickets.naming import list_path, shard, ticket_path
from tkt.site.tickets.page import MAIN_PLACE, TITLE_PLACE, Mould, Shown, main_html, title_of
from tkt.site.tickets.refs import refs_of
from tkt.site.tickets.standing import NEVER, Stand, named_in, read_stand, span_of
from tkt.site.writing import Output, fingerprint
from tkt.sla import verdicts_at
from tkt.store.tree import Found

Which = Literal["all", "open"]
TEMPLATE = "site/ticket.html.j2"


class _Job(NamedTuple):
    found: Found
    blob: str
    summary: bytes | None  # None: the index knows nothing of the file
    ticket: bytes | None  # as above
    naming: tuple[str, ...]


class _Done(NamedTuple):
    ticket: str
    stand: Stand
    row: str


def put_tickets(
    output: Output, desk: Desk, templates: Templates, chrome: Chrome, now: datetime, *, which: Which = "all"
) -> tuple[Problem, ...]:
    """Have the page of every ticket (or of the open ones) and the lists; what could not be read comes back.

    Errors: PageError, FileError, Conflict.
    """
    seen = desk.summaries()
    build = _Build(output, desk, seen, now, which, _moulds(templates, chrome))
    build.put_pages()
    build.put_lists()
    return (*seen.problems, *build.problems)


class _Moulds(NamedTuple):
    deep: Mould  # of tickets, and of months
    top: Mould


def _moulds(templates: Templates, chrome: Chrome) -> _Moulds:
    def mould(depth: int) -> Mould:
        frame = chrome.frame(TITLE_PLACE, current=list_path(), depth=depth)
        return Mould(templates.page(TEMPLATE, {"frame": frame, "main": MAIN_PLACE}))

    return _Moulds(deep=mould(2), top=mould(1))


class _Build:
    """One build, in this process and in its copies."""

    def __init__(
        self, output: Output, desk: Desk, seen: Summaries, now: datetime, which: Which, moulds: _Moulds
    ) -> None:
        self.problems: list[Problem] = []
        self._output = output
        self._desk = desk
        self._config = desk.config
        self._levels = desk.levels
        self._seen = seen
        self._now = now
        self._moulds = moulds
        finished = desk.config.finished if which == "open" else frozenset()
        self._files = {it.id: it for it in seen.files if it.status not in finished}
        self._stands: dict[str, Stand] = {}
        self._rows: dict[str, str] = {}

    def put_pages(self) -> None:
        """Have every ticket's page; a second time those of which it turns out that others name them."""
        kept, naming = self._standing()
        stale = [it for name, it in self._files.items() if name not in kept]
        self._render(stale, naming)
        again = self._named_otherwise(naming)
        self._render([self._files[name] for name in again], self._naming())
        for name in kept.keys() - set(again):
            self._output.keep(ticket_path(name), str(kept[name]))

    def put_lists(self) -> None:
        """The open tickets, and a page a month."""
        months: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted(self._stands, reverse=True):
            months[shard(name)].append(name)
        for month, names in months.items():
            self._put_list(list_path(month), month, names)
        counted = [(month, len(names)) for month, names in sorted(months.items(), reverse=True)]
        ahead = [name for name in sorted(self._stands, reverse=True) if self._is_open(name)]
        self._output.page(
            list_path(),
            self._made_from(ahead, counted),
            lambda: self._moulds.top.page(self._title(), open_html(self._rows_of(ahead), counted)),
        )

    # --- pages ---

    def _standing(self) -> tuple[dict[str, Stand], dict[str, tuple[str, ...]]]:
        """The pages that are right as far as their own files say, and which tickets name which, as it was."""
        kept: dict[str, Stand] = {}
        said = instant_text(self._now)
        naming: dict[str, tuple[str, ...]] = {}
        for name, found in self._files.items():
            text = self._output.stood(ticket_path(name))
            stand = read_stand(text) if text is not None else None
            if stand is None:
                continue
            if stand.naming:
                naming[name] = stand.naming
            if stand.holds(self._seen.blob(found), said, self._files):
                kept[name] = stand
        self._stands.update(kept)
        return kept, naming

    def _named_otherwise(self, naming: Mapping[str, tuple[str, ...]]) -> list[str]:
        """The tickets whose page does not say which others name them."""
        true = self._naming()
        return [
            name
            for name in sorted({*naming, *true})
            if name in self._stands and self._stands[name].naming != true.get(name, ())
        ]

    def _naming(self) -> dict[str, tuple[str, ...]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name, stand in self._stands.items():
            for other in stand.ids:
                found[other].append(name)
        return {name: tuple(sorted(some)) for name, some in found.items()}

    def _render(self, files: Sequence[Found], naming: Mapping[str, tuple[str, ...]]) -> None:
        if not files:
            return
        self._output.begin()
        for done, problems in spread(self._jobs(files, naming), self._pages, len(files)):
            self.problems += problems
            for it in done:
                self._stands[it.ticket] = it.stand
                self._rows[it.ticket] = it.row
                self._output.note(ticket_path(it.ticket), str(it.stand))

    def _jobs(self, files: Iterable[Found], naming: Mapping[str, tuple[str, ...]]) -> Iterator[_Job]:
        for found in files:
            named = naming.get(found.id, ())
            seen = self._seen
            yield _Job(found, seen.blob(found), seen.encoded(found), seen.kept(found), named)

    def _pages(self, jobs: Sequence[_Job]) -> tuple[list[_Done], list[Problem]]:
        """The pages of these tickets, written, and what could not be read; in any process."""
        problems: list[Problem] = []
        done = []
        for job in jobs:
            ticket = self._desk.readable(job.found, problems, job.ticket)
            if ticket is not None:
                done.append(self._written(job, ticket))
        return done, problems

    def _written(self, job: _Job, ticket: Ticket) -> _Done:
        summary = decoded(job.summary) if job.summary is not None else self._summed(ticket)
        standings = summary.standings
        now = max(self._now, standings.valid_from)
        since, until = span_of(standings, now)
        since = min(since, instant_text(self._now))  # an event may be a moment ahead of the time
        shown = Shown(
            ticket=ticket,
            verdicts=verdicts_at(standings, ticket.id, self._levels, now),
            needs=summary.needs,
            missing=summary.missing,
            naming=job.naming,
            is_over=until == NEVER and since == NEVER,
        )
        main = main_html(shown, self._config, now, self._files)
        self._output.write(ticket_path(ticket.id), self._moulds.deep.page(title_of(ticket), main))
        named = named_in((name for _, name in refs_of(ticket)), self._files)
        stand = Stand(blob=job.blob or "?", since=since, until=until, named=named, naming=job.naming)
        return _Done(ticket.id, stand, row_html(summary, self._config))

    def _summed(self, ticket: Ticket) -> Summary:
        from tkt.columns.summing import summary_of

        return summary_of(ticket, self._config, self._levels)

    # --- lists ---

    def _put_list(self, path: str, month: str, names: Sequence[str]) -> None:
        self._output.page(
            path,
            self._made_from(names, month),
            lambda: self._moulds.deep.page(
                f"{self._title()} {month}", month_html(month, self._rows_of(names))
            ),
        )

    def _made_from(self, names: Sequence[str], about: object) -> str:
        return fingerprint([(name, self._stands[name].blob) for name in names], about)

    def _rows_of(self, names: Iterable[str]) -> list[str]:
        return [self._row(name) for name in names]

    def _row(self, name: str) -> str:
        known = self._rows.get(name)
        if known is None:
            data = self._seen.encoded(self._files[name])
            summary = decoded(data) if data is not None else self._read(name)
            known = self._rows[name] = "" if summary is None else row_html(summary, self._config)
        return known

    def _read(self, name: str) -> Summary | None:
        ticket = self._desk.readable(self._files[name], [])
        return self._summed(ticket) if ticket is not None else None

    def _is_open(self, name: str) -> bool:
        return self._files[name].status not in self._config.finished

    @staticmethod
    def _title() -> str:
        from tkt.i18n import _

        return _("Tickets")
