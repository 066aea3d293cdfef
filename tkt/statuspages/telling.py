"""What does a customer see of their request? Only what is named here, and nothing else of the ticket.

Everything on the page is a field of `StatusPage`. Notes, messages to vendors and colleagues, the names,
logins and addresses of people of the desk, next actions and all other fields have no way into it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Literal

from tkt.addressed import page_until
from tkt.attachments import attachments_of, label_of
from tkt.frozen import dataclass
from tkt.guards.disposal import survivor_of
from tkt.i18n import LANGUAGES, msg, render, speaking
from tkt.model import Event, Ticket
from tkt.render.canned import moment_words
from tkt.render.text import clean, one_line
from tkt.schema import Configuration
from tkt.schema.base import words_in
from tkt.schema.workflow import Category
from tkt.sla import Verdict

Side = Literal["you", "us", "machine"]
_SPOKEN_OF = ("promise", "first_response", "next_response")
"""Clocks of which a customer is told when they are due; the others are targets of the desk."""
_ROLES: dict[str, Side] = {"customer": "you", "agent": "us", "system": "machine"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusMessage:
    """Something that the customer wrote, or that was written to them."""

    at: datetime
    side: Side
    name: str  # of who wrote for the desk, where a public one is known; else empty
    text: str  # empty where it was taken out
    files: tuple[str, ...] = ()  # names


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPage:
    """The whole of a status page."""

    ticket: str
    language: str
    title: str
    status: str  # the public word
    category: Category
    received_at: datetime
    closed_at: datetime | None
    gone_at: datetime | None  # None: not closed
    next_step: str
    due: str  # by when, in words; empty where no time was named to the customer
    due_at: datetime | None
    needed: str  # what the customer is to tell or send
    owner: str  # a public name
    messages: tuple[StatusMessage, ...]
    moved_to: str | None  # the customer's other ticket in which it goes on
    reply: str
    contact: str
    as_of: datetime | None = None  # when it was told; never a reason to tell it again


def language_of(ticket: Ticket, config: Configuration) -> str:
    """The ticket's language, where tkt speaks it; else the desk's."""
    wish = str(ticket.get("language"))
    return wish if wish in LANGUAGES else config.desk.language


def status_page(
    ticket: Ticket,
    config: Configuration,
    verdicts: Sequence[Verdict],
    now: datetime,
    *,
    survivor: Ticket | None = None,
) -> StatusPage:
    """What the customer sees at `now`; `survivor`: the ticket that it is a duplicate of."""
    language = language_of(ticket, config)
    goes_on = survivor is not None and is_of_same_customer(ticket, survivor)
    with speaking(language):
        category = _category(ticket, config)
        needed = _needed(ticket, category)
        due = told_due(verdicts, now) if category != "closed" else None
        return StatusPage(
            ticket=ticket.id,
            language=language,
            title=title_of(ticket, config, language),
            status=status_of_page(ticket, config, language),
            category=category,
            received_at=ticket.received_at,
            closed_at=ticket.status_changes[-1][0] if ticket.status in config.closed else None,
            gone_at=page_until(ticket, config),
            next_step=_next_step(category, bool(needed), goes_on),
            due=moment_words(due, language, config.desk.zone) if due is not None else "",
            due_at=due,
            needed=needed,
            owner=public_name(ticket.owner, config),
            messages=tuple(_messages(ticket, config)),
            moved_to=survivor_of(ticket) if goes_on else None,
            reply=_reply(ticket, category),
            contact=one_line(words_in(config.reports.site.contact, language)),
            as_of=now,
        )


def title_of(ticket: Ticket, config: Configuration, language: str) -> str:
    """The title as the request came in; else what it is about, in the desk's public words.

    A title that somebody of the desk chose or changed is theirs, and not for the customer.
    """
    changed = any(event.did == "set" and event.get("field") == "title" for event in ticket.events)
    opened = ticket.opened
    if not changed and ticket.title and opened is not None and opened.role == "customer":
        return one_line(ticket.title)
    declared = config.category(ticket.get("type"), ticket.get("category"))
    kind = config.taxonomy.of_type.get(str(ticket.get("type")))
    labels = (it.label(language, "") for it in (declared, kind) if it is not None)
    label = next(filter(None, labels), "") or render(msg("Your request"))
    return f"{label[:1].upper()}{label[1:]}"


def status_of_page(ticket: Ticket, config: Configuration, language: str) -> str:
    """The public word for where it stands; the desk's own words are never shown."""
    declared = config.workflow.statuses.get(ticket.status)
    if declared is None:
        return render(msg("In progress"))
    is_theirs = declared.category == "waiting" and _waits_on(ticket) == "customer"
    found = words_in(declared.public_if_customer, language) if is_theirs else ""
    return found or words_in(declared.public, language) or render(_PUBLIC[declared.category])


_PUBLIC = {
    "new": msg("Received"),
    "active": msg("In progress"),
    "waiting": msg("In progress"),
    "resolved": msg("Solved"),
    "closed": msg("Closed"),
}


def public_name(person: str | None, config: Configuration) -> str:
    """The name under which customers know somebody; empty where there is none."""
    declared = config.people.people.get(person or "")
    return one_line(declared.public_name or "") if declared is not None else ""


def is_of_same_customer(one: Ticket, other: Ticket) -> bool:
    """Whether both are surely of the same customer: by its file, else by the contact's mail address, number or account."""
    if one.get("customer") or other.get("customer"):
        return bool(one.get("customer")) and one.get("customer") == other.get("customer")
    return bool(_identities(one) & _identities(other))


def _identities(ticket: Ticket) -> set[str]:
    contact = ticket.get("contact")
    known = contact if isinstance(contact, Mapping) else {}
    return {str(known[key]).casefold() for key in ("email", "phone", "account") if known.get(key)}


def _category(ticket: Ticket, config: Configuration) -> Category:
    declared = config.workflow.statuses.get(ticket.status)
    return declared.category if declared is not None else "active"


def _waits_on(ticket: Ticket) -> str:
    waiting = ticket.get("waiting")
    return str(waiting.get("on")) if isinstance(waiting, Mapping) else ""


def _needed(ticket: Ticket, category: Category) -> str:
    waiting = ticket.get("waiting")
    if category != "waiting" or not isinstance(waiting, Mapping) or waiting.get("on") != "customer":
        return ""
    return one_line(str(waiting.get("for") or "")) or render(msg("your answer"))


def _next_step(category: Category, is_asked: bool, goes_on: bool) -> str:
    if goes_on:
        return render(msg("We go on with this in another request of yours."))
    if category == "waiting" and is_asked:
        return render(msg("We need something from you and go on as soon as we have it."))
    return render(_STEPS[category])


_STEPS = {
    "new": msg("A person reads your request and answers you."),
    "active": msg("We are working on it and write to you."),
    "waiting": msg("We are working on it and write to you."),
    "resolved": msg("We believe it is solved. Tell us if it is not, and we go on with it."),
    "closed": msg("Nothing more is to be done. Write to us if it comes back."),
}


def told_due(verdicts: Sequence[Verdict], now: datetime) -> datetime | None:
    """The next instant that was named to the customer and is still to come: a promise, else the next answer."""
    running = [it for it in verdicts if it.is_running and it.due_at is not None and it.due_at > now]
    for names in (_SPOKEN_OF[:1], _SPOKEN_OF[1:]):
        found = [it.due_at for it in running if it.due_at and it.clock.partition(":")[0] in names]
        if found:
            return min(found)
    return None


def _reply(ticket: Ticket, category: Category) -> str:
    if category == "closed":
        return render(msg("Write to us as you did before, and name {id}.", id=ticket.id))
    return render(
        msg("Answer our last message, or write to us as you did before and name {id}.", id=ticket.id)
    )


def _messages(ticket: Ticket, config: Configuration) -> Iterator[StatusMessage]:
    shown = [event for event in ticket.effective if is_shown(event)]
    files = _files(ticket)
    for event in shown:
        side = _ROLES[event.role]
        yield StatusMessage(
            at=event.at,
            side=side,
            name=public_name(event.by, config) if side == "us" else "",
            text="" if event.get("redacted") else clean(str(event.get("text") or "")).strip(),
            files=files.get(event.id, ()),
        )


def is_shown(event: Event) -> bool:
    """Whether an event is a message between the desk and this customer, and nothing else."""
    return event.did == "message" and event.role in _ROLES and event.get("to", "customer") == "customer"


def _files(ticket: Ticket) -> dict[str, tuple[str, ...]]:
    """Id of a message → the names of the files that came with it."""
    found: dict[str, list[str]] = {}
    for it in attachments_of(ticket):
        if it.message is not None:
            found.setdefault(it.message, []).append(label_of(it.name))
    return {message: tuple(names) for message, names in found.items()}
