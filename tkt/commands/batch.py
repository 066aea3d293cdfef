"""`tkt batch`: how does a program make many changes, all of them or none?"""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from tkt.actions import Actor
from tkt.batch import Input, Outcome, Ran, run
from tkt.changes import Written
from tkt.commands.committing import changes_of, sync_after, written_json
from tkt.commands.common import Session
from tkt.commands.options import DryRunOption
from tkt.commands.signature import writes
from tkt.commands.writing import left_out
from tkt.i18n import N_, Message, msg, msgn, render
from tkt.model import Event, Ticket
from tkt.render import words
from tkt.render.screen import print_aside
from tkt.render.text import clean, one_line
from tkt.render.timeline import headlines
from tkt.store.files import FileError, os_message

TOLD = 20
"""So many lines are told one by one; of more only how many."""

SourceArgument = Annotated[
    str,
    typer.Argument(
        metavar="[FILE]",
        help=N_("Operations, one JSON object a line; - or nothing reads standard input."),
        show_default=False,
    ),
]
SkipKnownOption = Annotated[
    bool,
    typer.Option(
        "--skip-known",
        help=N_("Pass over each `new` whose source and external_id are on the desk already."),
    ),
]


class _Looked(Exception):
    """Everything was judged, and nothing is to be written."""


@writes
def batch(
    session: Session,
    file: SourceArgument = "-",
    skip_known: SkipKnownOption = False,
    dry_run: DryRunOption = False,
) -> int:
    """Carry out operations, one JSON object a line: all of them with one commit, or none."""
    sent = _sent(session, file)
    teller = _Teller(session, dry_run=dry_run)
    changes = changes_of(session)
    ran: list[Ran] = []
    written = Written()
    try:
        with changes.together(verb="batch") as bulk:
            ran.append(
                run(
                    sent,
                    session.desk,
                    bulk,
                    lambda person: _actor(session, person),
                    now=session.now,
                    skip_known=skip_known,
                    seen=teller.seen,
                    tell=session.note,
                )
            )
            if dry_run:
                raise _Looked
        written = bulk.written
    except _Looked:
        pass
    teller.tell(ran[0], written)
    return 0


def _sent(session: Session, file: str) -> Input:
    """All of the input. Errors: FileError."""
    if file == "-" and sys.stdin.isatty() and not session.common.quiet:
        print_aside(render(msg("waiting for operations, one JSON object a line; Ctrl-D ends them")))
    try:
        with nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb") as stream:
            return Input(stream, name=file)
    except OSError as error:
        raise FileError(os_message(error), path=file) from error


def _actor(session: Session, person: str | None) -> Actor:
    """Who does what a line says, with what the command's options say of time and reason."""
    actor = session.actor
    if person is None or person == actor.by:
        return actor
    return Actor(by=person, now=actor.now, at=actor.at, reason=actor.reason, auto=session.desk.is_bot(person))


class _Teller:
    """Tells what came of the lines: a program of all, a person of the first."""

    def __init__(self, session: Session, *, dry_run: bool) -> None:
        self.session = session
        self.dry_run = dry_run
        self.lines: list[str] = []

    def seen(self, outcome: Outcome, ticket: Ticket, events: tuple[Event, ...]) -> None:
        """Keep what is told of one line, while few are."""
        if len(self.lines) >= TOLD or self.session.json or self.session.common.quiet:
            return
        desk = self.session.desk
        told = [
            one_line(line)
            for line in headlines(
                events if outcome.did == "changed" else (), ticket, self.session.told_config
            )
        ]
        said = msg(
            "{line}: {id} is {status}: {what}",
            line=outcome.line,
            id=ticket.id,
            status=words.status_name(desk.config, ticket.status),
            what="; ".join(told) or one_line(ticket.title),
        )
        self.lines.append(clean(render(said)))

    def tell(self, ran: Ran, written: Written) -> None:
        """All of it."""
        session = self.session
        if ran.dropped:
            session.note(left_out(ran.dropped))
        if session.json:
            session.answer(self._as_json(ran, written))
            return
        session.note(*written.notes)
        session.say(*self.lines)
        more = len(ran.outcomes) - len(self.lines)
        if more > 0 and self.lines:
            session.say(msgn("and {count} more line", "and {count} more lines", more))
        session.say(self._summary(ran))
        sync_after(session, written.commit)

    def _summary(self, ran: Ran) -> Message:
        counts = _counts(ran)
        if not ran.outcomes:
            return msg("nothing to do: there was no operation")
        said = {
            "created": msg("{count} new", count=counts["created"]),
            "changed": msg("{count} changed", count=counts["changed"]),
            "unchanged": msg("{count} unchanged", count=counts["unchanged"]),
            "skipped": msg("{count} skipped", count=counts["skipped"]),
        }
        told = msg(
            "{lines}: {outcomes}",
            lines=msgn("{count} line", "{count} lines", len(ran.outcomes)),
            outcomes=tuple(words for did, words in said.items() if counts[did]),
        )
        return msg("{told}; nothing was written: --dry-run", told=told) if self.dry_run else told

    def _as_json(self, ran: Ran, written: Written) -> dict[str, Any]:
        places = {it.id: (it.status, it.path) for it in written.done}
        for outcome in ran.outcomes if self.dry_run else ():
            places[outcome.id] = (outcome.status, outcome.path)
        return {
            "lines": [_line_json(it, places) for it in ran.outcomes],
            **_counts(ran),
            "dry_run": self.dry_run,
            "written": written_json(self.session, written),
        }


def _counts(ran: Ran) -> dict[str, int]:
    """How many lines made a ticket, changed one …"""
    counted = Counter(it.did for it in ran.outcomes)
    return {"created": counted["created"], "changed": counted["changed"], "unchanged": counted["unchanged"],
            "skipped": counted["skipped"]}  # fmt: skip


def _line_json(it: Outcome, places: dict[str, tuple[str, str]]) -> dict[str, Any]:
    """One line's outcome, with the ticket as it is after all of them."""
    status, path = places.get(it.id, (it.status, it.path))
    return {
        "line": it.line,
        "do": it.do,
        "id": it.id or None,
        "as": it.name,
        "did": it.did,
        "status": status or None,
        "path": path or None,
    }
