"""Did those who are said to have done something commit it?

`by` and the author of a commit are claims, unless commits are signed; this says whether they fit.
What customers said, and what the desk's own rules did, is written down by whoever did it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tkt.actions.personal import REDACTED
from tkt.audits.cases import Commit, TicketCase, about
from tkt.audits.finding import Finding, Level
from tkt.audits.naming import is_a_machines, named
from tkt.i18n import Message, msg, msgn
from tkt.model import Event

_OUTSIDE = ("customer", "vendor")


def authors(case: TicketCase) -> Iterator[Finding]:
    """What somebody of the desk did comes in a commit of theirs, or one that names them as co-author."""
    for by, events, origin in _claims(case):
        person = case.manner.person(by)
        if person is None or any(person.has_mail(mail) for _, mail in origin.writers):
            continue
        name, mail = origin.author
        told = msgn(
            "{count} event is by {who}, but was committed by {name} <{mail}>",
            "{count} events are by {who}, but were committed by {name} <{mail}>",
            len(events),
            who=by,
            name=name,
            mail=mail,
        )
        together = msg("did they work together? Then the commit says: Co-authored-by: {who} <…>", who=by)
        yield _doubtful(events, by, told, case, hint=together)


def strangers(case: TicketCase) -> Iterator[Finding]:
    """Who did something is somebody of config/people.yaml, as the judging configuration has it."""
    for by, events, _origin in _claims(case):
        if case.manner.person(by) is None:
            told = msgn(
                "{count} event is by {who}, who is nobody of config/people.yaml",
                "{count} events are by {who}, who is nobody of config/people.yaml",
                len(events),
                who=by,
            )
            yield _doubtful(events, by, told, case)


def former(case: TicketCase) -> Iterator[Finding]:
    """Who has left does nothing new."""
    for by, events, _origin in _claims(case):
        person = case.manner.person(by)
        if person is not None and person.kind == "former":
            told = msgn(
                "{count} new event is by {who}, who has left the desk",
                "{count} new events are by {who}, who has left the desk",
                len(events),
                who=by,
            )
            yield about(Level.ERROR, events[0], told, case, person=by)


def machines(case: TicketCase) -> Iterator[Finding]:
    """What a machine does is marked `auto`: its words answer nobody (docs/sla.md L1)."""
    for event in case.new:
        person = case.manner.person(event.by)
        is_bots = person is not None and person.kind == "bot"
        if (is_bots or is_a_machines(event)) and not event.auto and event.role not in _OUTSIDE:
            told = msg("{what} is a machine's, but is not marked auto", what=named(event))
            yield about(Level.ERROR, event, told, case)


def _claims(case: TicketCase) -> Iterator[tuple[str, Sequence[Event], Commit]]:
    """Person by person and commit by commit: the new events and redactions that are said to be theirs."""
    found: dict[tuple[str, str], tuple[list[Event], Commit]] = {}
    for by, event, origin in _claimed(case):
        found.setdefault((by, origin.sha), ([], origin))[0].append(event)
    for (by, _sha), (events, origin) in found.items():
        yield by, events, origin


def _claimed(case: TicketCase) -> Iterator[tuple[str, Event, Commit]]:
    for event in case.new:
        origin = case.origins.get(event.id)
        if origin is not None and event.role not in _OUTSIDE and not is_a_machines(event):
            yield event.by, event, origin
    for event in case.after.events:
        origin, said = case.redactions.get(event.id), event.get(REDACTED)
        if origin is not None and isinstance(said, Mapping) and said.get("by"):
            yield str(said["by"]), event, origin


def _doubtful(
    events: Sequence[Event], by: str, told: Message, case: TicketCase, *, hint: Message | None = None
) -> Finding:
    level = Level.ERROR if case.manner.strict else Level.WARNING
    return about(level, events[0], told, case, hint=hint, person=by)
