"""Does the customer know that their ticket is about to close? (docs/tick.md, closing-reminder)"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tkt.durations import DAY
from tkt.i18n import msg
from tkt.timerules.case import Case
from tkt.timerules.closing import REMINDER, closes_at, closing_of, refusal
from tkt.timerules.firing import Firing
from tkt.timerules.notifying import (
    RESPONSIBLE,
    has_sender,
    letter_to_customer,
    note_to,
    people_meant,
    places_of,
)
from tkt.timerules.resolve import span

NAME = REMINDER
CANNED = "closing"


def firings(case: Case) -> Iterator[Firing]:
    """One reminder a resolve; where tkt sends nothing, or it came back, the owner is told instead."""
    closing = closing_of(case)
    if closing is None or closing.reminders or closing.is_withheld or closing.reminder_at >= case.now:
        return
    at = closing.reminder_at
    if refusal(case, closing, closes_at(closing, case.ticket, at)) is not None:
        return
    of = closing.resolve.id
    closes = closes_at(closing, case.ticket, max(at, case.now))
    why = msg("closes by itself on {day} unless the customer writes", day=_day(case, closes).isoformat())
    text = _text(case, closes) if has_sender(case) and not closing.bounced else None
    if text is not None:
        yield letter_to_customer(case, text, CANNED, at=at, of=of, why=why, rule=NAME)
        return
    people = people_meant(case, RESPONSIBLE, at)
    if people:
        step = "bounced" if closing.bounced else None
        yield note_to(case, people, at=at, rule=NAME, of=of, why=why, step=step)


def _text(case: Case, closes: datetime) -> str | None:
    window = span(case.config.workflow.closing.reopen_window)
    days = int(window.total_seconds()) // DAY if window is not None else 0
    places = {**places_of(case), "until": _day(case, closes), "reopen_days": days}
    return case.canned(CANNED, case.language, places)


def _day(case: Case, at: datetime) -> date:
    return at.astimezone(ZoneInfo(case.config.desk.zone)).date()
