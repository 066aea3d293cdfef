"""What is said: to the customer, by the customer, among ourselves?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypedDict

from tkt import workflow
from tkt.actions.actor import Actor, Pen, pen_for, stamped
from tkt.actions.following import ReasonNeeded, after_change
from tkt.actions.given import NOTHING_GIVEN, Given, next_action_given
from tkt.actions.messages import Addressee, said, worded
from tkt.actions.moving import move_event, moved, must_be_within_window, with_move
from tkt.actions.opening import requester
from tkt.actions.recording import last_word, record
from tkt.actions.thanks import THANKS, thanks_of
from tkt.actions.values import parsed
from tkt.actions.vocabulary import mentioned
from tkt.errors import Refused
from tkt.guards.talk import unanswered_messages
from tkt.i18n import msg
from tkt.late import late
from tkt.model import MOVED_KEYS, Ticket
from tkt.schema import Configuration

CUSTOMER_WROTE = "rule:customer-writes"
TWO_MESSAGES = "rule:two-messages"
CALM, CHASED = "green", "yellow"
_MOVE_TO = late(r"move to (\S+)")


class _Words(TypedDict):
    sent_by: str | None
    asks_customer: bool
    canned: str | None
    articles: Sequence[str]


class NothingToAnswer(Refused):
    """No message of the customer's is without an answer."""

    code = "nothing-to-answer"


def reply(
    ticket: Ticket,
    actor: Actor,
    config: Configuration,
    *,
    text: str,
    to: Addressee = "customer",
    sent_by: str | None = None,
    asks_customer: bool = False,
    canned: str | None = None,
    articles: Sequence[str] = (),
    and_then: str | None = None,
    given: Given = NOTHING_GIVEN,
    spent: int | None = None,
) -> Ticket:
    """Write to the customer (or a vendor, a colleague), and move on in the same command.

    `sent_by`: it was delivered already, by phone, wechat … `articles`: those of the knowledge base that it
    cites, by name. `and_then`: `wait`, `resolve`, `start`,
    `close` or a status, with what is `given` for it. `spent`: minutes, written once. Errors: NothingSaid,
    BadTime, those of `move`.
    """
    pen = pen_for(ticket, actor)
    words: _Words = {
        "sent_by": sent_by,
        "asks_customer": asks_customer,
        "canned": canned,
        "articles": articles,
    }
    if and_then is None:
        return said(ticket, pen, text, to=to, spent=spent, **words)
    given = replace(given, spent=spent or given.spent)
    if to != "customer":
        ticket = said(ticket, pen, text, to=to, **words)
    else:
        given = replace(given, reply=text, **words)
    return moved(ticket, pen, config, workflow.destination(config, and_then), given)


def heard(
    ticket: Ticket,
    actor: Actor,
    config: Configuration,
    *,
    text: str,
    channel: str | None = None,
    from_name: str | None = None,
    given: Given = NOTHING_GIVEN,
    spent: int | None = None,
) -> Ticket:
    """Write down what the customer said elsewhere; a waiting ticket moves on (docs/sla.md L3, L8).

    A late record needs no reason (S5). Where it was said before the ticket moved to where it is, it
    stays there. A second message without an answer raises green to yellow. A closed ticket takes it
    inside the reopen window, else Errors: ReopenWindowPassed; and NothingSaid, BadTime, BadValue for
    an unknown channel. `spent`: the actor's minutes, an event of their own, as the message is not theirs.
    """
    pen = pen_for(ticket, actor, excused=True)
    via = parsed(config, "channel", channel, {})
    must_be_within_window(ticket, pen, config, workflow.target(config, "reopen"))
    theirs = pen.held_by(from_name or requester(ticket.values), role="customer", auto=False, via=via)
    after = ticket.with_events(theirs.event("message", text=worded(text)))
    if spent:
        after = after.with_events(pen.event("spent", minutes=spent))
    late = _pen_after_changes(after, pen, actor)
    to = status_when_customer_writes(ticket.status, config)
    if to is not None and pen.at >= ticket.status_changes[-1][0]:
        is_late = any((last_word(ticket, field) or pen.at) > pen.at for field in MOVED_KEYS)
        after = _moved_on(after, late if is_late else pen, config, to, given)
    return _raised(after, late, config)


def note(
    ticket: Ticket,
    actor: Actor,
    config: Configuration,
    *,
    text: str,
    decision: bool = False,
    spent: int | None = None,
) -> Ticket:
    """Write an internal note; people named with @ are kept as `mentions`. Errors: NothingSaid, BadTime."""
    words = worded(text)
    event = pen_for(ticket, actor).event(
        "note",
        mentions=mentioned(words, config) or None,
        decision=decision or None,
        spent=spent,
        text=words,
    )
    return ticket.with_events(event)


def noreply(ticket: Ticket, actor: Actor, _config: Configuration) -> Ticket:
    """Say that the newest unanswered message of the customer's needs no answer, and why.

    A mere thank-you is its own reason. Errors: ReasonNeeded, NothingToAnswer, BadTime.
    """
    messages = unanswered_messages(ticket)
    if not messages:
        raise NothingToAnswer(msg("no message of the customer's waits for an answer"))
    pen = pen_for(ticket, actor)
    if not pen.actor.reason:
        pen = replace(pen, actor=replace(pen.actor, reason=_thanks_or_reason(ticket)))
    return ticket.with_events(pen.event("no-reply-needed", message=messages[-1].id))


def _thanks_or_reason(ticket: Ticket) -> str:
    """Errors: ReasonNeeded where the message is no mere thank-you."""
    if thanks_of(ticket) is not None:
        return THANKS
    raise ReasonNeeded(
        msg("say why the customer's message needs no answer"),
        hint=msg('tkt noreply {ticket} --reason "…"', ticket=ticket.id),
    )


def status_when_customer_writes(status: str, config: Configuration) -> str | None:
    """Where a customer's message takes a ticket of this status by itself; None where it stays.

    config/workflow.yaml, `customer_writes`: status or category → `move to STATUS`; where it says
    nothing of waiting, a waiting ticket goes on (docs/sla.md L8).
    """
    category = config.status_category(status)
    wishes = config.workflow.customer_writes
    wish = wishes.get(status, wishes.get(category))
    if wish is None and category == "waiting":
        return workflow.target(config, "start")
    found = _MOVE_TO.fullmatch(wish.strip()) if isinstance(wish, str) else None
    to = found[1] if found else None
    return to if to in config.workflow.statuses and to != status else None


def _pen_after_changes(ticket: Ticket, pen: Pen, actor: Actor) -> Pen:
    """`pen`, or one that writes now where fields were changed since: a rule cannot act before them."""
    if not any(event.did in ("set", "moved") and event.at > pen.at for event in ticket.effective):
        return pen
    return replace(pen, at=stamped(ticket, replace(actor, at=None)), recorded_at=None)


def _raised(ticket: Ticket, pen: Pen, config: Configuration) -> Ticket:
    """Two unanswered messages raise green to yellow, on an open ticket of a desk that has both."""
    is_calm = ticket.get("urgency") == CALM and {CALM, CHASED} <= set(config.taxonomy.urgency)
    if not is_calm or ticket.status in config.finished or len(unanswered_messages(ticket)) < 2:
        return ticket
    mine = pen.held_by(TWO_MESSAGES)
    raised = record(ticket, mine, "urgency", CHASED, because="two unanswered messages")
    return after_change(ticket, raised, mine, config, {})


def _moved_on(ticket: Ticket, pen: Pen, config: Configuration, to: str, given: Given) -> Ticket:
    """Moved by the rule and not by a person: no guard is asked, the next action is the desk's usual one."""
    mine = pen.held_by(CUSTOMER_WROTE)
    parts = {"next_action": next_action_given(ticket, given, mine, config, (ticket.status, to))}
    return with_move(ticket, move_event(ticket, mine, to, parts), config)
