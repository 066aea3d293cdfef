"""How a verdict is explained (docs/sla.md E6)."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sla_desk import (
    TARGETS,
    ZONE,
    agent,
    at,
    changed,
    customer,
    event,
    explained,
    levels,
    moved,
    opened,
    resolve,
    ticket,
    wait,
)

from tkt.sla import Explained, explain

Told = list[tuple[str, str, str, str]]


def told(found: Explained) -> Told:
    """(kind, start, end, rule) of every interval, the instants as wall times of Shanghai."""
    zone = ZoneInfo(ZONE)
    return [
        (it.kind, f"{it.start.astimezone(zone):%d %H:%M}", f"{it.end.astimezone(zone):%d %H:%M}", it.rule)
        for it in found.intervals
    ]


def test_every_interval_is_told_with_the_rule_that_decided_it() -> None:
    events = [
        customer("09:00"),
        agent("10:00"),
        wait("10:00"),
        customer("11:00"),
        wait("14:00", on="vendor"),
        resolve("15:00"),
        moved("16:00", "in-progress"),
    ]
    found = explained(ticket(*events), "17:00", "resolution")
    assert told(found) == [
        ("counted", "15 09:00", "15 10:00", "C3"),
        ("paused", "15 10:00", "15 11:00", "L3"),
        ("counted", "15 11:00", "15 12:00", "L3"),  # the file lay in waiting, the customer had answered
        ("closed", "15 12:00", "15 13:30", "C1"),
        ("counted", "15 13:30", "15 14:00", "L3"),
        ("counted", "15 14:00", "15 15:00", "L4"),
        ("resolved", "15 15:00", "15 16:00", "L8"),
        ("counted", "15 16:00", "15 17:00", "C3"),
    ]


def test_the_intervals_cover_the_cycle_and_add_up_to_the_verdict() -> None:
    events = [agent("10:00"), wait("10:00"), moved("2025-09-16T10:00", "in-progress")]
    found = explained(ticket(*events), "2025-09-17T15:00", "resolution")
    edges = [edge for it in found.intervals for edge in (it.start, it.end)]
    assert (edges[0], edges[-1]) == (at("09:00"), at("2025-09-17T15:00"))
    assert edges[1:-1:2] == edges[2::2]
    assert sum(it.seconds for it in found.intervals if it.kind == "counted") == found.verdict.elapsed_s
    assert sum(it.seconds for it in found.intervals if it.kind == "paused") == found.verdict.paused_s


def test_neighbours_of_one_kind_and_rule_are_told_as_one() -> None:
    events = [wait("10:00", on="vendor"), wait("10:30", on="colleague"), moved("11:00", "in-progress")]
    found = explained(ticket(*events), "20:00", "resolution")
    assert told(found)[1] == ("counted", "15 10:00", "15 11:00", "L4")
    assert told(found)[-1] == ("closed", "15 18:00", "15 20:00", "C1")


def test_nothing_is_explained_of_a_clock_that_judges_nothing() -> None:
    found = explained(ticket(opened("09:00", raised_by="agent")), "11:00", "first_response")
    assert (found.verdict.state, found.intervals) == ("n/a", ())
    assert explain(ticket(), levels(), at("08:00")) == ()


def test_a_wait_without_a_question_is_counted_by_l3() -> None:
    found = explained(ticket(wait("10:00"), moved("11:00", "in-progress")), "11:30", "resolution")
    assert told(found)[1] == ("counted", "15 10:00", "15 11:00", "L3")


def test_the_first_response_does_not_know_of_waiting() -> None:
    found = explained(ticket(wait("10:00")), "11:00", "first_response")
    assert told(found) == [("counted", "15 09:00", "15 11:00", "C3")]


def test_every_change_of_the_target_is_told_with_its_due_instant() -> None:
    safety = {"name": "safety", "match": "category:safety", "targets": TARGETS}
    everybody = {"name": "everybody", "targets": {**TARGETS, "P3": TARGETS["P1"]}}
    events = [
        changed("10:00", "category", "safety", "fault", id="cat"),
        changed("11:00", "priority", "P3", "P2", id="pri"),
    ]
    it = ticket(*events, type="product", category="safety")
    found = explained(it, "12:00", "resolution", levels(safety, everybody))
    assert [(each.event, each.policy, each.row, each.due_at, each.rule) for each in found.targets] == [
        (None, "safety", "P3", at("2025-09-16T09:30"), "P1"),
        ("cat", "everybody", "P3", at("14:30"), "P3"),
        ("pri", "everybody", "P2", at("2025-09-16T09:00"), "L6"),
    ]


def test_the_policies_tried_are_told_up_to_the_one_that_matched() -> None:
    policies = [
        {"name": name, "match": match, "targets": TARGETS}
        for name, match in (("a", "tier:vip"), ("b", ""), ("c", "type:product"))
    ]
    found = explained(ticket(), "10:00", "resolution", levels(*policies))
    assert [(it.policy, it.holds) for it in found.tried] == [("a", False), ("b", True)]
    uncovered = explained(ticket(), "10:00", "resolution", levels(policies[0]))
    assert [(it.policy, it.match, it.holds) for it in uncovered.tried] == [("a", "tier:vip", False)]
    assert uncovered.intervals == ()


def test_all_clocks_or_one_are_explained() -> None:
    it = ticket(customer("09:00"), agent("09:30"), customer("10:00"), event("10:30", "note", text="…"))
    everything = explain(it, levels(), at("11:00"))
    assert [each.verdict.clock for each in everything] == ["first_response", "next_response", "resolution"]
    assert [each.verdict.clock for each in explain(it, levels(), at("11:00"), "resolution")] == ["resolution"]
