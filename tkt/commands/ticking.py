"""`tkt tick`: what has the time asked for?"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tkt.commands.committing import sync_after, written_json
from tkt.commands.common import Session
from tkt.commands.options import DryRunOption, QueryArgument
from tkt.commands.signature import NoCommitOption, reads
from tkt.durations import parse_duration
from tkt.errors import EXIT_ERROR, TktError, UsageError
from tkt.i18n import N_, msg, msgn, render

if TYPE_CHECKING:
    from tkt.ticking import Fired, Run

TOLD = 50
"""So many things that were done are told one by one; a dry run tells all."""
SHORTEST = 10
"""Seconds between two rounds; less would keep git busy."""
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


@reads
def tick(
    session: Session,
    query: QueryArgument = None,
    dry_run: DryRunOption = False,
    every: EveryOption = "",
    no_commit: NoCommitOption = False,
) -> int:
    """Carry out the time rules once, or again and again (docs/tick.md)."""
    asked = " ".join(query or ())
    if not every:
        return _round(session, asked, dry_run=dry_run, no_commit=no_commit)
    span = _span(session, every, dry_run=dry_run)
    return _rounds(
        session, span, lambda it: _round(it, asked, dry_run=False, no_commit=no_commit, is_quiet=True)
    )


def _round(session: Session, asked: str, *, dry_run: bool, no_commit: bool, is_quiet: bool = False) -> int:
    """One run, told; the exit code. `is_quiet`: nothing is said where nothing was done."""
    from tkt.ticking import planned
    from tkt.ticking import tick as ticked

    desk, query = session.desk, session.query(asked)
    if dry_run:
        found = planned(desk, query, session.now)
    else:
        found = ticked(_changes(session, no_commit=no_commit), query)
    code = session.report(found.problems)
    if found.fired or not is_quiet:
        _tell(session, found, dry_run=dry_run)
    return code


def _changes(session: Session, *, no_commit: bool) -> Any:
    from tkt.changes import Changes
    from tkt.timerules.firing import BY

    return Changes(
        desk=session.desk, now=session.now, commits=session.commits and not no_commit, who=lambda: BY
    )


def _tell(session: Session, found: Run, *, dry_run: bool) -> None:
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
        _answer(session, found, dry_run=dry_run)
        return
    if found.written is not None:
        session.note(*found.written.notes)
    if not session.common.quiet and found.fired:
        from tkt.render.ticked_table import print_fired

        shown = found.fired if dry_run else found.fired[:TOLD]
        rows = [(it.ticket, it.firing) for it in shown]
        print_fired(rows, session.told_config, session.now, session.screen)
        if len(found.fired) > len(shown):
            more = len(found.fired) - len(shown)
            session.say(msgn("and {count} more", "and {count} more", more))
        session.say("")
    session.say(_summary(found, dry_run=dry_run))
    _tell_left_open(session, found)
    if found.written is not None:
        sync_after(session, found.written.commit)


def _tell_left_open(session: Session, found: Run) -> None:
    """Which resolved tickets do not close by themselves, and why."""
    for it in found.left_open[:MANY]:
        session.say(msg("{ticket} does not close by itself: {why}", ticket=it.ticket, why=it.why))
    more = len(found.left_open) - MANY
    if more > 0:
        session.say(msgn("… and {count} more (--json has it)", "… and {count} more (--json has them)", more))


def _summary(found: Run, *, dry_run: bool) -> Any:
    if not found.fired:
        return msg("the time asks for nothing")
    tickets = msgn(
        "on {count} ticket", "on {count} tickets", len(dict.fromkeys(it.ticket for it in found.fired))
    )
    notices = msgn("{count} notice queued", "{count} notices queued", found.notices)
    if dry_run:
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


def _span(session: Session, every: str, *, dry_run: bool) -> int:
    """Seconds between two rounds. Errors: UsageError, DurationError."""
    if dry_run or session.common.now:
        other = "--dry-run" if dry_run else "--now"
        raise UsageError(msg("--every goes by the clock and writes: leave {option} away", option=other))
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
    from tkt.store.interrupts import postponed

    session.note(msg("a round every {span} seconds; Ctrl-C ends it after the round", span=span))
    with _asked_to_stop() as stop:
        while not stop.is_set():
            begun = datetime.now().timestamp()
            with postponed():  # git in the same terminal must not hear it either
                _one_of_many(Session(door=session.door, common=session.common), run)
            stop.wait(max(0.0, begun + span - datetime.now().timestamp()))
    return 0


def _one_of_many(session: Session, run: Callable[[Session], int]) -> None:
    from tkt.render.errors import print_error

    try:
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
