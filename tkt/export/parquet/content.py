"""What of a desk goes into Parquet files: its tickets one after the other, then what stands beside them?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import Any

from tkt import __version__
from tkt.desk import Desk
from tkt.durations import parse_duration
from tkt.errors import Problem
from tkt.export.parquet.people import Numbers
from tkt.export.parquet.tables import Row
from tkt.export.parquet.ticket_rows import Cut, TicketRows
from tkt.frozen import dataclass
from tkt.kpis.complaints import units_of
from tkt.kpis.more import More
from tkt.kpis.ratings import low_limit
from tkt.kpis.trend import thresholds_in
from tkt.kpis.window import last_full_week
from tkt.lessons import Lesson
from tkt.model import Ticket
from tkt.schema import Configuration
from tkt.store.lessons import read_improvements, read_reviews


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be in the files. `words`: what tells words apart, where a table of words is wanted."""

    with_text: bool = True
    words: Cut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The rows, made as they are asked for; `problems` fills up meanwhile with what could not be read."""

    rows: Iterator[Row]
    problems: list[Problem]


def content_of(
    desk: Desk,
    now: datetime,
    wish: Wish,
    more: More,
    *,
    commit: str | None = None,
    is_clean: bool | None = None,
) -> Content:
    """Every row of every table as of `now`. `more`: releases, answers and customers."""
    problems: list[Problem] = []
    rows = chain(
        ticket_rows(desk, desk.all_tickets(problems), now, wish),
        rows_beside(desk, now, wish, more, problems, commit=commit, is_clean=is_clean),
    )
    return Content(rows=rows, problems=problems)


def ticket_rows(desk: Desk, tickets: Iterable[Ticket], now: datetime, wish: Wish) -> Iterator[Row]:
    """What tickets add, one after the other."""
    parts = TicketRows(desk=desk, numbers=Numbers(), with_text=wish.with_text, words=wish.words)
    for ticket in tickets:
        yield from parts.rows(ticket, now)


def rows_beside(
    desk: Desk,
    now: datetime,
    wish: Wish,
    more: More,
    problems: list[Problem],
    *,
    commit: str | None = None,
    is_clean: bool | None = None,
) -> Iterator[Row]:
    """What stands on no ticket."""
    for answer in more.answers:
        if answer.at <= now:
            yield "answers", (answer.customer.casefold(), answer.at, answer.score)
    for customer, said in more.customers.items():
        yield from _customer_rows(customer, said, wish.with_text)
    for release in more.releases:
        yield "releases", (release.name, release.at)
    for it in more.lessons:
        is_done = it.done_at is not None and it.done_at <= now
        yield "lessons", (it.kind, it.name, it.product, it.category, it.done_at if is_done else None)
        for ticket in dict.fromkeys(it.tickets):
            yield "lesson_tickets", (it.kind, it.name, ticket)
    yield from _lesson_rows(desk, wish.with_text, problems)
    yield from _config_rows(desk.config)
    yield "meta", _meta(desk, now, wish, commit, is_clean)


_OF_CUSTOMERS = ("tier", "language", "contract")


def _customer_rows(customer: str, said: Mapping[str, str], with_text: bool) -> Iterator[Row]:
    """What its file says; who may be written to at what address is not among it."""
    yield "customers", (customer, said.get("name") if with_text else None, *map(said.get, _OF_CUSTOMERS))
    for field, value in said.items():
        if with_text and field not in ("name", *_OF_CUSTOMERS):
            yield "customer_fields", (customer, field, value)


def _lesson_rows(desk: Desk, with_text: bool, problems: list[Problem]) -> Iterator[Row]:
    improvements, unread = read_improvements(desk.root)
    problems.extend(unread)
    for it in improvements:
        yield "improvements", (
            it.id, _title(it, with_text), it.owner, it.state, it.product, it.category, it.opened_at, it.done_at,
            it.due, list(it.sources),
        )  # fmt: skip
    reviews, unread = read_reviews(desk.root)
    problems.extend(unread)
    for review in reviews:
        yield "reviews", (
            review.id, review.ticket, _title(review, with_text), review.owner, review.state,
            review.cause if with_text else None, review.opened_at, review.due, list(review.improvements),
        )  # fmt: skip


def _title(lesson: Lesson, with_text: bool) -> str | None:
    return lesson.title if with_text else None


def _config_rows(config: Configuration) -> Iterator[Row]:
    for place, status in enumerate(config.workflow.statuses):
        yield "statuses", (status, config.status_category(status), place)
    for product, known in config.reports.denominators.items():
        units = units_of(known)
        if units is not None:
            as_of = known.get("as_of") if isinstance(known, Mapping) else None
            yield "denominators", (product, None if as_of is None else str(as_of), units)


def _meta(
    desk: Desk, now: datetime, wish: Wish, commit: str | None, is_clean: bool | None
) -> tuple[Any, ...]:
    config = desk.config
    week = last_full_week(desk.zone, now)
    limits = thresholds_in(config.reports.thresholds)
    return (
        config.desk.name, desk.zone, __version__, commit,
        now, week.start, week.end,
        parse_duration(config.workflow.closing.reopen_window, days=True),
        limits.rise, limits.at_least, low_limit(config),
        is_clean, wish.with_text, wish.words is not None,
    )  # fmt: skip
