"""Whether there is somebody at each rung of a ladder, and whether the rungs are in order (docs/sla.md E1)."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from sla_desk import configuration, sla_file

from tkt.policies.checking import check_service_levels
from tkt.schema.configuration import FILES

ROW = {"calendar": "office", "first_response": "1h", "resolution": "7h"}
POLICY = {"name": "all", "targets": dict.fromkeys(("P1", "P2", "P3", "default"), ROW)}
PEOPLE = {
    "teams": {"tech": {"levels": {"director": "wang"}}},
    "people": {
        "li.wei": {"name": "李伟"},
        "wang": {"name": "王"},
        "gone": {"name": "Gone", "kind": "former"},
    },
}


def said(*rungs: str, **ladder: Any) -> list[str]:
    sla = sla_file([POLICY], ladders={"strict": {"resolution": list(rungs), **ladder}})
    config = configuration(sla)
    people = msgspec.convert(PEOPLE, FILES["people"][1])
    object.__setattr__(config, "people", people)
    return [f"{it.severity}: {it.message}" for it in check_service_levels(config)]


def test_roles_levels_of_teams_and_people_can_be_told() -> None:
    roles = "owner+owner-or-team+ticket-owner+lead+manager+on-call"
    assert said(f"50% warn {roles}", "due escalate director", "due+1h escalate li.wei") == []


@pytest.mark.parametrize("word", ["lied", "gone", "owner+"])
def test_a_recipient_that_nobody_is_is_a_fault(word: str) -> None:
    (problem,) = said(f"80% warn {word}")
    assert problem.startswith("error: ")
    assert "expected a role, a level of a team or a person" in problem


@pytest.mark.parametrize(
    "rungs",
    [
        ("80% warn owner", "50% warn lead"),
        ("due escalate lead", "80% warn owner"),
        ("due+2h escalate manager", "due escalate lead"),
        ("due escalate lead", "due-2h warn owner"),
        ("120% escalate lead", "due warn owner"),
    ],
)
def test_a_rung_below_one_that_comes_later_is_a_warning(rungs: tuple[str, str]) -> None:
    assert said(*rungs) == [f"warning: {rungs[1]} comes before {rungs[0]}, which stands above it"]


def test_a_rung_that_stands_twice_in_one_ladder_is_a_warning() -> None:
    # docs/sla.md E2: a rung is known by its words, and climbed once
    twice = ("50% warn owner", "due escalate lead", "50% warn owner")
    assert "warning: 50% warn owner stands twice in one ladder" in said(*twice)
    assert said(*twice[:2], "due escalate lead") == ["warning: due escalate lead stands twice in one ladder"]


def test_a_share_and_a_span_on_one_side_of_due_may_stand_either_way() -> None:
    assert said("80% warn owner", "due-2h warn lead", "75% warn lead") == []
    assert said("due escalate lead", "100% warn owner", "due escalate manager") == []


def test_quiet_hours_are_defer_or_send() -> None:
    # docs/sla.md E3
    assert said("due warn lead", quiet="send") == []
    assert said("due warn lead", quiet="never") == ["error: quiet is never, expected defer or send"]
