"""The clocks promise: what was named to the customer is kept (docs/sla.md, promise; C4)."""

from __future__ import annotations

from sla_desk import (
    POLICY,
    at,
    changed,
    customer,
    cycles,
    event,
    explained,
    judge,
    kept,
    levels,
    moved,
    promised,
    resolve,
    ticket,
)

from tkt.sla import is_warned

LADDER = levels(
    {**POLICY, "ladder": "standard"},
    ladders={"standard": {"promise": ["due-2h warn owner", "due escalate lead"]}},
)


def test_it_is_due_by_the_wall_whatever_the_hours_are() -> None:
    it = ticket(promised("17:00", "20:00"))
    found = judge(it, "19:00")["promise:PR1"]
    assert (found.state, found.due_at, found.calendar) == ("active", at("20:00"), None)
    assert (found.target_s, found.elapsed_s, found.remaining_s) == (3 * 3600, 2 * 3600, 3600)
    assert judge(it, "20:00")["promise:PR1"].state == "active"
    assert judge(it, "20:00:01")["promise:PR1"].breached_at == at("20:00")


def test_marked_kept_it_is_met() -> None:
    assert judge(ticket(promised("09:00", "11:00"), kept("11:00")), "18:00")["promise:PR1"].state == "met"
    late = judge(ticket(promised("09:00", "11:00"), kept("11:00:01")), "18:00")["promise:PR1"]
    assert (late.state, late.fulfilled_at) == ("breached", at("11:00:01"))


def test_another_time_in_its_place_cancels_it_unless_it_was_broken() -> None:
    it = ticket(promised("09:00", "11:00", id="one"), promised("10:00", "15:00", id="two"))
    assert [(each.cycle, each.state, each.reason) for each in cycles(it, "11:30", "promise:PR1")] == [
        ("one", "cancelled", "promised-anew"),
        ("two", "active", None),
    ]
    broken = ticket(promised("09:00", "11:00"), promised("12:00", "15:00"))
    assert cycles(broken, "12:30", "promise:PR1")[0].breached_at == at("11:00")


def test_other_promises_and_a_resolve_leave_it_alone() -> None:
    it = ticket(
        promised("09:00", "11:00"),
        promised("09:30", "12:00", name="PR2"),
        kept("10:00", "PR2"),
        resolve("10:30"),
    )
    found = judge(it, "11:30")
    assert (found["promise:PR1"].state, found["promise:PR2"].state) == ("breached", "met")


def test_it_needs_no_policy() -> None:
    safety = levels({**POLICY, "match": "category:safety"})
    found = judge(ticket(promised("09:00", "11:00")), "11:30", safety)["promise:PR1"]
    assert (found.state, found.policy, found.untargeted) == ("breached", None, False)
    assert explained(ticket(promised("09:00", "11:00")), "10:00", "promise:PR1", safety).tried == ()


def test_a_merge_and_spam_cancel_it_and_an_old_ticket_is_exempt() -> None:
    # docs/sla.md L9, L11, P5
    merged = [event("10:00", "merged", into="250914-AAAAA")]
    assert judge(ticket(promised("09:00", "11:00"), *merged), "18:00")["promise:PR1"].state == "cancelled"
    spam = moved("10:00", "closed", resolution={"code": "spam"})
    assert judge(ticket(promised("09:00", "09:30"), spam), "18:00")["promise:PR1"].reason == "spam"
    young = levels(enforce_from="2025-09-16")
    assert judge(ticket(promised("09:00", "11:00")), "18:00", young)["promise:PR1"].state == "exempt"


def test_its_rungs_are_hours_of_the_wall() -> None:
    # docs/sla.md E1
    it = ticket(customer("09:00"), promised("17:00", "23:00"))
    warned = [is_warned(judge(it, now, LADDER)["promise:PR1"], LADDER) for now in ("20:59:59", "21:00")]
    assert warned == [False, True]


def test_what_is_no_instant_is_no_promise_and_one_in_the_past_is_broken_at_once() -> None:
    assert "promise:PR1" not in judge(
        ticket(event("09:00", "promised", promise="PR1", until="soon")), "18:00"
    )
    assert judge(ticket(promised("10:00", "09:00")), "10:01")["promise:PR1"].breached_at == at("10:00")


def test_priority_and_policy_have_no_part_in_it() -> None:
    # docs/sla.md L6
    it = ticket(promised("09:00", "11:00"), changed("10:00", "priority", "P3", "P1"))
    found = judge(it, "10:30")["promise:PR1"]
    assert (found.due_at, found.priority, found.state) == (at("11:00"), "P1", "active")
