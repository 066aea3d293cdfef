"""May a resolved ticket close by itself, and when? (config/workflow.yaml, `closing`; docs/tick.md, auto-close)"""

from __future__ import annotations

from datetime import datetime, timedelta

from tkt import workflow
from tkt.actions.actor import STEP, Pen
from tkt.actions.given import Given
from tkt.actions.moving import moved
from tkt.columns import columns_of
from tkt.errors import TktError
from tkt.frozen import dataclass
from tkt.guards.conditions import conditions_of
from tkt.i18n import Message, msg
from tkt.model import Event, Ticket
from tkt.notices import is_withheld
from tkt.query import Lookup, Query, parse_query
from tkt.timerules.case import Case
from tkt.timerules.firing import BY, pen_of
from tkt.timerules.notifying import bounce_of, spoken_of, wall
from tkt.timerules.resolve import Resolve, resolve_of, span

CLOSE = "auto-close"
REMINDER = "closing-reminder"
AUTO = Given(auto_closed=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A resolved ticket on its way to be closed."""

    resolve: Resolve
    after: timedelta  # of silence since the resolve
    before: timedelta  # the reminder comes so much earlier
    reminders: tuple[Event, ...]  # the notices of it that did not come back
    bounced: tuple[Event, ...]  # how the others came back
    is_withheld: bool  # nobody is to be told of it, so that it does not close by itself

    @property
    def reminder_at(self) -> datetime:
        """When the customer is reminded, if nothing speaks against it."""
        due = self.resolve.at + self.after - self.before
        known = [self.resolve.told_at, *(event.at for event in self.bounced)]
        return max([due, *(at for at in known if at is not None)])

    @property
    def reminded_at(self) -> datetime | None:
        """When somebody was reminded first; None: not yet."""
        return min((event.recorded_at or event.at for event in self.reminders), default=None)


def closing_of(case: Case) -> Closing | None:
    """How far a ticket is on its way; None for one that is not resolved, and on a desk that closes none."""
    resolve = resolve_of(case)
    wish = case.config.workflow.closing
    after, before = span(wish.auto_after), span(wish.reminder_before)
    if resolve is None or after is None or before is None:
        return None
    notices = spoken_of(case.ticket, REMINDER, resolve.id)
    told = [event for event in notices if not is_withheld(event)]
    ends = [(event, bounce_of(case.ticket, event)) for event in told]
    return Closing(
        resolve=resolve,
        after=after,
        before=before,
        reminders=tuple(event for event, back in ends if back is None),
        bounced=tuple(back for _, back in ends if back is not None),
        is_withheld=len(told) < len(notices),
    )


def closes_at(closing: Closing, ticket: Ticket, reminded_at: datetime) -> datetime:
    """After the silence, as long after the reminder as the desk says, and after all that people did since."""
    last = next((event.at for event in reversed(ticket.effective) if event.by != BY), closing.resolve.at)
    return max(closing.resolve.at + closing.after, reminded_at + closing.before, last + STEP)


def refusal(case: Case, closing: Closing, at: datetime) -> Message | None:
    """Why the ticket must not close by itself at that instant; None where nothing speaks against it."""
    resolve = closing.resolve
    if resolve.heard_at is not None:
        return msg("the customer wrote at {at}, after the resolve", at=wall(case, resolve.heard_at))
    if resolve.told_at is None:
        return msg("the customer was not told that it is resolved")
    never = case.config.workflow.closing.never_auto
    try:
        if never.strip() and _query(case, never, at).matches(_lookup(case, at)):
            return msg("closing.never_auto: {query}", query=never)
        closed(case, case.ticket, pen_of(case.ticket, case.now, at, (CLOSE, resolve.id)))
    except TktError as error:
        return error.message
    return None


def closed(case: Case, ticket: Ticket, pen: Pen) -> Ticket:
    """The ticket closed by itself, past the desk's guards. Errors: as `tkt.actions.moving.moved`."""
    return moved(ticket, pen, case.config, workflow.target(case.config, "close"), AUTO)


def _query(case: Case, text: str, at: datetime) -> Query:
    """Errors: QueryError."""
    query = conditions_of(case.config).query(text)
    if query.uses_now:
        fields = conditions_of(case.config).fields
        return parse_query(text, fields, now=at, zone=case.config.desk.zone)
    return query


def _lookup(case: Case, at: datetime) -> Lookup:
    return columns_of(case.ticket, case.config, case.levels, at).lookup
