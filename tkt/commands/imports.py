"""`tkt import log`: how does the history of another system come in?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from tkt.changes import FileEdit
from tkt.commands.committing import changes_of, sync_after
from tkt.commands.common import Session
from tkt.commands.importing import (
    config_edits,
    counts_told,
    input_bytes,
    outcome_told,
    progress,
    refuse_over,
    write_list,
)
from tkt.commands.options import DryRunOption
from tkt.commands.signature import writes
from tkt.i18n import N_, msg, render
from tkt.intake.earlier import Earlier, earlier_imports
from tkt.intake.log import (
    Imported,
    LogImport,
    LogMap,
    RowFault,
    open_map,
    read_log,
    rejects_csv,
)
from tkt.intake.log.rejects import COLUMNS
from tkt.render.text import one_line
from tkt.schema import FILES

LISTED_FAULTS = 10
MAX_LOG_BYTES = 1 << 30

FileArgument = Annotated[str, typer.Argument(metavar="FILE", help=N_("The log; - reads standard input."))]
MapOption = Annotated[
    str,
    typer.Option(
        "--map", metavar="MAP", help=N_("What its columns mean: servicenow, or a file of your own.")
    ),
]
RejectsOption = Annotated[
    str,
    typer.Option(
        "--rejects",
        metavar="FILE",
        help=N_("Write the rows with a fault to FILE, each with the reason."),
        show_default=False,
    ),
]


@writes
def log(
    session: Session,
    file: FileArgument,
    map_: MapOption,
    rejects: RejectsOption = "",
    dry_run: DryRunOption = False,
) -> int:
    """Import an event log; importing it again changes nothing."""
    desk = session.desk
    desk.refuse_left_out()  # what was imported before is known by its tickets
    logmap = open_map(map_, desk.config)
    if rejects:
        refuse_over("--rejects", rejects, file, COLUMNS[0])
    rows = read_log(input_bytes(file, MAX_LOG_BYTES), logmap, file=file)
    earlier = earlier_imports(desk, logmap.source)
    code = session.report(earlier.problems)
    work = LogImport(rows, logmap, desk.config, existing=earlier.by_number, taken=set(earlier.taken))
    header = rows.header
    del rows  # they go one ticket after the other
    commit = None
    if dry_run:
        _make_all(work)
    else:
        commit = _written(session, work, earlier, logmap)
    found = work.imported()
    if rejects and not dry_run:
        write_list(rejects, rejects_csv(header, found.faults))
    _told(session, found, commit, dry_run=dry_run)
    return code


def _make_all(work: LogImport) -> None:
    """Every ticket is made, for what is told of it."""
    for _ in work.tickets():
        pass


def _written(session: Session, work: LogImport, earlier: Earlier, logmap: LogMap) -> str | None:
    """One commit for the tickets and what they need in the configuration.

    And for what an import that was killed has written before this one.
    """
    with progress(session, work.waiting) as counted:
        written = changes_of(session).write_all(
            counted(work.tickets()),
            before=earlier.by_id,
            edits=_edits(session, work),
            also=[*earlier.paths, *(FILES[name][0] for name in ("people", "taxonomy"))],
            what=lambda count: f"import {logmap.source}: {count} tickets",
            verb="import",
        )
    session.note(*written.notes)
    sync_after(session, written.commit)
    return written.commit


def _edits(session: Session, work: LogImport) -> Iterator[FileEdit]:
    """Of the configuration, once the tickets are made that need them."""
    found = work.imported()
    yield from config_edits(session, people=found.people, teams=found.teams, fields=found.fields)


def _told(session: Session, found: Imported, commit: str | None, *, dry_run: bool) -> None:
    if session.json:
        session.answer(
            {
                **found.counts,
                "dry_run": dry_run,
                "commit": commit,
                "faults_by_kind": dict(found.faults_by_kind),
                "unread_columns": list(found.unread_columns),
                "faults": [_fault_json(fault) for fault in found.faults],
            }
        )
        return
    session.say(*counts_told(found.counts["rows"], found.counts["tickets"], found.counts))
    for kind, count in sorted(found.faults_by_kind.items()):
        session.say(msg("  {kind}: {count}", kind=kind, count=count))
    _note_faults(session, found)
    session.say(*outcome_told(found.counts, commit, dry_run=dry_run))


def _note_faults(session: Session, found: Imported) -> None:
    for fault in found.faults[:LISTED_FAULTS]:
        session.note(
            msg(
                "row {line} ({number}): {fault}",
                line=fault.line,
                number=fault.number,
                fault=one_line(render(fault.message)),
            )
        )
    if len(found.faults) > LISTED_FAULTS:
        session.note(
            msg("{count} more: --rejects FILE lists them all", count=len(found.faults) - LISTED_FAULTS)
        )


def _fault_json(fault: RowFault) -> dict[str, Any]:
    return {
        "row": fault.line,
        "number": fault.number,
        "kind": fault.kind,
        "used": fault.used,
        "message": render(fault.message),
    }
