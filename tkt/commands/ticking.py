"""`tkt tick`: what has the time asked for?"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tkt.commands.committing import note_ahead, sync_after, written_json
from tkt.commands.common import Session
from tkt.commands.coverage import note_unknown_years, notes_json
from tkt.commands.options import DryRunOption, QueryArgument
from tkt.commands.signature import NoCommitOption, reads
from tkt.durations import parse_duration
from tkt.errors import EXIT_ERROR, TktError, UsageError
from tkt.frozen import dataclass
from tkt.i18n import N_, msg, msgn, render

if TYPE_CHECKING:
    from tkt.commands.exchanging import Exchange
    from tkt.query import Query
    from tkt.ticking import Fired, Run

TOLD = 50
"""So many things that were done are told one by one; a dry run tells all."""
SHORTEST = 10
"""Seconds between two rounds; less would keep git busy."""
FLOOD = 100
"""More notices than this at once are those of a desk that begins with an old queue."""
MANY = 10
"""So many tickets that stay open are told of, each in a line."""

EveryOption = Annotated[
    str,
    typer.Option(
        "--every",
        metavar="SPAN",
        help=N_("Go on, a round every SPAN (60s), until it is interrupted."),
        show_default=False,
    ),
]
NoNoticesOption = Annotated[
    bool,
    typer.Option(
        "--no-notices",
        help=N_("Record what has passed and tell nobody: for the first run on a desk with tickets."),
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What was asked for. `is_quiet`: nothing is said where nothing was done."""

    query: str
    dry_run: bool = False
    no_commit: bool = False
    no_notices: bool = False
    is_quiet: bool = False


@reads
def tick(
    session: Session,
    query: QueryArgument = None,
    dry_run: DryRunOption = False,
    every: EveryOption = "",
    no_commit: NoCommitOption = False,
    no_notices: NoNoticesOption = False,
) -> int:
    """Carry out the time rules once, or again and again (docs/tick.md)."""
    asked = " ".join(query or ())
    wish = _Wish(query=asked, dry_run=dry_run, no_commit=no_commit, no_notices=no_notices)
    if not every:
        return _round(session, wish)
    span = _span(session, every, wish)
    return _rounds(session, span, lambda it: _round(it, replace(wish, is_quiet=True)))


def _round(session: Session, wish: _Wish) -> int:
    """One run, told; the exit code."""
    from tkt.ticking import planned
    from tkt.ticking import tick as ticked

    desk, query = session.desk, session.query(wish.query)
    if wish.dry_run:
        found = planned(desk, query, session.now, withholds=wish.no_notices)
        _note_years(session, query)
    else:
        changes = _changes(session, no_commit=wish.no_commit)
        found = ticked(changes, query, withholds=wish.no_notices)
    code = session.report(found.problems)
    if found.fired or not wish.is_quiet:
        _tell(session, found, wish)
    return code


def _note_years(session: Session, query: Query) -> None:
    """Where nobody knows the holidays by which it is counted."""
    from tkt.gate import judged_tickets

    judged, _ = judged_tickets(session.desk, lambda _: query, session.now)
    note_unknown_years(session, (it.verdict for it in judged))


def _note_flood(session: Session, found: Run, wish: _Wish) -> None:
    """What else can be done, where so many would be told at once."""
    if wish.dry_run and found.notices > FLOOD:
        session.note(
            msg(
                "{count} notices at once: tkt tick --no-notices records what has passed and tells nobody",
                count=found.notices,
            )
        )


def _changes(session: Session, *, no_commit: bool) -> Any:
    from tkt.changes import Changes
    from tkt.timerules.firing import BY

    note_ahead(session)
    return Changes(
        desk=session.desk, now=session.now, commits=session.commits and not no_commit, who=lambda: BY
    )


def _tell(session: Session, found: Run, wish: _Wish) -> None:
    if found.ahead:
        session.note(
            msgn(
                "{count} ticket has events later than now and is left alone until then: {ids}",
                "{count} tickets have events later than now and are left alone until then: {ids}",
                len(found.ahead),
                ids=found.ahead[:5],
            )
        )
    if session.json:
        _note_flood(session, found, wish)
        _answer(session, found, dry_run=wish.dry_run)
        return
    if found.written is not None:
        session.note(*found.written.notes)
    if not session.common.quiet and found.fired:
        from tkt.render.ticked_table import print_fired

        shown = found.fired if wish.dry_run else found.fired[:TOLD]
        rows = [(it.ticket, it.firing) for it in shown]
        print_fired(rows, session.told_config, session.now, session.screen)
        if len(found.fired) > len(shown):
            more = len(found.fired) - len(shown)
            session.say(msgn("and {count} more", "and {count} more", more))
        session.say("")
    session.say(_summary(found, wish))
    _tell_left_open(session, found)
    _note_flood(session, found, wish)
    if found.written is not None:
        sync_after(session, found.written.commit)


def _tell_left_open(session: Session, found: Run) -> None:
    """Which resolved tickets do not close by themselves, and why."""
    for it in found.left_open[:MANY]:
        session.say(msg("{ticket} does not close by itself: {why}", ticket=it.ticket, why=it.why))
    more = len(found.left_open) - MANY
    if more > 0:
        session.say(msgn("… and {count} more (--json has it)", "… and {count} more (--json has them)", more))


def _summary(found: Run, wish: _Wish) -> Any:
    if not found.fired:
        return msg("the time asks for nothing")
    tickets = msgn(
        "on {count} ticket", "on {count} tickets", len(dict.fromkeys(it.ticket for it in found.fired))
    )
    notices = msgn("{count} notice queued", "{count} notices queued", found.notices)
    if wish.no_notices:
        notices = msg("nobody is told")
    if wish.dry_run:
        return msgn(
            "{count} thing to do {tickets}, {notices}; nothing was written",
            "{count} things to do {tickets}, {notices}; nothing was written",
            len(found.fired),
            tickets=tickets,
            notices=notices,
        )
    return msgn(
        "{count} thing done {tickets}, {notices}",
        "{count} things done {tickets}, {notices}",
        len(found.fired),
        tickets=tickets,
        notices=notices,
    )


def _answer(session: Session, found: Run, *, dry_run: bool) -> None:
    data: dict[str, Any] = {
        "now": session.now,
        "dry_run": dry_run,
        "fired": [_fired_json(it) for it in found.fired],
        "counts": found.counts,
        "notices": found.notices,
        "ahead": list(found.ahead),
    }
    if dry_run:
        data["left_open"] = [{"id": it.ticket, "why": render(it.why)} for it in found.left_open]
        data |= notes_json(session)
    if found.written is not None:
        data["written"] = written_json(session, found.written)
    session.answer(data)


def _fired_json(it: Fired) -> dict[str, Any]:
    firing = it.firing
    return {
        "at": firing.at,
        "id": it.ticket,
        "rule": firing.rule,
        "did": firing.did,
        **firing.about,
        "to": list(firing.to),
        "why": render(firing.why),
    }


# --- again and again ---


def _span(session: Session, every: str, wish: _Wish) -> int:
    """Seconds between two rounds. Errors: UsageError, DurationError."""
    if wish.no_notices:
        raise UsageError(
            msg("--every goes on telling people, so leave out {option}", option="--no-notices"),
            hint=msg("tkt tick --no-notices"),
        )
    if wish.dry_run or session.common.now:
        other = "--dry-run" if wish.dry_run else "--now"
        raise UsageError(msg("--every goes by the clock and writes, so leave out {option}", option=other))
    span = parse_duration(every, days=True)
    if span < SHORTEST:
        raise UsageError(
            msg("--every {span} is too short, expected {least}s or more", span=every, least=SHORTEST),
            hint=msg("tkt tick --every 60s"),
        )
    return span


def _rounds(session: Session, span: int, run: Callable[[Session], int]) -> int:
    """A round every so many seconds, each on the desk as it is then, until SIGINT or SIGTERM; then 0.

    What goes wrong in a round is told, and tried again in the next one.
    """
    from tkt.commands.exchanging import Exchange
    from tkt.store.interrupts import postponed

    session.note(msg("a round every {span} seconds; Ctrl-C ends it after the round", span=span))
    exchange = Exchange()
    with _asked_to_stop() as stop:
        while not stop.is_set():
            begun = datetime.now().timestamp()
            with postponed():  # git in the same terminal must not hear it either
                _one_of_many(session, exchange, run)
            stop.wait(max(0.0, begun + span - datetime.now().timestamp()))
    return 0


def _one_of_many(first: Session, exchange: Exchange, run: Callable[[Session], int]) -> None:
    """One round: what others did comes in, then the desk is read anew."""
    from tkt.render.errors import print_error

    session = Session(door=first.door, common=first.common)
    try:
        exchange.before(session)
        session = Session(door=first.door, common=first.common, notes=session.notes)
        if run(session) == EXIT_ERROR and session.unread:
            from tkt.errors import DataError

            print_error(DataError(session.unread), as_json=True)
    except TktError as error:
        print_error(error, as_json=session.json)


@contextmanager
def _asked_to_stop() -> Iterator[threading.Event]:
    """An event that SIGINT and SIGTERM set."""
    stop = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
