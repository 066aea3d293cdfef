"""Which operations are there, which keys has each, and what may stand in them?

The one table of it: `fitting` judges a line by it, docs/batch.md lists it. The words are those of the
command line: `--sent-by` is the key `sent_by`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from tkt.batch.lines import BadLine, shape_of
from tkt.clocks.causes import CAUSES
from tkt.durations import DurationError, parse_minutes
from tkt.errors import UsageError, did_you_mean
from tkt.i18n import Message, msg
from tkt.late import late

Values = dict[str, Any]
NAME = late(r"[A-Za-z_][A-Za-z0-9_-]{0,63}")
"""What `as` may call a ticket."""


class Key(NamedTuple):
    """What a key takes. `kind`: one of `_KINDS`; `known`: only these words."""

    kind: str = "text"
    known: tuple[str, ...] = ()
    needed: bool = False


class Verb(NamedTuple):
    """An operation. `makes`: it makes a ticket and is about none; else it needs `id`."""

    keys: Mapping[str, Key]
    makes: bool = False


TEXT, TRUTH, WORDS, FIELDS, MINUTES = Key(), Key("truth"), Key("words"), Key("fields"), Key("minutes")
_TO = Key(known=("customer", "vendor", "colleague"))
_SOLUTION = {"code": TEXT, "text": TEXT, "cause": TEXT}
_WAIT = {"on": _TO, "for": TEXT, "until": TEXT}
_NEXT = {"next": TEXT, "by_when": TEXT}
_REPLY = {"reply": TEXT, "sent_by": TEXT}
_CONFIRMED = {"confirmed": TEXT, "evidence": TEXT}
_MOVE = {"set": FIELDS, "force": TRUTH}

EVERY: Mapping[str, Key] = MappingProxyType({"by": TEXT, "at": TEXT, "reason": TEXT})
"""Keys of every line: without them, what the options of the command say."""

VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "new": Verb(
            {
                "as": TEXT, "title": TEXT, "channel": TEXT, "text": TEXT, "words": TEXT, "from": Key("contact"),
                "customer": TEXT, "type": TEXT, "category": TEXT, "impact": TEXT, "urgency": TEXT,
                "priority": TEXT, "asks": TEXT, "team": TEXT, "owner": TEXT, "tag": WORDS, "set": FIELDS,
                "raised": Key(known=("customer", "live", "proactive")), "resolved": TEXT, "code": TEXT,
                "cause": TEXT, "follows": TEXT, "source": TEXT, "external_id": TEXT,
            },
            makes=True,
        ),
        "set": Verb({"set": Key("fields", needed=True)}),
        "tag": Verb({"add": WORDS, "remove": WORDS}),
        "assign": Verb({"person": TEXT, "team": TEXT}),
        "escalate": Verb({"to": TEXT, "owner": TEXT, "note": TEXT}),
        "take": Verb({**_NEXT, **_MOVE}),
        "move": Verb(
            {
                "status": Key(needed=True), "owner": TEXT, **_WAIT, **_SOLUTION, **_NEXT, **_REPLY, **_CONFIRMED,
                "spent": MINUTES, **_MOVE,
            }
        ),
        "start": Verb({**_NEXT, **_MOVE}),
        "wait": Verb({**_WAIT, **_REPLY, "spent": MINUTES, **_MOVE}),
        "resolve": Verb({**_SOLUTION, **_REPLY, "spent": MINUTES, **_MOVE}),
        "close": Verb({**_CONFIRMED, **_SOLUTION, **_REPLY, "spent": MINUTES, **_MOVE}),
        "reopen": Verb({**_NEXT, **_MOVE}),
        "reply": Verb(
            {
                "text": Key(needed=True), "to": _TO, "sent_by": TEXT, "canned": TEXT, "kb": WORDS,
                "and": Key(known=("wait", "resolve", "start")), "for": TEXT, "until": TEXT, "code": TEXT,
                "cause": TEXT, "solution": TEXT, "next": TEXT, "spent": MINUTES, **_MOVE,
            }
        ),
        "heard": Verb({"text": Key(needed=True), "channel": TEXT, "from": TEXT, "spent": MINUTES}),
        "note": Verb({"text": Key(needed=True), "decision": TRUTH, "spent": MINUTES}),
        "noreply": Verb({}),
        "rate": Verb(
            {
                "score": Key(needed=True), "scale": TEXT, "comment": TEXT, "solved": Key(known=("yes", "no")),
                "survey": TEXT, "channel": TEXT, "from": TEXT,
            }
        ),
        "spam": Verb({"as": TEXT}),
        "duplicate": Verb({"of": Key(needed=True), **_REPLY}),
        "not-spam": Verb({}),
        "ack": Verb({"clock": WORDS, "cycle": WORDS, "cause": Key(known=CAUSES, needed=True)}),
        "event": Verb({"event": Key("event", needed=True)}),
    }
)  # fmt: skip
"""Operation → what it takes."""


def fitting(keys: Mapping[str, Any]) -> Values:
    """The keys of a line as their operation takes them, empty ones left out. Errors: BadLine."""
    do = keys.get("do")
    if do is None:
        raise BadLine(
            msg("{key} is missing, expected one of the operations", key='"do"'),
            hint=msg('{"do": "note", "id": "K7Q2M", "text": "…"}'),
        )
    if not isinstance(do, str) or do not in VERBS:
        raise _unknown_verb(do)
    verb = VERBS[do]
    known = {**({} if verb.makes else {"id": Key(needed=True)}), **verb.keys, **EVERY}
    for key in keys:
        if key not in known and key != "do":
            raise _unknown_key(do, key, known)
    found = {
        key: taken
        for key, value in keys.items()
        if key != "do" and (taken := _taken(do, key, known[key], value)) not in (None, "", [], {})
    }
    lacking = next((key for key, it in known.items() if it.needed and key not in found), None)
    if lacking is not None:
        raise BadLine(msg("{do}: {key} is missing, expected it", do=do, key=f'"{lacking}"'))
    return {"do": do, **found}


def _unknown_verb(do: Any) -> BadLine:
    if not isinstance(do, str):
        message = msg(
            "{key} is {found}, expected {expected}", key='"do"', found=shape_of(do), expected=msg("text")
        )
        return BadLine(message)
    hint = did_you_mean(do, VERBS) or msg("known are: {names}", names=tuple(VERBS))
    return BadLine(msg("no operation {do}, expected one of those there are", do=do), hint=hint)


def _unknown_key(do: str, key: str, known: Mapping[str, Key]) -> BadLine:
    names = [name for name in known if name not in EVERY or name == key]
    hint = did_you_mean(key.replace("-", "_"), known) or msg("{do} takes: {names}", do=do, names=tuple(names))
    return BadLine(msg("{do} has no key {key}, expected those that it takes", do=do, key=key), hint=hint)


def _taken(do: str, name: str, key: Key, value: Any) -> Any:
    """The value as its kind is stored; null is nothing. Errors: BadLine, with the key."""
    if value is None:
        return None
    try:
        found = _KINDS[key.kind](value)
    except UsageError as error:
        raise BadLine(
            msg("{do}: {key}: {fault}", do=do, key=name, fault=error.message), hint=error.hint
        ) from None
    if key.known and found and found not in key.known:
        raise BadLine(
            msg("{do}: {key} cannot be {value}", do=do, key=name, value=found),
            hint=did_you_mean(found, key.known),
        )
    return found


def _text(value: Any) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise _wrong(value, msg("text"))
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _wrong(value, msg("true or false"))
    return value


def _words(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list):
        raise _wrong(value, msg("a list of texts"))
    return [_text(each) for each in value]


def _fields(value: Any) -> Values:
    """Field → value, as `tkt set` takes them; null and an empty text remove one, which must not get lost here."""
    if not isinstance(value, dict):
        raise _wrong(value, msg("an object of fields and their values"))
    return {name.strip(): _field_value(name, each) for name, each in value.items()}


def _field_value(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_text(each) for each in value]
    if isinstance(value, dict) and any(isinstance(each, (dict, list)) for each in value.values()):
        raise UsageError(msg("{field} is nested too deeply, expected texts in it", field=name))
    return value


def _contact(value: Any) -> Any:
    """What `--from` takes, or its parts."""
    return _field_value("from", value) if isinstance(value, dict) else _text(value)


def _minutes(value: Any) -> int:
    """Whole minutes of 15, and of what `--spent` takes."""
    if isinstance(value, int) and not isinstance(value, bool):
        minutes = value
    elif not isinstance(value, str):
        raise _wrong(value, msg('minutes: 15, "15m" or "1h30m"'))
    else:
        try:
            minutes = parse_minutes(value)
        except DurationError as error:
            raise UsageError(error.message, hint=error.hint) from None
    if not 0 < minutes <= 10080:  # a week
        raise UsageError(msg("{minutes} minutes cannot be, expected 1 to 10080", minutes=minutes))
    return minutes


def _event(value: Any) -> Values:
    if not isinstance(value, dict):
        raise _wrong(value, msg("an object"))
    return dict(value)


def _wrong(value: Any, expected: Message) -> UsageError:
    return UsageError(msg("is {found}, expected {expected}", found=shape_of(value), expected=expected))


_KINDS: Mapping[str, Callable[[Any], Any]] = {
    "text": _text,
    "truth": _truth,
    "words": _words,
    "fields": _fields,
    "contact": _contact,
    "minutes": _minutes,
    "event": _event,
}
