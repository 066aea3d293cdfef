"""How is a stored value said in a line: a contact, a next action, an instant, a list?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from tkt.clock import instant_text
from tkt.i18n import N_, Message, _, msg, render
from tkt.model import Value
from tkt.render import words
from tkt.render.times import stamp, stamp_near
from tkt.schema import Configuration

LEVELS = ("impact", "urgency", "complexity")

BECAUSE: Mapping[str, str] = {
    r"table (?P<row>\S+): (?P<priority>\S+)": N_("table {row}: {priority}"),
    r"category: (?P<priority>\S+)": N_("the category's own: {priority}"),
    r"category (?P<name>\S+)": N_("category {name}"),
    r"workaround: (?P<priority>\S+)": N_("with a workaround: {priority}"),
    r"safety: (?P<priority>\S+)": N_("safety: {priority}"),
    r"replaces (?P<priority>\S+)": N_("replaces {priority}"),
}
"""What tkt itself writes as `because` of a change, and how it is said."""
REASONS: Mapping[str, str] = {
    "edited by hand": N_("edited by hand"),
    "it is a thank-you": N_("it is a thank-you"),
    "rule:resume": N_("the date until which it waited has passed"),
    "rule:auto-close": N_("nobody wrote after the resolve"),
}
"""The same for `reason`."""
_SENTENCE_ENDS = ("?", "!", "\uff1f", "\uff01", "\u3002")


def field_text(config: Configuration, field: str, value: Value) -> str:
    """The value of a field in a sentence: labels and names where the desk has them."""
    if field in WHOLE:
        return WHOLE[field](config, value)
    if field in WORDS and isinstance(value, str):
        return WORDS[field](config, value)
    return value_text(value, config.desk.zone)


def contact_text(contact: Value) -> str:
    """`张伟 <zhang.wei@acme.example>`, other identities behind it."""
    if not isinstance(contact, Mapping):
        return str(contact or "")
    mail = f"<{contact['email']}>" if contact.get("email") else ""
    rest = [str(value) for key, value in contact.items() if key not in ("name", "email")]
    return " ".join(part for part in (str(contact.get("name", "")), mail, *rest) if part)


def asks_text(asks: Value) -> str:
    """What the customer wants: kind and words."""
    if not isinstance(asks, Mapping):
        return str(asks or "")
    return with_text(words.ask_name(str(asks.get("kind") or "")), asks.get("text"))


def next_action_text(action: Value, config: Configuration, owner: str | None) -> str:
    """Who does what by when; `owner` is who is meant by `owner`."""
    if not isinstance(action, Mapping):
        return str(action or "")
    zone = config.desk.zone
    who = action.get("who")
    name = (owner or _("the owner")) if who == "owner" else str(who or "")
    parts = [words.person_name(config, name) if name else "", value_text(action.get("what"), zone)]
    if action.get("by"):
        parts.append(render(msg("by {when}", when=value_text(action.get("by"), zone))))
    return " · ".join(part for part in parts if part)


def waiting_text(waiting: Value, zone: str, near: datetime | None = None) -> str:
    """On whom, for what, until when; `near`: the instant beside which the year goes without saying."""
    if not isinstance(waiting, Mapping):
        return str(waiting or "")
    who = words.party_name(str(waiting.get("on", "?")))
    what = _quoted(str(waiting.get("for") or ""))
    line = msg("on {who} for {what}", who=who, what=what) if what else msg("on {who}", who=who)
    if waiting.get("until"):
        line = msg("{waiting}, until {when}", waiting=line, when=moment_text(waiting["until"], zone, near))
    return render(line)


def _quoted(what: str) -> Message | str:
    """A whole sentence, which somebody was asked, in quotation marks; anything else as it is."""
    return msg("“{words}”", words=what) if what.endswith(_SENTENCE_ENDS) else what


def resolution_text(resolution: Value, config: Configuration) -> str:
    """`fixed, defect of the product: words`."""
    if not isinstance(resolution, Mapping):
        return str(resolution or "")
    code, cause = (str(resolution.get(key) or "") for key in ("code", "cause"))
    names = (words.code_name(config, code) if code else "", words.cause_name(config, cause) if cause else "")
    how = msg("{code}, {cause}", code=names[0], cause=names[1]) if all(names) else "".join(names)
    return with_text(render(how), resolution.get("text"))


def because_text(because: str) -> str:
    """Why something was set, in the reader's language: the rows and rules that tkt names itself."""
    return enumerated(_because_part(part) for part in because.split("; "))


def _because_part(part: str) -> str:
    for pattern, text in BECAUSE.items():
        found = re.fullmatch(pattern, part)
        if found:
            return render(msg(text, **found.groupdict()))
    return part


def reason_text(reason: str) -> str:
    """A reason as it was given; what tkt itself gives as one, in the reader's language."""
    return _(REASONS[reason]) if reason in REASONS else reason


def with_text(told: str, text: Value) -> str:
    """`told: text`, or what there is of the two."""
    if not told or not text:
        return told or str(text or "")
    return render(msg("{told}: {text}", told=told, text=str(text)))


def with_more(told: str, more: str) -> str:
    """`told (more)`; what is said alone where there is no more."""
    return render(msg("{told} ({more})", told=told, more=more)) if told and more else told or more


def enumerated(parts: Iterable[str]) -> str:
    """Several sentences in one line, what is empty left out."""
    return _("; ").join(part for part in parts if part)


def moment_text(value: Value, zone: str, near: datetime | None = None) -> str:
    """An instant; without its year beside one of the same year. Other text as it is."""
    at = _instant(value)
    if at is None:
        return value_text(value, zone)
    return stamp(at, zone) if near is None else stamp_near(at, near, zone)


def value_text(value: Value, zone: str) -> str:
    """Any stored value on one line."""
    at = _instant(value)
    if at is not None:
        return stamp(at, zone)
    if isinstance(value, Mapping):
        pairs = (with_text(str(key), value_text(each, zone)) for key, each in value.items())
        return _(", ").join(pairs)
    if isinstance(value, (list, tuple)):
        return " ".join(value_text(each, zone) for each in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def _instant(value: Value) -> datetime | None:
    """An instant, also where a mapping holds it as text."""
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or len(value) != len("2026-11-21T01:15:00Z") or not value.endswith("Z"):
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return None
    return at if instant_text(at) == value else None


def size_text(size: int) -> str:
    """`812 B`, `12.3 kB`, `4.0 MB`."""
    if size < 1000:
        return f"{size} B"
    return f"{size / 1000:.1f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def names_text(config: Configuration, value: Value) -> str:
    """People and teams by their names; other words as they are."""
    given = value if isinstance(value, (list, tuple)) else [value]
    return _(", ").join(_name(config, str(each)) for each in given if each)


def _name(config: Configuration, word: str) -> str:
    if word in config.persons:
        return words.person_name(config, word)
    return words.team_name(config, word) if word in config.people.teams else word


def _level(field: str) -> Callable[[Configuration, str], str]:
    return lambda config, value: words.level_word(config, field, value)


WORDS: Mapping[str, Callable[[Configuration, str], str]] = {
    "type": words.type_word,
    "category": words.category_word,
    "product": words.product_word,
    "channel": words.channel_name,
    "priority": words.priority_word,
    "team": words.team_name,
    "owner": words.person_name,
    **{level: _level(level) for level in LEVELS},
}
"""Fields of words that the desk has labels for."""

WHOLE: Mapping[str, Callable[[Configuration, Value], str]] = {
    "contact": lambda _config, value: contact_text(value),
    "asks": lambda _config, value: asks_text(value),
    "next_action": lambda config, value: next_action_text(value, config, None),
    "waiting": lambda config, value: waiting_text(value, config.desk.zone),
    "resolution": lambda config, value: resolution_text(value, config),
    "watchers": names_text,
}
"""Fields of several parts."""
