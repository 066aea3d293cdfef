"""Which rules of config/rules.yaml speak of a ticket, and what do they want?

From the top: a field belongs to the first rule that sets it, tags and watchers add up. Rules raise
urgency and never lower it, and never set type or category. `tkt.actions` writes what
is decided here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from tkt.frozen import dataclass
from tkt.guards.conditions import conditions_of
from tkt.model import Ticket
from tkt.schema import Configuration, RuleDecl

NEVER_SET = ("type", "category")
CATEGORYS_TEAM = "category"
"""As a rule's `team`: the category's team, else `support`."""
FALLBACK_TEAM = "support"
SKILL = "skill"
"""Not stored on a ticket: whom a rule would like to see assigned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What one rule wants of one field: a value, or members to add."""

    rule: str
    field: str
    to: str | None = None
    add: tuple[str, ...] = ()


def rulings(
    ticket: Ticket,
    config: Configuration,
    *,
    upon: Collection[str] = ("new",),
    given: Collection[str] = (),
    before: Ticket | None = None,
) -> tuple[Ruling, ...]:
    """What the rules want, in their order.

    `upon`: what happened to the ticket (`new`, `triage`, `change`). `given`: fields that a person has
    just set, which rules leave alone, but for raising urgency. `before`: the ticket as it was; rules
    that matched it already say nothing new.
    """
    speaking = [rule for rule in config.rules.rules if _speaks(rule, ticket, config, upon, before)]
    fields = tuple(_fields(speaking, ticket, config, given))
    team = next((ruling.to for ruling in fields if ruling.field == "team"), ticket.team)
    return (*fields, *_additions(speaking, team, config))


def category_team(ticket: Ticket, config: Configuration) -> str | None:
    """The team of the ticket's category, else `support` where there is such a team."""
    category = config.category(ticket.get("type"), ticket.get("category"))
    if category is not None and category.team is not None:
        return category.team
    return FALLBACK_TEAM if FALLBACK_TEAM in config.people.teams else None


def _speaks(
    rule: RuleDecl, ticket: Ticket, config: Configuration, upon: Collection[str], before: Ticket | None
) -> bool:
    if not any(event in upon for event in rule.upon or ("new",)):
        return False
    return _matches(rule, ticket, config) and (before is None or not _matches(rule, before, config))


def _matches(rule: RuleDecl, ticket: Ticket, config: Configuration) -> bool:
    return conditions_of(config).holds(rule.when, ticket)


def _fields(
    rules: Iterable[RuleDecl], ticket: Ticket, config: Configuration, given: Collection[str]
) -> Iterator[Ruling]:
    taken: set[str] = set()
    for rule in rules:
        for field, value in rule.set.items():
            if field in taken or field in NEVER_SET or field not in config.field_kinds:
                continue
            to = category_team(ticket, config) if (field, value) == ("team", CATEGORYS_TEAM) else value
            if to is not None and _may_set(field, to, ticket, config, given):
                taken.add(field)
                yield Ruling(rule=rule.name, field=field, to=to)


def _may_set(field: str, to: str, ticket: Ticket, config: Configuration, given: Collection[str]) -> bool:
    if field != "urgency":
        return field not in given
    levels = list(config.taxonomy.urgency)
    present = ticket.get("urgency")
    return present not in levels or (to in levels and levels.index(to) < levels.index(present))


def _additions(rules: Iterable[RuleDecl], team: str | None, config: Configuration) -> Iterator[Ruling]:
    for rule in rules:
        if rule.tag:
            yield Ruling(rule=rule.name, field="tags", add=tuple(rule.tag))
        watchers = tuple(filter(None, (_person(word, team, config) for word in rule.watch)))
        if watchers:
            yield Ruling(rule=rule.name, field="watchers", add=watchers)


def _person(word: str, team: str | None, config: Configuration) -> str | None:
    declared = config.people.teams.get(team or "")
    if word == "lead":
        return declared.lead if declared else None
    if word == "manager":
        return declared.manager if declared else None
    return word if word in config.people.people else None
