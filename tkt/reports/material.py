"""What are reports made from? One look at the desk that every kind of report shares.

    material = Material.of(desk, Asked(window=window), now=now)
    material.kpi("K5").value("at_to"); material.then.kpi("K5"); material.rows("status:open")

What takes long is done when it is first asked for, and once: the same facts, stories and key figures
serve all pages of a site, for every window (`during`).
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from tkt.columns import Columns
from tkt.desk import Desk
from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.kpis import KPIS, Kpi, Population
from tkt.kpis.facts import Measured, facts_of
from tkt.kpis.life import Life, lives_of
from tkt.kpis.more import More
from tkt.kpis.story import Stories
from tkt.kpis.window import Window, last_full_week
from tkt.metrics import OF_CUSTOMER, KpiReport, grouping_field, report_of
from tkt.model import Ticket
from tkt.query import Query
from tkt.reports.asked import Asked
from tkt.reports.gathering import customers_of, gathered, with_words
from tkt.reports.halves import MANY, Checkout, in_halves
from tkt.schema import Configuration

if TYPE_CHECKING:
    from tkt.knowledge.article import Article
    from tkt.lessons import Improvement, Review
    from tkt.neglect import Neglected
    from tkt.rows_on_demand import RowOf
    from tkt.store.gitrepo import GitRepo

KEYWORDS = "K19"


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What every window of a look at a desk shares."""

    desk: Desk
    asked: Asked
    by: str | None  # the stored key that is grouped by
    now: datetime  # the report's: what is later has not happened
    facts: Sequence[Measured]  # of the tickets asked about, those that count nowhere among them
    problems: tuple[Problem, ...]  # files that could not be read
    populations: dict[Window, Population] = field(default_factory=dict)
    kpis: dict[tuple[Window, str], Kpi] = field(default_factory=dict)
    reports: dict[Window, KpiReport] = field(default_factory=dict)
    stories: Stories = field(default_factory=Stories)

    @cached_property
    def lives(self) -> tuple[Life, ...]:
        """The tickets asked about that had been received by `now`."""
        return lives_of(self.facts, self.now)

    @cached_property
    def life_of(self) -> Mapping[str, Life]:
        """Id → its life."""
        return {life.id: life for life in self.lives}

    @cached_property
    def repo(self) -> GitRepo | None:
        """The repository that the desk lies in."""
        from tkt.store.gitrepo import GitRepo

        return GitRepo.of(self.desk.root)

    @cached_property
    def commit(self) -> str | None:
        """What is checked out; None without git."""
        return self.repo.head() if self.repo else None

    @cached_property
    def clean(self) -> bool | None:
        """Whether the working tree is that commit's; None without git."""
        return self.repo.is_clean() if self.repo else None

    def checkout(self) -> Checkout:
        """Both."""
        return self.commit, self.clean

    @cached_property
    def more(self) -> More:
        """What stands on no ticket. Errors: as `gathered`."""
        wants_customers = self.by in OF_CUSTOMER
        return gathered(self.desk, self.repo, keywords=self.asked.keywords, customers=wants_customers)

    @cached_property
    def customers(self) -> Mapping[str, Mapping[str, str]]:
        """What the customers' files say, by ids with their case folded. Errors: LeftOut."""
        return self.more.customers or customers_of(self.desk)

    @cached_property
    def knowledge(self) -> tuple[Article, ...]:
        """The readable articles."""
        from tkt.store.knowledge import read_articles

        return read_articles(self.desk.root)[0]

    @cached_property
    def reviews(self) -> tuple[Review, ...]:
        """The readable reviews."""
        from tkt.store.lessons import read_reviews

        return read_reviews(self.desk.root)[0]

    @cached_property
    def improvements(self) -> tuple[Improvement, ...]:
        """The readable improvements."""
        from tkt.store.lessons import read_improvements

        return read_improvements(self.desk.root)[0]

    @cached_property
    def ids(self) -> frozenset[str]:
        """The tickets asked about that count."""
        return frozenset(life.id for life in self.everybody.lives)

    @cached_property
    def everybody(self) -> Population:
        """The tickets asked about, through no window yet; what no window changes is worked out here. Errors: as `more`."""
        window = Window(self.now, self.now, self.desk.zone)
        found = Population(
            self.lives,
            self.desk.config,
            window,
            self.now,
            self.asked.internal,
            self.more,
            stories=self.stories,
        )
        found.lives, found.left_out  # noqa: B018 - every window's population takes them over
        return found

    @cached_property
    def neglect(self) -> tuple[tuple[Neglected, ...], tuple[Problem, ...]]:
        """What `tkt check --process` finds, and what could not be read for it. Errors: ConfigError for a query."""
        from tkt.neglecting import neglected_on

        problems: list[Problem] = []
        found = neglected_on(self.desk, self.now, problems)[0]
        return tuple(it for it in found if it.row.id in self.ids), tuple(problems)

    @cached_property
    def row_of(self) -> RowOf:
        """Id → its row, for every readable ticket."""
        return self.desk.row_of(self.now)


@dataclass(frozen=True, kw_only=True)
class Material:
    """What a report kind is given: a window, and the desk as it was then."""

    ground: Ground
    window: Window

    @classmethod
    def of(cls, desk: Desk, asked: Asked, *, now: datetime) -> Material:
        """The desk as it is at `now`, the facts of its tickets read.

        Errors: UsageError, QueryError for what cannot be asked; LeftOut in a sparse checkout.
        """
        by = None if asked.by is None else grouping_field(asked.by, desk.config)
        desk.refuse_left_out()
        with undisturbed():
            facts, then, problems = _facts(desk, asked, by, now)
        window = last_full_week(desk.zone, then) if asked.window is None else asked.window(desk.zone, then)
        ground = Ground(desk=desk, asked=asked, by=by, now=then, facts=facts, problems=tuple(problems))
        return cls(ground=ground, window=window)

    # --- what was asked, and of what ---

    @property
    def desk(self) -> Desk:
        """The desk."""
        return self.ground.desk

    @property
    def config(self) -> Configuration:
        """Its rules."""
        return self.ground.desk.config

    @property
    def asked(self) -> Asked:
        """What somebody wants to know."""
        return self.ground.asked

    @property
    def zone(self) -> str:
        """The desk's time zone."""
        return self.ground.desk.zone

    @property
    def now(self) -> datetime:
        """The report's `now`."""
        return self.ground.now

    @property
    def commit(self) -> str | None:
        """What is checked out; None without git."""
        return self.ground.commit

    @property
    def clean(self) -> bool | None:
        """Whether the working tree is that commit's; None without git."""
        return self.ground.clean

    # --- windows ---

    def during(self, window: Window) -> Material:
        """The same look at another window."""
        return replace(self, window=window)

    @property
    def then(self) -> Material | None:
        """The window that is compared with; None where nobody asked for one."""
        compared = self.asked.compared(self.window)
        return None if compared is None else self.during(compared)

    # --- figures ---

    @property
    def population(self) -> Population:
        """The tickets as key figures of the window see them."""
        known = self.ground.populations.get(self.window)
        if known is None:
            known = self.ground.populations[self.window] = self.ground.everybody.at(self.window)
        return known

    def kpi(self, number: str) -> Kpi:
        """A key figure of the window by its number: `K5`. K19 tells words apart, whether asked for or not.

        Errors: UsageError for K19 where what tells words apart is not installed.
        """
        wants_words = number == KEYWORDS and not self.asked.keywords
        known = self.ground.kpis.get((self.window, number))
        if known is None or (wants_words and not known.grids):
            population = self.population
            if wants_words:
                population = replace(population, more=with_words(population.more, self.desk))
            known = self.ground.kpis[self.window, number] = KPIS[number](population)
        return known

    @property
    def report(self) -> KpiReport:
        """All of them, again for each value of what is grouped by; K19 only where it was asked for."""
        known = self.ground.reports.get(self.window)
        if known is None:
            with undisturbed():
                known = self.ground.reports[self.window] = self._report()
        return known

    def _report(self) -> KpiReport:
        chosen = self.asked.metrics or [
            number for number in KPIS if number != KEYWORDS or self.asked.keywords
        ]
        wanted = [number for number in KPIS if number in chosen]
        commit, clean = self._computed(wanted)
        return report_of(
            self.population,
            {number: self.kpi(number) for number in wanted},
            by=self.ground.by,
            query=self.asked.query,
            commit=commit,
            clean=clean,
        )

    def _computed(self, numbers: Sequence[str]) -> Checkout:
        """Have these key figures ready, and look at what is checked out: of a large desk both at the same time."""
        ground = self.ground
        if self.asked.is_grouped or self.asked.ids or len(ground.facts) < MANY:
            return ground.checkout()
        halves = in_halves(self.population, numbers, ground.checkout)
        ground.kpis.update({(self.window, number): kpi for number, kpi in halves.kpis.items()})
        return halves.checkout

    # --- beside the tickets ---

    @property
    def knowledge(self) -> tuple[Article, ...]:
        """The readable articles; `tkt check` names the others."""
        return self.ground.knowledge

    @property
    def reviews(self) -> tuple[Review, ...]:
        """The readable reviews."""
        return self.ground.reviews

    @property
    def improvements(self) -> tuple[Improvement, ...]:
        """The readable improvements."""
        return self.ground.improvements

    # --- tickets ---

    def rows(self, query: str = "") -> tuple[Columns, ...]:
        """The tickets of a query that were asked about and count, as they are at `now`; in order of their ids.

        Errors: QueryError.
        """
        found = self.desk.matching(query_in(self.desk, query, self.now), self.now).rows
        return tuple(row for row in found if row.id in self.ground.ids)

    @property
    def row_of(self) -> RowOf:
        """Id → its row, for every readable ticket."""
        return self.ground.row_of

    def ticket(self, part: str) -> Ticket:
        """One ticket with its events. Errors: NotFound, Ambiguous, DataError."""
        return self.desk.ticket(part)


@contextmanager
def undisturbed(*, to_the_end: bool = False) -> Iterator[None]:
    """Nobody looks for rings of garbage meanwhile: of a desk's facts millions of things are made, and all stay.

    `to_the_end`: of the process, so that nobody looks at them afterwards either.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if to_the_end:
            gc.freeze()
        if was_on:
            gc.enable()


def query_in(desk: Desk, text: str, now: datetime) -> Query:
    """A query in the desk's words; who asks is found out only where it matters. Errors: QueryError."""
    found = desk.query(text, now)
    return desk.query(text, now, desk.me()) if found.uses_reader else found


def _facts(
    desk: Desk, asked: Asked, by: str | None, asked_at: datetime
) -> tuple[list[Measured], datetime, list[Problem]]:
    """The facts of the tickets that the query holds for, the report's `now`, and what could not be read."""
    query = query_in(desk, asked.query, asked_at)
    lives = desk.lives(grouped=by is not None or asked.is_grouped)
    now = _report_now(lives.facts, asked_at) if desk.is_live else asked_at
    facts = [each for each in lives.facts if each.started_at <= now]
    if not query.is_empty:
        wanted = {row.id for row in desk.matching(query, now).rows}
        facts = [each for each in facts if each.id in wanted]
    problems = list(lives.problems)
    later = {each.id for each in facts if each.valid_from > now}
    if later:
        facts = list(_put_back(facts, later, _facts_then(desk, later, now, problems)))
    return facts, now, problems


def _put_back(
    facts: Iterable[Measured], later: Container[str], known: Iterable[Measured]
) -> Iterator[Measured]:
    """The facts, those of `later` replaced; one that can no longer be read is left out."""
    then = {each.id: each for each in known}
    for each in facts:
        if each.id in then:
            yield then[each.id]
        elif each.id not in later:
            yield each


def _facts_then(
    desk: Desk, ids: Collection[str], now: datetime, problems: list[Problem]
) -> Iterator[Measured]:
    """The facts of tickets as they were before their last event."""
    tickets = desk.all_tickets(problems, ids)
    return (facts_of(ticket, desk.config, desk.levels, now) for ticket in tickets)


def _report_now(facts: Iterable[Measured], asked_at: datetime) -> datetime:
    """The time of the call, or the second after what was recorded a moment ahead of it.

    The window ends before `now`, and the last event belongs to it.
    """
    settled = max((each.settled(asked_at) for each in facts), default=asked_at)
    return settled + timedelta(seconds=1) if settled > asked_at else asked_at
