"""Which priority does a ticket get, and by which row of the table?

Customer tier × impact × urgency, then the adjustments of `priority_then` in their order.
"""

from __future__ import annotations

from collections.abc import Mapping

from tkt.frozen import dataclass
from tkt.model import Ticket, Value
from tkt.schema import TaxonomyFile

AXES = ("impact", "urgency", "tier", "type", "category", "workaround")
"""The stored keys on which the priority depends."""

NO_TIER = "standard"
SAFETY = "safety"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the table says. `because` is stored on the ticket, so it holds names only, no sentences."""

    priority: str | None  # None while impact or urgency are unknown
    because: tuple[str, ...] = ()  # ("table standard/some/red: P2", "workaround: P3")
    row: tuple[str, str, str] | None = None  # tier, impact, urgency

    @property
    def reason(self) -> str:
        """All that applied, in one line."""
        return "; ".join(self.because)


def priority_of(values: Mapping[str, Value], taxonomy: TaxonomyFile, *, safety: bool = False) -> Decision:
    """The priority of a ticket with these stored keys; `safety` where triage said that people are in danger."""
    row = _row(values, taxonomy)
    found = _looked_up(row, taxonomy)
    because = [] if found is None or row is None else [f"table {'/'.join(row)}: {found}"]
    is_safe = not safety and values.get("category") != SAFETY
    for step in taxonomy.priority_then:
        changed = _adjusted(step, found, values, taxonomy, is_safe=is_safe)
        if changed != found:
            found = changed
            because.append(f"{step}: {found}")
    return Decision(priority=found, because=tuple(because), row=row if because else None)


def is_safety(ticket: Ticket) -> bool:
    """Whether the triage of this ticket found people or property in danger."""
    return any(
        event.did == "triaged" and SAFETY in _words(event.get("criteria")) for event in ticket.effective
    )


def _row(values: Mapping[str, Value], taxonomy: TaxonomyFile) -> tuple[str, str, str] | None:
    tier = values.get("tier")
    impact, urgency = values.get("impact"), values.get("urgency")
    if impact is None or urgency is None:
        return None
    return (tier if tier in taxonomy.priority else NO_TIER, impact, urgency)


def _looked_up(row: tuple[str, str, str] | None, taxonomy: TaxonomyFile) -> str | None:
    if row is None:
        return None
    tier, impact, urgency = row
    levels = list(taxonomy.urgency)
    cells = taxonomy.priority.get(tier, {}).get(impact, [])
    column = levels.index(urgency) if urgency in levels else len(cells)
    return cells[column] if column < len(cells) else None


def _adjusted(
    step: str, found: str | None, values: Mapping[str, Value], taxonomy: TaxonomyFile, *, is_safe: bool
) -> str | None:
    ranks = list(taxonomy.priority_names)
    if step == SAFETY:
        return found if is_safe else ranks[0]
    if step == "category":
        group = taxonomy.types.get(str(values.get("type")), {})
        declared = group.get(str(values.get("category")))
        return declared.priority if declared and declared.priority else found
    if values.get("workaround") and is_safe and found in ranks[:2]:
        return ranks[ranks.index(found) + 1]
    return found


def _words(criteria: Value) -> tuple[str, ...]:
    if isinstance(criteria, dict):
        return tuple(str(each) for each in criteria.values())
    return tuple(criteria) if isinstance(criteria, list) else (str(criteria),)
