"""What a gate found, as people, forges and readers of test results take it."""

from __future__ import annotations

import io
import json
import re
from itertools import pairwise

import pytest
from gate_desk import FAULT, HOSTILE, acknowledged, gated, late, met, sheet, usual, warned
from hypothesis import given, settings
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml, Skipped
from sarif_schema import faults

from tkt import i18n
from tkt.gated import Gated
from tkt.render.gate import FORMATS
from tkt.render.gate.github import command, summary
from tkt.render.text import width

COMMAND = re.compile(r"::(?P<level>error|warning|notice) file=[^,:]+,line=\d+,title=[^,:]+::[^\r\n]+")


def hostile() -> Gated:
    return gated(late(title=HOSTILE), acknowledged(reason=HOSTILE), problems=(FAULT,))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_format_says_the_same_twice_and_gives_nobody_orders(name: str, language: str) -> None:
    i18n.activate(language)
    told = [FORMATS[name](sheet(it)) for it in (hostile(), hostile())]
    assert told[0] == told[1]
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]|\n::error::%0A", told[0])
    assert "##[" not in told[0] or name == "json"  # which keeps every word


def test_every_format_can_say_that_there_is_nothing() -> None:
    none = sheet(gated(met()))
    counts = "0 breaches, 1 ticket checked, 0 without a policy, 0 acknowledged"
    assert FORMATS["text"](none) == FORMATS["github"](none) == counts
    assert summary(none) == f"### Service levels\n\n{counts}\n"
    assert json.loads(FORMATS["gitlab"](none)) == []
    assert json.loads(FORMATS["sarif"](none))["runs"][0]["results"] == []
    assert read(gated()).tests == 0


@pytest.mark.parametrize("name", ["github", "gitlab", "sarif", "junit"])
def test_a_file_that_cannot_be_judged_is_in_every_report(name: str) -> None:
    assert "support/tickets/new/x.yaml" in FORMATS[name](sheet(gated(problems=(FAULT,)), prefix="support/"))


# --- text ---


@pytest.mark.parametrize("columns", [20, 24, 40, 60, 80, 200])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_breach_is_one_line_at_every_width(columns: int, language: str) -> None:
    i18n.activate(language)
    found = gated(*(late(number, title="打印机着火了 " * 9) for number in (1, 2, 3)))
    table, counts = FORMATS["text"](sheet(found, columns)).split("\n\n")
    _heads, *lines = table.splitlines()
    assert [line[:12] for line in lines] == ["250915-AAAA1", "250915-AAAA2", "250915-AAAA3"]
    assert all(width(line) <= columns for line in table.splitlines())
    assert "3" in counts


def test_what_fails_is_told_apart_from_what_does_not() -> None:
    told = FORMATS["text"](sheet(usual(known=["250915-AAAA1"])))
    assert "1 breach that main has too:" in told
    assert told.endswith(
        "0 new breaches, 1 that main has too, 4 tickets checked, 0 without a policy, 1 acknowledged"
    )
    assert FORMATS["text"](sheet(usual(known=["250915-AAAA1"]), is_brief=True)) == ""


# --- GitHub ---


def test_an_annotation_is_in_githubs_syntax() -> None:
    told = command(
        "error", {"file": "a,b:c.yaml", "line": "1", "title": "100%, done: x"}, "50%\r\nnext: a, b"
    )
    assert told == "::error file=a%2Cb%3Ac.yaml,line=1,title=100%25%2C done%3A x::50%25%0D%0Anext: a, b"


def test_annotations_are_one_line_each_and_what_fails_comes_first() -> None:
    *lines, counts = FORMATS["github"](sheet(usual(), prefix="support/", line_of=lambda _: 7)).splitlines()
    levels = [found["level"] if (found := COMMAND.fullmatch(line)) else line for line in lines]
    assert levels == ["error", "warning", "notice"]
    assert "file=support/tickets/new/250915-AAAA1.yaml,line=7,title=first response breached%3A" in lines[0]
    assert "due 2025-09-15 11:00, 10m over" in lines[0]
    assert "acknowledged by 李伟: the courier was late" in lines[2]
    assert not counts.startswith("::")


def test_a_strangers_title_makes_no_second_command() -> None:
    told = FORMATS["github"](sheet(hostile())).splitlines()
    assert all(COMMAND.fullmatch(line) for line in told[:-1]), told


def test_the_steps_summary_is_a_table_in_which_nothing_acts() -> None:
    told = summary(sheet(hostile()))
    rows = [line for line in told.splitlines() if line.startswith("|")]
    assert len(rows) == 4
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {9}
    assert "<b>" not in told
    assert not re.search(r"@\w|://", told)
    assert told.endswith("\n")


# --- GitLab ---


def test_gitlab_gets_an_array_of_issues_with_steady_fingerprints() -> None:
    issues = json.loads(FORMATS["gitlab"](sheet(usual(), line_of=lambda _: 7)))
    assert [it["severity"] for it in issues] == ["critical", "minor", "info"]
    assert all(
        set(it) == {"description", "check_name", "fingerprint", "severity", "location"} for it in issues
    )
    assert issues[0]["location"] == {"path": "tickets/new/250915-AAAA1.yaml", "lines": {"begin": 7}}
    later = json.loads(FORMATS["gitlab"](sheet(gated(late(title="another"), known=["250915-AAAA1"]))))
    assert later[0]["fingerprint"] == issues[0]["fingerprint"]
    assert len({it["fingerprint"] for it in issues}) == 3


# --- SARIF ---


@pytest.mark.parametrize("language", ["en", "zh"])
def test_sarif_is_as_the_standard_has_it(language: str) -> None:
    i18n.activate(language)
    for found in (usual(), hostile(), gated(), usual(known=["250915-AAAA1"])):
        assert faults(FORMATS["sarif"](sheet(found))) == []


def test_a_clock_is_a_rule_and_an_acknowledged_breach_is_suppressed() -> None:
    run = json.loads(FORMATS["sarif"](sheet(usual(problems=(FAULT,)), line_of=lambda _: 7)))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[it["ruleIndex"]]["id"] == it["ruleId"] for it in run["results"])
    assert [(it["ruleId"], it["level"]) for it in run["results"]] == [
        ("unreadable", "error"),
        ("first_response", "error"),
        ("first_response", "warning"),
        ("first_response", "error"),
    ]
    assert run["results"][3]["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "acknowledged by 李伟: the courier was late",
        }
    ]
    assert run["results"][1]["locations"][0]["physicalLocation"]["region"] == {"startLine": 7}


# --- JUnit ---


def read(found: Gated) -> JUnitXml:
    return JUnitXml.fromroot(JUnitXml.fromstring(FORMATS["junit"](sheet(found)).encode())._elem)


def test_a_reader_of_test_results_reads_it() -> None:
    suites = list(read(usual(problems=(FAULT,))))
    assert [it.name for it in suites] == ["first_response", "resolution", "files"]
    first, resolution, files = suites
    cases = {case.name: [type(it) for it in case.result] for case in first}
    assert cases == {
        "250915-AAAA1 Printer on fire": [Failure],
        "250915-AAAA2 Printer on fire": [Skipped],
        "250915-AAAA3 Printer on fire": [],
        "250915-AAAA4 Printer on fire": [],
    }
    assert (first.tests, first.failures, first.errors, first.skipped) == (4, 1, 0, 1)
    assert (resolution.tests, resolution.failures) == (4, 0)
    assert [type(it) for case in files for it in case.result] == [Error]
    (failure,) = next(iter(first)).result
    assert failure.message == "due 2025-09-15 11:00, 10m over"
    assert failure.type == "breach"


def test_what_xml_cannot_say_is_left_out_and_the_sums_are_right() -> None:
    from xml.etree import ElementTree

    root = ElementTree.parse(io.StringIO(FORMATS["junit"](sheet(hostile())))).getroot()
    for name, tag in (
        ("tests", "testcase"),
        ("failures", "failure"),
        ("errors", "error"),
        ("skipped", "skipped"),
    ):
        assert (
            int(root.get(name, "")) == len(list(root.iter(tag))) == sum(int(it.get(name, "")) for it in root)
        )
    assert root.find("testsuite/testcase").get("name", "").startswith("250915-AAAA1 [click]")


def test_a_warning_fails_no_case_and_is_told_in_it() -> None:
    (case,) = [case for suite in read(gated(warned())) for case in suite if suite.name == "first_response"]
    assert case.result == []
    assert "about to run out" in case.system_out


# --- all of them ---


def test_the_most_urgent_breach_comes_first() -> None:
    found = gated(late(1), late(2, priority="P1"), late(3, received="08:00"))
    order = [it.urgency for it in found.failing]
    assert all(one <= two for one, two in pairwise(order))
    assert found.failing[0].ticket.id == "250915-AAAA2"


@settings(max_examples=60)
@given(title=st.text(max_size=40))
def test_no_title_breaks_a_report(title: str) -> None:
    found = sheet(gated(late(title=title), problems=(FAULT,)))
    *lines, _counts = FORMATS["github"](found).split("\n")
    assert all(COMMAND.fullmatch(line) for line in lines)
    assert JUnitXml.fromstring(FORMATS["junit"](found).encode()).failures == 1
    assert len(json.loads(FORMATS["gitlab"](found))) == 2
    assert faults(FORMATS["sarif"](found)) == []
    assert len(FORMATS["text"](found).splitlines()) == 4
