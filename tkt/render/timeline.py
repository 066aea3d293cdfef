"""How is what happened told in lines: who did what?

What one command set is one line; everything else has a line of its own (`tkt.render.telling`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from tkt.i18n import Message, msg, render
from tkt.model import Event, Ticket, Value
from tkt.render import words
from tkt.render.telling import changed, told
from tkt.render.text import one_line
from tkt.render.values import enumerated, reason_text, with_more
from tkt.schema import Configuration

_COMMAND = 4  # characters of an event's id that name its command (docs/file-format.md, Events)


def together(events: Iterable[Event]) -> Iterator[tuple[Event, ...]]:
    """The events line by line: consecutive `set`s of one command and one author share a line."""
    for _line, group in groupby(events, key=_line_of):
        yield tuple(group)


def headlines(events: Iterable[Event], ticket: Ticket, config: Configuration) -> Iterator[str]:
    """One line for each event or group of `set`s."""
    return (headline(group, ticket, config) for group in together(events))


def headline(group: Sequence[Event], ticket: Ticket, config: Configuration) -> str:
    """`Li Wei: New → In progress`, with what stands out: forced, back-dated, why.

    `group` is a member of `together`. On one line, and safe for a terminal.
    """
    who = author(group[0], ticket, config)
    return one_line(render(msg("{who}: {told}", who=who, told=said(group, ticket, config))))


def author(event: Event, ticket: Ticket, config: Configuration) -> str:
    """Who did it, by the name under which its line tells of them."""
    return _contact_name(event, ticket) or words.author_name(config, event.by)


def said(group: Sequence[Event], ticket: Ticket, config: Configuration) -> str:
    """The same without who did it, as it was written: not yet on one line."""
    what = render(changed(group, config) if group[0].did == "set" else told(group[0], ticket, config))
    extras = [render(extra) for event in group for extra in _extras(event)]
    return with_more(what, enumerated(dict.fromkeys(extras))) if extras else what


def _line_of(event: Event) -> tuple[object, ...]:
    if event.did != "set":
        return (id(event),)
    return (event.at, event.by, event.id[:_COMMAND])


def _contact_name(event: Event, ticket: Ticket) -> str | None:
    """The customer's name, where the event names them by another of their identities."""
    contact = ticket.get("contact")
    if event.role != "customer" or not isinstance(contact, Mapping) or event.by not in contact.values():
        return None
    name: str | None = contact.get("name")
    return name


def _extras(event: Event) -> Iterator[Message]:
    if event.forced:
        yield msg("forced")
    if event.reason:
        yield msg("because {reason}", reason=reason_text(event.reason))
    if event.is_back_dated:
        yield msg("back-dated")
    if event.get("redacted"):
        yield _redacted(event.get("redacted"))


def _redacted(mark: Value) -> Message:
    why = mark.get("why") if isinstance(mark, Mapping) else None
    return msg("redacted: {why}", why=why) if why else msg("redacted")
