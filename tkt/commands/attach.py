"""`tkt attach add|list|get|open`: which files does a ticket have, and how does one get at them?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from tkt.actions import Actor
from tkt.actions.attaching import attach
from tkt.attachments import Attachment, attachments_of, chosen, total_size
from tkt.attachments.names import file_name
from tkt.attachments.types import refuse_to_open
from tkt.commands.attaching import read_uploads
from tkt.commands.common import Session
from tkt.commands.naming import named, remember
from tkt.commands.options import TicketArgument
from tkt.commands.signature import reads, writes
from tkt.commands.writing import changed
from tkt.errors import EXIT_INTERRUPTED, Ambiguous, NotFound, Problem, TktError, UsageError, did_you_mean
from tkt.i18n import N_, Message, msg, msgn, render
from tkt.model import Ticket
from tkt.render import words
from tkt.render.jsons import plain
from tkt.render.screen import print_bytes
from tkt.render.tables import Head, print_table
from tkt.render.text import one_line
from tkt.render.times import stamp
from tkt.render.values import size_text
from tkt.schema import Configuration
from tkt.store.attachments import content_of, stem_of, stored
from tkt.store.files import create_file
from tkt.store.opener import copied_aside, show_file

SHORT = 8
"""So many characters of a hash are shown."""

FilesArgument = Annotated[
    list[str], typer.Argument(metavar="FILE…", help=N_("Files to keep; - is standard input, with --name."))
]
MessageOption = Annotated[
    str,
    typer.Option(
        "--message",
        metavar="EVENT",
        help=N_("The id of the message or note that they came with."),
        show_default=False,
    ),
]
NameOption = Annotated[
    str,
    typer.Option(
        "--name", metavar="NAME", help=N_("What the file is called, if not as here."), show_default=False
    ),
]
WishArgument = Annotated[
    str, typer.Argument(metavar="NAME", help=N_("Its name, or the first characters of its SHA-256."))
]
OutputOption = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        metavar="PATH",
        help=N_("A new file, a folder, or - for standard output; without it a new file here."),
        show_default=False,
    ),
]


@writes
def add(
    session: Session,
    ticket: TicketArgument,
    files: FilesArgument,
    message: MessageOption = "",
    name: NameOption = "",
) -> int:
    """Keep copies of files with a ticket, in one commit with what says so."""
    uploads = read_uploads(session, files, name=name)

    def action(found: Ticket, actor: Actor, config: Configuration) -> Ticket:
        return attach(found, actor, config, uploads, message=message or None)

    return changed(session, ticket, action, verb="attach")


@reads
def list_attachments(session: Session, ticket: TicketArgument) -> int:
    """List a ticket's files; each is compared with the hash under which it was kept."""
    found = _ticket(session, ticket)
    has = attachments_of(found)
    faults = {it.event: fault for it in has if (fault := _fault(session, found, it)) is not None}
    if session.json:
        paths = _paths(session, found)
        session.answer([_json(it, paths.get(it.stem or ""), faults.get(it.event)) for it in has])
    elif has:
        print_table(session.screen, _heads(), [_row(session, it, it.event in faults) for it in has])
        session.say(_total(has))
    else:
        session.say(msg("{id} has no files", id=found.id))
    return session.report(faults.values())


@reads
def get(session: Session, ticket: TicketArgument, name: WishArgument, output: OutputOption = "") -> int:
    """Write a ticket's file to where you say; nothing that is there is overwritten."""
    found = _ticket(session, ticket)
    it = _one(found, name)
    if output == "-" and session.screen.is_terminal:
        raise UsageError(
            msg("a stranger's file is not printed on a terminal"),
            hint=msg(
                "tkt attach get {ticket} {file} -o FILE", ticket=found.id, file=(it.sha256 or "")[:SHORT]
            ),
        )
    data = content_of(session.desk.root, found.id, it)
    if output == "-":
        print_bytes(data)
        return 0
    target = _target(output, it)
    create_file(target, data)
    if session.json:
        path = _paths(session, found).get(it.stem or "")
        session.answer({**_json(it, path, None), "written": str(target)})
    session.say(msg("{file}: {size}", file=str(target), size=size_text(len(data))))
    return 0


@reads
def open_attachment(session: Session, ticket: TicketArgument, name: WishArgument) -> int:
    """Open a copy of a ticket's file in its program, once you said yes; never a program, never a page with scripts."""
    found = _ticket(session, ticket)
    it = _one(found, name)
    data = content_of(session.desk.root, found.id, it)
    refuse_to_open(it.name, data, session.desk.config.desk.attachments)
    if not session.is_at_terminal:
        raise UsageError(
            msg("nobody is here to be asked whether to open a stranger's file"),
            hint=msg("tkt attach get {ticket} {file}", ticket=found.id, file=(it.sha256 or "")[:SHORT]),
        )
    question = msg(
        "Open {file} ({size}), which came from outside?", file=one_line(it.name), size=size_text(len(data))
    )
    if not typer.confirm(render(question), default=False):
        return EXIT_INTERRUPTED
    copy = copied_aside(file_name(it.name), data)
    show_file(copy)
    session.say(msg("opened a copy of it: {path}", path=str(copy)))
    return 0


def _ticket(session: Session, part: str) -> Ticket:
    found = session.desk.ticket(named(session, part))
    remember(session, found.id)
    return found


def _one(ticket: Ticket, wish: str) -> Attachment:
    """The file that is meant. Errors: NotFound, Ambiguous."""
    has = attachments_of(ticket)
    found = chosen(has, wish)
    if not found:
        names = dict.fromkeys(one_line(it.name) for it in has)
        raise NotFound(
            msg("{ticket} has no file {name}", ticket=ticket.id, name=one_line(wish)),
            hint=did_you_mean(wish, names) or msg("tkt attach list {ticket}", ticket=ticket.id),
        )
    if len(found) > 1:
        hashes = tuple((it.sha256 or it.event)[:SHORT] for it in found)
        raise Ambiguous(
            msg("{ticket} has {count} files {name}", ticket=ticket.id, count=len(found), name=one_line(wish)),
            hint=msg("name one by its hash: {hashes}", hashes=hashes),
        )
    return found[0]


def _target(output: str, it: Attachment) -> Path:
    """Where to write. Errors: UsageError where that folder is not there."""
    name = file_name(it.name)
    target = Path(output or name)
    if output and (target.is_dir() or output.endswith("/")):
        target = target / name
    if not target.parent.is_dir():
        raise UsageError(msg("there is no folder {folder}", folder=str(target.parent)))
    return target


def _fault(session: Session, ticket: Ticket, it: Attachment) -> Problem | None:
    """What is wrong with a file; what a sparse checkout keeps off the disk is not fetched to find out."""
    there = next(
        (each for each in stored(session.desk.root, ticket.id) if stem_of(each.path) == it.stem), None
    )
    if there is not None and there.size is None:
        return None
    try:
        content_of(session.desk.root, ticket.id, it)
    except TktError as error:
        return error.problem
    return None


def _heads() -> tuple[Head, ...]:
    return (
        Head(render(msg("File")), flexible=True),
        Head(render(msg("Size")), right=True),
        Head(render(msg("Type")), optional=2),
        Head(render(msg("When")), optional=1),
        Head(render(msg("By")), optional=3),
        Head(render(msg("SHA-256"))),
    )


def _row(session: Session, it: Attachment, is_faulty: bool) -> list[str]:
    desk = session.desk
    return [
        one_line(it.name) + (" !" if is_faulty else ""),
        size_text(it.size) if it.size is not None else "",
        one_line(it.type),
        stamp(it.at, desk.zone),
        one_line(words.author_name(desk.config, it.by)),
        (it.sha256 or "")[:SHORT],
    ]


def _total(has: tuple[Attachment, ...]) -> Message:
    count = len({it.sha256 or it.event for it in has})
    return msgn("{count} file, {size}", "{count} files, {size}", count, size=size_text(total_size(has)))


def _paths(session: Session, ticket: Ticket) -> dict[str, str]:
    """Stem → file, relative to the desk, of what lies here for a ticket."""
    return {stem_of(it.path): it.path for it in stored(session.desk.root, ticket.id)}


def _json(it: Attachment, path: str | None, fault: Problem | None) -> dict[str, Any]:
    found: dict[str, Any] = plain(
        {
            "event": it.event,
            "name": it.name,
            "type": it.type,
            "bytes": it.size,
            "sha256": it.sha256,
            "at": it.at,
            "by": it.by,
            "message": it.message,
            "path": path,
            "fault": None if fault is None else fault.code,
        }
    )
    return found
