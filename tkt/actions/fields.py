"""How do a ticket's fields change: set, tag, edit?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tkt.actions.actor import Actor, Pen, pen_for
from tkt.actions.following import after_change
from tkt.actions.given import later_moment
from tkt.actions.recording import record, record_members
from tkt.actions.values import BadValue, named, parsed, tag_word
from tkt.actions.vocabulary import choices, meant
from tkt.i18n import msg
from tkt.model import Ticket, Value
from tkt.schema import Configuration

_MOVED_ONLY = {"waiting": msg("tkt wait ID"), "resolution": msg("tkt resolve ID")}


def set_values(ticket: Ticket, actor: Actor, config: Configuration, changes: Mapping[str, Value]) -> Ticket:
    """Set fields as typed; None or an empty text removes one. What did not change is not recorded.

    `category` may be `product/fault`; `contact.email` names a part. Type, team and priority follow the
    category and the axes unless they are given too; a priority other than the table's needs a reason
    and stays until an axis changes. Errors: UnknownField, BadValue, ReasonNeeded, BadTime.
    """
    return changed(ticket, pen_for(ticket, actor), config, changes)


def edited(ticket: Ticket, actor: Actor, config: Configuration, values: Mapping[str, Value]) -> Ticket:
    """The events for a hand edit that left these stored keys; like `set_values` for what differs.

    `values` are all stored keys after the edit. Errors: as `set_values`.
    """
    names = dict.fromkeys((*ticket.values, *values))
    changes = {name: values.get(name) for name in names if ticket.get(name) != values.get(name)}
    return set_values(ticket, actor, config, changes)


def tag(
    ticket: Ticket,
    actor: Actor,
    _config: Configuration,
    *,
    add: Iterable[str] = (),
    remove: Iterable[str] = (),
) -> Ticket:
    """Add and remove tags; the same ticket where nothing changes. Errors: BadValue, BadTime."""
    return record_members(ticket, pen_for(ticket, actor), "tags", [tag_word(word) for word in add], remove)


def changed(ticket: Ticket, pen: Pen, config: Configuration, changes: Mapping[str, Value]) -> Ticket:
    """`set_values` within a command that has its pen already."""
    wanted = taken_apart(named(config, changes, me=pen.actor.by))
    after = _with_type_of_category(ticket, pen, config, wanted)
    for name, given in wanted.items():
        if name != "priority":
            after = _with_one(after, pen, config, name, given)
    _must_fit(after, config, wanted)
    return after_change(ticket, after, pen, config, wanted)


def taken_apart(changes: Mapping[str, Value]) -> dict[str, Value]:
    """The changes with `category: product/fault` as type and category, the type first."""
    wanted = dict(changes)
    category = wanted.get("category")
    if isinstance(category, str) and "/" in category:
        wanted["type"], _, wanted["category"] = category.partition("/")
    first = [name for name in ("type", "category") if name in wanted]
    return {name: wanted[name] for name in (*first, *(each for each in wanted if each not in first))}


def type_for(config: Configuration, category: str, present: str | None) -> str | None:
    """The type that a category given without one belongs to: the present one, else the only one.

    None where no type has it. Errors: BadValue where several have it.
    """
    kinds = [
        kind
        for kind in config.taxonomy.types
        if meant(category, choices(config, "category", {"type": kind}) or {})
    ]
    if present in kinds or len(kinds) == 1:
        return present if present in kinds else kinds[0]
    if kinds:
        names = tuple(f"{kind}/{category}" for kind in kinds)
        raise BadValue(
            msg("{category} is a category of several types: {names}", category=category, names=names)
        )
    return None


def refuse_moved_only(name: str, given: Value, values: Mapping[str, Value]) -> None:
    """Fields that begin and end with a move can only be corrected while they stand. Errors: BadValue."""
    base = name.partition(".")[0]
    if base in _MOVED_ONLY and (not given or values.get(base) is None):
        raise BadValue(msg("{field} comes and goes with a move", field=base), hint=_MOVED_ONLY[base])


def _with_type_of_category(
    ticket: Ticket, pen: Pen, config: Configuration, wanted: Mapping[str, Value]
) -> Ticket:
    category = wanted.get("category")
    if not category or "type" in wanted:
        return ticket
    kind = type_for(config, str(category), ticket.get("type"))
    return ticket if kind is None else record(ticket, pen, "type", kind, because=f"category {category}")


def _with_one(ticket: Ticket, pen: Pen, config: Configuration, name: str, given: Value) -> Ticket:
    refuse_moved_only(name, given, ticket.values)
    value = parsed(config, name, given, ticket.values, now=pen.at)
    base = name.partition(".")[0]
    if base == "waiting":
        _must_be_the_same_wait(ticket, value or {}, pen, config)
    return record(ticket, pen, base, value)


def _must_be_the_same_wait(
    ticket: Ticket, wait: Mapping[str, Value], pen: Pen, config: Configuration
) -> None:
    """To wait on somebody else is another question, and asks for guards; to wait until the past is none.

    Errors: BadValue.
    """
    before = ticket.get("waiting") or {}
    if wait.get("on") != before.get("on"):
        message = msg("{field} comes and goes with a move", field="waiting.on")
        raise BadValue(message, hint=_MOVED_ONLY["waiting"])
    if wait.get("until") and wait.get("until") != before.get("until"):
        later_moment(str(wait.get("until")), pen.at, config)


def _must_fit(ticket: Ticket, config: Configuration, wanted: Mapping[str, Value]) -> None:
    kind, category = ticket.get("type"), ticket.get("category")
    if kind is None or category is None or not {"type", "category"} & set(wanted):
        return
    if category not in config.taxonomy.types.get(kind, {}):
        raise BadValue(
            msg("{category} is no category of {type}: give both", category=category, type=kind),
            hint=msg("tkt set {ticket} category={type}/…", ticket=ticket.id, type=kind),
        )
