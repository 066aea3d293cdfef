"""The clocks stage: how long a ticket may stay in a status (docs/sla.md, stage)."""

from __future__ import annotations

from typing import Any

import pytest
from sla_desk import (
    POLICY,
    agent,
    at,
    changed,
    configuration,
    cycles,
    judge,
    levels,
    moved,
    opened,
    resolve,
    sla_file,
    ticket,
    wait,
)

from tkt.policies.checking import check_service_levels

LIMITS: dict[str, dict[str, Any]] = {
    "new": {"limit": "30m"},
    "waiting": {"limit": "2h", "limit_pauses": ["customer"]},
}
STAGES = levels(limits=LIMITS)


def test_leaving_the_status_fulfils_it() -> None:
    left = judge(ticket(moved("09:20", "assigned")), "18:00", STAGES)
    assert (left["stage:new"].state, left["stage:new"].fulfilled_at) == ("met", at("09:20"))
    late = judge(ticket(moved("09:30:01", "assigned")), "18:00", STAGES)["stage:new"]
    assert (late.state, late.breached_at, late.target_s) == ("breached", at("09:30"), 1800)
    assert "stage:assigned" not in left  # it has no limit


def test_each_visit_is_a_cycle_of_its_own() -> None:
    it = ticket(
        opened(id="open"),
        moved("09:20", "assigned"),
        moved("10:00", "new", id="back"),
        moved("11:00", "assigned"),
    )
    found = cycles(it, "18:00", "stage:new", STAGES)
    assert [(each.cycle, each.state) for each in found] == [("open", "met"), ("back", "breached")]


def test_another_wait_in_the_same_status_is_no_way_out() -> None:
    it = ticket(moved("09:00", "assigned"), wait("09:10", on="vendor"), wait("10:00", on="colleague"))
    (found,) = cycles(it, "11:11", "stage:waiting", STAGES)
    assert (found.start_at, found.state, found.breached_at) == (at("09:10"), "breached", at("11:10"))


def test_it_pauses_as_the_status_says() -> None:
    # docs/sla.md L3
    asked = ticket(agent("09:05"), wait("09:10"))
    assert judge(asked, "18:00", STAGES)["stage:waiting"].state == "paused"
    unasked = ticket(wait("09:10"))
    assert judge(unasked, "18:00", STAGES)["stage:waiting"].state == "breached"
    vendors = levels(limits={"waiting": {"limit": "2h", "limit_pauses": ["vendor", "colleague"]}})
    assert judge(asked, "18:00", vendors)["stage:waiting"].state == "breached"
    passed_on = ticket(
        wait("09:10", on="vendor"), changed("10:00", "waiting", {"on": "vendor"}, {"on": "customer"})
    )
    found = judge(passed_on, "10:30", vendors)["stage:waiting"]
    assert (found.elapsed_s, found.paused_s) == (1800, 3000)


def test_what_was_passed_through_in_one_second_was_no_visit() -> None:
    # docs/sla.md S6
    it = ticket(opened("09:00"), moved("09:00", "assigned"))
    assert "stage:new" not in judge(it, "18:00", STAGES)


def test_without_a_row_there_is_none() -> None:
    only_safety = levels({**POLICY, "match": "category:safety"}, limits=LIMITS)
    assert "stage:new" not in judge(ticket(), "18:00", only_safety)
    assert "stage:new" not in judge(ticket(priority="P9"), "18:00", STAGES)


def test_a_resolved_ticket_may_have_one() -> None:
    by = levels(limits={"resolved": {"limit": "1h"}})
    found = judge(ticket(resolve("10:00")), "18:00", by)["stage:resolved"]
    assert (found.state, found.breached_at, found.is_running) == ("breached", at("11:00"), True)


def test_another_priority_brings_the_calendar_of_its_row() -> None:
    # docs/sla.md L6: same start, same limit
    it = ticket(opened("11:50"), changed("12:10", "priority", "P3", "P2"), received="11:50")
    found = judge(it, "12:15", STAGES)["stage:new"]
    assert (found.calendar, found.due_at, found.elapsed_s) == ("always", at("12:20"), 25 * 60)


@pytest.mark.parametrize("limit", ["2 working days", "1d", "0m", "90000h"])
def test_a_limit_is_open_time_as_a_target_is(limit: str) -> None:
    # docs/sla.md C6
    config = configuration(sla_file(), limits={"new": {"limit": limit}})
    assert [each.path for each in check_service_levels(config) if "limit" in str(each)] == [
        "config/workflow.yaml"
    ]
