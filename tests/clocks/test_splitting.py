"""Tickets that were split off another one (docs/sla.md L10)."""

from __future__ import annotations

from sla_desk import agent, at, changed, customer, judge, levels, opened, promising, ticket


def test_l10_a_child_inherits_the_start_and_a_first_response_that_was_given() -> None:
    child = ticket(
        opened("14:00", answered_at="2025-09-15T10:00:00+08:00"), customer("14:00"), parent="250915-AAAAA"
    )
    found = judge(child, "16:00")
    first = found["first_response"]
    assert (first.state, first.via, first.start_at, first.fulfilled_at) == (
        "met",
        "split",
        at("09:00"),
        at("10:00"),
    )
    assert (found["resolution"].state, found["resolution"].start_at) == ("active", at("09:00"))
    assert "next_response" not in found


def test_l10_an_answer_that_was_late_was_judged_on_the_parent_alone() -> None:
    late = opened("14:00", answered_at="2025-09-15T13:45:00+08:00")
    assert judge(ticket(late), "16:00")["first_response"].state == "met"
    raised = ticket(late, changed("15:00", "priority", "P3", "P1"))
    assert judge(raised, "16:00")["first_response"].state == "met"


def test_l10_a_child_of_an_unanswered_ticket_owes_the_answer_itself() -> None:
    it = ticket(opened("14:00"), parent="250915-AAAAA")
    assert judge(it, "16:00")["first_response"].breached_at == at("11:00")
    in_time = ticket(opened("10:00"), agent("10:30"), parent="250915-AAAAA")
    assert judge(in_time, "16:00")["first_response"].state == "met"


def test_l10_what_the_customer_writes_to_the_child_wants_a_next_response() -> None:
    child = ticket(opened("14:00", answered_at="2025-09-15T10:00:00+08:00"), customer("14:30"))
    assert judge(child, "16:00")["next_response"].start_at == at("14:30")
    assert "update" not in judge(child, "16:00", levels(promising(update="1h")))
