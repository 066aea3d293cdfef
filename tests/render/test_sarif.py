"""A forge reads the audit as SARIF 2.1.0."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sarif_schema import faults

from tkt import i18n
from tkt.audits import RULES, Finding, Level
from tkt.audits.outcome import Audited
from tkt.i18n import msg
from tkt.render.audited_sarif import FINGERPRINT, sarif


def log(*findings: Finding, prefix: str = "") -> dict[str, Any]:
    found = Audited(
        words="a..b",
        old="0" * 40,
        new="1" * 40,
        judged_by="0" * 40,
        zone="UTC",
        tickets=1,
        titles={},
        signatures={"N": 1},
        findings=findings,
    )
    return sarif(found, prefix=prefix)


def finding(words: str = "it is gone", **more: Any) -> Finding:
    given = {"level": Level.ERROR, "rule": "gone", "message": msg("{words}", words=words), **more}
    return Finding(**given)


def results(*findings: Finding, prefix: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = log(*findings, prefix=prefix)["runs"][0]["results"]
    return found


ALL = (
    finding(path="tickets/new/a.yaml", line=7, ticket="a", event="e", commit="c" * 40, person="li.wei"),
    finding(level=Level.WARNING, rule="author", hint=msg("ask")),
    finding(level=Level.NOTE, rule="people", path="config/people.yaml"),
)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("findings", [(), ALL])
def test_a_log_is_as_the_standard_has_it(language: str, findings: tuple[Finding, ...]) -> None:
    i18n.activate(language)
    written = log(*findings)
    assert faults(json.dumps(written)) == []
    assert written["runs"][0]["language"] == {"en": "en-US", "zh": "zh-CN"}[language]


def test_every_rule_is_there_with_its_help_and_results_point_at_theirs() -> None:
    driver = log()["runs"][0]["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == [rule.code for rule in RULES]
    assert all(rule["help"]["text"] and rule["shortDescription"]["text"] for rule in driver["rules"])
    for result in results(*ALL):
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_levels_are_the_standards() -> None:
    assert [it["level"] for it in results(*ALL)] == ["error", "warning", "note"]


def test_a_path_is_relative_to_the_top_of_the_repository_and_a_uri() -> None:
    (one,) = results(finding(path="tickets/new/工单 1.yaml", line=3), prefix="support desk/")
    place = one["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "support%20desk/tickets/new/%E5%B7%A5%E5%8D%95%201.yaml"
    assert place["region"] == {"startLine": 3}


def test_what_is_about_no_file_stands_at_the_desks_own() -> None:
    (one,) = results(finding(rule="signature", commit="c" * 40), prefix="desk/")
    assert one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "desk/tkt.yaml"


def marks(*findings: Finding) -> list[str]:
    return [it["partialFingerprints"][FINGERPRINT] for it in results(*findings)]


def test_a_fingerprint_outlives_other_lines_words_and_a_rebase() -> None:
    one = {"ticket": "a", "event": "e", "person": "li.wei"}
    here = finding(path="tickets/new/a.yaml", line=7, commit="c" * 40, **one)
    there = finding("anders", path="tickets/closed/2026-11/a.yaml", line=70, commit="d" * 40, **one)
    assert marks(here) == marks(there)
    assert len({*marks(here, finding(ticket="b"), finding(ticket="a", rule="author"))}) == 3


def test_two_findings_that_are_alike_have_marks_of_their_own() -> None:
    one, two = marks(finding(ticket="a"), finding(ticket="a"))
    assert one.removesuffix(":1") == two.removesuffix(":2")


def test_strangers_words_are_neither_orders_nor_links() -> None:
    (one,) = results(finding("\x1b]0;x\x07 [click](http://evil.example) \u202eabc", person="\x1b[31mred"))
    assert one["message"]["text"] == " [click] (http://evil.example) abc"
    assert one["properties"]["person"] == "red"


def test_a_hint_is_part_of_the_message() -> None:
    assert results(finding(hint=msg("tkt repair")))[0]["message"]["text"] == "it is gone\ntkt repair"
