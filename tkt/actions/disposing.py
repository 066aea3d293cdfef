"""What is no request at all, or one that is here twice: how is it put away, and how does it come back?

Put away is closed with an uncounted code: no guard asks, all clocks are cancelled, no report counts it
(docs/sla.md L11).
"""

from __future__ import annotations

from tkt import workflow
from tkt.actions.actor import Actor, Pen, pen_for
from tkt.actions.given import Given
from tkt.actions.moving import move_event, moved, with_move
from tkt.actions.recording import record
from tkt.actions.values import BadValue
from tkt.actions.vocabulary import choices, meant
from tkt.errors import Refused
from tkt.guards.disposal import disposal, of_one_command, survivor_of
from tkt.i18n import Message, msg
from tkt.model import Event, Ticket, Value, folded
from tkt.schema import Configuration

SPAM, DUPLICATE, MERGED = "spam", "duplicate", "merged"


class CannotDispose(Refused):
    """The ticket cannot be put away so."""

    code = "dispose"


class NotDisposed(Refused):
    """The ticket was never put away, or is back already."""

    code = "not-disposed"


def spam(ticket: Ticket, actor: Actor, config: Configuration, *, kind: str = SPAM) -> Ticket:
    """Put it away as `kind`: spam, test or another uncounted code that names no second ticket.

    The same ticket where it is put away so already. Errors: CannotDispose, BadValue, NoSuchMove, BadTime.
    """
    code = _kind(config, kind)
    present = disposal(ticket)
    if present is not None and present.get("as") == code:
        return ticket
    _must_stand(ticket, config)
    return _put_away(ticket, actor, config, code, Given(code=code))


def duplicate(
    ticket: Ticket,
    actor: Actor,
    config: Configuration,
    *,
    of: Ticket,
    reply: str | None = None,
    sent_by: str | None = None,
) -> Ticket:
    """Put it away as a duplicate of `of`, which is not changed; the link stands here alone.

    `reply`: what the customer is told of it in the same command. The same ticket where it is one of `of` already. Errors: CannotDispose, NoSuchMove, BadTime.
    """
    if survivor_of(ticket) == of.id:
        return ticket
    _must_survive(ticket, of, config)
    _must_stand(ticket, config)
    given = Given(code=_declared(config, DUPLICATE), reply=reply, sent_by=sent_by)
    return _put_away(ticket, actor, config, DUPLICATE, given, of=of.id)


def restore(ticket: Ticket, actor: Actor, config: Configuration) -> Ticket:
    """Take back that it was put away, or closed with an uncounted code: it is where it was, with the keys it had.

    Its clocks run as if it had been open, the time in between taken out of `resolution` (docs/sla.md L11).
    Errors: NotDisposed, BadTime.
    """
    present, end = disposal(ticket), _uncounted_end(ticket, config)
    if present is None and end is None:
        raise NotDisposed(
            msg("{ticket} is not put away as spam or as a duplicate", ticket=ticket.id),
            hint=msg("tkt reopen {ticket}", ticket=ticket.id) if ticket.status in config.finished else None,
        )
    pen = pen_for(ticket, actor)
    after = ticket.with_events(pen.event("restored"))
    after = _unlinked(after, pen, present)
    return after if end is None else _moved_back(after, end, pen, config)


def kinds(config: Configuration) -> tuple[str, ...]:
    """As what `spam --as` may put a ticket away on this desk."""
    return tuple(name for name in config.workflow.uncounted if name not in (DUPLICATE, MERGED))


def _kind(config: Configuration, word: str) -> str:
    known = choices(config, "resolution.code", {}) or {}
    found = meant(word, {name: known[name] for name in config.workflow.uncounted if name in known})
    if found == DUPLICATE:
        raise BadValue(msg("a duplicate names the other ticket"), hint=msg("tkt duplicate ID --of ID"))
    if found is None or found == MERGED:
        message = msg("no ticket is put away as {kind}", kind=word)
        raise BadValue(message, hint=msg("known are: {names}", names=kinds(config)))
    return found


def _declared(config: Configuration, code: str) -> str:
    if code not in config.workflow.uncounted:
        raise BadValue(msg("config/workflow.yaml has no {code} below uncounted", code=code))
    return code


def _put_away(
    ticket: Ticket, actor: Actor, config: Configuration, kind: str, given: Given, *, of: str | None = None
) -> Ticket:
    pen = pen_for(ticket, actor)
    keys: dict[str, Value] = {"as": kind, "of": of}
    after = ticket.with_events(pen.event("disposed", **keys))
    if of is not None:
        after = after.with_events(pen.event("linked", relation=DUPLICATE, to=of))
    if ticket.status in config.closed:
        return after
    return moved(after, pen, config, workflow.target(config, "close"), given)


def _must_stand(ticket: Ticket, config: Configuration) -> None:
    """Errors: CannotDispose where it is put away already, as something else."""
    present = disposal(ticket)
    if present is None:
        return
    raise CannotDispose(
        msg("{ticket} is put away already, as {kind}", ticket=ticket.id, kind=_kind_told(present, config)),
        hint=msg("tkt not-spam {ticket}", ticket=ticket.id),
    )


def _must_survive(ticket: Ticket, of: Ticket, config: Configuration) -> None:
    """Errors: CannotDispose where `of` cannot live on for `ticket`."""
    if ticket.id == of.id:
        raise CannotDispose(msg("{ticket} cannot be a duplicate of itself", ticket=ticket.id))
    present, survivor = disposal(of), survivor_of(of)
    if survivor is not None:
        raise CannotDispose(
            msg("{ticket} is itself a duplicate, of {survivor}", ticket=of.id, survivor=survivor),
            hint=_instead(ticket, of, survivor),
        )
    end = _uncounted_end(of, config)
    if present is not None or end is not None:
        kind = (
            _kind_told(present, config) if present is not None else workflow.code_word(config, _code_of(end))
        )
        raise CannotDispose(
            msg("{ticket} is put away as {kind}: nothing lives on in it", ticket=of.id, kind=kind),
            hint=msg("tkt not-spam {ticket}", ticket=of.id),
        )


def _instead(ticket: Ticket, of: Ticket, survivor: str) -> Message:
    if survivor == ticket.id:
        return msg("tkt not-spam {ticket}", ticket=of.id)
    return msg("tkt duplicate {ticket} --of {survivor}", ticket=ticket.id, survivor=survivor)


def _kind_told(present: Event, config: Configuration) -> str:
    of = present.get("of")
    kind = workflow.code_word(config, str(present.get("as")))
    return f"{kind} ({of})" if of else kind


def _code_of(move: Event | None) -> str:
    resolution = (move.get("resolution") if move is not None else None) or {}
    return str(resolution.get("code") or "")


def _uncounted_end(ticket: Ticket, config: Configuration) -> Event | None:
    """The move that closed it with an uncounted code, if it is closed so; not that of a merge."""
    last = next((event for event in reversed(ticket.effective) if event.did == "moved"), None)
    if last is None or ticket.status not in config.closed:
        return None
    present = disposal(ticket)
    if present is not None and of_one_command(present, last):
        return last
    code = _code_of(last)
    return last if code in config.workflow.uncounted and code != MERGED else None


def _unlinked(ticket: Ticket, pen: Pen, present: Event | None) -> Ticket:
    of = present.get("of") if present is not None else None
    return ticket.with_events(pen.event("unlinked", relation=DUPLICATE, to=of)) if of else ticket


def _moved_back(ticket: Ticket, end: Event, pen: Pen, config: Configuration) -> Ticket:
    """Back in the status before `end`, by no way of the workflow, with the wait and the resolution it had then."""
    told = folded([event for event in ticket.effective if event.order < end.order], finished=config.finished)
    keys = {name: told.get(name) for name in ("waiting", "resolution")}
    after = with_move(ticket, move_event(ticket, pen, str(end.get("from")), keys), config)
    return record(after, pen, "resolution", keys["resolution"])
