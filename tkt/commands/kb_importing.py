"""`tkt kb import-votes`, `tkt kb import-searches`: what did readers of the help centre say, and not find?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import typer

from tkt.changes import FileEdit
from tkt.commands.articles import today_of, with_writing, written
from tkt.commands.committing import sync_after
from tkt.commands.common import Session
from tkt.commands.importing import input_bytes
from tkt.commands.options import DryRunOption
from tkt.commands.signature import AsOption, NoCommitOption, reads
from tkt.errors import DataError
from tkt.i18n import N_, Message, msg, msgn, render
from tkt.intake.feedback import (
    SEARCH,
    VOTE,
    Brought,
    columns_of,
    ignored_columns,
    is_heading,
    searches_in,
    votes_in,
)
from tkt.intake.rows import MAX_TABLE_BYTES, Table, TableWish, problems_of, read_table
from tkt.knowledge.article import by_slug
from tkt.render.text import one_line
from tkt.store.feedback import SEARCHES, VOTES, feedback_file, read_feedback, search_line, vote_line
from tkt.store.knowledge import read_articles

FAULTS = 1000
SHOWN = 5

FileArgument = Annotated[
    str, typer.Argument(metavar="FILE", help=N_("CSV or XLSX; - reads CSV from standard input."))
]


@reads
def import_votes(
    session: Session,
    file: FileArgument,
    dry_run: DryRunOption = False,
    no_commit: NoCommitOption = False,
    by: AsOption = "",
) -> int:
    """Bring in a table with the columns slug, helpful (yes, no), date and comment; again adds nothing."""
    with_writing(session, no_commit=no_commit, by=by)
    desk, table = session.desk, _table(file)
    articles, problems = read_articles(desk.root)
    feedback = read_feedback(desk.root)
    code = session.report((*problems, *feedback.problems))
    columns = columns_of(table.header, VOTE)
    found = votes_in(
        table,
        columns,
        articles=by_slug(articles),
        known={it.id for it in feedback.votes},
        zone=desk.zone,
        now=session.now,
    )
    session.note(*_ignored(table, columns))
    _finish(session, VOTES, found, table, map(vote_line, found.votes), dry_run=dry_run)
    return code


@reads
def import_searches(
    session: Session,
    file: FileArgument,
    dry_run: DryRunOption = False,
    no_commit: NoCommitOption = False,
    by: AsOption = "",
) -> int:
    """Bring in a table of searches that found nothing: query, count and date; again adds nothing."""
    with_writing(session, no_commit=no_commit, by=by)
    desk, table = session.desk, _table(file)
    feedback = read_feedback(desk.root)
    code = session.report(feedback.problems)
    columns = columns_of(table.header, SEARCH)
    found = searches_in(
        table,
        columns,
        known={it.id: it.count for it in feedback.searches},
        zone=desk.zone,
        now=session.now,
    )
    session.note(*_ignored(table, columns))
    _finish(session, SEARCHES, found, table, map(search_line, found.searches), dry_run=dry_run)
    return code


def _table(file: str) -> Table:
    shown = "stdin" if file == "-" else file
    return read_table(input_bytes(file, MAX_TABLE_BYTES), TableWish(is_heading=is_heading), file=shown)


def _finish(
    session: Session,
    kind: str,
    found: Brought,
    table: Table,
    lines: Iterable[Mapping[str, Any]],
    *,
    dry_run: bool,
) -> None:
    """Write and tell. Errors: DataError with every bad row; nothing is written then."""
    if found.faults:
        raise DataError(problems_of(found.faults, table.file, FAULTS))
    commit, path = None, None
    if found.new and not dry_run:
        path, data = feedback_file(kind, today_of(session), lines)
        done = written(session, [FileEdit(path=path, data=data)], f"kb: import {found.new} {kind}")
        session.note(*done.notes)
        commit = done.commit
    session.note(*_doubts(found))
    sync_after(session, commit)
    if session.json:
        notes = [render(note) for note in session.notes]
        written_as = {"path": path, "dry_run": dry_run, "commit": commit, "notes": notes}
        unknown = {slug: list(rows) for slug, rows in found.unknown.items()}
        session.answer({"new": found.new, "known": found.known, "unknown": unknown, **written_as})
        return
    session.say(msg("{new}, {known} known already", new=_new(kind, found.new), known=found.known))
    if path is not None:
        session.say(path)
    if dry_run:
        session.say(msg("nothing was written (--dry-run)"))


def _new(kind: str, count: int) -> Message:
    if kind == VOTES:
        return msgn("{count} new vote", "{count} new votes", count)
    return msgn("{count} new search", "{count} new searches", count)


def _ignored(table: Table, columns: Mapping[str, int]) -> Iterable[Message]:
    names = tuple(map(one_line, ignored_columns(table.header, columns)))
    if names:
        yield msgn(
            "{count} column is not read: {names}",
            "{count} columns are not read: {names}",
            len(names),
            names=names,
        )


def _doubts(found: Brought) -> Iterable[Message]:
    if found.unknown:
        rows = sum(map(len, found.unknown.values()))
        names = tuple(map(one_line, list(found.unknown)[:SHOWN]))
        yield msgn(
            "{count} row is about no article of this desk and was left out: {slugs}",
            "{count} rows are about no article of this desk and were left out: {slugs}",
            rows,
            slugs=names,
        )
