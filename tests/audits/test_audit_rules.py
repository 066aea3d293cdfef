"""Every rule has a name, a weight, and its line in docs/audit.md."""

from __future__ import annotations

import re
from pathlib import Path

from audit_desk import LI, WANG, case, commit, manner, reply, whole, with_event
from flowdesk import new, started

from tkt.audits import RULES, Finding, Level, audit_range, audit_ticket
from tkt.audits.outcome import Audited, in_order
from tkt.i18n import msg

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "audit.md").read_text("utf-8")


def test_every_rule_is_documented_with_its_level() -> None:
    documented = re.findall(r"^\| `([\w-]+)` \| (\w+) \|", DOCUMENT, flags=re.MULTILINE)
    assert documented == [(rule.code, str(rule.level)) for rule in RULES]


def test_every_rule_says_what_it_wants_and_what_to_do_in_sentences() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert all(text.endswith(".") for rule in RULES for text in (rule.title, rule.advice))


def test_findings_carry_their_rule_and_ticket() -> None:
    judged = case(started(), with_event(started(), reply(60)), commit(125, by=WANG))
    found = list(audit_ticket(judged))
    assert {it.rule for it in found} == {"back-dated", "response-time", "author"}
    assert {it.ticket for it in found} == {started().id}
    assert [it.rule for it in audit_range(whole(files=("tkt.yaml",)))] == ["configuration"]


def test_no_rule_is_graver_than_its_table_says() -> None:
    judged = case(None, with_event(new(), reply(60)), commit(125, by=LI), judged=manner(strict=True))
    weight = {rule.code: rule.level for rule in RULES}
    strict = {"author", "stranger"}
    assert all(it.level.rank >= weight[it.rule].rank or it.rule in strict for it in audit_ticket(judged))


def finding(level: Level, ticket: str | None, line: int | None = None) -> Finding:
    return Finding(level=level, message=msg("x"), rule="gone", ticket=ticket, line=line)


def test_the_most_serious_comes_first_and_what_is_about_no_ticket_last() -> None:
    mixed = [
        finding(Level.ERROR, None),
        finding(Level.NOTE, "b", 1),
        finding(Level.WARNING, "a", 2),
        finding(Level.ERROR, "b", 9),
        finding(Level.ERROR, "b", 3),
        finding(Level.NOTE, "c"),
    ]
    assert [(it.ticket, it.line) for it in in_order(mixed)] == [
        ("b", 3),
        ("b", 9),
        ("b", 1),
        ("a", 2),
        ("c", None),
        (None, None),
    ]


def test_an_outcome_counts() -> None:
    found = Audited(
        words="a..b",
        old="0" * 40,
        new=None,
        judged_by="work",
        zone="UTC",
        tickets=1,
        titles={},
        signatures={"G": 2, "U": 1, "N": 4},
        findings=(finding(Level.NOTE, None), finding(Level.NOTE, None)),
    )
    assert (found.commits, found.signed) == (7, 3)
    assert [found.count(level) for level in Level] == [0, 0, 2]
