"""What `tkt check` and `tkt kb check` find in the knowledge base: one function a question, no file needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from querydesk import TAXONOMY, configuration

from tkt.errors import Problem
from tkt.knowledge.article import Article, Retired, Verified, by_slug
from tkt.knowledge.checks import CHECKS, Ground, Use, all_findings, external_links
from tkt.knowledge.judging import Shelf, judged
from tkt.knowledge.limits import faults_in, limits_in
from tkt.knowledge.links import is_private, links_in, resolved
from tkt.knowledge.personal import CUSTOMER
from tkt.knowledge.unwritten import Solved, covers, unwritten
from tkt.schema import ReportsFile

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, tzinfo=UTC)
CONFIG = replace(
    configuration(taxonomy={**TAXONOMY, "products": {"app": {}, "pos": {}}}),
    reports=msgspec.convert(
        {
            "knowledge": {
                "allow": ["help@desk.example", "Acme Ltd GmbH"],
                "private_hosts": ["git.desk.example"],
            }
        },
        ReportsFile,
    ),
)
SOUND = {"state": "verified", "owner": "li.wei", "review_by": date(2027, 1, 1)}


def article(slug: str = "a", body: str = "words\n", **keys: Any) -> Article:
    found = {"title": slug.title(), "first_line": 10, **keys}
    return Article(slug=slug, path=f"knowledge/{slug}.md", body=body, **found)


def shelf(*articles: Article) -> Shelf:
    return Shelf(articles=by_slug(articles), config=CONFIG, has_ticket=lambda it: it == "261116-AAAA1")


def ground(*articles: Article, **more: Any) -> Ground:
    found: dict[str, Any] = {
        "shelf": shelf(*articles),
        "today": TODAY,
        "limits": limits_in({}),
        "uses": {},
        "praised": {},
        "names": {"Acme Ltd": CUSTOMER, "Li": CUSTOMER},
        "anchors": lambda it: {
            f"s-{line[3:].lower()}" for line in it.body.splitlines() if line.startswith("## ")
        },
        "anchor_of": lambda it: f"s-{it.lower()}",
        "has_file": lambda path: path == "knowledge/x.png",
    }
    return Ground(**{**found, **more})


def told(problems: Iterable[Problem]) -> list[str]:
    return [str(it.message) for it in problems]


def found(code: str, *articles: Article, **more: Any) -> list[Problem]:
    return list(CHECKS[code](ground(*articles, **more)))


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({}, []),
        (SOUND, []),
        ({"owner": "nobody"}, ["no person nobody in config/people.yaml"]),
        (
            {"state": "verified", "review_by": TODAY},
            ["a verified article has no owner, expected who looks after it"],
        ),
        ({"state": "verified", "owner": "ann"}, ["a verified article says when it is looked at again"]),
        ({"state": "retired"}, ["a retired article says who took it out of use, when and why"]),
        ({"applies_to": ("app", "product/fault")}, []),
        (
            {"applies_to": ("fault",)},
            ["fault is neither a product nor a category, expected one such as app"],
        ),
        ({"sources": ("261116-AAAA1", "261116-AAAA2")}, ["no ticket 261116-AAAA2"]),
        ({"related": ("b", "c", "a")}, ["no article c", "the article names itself"]),
        ({"translation_of": "c"}, ["no article c"]),
        ({"translation_of": "b"}, ["b is in the same language, expected another one"]),
        ({"translation_of": "b", "language": "zh"}, []),
        (
            {"retired": Retired(at=TODAY, by="ann", why="old", instead="c"), "state": "retired"},
            ["no article c"],
        ),
    ],
)
def test_the_keys_of_an_article_agree_with_the_desk(keys: dict[str, Any], expected: list[str]) -> None:
    it = article(**keys)
    assert told(judged(it, shelf(it, article("b")))) == expected


def test_a_translation_is_of_an_original() -> None:
    one, two = article("b", translation_of="c", language="zh"), article("c", language="en")
    three = article("a", translation_of="b", language="en")
    assert told(judged(three, shelf(one, two, three))) == [
        "b is a translation itself, expected the article that it was made of"
    ]


def test_a_review_that_is_overdue_is_a_fault_and_of_a_draft_a_warning() -> None:
    late = article(**{**SOUND, "review_by": date(2026, 11, 20)})
    draft = article("d", review_by=date(2026, 11, 1))
    today = article("t", review_by=TODAY)
    problems = found("overdue", late, draft, today)
    assert told(problems) == ["its review was due 1 day ago", "its review was due 20 days ago"]
    assert [it.severity for it in problems] == ["error", "warning"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[x](b.md) [y](b.md#Steps) ![p](x.png) [m](mailto:x@y.example) <https://x.example>", []),
        ("[x](sub/b.md) [x](../knowledge/b.html)", []),
        ("[x](c.md)", ["no article c"]),
        ("[x](b.md#Nothing)", ["b has no heading Nothing"]),
        ("[x](#here)\n\n## Here", []),
        ("[x](#there)", ["a has no heading there"]),
        ("[x](../../etc/passwd)", ["../../etc/passwd leads out of the desk"]),
        ("![p](y.png)", ["no file knowledge/y.png"]),
        ("[x](r.md)", ["r.md leads to a retired article"]),
        ("`[x](c.md)` and\n```\n[x](c.md)\n```", []),
        ("[x][1]\n\n[1]: c.md", ["no article c"]),
    ],
)
def test_links_of_the_desk_that_lead_nowhere_are_named(body: str, expected: list[str]) -> None:
    others = (article("b", "## Steps\n"), article("r", state="retired"))
    assert told(found("dead-link", article(body=body), *others)) == expected


def test_a_dead_link_is_told_with_its_line() -> None:
    (problem,) = found("dead-link", article(body="one\n\ntwo [x](c.md)\n"))
    assert (problem.path, problem.line, problem.code) == ("knowledge/a.md", 12, "dead-link")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Write to help@desk.example or call 400-820-8820.", []),
        ("Write to wei@acme.example.", ["wei@acme.example looks like a mail address"]),
        ("As Acme Ltd found", ["Acme Ltd is a customer"]),
        ("13812345678", ["13812345678 looks like a phone number"]),
        ("see 261116-AAAA1", ["261116-AAAA1 looks like a ticket's id"]),
        ("see tickets/new/x.yaml", ["tickets/new/x.yaml is a path of the desk"]),
        ("[t](../tickets/new/x.yaml)", ["../tickets/new/x.yaml leads into the desk"]),
        ("[t](https://git.desk.example/x)", ["https://git.desk.example/x leads to a host of the house"]),
        ("http://10.0.0.1/", ["http://10.0.0.1/ leads to a host of the house"]),
        ("[i](internal.md)", ["internal.md leads to an internal article"]),
        ("[name] said", ["[name] stands for what was left out of a ticket: write what a reader needs"]),
    ],
)
def test_what_customers_may_not_read_is_a_leak_in_a_public_article(body: str, expected: list[str]) -> None:
    inside = article("internal")
    assert told(found("leak", article(body=body, visibility="public"), inside)) == expected
    assert not found("leak", article(body=body), inside)


def test_an_article_is_unused_when_nobody_cited_or_praised_it_for_long() -> None:
    long_ago = Verified(at=date(2026, 1, 1), by="ann")
    one = article(**SOUND, verified=long_ago)
    assert told(found("unused", one)) == ["no reply cited it for 180 days"]
    assert told(found("unused", one, uses={"a": Use(count=9, latest=date(2026, 2, 1))})) == [
        "no reply cited it since 2026-02-01"
    ]
    assert not found("unused", one, uses={"a": Use(count=1, latest=date(2026, 11, 1))})
    assert not found("unused", one, praised={"a": date(2026, 11, 1)})
    assert not found("unused", article(**SOUND, verified=Verified(at=date(2026, 9, 1), by="ann")))


def test_what_customers_read_in_one_language_alone_is_told_where_a_desk_writes_in_two() -> None:
    public: dict[str, Any] = {**SOUND, "visibility": "public"}
    pair = (article("a", **public), article("a-zh", **public, language="zh", translation_of="a"))
    lone = article("b", **public)
    assert not found("untranslated", lone)
    assert told(found("untranslated", *pair, lone)) == ["customers read it in one language only"]
    draft = article("b-zh", language="zh", translation_of="b", visibility="public")
    assert told(found("untranslated", *pair, lone, draft)) == ["its translation b-zh is draft, and public"]
    newer = replace_verified(pair[0], date(2026, 11, 1)), replace_verified(pair[1], date(2026, 10, 1))
    assert told(found("untranslated", *newer)) == ["a was looked at later than this translation of it"]


def replace_verified(it: Article, day: date) -> Article:
    return replace(it, verified=Verified(at=day, by="ann"))


def test_every_check_is_in_the_table_and_a_sound_desk_passes_all() -> None:
    assert all_findings(ground(article(**SOUND, verified=Verified(at=TODAY, by="ann")))) == ()
    assert list(CHECKS) == ["leak", "dead-link", "overdue", "unused", "untranslated"]
    links = external_links([article(body="[a](https://x.example) [b](b.md)")])
    assert [link.address for _, link in links] == ["https://x.example"]


def solved(number: int, days: float, **more: Any) -> Solved:
    keys = {"product": "app", "type": "product", "category": "fault", **more}
    return Solved(id=f"T{number}", at=NOW - timedelta(days=days), **keys)


def test_what_was_solved_three_times_in_thirty_days_without_an_article_is_to_be_written() -> None:
    limits = limits_in({})
    twice = [solved(1, 1), solved(2, 29), solved(3, 31), solved(4, 1, product="pos")]
    assert unwritten(twice, [], limits, NOW) == ()
    (group,) = unwritten([*twice, solved(5, 0)], [], limits, NOW)
    assert (group.product, group.category, group.ids) == ("app", "fault", ("T5", "T1", "T2"))
    assert not unwritten([*twice, solved(5, 0)], [article(applies_to=("product/fault",))], limits, NOW)
    without = limits_in({"article": {"without": ["product"]}})
    assert unwritten([*twice, solved(5, 0)], [], without, NOW) == ()
    gone = article(applies_to=("product/fault",), state="retired")
    assert unwritten([*twice, solved(5, 0)], [gone], limits, NOW)


@pytest.mark.parametrize(
    ("applies_to", "expected"),
    [
        (("product/fault",), True),
        (("product/data",), False),
        (("app",), True),
        (("pos",), False),
        (("app", "product/fault"), True),
        (("pos", "product/fault"), False),
        ((), False),
    ],
)
def test_what_an_article_covers(applies_to: tuple[str, ...], expected: bool) -> None:
    assert covers(article(applies_to=applies_to), "app", "product", "fault") is expected


def test_limits_are_those_of_the_configuration_and_nonsense_is_told() -> None:
    found = limits_in(
        {"article": {"wanted": "5 solved of one product and category in 2 weeks", "review_after": "90 days"}}
    )
    assert (found.wanted, found.within.days, found.review_after.days) == (5, 14, 90)
    assert faults_in({"article": {"wanted": "many", "review_after": "soon"}}) == ("wanted", "review_after")
    assert limits_in({}).without == {"complaint"}
    assert faults_in({"article": {"without": "complaint"}}) == ("without",)
    assert limits_in({"article": {"wanted": "many"}}) == limits_in({})


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("wiki", True),
        ("10.1.2.3", True),
        ("build.corp", True),
        ("git.desk.example", True),
        ("a.git.desk.example", True),
        ("help.example.com", False),
        ("8.8.8.8", False),
    ],
)
def test_a_host_of_the_house_is_known(host: str, expected: bool) -> None:
    assert is_private(host, ("git.desk.example",)) is expected


@given(st.text("[]()<>`~#:/. \na!\\中"))
def test_any_text_has_links_or_none(text: str) -> None:
    lines = text.split("\n")
    for link in links_in(text):
        assert link.address in lines[link.line - 1]
        resolved(link.path, "knowledge")
        assert link.host is None or link.is_external
