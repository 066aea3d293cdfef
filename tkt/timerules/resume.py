"""Was what a ticket waits for to come by now? Then work on it goes on (docs/tick.md, resume)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from tkt import workflow
from tkt.actions.actor import Pen
from tkt.actions.given import office
from tkt.actions.moving import move_event, with_move
from tkt.actions.recording import last_word
from tkt.clock import instant_text
from tkt.fields.lookup import instant_in, part_of
from tkt.guards.talk import unanswered_messages
from tkt.i18n import Message, msg
from tkt.model import Ticket, Value
from tkt.sla import verdicts
from tkt.timerules.case import Case
from tkt.timerules.firing import Firing
from tkt.timerules.notifying import RESPONSIBLE, people_meant, tells_about, wall
from tkt.timerules.wait import passed_at, wait_of
from tkt.worktime import Calendar, CalendarNeverOpens, after_working_days, open_spans

NAME = "resume"
REASON = "rule:resume"
"""The reason of the move (`tkt.render.values` has it in words)."""

_CHASE = {"zh": "催办"}
_DAY = timedelta(days=1)
_ON: dict[str | None, Message] = {
    "customer": msg("waited for the customer until {until}"),
    "vendor": msg("waited for the vendor until {until}"),
    "colleague": msg("waited for a colleague until {until}"),
}


def firings(case: Case) -> Iterator[Firing]:
    """The move back to work, at the instant at which the date passed."""
    wait = wait_of(case)
    if wait is None or "active" not in case.levels.category_of.values():
        return
    at = passed_at(wait, case.ticket)
    if at >= case.now:
        return
    about = {"rule": NAME, "of": wait.id}
    said = _ON.get(wait.on, msg("waited until {until}"))
    yield Firing(
        rule=NAME,
        at=at,
        did="moved",
        what=msg("go on"),
        why=msg(said.text, until=wall(case, wait.until)),
        about=about,
        key=(NAME, wait.id),
        apply=lambda ticket, pen: _resumed(case, ticket, pen),
        to=people_meant(case, RESPONSIBLE, at),
        tells=tells_about(case, (NAME, wait.id), at),
        moves=True,
    )


def _resumed(case: Case, ticket: Ticket, pen: Pen) -> Ticket:
    """As when the customer writes, a rule moves it, so no guard is asked."""
    mine = replace(pen, actor=replace(pen.actor, reason=REASON))
    event = move_event(ticket, mine, workflow.target(case.config, "start"), {})
    action = _next_action(case, ticket, with_move(ticket, event, case.config), pen.at)
    if action is not None:
        event = replace(event, data=MappingProxyType({**event.data, "next_action": action}))
    return with_move(ticket, event, case.config)


def _next_action(case: Case, before: Ticket, after: Ticket, at: datetime) -> dict[str, Value] | None:
    """To chase, or to answer where the customer wrote after all; None where somebody planned what comes now."""
    if _is_planned(case, before, at):
        return None
    usual = case.config.workflow.next_action
    chase = _CHASE.get(case.config.desk.language, "chase")
    what = usual.what if unanswered_messages(before) else chase
    return {"who": "owner", "what": what, "by": instant_text(_by(case, after))}


def _is_planned(case: Case, ticket: Ticket, at: datetime) -> bool:
    """Whether a next action was given with the wait or during it, and is not past."""
    said, moves = last_word(ticket, "next_action"), ticket.status_changes
    if said is None or not moves or said < moves[-1][0]:
        return False
    by = instant_in(part_of(ticket.values, "next_action", "by"), case.config)
    return by is None or by > at


def _by(case: Case, ticket: Ticket) -> datetime:
    """The next due instant of a clock, no later than the end of the next working day.

    Seen from when it is noticed: nobody could have done it before.
    """
    at = case.now
    judged = verdicts(ticket, case.levels, at)
    running = (it.due_at for it in judged if it.ended_at is None and it.due_at is not None)
    calendars = (case.levels.calendars[it.calendar] for it in judged if it.calendar is not None)
    end = _end_of_next_working_day(next(calendars, None) or office(case.config), at)
    return min([end, *(due for due in running if due > at)])


def _end_of_next_working_day(calendar: Calendar, at: datetime) -> datetime:
    try:
        day = after_working_days(calendar, at, 1).astimezone(calendar.zone)
    except CalendarNeverOpens:
        return at + _DAY
    midnight = day.replace(hour=0, minute=0, second=0)
    closes = [closing for _, closing in open_spans(calendar, midnight, midnight + _DAY)]
    return closes[-1] if closes else (midnight + _DAY).astimezone(UTC)
