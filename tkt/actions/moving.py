"""How does a ticket move: with what is given, past which guards, recorded as what?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from tkt import workflow
from tkt.actions.actor import Actor, BadTime, Pen, pen_for
from tkt.actions.fields import changed
from tkt.actions.following import ReasonNeeded
from tkt.actions.given import NOTHING_GIVEN, Given, next_action_given, resolution_given, waiting_given
from tkt.actions.messages import said
from tkt.actions.recording import must_be_latest
from tkt.actions.values import BadValue
from tkt.clock import instant_text
from tkt.durations import parse_duration
from tkt.errors import Refused
from tkt.guards.disposal import disposal
from tkt.i18n import msg
from tkt.model import MOVED_KEYS, Event, Ticket, Value
from tkt.schema import Configuration

_FINISHED = ("resolved", "closed")


class ReopenWindowPassed(Refused):
    """The ticket has been closed for too long to be taken up again (docs/sla.md L8)."""

    code = "reopen-window"


class NoSuchMove(Refused):
    """The desk's statuses do not lead there."""

    code = "no-move"


def move(
    ticket: Ticket, actor: Actor, config: Configuration, to: str, given: Given = NOTHING_GIVEN
) -> Ticket:
    """The ticket in status `to`, with all that is given, as one command.

    Errors: MoveRefused with everything that is missing on the way, NoSuchMove, ReopenWindowPassed,
    ReasonNeeded for `force`, BadValue, BadTime.
    """
    return moved(ticket, pen_for(ticket, actor), config, workflow.status_named(config, to), given)


def start(ticket: Ticket, actor: Actor, config: Configuration, given: Given = NOTHING_GIVEN) -> Ticket:
    """Start work on it. Errors: as `move`."""
    return move(ticket, actor, config, workflow.target(config, "start"), given)


def take(ticket: Ticket, actor: Actor, config: Configuration, given: Given = NOTHING_GIVEN) -> Ticket:
    """Make it the actor's own and start; where work has started, only the owner changes. Errors: as `move`."""
    mine = replace(given, changes={**given.changes, "owner": actor.by})
    if ticket.status in config.finished:
        _must_count(ticket, workflow.target(config, "start"), config)
        raise NoSuchMove(
            msg("{ticket} is {status}", ticket=ticket.id, status=ticket.status),
            hint=msg("tkt reopen {ticket}", ticket=ticket.id),
        )
    if ticket.status == workflow.target(config, "start"):
        return changed(ticket, pen_for(ticket, actor), config, mine.changes)
    return start(ticket, actor, config, mine)


def wait(ticket: Ticket, actor: Actor, config: Configuration, given: Given = NOTHING_GIVEN) -> Ticket:
    """Wait for somebody; from waiting to waiting is a new question. Errors: as `move`."""
    return move(ticket, actor, config, workflow.target(config, "wait"), given)


def resolve(ticket: Ticket, actor: Actor, config: Configuration, given: Given = NOTHING_GIVEN) -> Ticket:
    """Mark it solved. Errors: as `move`."""
    return move(ticket, actor, config, workflow.target(config, "resolve"), given)


def close(ticket: Ticket, actor: Actor, config: Configuration, given: Given = NOTHING_GIVEN) -> Ticket:
    """Close it. Errors: as `move`."""
    return move(ticket, actor, config, workflow.target(config, "close"), given)


def reopen(ticket: Ticket, actor: Actor, config: Configuration, given: Given = NOTHING_GIVEN) -> Ticket:
    """Take up a resolved or closed ticket again. Errors: as `move`; NoSuchMove for an open one."""
    if ticket.status not in config.finished:
        raise NoSuchMove(
            msg("{ticket} is {status}, not resolved or closed", ticket=ticket.id, status=ticket.status)
        )
    return move(ticket, actor, config, workflow.target(config, "reopen"), given)


def moved(ticket: Ticket, pen: Pen, config: Configuration, to: str, given: Given = NOTHING_GIVEN) -> Ticket:
    """`move` within a command that has its pen already; `to` is a status of the desk."""
    _must_be_meant(given, to, config)
    _must_count(ticket, to, config)
    _must_follow_last_move(ticket, pen)
    must_be_within_window(ticket, pen, config, to)
    resolution = resolution_given(ticket, given, config) if to in config.finished else None
    way = workflow.route(config, ticket.status, to, code=(resolution or {}).get("code"))
    if way is None:
        raise _no_way(ticket, to, config)
    before = _prepared(ticket, pen, config, given)
    parts = {
        "waiting": waiting_given(given, pen, config) if config.status_category(to) == "waiting" else None,
        "resolution": resolution,
        "next_action": next_action_given(before, given, pen, config, way),
        "confirmed": _confirmed(given),
        "auto_closed": given.auto_closed or None,
        "spent": given.spent,
    }
    return _past_guards(before, move_event(before, pen, to, parts), way, config, given)


def move_event(ticket: Ticket, pen: Pen, to: str, parts: Mapping[str, Value]) -> Event:
    """The event that moves `ticket` to `to` with these keys of its own."""
    return pen.event("moved", **{"from": ticket.status, "to": to, **parts})


def with_move(ticket: Ticket, event: Event, config: Configuration) -> Ticket:
    """The ticket after `event`, its keys folded as docs/file-format.md says of `moved`; no guard is asked."""
    to = event.get("to")
    is_reopened = ticket.status in config.finished and to not in config.finished
    values = {
        "waiting": event.get("waiting"),
        "resolution": event.get("resolution") or (None if is_reopened else ticket.get("resolution")),
        "next_action": event.get("next_action") or ticket.get("next_action"),
    }
    return ticket.with_events(event).with_values(**values).in_status(to)


def must_be_within_window(ticket: Ticket, pen: Pen, config: Configuration, to: str) -> None:
    """Refuse to take up a ticket that was closed too long ago. Errors: ReopenWindowPassed."""
    changes = ticket.status_changes
    if ticket.status not in config.closed or to in config.closed or not changes:
        return
    window = parse_duration(config.workflow.closing.reopen_window, days=True)
    if pen.at - changes[-1][0] > timedelta(seconds=window):
        raise ReopenWindowPassed(
            msg(
                "{ticket} was closed at {closed}, longer ago than the {window} in which it can be reopened",
                ticket=ticket.id,
                closed=instant_text(changes[-1][0]),
                window=config.workflow.closing.reopen_window,
            ),
            hint=msg("tkt new --follows {ticket}", ticket=ticket.id),
        )


def _prepared(ticket: Ticket, pen: Pen, config: Configuration, given: Given) -> Ticket:
    """The ticket with the fields and the reply that come with a move."""
    after = changed(ticket, pen, config, given.changes)
    if not given.reply:
        return after
    return said(
        after,
        pen,
        given.reply,
        sent_by=given.sent_by,
        asks_customer=given.asks_customer,
        canned=given.canned,
        articles=given.articles,
    )


def _past_guards(
    before: Ticket, event: Event, way: Sequence[str], config: Configuration, given: Given
) -> Ticket:
    """`before` moved by `event`, if the guards along `way` are content or overruled.

    Errors: MoveRefused, ReasonNeeded.
    """
    after = with_move(before, event, config)
    lacking = workflow.missing(after, way, config, open_children=given.open_children)
    if not lacking:
        return after
    if not given.force:
        raise workflow.MoveRefused(
            before.id, way[-1], lacking, given=given.options(), told=workflow.status_word(config, way[-1])
        )
    if not event.reason:
        raise ReasonNeeded(msg("to overrule guards needs a reason"), hint=msg('--force --reason "…"'))
    return with_move(before, replace(event, forced=True), config)


def _must_be_meant(given: Given, to: str, config: Configuration) -> None:
    """What is given must belong to the status: silence about it would lose it."""
    category = config.status_category(to)
    if category != "waiting" and (given.on or given.what_for or given.until):
        raise BadValue(msg("on, for and until belong to waiting, not to {status}", status=to))
    if category not in _FINISHED and (given.code or given.text or given.cause):
        raise BadValue(msg("code, text and cause belong to a resolve, not to {status}", status=to))


def _must_count(ticket: Ticket, to: str, config: Configuration) -> None:
    """What was put away has no clocks: to work on it again is to take that back. Errors: NoSuchMove."""
    present = disposal(ticket)
    if present is not None and to not in config.closed:
        raise NoSuchMove(
            msg(
                "{ticket} is put away as {kind}",
                ticket=ticket.id,
                kind=workflow.code_word(config, str(present.get("as"))),
            ),
            hint=msg("tkt not-spam {ticket}", ticket=ticket.id),
        )


def _must_follow_last_move(ticket: Ticket, pen: Pen) -> None:
    last = next(reversed(ticket.status_changes), None)
    if last is not None and pen.at < last[0]:
        raise BadTime(
            msg(
                "{ticket} moved to {status} at {at}: a move cannot be put before that",
                ticket=ticket.id,
                status=last[1],
                at=instant_text(last[0]),
            )
        )
    for field in MOVED_KEYS:
        must_be_latest(ticket, pen, field)


def _no_way(ticket: Ticket, to: str, config: Configuration) -> NoSuchMove:
    if to == ticket.status:
        return NoSuchMove(msg("{ticket} is {status} already", ticket=ticket.id, status=to))
    names = tuple(config.workflow.moves.get(ticket.status, ()))
    hint = msg("from {start} to: {names}", start=ticket.status, names=names)
    if ticket.status in config.finished and to in config.finished:
        hint = msg("tkt reopen {ticket}", ticket=ticket.id)
    return NoSuchMove(msg("no move leads from {start} to {to}", start=ticket.status, to=to), hint=hint)


def _confirmed(given: Given) -> dict[str, str] | None:
    if not given.confirmed:
        return None
    return {"how": given.confirmed, **({"evidence": given.evidence} if given.evidence else {})}
