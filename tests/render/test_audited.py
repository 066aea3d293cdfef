"""An audit on a terminal: ticket by ticket, on any width, and nothing that a stranger could steer."""

from __future__ import annotations

from typing import Any

import pytest

from tkt.audits import Finding, Level
from tkt.audits.outcome import Audited
from tkt.i18n import msg
from tkt.render.audited import audit_lines
from tkt.render.screen import Screen
from tkt.render.text import width


def finding(words: str, level: Level = Level.ERROR, **more: Any) -> Finding:
    return Finding(level=level, rule="hand-edit", message=msg("{words}", words=words), **more)


def audited(*findings: Finding, **more: Any) -> Audited:
    given: dict[str, Any] = {
        "words": "main...work",
        "old": "a" * 40,
        "new": "b" * 40,
        "judged_by": "a" * 40,
        "zone": "Asia/Shanghai",
        "tickets": 1,
        "titles": {"261116-AAAA1": "开票时报错 E104"},
        "signatures": {"N": 2},
        "findings": findings,
        **more,
    }
    return Audited(**given)


def lines(found: Audited, *, brief: bool = False, **screen: Any) -> list[str]:
    return list(audit_lines(found, Screen(**screen), brief=brief))


EDIT = finding(
    "title was changed", ticket="261116-AAAA1", path="tickets/new/261116-AAAA1.yaml", line=2, commit="c" * 40
)


def test_one_line_a_finding_with_place_rule_and_commit() -> None:
    shown = lines(audited(EDIT))
    assert shown[0] == (
        "Audit of main...work (aaaaaaaaaa to bbbbbbbbbb), judged by the configuration of aaaaaaaaaa; "
        "times of Asia/Shanghai."
    )
    assert shown[1:4] == [
        "",
        "261116-AAAA1  开票时报错 E104",
        "  error    tickets/new/261116-AAAA1.yaml:2: title was changed [hand-edit, cccccccccc]",
    ]


def test_the_rules_in_question_are_explained_once() -> None:
    shown = "\n".join(lines(audited(EDIT, EDIT)))
    assert shown.count("A field changes with an event that says who changed it") == 1
    assert "What these rules want" not in "\n".join(lines(audited()))


def test_brief_is_the_findings_and_the_sum() -> None:
    shown = lines(audited(EDIT), brief=True)
    assert [shown[0], shown[-1]] == [
        "261116-AAAA1  开票时报错 E104",
        "1 error, 0 warnings, 0 notes: 1 changed ticket and 2 commits audited",
    ]
    assert len(shown) == 4
    assert len(lines(audited(), brief=True)) == 1


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_every_line_fits(columns: int) -> None:
    long = finding("客户说发票抬头写错了，" * 12, ticket="261116-AAAA1")
    shown = lines(audited(EDIT, long, finding("x" * 200)), columns=columns)
    assert max(map(width, shown)) <= columns


def test_what_a_stranger_wrote_stays_on_its_line() -> None:
    evil = finding("a\n  error    forged [gone]\x1b[2J\u202e", ticket="261116-AAAA1")
    shown = lines(audited(evil, titles={"261116-AAAA1": "title\nforged\x1b[31m"}))
    assert shown[2] == "261116-AAAA1  title forged"
    assert shown[3] == "  error    a error forged [gone] [hand-edit]"
    assert "\x1b" not in "".join(shown)


def test_how_far_it_can_be_believed() -> None:
    assert lines(audited())[-1].endswith("0 of 2 are signed.")
    assert lines(audited(signatures={"G": 2}))[-1].startswith("All commits are signed")
    assert lines(audited(signatures={}))[-1].startswith("There are no commits")


def test_the_disk_is_called_by_its_name() -> None:
    shown = lines(audited(new=None, judged_by="work"))[0]
    assert shown.count("the files on this disk") == 2


def test_colours_are_for_the_level_alone() -> None:
    shown = lines(audited(EDIT), has_colour=True)
    assert shown[3].startswith("  \x1b[31merror  \x1b[0m  tickets/new")
