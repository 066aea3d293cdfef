"""Who else is needed: a team with another skill, or somebody above? (docs/sla.md E4)

To call in another team and to call in somebody above are different events, and neither has an effect on a
clock (docs/sla.md L7).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice

from tkt import notices
from tkt.actions.actor import Actor, Pen, begun, pen_for
from tkt.actions.assigning import gone_on
from tkt.actions.escalated import of_this_team
from tkt.actions.fields import changed
from tkt.actions.following import ReasonNeeded
from tkt.actions.talking import note as noted
from tkt.actions.values import parsed
from tkt.errors import Refused, UsageError
from tkt.i18n import msg
from tkt.model import Event, Ticket, Value
from tkt.schema import Configuration
from tkt.timerules.recipients import Reached, levels_of, reached, subject_of

RULE = "escalate"
"""What the notices of an escalation by hand are about; `event` beside it is the id of the escalation."""


class CannotEscalate(Refused):
    """There is nobody else to call in, or nothing to call them in for."""

    code = "escalate"


def escalate(
    ticket: Ticket,
    actor: Actor,
    config: Configuration,
    *,
    to: str | None = None,
    owner: str | None = None,
    note: str | None = None,
) -> Ticket:
    """Give the ticket to the team `to`, whose skill is needed; without one, call in the next level above.

    The team's people, or the `owner` that it gets there, are told by a notice; a level above gets one and
    leaves the ticket where it is. `note`: an internal note, in the same command. Errors: ReasonNeeded,
    CannotEscalate, UsageError for an `owner` without a team, BadValue, NothingSaid, BadTime.
    """
    _must_be_open(ticket, config)
    if owner and not to:
        raise UsageError(
            msg("--owner goes with --to"),
            hint=msg('tkt escalate {ticket} --to TEAM --owner PERSON --reason "…"', ticket=ticket.id),
        )
    actor = begun(ticket, actor)
    act = _to_team(ticket, actor, config, to, owner) if to else _to_level(ticket, actor, config)
    if not note:
        return act
    return noted(act, replace(actor, pen=_once_said(pen_for(ticket, actor))), config, text=note)


def _must_be_open(ticket: Ticket, config: Configuration) -> None:
    """Errors: CannotEscalate."""
    if ticket.status in config.finished:
        raise CannotEscalate(
            msg("{ticket} is {status}, expected an open ticket", ticket=ticket.id, status=ticket.status),
            hint=msg("tkt reopen {ticket}", ticket=ticket.id),
        )


def _reasoned(pen: Pen, command: str) -> Pen:
    """Errors: ReasonNeeded."""
    if not pen.actor.reason:
        raise ReasonNeeded(
            msg("say why it is escalated"), hint=msg('{command} --reason "…"', command=command)
        )
    return pen


def _once_said(pen: Pen) -> Pen:
    """For what follows from the escalation, which has the reason; what is back-dated needs its own (S5)."""
    reason = pen.actor.reason if pen.recorded_at else None
    return replace(pen, actor=replace(pen.actor, reason=reason))


def _to_team(ticket: Ticket, actor: Actor, config: Configuration, to: str, owner: str | None) -> Ticket:
    """It is theirs from now on; who had it and why stays on record."""
    team = parsed(config, "team", to, ticket.values)
    _must_be_another(ticket, team, owner)
    pen = _reasoned(pen_for(ticket, actor), f"tkt escalate {ticket.id} --to {team}")
    event = pen.event("escalated", to_team=team, from_team=ticket.team, from_owner=ticket.owner)
    pen = _once_said(pen)
    after = changed(ticket.with_events(event), pen, config, {"team": team, "owner": owner})
    after = gone_on(after, pen, config) if owner else after
    found = reached(("owner-or-team",), subject_of(after.values, config, pen.at))
    return _told(after, pen, config, event, found)


def _must_be_another(ticket: Ticket, team: Value, owner: str | None) -> None:
    """Errors: CannotEscalate where the team has it already."""
    if team != ticket.team:
        return
    to_person = msg("tkt assign {ticket} {person}", ticket=ticket.id, person=owner or "PERSON")
    above = msg('tkt escalate {ticket} --reason "…"', ticket=ticket.id)
    raise CannotEscalate(
        msg("{team} has {ticket} already", team=team, ticket=ticket.id),
        hint=to_person
        if owner
        else msg("{command} (the level above), or {other}", command=above, other=to_person),
    )


def _to_level(ticket: Ticket, actor: Actor, config: Configuration) -> Ticket:
    """Somebody above hears of it; team and owner stay."""
    pen = _reasoned(pen_for(ticket, actor), f"tkt escalate {ticket.id}")
    level, found = _next_level(ticket, pen, config)
    event = pen.event("escalated", level=level, to=list(found.people))
    return _told(ticket.with_events(event), _once_said(pen), config, event, found)


def _next_level(ticket: Ticket, pen: Pen, config: Configuration) -> tuple[str, Reached]:
    """The nearest level above those who have it already, with somebody who works here. Errors: CannotEscalate."""
    levels = levels_of(ticket.team, config)
    has_it = _who_has_it(ticket, pen.actor.by, levels)
    subject = subject_of(ticket.values, config, pen.at)
    for level in islice(levels, len(has_it), None):
        found = reached((level,), subject)
        if found.people and levels[level] not in has_it.values():
            return level, found
    raise _nobody_above(ticket, has_it, config)


def _who_has_it(ticket: Ticket, me: str, levels: Mapping[str, str]) -> Mapping[str, str]:
    """The levels from the bottom up to the highest that was called in, or that belongs to the owner or `me`."""
    named = {str(event.get("level")) for event in of_this_team(ticket)}
    places = [
        place
        for place, (level, person) in enumerate(levels.items(), start=1)
        if level in named or person in (ticket.owner, me)
    ]
    return dict(islice(levels.items(), max(places, default=0)))


def _nobody_above(ticket: Ticket, has_it: Mapping[str, str], config: Configuration) -> CannotEscalate:
    if not has_it:
        return CannotEscalate(
            msg("nobody stands above {team}", team=ticket.team or "support"),
            hint=msg("name a lead or manager of {team} in config/people.yaml", team=ticket.team or "support"),
        )
    level, person = [*has_it.items()][-1]
    known = config.persons.get(person)
    return CannotEscalate(
        msg(
            "{person} ({level}) has {ticket}: nobody stands above",
            person=known.name if known else person,
            level=level,
            ticket=ticket.id,
        ),
        hint=msg('tkt escalate {ticket} --to TEAM --reason "…"', ticket=ticket.id),
    )


def _told(ticket: Ticket, pen: Pen, config: Configuration, event: Event, found: Reached) -> Ticket:
    """A notice for each of them but whoever escalates."""
    about: dict[str, Value] = {"rule": RULE, "event": event.id}
    for person in found.people:
        if person != pen.actor.by:
            ticket = notices.queue(ticket, pen, config, to=person, about=about)
    return ticket
