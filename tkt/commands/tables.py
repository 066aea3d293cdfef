"""`tkt import csv`: how does a team leave its spreadsheet behind?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import typer

from tkt.commands.committing import changes_of, sync_after
from tkt.commands.common import Session
from tkt.commands.importing import config_edits, input_bytes, progress, refuse_over, write_list
from tkt.commands.options import DryRunOption
from tkt.commands.signature import writes
from tkt.commands.tables_told import told_of, told_result
from tkt.commands.writing import pairs
from tkt.errors import Conflict, DataError, UsageError
from tkt.fields import normalised
from tkt.i18n import N_, msg
from tkt.intake.rows import (
    MAX_TABLE_BYTES,
    NO_MAP,
    Headings,
    Known,
    Layout,
    Survey,
    Table,
    TableImport,
    TableMap,
    TableWish,
    layout_of,
    map_text,
    numbers_in,
    open_map,
    problems_of,
    read_table,
    rejects_csv,
)
from tkt.intake.rows.rejects import COLUMNS
from tkt.schema import FILES
from tkt.schema.reading import read_struct
from tkt.store.files import create_file
from tkt.store.tree import Found

LISTED_FAULTS = 20
_DERIVED = "row-"

FileArgument = Annotated[
    str, typer.Argument(metavar="FILE", help=N_("The table, CSV or XLSX; - reads CSV from standard input."))
]
MapOption = Annotated[
    str,
    typer.Option(
        "--map",
        metavar="MAP",
        help=N_(
            "What its columns mean: a file, or a name in config/imports/; without it their names say it."
        ),
        show_default=False,
    ),
]
WriteMapOption = Annotated[
    str,
    typer.Option(
        "--write-map",
        metavar="FILE",
        help=N_("Write what was recognised as a map to edit, and import nothing."),
        show_default=False,
    ),
]
SheetOption = Annotated[
    str,
    typer.Option(
        "--sheet", metavar="NAME", help=N_("Which sheet, if not the first one."), show_default=False
    ),
]
EncodingOption = Annotated[
    str,
    typer.Option(
        "--encoding", metavar="NAME", help=N_("The encoding, if it is not found out."), show_default=False
    ),
]
DelimiterOption = Annotated[
    str,
    typer.Option(
        "--delimiter",
        metavar="SIGN",
        help=N_("What stands between the cells, if it is not found out; tab for a tab."),
        show_default=False,
    ),
]
SourceOption = Annotated[
    str,
    typer.Option(
        "--source",
        metavar="NAME",
        help=N_("Where the numbers come from: tables of one name update each other's tickets."),
        show_default=False,
    ),
]
KeepOption = Annotated[
    list[str] | None,
    typer.Option(
        "--keep",
        metavar="COLUMN",
        help=N_("Keep a column as a field of your own: 门店, or store=门店; may be repeated."),
        show_default=False,
    ),
]
IgnoreOption = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore", metavar="COLUMN", help=N_("Leave a column out; may be repeated."), show_default=False
    ),
]
UndatedOption = Annotated[
    Literal["refuse", "received"] | None,
    typer.Option(
        "--undated",
        help=N_("An answer or an end without a time: refuse the row, or take the time of receipt."),
        show_default=False,
    ),
]
ConstantsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="FIELD=VALUE",
        help=N_("What a field holds where a row says nothing; may be repeated."),
        show_default=False,
    ),
]
SkipBadOption = Annotated[
    str,
    typer.Option(
        "--skip-bad",
        metavar="FILE",
        help=N_("Import the good rows, and write the others to FILE with the reason."),
        show_default=False,
    ),
]


@writes
def table(
    session: Session,
    file: FileArgument,
    map_: MapOption = "",
    dry_run: DryRunOption = False,
    write_map: WriteMapOption = "",
    skip_bad: SkipBadOption = "",
    keep: KeepOption = None,
    ignore: IgnoreOption = None,
    sheet: SheetOption = "",
    encoding: EncodingOption = "",
    delimiter: DelimiterOption = "",
    source: SourceOption = "",
    undated: UndatedOption = None,
    set_: ConstantsOption = None,
) -> int:
    """Import a table, CSV or XLSX, one row a ticket; importing it again changes nothing."""
    said = {
        "sheet": sheet,
        "encoding": encoding,
        "delimiter": _sign(delimiter),
        "source": source,
        "undated": undated,
    }
    session.desk.refuse_left_out()  # what was imported before is known by its tickets
    found = _map(session, map_, said)
    if skip_bad:
        refuse_over("--skip-bad", skip_bad, file, COLUMNS[0])
    rows = read_table(input_bytes(file, MAX_TABLE_BYTES), _wish(found, session), file=_shown(file))
    layout = layout_of(
        rows,
        found,
        session.desk.config,
        keep=keep or (),
        ignore=ignore or (),
        constants=pairs(set_),
        is_draft=bool(write_map),
    )
    if write_map:
        return _write_map(session, write_map, rows, layout)
    return _imported(session, rows, layout, skip_bad, dry_run=dry_run)


def _imported(session: Session, rows: Table, layout: Layout, skip_bad: str, *, dry_run: bool) -> int:
    """All rows or none, but with `skip_bad` the good ones. Errors: DataError with what keeps rows out."""
    known, taken, code = _already(session, rows, layout)
    customers = _customers(session, layout)
    config = session.desk.config
    work = TableImport(rows, layout, config, now=session.now, known=known, taken=taken, customers=customers)
    survey = work.survey()
    told_of(session, work, survey, dry_run=dry_run)
    if not survey.is_clean and (dry_run or not skip_bad):
        raise DataError(problems_of(survey.faults, rows.file, LISTED_FAULTS))
    if not survey.is_clean:
        write_list(skip_bad, rejects_csv(rows, survey.faults))
    commit = None if dry_run else _written(session, work, survey)
    told_result(session, work, survey, commit, dry_run=dry_run, skipped=skip_bad)
    return code


def _map(session: Session, wish: str, said: Mapping[str, str | None]) -> TableMap:
    """The map that is wished for, with what was said beside it."""
    found = open_map(wish, session.desk.config, session.desk.root) if wish else NO_MAP
    given = {key: it for key, it in said.items() if it}
    whole, faults = read_struct(TableMap, {**msgspec.to_builtins(found), **given})
    if whole is None:
        raise UsageError(msg("--{fault}", fault=faults[0].message), hint=faults[0].hint)
    return whole


def _sign(delimiter: str) -> str:
    return "\t" if delimiter in ("tab", "\\t") else delimiter


def _shown(file: str) -> str:
    return "stdin" if file == "-" else file


def _wish(found: TableMap, session: Session) -> TableWish:
    headings = Headings(session.desk.config)
    own = {*found.columns, *(it.column for it in found.keep.values())}
    return TableWish(
        encoding=found.encoding,
        delimiter=found.delimiter,
        sheet=found.sheet,
        header_row=found.header,
        is_heading=lambda name: name in own or headings.knows(name),
    )


def _write_map(session: Session, path: str, rows: Table, layout: Layout) -> int:
    """Errors: Conflict where something of that name exists."""
    text = map_text(rows, layout, session.desk.config)
    try:
        create_file(Path(path), text.encode())
    except Conflict as error:
        error.hint = msg("name another file")
        error.problems = (error.problem,)
        raise
    if session.json:
        session.answer({"map": path})
    session.say(
        msg("{path} says what was recognised: edit it, then", path=path),
        msg("  tkt import csv {file} --map {path} --dry-run", file=rows.file, path=path),
    )
    return 0


def _already(session: Session, rows: Table, layout: Layout) -> tuple[Known, frozenset[str], int]:
    """The tickets that earlier imports of this source made of these rows, all ids, and the exit code."""
    desk = session.desk
    found = desk.rows(None, session.now)
    numbers = numbers_in(rows, layout, desk.config)
    places: dict[str, list[Found]] = {}
    for row in found.rows:
        number = row.lookup("external_id")
        if _is_among(number, numbers):
            path = row.path or ""
            places.setdefault(str(number), []).append(Found(row.id, row.status, path, str(desk.root / path)))
    known = Known(layout.map.source, places, lambda place: desk.loaded(place).ticket)
    return known, frozenset(row.id for row in found.rows), session.report(found.problems)


def _is_among(number: object, numbers: frozenset[str]) -> bool:
    return number is not None and (str(number) in numbers or str(number).startswith(_DERIVED))


def _customers(session: Session, layout: Layout) -> dict[str, str]:
    """Name → id of the desk's customers, where the table speaks of customers."""
    if not layout.of("customer"):
        return {}
    return {normalised(it.name): it.id for it in session.desk.customers()}


def _written(session: Session, work: TableImport, survey: Survey) -> str | None:
    """One commit for the tickets and what they need in the configuration.

    And for what an import that was killed has written before this one.
    """
    total = survey.counts["new"] + survey.counts["changed"]
    with progress(session, total) as counted:
        written = changes_of(session).write_all(
            counted(work.tickets()),
            before=work.known,
            edits=config_edits(session, people=work.people, teams=work.teams, fields=work.fields),
            also=[*work.known.paths, *(FILES[name][0] for name in ("people", "taxonomy"))],
            what=f"import {work.source}: {total} tickets",
            verb="import",
        )
    session.note(*written.notes)
    sync_after(session, written.commit)
    return written.commit
