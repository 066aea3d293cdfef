"""What does a value that somebody typed mean for a field: a date, a number, a known word?"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from tkt.actions.contacts import contact_of as contact_of
from tkt.actions.vocabulary import Choices, choices, meant, suggestion
from tkt.clock import instant_text, parse_instant
from tkt.errors import UsageError, did_you_mean
from tkt.fields import chinese_named, field_label, field_named, field_names
from tkt.i18n import Message, msg
from tkt.late import late
from tkt.model import IMMUTABLE, Kind, Ticket, Value
from tkt.query.moments import Span, spoken
from tkt.query.moments import moment as dated
from tkt.schema import Configuration

_MAIN_KEY: Mapping[str, str] = {
    "contact": "name",
    "asks": "text",
    "next_action": "what",
    "customer_deadline": "by",
    "resolution": "text",
    "waiting": "for",
}
"""What a plain text given for a mapping stands for."""

_YES = frozenset({"true", "yes", "y", "1", "是"})
_NO = frozenset({"false", "no", "n", "0", "否"})
ME = ("me", "我")
NOBODY = ("none", "nobody", "无", "空")
_PLACEHOLDER = late("[\"'“”‘’「」\\s]*…+[\"'“”‘’「」\\s]*")  # what a hint leaves open
_DAY = late(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}")
_SECOND, _HOUR = timedelta(seconds=1), timedelta(hours=1)
_MOMENT_FORMS = msg("write today, yesterday, 09:15, today 09:15, 2026-11-20 or 2026-11-20T09:15")
LATER_FORMS = msg(
    "write 2h, 3d, 2 working days, today, tomorrow, 18:00, tomorrow 09:00, 2026-11-24 or 2026-11-24T09:00"
)
_TAG = late(r"[^\s,:()\"'-][^\s,:()\"']*")
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)  # a date with a year does not depend on it
_PART_LABELS: Mapping[str, Message] = {
    "waiting.on": msg("waiting on"),
    "resolution.code": msg("resolution code"),
    "resolution.cause": msg("cause class"),
}
_INSTANT_PARTS = {("waiting", "until"), ("next_action", "by"), ("customer_deadline", "by")}


class UnknownField(UsageError):
    """No such field on this desk."""

    code = "field"


class BadValue(UsageError):
    """The field cannot have this value."""

    code = "value"


class Unfilled(UsageError):
    """The `…` of a hint was sent along instead of what it stands for."""

    code = "unfilled"


def must_be_filled(given: Value, where: str) -> None:
    """Refuse the `…` of a hint as a whole value; `where` is what was typed: `asks=…`. Errors: Unfilled."""
    if isinstance(given, str) and _PLACEHOLDER.fullmatch(given):
        raise Unfilled(msg("{given}: replace the … by what is meant", given=where))


def named(config: Configuration, changes: Mapping[str, Value], *, me: str | None = None) -> dict[str, Value]:
    """Changes as typed under the fields' own names, for `优先级=高`, `金额=200`, `order number=A-1`.

    `owner=me` is the person `me`, and nobody for `none`, `无`.
    """
    found = {field_named(config, name): given for name, given in changes.items()}
    owner = found.get("owner")
    word = owner.strip().casefold() if isinstance(owner, str) else ""
    if word in NOBODY:
        found["owner"] = None
    elif word in ME and me is not None:
        found["owner"] = me
    return found


def typed_pair(name: str, given: str) -> tuple[str, str]:
    """One `FIELD=VALUE`, tkt's own field by its name where it was typed in Chinese. Errors: Unfilled."""
    must_be_filled(given, f"{name.strip()}=…")
    return chinese_named(name.strip()), given


def settable(config: Configuration, name: str) -> Kind:
    """What the field `name` (or `contact` in `contact.email`) holds. Errors: UnknownField."""
    base = name.partition(".")[0]
    if base == "status":
        raise UnknownField(msg("the status is changed by a move"), hint=msg("tkt move ID STATUS"))
    if base in IMMUTABLE:
        raise UnknownField(msg("{field} never changes", field=base))
    declared = config.taxonomy.fields.get(base)
    if declared is not None and declared.any_of:
        raise UnknownField(
            msg("{field} stands for one of {names}: set that", field=base, names=tuple(declared.any_of))
        )
    kind = config.field_kinds.get(base)
    if kind is None or ("." in name and kind != "mapping"):
        raise UnknownField(
            msg("no field {field} on this desk", field=name),
            hint=did_you_mean(name, [each for each in field_names(config) if each not in IMMUTABLE]),
        )
    return kind


def parsed(
    config: Configuration,
    name: str,
    given: Value,
    values: Mapping[str, Value],
    *,
    now: datetime | None = None,
) -> Value:
    """The stored value of `name` for what was given; `values` are the ticket's others.

    None or an empty text removes the field, or the part that `contact.email` names: None where
    nothing is left. `today` and `18:00` are seen from `now`. Errors: UnknownField, BadValue, Unfilled.
    """
    kind = settable(config, name)
    must_be_filled(given, f"{name}=…")
    if given is None or (isinstance(given, str) and not given.strip()):
        return _mapping(config, name, None, values, now) if "." in name else None
    if kind == "mapping":
        return _mapping(config, name, given, values, now)
    if kind == "instant":
        return instant(given, config, now)
    known = None if kind in ("number", "bool") else choices(config, name, values)
    if known is None:
        return _READERS[kind](config, name, given)
    label = field_label(config, name)
    if kind == "words":
        return [chosen(label, each, known) for each in _words(config, name, given)]
    return _worker(config, name, chosen(label, str(given), known))


def chosen(label: Message | str, word: str, known: Choices) -> str:
    """The right name of the value that `word` means for a field. Errors: BadValue with the nearest."""
    found = meant(word, known)
    if found is None:
        message = msg("{label} cannot be {value}", label=label, value=word.strip())
        raise BadValue(message, hint=suggestion(word.strip(), known))
    return found


def part_label(name: str) -> Message | str:
    """The word for a part of a stored mapping: `waiting.on`."""
    return _PART_LABELS.get(name) or name.rpartition(".")[2]


def _worker(config: Configuration, name: str, found: str) -> str:
    if name == "owner" and config.persons[found].kind == "former":
        raise BadValue(msg("{person} has left and gets no work", person=found))
    return found


def _text(_config: Configuration, name: str, given: Value) -> str:
    text = str(given).strip()
    return " ".join(text.split()) if name == "title" else text


def _word(config: Configuration, name: str, given: Value) -> str:
    word = str(given).strip()
    if any(character.isspace() for character in word):
        raise BadValue(
            msg(
                "{label} is one word without spaces, not {value}", label=field_label(config, name), value=word
            )
        )
    return word


def _number(config: Configuration, name: str, given: Value) -> int | float:
    if isinstance(given, (int, float)) and not isinstance(given, bool):
        return given
    try:
        number = float(str(given))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise BadValue(msg("{label} is a number, not {value}", label=field_label(config, name), value=given))
    return int(number) if re.fullmatch(r"[+-]?\d+", str(given).strip()) else number


def _bool(config: Configuration, name: str, given: Value) -> bool:
    word = str(given).strip().casefold()
    if word not in _YES | _NO:
        raise BadValue(
            msg("{label} is true or false, not {value}", label=field_label(config, name), value=given)
        )
    return word in _YES


def _words(_config: Configuration, name: str, given: Value) -> list[str]:
    items = given if isinstance(given, (list, tuple)) else re.split(r"[,,、]", str(given))
    words = dict.fromkeys(str(item).strip() for item in items if str(item).strip())
    for word in words:
        must_be_filled(word, f"{name}=…")
    return [tag_word(word) for word in words] if name == "tags" else list(words)


def tag_word(word: str) -> str:
    """`word` as a tag, which a query can name without quotes. Errors: BadValue."""
    if not _TAG.fullmatch(word.strip()):
        raise BadValue(
            msg("{word} cannot be a tag: no spaces, commas, colons, quotes, no leading -", word=word)
        )
    return word.strip()


def absent_tags(ticket: Ticket, remove: Iterable[str]) -> list[str]:
    """The tags to be removed that the ticket does not have, so that a command can tell."""
    return [word for word in dict.fromkeys(remove) if word not in ticket.tags]


def _mapping(
    config: Configuration, name: str, given: Value, values: Mapping[str, Value], now: datetime | None
) -> dict[str, Any] | None:
    base, _, key = name.partition(".")
    if key:
        changed = {**(values.get(base) or {}), key: _part(config, base, key, given, now)}
    elif isinstance(given, dict):
        changed = {each: _part(config, base, each, value, now) for each, value in given.items()}
    elif base == "contact":
        changed = {**contact_of(str(given))}
    else:
        main = _MAIN_KEY.get(base, "text")
        changed = {main: _part(config, base, main, given, now)}
    return {each: value for each, value in changed.items() if value not in (None, "")} or None


def _part(config: Configuration, base: str, key: str, given: Value, now: datetime | None) -> Value:
    """One entry of a stored mapping, where files have texts alone."""
    must_be_filled(given, f"{base}.{key}=…")
    if given is None or isinstance(given, (list, dict)):
        return given
    if (base, key) in _INSTANT_PARTS and str(given).strip():
        return instant_text(moment(given, config, now))
    if isinstance(given, bool):
        return "true" if given else "false"
    text = str(given).strip()
    known = choices(config, f"{base}.{key}", {})
    return chosen(part_label(f"{base}.{key}"), text, known) if known and text else text


def instant(given: Value, config: Configuration, now: datetime | None = None) -> datetime:
    """When something happened; a bare day means its first second in the desk's zone. Errors: BadValue."""
    return (
        given if isinstance(given, datetime) else _stretch(str(given).strip(), config, now, _MOMENT_FORMS)[0]
    )


def moment(given: Value, config: Configuration, now: datetime | None = None) -> datetime:
    """An instant by which something is to happen; a bare day means its last second in the desk's zone.

    `today` and `18:00` are seen from `now`. Errors: BadValue.
    """
    if isinstance(given, datetime):
        return given
    start, end = _stretch(str(given).strip(), config, now, LATER_FORMS)
    return end - _SECOND if end - start > _HOUR else start


def _stretch(text: str, config: Configuration, now: datetime | None, forms: Message) -> Span:
    """The day or the minute that is meant. Errors: BadValue, with the forms that are accepted."""
    zone = config.desk.zone
    found = spoken(text, now=now, zone=zone) if now is not None else None
    if found is None and _DAY.match(text):
        found = dated(text, now=_ANY_TIME, zone=zone)
    if found is not None:
        return found
    try:
        start = parse_instant(text, zone=zone)
    except UsageError:
        raise BadValue(msg("{text} is not a date or time", text=text), hint=forms) from None
    return start, start + _SECOND


_READERS = {
    "text": _text,
    "word": _word,
    "person": _word,
    "team": _word,
    "number": _number,
    "bool": _bool,
    "words": _words,
}
