"""What follows by itself when fields change: rules, the category's team, the priority of the table?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from tkt import rules
from tkt.actions.actor import Pen
from tkt.actions.recording import record, record_members
from tkt.actions.values import parsed
from tkt.errors import Refused
from tkt.i18n import msg
from tkt.model import Ticket, Value
from tkt.priority import AXES, is_safety, priority_of
from tkt.schema import Configuration


class ReasonNeeded(Refused):
    """This is done only with a reason, which is recorded."""

    code = "reason"


def after_opening(
    ticket: Ticket, pen: Pen, config: Configuration, *, priority: Value = None, is_prioritised: bool = False
) -> Ticket:
    """A new ticket with what its rules, its category and the table say; what it was opened with stays.

    `is_prioritised`: so does its priority, whatever the table says.

    Errors: BadValue, ReasonNeeded for a `priority` asked for that is not the table's.
    """
    upon = ("new", "triage") if ticket.get("category") else ("new",)
    ruled = ruled_by(ticket, pen, config, rules.rulings(ticket, config, upon=upon, given=set(ticket.values)))
    if ruled.team is None:
        ruled = with_category_team(ruled, pen, config)
    if is_prioritised:
        return ruled
    wanted = {} if priority is None else {"priority": priority}
    return prioritised(ruled, pen, config, wanted, axes_changed=True)


def after_change(
    before: Ticket, after: Ticket, pen: Pen, config: Configuration, wanted: Mapping[str, Value]
) -> Ticket:
    """What follows from `before` having become `after`; the fields of `wanted` were given by a person.

    Errors: ReasonNeeded, BadValue.
    """
    followed = after
    if after.values != before.values and after.status not in config.finished:
        found = rules.rulings(after, config, upon=("triage", "change"), given=wanted, before=before)
        followed = ruled_by(after, pen, config, found)
        decided = {*wanted, *(ruling.field for ruling in found)}
        if "team" not in decided and _differ(before, after, ("type", "category")):
            followed = with_category_team(followed, pen, config)
    return prioritised(followed, pen, config, wanted, axes_changed=_differ(before, followed, AXES))


def ruled_by(ticket: Ticket, pen: Pen, config: Configuration, found: Iterable[rules.Ruling]) -> Ticket:
    """The ticket after these rulings, each written in its rule's name."""
    for ruling in found:
        mine = pen.held_by(f"rule:{ruling.rule}")
        if ruling.to is None:
            ticket = record_members(ticket, mine, ruling.field, ruling.add)
        else:
            ticket = record(
                ticket, mine, ruling.field, parsed(config, ruling.field, ruling.to, ticket.values)
            )
    return ticket


def with_category_team(ticket: Ticket, pen: Pen, config: Configuration) -> Ticket:
    """The ticket in the hands of its category's team; as it was where the category names none."""
    kind, name = ticket.get("type"), ticket.get("category")
    declared = config.category(kind, name)
    if declared is None or declared.team is None:
        return ticket
    return record(ticket, pen, "team", declared.team, because=f"category {kind}/{name}")


def prioritised(
    ticket: Ticket, pen: Pen, config: Configuration, wanted: Mapping[str, Value], *, axes_changed: bool
) -> Ticket:
    """The ticket with the priority asked for in `wanted`, else, where an axis changed, the table's.

    Errors: ReasonNeeded where what is asked for is not the table's and no reason is given.
    """
    table = priority_of(ticket.values, config.taxonomy, safety=is_safety(ticket))
    asked = parsed(config, "priority", wanted.get("priority"), ticket.values)
    if asked is not None and asked != table.priority:
        return _overridden(ticket, pen, asked, table.priority, axes_changed=axes_changed)
    if not axes_changed and "priority" not in wanted:
        return ticket
    if table.priority is None:
        return record(ticket, pen, "priority", None) if "priority" in wanted else ticket
    because = [table.reason, *([f"replaces {ticket.priority}"] if is_overridden(ticket) else [])]
    return record(ticket, pen, "priority", table.priority, because="; ".join(because))


def is_overridden(ticket: Ticket) -> bool:
    """Whether somebody set the priority by hand and it still stands."""
    last = next(
        (e for e in reversed(ticket.effective) if e.did == "set" and e.get("field") == "priority"),
        None,
    )
    return last is not None and last.get("because") is None and last.reason is not None


def _overridden(ticket: Ticket, pen: Pen, asked: str, table: str | None, *, axes_changed: bool) -> Ticket:
    if asked == ticket.priority and not axes_changed:
        return ticket
    if table is not None and not pen.actor.reason:
        raise ReasonNeeded(
            msg("the table gives {table}: another priority needs a reason", table=table),
            hint=msg('tkt set {ticket} priority={priority} --reason "…"', ticket=ticket.id, priority=asked),
        )
    return record(ticket, pen, "priority", asked)


def _differ(before: Ticket, after: Ticket, names: Collection[str]) -> bool:
    return any(before.get(name) != after.get(name) for name in names)
