"""Does a ticket speak of things that the desk knows: kinds of event, keys, values, other tickets?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tkt.actions.vocabulary import choices, meant
from tkt.checks.finding import Finding
from tkt.errors import Severity, did_you_mean
from tkt.i18n import Message, msg
from tkt.ids import is_ticket_id
from tkt.late import late
from tkt.model import KINDS, Event, Ticket, Value
from tkt.schema import Configuration

_LANGUAGE = late(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_CHOSEN = (
    "type",
    "category",
    "product",
    "impact",
    "urgency",
    "complexity",
    "priority",
    "team",
    "owner",
    "channel",
    "tier",
)


def kinds(ticket: Ticket, _config: Configuration) -> Iterator[Finding]:
    """An unknown kind of event is kept, and told: it may be a newer tkt's or a slip."""
    for event in ticket.events:
        if event.did not in KINDS:
            yield Finding(
                code="unknown-event",
                message=msg("unknown kind of event {did}: kept, but it does nothing", did=event.did),
                event=event.id,
                hint=did_you_mean(event.did, KINDS),
                severity=Severity.WARNING,
            )


def keys(ticket: Ticket, config: Configuration) -> Iterator[Finding]:
    """An undeclared key is kept, and told, so that `prioirty` is caught (docs/file-format.md)."""
    for name in ticket.values:
        if name not in config.field_kinds:
            yield Finding(
                code="undeclared",
                message=msg("{key} is no field of this desk: kept, but unused", key=name),
                key=(name,),
                hint=did_you_mean(name, config.field_kinds) or _declare(name),
                severity=Severity.WARNING,
            )


def values(ticket: Ticket, config: Configuration) -> Iterator[Finding]:
    """Every value of a key with fixed values is one of them."""
    for name in (*_CHOSEN, *config.taxonomy.fields):
        value = ticket.get(name)
        known = None if value is None else choices(config, name, ticket.values)
        if known is None:
            continue
        for word in value if isinstance(value, list) else [value]:
            if word not in known:
                yield _unknown_value((name,), name, word, known, meant(str(word), known))


def resolution(ticket: Ticket, config: Configuration) -> Iterator[Finding]:
    """Code and cause are the workflow's."""
    found = ticket.get("resolution")
    for part in ("code", "cause"):
        known = choices(config, f"resolution.{part}", {}) or {}
        word = found.get(part) if isinstance(found, dict) else None
        if word is not None and word not in known:
            yield _unknown_value(("resolution", part), part, word, known)


def language(ticket: Ticket, _config: Configuration) -> Iterator[Finding]:
    """A language is written as the web writes it: `en`, `zh`, `pt-BR`."""
    word = ticket.get("language")
    if word is not None and not _LANGUAGE.fullmatch(str(word)):
        message = msg("language is {value}, expected a code like en or zh", value=word)
        yield Finding(code="value", message=message, key=("language",))


def references(ticket: Ticket, _config: Configuration) -> Iterator[Finding]:
    """What names another ticket is a ticket's whole id, and not this one's own."""
    for key, event, named in _references(ticket):
        if not isinstance(named, str) or not is_ticket_id(named):
            message = msg("{value} is not a ticket's id, expected one like 261121-K7Q2M", value=named)
        elif named == ticket.id:
            message = msg("it names itself")
        else:
            continue
        yield Finding(code="reference", message=message, key=key, event=event.id if event else None)


def _references(ticket: Ticket) -> Iterator[tuple[tuple[str, ...], Event | None, Value]]:
    if ticket.get("parent") is not None:
        yield ("parent",), None, ticket.get("parent")
    for event in ticket.events:
        for did, key in (("opened", "follows"), ("disposed", "of"), ("split", "into"), ("merged", "into")):
            named = event.get(key) if event.did == did else None
            for each in named if isinstance(named, list) else [named]:
                if each is not None:
                    yield (), event, each


def _unknown_value(
    key: tuple[str, ...], name: str, word: Value, known: Iterable[str], right: str | None = None
) -> Finding:
    if right is not None:
        hint: Message | None = msg("write {value}", value=right)
    else:
        hint = did_you_mean(str(word), known)
    return Finding(
        code="value", message=msg("{field} cannot be {value}", field=name, value=word), key=key, hint=hint
    )


def _declare(name: str) -> Message:
    return msg(
        "declare it in config/taxonomy.yaml under fields: {example}", example=f"{name}: {{type: text}}"
    )
