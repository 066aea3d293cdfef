"""How does a ticket begin?

Nothing is refused at the door but what makes it no ticket at all: a channel and words are enough,
and what else the type needs guards the exit of `new`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from tkt import workflow
from tkt.actions.actor import Actor, Pen, pen_for
from tkt.actions.fields import refuse_moved_only, taken_apart, type_for
from tkt.actions.following import after_opening
from tkt.actions.given import NOTHING_GIVEN, Given
from tkt.actions.messages import worded
from tkt.actions.moving import moved
from tkt.actions.values import named, parsed
from tkt.errors import UsageError
from tkt.guards import Missing
from tkt.i18n import msg
from tkt.model import Ticket, Value
from tkt.schema import Configuration

TITLE_LENGTH = 60
UNKNOWN = "customer"
"""Who speaks where nobody said who it was."""


class CannotOpen(UsageError):
    """Too little to be a ticket; `missing` says what."""

    code = "cannot-open"

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__(
            msg("a new ticket needs:{what}", what=workflow.line_each(missing)),
            hint=msg('tkt new --channel email --text "…"'),
        )
        self.missing = tuple(missing)


def open_ticket(
    actor: Actor,
    config: Configuration,
    *,
    id: str,
    values: Mapping[str, Value],
    words: str,
    status: str | None = None,
    raised_by: Literal["customer", "agent"] = "customer",
    first_contact: Literal["live", "proactive"] | None = None,
    source: str | None = None,
    external_id: str | None = None,
    follows: str | None = None,
    and_then: str | None = None,
    given: Given = NOTHING_GIVEN,
) -> Ticket:
    """A new ticket with its opening event, the words it came with, and what rules and table make of it.

    `values` as typed, `channel` among them; the title is the first line of `words` where none is
    given, and the words are the title where there are none. What an agent raises begins with their
    note, as the customer has not written. A late record needs a reason unless the channel is an offline
    one (docs/sla.md S5). `and_then`, `given`: a move in the same command (a call solved at once).
    Errors: CannotOpen without channel or words, UnknownField, BadValue, ReasonNeeded, BadTime, those
    of `move`.
    """
    stored = opened_values(config, values, me=actor.by, now=actor.at or actor.now)
    priority = taken_apart(named(config, values)).get("priority")
    words = words if words.strip() else stored.get("title", "")
    pen = pen_for(None, actor, excused=_is_offline(config, stored.get("channel")))
    start = status or first_status(config)
    theirs = pen if raised_by == "agent" else pen.held_by(requester(stored), role="customer", auto=False)
    origin: dict[str, Value] = {
        "source": source,
        "external_id": external_id,
        "first_contact": first_contact,
        "follows": follows,
    }
    opening = theirs.event(
        "opened", status=start, raised_by=raised_by, channel=stored.get("channel"), **origin
    )
    kept = {"title": _title(words), "received_at": pen.at, **stored}
    ticket = Ticket(id=id, status=start, events=(opening,)).with_values(**kept)
    ticket = _with_words(ticket, theirs, words)
    lacking = workflow.missing_to_enter(ticket, start, config)
    if lacking:
        raise CannotOpen(lacking)
    ticket = after_opening(ticket, pen, config, priority=priority)
    if and_then is None:
        return ticket
    return moved(ticket, pen, config, workflow.destination(config, and_then), given)


def opened_values(
    config: Configuration, values: Mapping[str, Value], *, me: str, now: datetime
) -> dict[str, Value]:
    """The stored keys that values as typed give a new ticket; the priority is for the table to say.

    Errors: UnknownField, BadValue.
    """
    wanted = taken_apart(named(config, values, me=me))
    wanted.pop("priority", None)
    return _stored(config, wanted, now)


def requester(values: Mapping[str, Value]) -> str:
    """By what a customer's events name them: mail address, phone, account, name, else the customer's id."""
    contact = values.get("contact") or {}
    accounts = [word for key, word in contact.items() if key != "name"]
    known = [
        contact.get("email"),
        contact.get("phone"),
        *accounts,
        contact.get("name"),
        values.get("customer"),
    ]
    return next((str(word) for word in known if word), UNKNOWN)


def first_status(config: Configuration) -> str:
    """The status in which tickets begin. Errors: UsageError where the desk has none."""
    for name, it in config.workflow.statuses.items():
        if it.category == "new":
            return name
    raise UsageError(msg("this desk has no status of the category {category}", category="new"))


def _stored(config: Configuration, wanted: Mapping[str, Value], now: datetime) -> dict[str, Value]:
    found: dict[str, Value] = {}
    if wanted.get("category") and not wanted.get("type"):
        found["type"] = type_for(config, str(wanted["category"]), None)
    for name, given in wanted.items():
        refuse_moved_only(name, given, {})
        value = parsed(config, name, given, found, now=now)
        if value is not None:
            found[name.partition(".")[0]] = value
    return found


def _with_words(ticket: Ticket, pen: Pen, words: str) -> Ticket:
    if not words.strip():
        return ticket
    if pen.actor.role == "customer":
        return ticket.with_events(pen.event("message", text=worded(words)))
    return ticket.with_events(pen.event("note", text=worded(words)))


def _title(words: str) -> str | None:
    first = next((line.strip() for line in words.splitlines() if line.strip()), "")
    return first if len(first) <= TITLE_LENGTH else first[: TITLE_LENGTH - 1].rstrip() + "…"


def _is_offline(config: Configuration, channel: str | None) -> bool:
    declared = config.channels.channels.get(channel or "")
    return declared is not None and declared.kind == "offline"
