"""Is enough known about a ticket to start work: who, what, how bad, whose?"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.fields import field_label
from tkt.guards.base import Guard, Missing, Situation, present
from tkt.i18n import Message, current_language, msg
from tkt.schema import Configuration
from tkt.schema.base import Labelled


def channel(situation: Situation) -> Iterator[Missing]:
    """The channel by which it came."""
    choices = tuple(situation.config.channels.channels)
    yield from _field(situation, "channel", msg("channel: where it came from ({choices})", choices=choices))


def words(situation: Situation) -> Iterator[Missing]:
    """The requester's own words, or an agent's on their behalf."""
    if not any(event.did in ("message", "note") for event in situation.ticket.effective):
        yield Missing(
            guard="words", names=("text",), what=msg("words: what the customer said"), give='--text "…"'
        )


def who(situation: Situation) -> Iterator[Missing]:
    """Who asks: a customer we know, or a contact."""
    if not present(situation, "customer") and not present(situation, "contact"):
        yield Missing(
            guard="who",
            names=("contact", "customer"),
            what=msg("who: the customer, or a contact's name, mail or phone"),
            give='--set contact="…"',
        )


def asks(situation: Situation) -> Iterator[Missing]:
    """What the customer wants to happen."""
    yield from _field(situation, "asks", msg("asks: what the customer wants to happen"))


def type_(situation: Situation) -> Iterator[Missing]:
    """The type; a category of one type alone gives it too."""
    if not present(situation, "type") and not present(situation, "category"):
        yield Missing(
            guard="type", names=("type",), what=msg("type: whose business it is; the category says it")
        )
        return
    choices = tuple(situation.config.taxonomy.types)
    yield from _field(situation, "type", msg("type: whose business it is ({choices})", choices=choices))


def category(situation: Situation) -> Iterator[Missing]:
    """The category within its type."""
    groups = situation.config.taxonomy.types
    kind = situation.ticket.get("type")
    group = groups.get(kind, {}) if kind is not None else {}
    if group:
        what = msg("category: what it is about ({choices})", choices=tuple(group))
        yield from _field(situation, "category", what)
        return
    lines = "".join(f"\n    {name}: {', '.join(inside)}" for name, inside in groups.items())
    yield from _field(
        situation,
        "category",
        msg("category: what it is about; its form may ask for more{lines}", lines=lines),
    )


def impact(situation: Situation) -> Iterator[Missing]:
    """How many are affected."""
    choices = tuple(situation.config.taxonomy.impact)
    what = msg("impact: how many are affected ({choices})", choices=choices)
    yield from _field(situation, "impact", what)


def urgency(situation: Situation) -> Iterator[Missing]:
    """How fast it must go."""
    choices = tuple(situation.config.taxonomy.urgency)
    what = msg("urgency: how fast it must go ({choices})", choices=choices)
    yield from _field(situation, "urgency", what)


def complexity(situation: Situation) -> Iterator[Missing]:
    """By which path it is worked."""
    choices = tuple(situation.config.taxonomy.complexity)
    what = msg("complexity: how many hands and rounds it takes ({choices})", choices=choices)
    yield from _field(situation, "complexity", what)


def team(situation: Situation) -> Iterator[Missing]:
    """The owning team; it follows the category, so only without one is it asked for by itself."""
    if present(situation, "category"):
        choices = tuple(situation.config.people.teams)
        yield from _field(situation, "team", msg("team: who owns it ({choices})", choices=choices))
    elif not present(situation, "team"):
        yield Missing(guard="team", names=("team",), what=msg("team: who owns it; it follows the category"))


def needed_fields(situation: Situation) -> Iterator[Missing]:
    """What the type and the category of the ticket need to be known."""
    for name in needs_of(situation.config, situation.ticket.get("type"), situation.ticket.get("category")):
        if not is_given(situation, name):
            any_of = _alternatives(situation.config, name)
            yield Missing(
                guard="needed_fields",
                names=any_of or (name,),
                what=_needed(situation, name, any_of),
                give=f'--set {(any_of or (name,))[0]}="…"',
            )


def needs_of(config: Configuration, kind: str | None, name: str | None) -> tuple[str, ...]:
    """The fields that a type and a category need, each once, in order."""
    of_type = config.taxonomy.of_type.get(kind) if kind is not None else None
    declared = config.category(kind, name)
    wanted = [*(of_type.need if of_type else ()), *(declared.need if declared else ())]
    return tuple(dict.fromkeys(wanted))


def _needed(situation: Situation, name: str, any_of: tuple[str, ...]) -> Message:
    config = situation.config
    kind, category = situation.ticket.get("type"), situation.ticket.get("category")
    what = (
        _word(config.category(kind, category), category)
        if category
        else _word(config.taxonomy.of_type.get(kind), kind)
    )
    field, *others = (_field_word(config, each) for each in (name, *any_of))
    if others:
        return msg("{field}: one of {names}, needed for {category}", field=field, names=others, category=what)
    return msg("{field}: needed for {category}", field=field, category=what)


def _field_word(config: Configuration, name: str) -> Message | str:
    return field_label(config, name) if current_language() == "zh" else name


def _word(declared: Labelled | None, name: str) -> str:
    """Its label for a Chinese reader, who finds the name in the hint; in English as it is typed."""
    return declared.label("zh", name) if declared is not None and current_language() == "zh" else name


def _alternatives(config: Configuration, name: str) -> tuple[str, ...]:
    declared = config.taxonomy.fields.get(name)
    return tuple(declared.any_of) if declared else ()


def is_given(situation: Situation, name: str) -> bool:
    """Whether a needed field, or one of those that may stand for it, says anything."""
    if name == "evidence" and _has_attachments(situation):
        return True
    return any(present(situation, each) for each in (name, *_alternatives(situation.config, name)))


def _has_attachments(situation: Situation) -> bool:
    return any(event.did == "attached" or event.get("attachments") for event in situation.ticket.effective)


def _field(situation: Situation, name: str, what: Message) -> Iterator[Missing]:
    """A stored field that must say something; the hint leaves its value to who knows it."""
    if not present(situation, name):
        yield Missing(guard=name, names=(name,), what=what, give=f"--set {name}=…")


TRIAGE: dict[str, Guard] = {
    "channel": channel,
    "words": words,
    "who": who,
    "asks": asks,
    "type": type_,
    "category": category,
    "impact": impact,
    "urgency": urgency,
    "complexity": complexity,
    "team": team,
    "needed_fields": needed_fields,
}
