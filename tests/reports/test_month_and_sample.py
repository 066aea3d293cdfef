"""`tkt report month` and `tkt report sample`."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from helpers import DeskAtWork
from review_desk import shared

SINCE = ("--from", "2026-11-01", "--to", "2026-11-16")


@pytest.fixture
def review(tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]) -> DeskAtWork:
    """The desk of `review_desk`, which nobody changes."""
    return shared(tmp_path_factory, capsys)


def test_the_month_has_its_figures_course_growth_lessons_tiers_and_knowledge(review: DeskAtWork) -> None:
    found = review.json("report", "month", *SINCE)
    sections = ["figures", "course", "grown", "learnt", "tiers", "knowledge"]
    assert [key for key in found if key in sections] == sections
    assert found["figures"]["created"]["now"] == {"value": 4}
    assert found["figures"]["created"]["year_before"] == {"value": 0}
    assert found["figures"]["nps"]["now"] == {"value": None, "n": 0}
    weeks = found["course"]["weeks"]
    assert [week["created"]["value"] for week in weeks] == [0, 0, 4]  # Sunday 1st, then whole weeks
    assert [it["id"] for it in found["learnt"]["improvements"]] == ["invoice-form"]
    effect = found["learnt"]["improvements"][0]
    assert (effect["recurrence_before"], effect["recurrence_after"]) == (1, None)  # 30 days have not passed
    assert found["tiers"]["vip"]["tickets"]["breached"] == 1
    assert {it["cause"]: it["n"] for it in found["grown"]["causes"]} == {"product": 1, None: 1}
    assert found["knowledge"]["searches"][0]["query"] == "发票 <b>"


def test_the_tickets_behind_each_figure_of_a_review_are_named(review: DeskAtWork) -> None:
    figures = review.json("report", "month", *SINCE, "--ids")["figures"]
    assert len(figures["created"]["now"]["ids"]) == figures["created"]["now"]["value"] == 4
    assert len(figures["sla"]["now"]["ids"]) == figures["sla"]["now"]["n"]
    open_ = review.json("report", "week", "--ids")["headline"]["backlog"]["now"]
    assert f"open at the end: {' '.join(open_['ids'])}" in review.tkt("report", "week", "--ids").out
    assert "ids" not in review.json("report", "week")["headline"]["backlog"]["now"]


def test_what_has_not_been_yet_is_no_number(review: DeskAtWork) -> None:
    month = ("--from", "2026-11-01", "--to", "2026-12-01")
    weeks = review.json("report", "month", *month)["course"]["weeks"]
    assert [it["from"][:10] for it in weeks] == ["2026-10-31", "2026-11-01", "2026-11-08", "2026-11-15"]
    assert "Weeks after 2026-11-16 have not been yet." in review.tkt("report", "month", *month).out
    course = review.json("report", "flow", *month)["course"]
    assert [it["backlog"] is None for it in course] == [False] * 16 + [True] * 14


def test_without_a_window_it_is_the_last_full_month(review: DeskAtWork) -> None:
    window = review.json("report", "month")["window"]
    assert (window["from"], window["to"]) == ("2026-09-30T16:00:00Z", "2026-10-31T16:00:00Z")


def test_a_sample_is_the_same_for_the_same_seed_and_says_how_many_each_had(review: DeskAtWork) -> None:
    found = review.json("report", "sample", "--per", "agent", "1", "--seed", "7")
    assert [(it["agent"], it["had"], len(it["drawn"])) for it in found["groups"]] == [
        ("li.wei", 1, 1),
        ("wang.fang", 1, 1),
    ]
    assert found == review.json("report", "sample", "--per", "agent", "1", "--seed", "7")
    assert "261111-FFFF6" not in {it["id"] for it in found["tickets"]}  # spam
    by_category = review.json("report", "sample", "--per", "category", "1")
    assert [(it["category"], it["had"]) for it in by_category["groups"]] == [("billing", 2)]


def test_a_form_has_a_column_for_each_point_of_the_checklist(review: DeskAtWork) -> None:
    out = review.tkt("report", "sample", "--format", "csv").out
    rows = list(csv.reader(StringIO(out)))
    heads = next(row for row in rows if row and row[0] == "ticket")
    assert heads[4:] == [
        "greeting and tone", "request understood", "answer right and whole", "told what comes next, and when",
        "cause and solution recorded", "remark",
    ]  # fmt: skip
    (first,) = (row for row in rows if row and row[0] == "261110-CCCC3")
    assert first[1] == "发票抬头写错了"
    assert "| remark |" in review.tkt("report", "sample", "--format", "markdown").out


def test_the_desk_may_say_what_is_looked_at(desk: DeskAtWork) -> None:
    file = desk.root / "config/reports.yaml"
    own = "quality:\n  checklist:\n    polite: {en: was polite, zh: 礼貌}\n"
    file.write_text(file.read_text().replace("quality: {}\n", own))
    found = desk.json("report", "sample")
    assert found["checklist"] == [{"name": "polite", "label": "was polite"}]
    assert "Nothing was resolved." in desk.tkt("report", "sample").out


@pytest.mark.parametrize(
    ("per", "said"),
    [
        (("agnt", "3"), "nothing is drawn per agnt, expected agent, team or category"),
        (("agent", "0"), "0 of each, expected 1 to 1000"),
    ],
)
def test_what_cannot_be_drawn_is_refused(review: DeskAtWork, per: tuple[str, str], said: str) -> None:
    answer = review.tkt("report", "sample", "--per", *per, code=2)
    assert said in answer.err
    assert "agent" in answer.err.partition("hint:")[2]
