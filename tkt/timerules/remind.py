"""Does the customer remember the question? A reminder before the date of a wait (docs/tick.md, remind)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from tkt.durations import DurationError, parse_duration
from tkt.guards.talk import last_customer_message
from tkt.i18n import Message, msg, msgn
from tkt.model import Ticket
from tkt.notices import is_withheld
from tkt.timerules.case import Case
from tkt.timerules.firing import Firing
from tkt.timerules.notifying import (
    RESPONSIBLE,
    has_sender,
    letter_to_customer,
    note_to,
    notices_by,
    people_meant,
    places_of,
    spoken_of,
    wall,
)
from tkt.timerules.wait import Wait, wait_of, was_answered

NAME = "remind"
_MISSING = {"zh": "您的回复"}


def firings(case: Case) -> Iterator[Firing]:
    """One reminder a wait, as many in a row as the desk allows; then its owner decides.

    Once the date has passed it is of no use any more. A wait no longer than the time before its date gets
    none: the question has only just been asked.
    """
    wait = wait_of(case)
    if wait is None or wait.on != "customer":
        return
    at = _due_at(case, wait)
    if at is None or not wait.event.at < at < case.now:
        return
    if was_answered(wait, case.ticket) or spoken_of(case.ticket, NAME, wait.id):
        return
    for firing in _reminder(case, wait, at):
        yield replace(firing, good_until=wait.until)


def _due_at(case: Case, wait: Wait) -> datetime | None:
    """None where the desk reminds nobody, or says so in no words that can be read, which `tkt check` tells."""
    wish = case.config.workflow.remind_customer
    try:
        before = parse_duration(wish.before_until, days=True)
    except DurationError:
        return None
    return wait.until - timedelta(seconds=before) if wish.at_most > 0 else None


def _reminder(case: Case, wait: Wait, at: datetime) -> Iterator[Firing]:
    count = _given(case.ticket)
    if count >= case.config.workflow.remind_customer.at_most:
        why = msgn(
            "{count} reminder was not answered: the owner decides",
            "{count} reminders were not answered: the owner decides",
            count,
        )
        yield from _to_owner(case, wait, at, why, step="decide")
        return
    why = msg("waits for the customer until {until}", until=wall(case, wait.until))
    text = _text(case, wait) if has_sender(case) else None
    if text is not None:
        yield letter_to_customer(case, text, NAME, at=at, of=wait.id, why=why, rule=NAME)
    else:
        yield from _to_owner(case, wait, at, why)


def _to_owner(
    case: Case, wait: Wait, at: datetime, why: Message, step: str | None = None
) -> Iterator[Firing]:
    people = people_meant(case, RESPONSIBLE, at)
    if people:
        yield note_to(case, people, at=at, rule=NAME, of=wait.id, why=why, step=step)


def _text(case: Case, wait: Wait) -> str | None:
    language = case.language
    missing = wait.what or _MISSING.get(language, "your answer")
    return case.canned(NAME, language, {**places_of(case), "missing": missing, "until": wait.until})


def _given(ticket: Ticket) -> int:
    """How often in a row the customer was reminded, or the owner told to: since they last wrote."""
    last = last_customer_message(ticket)
    told = (event for event in notices_by(ticket, NAME) if not is_withheld(event))
    return sum(last is None or event.at > last.at for event in told)
