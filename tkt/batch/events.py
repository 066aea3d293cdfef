"""How does a raw event of the file format become one of a ticket's, judged by its kind?

Other programs record with it what no verb of tkt's does. What moves a ticket or sets a field goes through
the verbs that know its guards and folds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from tkt.actions import Actor, correct
from tkt.actions.actor import pen_for
from tkt.actions.messages import worded
from tkt.batch.lines import BadLine, shape_of
from tkt.checks import tracked
from tkt.clock import instant_text, parse_instant
from tkt.desk import Desk
from tkt.errors import did_you_mean
from tkt.i18n import Message, msg
from tkt.model import KINDS, Ticket
from tkt.schema import Configuration

ROLES = ("customer", "agent", "vendor", "system")
ABOUT = ("by", "role", "auto", "via", "reason")
"""Keys of every event that may be given; `id`, `at` and `recorded_at` are tkt's."""

INSTEAD: Mapping[str, str] = MappingProxyType(
    {
        "opened": "new",
        "moved": "move, start, wait, resolve, close, reopen",
        "set": "set, tag, assign",
        "disposed": "spam, duplicate",
        "restored": "not-spam",
    }
)
"""Kinds that change a ticket's present, and the verbs that record them."""

NEEDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "message": ("text",),
        "note": ("text",),
        "no-reply-needed": ("message",),
        "corrected": ("event",),
        "spent": ("minutes",),
        "attached": ("file", "sha256", "bytes"),
        "linked": ("relation", "to"),
        "unlinked": ("relation", "to"),
        **tracked.NEEDED,
        "acknowledged": ("clock", "cycle"),
        "handed-over": ("to",),
        "visit": ("visit",),
        "visit-changed": ("visit",),
        "part": ("part",),
    }
)
"""Without these an event says nothing."""

_INSTANTS = frozenset({"sent_at", "until", "due"})
_NUMBERS = frozenset({"spent", "minutes", "bytes", "score", "scale", "quantity"})
_WHOLE = frozenset({"spent", "minutes", "bytes"})
_TRUTHS = frozenset({"asks_customer", "decision", "solved"})
_TEXTS = frozenset({"text", "comment", "note", "canned", "sent_by", "relation", "clock", "cycle", "event"})


def recorder(desk: Desk, given: Mapping[str, Any]) -> Callable[[Ticket, Actor, Configuration], Ticket]:
    """The action that records this event. Errors: BadLine, NotFound for who is no person of the desk."""
    did = given.get("did")
    _refuse_kind(did)
    kind = str(did)
    data = {key: _value(desk, kind, key, value) for key, value in given.items() if _is_own(kind, key, value)}
    lacking = next((key for key in NEEDED.get(kind, ()) if data.get(key) in (None, "")), None)
    if lacking is not None:
        raise BadLine(msg("{did}: {key} is missing, expected it", did=kind, key=f'"{lacking}"'))
    about = _about(desk, given)

    def record(ticket: Ticket, actor: Actor, config: Configuration) -> Ticket:
        theirs = replace(actor, **about)
        if kind == "corrected" and set(data) == {"event"}:
            return correct(ticket, theirs, config, [str(data["event"])])
        unknown = tracked.unknown_reference(ticket, kind, data)
        if unknown is not None:
            raise BadLine(unknown[0], hint=unknown[1])
        return ticket.with_events(pen_for(ticket, theirs).event(kind, **data))

    return record


def _refuse_kind(did: Any) -> None:
    if not isinstance(did, str):
        found = msg("nothing") if did is None else shape_of(did)
        raise BadLine(msg("{key} is {found}, expected a kind of event", key='"did"', found=found))
    if did in INSTEAD:
        raise BadLine(
            msg("an event {did} is not written as it is: it changes the ticket", did=did),
            hint=msg('"do": {verbs}', verbs=INSTEAD[did]),
        )
    if did not in KINDS:
        hint = did_you_mean(did, KINDS) or msg("docs/file-format.md lists the kinds")
        raise BadLine(msg("no kind of event {did}, expected one of the file format's", did=did), hint=hint)


def _is_own(did: str, key: str, value: Any) -> bool:
    """Whether it is one of the kind's own keys. Errors: BadLine for one that is of no event of this kind."""
    if key == "did" or key in ABOUT:
        return False
    if key not in KINDS[did]:
        taken = (*KINDS[did], *ABOUT)
        hint = did_you_mean(key, taken) or msg("{did} takes: {names}", did=did, names=taken)
        raise BadLine(msg("an event {did} has no key {key}", did=did, key=key), hint=hint)
    return value is not None


def _value(desk: Desk, did: str, key: str, value: Any) -> Any:
    if key == "text":
        return worded(_of(did, key, value, str, msg("text")))
    if key in _TRUTHS:
        return _of(did, key, value, bool, msg("true or false"))
    if key in _INSTANTS:
        text = _of(did, key, value, str, msg("an instant like 2026-11-21T09:15:00+08:00"))
        return instant_text(parse_instant(text, zone=desk.zone))
    if key == "target":
        return _target(did, _of(did, key, value, str, msg("open time, like 4h")))
    if key == "owner":
        return desk.person_named(_of(did, key, value, str, msg("a person of the desk")))
    if key in _NUMBERS:
        kinds = int if key in _WHOLE else (int, float)
        number = _of(did, key, value, kinds, msg("a whole number") if key in _WHOLE else msg("a number"))
        if isinstance(number, bool) or (key in _WHOLE and number < 0):
            raise _wrong(did, key, value, msg("a number"))
        return number
    return _of(did, key, value, str, msg("text")) if key in _TEXTS else value


def _target(did: str, text: str) -> str:
    """Open time, as it was written. Errors: BadLine."""
    fault = tracked.target_fault(text)
    if fault is not None:
        raise BadLine(msg("{did}: {fault}", did=did, fault=fault), hint=msg("open hours, such as 7h30m"))
    return text


def _of(did: str, key: str, value: Any, kinds: Any, expected: Message) -> Any:
    if not isinstance(value, kinds):
        raise _wrong(did, key, value, expected)
    return value


def _wrong(did: str, key: str, value: Any, expected: Message) -> BadLine:
    return BadLine(
        msg(
            "{did}: {key} is {found}, expected {expected}",
            did=did,
            key=key,
            found=shape_of(value),
            expected=expected,
        )
    )


def _about(desk: Desk, given: Mapping[str, Any]) -> dict[str, Any]:
    """What of the actor the event says: a customer or a machine may be anybody, an agent is of the desk."""
    found = {key: given[key] for key in ABOUT if given.get(key) is not None}
    for key, value in found.items():
        if not isinstance(value, bool if key == "auto" else str):
            raise _wrong("event", key, value, msg("true or false") if key == "auto" else msg("text"))
    role = found.get("role", "agent")
    if role not in ROLES:
        raise BadLine(
            msg("{key} cannot be {value}", key='"role"', value=role), hint=did_you_mean(role, ROLES)
        )
    if role == "agent" and "by" in found:
        found["by"] = desk.person_named(found["by"])
        found.setdefault("auto", desk.is_bot(found["by"]))
    if role != "agent" and "by" not in found:
        raise BadLine(msg("{key} is missing, expected who it was", key='"by"'))
    if role != "agent":
        found.setdefault("auto", role == "system")
    return found
