"""The clocks task: sub-tasks are done in time (docs/sla.md, task; L6)."""

from __future__ import annotations

from sla_desk import (
    POLICY,
    agent,
    at,
    changed,
    cycles,
    explained,
    judge,
    levels,
    promising,
    resolve,
    task,
    ticket,
    wait,
)

ROWS = levels(promising(task="4h"))


def test_a_target_of_its_own_is_open_time_of_the_row() -> None:
    it = ticket(task("11:00", target="2h"), task("14:30", "task-done"))
    found = judge(it, "18:00")["task:T1"]
    assert (found.state, found.due_at, found.calendar, found.elapsed_s) == (
        "met",
        at("14:30"),
        "office",
        7200,
    )


def test_a_due_instant_is_kept_by_the_wall() -> None:
    it = ticket(task("11:00", due="2025-09-15T12:30:00+08:00"))
    found = judge(it, "12:10")["task:T1"]
    assert (found.due_at, found.target_s, found.elapsed_s, found.calendar) == (at("12:30"), 5400, 4200, None)
    assert judge(it, "12:30:01")["task:T1"].breached_at == at("12:30")
    assert [(each.kind, each.rule) for each in explained(it, "12:10", "task:T1").intervals] == [
        ("counted", "C4")
    ]


def test_without_either_the_rows_target_holds() -> None:
    assert judge(ticket(task("11:00")), "18:00", ROWS)["task:T1"].due_at == at("16:30")
    assert "task:T1" not in judge(ticket(task("11:00")), "18:00")
    assert judge(ticket(task("11:00", target="soon")), "18:00", ROWS)["task:T1"].target_s == 4 * 3600


def test_another_due_keeps_the_start_and_a_breach_stays() -> None:
    # docs/sla.md L6
    later = ticket(task("09:00", target="1h"), task("09:30", "task-changed", due="2025-09-16T09:00:00+08:00"))
    assert judge(later, "18:00")["task:T1"].due_at == at("2025-09-16T09:00")
    too_late = ticket(task("09:00", target="1h"), task("11:00", "task-changed", target="8h"))
    assert judge(too_late, "11:30")["task:T1"].breached_at == at("10:00")
    sooner = ticket(task("09:00", target="8h"), task("11:00", "task-changed", target="1h"))
    found = judge(sooner, "11:30")["task:T1"]
    assert (found.breached_at, found.reason) == (at("11:00"), "reclassified")
    assert [each.rule for each in explained(sooner, "11:30", "task:T1").targets] == ["P1", "L6"]


def test_another_owner_changes_no_term() -> None:
    it = ticket(task("09:00", target="1h"), task("09:30", "task-changed", owner="li.wei"))
    assert len(explained(it, "09:40", "task:T1").targets) == 1


def test_waiting_and_resolving_the_ticket_stop_nothing() -> None:
    it = ticket(agent("09:10"), task("09:10", target="1h"), wait("09:30"), resolve("10:00"))
    assert judge(it, "18:00")["task:T1"].breached_at == at("10:10")


def test_tasks_run_beside_each_other_and_one_that_is_set_again_runs_again() -> None:
    it = ticket(
        task("09:00", target="1h", id="one"),
        task("09:00", name="T2", target="1h"),
        task("09:30", "task-done"),
        task("10:00", "task-done"),
        task("11:00", target="1h", id="again"),
    )
    assert [(each.cycle, each.state) for each in cycles(it, "11:30", "task:T1")] == [
        ("one", "met"),
        ("again", "active"),
    ]
    assert judge(it, "11:30")["task:T2"].state == "breached"


def test_where_no_policy_holds_open_time_cannot_be_judged_but_the_wall_can() -> None:
    safety = levels({**POLICY, "match": "category:safety"})
    found = judge(
        ticket(task("09:00", target="1h"), task("09:00", name="T2", due="2025-09-15T10:00")), "11:00", safety
    )
    assert (found["task:T1"].state, found["task:T1"].reason) == ("n/a", "uncovered")
    assert found["task:T2"].breached_at == at("10:00")  # written without a zone: the desk's


def test_another_priority_changes_the_row_and_not_its_own_target() -> None:
    # docs/sla.md L6
    it = ticket(task("11:30", target="1h"), changed("11:45", "priority", "P3", "P2"))
    assert judge(it, "12:00")["task:T1"].due_at == at("12:30")
