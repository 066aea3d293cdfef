"""Which priority does a ticket get, and by which row of the table?"""

from __future__ import annotations

import pytest
from flowdesk import changed, desk, new

from tkt.model import Event
from tkt.priority import is_safety, priority_of

TAXONOMY = desk().taxonomy


@pytest.mark.parametrize(
    ("tier", "impact", "urgency", "priority"),
    [
        ("vip", "many", "yellow", "P1"), ("vip", "some", "green", "P3"),
        ("standard", "many", "red", "P1"), ("standard", "some", "yellow", "P3"), ("standard", "one", "red", "P2"),
        ("basic", "some", "green", "P4"), ("basic", "one", "red", "P3"),
    ],
)  # fmt: skip
def test_the_table_is_looked_up_by_tier_impact_and_urgency(tier, impact, urgency, priority) -> None:
    decision = priority_of({"tier": tier, "impact": impact, "urgency": urgency}, TAXONOMY)
    assert decision.priority == priority
    assert decision.row == (tier, impact, urgency)
    assert decision.because == (f"table {tier}/{impact}/{urgency}: {priority}",)


@pytest.mark.parametrize("tier", [None, "gold"])
def test_no_tier_and_one_without_a_row_are_standard(tier) -> None:
    decision = priority_of({"tier": tier, "impact": "some", "urgency": "red"}, TAXONOMY)
    assert (decision.priority, decision.row) == ("P2", ("standard", "some", "red"))


@pytest.mark.parametrize(
    "known", [{}, {"impact": "many"}, {"urgency": "red"}, {"impact": "all", "urgency": "red"}]
)
def test_without_both_axes_the_table_says_nothing(known) -> None:
    decision = priority_of(known, TAXONOMY)
    assert (decision.priority, decision.because, decision.row) == (None, (), None)


def test_a_category_s_own_priority_replaces_the_table_s() -> None:
    known = {"type": "complaint", "category": "suggestion", "impact": "many", "urgency": "red"}
    decision = priority_of(known, TAXONOMY)
    assert decision.priority == "P4"
    assert decision.because == ("table standard/many/red: P1", "category: P4")
    assert priority_of({"type": "complaint", "category": "suggestion"}, TAXONOMY).priority == "P4"


@pytest.mark.parametrize(
    ("impact", "urgency", "lowered"), [("many", "red", "P2"), ("some", "red", "P3"), ("some", "yellow", "P3")]
)
def test_a_workaround_lowers_p1_and_p2_by_one(impact, urgency, lowered) -> None:
    known = {"impact": impact, "urgency": urgency, "workaround": "use the old page"}
    assert priority_of(known, TAXONOMY).priority == lowered


@pytest.mark.parametrize(
    ("values", "safety"), [({"type": "product", "category": "safety"}, False), ({}, True)]
)
def test_safety_is_p1_whatever_the_workaround(values, safety) -> None:
    known = {**values, "impact": "one", "urgency": "green", "workaround": "unplug it"}
    decision = priority_of(known, TAXONOMY, safety=safety)
    assert decision.priority == "P1"
    assert decision.because == ("table standard/one/green: P3", "safety: P1")


def test_only_the_adjustments_that_the_desk_lists_apply() -> None:
    bare = changed("taxonomy", priority_then=[]).taxonomy
    known = {"type": "product", "category": "safety", "impact": "many", "urgency": "red", "workaround": "x"}
    assert priority_of(known, bare).because == ("table standard/many/red: P1",)


def test_all_that_applied_makes_one_reason() -> None:
    known = {"impact": "many", "urgency": "red", "workaround": "x"}
    assert priority_of(known, TAXONOMY).reason == "table standard/many/red: P1; workaround: P2"


@pytest.mark.parametrize("criteria", ["safety", ["deadline", "safety"], {"urgency": "safety"}])
def test_triage_says_whether_people_are_in_danger(criteria) -> None:
    ticket = new()
    triaged = Event(
        id="zz0000", at=ticket.received_at, by="li.wei", did="triaged", data={"criteria": criteria}
    )
    assert not is_safety(ticket)
    assert is_safety(ticket.with_events(triaged))
