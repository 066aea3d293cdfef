"""tkt.schema.reading: every fault of a configuration value, at its exact place, with a way out."""

from __future__ import annotations

from typing import Any

import pytest

from tkt.i18n import render
from tkt.schema import DeskFile, PeopleFile, RulesFile, SlaFile, TaxonomyFile, WorkflowFile
from tkt.schema.reading import read_struct

DESK = {"format": 1, "name": "Help"}


def faults_of(kind: type[Any], value: Any) -> list[tuple[tuple[str | int, ...], str, str | None]]:
    found, faults = read_struct(kind, value)
    assert found is None
    return [(fault.path, render(fault.message), fault.hint and render(fault.hint)) for fault in faults]


def test_what_is_right_becomes_a_struct() -> None:
    desk, faults = read_struct(DeskFile, {**DESK, "language": "zh", "git": {"autocommit": False}})
    assert faults == []
    assert desk is not None
    assert (desk.name, desk.zone, desk.language, desk.git.autocommit) == ("Help", "UTC", "zh", False)


def test_a_guard_is_a_word_or_a_word_with_a_condition() -> None:
    status = {"category": "new", "leave": ["who", {"guard": "asks", "when": "type:product"}]}
    workflow, faults = read_struct(WorkflowFile, {"statuses": {"new": status}, "moves": {}})
    assert faults == []
    assert workflow is not None
    plain, conditional = workflow.statuses["new"].leave
    assert plain == "who"
    assert not isinstance(conditional, str)
    assert (conditional.guard, conditional.when) == ("asks", "type:product")


ONE_FAULT: list[tuple[str, type[Any], Any, tuple[str | int, ...], str, str | None]] = [
    (
        "an unknown key",
        DeskFile,
        {**DESK, "zoen": "UTC"},
        ("zoen",),
        "unknown key zoen",
        "did you mean zone?",
    ),
    (
        "an unknown key like no other, of few",
        DeskFile,
        {**DESK, "git": {"xyz": 1}},
        ("git", "xyz"),
        "unknown key git.xyz",
        "known are: autocommit, branch, sync",
    ),
    ("a missing key", DeskFile, {"format": 1}, (), "name is missing, expected text", None),
    (
        "a missing key of an entry",
        PeopleFile,
        {"teams": {}, "people": {"li.wei": {}}},
        ("people", "li.wei"),
        "people.li.wei.name is missing, expected text",
        None,
    ),
    (
        "a missing key with a form of its own",
        SlaFile,
        {"calendars": {}, "policies": [{"targets": {}}]},
        ("policies", 0),
        "policies[0].name is missing, expected lower-case letters, digits and -",
        None,
    ),
    (
        "text for a number",
        DeskFile,
        {**DESK, "format": "one"},
        ("format",),
        'format: expected a whole number, found "one"',
        None,
    ),
    (
        "a truth for a number",
        DeskFile,
        {**DESK, "format": True},
        ("format",),
        "format: expected a whole number, found true",
        None,
    ),
    (
        "yes, which is a word in YAML 1.2",
        DeskFile,
        {**DESK, "git": {"autocommit": "yes"}},
        ("git", "autocommit"),
        'git.autocommit: expected true or false, found "yes"',
        None,
    ),
    ("a number for text", DeskFile, {**DESK, "name": 12}, ("name",), "name: expected text, found 12", None),
    (
        "one name where a list stands",
        PeopleFile,
        {"teams": {}, "people": {"li": {"name": "Li", "teams": "support"}}},
        ("people", "li", "teams"),
        'people.li.teams: expected a list, found "support"',
        "write [support]",
    ),
    (
        "an emptied list",
        RulesFile,
        {"rules": None},
        ("rules",),
        "rules: expected a list, found nothing",
        "where there is none, write []",
    ),
    (
        "an emptied mapping",
        PeopleFile,
        {"teams": {}, "people": None},
        ("people",),
        "people: expected a mapping, found nothing",
        "where there is none, write {}",
    ),
    (
        "an entry that may be empty",
        PeopleFile,
        {"teams": {"tech": None}},
        ("teams", "tech"),
        "teams.tech: expected a mapping, found nothing",
        "where there is none, write {}",
    ),
    (
        "an entry that may not be empty",
        PeopleFile,
        {"teams": {}, "people": {"li": None}},
        ("people", "li"),
        "people.li: expected a mapping, found nothing",
        None,
    ),
    ("a list for the whole file", DeskFile, [], (), "the file: expected a mapping, found a list", None),
    (
        "a word that is nearly one of the known",
        WorkflowFile,
        {"statuses": {"new": {"category": "resolvd"}}, "moves": {}},
        ("statuses", "new", "category"),
        'statuses.new.category: expected one of active, closed, new, resolved, waiting, found "resolvd"',
        "did you mean resolved?",
    ),
    (
        "a word that is like none of the known",
        WorkflowFile,
        {"statuses": {"new": {"category": "zzz"}}, "moves": {}},
        ("statuses", "new", "category"),
        'statuses.new.category: expected one of active, closed, new, resolved, waiting, found "zzz"',
        None,
    ),
    (
        "a weekday spelt out",
        SlaFile,
        {"calendars": {"office": {"zone": "UTC", "week": {"monday": []}}}, "policies": []},
        ("calendars", "office", "week", "monday"),
        'calendars.office.week.monday: expected one of fri, mon, sat, sun, thu, tue, wed, found "monday"',
        "did you mean mon?",
    ),
    (
        "hours without minutes",
        SlaFile,
        {"calendars": {"office": {"zone": "UTC", "week": {"mon": ["09:00-12:00", "13-18"]}}}, "policies": []},
        ("calendars", "office", "week", "mon", 1),
        "calendars.office.week.mon[1]: expected hours like 09:00-12:00; past midnight 22:00-30:00, "
        'found "13-18"',
        None,
    ),
    (
        "a name in capitals",
        PeopleFile,
        {"teams": {"Tech": {}}},
        ("teams", "Tech"),
        'teams.Tech: expected lower-case letters, digits and -, found "Tech"',
        None,
    ),
    (
        "a duration in words",
        WorkflowFile,
        {"statuses": {}, "moves": {}, "until": {"vendor": "soon"}},
        ("until", "vendor"),
        'until.vendor: expected 2h, 1h30m, 15m; where days are allowed also 3d, 2 working days, found "soon"',
        None,
    ),
    (
        "a guard that is neither a word nor a mapping",
        WorkflowFile,
        {"statuses": {"new": {"category": "new", "enter": ["who", 3]}}, "moves": {}},
        ("statuses", "new", "enter", 1),
        "statuses.new.enter[1]: expected text or a mapping, found 3",
        None,
    ),
    (
        "a fault inside one form of several",
        WorkflowFile,
        {"statuses": {"new": {"category": "new", "enter": [{"gaurd": "who", "guard": "x"}]}}, "moves": {}},
        ("statuses", "new", "enter", 0, "gaurd"),
        "unknown key statuses.new.enter[0].gaurd",
        "did you mean guard?",
    ),
    (
        "a label in an unknown language",
        WorkflowFile,
        {"statuses": {}, "moves": {}, "codes": {"fixed": {"fr": "corrigé"}}},
        ("codes", "fixed", "fr"),
        'codes.fixed.fr: expected en or zh, found "fr"',
        None,
    ),
    (
        "priority P0",
        SlaFile,
        {"calendars": {}, "policies": [{"name": "all", "targets": {"P0": {}}}]},
        ("policies", 0, "targets", "P0"),
        'policies[0].targets.P0: expected a priority, or `default`, found "P0"',
        None,
    ),
    (
        "a very long value, shortened",
        DeskFile,
        {**DESK, "language": "x" * 100},
        ("language",),
        f'language: expected one of en, zh, found "{"x" * 59}…"',
        None,
    ),
]


@pytest.mark.parametrize(
    ("kind", "value", "path", "message", "hint"),
    [case[1:] for case in ONE_FAULT],
    ids=[case[0] for case in ONE_FAULT],
)
def test_a_fault_says_where_what_and_a_way_out(
    kind: type[Any], value: Any, path: tuple[str | int, ...], message: str, hint: str | None
) -> None:
    assert faults_of(kind, value) == [(path, message, hint)]


def test_all_faults_are_told_at_once() -> None:
    found = faults_of(
        TaxonomyFile,
        {
            "of_type": {"product": {"need": ["Model"]}},
            "types": {"product": {"fault": {"audience": "intern", "team": 3}}},
            "urgency": {},
            "impact": {},
            "complexity": {},
            "priority_names": {"P9 ": ["x"]},
            "priorty": {},
        },
    )
    assert [path for path, _, _ in found] == [
        ("of_type", "product", "need", 0),
        ("types", "product", "fault", "team"),
        ("types", "product", "fault", "audience"),
        ("priority_names", "P9 "),
        (),  # priority itself is missing
        ("priorty",),
    ]
    assert found[-1][2] == "did you mean priority?"
