"""Policies that no ticket comes to, contracts of which none speaks, rows that span days (docs/sla.md P1, P2, C6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from sla_desk import configuration, sla_file

from tkt.policies.checking import check_service_levels
from tkt.policies.reaching import unpromised
from tkt.sla import ServiceLevels

ROW = {"calendar": "office", "first_response": "1h", "resolution": "7h"}
ROWS = dict.fromkeys(("P1", "P2", "P3", "default"), ROW)


def policy(name: str, match: str = "", **more: Any) -> dict[str, Any]:
    return {"name": name, "match": match, "targets": ROWS, **more}


def said(*policies: Mapping[str, Any]) -> list[str]:
    return [str(problem.message) for problem in check_service_levels(configuration(sla_file(policies)))]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("tier:vip", "tier:vip type:product"),
        ("tier:vip", "type:product customer.tier:vip channel:email"),
        ("tier:vip,standard", "tier:standard"),
        ("-channel:email", "tier:vip -channel:email"),
        ("(tier:vip OR type:product)", "channel:phone (tier:vip OR type:product)"),
    ],
)
def test_a_policy_that_asks_for_more_than_one_above_it_is_never_reached(above: str, below: str) -> None:
    assert said(policy("first", above), policy("second", below)) == [
        "policy second is never reached: first above it matches first"
    ]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("tier:vip type:product", "tier:vip"),
        ("tier:vip", "tier:vip,standard"),
        ("tier:vip", "tier:vip OR type:product"),
        ("-tier:vip", "tier:vip"),
        ("contract:gold", "contract:silver"),
    ],
)
def test_a_policy_that_takes_others_too_is_reached(above: str, below: str) -> None:
    assert said(policy("first", above), policy("second", below)) == []


def contracts(names: Sequence[str], *matches: str) -> list[str]:
    policies = [policy(f"p{number}", match) for number, match in enumerate(matches)]
    versions = ServiceLevels.from_configuration(configuration(sla_file(policies))).policies.versions
    found = [unpromised(versions, name, path="customers/acme.yaml", line=3) for name in names]
    return [f"{it} ({it.hint})" for problems in found for it in problems]


def test_a_contract_of_which_no_policy_speaks_is_a_fault() -> None:
    # docs/sla.md P2
    assert contracts(["gold", "silver", "2026-01"], "contract:gold,silver tier:vip", "") == [
        "customers/acme.yaml:3: no policy speaks of the contract 2026-01"
        " (in config/sla.yaml, give a policy a match such as contract:2026-01)"
    ]


def test_leaving_a_contract_out_speaks_of_it_too() -> None:
    assert contracts(["gold"], "-contract:gold") == []
    assert 'contract:"two words"' in contracts(["two words"], "contract:gold")[0]


def test_rows_that_are_meant_to_span_days_are_named_in_the_policy() -> None:
    # docs/sla.md C6: an office day has 7h30m
    long = {**ROWS, "P3": {**ROW, "resolution": "22h30m"}, "default": {**ROW, "resolution": "15h"}}
    assert said(policy("all", targets=long, spans_days=["P3", "default"])) == []
    assert said(policy("all", targets=long, spans_days=True)) == []
    (problem,) = check_service_levels(
        configuration(sla_file([policy("all", targets=long, spans_days=["P3"])]))
    )
    assert str(problem.message).endswith("lists show: all default resolution")
    assert str(problem.hint) == "where that is meant, say so in the policy: spans_days: [default]"


def test_a_row_that_spans_days_must_be_there() -> None:
    targets = {name: row for name, row in ROWS.items() if name != "default"}
    assert "policy all has no row default" in said(policy("all", targets=targets, spans_days=["default"]))


def test_a_row_may_have_its_own_calendar_and_ladder() -> None:
    # docs/sla.md P1: a night outage and a routine question in one promise
    rows = {**ROWS, "P1": {"calendar": "always", "ladder": "critical", "resolution": "4h"}}
    ladders = {"critical": {"resolution": ["due warn lead"]}, "calm": {"resolution": ["due warn owner"]}}
    sla = sla_file([policy("all", targets=rows, ladder="calm", calendar="office")], ladders=ladders)
    (version,) = ServiceLevels.from_configuration(configuration(sla)).policies.versions
    assert [(it.calendar, it.ladder) for it in version.rows.values()] == [
        ("always", "critical"),
        *[("office", "calm")] * 3,
    ]
