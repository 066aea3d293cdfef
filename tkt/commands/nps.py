"""`tkt nps import`: what did customers answer when they were asked whether they recommend the desk?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from tkt.changes import FileEdit
from tkt.commands.committing import changes_of, sync_after
from tkt.commands.common import Session
from tkt.commands.importing import input_bytes
from tkt.commands.options import DryRunOption
from tkt.commands.signature import writes
from tkt.errors import DataError, UsageError, did_you_mean
from tkt.i18n import N_, Message, msg, msgn, render
from tkt.intake.answers import MEANINGS, Found, answers_in, columns_of, is_heading
from tkt.intake.rows import MAX_TABLE_BYTES, TableWish, problems_of, read_table
from tkt.kpis.ratings import NPS
from tkt.model import Customer
from tkt.render.text import one_line
from tkt.store.codec.customers import read_customer
from tkt.store.codec.writing import changed_customer_text
from tkt.store.files import changed_since, read_file

LISTED = 10
FAULTS = 1000

FileArgument = Annotated[
    str, typer.Argument(metavar="FILE", help=N_("The answers, CSV or XLSX; - reads CSV from standard input."))
]
MapOption = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="COLUMN=WHAT",
        help=N_("What a column is: customer, contact, score, at or comment; may be repeated."),
        show_default=False,
    ),
]
SurveyOption = Annotated[str, typer.Option("--survey", metavar="NAME", help=N_("What the survey is called."))]
SheetOption = Annotated[
    str, typer.Option("--sheet", metavar="NAME", help=N_("Which sheet of an XLSX file."), show_default=False)
]


@writes
def import_answers(
    session: Session,
    file: FileArgument,
    map_: MapOption = None,
    survey: SurveyOption = NPS,
    sheet: SheetOption = "",
    dry_run: DryRunOption = False,
) -> int:
    """Bring in answers of 0 to 10, into the customers' files; importing them again adds nothing."""
    said = _said(map_ or ())
    wish = TableWish(sheet=sheet or None, is_heading=lambda name: name in said or is_heading(name))
    shown = "stdin" if file == "-" else file
    table = read_table(input_bytes(file, MAX_TABLE_BYTES), wish, file=shown)
    desk = session.desk
    customers = {customer.id: customer for customer in desk.customers()}
    found = answers_in(
        table,
        columns_of(table.header, said),
        customers.values(),
        survey=survey,
        zone=desk.zone,
        now=session.now,
    )
    if any(not fault.used for fault in found.faults):
        raise DataError(problems_of(found.faults, shown, FAULTS))
    commit = None if dry_run or not found.new else _written(session, found, customers)
    _told(session, found, commit, dry_run=dry_run)
    return 0


def _said(given: Sequence[str]) -> dict[str, str]:
    """Column → what it is. Errors: UsageError."""
    found = {}
    for word in given:
        column, sign, meaning = word.rpartition("=")
        meaning = meaning.strip()
        if not sign or meaning not in MEANINGS:
            raise UsageError(
                msg("--map {word}: expected COLUMN= and one of {known}", word=word, known=MEANINGS),
                hint=did_you_mean(meaning, MEANINGS),
            )
        found[column.strip()] = meaning
    return found


def _written(session: Session, found: Found, customers: Mapping[str, Customer]) -> str | None:
    """One commit for all customers' files. Errors: Conflict for one that is not as it was among `customers`."""
    root = session.desk.root
    edits = []
    for customer in found.customers.values():
        path = f"customers/{customer.id}.yaml"
        original = read_file(root / path, root=root)
        before = read_customer(original, path=path)
        if before != customers[customer.id]:
            raise changed_since(root / path, root)
        data = changed_customer_text(original, before, customer)
        edits.append(FileEdit(path=path, data=data, original=original))
    what = f"import nps: {found.new} answers"
    written = changes_of(session).write_planned(edits, pairs=(), what=what, verb="import")
    session.note(*written.notes)
    sync_after(session, written.commit)
    return written.commit


def _told(session: Session, found: Found, commit: str | None, *, dry_run: bool) -> None:
    session.note(*_doubts(found))
    rows = sum(map(len, found.unknown.values()))
    if session.json:
        session.answer(
            {
                "new": found.new,
                "known": found.known,
                "customers": sorted(found.customers),
                "unknown": {name: list(rows) for name, rows in found.unknown.items()},
                "dry_run": dry_run,
                "commit": commit,
                "notes": [render(note) for note in session.notes],
            }
        )
        return
    session.say(
        msg(
            "{new}, {known} known already, {unknown} of people who are no customers here",
            new=msgn("{count} new answer", "{count} new answers", found.new),
            known=found.known,
            unknown=rows,
        )
    )
    if dry_run:
        session.say(msg("nothing was written (--dry-run)"))


def _doubts(found: Found) -> list[Message]:
    told = [
        msg("row {row}: {fault}", row=fault.row, fault=one_line(render(fault.told)))
        for fault in found.faults[:LISTED]
    ]
    if found.unknown:
        names = tuple(one_line(name) for name in found.unknown)
        told.append(msg("no customer of this desk, left out: {names}", names=names[:LISTED]))
        told.append(
            msg(
                "write customers/NAME.yaml with `name:` and `contacts:` for them, then import the table again"
            )
        )
    return told
