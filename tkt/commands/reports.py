"""`tkt report`: what do the desk's events add up to?"""

from __future__ import annotations

import gc
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

import typer

from tkt.commands.common import Session
from tkt.commands.gathering import gathered
from tkt.commands.options import QueryArgument
from tkt.commands.signature import reads
from tkt.commands.windows import ByOption, FromOption, InternalOption, ToOption
from tkt.desk import Desk
from tkt.errors import Problem
from tkt.i18n import N_
from tkt.kpis.facts import Measured, facts_of
from tkt.kpis.window import parse_window
from tkt.metrics import KpiReport, kpi_report
from tkt.query import Query


class Format(StrEnum):
    """How a report is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help=N_("How it is written."))]
IdsOption = Annotated[bool, typer.Option("--ids", help=N_("Name the tickets behind each count."))]
KeywordsOption = Annotated[
    bool, typer.Option("--keywords", help=N_("Also the words that customers use; takes longer."))
]


KpiArgument = Annotated[
    str,
    typer.Argument(
        metavar="[KPI]", help=N_("K0 to K20, or its name in JSON: csat; none: all."), show_default=False
    ),
]


@reads
def kpi(
    session: Session,
    query: QueryArgument = None,
    from_: FromOption = "",
    to: ToOption = "",
    by: ByOption = "",
    format_: FormatOption = Format.TEXT,
    ids: IdsOption = False,
    internal: InternalOption = False,
    keywords: KeywordsOption = False,
) -> int:
    """Report every key figure of a window: response, service level, backlog, satisfaction, trends and the rest.

    What each of them means: tkt report explain.
    """
    with _without_collecting():
        report, code = _computed(
            session, " ".join(query or ()), from_, to, by or None, internal=internal, keywords=keywords
        )
    desk = session.desk
    if session.json or format_ is Format.JSON:
        session.answer(report.json(ids=ids))
    elif format_ is Format.MARKDOWN:
        from tkt.report import kpi_markdown

        session.screen.print(kpi_markdown(report, desk.config, desk.root, ids=ids).rstrip("\n"))
    else:
        from tkt.report import kpi_text

        columns = session.screen.columns if session.screen.is_bounded else None
        session.screen.print(kpi_text(report, desk.config, columns, ids=ids).rstrip("\n"))
    return code


@reads
def explain(session: Session, name: KpiArgument = "") -> int:
    """Say what a key figure means: its unit, whom it counts, and how it is computed."""
    from tkt.kpis.explained import MEANINGS, number_of
    from tkt.render.meanings import meaning_json, meaning_text, meanings_text

    columns = session.screen.columns if session.screen.is_bounded else None
    number = number_of(name) if name else None
    if session.json:
        session.answer(meaning_json(number) if number else [meaning_json(each) for each in MEANINGS])
    else:
        session.say(meaning_text(number, columns) if number else meanings_text(columns))
    return 0


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Nobody looks for rings of garbage meanwhile: of a desk's facts millions of things are made, and all stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _computed(
    session: Session, asked: str, from_: str, to: str, by: str | None, *, internal: bool, keywords: bool
) -> tuple[KpiReport, int]:
    from tkt.store.gitrepo import GitRepo

    desk = session.desk
    desk.refuse_left_out()
    facts, now, problems = _facts(session, session.query(asked), grouped=by is not None)
    window = parse_window(from_ or None, to or None, desk.zone, now)
    repo = GitRepo.of(desk.root)
    report = kpi_report(
        facts,
        desk.config,
        window,
        now,
        by=by,
        query=asked,
        internal=internal,
        more=gathered(desk, repo, keywords=keywords),
        commit=repo.head() if repo else None,
        clean=repo.is_clean() if repo else None,
    )
    return report, session.report(problems)


def _facts(
    session: Session, query: Query, *, grouped: bool
) -> tuple[list[Measured], datetime, Sequence[Problem]]:
    """The facts of the tickets that the query holds for, the report's `now`, and what could not be read."""
    desk = session.desk
    lives = desk.lives(grouped=grouped)
    now = _report_now(lives.facts, session)
    facts = [each for each in lives.facts if each.started_at <= now]
    if not query.is_empty:
        asked = {row.id for row in desk.matching(query, now).rows}
        facts = [each for each in facts if each.id in asked]
    later = {each.id for each in facts if each.valid_from > now}
    problems = list(lives.problems)
    if later:
        then = {each.id: each for each in _facts_then(desk, later, now, problems)}
        facts = [then.get(each.id, each) for each in facts if each.id in then or each.id not in later]
    return facts, now, problems


def _facts_then(desk: Desk, ids: Container[str], now: datetime, problems: list[Problem]) -> list[Measured]:
    """The facts of tickets as they were before their last event."""
    files = (found for found in desk.tree.scan().files if found.id in ids)
    tickets = (desk.readable(found, problems) for found in files)
    return [facts_of(ticket, desk.config, desk.levels, now) for ticket in tickets if ticket is not None]


def _report_now(facts: Iterable[Measured], session: Session) -> datetime:
    """The time of the call, or the second after what was recorded a moment ahead of it.

    The window ends before `now`, and the last event belongs to it.
    """
    now = session.now
    settled = max((each.settled(now) for each in facts), default=now) if session.desk.is_live else now
    return settled + timedelta(seconds=1) if settled > now else now
