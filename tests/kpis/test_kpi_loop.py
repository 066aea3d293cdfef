"""docs/kpi.md K14, K17 and K18: by agent, the closed loop, what was sorted wrongly."""

from __future__ import annotations

from kpi_desk import HOUR, event, given, moved, population, said, ticket, verdict

from tkt.kpis.agents import agents
from tkt.kpis.figures import Kpi
from tkt.kpis.loop import loop
from tkt.kpis.misclassified import misclassified
from tkt.model import Event, Ticket

WEEK = ("2026-10-05T00:00", "2026-10-12T00:00")


def solved(name: str, who: str | None, *events: Event, kind: str = "product") -> Ticket:
    done = moved("2026-10-06T11:00", "resolved")
    return ticket(name, "2026-10-06T09:00", *events, done, type=kind, owner=who)


def test_agents_stand_in_alphabetical_order_and_fewer_than_five_are_not_shown() -> None:
    replied = said("2026-10-06T10:00")
    tickets = [
        *(solved(f"W{n}", "wang.fang") for n in range(6)),
        *(solved(f"L{n}", "li.wei", *([replied] if n == 0 else [])) for n in range(5)),
        *(solved(f"Z{n}", "zhou.hao") for n in range(4)),
        solved("N0", None, kind="inquiry"),
    ]
    kpi = agents(population(tickets, *WEEK))
    found = kpi.json()
    assert list(found["by_agent"]) == ["li.wei", "wang.fang"]
    assert found["by_agent"]["li.wei"] == {
        "n": 5, "median_s": 2 * HOUR, "wait_median_s": 2 * HOUR, "replies": 1, "answered": 0, "csat": None,
        "mix": {"product": 5},
    }  # fmt: skip
    assert found["others"] == 5


def test_the_owner_at_the_resolve_is_credited_even_if_taken_in_the_same_second() -> None:
    tickets = [
        solved(f"T{n}", "wang.fang", given("2026-10-06T11:00", "li.wei"), given("2026-10-06T11:30", "wang.fang", "li.wei"))
        for n in range(5)
    ]  # fmt: skip
    assert list(agents(population(tickets, *WEEK)).json()["by_agent"]) == ["li.wei"]


def closed_loop(*tickets: Ticket, now: str = "2026-12-30T10:00", **more: object) -> Kpi:
    return loop(population(tickets, *WEEK, now=now, **more))  # type: ignore[arg-type]


def test_who_was_told_of_all_that_were_resolved_and_the_missing_ones_by_name() -> None:
    machine = event("2026-10-06T11:00", "message", text="…", auto=True, by="rule:solved", role="system")
    kpi = closed_loop(
        solved("T1", None, said("2026-10-06T12:00")),
        solved("T2", None, machine),
        solved("T3", None, said("2026-10-06T10:00")),  # before it was solved
        solved("T4", None, moved("2026-10-06T12:00", "new"), said("2026-10-06T13:00")),  # reopened untold
        solved("T5", None, event("2026-10-06T09:00", "imported", lacks=["messages"])),
    )
    assert (kpi.value("resolved"), kpi.value("told"), kpi.value("told_rate")) == (4, 2, 0.5)
    assert kpi.ids()["untold"] == ["T3", "T4"]


def test_confirmed_and_closed_by_themselves_are_those_of_the_window() -> None:
    kpi = closed_loop(
        solved("T1", None, moved("2026-10-07T09:00", "closed", confirmed={"how": "reply"})),
        solved("T2", None, moved("2026-10-07T09:00", "closed", auto_closed=True)),
        solved("T3", None, moved("2026-10-13T09:00", "closed", auto_closed=True)),
        solved("T4", None, event("2026-10-07T09:00", "reviewed", review="r1")),
    )
    assert [kpi.value(each) for each in ("confirmed", "auto_closed", "reviewed", "improved")] == [1, 1, 1, 0]


def test_a_promise_is_kept_or_broken_when_its_clock_says_so() -> None:
    kept = verdict("promise", "met", fulfilled_at="2026-10-06T10:00")
    broken = verdict("promise", "breached", breached_at="2026-10-07T10:00")
    earlier = verdict("promise", "breached", breached_at="2026-10-01T10:00")
    kpi = closed_loop(solved("T1", None), verdicts={"T1": [kept, broken, earlier]})
    assert [kpi.value(each) for each in ("promises", "kept", "broken", "kept_rate")] == [2, 1, 1, 0.5]


def improved(now: str) -> Kpi:
    def one(name: str, when: str, *events: Event, product: str = "pos") -> Ticket:
        return ticket(name, when, *events, product=product, category="fault")

    done = event("2026-10-07T09:00", "improved", improvement="i1")
    return closed_loop(
        one("T1", "2026-10-01T09:00", done), one("T2", "2026-09-10T09:00"), one("T3", "2026-09-01T09:00"),
        one("T4", "2026-10-20T09:00"), one("T5", "2026-10-20T09:00", product="app"), now=now,
    )  # fmt: skip


def test_what_came_back_is_counted_thirty_days_before_and_after_an_improvement() -> None:
    kpi = improved("2026-12-30T10:00")
    assert kpi.ids()["recurrence_before"] == ["T1", "T2"]
    assert kpi.ids()["recurrence_after"] == ["T4"]
    early = improved("2026-10-30T10:00")
    assert (early.value("immature"), early.value("recurrence_before")) == (1, 0)


def retyped(*events: Event) -> tuple[object, object]:
    kpi = misclassified(population([ticket("T1", "2026-10-06T09:00", *events)], *WEEK))
    return kpi.value("n"), kpi.value("changed")


def change(when: str, field: str, before: str | None, to: str) -> Event:
    return event(when, "set", field=field, **{"from": before, "to": to})


def test_type_or_complexity_changed_after_triage_is_a_mistake_and_what_triage_set_is_none() -> None:
    triaged = event("2026-10-06T09:10", "triaged")
    assert retyped(triaged) == (1, 0)
    assert retyped(triaged, change("2026-10-06T09:10", "type", "inquiry", "product")) == (1, 0)
    assert retyped(triaged, change("2026-10-06T12:00", "type", "inquiry", "product")) == (1, 1)
    assert retyped(triaged, change("2026-10-20T12:00", "complexity", "simple", "multi-step")) == (1, 1)
    assert retyped(triaged, change("2026-10-06T12:00", "complexity", None, "simple")) == (1, 0)
    assert retyped(triaged, change("2026-10-06T12:00", "priority", "P3", "P1")) == (1, 0)


def test_where_nobody_wrote_it_down_leaving_the_new_tickets_was_the_triage() -> None:
    left = moved("2026-10-06T09:10", "assigned", **{"from": "new"})
    assert retyped(left, change("2026-10-06T12:00", "type", "inquiry", "product")) == (1, 1)
    assert retyped() == (0, 0)
