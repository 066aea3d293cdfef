"""`tkt report sla|trend|agents|customers|causes|flow|loop|releases|kpi|NAME`: docs/reports.md."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from pathlib import Path

import pytest
from goldens import golden
from helpers import DeskAtWork
from report_desk import NOW, WEEK, with_the_week

from tkt.checks.configuration.reports import RESERVED
from tkt.clock import parse_instant
from tkt.commands import GROUPS
from tkt.commands.completing import complete
from tkt.desk import Desk
from tkt.kpis.figures import Figure
from tkt.kpis.window import iso_week
from tkt.render.markdown import page_markdown
from tkt.render.page_csv import page_csv
from tkt.render.text import width
from tkt.reports import KINDS
from tkt.reports.asked import Asked
from tkt.reports.comparing import change, change_cell
from tkt.reports.material import Material

MINE = ("kpi", "sla", "trend", "agents", "customers", "causes", "flow", "loop", "releases")


@pytest.fixture
def week(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> DeskAtWork:
    monkeypatch.setenv("TKT_NOW", NOW)
    return with_the_week(tmp_path / "desk", tmp_path_factory.getbasetemp() / "the-week", capsys)


def settled(text: str) -> str:
    """The commit is another one in every run."""
    return re.sub(r"\b[0-9a-f]{10}(?:[0-9a-f]{30})?\b", "COMMIT", text)


@pytest.mark.parametrize("kind", ["sla", "flow"])
def test_a_report_as_people_and_programs_read_it(
    week: DeskAtWork, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for language in ("en", "zh"):
        text = week.tkt("report", kind, *WEEK, "--lang", language).out
        assert max(map(width, text.splitlines())) <= 80
        text = settled(text)
        assert text == golden(f"report/{kind}.{language}.txt", text)
        markdown = week.tkt("report", kind, *WEEK, "--lang", language, "--format", "markdown").out
        markdown = settled(markdown)
        assert markdown == golden(f"report/{kind}.{language}.md", markdown)
    data = week.json("report", kind, *WEEK, "--ids")
    found = settled(json.dumps(data, indent=1, ensure_ascii=False)) + "\n"
    assert found == golden(f"report/{kind}.json", found)


def test_every_kind_has_every_form_and_says_what_it_is_made_from(week: DeskAtWork) -> None:
    desk = Desk.open(week.root)
    asked = Asked(
        window=lambda zone, _now: iso_week("2026-W41", zone),
        query="-type:request",
        ids=True,
        compare="previous",
    )
    material = Material.of(desk, asked, now=parse_instant(NOW, zone="UTC"))
    for kind in MINE:
        made = KINDS[kind].made(material)
        facts = dict(made.page.facts)
        assert facts["window"].startswith("2026-10-05 00:00 to 2026-10-12 00:00 Asia/Shanghai")
        assert facts["compared with"].startswith("2026-09-28 00:00 to 2026-10-05 00:00")  # as long
        assert (facts["tickets"], facts["now"]) == ("-type:request", "2026-11-02 10:00")
        assert {"window", "compared", "now", "commit", "clean", "query"} <= set(made.data)
        assert page_markdown(made.page, desk=week.root).startswith("# ")
        rows = list(csv.reader(io.StringIO(page_csv(made.page))))
        assert rows[1][0] == "window"
        assert {cell.strip() for row in rows for cell in row}.isdisjoint({"n/a", "None"})
        assert material.ground.lives is material.during(material.window).ground.lives


def test_every_form_can_be_asked_for(week: DeskAtWork) -> None:
    asked = ("report", "releases", *WEEK, "--format")
    assert week.tkt(*asked, "markdown").out.startswith("# Releases")
    assert "<html" in week.tkt(*asked, "html").out
    assert week.tkt(*asked, "csv").out.startswith('"Releases, ')
    assert week.tkt(*asked, "json").data == week.json("report", "releases", *WEEK)


def test_a_narrow_screen_without_unicode_gets_every_line_whole(
    week: DeskAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "44")
    monkeypatch.setenv("TERM", "dumb")
    for kind in MINE:
        out = week.tkt("report", kind, *WEEK).out
        assert not set("█▏▁▂▃▄▅▆▇░") & set(out)
        assert max(map(width, out.splitlines())) <= 44, kind


def test_bars_stand_beside_numbers_and_lines_below(week: DeskAtWork) -> None:
    out = week.tkt("report", "flow", *WEEK).out
    assert re.search(r"7 to 14 days +\d", out)
    assert re.search(r"^  [▁▂▃▄▅▆▇█]{7} created$", out, re.MULTILINE)
    assert "█" in week.tkt("report", "sla", *WEEK).out


def test_the_service_level_is_told_by_priority_team_and_owner_with_the_worst(week: DeskAtWork) -> None:
    found = week.json("report", "sla", *WEEK)
    assert found["by_group"]["team"]["support"]["n"] >= 2
    assert set(found["by_group"]) == {"priority", "team", "owner"}
    late = found["worst"]
    assert [it["late_s"] for it in late] == sorted((it["late_s"] for it in late), reverse=True)
    assert sum(it["breached"] for it in found["by_group"]["owner"].values()) == len(late)
    out = week.tkt("report", "sla", *WEEK).out
    assert late[0]["id"] in out
    assert "next action" in out


def test_the_weeks_of_a_trend_add_up(week: DeskAtWork) -> None:
    weeks = week.json("report", "trend", *WEEK)["weeks"]
    assert weeks[-1]["week"] == "2026-W41"
    for before, it in itertools.pairwise(weeks):
        assert it["backlog"] == before["backlog"] + it["created"] - it["finished"] + it["reopened"]
        assert sum(it["by_category"].values()) == it["created"]
    one_number = week.json("report", "kpi", *WEEK)["resolution"]["n"]
    assert weeks[-1]["resolved"] == one_number


def test_the_course_of_the_flow_ends_where_the_backlog_does(week: DeskAtWork) -> None:
    found = week.json("report", "flow", *WEEK)
    assert len(found["course"]) == 7
    assert found["course"][-1]["backlog"] == found["backlog"]["at_to"]
    assert sum(it["created"] for it in found["course"]) == found["backlog"]["created"]


def test_agents_with_few_tickets_are_not_shown(week: DeskAtWork) -> None:
    # docs/kpi.md K14: fewer than five are among the others
    found = week.json("report", "agents", *WEEK)["agents"]
    assert "by_agent" not in found
    assert found["others"] == 3


def test_customers_are_told_with_tier_industry_and_region(week: DeskAtWork) -> None:
    found = week.json("report", "customers", *WEEK, "--ids")
    assert found["customers"]["globex"]["created"] == 2
    assert found["by_industry"]["retail"]["created"] == 2
    assert found["by_industry"]["none"]["created"] == 2
    assert found["by_region"]["west"]["open"] == 2
    assert found["customers"]["globex"]["ids"]["created"] == ["261005-AAAA1", "261005-AAAA2"]
    assert "Globex" in week.tkt("report", "customers", *WEEK).out


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("team", {"tech", "support", "none"}),
        ("customer", {"globex", "initech"}),
        ("customer.region", {"east", "west"}),
        ("customer.industry", {"retail", "none"}),
    ],
)
def test_any_kind_is_told_again_for_each_value_of_a_field(week: DeskAtWork, by: str, names: set[str]) -> None:
    found = week.json("report", "sla", *WEEK, "--by", by)
    assert set(found["groups"]) == names
    assert sum(it["sla"]["tickets"]["n"] for it in found["groups"].values()) == found["sla"]["tickets"]["n"]


def test_a_comparison_tells_then_and_change_and_is_honest_about_nothing(week: DeskAtWork) -> None:
    found = week.json("report", "kpi", *WEEK, "--compare", "previous")
    assert found["then"]["created"] == 1
    assert found["change"]["created"] == pytest.approx((found["created"] - 1) / 1)
    assert found["then"]["first_response"]["median_s"] is None
    assert found["change"]["first_response"]["median_s"] is None
    out = week.tkt("report", "kpi", *WEEK, "--compare", "year").out
    assert "Nothing is recorded of the window compared with." in out
    assert week.json("report", "kpi", *WEEK, "--compare", "year")["change"]["created"] is None


def test_a_score_that_may_be_negative_changes_by_points() -> None:
    now, then = (Figure(("nps",), value, "points") for value in (10.0, -10.0))
    assert (change(now, then), str(change_cell(now, then))) == (20.0, "+20.0")


def test_windows_are_named_by_words(week: DeskAtWork) -> None:
    def window(*words: str) -> list[str]:
        found = week.json("report", "releases", *words)["window"]
        return [found["from"], found["to"]]

    assert window("--week", "2026-W41") == window(*WEEK)
    assert window("--last", "month") == window("--from", "2026-10-01", "--to", "2026-11-01")
    assert window("--last", "quarter") == window("--from", "2026-07", "--to", "2026-10")
    assert window() == window("--last", "week")
    for words in (["--week", "2026-W41", "--last", "week"], ["--week", "2026-W54"], ["--week", "now"]):
        assert "--" in week.tkt("report", "kpi", *words, code=2).err


def test_a_release_is_marked_in_its_week_and_told_by_category(week: DeskAtWork) -> None:
    reports = week.root / "config" / "reports.yaml"
    text = reports.read_text("utf-8").replace(
        "releases: {}", "releases: {list: [{name: spring, at: 2026-10-07}]}"
    )
    reports.write_text(text, "utf-8")
    assert week.json("report", "trend", *WEEK)["weeks"][-1]["releases"] == ["spring"]
    assert week.json("report", "releases", *WEEK)["releases"]["spring"]["all"]["before"] == 3
    assert "No release" in week.tkt("report", "releases", "--last", "week").out


def add_reports(week: DeskAtWork, text: str) -> None:
    path = week.root / "config" / "reports.yaml"
    there = path.read_text("utf-8").replace("\nreports: {}", "").replace("\nfail_on: {}", "")
    path.write_text(there + text, "utf-8")


NAMED = """
reports:
  care:
    title: {en: Care, zh: 关怀}
    metrics: [K1, csat]
    by: customer.region
    query: "-type:request"
    window: 2026-10
fail_on:
  sla.tickets.rate: "<90%"
  backlog.at_to: ">500"
"""


def test_a_report_of_the_desks_own_runs_by_its_name(
    week: DeskAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_reports(week, NAMED)
    found = week.json("report", "care", "customer:globex")
    assert found["query"] == "(-type:request) (customer:globex)"
    assert found["window"]["from"] == "2026-09-30T16:00:00Z"
    assert {"first_response", "csat"} <= set(found)
    assert "backlog" not in found
    assert (found["excluded"], found["internal"]) == (0, 0)  # also where K0 was not chosen
    assert "left out" in week.tkt("report", "care").out
    assert week.tkt("report", "care", "--lang", "zh").out.startswith("关怀")
    assert "care (Care)" in week.tkt("report", "--help").out
    assert "did you mean care?" in week.tkt("report", "carr", code=2).err
    monkeypatch.chdir(week.root)
    assert complete(["fish", "--", "tkt", "report", "ca"]).splitlines()[-1].startswith("care\tCare")


def test_what_the_configuration_of_reports_gets_wrong_is_named(week: DeskAtWork) -> None:
    add_reports(
        week,
        """
reports:
  sla: {}
  odd: {metrics: [csta], by: summary, query: "ownr:x", window: some day}
fail_on:
  backlok.at_to: ">5"
  backlog.at_to: "many"
""",
    )
    err = week.tkt("check", code=1).err
    for told in (
        "a report sla of its own",
        "csta",
        "grouped by summary",
        "ownr",
        "some day",
        "backlok",
        "many",
    ):
        assert told in err


def test_thresholds_leave_with_one_and_a_line_each(week: DeskAtWork) -> None:
    add_reports(week, NAMED)
    answer = week.tkt("report", "sla", *WEEK, "--fail-on", "config", "--fail-on", "backlog.at_to>1", code=1)
    assert answer.err.splitlines() == [
        line
        for line in answer.err.splitlines()
        if line.startswith(("sla.tickets.rate is ", "backlog.at_to is 2"))
    ]
    assert "fails on <90%" in answer.err
    judged = week.json("report", "kpi", *WEEK, "--fail-on", "sla.tickets.rate", code=1)["thresholds"]
    assert [(it["key"], it["failed"]) for it in judged] == [("sla.tickets.rate", True)]
    assert not week.tkt("report", "kpi", *WEEK, "--fail-on", "backlog.at_to").err
    nothing = week.tkt("report", "kpi", *WEEK, "--fail-on", "csat.csat<1").err
    assert nothing == "csat.csat: nothing was counted, the limit <1 was not judged\n"
    for wrong, near in (
        ("sla.tikets.rate<1", "sla.tickets.rate"),
        ("slaa.x<1", "sla"),
        ("backlog.at_to<many", "<0.9"),
    ):
        assert near in week.tkt("report", "kpi", *WEEK, "--fail-on", wrong, code=2).err


def test_what_strangers_wrote_is_whole_and_harmless_in_every_form(week: DeskAtWork) -> None:
    (path,) = week.root.glob("tickets/**/261003-AAAA3.yaml")
    evil = "=1+1 <script>alert(1)</script> @everyone | x" + "长" * 200
    path.write_text(
        path.read_text("utf-8").replace("Title of A3", json.dumps(evil, ensure_ascii=False)), "utf-8"
    )
    asked = ("report", "flow", *WEEK)
    assert "<script>" not in week.tkt(*asked, "--format", "markdown").out
    assert "<script>alert" not in week.tkt(*asked, "--format", "html").out
    cells = [cell for row in csv.reader(io.StringIO(week.tkt(*asked, "--format", "csv").out)) for cell in row]
    assert any(cell.startswith("'=1+1") for cell in cells)
    assert not [cell for cell in cells if cell[:1] in "=+@" and cell]


def test_what_tkt_calls_its_reports_is_no_name_for_the_desks_own() -> None:
    assert set(RESERVED) == set(GROUPS["report"].commands)
    assert set(KINDS) <= set(RESERVED)
