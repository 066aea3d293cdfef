"""What a change of priority or policy does to a running clock (docs/sla.md L6, P1, P3)."""

from __future__ import annotations

import pytest
from sla_desk import TARGETS, agent, at, changed, customer, cycles, judge, levels, moved, resolve, ticket

from tkt.model import Event
from tkt.sla import ServiceLevels, Verdict, policy_of

SAFETY = {"name": "safety", "match": "category:safety", "targets": {**TARGETS, "P3": TARGETS["P1"]}}
EVERYBODY = {"name": "everybody", "targets": TARGETS}


def raised(when: str, before: str | None, after: str | None, **more: str) -> Event:
    return changed(when, "priority", before, after, **more)


def resolution(
    *events: Event, now: str = "2025-09-16T18:00", by: ServiceLevels | None = None, **values: object
) -> Verdict:
    return judge(ticket(*events, **values), now, by or levels())["resolution"]


# --- L6


def test_v23_a_raised_priority_keeps_the_start_and_brings_a_nearer_due() -> None:
    verdict = resolution(raised("11:00", "P3", "P1"), now="12:00")
    assert (verdict.due_at, verdict.priority, verdict.target_s) == (at("14:30"), "P1", 4 * 3600)


def test_v24_raised_after_its_new_due_it_is_breached_at_the_change() -> None:
    verdict = resolution(raised("15:00", "P3", "P1"), now="15:00")
    assert (verdict.state, verdict.breached_at, verdict.reason) == ("breached", at("15:00"), "reclassified")


def test_raised_at_the_second_of_its_new_due_it_is_not_yet_late() -> None:
    verdict = resolution(raised("14:30", "P3", "P1"), now="14:30")
    assert (verdict.state, verdict.due_at) == ("active", at("14:30"))
    later = resolution(raised("14:30", "P3", "P1"), now="14:31")
    assert (later.state, later.breached_at, later.reason) == ("breached", at("14:30"), None)


def test_a_breach_is_sticky_lowering_the_priority_does_not_clear_it() -> None:
    verdict = resolution(raised("15:00", "P1", "P3"), resolve("16:00"))
    assert (verdict.state, verdict.breached_at, verdict.reason) == ("breached", at("14:30"), None)
    assert verdict.due_at == at("2025-09-16T09:30")


def test_the_past_is_judged_by_the_target_of_its_time() -> None:
    # the classic bug: today's priority re-judges what happened before it
    verdict = judge(ticket(agent("10:30"), raised("15:00", "P3", "P1")), "18:00")["first_response"]
    assert (verdict.state, verdict.due_at, verdict.priority) == ("met", at("11:00"), "P3")


def test_lowered_before_it_was_late_it_has_the_longer_target() -> None:
    verdict = resolution(raised("14:00", "P1", "P3"), now="2025-09-16T09:00")
    assert (verdict.state, verdict.due_at) == ("active", at("2025-09-16T09:30"))


def test_raised_lowered_and_raised_again_the_first_breach_counts() -> None:
    verdict = resolution(
        raised("10:00", "P3", "P1"),
        raised("11:00", "P1", "P3"),
        raised("15:00", "P3", "P1"),
        now="2025-09-17T09:00",
    )
    assert (verdict.breached_at, verdict.reason) == (at("15:00"), "reclassified")


def test_another_calendar_comes_with_another_row() -> None:
    # P2 runs day and night: 24 h from Monday 09:00
    verdict = resolution(raised("10:00", "P3", "P2"), now="11:00")
    assert (verdict.calendar, verdict.due_at) == ("always", at("2025-09-16T09:00"))


def test_a_change_in_the_second_of_the_stop_does_not_judge_it() -> None:
    # docs/sla.md S6: at one instant, stop before everything, in whatever order it was written
    for first, second in (("aaaa00", "aaaa01"), ("aaaa01", "aaaa00")):
        verdict = resolution(raised("15:00", "P3", "P1", id=first), resolve("15:00", id=second))
        assert (verdict.state, verdict.priority, verdict.due_at) == ("met", "P3", at("2025-09-16T09:30"))
    # a second earlier it does
    verdict = resolution(raised("14:59:59", "P3", "P1"), resolve("15:00"))
    assert (verdict.state, verdict.priority) == ("breached", "P1")


def test_a_reply_that_also_raises_the_priority_is_judged_by_what_was_promised_until_then() -> None:
    # docs/sla.md S6: `tkt reply` with a set of the priority in the same command
    it = ticket(customer("09:00"), raised("10:30", "P3", "P1", id="aaaa00"), agent("10:30", id="aaaa01"))
    verdict = judge(it, "11:00")["first_response"]
    assert (verdict.state, verdict.priority, verdict.due_at) == ("met", "P3", at("11:00"))


def test_a_change_after_the_end_changes_nothing() -> None:
    verdict = resolution(resolve("15:00"), raised("16:00", "P3", "P1"))
    assert (verdict.state, verdict.priority) == ("met", "P3")


# --- P1


def test_until_triage_the_default_row_holds() -> None:
    verdict = resolution(priority=None, now="10:00")
    assert (verdict.priority, verdict.target_s, verdict.untargeted) == (None, 6 * 3600, False)
    # and triage brings the row of the priority, from the same start
    triaged = resolution(raised("10:00", None, "P1"), now="11:00", priority=None)
    assert (triaged.target_s, triaged.due_at) == (4 * 3600, at("14:30"))


def test_past_new_a_ticket_without_a_priority_is_untargeted() -> None:
    verdict = resolution(moved("10:00", "in-progress"), priority=None)
    assert (verdict.state, verdict.reason, verdict.untargeted) == ("n/a", "untargeted", True)
    assert (verdict.policy, verdict.due_at) == ("everybody", None)


def test_a_priority_without_a_row_is_untargeted() -> None:
    rows = {name: row for name, row in TARGETS.items() if name != "P3"}
    verdict = resolution(by=levels({"name": "everybody", "targets": rows}))
    assert (verdict.state, verdict.untargeted) == ("n/a", True)


def test_without_a_default_row_nothing_is_promised_before_triage() -> None:
    by = levels({"name": "everybody", "targets": {"P1": TARGETS["P1"]}})
    verdict = resolution(priority=None, by=by)
    assert (verdict.state, verdict.reason, verdict.untargeted) == ("n/a", "no-target", False)
    # triaged too late, it is late at once
    late = resolution(raised("17:00", None, "P1"), priority=None, by=by)
    assert (late.state, late.breached_at, late.reason) == ("breached", at("17:00"), "reclassified")


def test_a_row_may_leave_a_clock_out() -> None:
    by = levels({"name": "calm", "targets": {"P3": {"calendar": "office", "resolution": "8h"}}})
    verdict = judge(ticket(), "18:00", by)["first_response"]
    assert (verdict.state, verdict.reason, verdict.untargeted) == ("n/a", "no-target", False)


def test_the_first_policy_that_matches_wins() -> None:
    by = levels(SAFETY, EVERYBODY)
    assert resolution(by=by, type="product", category="safety").policy == "safety"
    assert resolution(by=by, type="product", category="fault").policy == "everybody"
    assert resolution(by=by).policy == "everybody"


def test_without_a_policy_a_ticket_is_uncovered_but_its_instants_are_known() -> None:
    verdict = resolution(resolve("15:00"), by=levels(SAFETY))
    assert (verdict.state, verdict.reason, verdict.policy) == ("n/a", "uncovered", None)
    assert (verdict.start_at, verdict.fulfilled_at) == (at("09:00"), at("15:00"))


@pytest.mark.parametrize(
    ("match", "values"),
    [
        ("audience:internal", {"type": "request", "category": "it"}),
        ("customer.tier:vip", {"tier": "vip"}),
        ("channel.class:offline", {"channel": "phone"}),
        ("channel:phone -tier:vip", {"channel": "phone"}),
        ("tag:beta", {"tags": ["beta"]}),
        ("contact:张伟", {"contact": {"name": "张伟"}}),
    ],
)
def test_a_match_sees_the_stored_keys_and_what_follows_from_them(
    match: str, values: dict[str, object]
) -> None:
    by = levels({"name": "some", "match": match, "targets": TARGETS}, EVERYBODY)
    assert resolution(by=by, **values).policy == "some"
    assert resolution(by=by).policy == "everybody"


def test_the_rows_calendar_and_ladder_win_over_the_policys() -> None:
    rows = {"P3": {"resolution": "8h"}, "P1": {"calendar": "always", "ladder": "calm", "resolution": "4h"}}
    policy = {"name": "mixed", "calendar": "office", "ladder": "strict", "targets": rows}
    by = levels(policy, ladders={"strict": {}, "calm": {}})
    found = [resolution(by=by, priority=name) for name in ("P3", "P1")]
    assert [(it.calendar, it.ladder) for it in found] == [("office", "strict"), ("always", "calm")]


# --- policy changes, P3


def test_a_changed_category_brings_another_policy_from_then_on() -> None:
    by = levels(SAFETY, EVERYBODY)
    events = [changed("11:00", "category", "fault", "safety")]
    verdict = resolution(*events, now="12:00", by=by, type="product", category="fault")
    assert (verdict.policy, verdict.due_at) == ("safety", at("14:30"))
    first = judge(ticket(*events, type="product", category="fault"), "12:00", by)["first_response"]
    assert (first.policy, first.breached_at, first.reason) == ("safety", at("11:00"), "reclassified")


NEWER = {
    "name": "everybody",
    "effective_from": "2025-09-15T12:00:00+08:00",
    "targets": {**TARGETS, "P3": TARGETS["P1"], "P2": {**TARGETS["P2"], "resolution": "2h"}},
}
VERSIONS = levels(SAFETY, EVERYBODY, NEWER)


def test_a_cycle_keeps_the_version_in_force_when_it_started() -> None:
    old = resolution(by=VERSIONS, now="18:00")
    new = resolution(by=VERSIONS, now="18:00", received="12:00")
    assert (old.target_s, new.target_s) == (8 * 3600, 4 * 3600)


def test_a_change_of_priority_takes_the_row_of_the_version_the_cycle_has() -> None:
    verdict = resolution(raised("13:00", "P3", "P2"), by=VERSIONS, now="18:00")
    assert verdict.target_s == 24 * 3600


def test_an_event_that_changes_what_policies_match_on_judges_anew() -> None:
    moved_on = [changed("13:00", "category", "safety", "fault")]
    verdict = resolution(*moved_on, by=VERSIONS, now="14:00", type="product", category="safety")
    assert (verdict.policy, verdict.target_s) == ("everybody", 4 * 3600)
    # a field that no policy looks at does not
    other = [changed("13:00", "product", None, "billing")]
    assert resolution(*other, by=VERSIONS, now="14:00").target_s == 8 * 3600


def test_a_later_cycle_has_the_version_of_its_own_start() -> None:
    asked = ticket(agent("09:10"), customer("11:00"), agent("11:10"), customer("12:30"))
    assert [it.target_s for it in cycles(asked, "13:00", "next_response", VERSIONS)] == [4 * 3600, 1800]


def test_a_policy_that_has_not_begun_is_passed_over() -> None:
    by = levels({**SAFETY, "match": "", "effective_from": "2026-01-01"}, EVERYBODY)
    assert resolution(by=by).policy == "everybody"


def test_a_date_begins_at_midnight_of_the_desk() -> None:
    by = levels({**SAFETY, "match": "", "effective_from": "2025-09-16"}, EVERYBODY)
    received = ("2025-09-15T23:59:59", "2025-09-16T00:00:00")
    assert [resolution(by=by, received=it, now=it).policy for it in received] == ["everybody", "safety"]


def test_which_policy_held_can_be_asked_for_any_instant() -> None:
    by = levels(SAFETY, EVERYBODY)
    it = ticket(changed("11:00", "category", "fault", "safety"), type="product", category="fault")
    found = [policy_of(it, by, at(when)) for when in ("08:00", "10:59", "11:00")]
    assert [each.name if each else None for each in found] == ["everybody", "everybody", "safety"]
