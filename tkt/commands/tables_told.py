"""What is told of a table that is imported: what its columns are taken for, what becomes of its rows?"""

from __future__ import annotations

from typing import Any

from tkt.commands.common import Session
from tkt.commands.importing import counts_told, outcome_told
from tkt.i18n import Message, msg, msgn, render
from tkt.intake.rows import Column, Survey, Table, TableImport, meaning_label
from tkt.model import Ticket
from tkt.render import words
from tkt.render.jsons import plain
from tkt.render.tables import Cell, Head, print_table
from tkt.render.text import one_line
from tkt.render.times import stamp

LISTED = 10


def told_of(session: Session, work: TableImport, survey: Survey, *, dry_run: bool) -> None:
    """Before anything is written: with --dry-run all of it, else what a person would not expect."""
    if session.json:
        return
    if dry_run and not session.common.quiet:
        session.say(_form(work.table))
        _print_columns(session, work)
        _print_preview(session, work, survey)
    if work.table.other_sheets:
        session.note(
            msg(
                "only the sheet {sheet} is read; --sheet reads another one: {others}",
                sheet=work.table.sheet,
                others=work.table.other_sheets,
            )
        )
    if not dry_run:
        left_out = tuple(one_line(column.name) for column in work.layout.left_out)
        if left_out:
            session.note(msg("left out: {columns}; --keep COLUMN keeps one", columns=left_out))
    _note_doubts(session, survey)


def told_result(
    session: Session, work: TableImport, survey: Survey, commit: str | None, *, dry_run: bool, skipped: str
) -> None:
    """What was done, or would be."""
    _note_people(session, work)
    _note_derived(session, survey)
    if session.json:
        session.answer(_json(session, work, survey, commit, dry_run=dry_run))
        return
    counts = survey.counts
    session.say(*counts_told(survey.rows, _tickets(survey), counts))
    if survey.bad_rows and skipped:
        session.say(
            msgn(
                "{count} row was left behind, with the reason in {path}",
                "{count} rows were left behind, with the reasons in {path}",
                len(survey.bad_rows),
                path=skipped,
            )
        )
    session.say(*outcome_told(counts, commit, dry_run=dry_run))


def _tickets(survey: Survey) -> int:
    return sum(survey.counts[key] for key in ("new", "changed", "unchanged"))


def _form(table: Table) -> Message:
    rows = msgn("{count} row", "{count} rows", len(table.rows))
    if table.form == "XLSX":
        return msg("{file}: {rows}, sheet {sheet}", file=table.file, rows=rows, sheet=table.sheet)
    sign = "tab" if table.delimiter == "\t" else table.delimiter
    return msg(
        "{file}: {rows}, {encoding}, delimiter {sign}",
        file=table.file,
        rows=rows,
        encoding=table.encoding,
        sign=sign,
    )


def _print_columns(session: Session, work: TableImport) -> None:
    rows = [
        [Cell(column.name), Cell(render(_taken_for(session, work, column)), "" if column.meaning else "dim")]
        for column in work.layout.columns
        if column.name
    ]
    heads = [Head(render(msg("column")), flexible=True), Head(render(msg("is taken for")))]
    session.screen.print()
    print_table(session.screen, heads, rows)
    session.screen.print()


def _taken_for(session: Session, work: TableImport, column: Column) -> Message | str:
    if column.meaning is None:
        why = column.why or msg("--keep keeps it")
        return msg("nothing, it is left out ({why})", why=why)
    if column.meaning in work.layout.map.keep:
        return msg("a field of your own: {name}", name=column.meaning)
    return meaning_label(session.desk.config, column.meaning)


def _print_preview(session: Session, work: TableImport, survey: Survey) -> None:
    if not survey.preview:
        return
    session.say(msg("The first rows would become:"))
    for ticket in survey.preview:
        session.say(msg("  {line}", line=_line(session, work, ticket)))
    session.screen.print()


def _line(session: Session, work: TableImport, ticket: Ticket) -> str:
    """`WO-17  2026-11-21 09:15  closed  P2  li.wei  发票打不开`."""
    config = session.desk.config
    shown = (
        ticket.external_id or "",
        stamp(ticket.received_at, session.desk.zone),
        render(words.status_name(config, ticket.status)),
        ticket.priority or "",
        _person(session, work, ticket.owner),
        ticket.title,
    )
    return "  ".join(one_line(part) for part in shown if part)


def _person(session: Session, work: TableImport, key: str | None) -> str:
    """The name of an owner, whom the desk may not know yet."""
    known = {
        **{name: it.name for name, it in work.people.items()},
        **{name: it.name for name, it in session.desk.config.persons.items()},
    }
    return known.get(key or "", key or "")


def _note_people(session: Session, work: TableImport) -> None:
    """Who is new is told: a misspelt name would make somebody."""
    people = tuple(one_line(it.name) for it in work.people.values())
    teams = tuple(one_line(it.zh or name) for name, it in work.teams.items())
    if people:
        session.note(
            msg(
                "new in config/people.yaml, as former people who get no work until you change that: {names}",
                names=people[:LISTED],
            )
        )
    if teams:
        session.note(msg("new in config/people.yaml, as teams: {names}", names=teams[:LISTED]))


def _note_derived(session: Session, survey: Survey) -> None:
    if survey.derived:
        session.note(
            msgn(
                "{count} row has no number elsewhere; it is known by its time, contact and words",
                "{count} rows have no number elsewhere; they are known by their time, contact and words",
                survey.derived,
            )
        )


def _note_doubts(session: Session, survey: Survey) -> None:
    """What was not taken over of rows that were used."""
    doubts = [fault for fault in survey.faults if fault.used]
    for fault in doubts[:LISTED]:
        session.note(msg("row {row}: {fault}", row=fault.row, fault=one_line(render(fault.told))))
    if len(doubts) > LISTED:
        session.note(msg("{count} more like these: --json lists them all", count=len(doubts) - LISTED))


def _json(
    session: Session, work: TableImport, survey: Survey, commit: str | None, *, dry_run: bool
) -> dict[str, Any]:
    layout = work.layout
    table = work.table
    return {
        "rows": survey.rows,
        "tickets": _tickets(survey),
        **survey.counts,
        "rows_rejected": len(survey.bad_rows),
        "rows_without_number": survey.derived,
        "dry_run": dry_run,
        "commit": commit,
        "read_as": {
            "form": table.form,
            "encoding": table.encoding,
            "delimiter": table.delimiter,
            "sheet": table.sheet,
            "header_row": table.header_row,
        },
        "columns": [{"column": it.name, "field": it.meaning} for it in layout.columns if it.name],
        "left_out": [column.name for column in layout.left_out],
        "people": sorted(work.people),
        "teams": sorted(work.teams),
        "fields": sorted(work.fields),
        "preview": [_previewed(ticket) for ticket in survey.preview] if dry_run else [],
        "faults": [
            {"row": it.row, "column": it.column, "used": it.used, "message": render(it.message)}
            for it in survey.faults
        ],
        "notes": [render(note) for note in session.notes],
    }


def _previewed(ticket: Ticket) -> dict[str, Any]:
    found: dict[str, Any] = plain(
        {**ticket.values, "status": ticket.status, "external_id": ticket.external_id}
    )
    return found
