"""What the check of config/sla.yaml finds (docs/sla.md P1, P2, C5, C6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from sla_desk import POLICY, TARGETS, configuration, sla_file

from tkt.errors import ConfigError, Problem, Severity
from tkt.policies.checking import check_service_levels
from tkt.sla import ServiceLevels

ROW = {"calendar": "office", "first_response": "1h", "resolution": "7h"}
ROWS = dict.fromkeys(("P1", "P2", "P3", "default"), ROW)


def check(*policies: Mapping[str, Any], **more: Any) -> list[Problem]:
    return check_service_levels(configuration(sla_file(policies, **more)))


def said(problems: list[Problem]) -> list[str]:
    return [str(problem) for problem in problems]


def policy(**more: Any) -> dict[str, Any]:
    return {"name": "everybody", "targets": ROWS, **more}


def test_a_sound_file_has_no_problems() -> None:
    assert check(policy()) == []


def test_every_fault_is_told_at_once_with_file_line_and_hint() -> None:
    rows = {**ROWS, "P1": {"calendar": "offce", "first_respons": "1h", "resolution": "3d"}}
    lines = {
        ("policies", 0, "targets", "P1", "calendar"): 7,
        ("policies", 0, "targets", "P1", "first_respons"): 8,
        ("policies", 0, "targets", "P1", "resolution"): 9,
        ("policies", 0, "ladder"): 3,
    }
    config = configuration(sla_file([policy(targets=rows, ladder="strict")]), lines=lines)
    problems = check_service_levels(config)
    found = {problem.line: (str(problem.message), str(problem.hint)) for problem in problems}
    assert found == {
        3: ("there is no ladder strict", "None"),
        7: ("there is no calendar offce", "did you mean office?"),
        8: ("there is no clock first_respons", "did you mean first_response?"),
        9: (
            "3d: a day is ambiguous in a target, expected hours and minutes",
            "write the open hours that are meant, such as 7h30m",
        ),
    }
    assert {problem.path for problem in problems} == {"config/sla.yaml"}
    with pytest.raises(ConfigError) as refused:
        ServiceLevels.from_configuration(config)
    assert {problem.line for problem in refused.value.problems} == {3, 7, 8, 9}


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        ("received:>7d", "cannot depend on the time"),
        ("owner:me", "cannot depend on the time or on who asks"),
        ("reopens:>0", "cannot match on reopens"),
        ("status:new", "cannot match on status"),
        ("发票", "cannot match on text"),
        ("waiting:any", "cannot match on waiting"),
        ("sla:breached", "cannot"),
        ("prioirty:P1", "there is no field prioirty"),
        ("type:(", ""),
    ],
)
def test_a_match_uses_stored_keys_alone(match: str, expected: str) -> None:
    # docs/sla.md P1
    problems = check(policy(match=match))
    assert len(problems) == 1
    assert expected in str(problems[0].message)


def test_unreachable_policies_are_found() -> None:
    # docs/sla.md P2
    first, vip = policy(name="first"), policy(name="vip", match="customer.tier:vip")
    assert said(check(first, vip)) == [
        "config/sla.yaml: policy vip is never reached: first above it matches first"
    ]
    assert said(check(vip, policy(name="again", match="tier:vip"))) == [
        "config/sla.yaml: policy again is never reached: vip above it matches first"
    ]
    assert check(vip, first) == []


def test_what_begins_later_does_not_hide_what_is_below_it() -> None:
    first = policy(name="first", effective_from="2026-01-01")
    assert check(first, policy(name="before")) == []
    after = policy(name="after", effective_from="2026-02-01")
    assert len(check(first, after)) == 1


def test_versions_of_one_policy_stand_under_one_name_but_begin_apart() -> None:
    newer = policy(effective_from="2026-01-01")
    assert check(policy(), newer) == []
    assert said(check(policy(), newer, policy(effective_from="2026-01-01T00:00:00+08:00"))) == [
        "config/sla.yaml: two policies are named everybody"
    ]
    assert said(check(policy(), policy())) == ["config/sla.yaml: two policies are named everybody"]


def test_missing_priorities_are_found() -> None:
    rows = {name: row for name, row in ROWS.items() if name not in ("P2", "P3")}
    assert said(check(policy(targets=rows))) == [
        "config/sla.yaml: policy everybody promises nothing to P2, P3"
    ]


def test_a_policy_without_a_default_row_is_a_warning() -> None:
    (problem,) = check(policy(targets=dict.fromkeys(("P1", "P2", "P3"), ROW)))
    assert problem.severity is Severity.WARNING
    assert "nothing is promised before triage" in str(problem.message)


def test_unknown_priorities_are_found() -> None:
    assert said(check(policy(targets={**ROWS, "P7": ROW}))) == ["config/sla.yaml: there is no priority P7"]


@pytest.mark.parametrize("clock", ["first_response", "next_response"])
def test_a_response_longer_than_the_resolution_is_found(clock: str) -> None:
    rows = {**ROWS, "P1": {**ROW, clock: "7h10m"}}
    assert said(check(policy(targets=rows))) == [
        f"config/sla.yaml: policy everybody, P1: {clock} is longer than resolution"
    ]


def test_a_target_longer_than_one_open_day_is_a_warning() -> None:
    # docs/sla.md C6: an office day has 7h30m
    rows = {**ROWS, "P2": {**ROW, "resolution": "7h30m"}, "P3": {**ROW, "resolution": "7h31m"}}
    (problem,) = check(policy(targets=rows))
    assert problem.severity is Severity.WARNING
    assert "P3 resolution" in str(problem.message)
    assert "P2" not in str(problem.message)


def test_a_row_needs_a_calendar_of_its_own_or_of_its_policy() -> None:
    rows = {name: {"resolution": "7h"} for name in ROWS}
    assert len(check(policy(targets=rows))) == len(ROWS)
    assert check(policy(targets=rows, calendar="office")) == []


@pytest.mark.parametrize(
    ("target", "expected"),
    [("0m", "0m is no target"), ("999999h", "is no target"), ("soon", "is not a duration")],
)
def test_a_target_is_a_positive_duration(target: str, expected: str) -> None:
    problems = check(policy(targets={**ROWS, "P1": {**ROW, "first_response": target}}))
    assert expected in said(problems)[0]


def test_dates_of_versions_and_enforcement_are_checked() -> None:
    assert "effective_from: soon is no instant" in said(check(policy(effective_from="soon")))[0]
    assert "enforce_from: 2025-13-01 is no instant" in said(check(policy(), enforce_from="2025-13-01"))[0]


def test_rungs_and_clocks_of_ladders_are_checked() -> None:
    ladders = {
        "good": {
            "quiet": "defer",
            "resolution": ["75% warn owner", "due-2h warn owner+lead", "due+8h escalate manager"],
        },
        "bad": {
            "quiet": "loud",
            "resolutions": ["due warn lead"],
            "task": ["at once warn owner", "due+3d warn owner"],
            "work": "due warn lead",
        },
    }
    found = said(check(policy(), ladders=ladders))
    assert "config/sla.yaml: due warn lead is no rung" in found.pop()
    assert found == [
        "config/sla.yaml: quiet is loud, expected defer or send",
        "config/sla.yaml: ladder bad names an unknown clock resolutions",
        "config/sla.yaml: at once warn owner is no rung, expected one like 80% warn owner or due+2h escalate manager",
        "config/sla.yaml: due+3d warn owner is no rung, expected one like 80% warn owner or due+2h escalate manager",
    ]


def test_the_targets_of_clocks_that_nothing_judges_are_accepted() -> None:
    assert check(policy(targets={name: {**row, "update": "4h"} for name, row in ROWS.items()})) == []


def test_the_policy_of_these_tests_only_has_long_targets() -> None:
    (problem,) = check(POLICY)
    assert problem.severity is Severity.WARNING
    assert set(TARGETS) == {"P1", "P2", "P3", "default"}
