"""`tkt import`: how do tickets come in from other systems?"""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from tkt.changes import FileEdit
from tkt.commands.common import Session
from tkt.commands.options import DryRunOption
from tkt.commands.signature import writes
from tkt.commands.writing import changes_of, sync_after
from tkt.errors import Conflict, UsageError
from tkt.i18n import N_, Message, _, msg, msgn, render
from tkt.intake.log import (
    Imported,
    LogMap,
    LogRows,
    RowFault,
    already_imported,
    open_map,
    read_log,
    rejects_csv,
    tickets_from_log,
)
from tkt.intake.log.rejects import COLUMNS
from tkt.model import Ticket
from tkt.render.text import one_line
from tkt.schema import FILES
from tkt.store.codec.configs import edit_mapping
from tkt.store.files import FileError, os_message, read_file

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
        _refuse_rejects(rejects, file)
    data = _log_bytes(file)
    rows = read_log(data, logmap, file=file)
    reading = desk.read()
    code = session.report(reading.problems)
    existing = already_imported(reading.tickets, logmap.source)
    found = tickets_from_log(
        rows, logmap, desk.config, existing=existing, taken={ticket.id for ticket in reading.tickets}
    )
    if rejects and not dry_run:
        _write_rejects(rejects, rows, found.faults)
    commit = None if dry_run else _written(session, found, {t.id: t for t in existing.values()}, logmap)
    _told(session, found, commit, dry_run=dry_run)
    return code


def _written(session: Session, found: Imported, before: Mapping[str, Ticket], logmap: LogMap) -> str | None:
    """One commit for the tickets and what they need in the configuration.

    And for what an import that was killed has written before this one.
    """
    left = [ticket.path for ticket in before.values() if ticket.path is not None]
    what = f"import {logmap.source}: {len(found.tickets)} tickets"
    with _progress(session, len(found.tickets)) as tickets:
        written = changes_of(session).write_all(
            tickets(found.tickets),
            before=before,
            edits=_config_edits(session, found),
            also=[*left, *(FILES[name][0] for name in ("people", "taxonomy"))],
            what=what,
            verb="import",
        )
    session.note(*written.notes)
    sync_after(session, written.commit)
    return written.commit


def _config_edits(session: Session, found: Imported) -> list[FileEdit]:
    """People, teams and fields that the log speaks of and the desk does not know yet."""
    wanted = {
        FILES["people"][0]: {"people": _plain(found.people), "teams": _plain(found.teams)},
        FILES["taxonomy"][0]: {"fields": _plain(found.fields)},
    }
    edits = []
    for path, additions in wanted.items():
        if not any(additions.values()):
            continue
        original = read_file(session.desk.root / path, root=session.desk.root)
        edits.append(
            FileEdit(path=path, data=edit_mapping(original, additions, path=path), original=original)
        )
    return edits


def _plain(declared: Mapping[str, Any]) -> dict[str, Any]:
    return {name: msgspec.to_builtins(it) for name, it in sorted(declared.items())}


@contextmanager
def _progress(session: Session, total: int) -> Iterator[Any]:
    """A progress bar on a terminal; nothing in a pipe."""
    if session.json or session.common.quiet or not sys.stderr.isatty():
        yield iter
        return
    from tkt.render.progress import progress_bar

    with progress_bar(_("writing tickets"), total) as advance:
        yield lambda tickets: (advance(ticket) for ticket in tickets)


def _log_bytes(file: str) -> bytes:
    """The user's own file, whatever it is: a link, a pipe, `<(zcat log.gz)`. Errors: FileError."""
    try:
        with nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb") as stream:
            data = stream.read(MAX_LOG_BYTES + 1)
    except OSError as error:
        raise FileError(os_message(error), path=file) from error
    if len(data) > MAX_LOG_BYTES:
        raise FileError(
            msg("is larger than {limit} bytes, expected at most that", limit=MAX_LOG_BYTES), path=file
        )
    return data


def _refuse_rejects(path: str, log: str) -> None:
    """Errors: UsageError where the rejects would go over the log, Conflict over any other file of the user's."""
    target = Path(path)
    if path == "-":
        raise UsageError(msg("--rejects needs a file"), hint=msg("--rejects /dev/stdout"))
    if log != "-" and target.exists() and Path(log).exists() and target.samefile(log):
        raise UsageError(msg("--rejects {path} is the log itself", path=path), hint=msg("name another file"))
    if target.is_file() and not _is_ours(target):
        raise Conflict(
            msg("exists already and is no list of rejects; nothing was overwritten"),
            path=path,
            hint=msg("name another file"),
        )


def _is_ours(file: Path) -> bool:
    """Whether an earlier `--rejects` wrote this file; an empty one is nobody's."""
    try:
        with file.open("rb") as stream:
            beginning = stream.read(64)
    except OSError as error:
        raise FileError(os_message(error), path=str(file)) from error
    return not beginning or beginning.removeprefix(BOM_UTF8).startswith(f"{COLUMNS[0]},".encode())


def _write_rejects(path: str, rows: LogRows, faults: tuple[RowFault, ...]) -> None:
    try:
        Path(path).write_text(rejects_csv(rows, faults), encoding="utf-8-sig", newline="")
    except OSError as error:
        raise FileError(
            msg("cannot be written: {fault}", fault=error.strerror or str(error)), path=path
        ) from error


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
    counts = found.counts
    session.say(
        msg(
            "{rows}, {tickets}",
            rows=msgn("{count} row", "{count} rows", counts["rows"]),
            tickets=_tickets(counts["tickets"]),
        ),
        msg(
            "{new} new, {changed} changed, {unchanged} unchanged",
            **{k: counts[k] for k in ("new", "changed", "unchanged")},
        ),
    )
    for kind, count in sorted(found.faults_by_kind.items()):
        session.say(msg("  {kind}: {count}", kind=kind, count=count))
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
    if dry_run:
        session.say(msg("nothing was written: --dry-run"))
    elif commit is None and not found.tickets:
        session.say(msg("nothing to change"))


def _tickets(count: int) -> Message:
    return msgn("{count} ticket", "{count} tickets", count)


def _fault_json(fault: RowFault) -> dict[str, Any]:
    return {
        "row": fault.line,
        "number": fault.number,
        "kind": fault.kind,
        "used": fault.used,
        "message": render(fault.message),
    }
