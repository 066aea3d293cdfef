"""How does a rule tell somebody: people of the desk by a notice, the customer by a canned reply?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tkt.actions.actor import Pen
from tkt.i18n import Message, msg
from tkt.model import Event, Ticket, Value
from tkt.notices import CUSTOMER, queue
from tkt.timerules.case import Case
from tkt.timerules.firing import Firing, Tell
from tkt.timerules.recipients import reached, subject_of
from tkt.worktime import Calendar, CalendarNeverOpens, next_opening

HORIZON = timedelta(days=7)
"""What fell due longer ago is told to nobody any more: a desk that begins with an old queue must not send a
letter for each of its tickets (docs/tick.md)."""
RESPONSIBLE = ("owner-or-team",)
"""Who looks after a ticket."""


def spoken_of(ticket: Ticket, rule: str, of: str) -> tuple[Event, ...]:
    """The notices by which a rule spoke of one matter: a wait, a resolve, a date."""
    return tuple(event for event in notices_by(ticket, rule) if _about(event).get("of") == of)


def notices_by(ticket: Ticket, rule: str) -> tuple[Event, ...]:
    """Every notice of a rule."""
    queued = (event for event in ticket.effective if event.did == "queued")
    return tuple(event for event in queued if _about(event).get("rule") == rule)


def bounce_of(ticket: Ticket, notice: Event) -> Event | None:
    """The event by which what was queued came back; None where it did not."""
    name = notice.get("notice") or notice.id
    back = (it for it in ticket.effective if it.did == "bounced" and it.get("notice") == name)
    return next(back, None)


def people_meant(case: Case, words: Sequence[str], at: datetime) -> tuple[str, ...]:
    """Who the words of a ladder (`owner-or-team`, `lead`) mean on the ticket."""
    return reached(words, subject_of(case.ticket.values, case.config, at)).people


def note_to(
    case: Case,
    to: Sequence[str],
    *,
    at: datetime,
    rule: str,
    of: str,
    why: Message,
    step: str | None = None,
) -> Firing:
    """Tell people of the desk, each by a notice, which is all that is written down.

    `of`: the matter, which its notices name; `step`: which of several things the rule says of it. Where the
    case withholds notices they are recorded as such, so that the rule has spoken of the matter.
    """
    withheld = case.withholds
    about: dict[str, Value] = {"rule": rule, "of": of, **({"step": step} if step else {})}
    return Firing(
        rule=rule,
        at=at,
        did="withheld" if withheld else "queued",
        what=msg("withhold") if withheld else msg("tell"),
        why=why,
        about=about,
        key=(rule, of, step or "", *to, *(["withheld"] if withheld else [])),
        apply=lambda ticket, pen: _queued(case, ticket, pen, to, about),
        to=tuple(to),
        queues=0 if withheld else len(to),
    )


def letter_to_customer(
    case: Case, text: str, canned: str, *, at: datetime, of: str, why: Message, rule: str
) -> Firing:
    """Write to the customer, as a machine does: no answer to anything (docs/sla.md L1)."""
    if case.withholds:
        return note_to(case, (CUSTOMER,), at=at, rule=rule, of=of, why=why)
    about: dict[str, Value] = {"rule": rule, "of": of}

    def said(ticket: Ticket, pen: Pen) -> Ticket:
        event = pen.event("message", to=CUSTOMER, canned=canned, text=text)
        return queue(
            ticket.with_events(event),
            pen,
            case.config,
            to=CUSTOMER,
            message=event.id,
            canned=canned,
            about=about,
            not_before=not_before(case),
        )

    return Firing(
        rule=rule,
        at=at,
        did="message",
        what=msg("write"),
        why=why,
        about=about,
        key=(rule, of, CUSTOMER),
        apply=said,
        to=(CUSTOMER,),
        queues=1,
    )


def tells_about(case: Case, topic: tuple[str, ...], at: datetime) -> tuple[Tell, ...]:
    """A notice to whoever looks after the ticket, of something that is on record; none of what is long ago."""
    if at < case.now - HORIZON:
        return ()
    people = people_meant(case, RESPONSIBLE, at)
    return tuple(Tell(topic=topic, to=person, not_before=not_before(case)) for person in people)


def not_before(case: Case) -> datetime | None:
    """The next opening of the ticket's calendar, unless its ladder writes at any time (docs/sla.md E3)."""
    found = next((it for it in case.verdicts if it.clock == "resolution" and it.calendar), None)
    if found is None or found.calendar is None:
        return None
    ladder = case.levels.ladders.get(found.ladder or "")
    if ladder is not None and ladder.quiet == "send":
        return None
    return opening_ahead(case.levels.calendars[found.calendar], case.now)


def opening_ahead(calendar: Calendar, now: datetime) -> datetime | None:
    """The next opening of a calendar that is closed at `now`; None where it is open, and where it never opens."""
    try:
        opens = next_opening(calendar, now)
    except CalendarNeverOpens:
        return None
    return opens if opens > now else None


def has_sender(case: Case) -> bool:
    """Whether tkt itself delivers on the ticket's channel (config/channels.yaml, `sender`)."""
    channel = case.config.channels.channels.get(str(case.ticket.get("channel")))
    return channel is not None and channel.sender


def places_of(case: Case) -> dict[str, object]:
    """What every canned reply of a time rule can name (docs/tick.md, Words)."""
    ticket, config = case.ticket, case.config
    contact = ticket.get("contact")
    owner = config.persons.get(str(ticket.get("owner")))
    return {
        "id": ticket.id,
        "title": ticket.title or "",
        "name": str(contact.get("name") or "") if isinstance(contact, Mapping) else "",
        "agent": owner.name if owner is not None else "",
        "desk": config.desk.name,
        "link": case.link(ticket, case.now),
    }


def wall(case: Case, at: datetime) -> str:
    """`2026-11-21 09:15`, in the desk's zone."""
    return f"{at.astimezone(ZoneInfo(case.config.desk.zone)):%Y-%m-%d %H:%M}"


def _queued(case: Case, ticket: Ticket, pen: Pen, to: Sequence[str], about: Mapping[str, Value]) -> Ticket:
    later = None if case.withholds else not_before(case)
    for person in to:
        ticket = queue(
            ticket, pen, case.config, to=person, about=about, not_before=later, withheld=case.withholds
        )
    return ticket


def _about(event: Event) -> Mapping[str, Value]:
    about = event.get("about")
    return about if isinstance(about, Mapping) else {}
