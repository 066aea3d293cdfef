"""How is it written down that files belong to a ticket, and to a message of it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from types import MappingProxyType

from tkt.actions.actor import Actor, Pen, pen_for
from tkt.attachments import Upload, attachments_of, total_size
from tkt.attachments.types import MEGABYTE, NotAllowed
from tkt.errors import NotFound
from tkt.i18n import msg
from tkt.ids import ALPHABET, event_ids
from tkt.model import Event, Ticket
from tkt.schema import Configuration

_WORDS = ("message", "note")
_DIGITS = ALPHABET.lower()


def attach(
    ticket: Ticket,
    actor: Actor,
    config: Configuration,
    uploads: Sequence[Upload],
    *,
    message: str | None = None,
) -> Ticket:
    """The ticket with these files, which came with the event `message` where one is named.

    What it has already under the same name is not recorded again. Errors: NotAllowed where its files
    would be too many bytes together, NotFound for an event that it has not, BadTime.
    """
    found = None if message is None else ticket.event(message)
    if message is not None and (found is None or found.did not in _WORDS):
        raise NotFound(msg("{ticket} has no message {event}", ticket=ticket.id, event=message))
    return _attached(ticket, pen_for(ticket, actor), config, uploads, message)


def with_files(
    before: Ticket | None, after: Ticket, actor: Actor, config: Configuration, uploads: Sequence[Upload]
) -> Ticket:
    """`after`, which one command made of `before`, with files that came with what it said.

    They belong to the last message or note among its new events, and are written at its instant. Errors:
    as `attach`.
    """
    if not uploads:
        return after
    words = _words_said(before, after)
    if words is None:
        return attach(after, actor, config, uploads)
    named = after
    if words.did == "message":
        names = [*words.get("attachments", ()), *(it.name for it in uploads)]
        told = replace(words, data=MappingProxyType({**words.data, "attachments": names}))
        named = replace(after, events=tuple(told if it.id == words.id else it for it in after.events))
    pen = Pen(actor=actor, at=words.at, recorded_at=words.recorded_at, ids=_ids_after(after, words))
    return _attached(named, pen, config, uploads, words.id)


def _attached(
    ticket: Ticket, pen: Pen, config: Configuration, uploads: Sequence[Upload], message: str | None
) -> Ticket:
    there = {(it.sha256, it.name, it.message) for it in attachments_of(ticket)}
    new = {(it.sha256, it.name, message): it for it in uploads}
    events = [_event(pen, it, message) for key, it in new.items() if key not in there]
    after = ticket.with_events(*events) if events else ticket
    limit = config.desk.attachments.ticket_mb
    if events and total_size(attachments_of(after)) > limit * MEGABYTE:
        raise NotAllowed(
            msg("{ticket} would have more than {limit} MB of files", ticket=ticket.id, limit=limit),
            hint=msg("what is kept, tkt.yaml says: attachments"),
        )
    return after


def _event(pen: Pen, it: Upload, message: str | None) -> Event:
    return pen.event(
        "attached", file=it.name, sha256=it.sha256, bytes=len(it.data), type=it.type, message=message
    )


def _words_said(before: Ticket | None, after: Ticket) -> Event | None:
    known = {event.id for event in before.events} if before else set()
    said = (event for event in reversed(after.events) if event.id not in known and event.did in _WORDS)
    return next(said, None)


def _ids_after(ticket: Ticket, event: Event) -> Iterator[str]:
    """Ids that go on counting where the command that wrote `event` has stopped; others where it gave its own."""
    taken = {each.id for each in ticket.events}
    stem = event.id[:4]
    if len(event.id) != len("3kq800"):
        return iter(event_ids(taken))
    counted = (
        f"{stem}{_DIGITS[number // 32]}{_DIGITS[number % 32]}" for number in count() if number < 32 * 32
    )
    return (each for each in counted if each > event.id and each not in taken)
