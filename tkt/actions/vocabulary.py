"""Which of a desk's words did somebody type: a value of a field, a person's name?

The words themselves are in `tkt.fields`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tkt.fields import Known, known_words, meant_by, nearest_word, normalised
from tkt.i18n import Message, msg
from tkt.late import late
from tkt.model import STORED, Value
from tkt.schema import Configuration

Choices = Known
"""The right name of a value → other words that are accepted for it."""

_PARTS: Mapping[str, str] = {
    "resolution.code": "code",
    "resolution.cause": "cause",
    "waiting.on": "waiting_on",
}
"""Parts of stored mappings that a query asks for as fields of their own."""

SEVERAL = 16
"""How many values still fit into a hint."""

_MENTION = late(r"(?<![\w.@])@([\w-]+(?:\.[\w-]+)*)")


def choices(config: Configuration, field: str, values: Mapping[str, Value]) -> Choices | None:
    """The values that `field` (or `resolution.code`) may have on a ticket with these `values`.

    None where anything goes.
    """
    if field in _PARTS:
        return known_words(config, _PARTS[field]) or None
    if field == "category":
        return known_words(config, field, values.get("type"))
    if field in STORED or field in config.taxonomy.fields:
        return known_words(config, field) or None
    return None


def meant(word: str, known: Choices) -> str | None:
    """The right name for what somebody wrote; None if it is none of them, or not one alone."""
    found = meant_by(word, known)
    return found[0] if len(found) == 1 else None


def suggestion(word: str, known: Choices) -> Message | None:
    """A hint at the value that was probably meant, under any of its names, else at all of them."""
    several = meant_by(word, known)
    if several:
        return msg("{value} means several: {names}", value=word, names=several)
    guess = nearest_word(word, [*known, *(other for others in known.values() for other in others)])
    if guess is not None:
        return msg("did you mean {name}?", name=guess)
    return msg("known are: {names}", names=tuple(known)) if 0 < len(known) <= SEVERAL else None


def mentioned(text: str, config: Configuration) -> list[str]:
    """The people of the desk whom `text` names with @, by id, name or mail address, each once."""
    found = (_person(word, config) for word in _MENTION.findall(text))
    return list(dict.fromkeys(name for name in found if name))


def unknown_mentions(text: str, config: Configuration) -> list[str]:
    """The words behind @ in `text` that name nobody of the desk, each once: `["张三"]`."""
    words = dict.fromkeys(_MENTION.findall(text))
    return [word for word in words if _person(word, config) is None]


def _person(word: str, config: Configuration) -> str | None:
    """Who is meant by `@li.wei`, `@李伟`, or `@李伟请看`, where no space ends the name."""
    known = known_words(config, "owner") or {}
    one = meant(word, known)
    if one is not None:
        return one
    begun = {name for name in _chinese_names(known) if normalised(word).startswith(name)}
    return meant(max(begun, key=len), known) if begun else None


def _chinese_names(known: Choices) -> Iterator[str]:
    return (normalised(word) for words in known.values() for word in words if not word.isascii())
