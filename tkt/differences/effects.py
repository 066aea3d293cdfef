"""What would another configuration make of the tickets that are there?

Nothing is changed by it: a ticket keeps its team and priority until somebody touches it. The effects
tell what the rules, the table and the policies say now and what they said.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from tkt import rules
from tkt.differences.sides import Side
from tkt.differences.turns import Turn, turns
from tkt.frozen import dataclass
from tkt.model import Ticket, Value, values_at
from tkt.priority import is_safety, priority_of
from tkt.schema import Configuration
from tkt.sla import Verdict, family_of

MATTERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "routing": ("rules", "taxonomy", "people", "channels"),
        "priority": ("taxonomy",),
        "promises": ("sla", "taxonomy", "channels", "workflow", "desk", "calendars"),
        "owners": ("people",),
    }
)
"""What may change → the files on which it depends, by their names in tkt.schema.FILES."""


class Key(NamedTuple):
    """What tickets have in common that a change of configuration has the same effect on."""

    what: str  # a field, `policy`, `target`, `verdict`, `owner`
    source: str  # the rule, row, policy or clock that decides; empty where none does
    before: Value
    after: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One effect, and the tickets that it has; never none."""

    key: Key
    tickets: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Effects:
    """All effects on the tickets that were looked at, the widest first."""

    considered: int = 0
    all: tuple[Effect, ...] = ()
    turns: Mapping[str, tuple[Turn, ...]] = field(default_factory=dict)  # ticket → its verdicts that differ

    @property
    def rerouted(self) -> frozenset[str]:
        """The tickets that would go to another team."""
        return frozenset(name for it in self.all if it.key.what == "team" for name in it.tickets)


def effects(
    tickets: Iterable[Ticket], old: Side, new: Side, now: datetime, changed: Collection[str]
) -> Effects:
    """What the configuration of `new` makes of these tickets that the one of `old` did not.

    `changed`: the names of the files that differ; what depends on none of them is not asked.
    Errors: QueryError for a rule that cannot be read.
    """
    kinds = [kind for kind, files in MATTERS.items() if not set(files).isdisjoint(changed)]
    asked = [_ASKED[kind] for kind in kinds if kind in _ASKED]
    found: dict[Key, list[str]] = {}
    turned: dict[str, tuple[Turn, ...]] = {}
    considered = 0
    for ticket in tickets:
        considered += 1
        for ask in asked:
            for key in ask(ticket, old.config, new.config) if old.config and new.config else ():
                found.setdefault(key, []).append(ticket.id)
        if "promises" in kinds:
            judged = old.verdicts(ticket, now), new.verdicts(ticket, now)
            for key in _promises(*judged):
                found.setdefault(key, []).append(ticket.id)
            turned[ticket.id] = tuple(turns(*judged))
    several = [Effect(key=key, tickets=tuple(ids)) for key, ids in found.items()]
    several.sort(key=lambda effect: (-len(effect.tickets), effect.key.what, effect.key.source))
    return Effects(considered=considered, all=tuple(several), turns={k: v for k, v in turned.items() if v})


def _routing(ticket: Ticket, old: Configuration, new: Configuration) -> Iterator[Key]:
    """What the rules would set, by which of them."""
    was, is_ = routing(ticket, old), routing(ticket, new)
    for name in dict.fromkeys((*was, *is_)):
        before, after = was.get(name, _UNRULED), is_.get(name, _UNRULED)
        if before.value != after.value:
            yield Key(name, after.source or before.source, before.value, after.value)


class Ruled(NamedTuple):
    """What a field would get, and the rule or category that says so."""

    value: Value
    source: str


_UNRULED = Ruled(None, "")


def routing(ticket: Ticket, config: Configuration) -> dict[str, Ruled]:
    """Field → what rules and category would give it, had the ticket been opened and triaged under `config`."""
    opening = _as_opened(ticket)
    upon = ("new", "triage") if opening.get("category") else ("new",)
    found = _ruled(opening, config, upon, given=set(opening.values))
    if ticket.get("category") != opening.get("category"):
        later = _ruled(ticket, config, ("triage", "change"), given=())
        found |= {"team": _by_category(ticket, config) or found.get("team", _UNRULED)} | later
    elif "team" not in found:
        found |= {"team": _by_category(opening, config) or _UNRULED}
    return found


def _as_opened(ticket: Ticket) -> Ticket:
    """The ticket before anybody, rules included, had set anything."""
    first = ticket.events[0].at if ticket.events else ticket.received_at
    return replace(ticket, values=MappingProxyType(values_at(ticket, first - timedelta(seconds=1))))


def _ruled(
    ticket: Ticket, config: Configuration, upon: Collection[str], given: Collection[str]
) -> dict[str, Ruled]:
    found: dict[str, Ruled] = {}
    for it in rules.rulings(ticket, config, upon=upon, given=given):
        if it.to is not None:
            found[it.field] = Ruled(it.to, f"rule:{it.rule}")
        else:
            there = found.get(it.field, _UNRULED).value or ()
            found[it.field] = Ruled(tuple(sorted({*there, *it.add})), f"rule:{it.rule}")
    return found


def _by_category(ticket: Ticket, config: Configuration) -> Ruled | None:
    kind, name = ticket.get("type"), ticket.get("category")
    declared = config.category(kind, name)
    return Ruled(declared.team, f"category {kind}/{name}") if declared and declared.team else None


def _priority(ticket: Ticket, old: Configuration, new: Configuration) -> Iterator[Key]:
    """What the table says, of tickets whose priority is the table's: another one was somebody's decision."""
    is_dangerous = is_safety(ticket)
    was = priority_of(ticket.values, old.taxonomy, safety=is_dangerous)
    is_ = priority_of(ticket.values, new.taxonomy, safety=is_dangerous)
    if was.priority == ticket.priority and was.priority != is_.priority:
        yield Key("priority", is_.reason, was.priority, is_.priority)


def _owners(ticket: Ticket, old: Configuration, new: Configuration) -> Iterator[Key]:
    """Those whose owner is here no more."""
    owner = ticket.owner or ""
    if ticket.status not in new.closed and _works_here(owner, old) and not _works_here(owner, new):
        yield Key("owner", owner, owner, None)


def _works_here(person: str, config: Configuration) -> bool:
    found = config.persons.get(person)
    return found is not None and found.kind != "former"


def _promises(was: Iterable[Verdict], is_: Iterable[Verdict]) -> Iterator[Key]:
    """Another policy, another target under the same one, another state of a clock."""
    old = {(it.clock, it.cycle): it for it in was}
    policies: set[Key] = set()
    for after in is_:
        before = old.get((after.clock, after.cycle))
        if before is None:
            continue
        if before.policy != after.policy:
            policies.add(Key("policy", after.policy or "", before.policy, after.policy))
        elif before.target_s != after.target_s:
            source = f"{after.policy} {after.priority or 'default'} {family_of(after.clock)}"
            policies.add(Key("target", source, before.target_s, after.target_s))
        if before.state != after.state:
            policies.add(Key("verdict", family_of(after.clock), before.state, after.state))
    yield from sorted(policies, key=lambda key: (key.what, key.source, str(key.after)))


_ASKED: Mapping[str, Callable[[Ticket, Configuration, Configuration], Iterator[Key]]] = MappingProxyType(
    {"routing": _routing, "priority": _priority, "owners": _owners}
)
