"""What `tkt check` says of configuration files that do not agree with each other."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from flowdesk import changed, desk

from tkt.checks import check_configuration
from tkt.checks.configuration import CONFIGURATION_CHECKS
from tkt.errors import Problem, Severity
from tkt.schema import (
    CategoryDecl,
    Configuration,
    FieldDecl,
    GuardDecl,
    PersonDecl,
    RuleDecl,
    StatusDecl,
    TeamDecl,
    TypeDecl,
)
from tkt.schema.views import NeglectDecl, ReviewDecl
from tkt.schema.workflow import ClosingDecl, ToldDecl


def said(config: Configuration) -> list[str]:
    """The faults, as they are printed without their lines."""
    return [f"{problem.path}: {problem.message}" for problem in check_configuration(config)]


def status(name: str, **keys: object) -> dict[str, StatusDecl]:
    """The desk's statuses with one changed."""
    statuses = desk().workflow.statuses
    return {**statuses, name: msgspec.structs.replace(statuses[name], **keys)}


@pytest.mark.parametrize("profile", ["saas", "after-sales"])
def test_a_new_desk_is_of_one_piece(profile) -> None:
    assert check_configuration(desk(profile)) == []


def test_a_fault_is_told_with_its_line_and_the_nearest_right_name() -> None:
    moves = {**desk().workflow.moves, "assigned": ["in-progress", "resolvd"]}
    lines = {
        "workflow": lambda *path: {(): 1, ("moves", "assigned"): 12, ("moves", "assigned", 1): 13}.get(path)
    }
    (problem,) = check_configuration(replace(changed("workflow", moves=moves), lines=lines))
    assert problem == Problem(
        code="config",
        message=problem.message,
        path="config/workflow.yaml",
        line=13,
        hint=problem.hint,
    )
    assert str(problem) == "config/workflow.yaml:13: resolvd is no status of this desk"
    assert str(problem.hint) == "did you mean resolved?"


WORKFLOW = [
    ({"statuses": status("new", leave=["impct"])}, "there is no guard impct"),
    ({"statuses": status("new", leave=[GuardDecl(guard="impct")])}, "there is no guard impct"),
    (
        {"statuses": status("new", limit="3 days")},
        "3 days: a day is ambiguous in a target, expected hours and minutes",
    ),
    ({"moves": {**desk().workflow.moves, "limbo": []}}, "limbo is no status of this desk"),
    ({"uncounted": {**desk().workflow.uncounted, "fixed": "x"}}, "fixed is among codes and among uncounted"),
    ({"customer_writes": {"waiting": "move to limbo"}}, "limbo is no status of this desk"),
    ({"until": {"customer": "soon"}}, "soon is not a duration, expected one like 2h, 1h30m or 3d"),
    ({"told": ToldDecl(within="soon")}, "soon is not a duration, expected one like 15m, 2h or 1h30m"),
    (
        {"closing": ClosingDecl(reopen_window="a while")},
        "a while is not a duration, expected one like 2h, 1h30m or 3d",
    ),
]


@pytest.mark.parametrize(("keys", "message"), WORKFLOW)
def test_faults_of_the_workflow(keys, message) -> None:
    assert said(changed("workflow", **keys)) == [f"config/workflow.yaml: {message}"]


def test_tickets_must_be_able_to_begin_to_be_solved_and_to_end() -> None:
    statuses = {"doing": StatusDecl(category="active")}
    config = changed("workflow", statuses=statuses, moves={}, customer_writes={})
    assert said(config) == [
        f"config/workflow.yaml: this desk has no status of the category {category}"
        for category in ("new", "resolved", "closed")
    ]


def test_a_status_that_no_move_leads_to_is_a_warning() -> None:
    statuses = {**desk().workflow.statuses, "limbo": StatusDecl(category="active")}
    (problem,) = check_configuration(changed("workflow", statuses=statuses))
    assert (str(problem.message), problem.severity) == ("no move leads to limbo", Severity.WARNING)


def types(**fault: object) -> dict[str, dict[str, CategoryDecl]]:
    """The desk's types with one category changed."""
    known = desk().taxonomy.types
    wrong = msgspec.structs.replace(known["product"]["fault"], **fault)
    return {**known, "product": {**known["product"], "fault": wrong}}


STANDARD = desk().taxonomy.priority["standard"]
TAXONOMY = [
    ({"types": types(team="tehc")}, "there is no team tehc in config/people.yaml"),
    ({"types": types(priority="P7")}, "P7 is not declared below priority_names"),
    ({"types": types(need=["sympton"])}, "sympton is no field: declare it below fields"),
    ({"types": {**desk().taxonomy.types, "other": {}}}, "type other is not declared below of_type"),
    ({"of_type": {**desk().taxonomy.of_type, "other": TypeDecl()}}, "type other has no categories below types"),
    ({"of_type": {**desk().taxonomy.of_type, "product": TypeDecl(need=["produkt"])}}, "produkt is no field: declare it below fields"),
    ({"fields": {**desk().taxonomy.fields, "status": FieldDecl()}}, "status is a field of tkt's own"),
    ({"fields": {**desk().taxonomy.fields, "either": FieldDecl(any_of=["modl"])}}, "modl is no field: declare it below fields"),
    ({"priority": {"standard": {**STANDARD, "many": ["P1"]}}}, "1 priorities, expected one for each urgency: red, yellow, green"),
    ({"priority": {"standard": {**STANDARD, "many": ["P1", "P7", "P3"]}}}, "P7 is not declared below priority_names"),
    ({"priority": {"standard": {**STANDARD, "all": ["P1", "P2", "P3"]}}}, "all is no impact of this desk"),
    ({"priority": {"standard": {"many": STANDARD["many"], "some": STANDARD["some"]}}}, "no row for the impact one"),
    ({"priority": {"vip": STANDARD}}, "the tier standard is missing; tickets without a tier are judged by it"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "message"), TAXONOMY)
def test_faults_of_the_taxonomy(keys, message) -> None:
    assert f"config/taxonomy.yaml: {message}" in said(changed("taxonomy", **keys))


PEOPLE = [
    ({"people": {"x": PersonDecl(name="X", teams=["tehc"])}, "teams": desk("after-sales").people.teams | {"quality": TeamDecl()}},
     "there is no team tehc in config/people.yaml"),
    ({"teams": {**desk().people.teams, "it": TeamDecl(lead="nobody")}}, "there is nobody nobody in config/people.yaml"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "message"), PEOPLE)
def test_faults_of_teams_and_people(keys, message) -> None:
    assert f"config/people.yaml: {message}" in said(changed("people", **keys))


def test_a_mail_address_names_one_person() -> None:
    people = {
        "a": PersonDecl(name="A", email="x@desk.example"),
        "b": PersonDecl(name="B", aliases=["X@desk.example"]),
    }
    teams = {name: TeamDecl(lead="a") for name in desk().people.teams}
    found = said(changed("people", people=people, teams=teams))
    assert found == [
        f"config/people.yaml: {address} is the address of several people"
        for address in ("x@desk.example", "X@desk.example")
    ]


RULES = [
    (RuleDecl(name="r", set={"category": "fault"}), "a rule never sets category: people do"),
    (RuleDecl(name="r", set={"team": "tehc"}), "team cannot be tehc"),
    (RuleDecl(name="r", set={"tema": "tech"}), "no field tema on this desk"),
    (RuleDecl(name="r", set={"urgency": "purple"}), "urgency cannot be purple"),
    (RuleDecl(name="r", when="owner:me"), "nobody in particular asks here, so me and mine mean nobody"),
    (
        RuleDecl(name="r", when="received:>7d"),
        "this is judged by stored keys alone, not by the time or by now",
    ),
    (
        RuleDecl(name="r", when="needs:reply"),
        "this is judged by stored keys alone, not by the time or by needs",
    ),
]


@pytest.mark.parametrize(("rule", "message"), RULES)
def test_faults_of_rules(rule, message) -> None:
    assert said(changed("rules", rules=[rule])) == [f"config/rules.yaml: {message}"]


def test_what_rules_may_set_and_see() -> None:
    rule = RuleDecl(
        name="r",
        when="发票 channel.class:derived customer.tier:vip",
        set={"team": "category", "skill": "api"},
    )
    assert said(changed("rules", rules=[rule])) == []


def test_two_rules_of_one_name_cannot_be_told_apart() -> None:
    found = said(changed("rules", rules=[RuleDecl(name="r", tag=["a"]), RuleDecl(name="r", tag=["b"])]))
    assert found == ["config/rules.yaml: there are several rules named r"] * 2


@pytest.mark.parametrize(
    ("part", "keys", "path"),
    [
        ("views", {"views": {"x": "prioirty:P1"}}, "config/views.yaml"),
        ("rules", {"rules": [RuleDecl(name="r", when="(a")]}, "config/rules.yaml"),
        ("workflow", {"statuses": status("new", leave=[GuardDecl(guard="asks", when="tpye:product")])}, "config/workflow.yaml"),
        ("workflow", {"closing": ClosingDecl(never_auto="priority:P9")}, "config/workflow.yaml"),
        ("reports", {"survey": {"not_for": "audience:"}}, "config/reports.yaml"),
        ("reports", {"review": ReviewDecl(when="reopens:>=many")}, "config/reports.yaml"),
        ("reports", {"neglect": {"x": NeglectDecl(when="owener:none")}}, "config/reports.yaml"),
    ],
)  # fmt: skip
def test_every_query_can_be_read(part, keys, path) -> None:
    assert [problem.path for problem in check_configuration(changed(part, **keys))] == [path]


def test_a_view_may_ask_for_me_and_now() -> None:
    assert said(changed("views", views={"x": "owner:me untouched:>2d sla:breached"})) == []


def test_all_faults_are_told_at_once() -> None:
    config = changed(
        "workflow",
        moves={**desk().workflow.moves, "limbo": []},
        uncounted={**desk().workflow.uncounted, "fixed": "x"},
    )
    config = replace(
        config, rules=msgspec.structs.replace(config.rules, rules=[RuleDecl(name="r", set={"tema": "x"})])
    )
    assert len(said(config)) == 3


def test_the_table_holds_each_check_once() -> None:
    assert len(set(CONFIGURATION_CHECKS)) == len(CONFIGURATION_CHECKS)
