"""The clock work: what the desk itself needs (docs/sla.md, work; L3, L4, L8)."""

from __future__ import annotations

from sla_desk import agent, at, customer, explained, judge, levels, moved, promising, resolve, ticket, wait

WORK = levels(promising(work="3h"))


def test_without_a_target_there_is_none() -> None:
    assert "work" not in judge(ticket(), "18:00")


def test_waiting_on_anyone_stops_it() -> None:
    it = ticket(
        agent("09:30"),
        wait("10:00", on="vendor"),
        wait("11:00", on="colleague"),
        moved("14:00", "in-progress"),
    )
    found = judge(it, "14:30", WORK)["work"]
    assert (found.state, found.elapsed_s, found.due_at) == ("active", 5400, at("16:00"))
    assert judge(it, "14:30", WORK)["resolution"].elapsed_s == 3 * 3600 + 3600
    assert judge(ticket(wait("10:00", on="vendor")), "18:00", WORK)["work"].state == "paused"


def test_a_wait_on_a_customer_who_was_asked_nothing_stops_nothing() -> None:
    # docs/sla.md L3
    it = ticket(customer("09:00"), wait("10:00"))
    assert judge(it, "18:00", WORK)["work"].breached_at == at("12:00")
    asked = ticket(customer("09:00"), agent("09:59"), wait("10:00"), customer("11:00"))
    assert judge(asked, "18:00", WORK)["work"].breached_at == at("14:30")  # it went on with the answer


def test_resolved_time_is_taken_out_and_the_last_resolve_ends_it() -> None:
    # docs/sla.md L8
    it = ticket(resolve("10:00"), moved("16:00", "in-progress"), resolve("17:00"))
    found = judge(it, "18:00", WORK)["work"]
    assert (found.state, found.elapsed_s, found.fulfilled_at) == ("met", 7200, at("17:00"))


def test_every_pause_has_its_rule() -> None:
    it = ticket(wait("10:00", on="vendor"), moved("11:00", "in-progress"))
    rules = [(each.kind, each.rule) for each in explained(it, "11:30", "work", WORK).intervals]
    assert rules == [("counted", "C3"), ("paused", "L4"), ("counted", "C3")]
