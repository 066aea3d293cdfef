"""The KPI report as people read it, against golden files.

Set `UPDATE_GOLDEN=1` to write them anew, and read the difference before you commit it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from goldens import golden
from kpi_desk import CONFIG, at, judged_as, ticket, window
from kpi_week import A3, A7, the_week

from tkt.i18n import activate
from tkt.metrics import KpiReport, kpi_report
from tkt.render.layout import page_text
from tkt.render.markdown import page_markdown
from tkt.render.text import width
from tkt.report import kpi_page
from tkt.schema import Configuration


def kpi_text(
    report: KpiReport, config: Configuration, columns: int | None = None, *, ids: bool = False
) -> str:
    return page_text(kpi_page(report, config, ids=ids), columns)


def kpi_markdown(report: KpiReport, config: Configuration, desk: Path | None = None) -> str:
    return page_markdown(kpi_page(report, config), desk=desk)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_report_on_a_terminal_of_eighty_columns(language: str) -> None:
    activate(language)
    found = kpi_text(the_week(), CONFIG, 80)
    assert max(map(width, found.splitlines())) <= 80
    assert found + "\n" == golden(f"report/kpi.{language}.txt", found + "\n")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_report_as_markdown(language: str) -> None:
    activate(language)
    found = kpi_markdown(the_week(by="team"), CONFIG)
    assert found == golden(f"report/kpi.{language}.md", found)


def test_the_report_as_json() -> None:
    found = json.dumps(the_week().json(ids=True), indent=1, ensure_ascii=False)
    assert found + "\n" == golden("report/kpi.json", found + "\n")


def test_the_page_states_what_it_was_made_from() -> None:
    # docs/kpi.md K0: window, zone, now, commit, and whether the working tree was clean
    facts = dict(kpi_page(the_week(query="type:product"), CONFIG).facts)
    assert facts == {
        "window": "2026-10-05 00:00 to 2026-10-12 00:00 Asia/Shanghai (end excluded)",
        "now": "2026-11-02 10:00",
        "commit": "3f2a9c1d5e, working tree clean",
        "tickets": "type:product",
    }


@pytest.mark.parametrize(
    ("commit", "clean", "shown"),
    [
        (None, None, "none"),
        ("3f2a9c1d5e7b", None, "3f2a9c1d5e"),
        ("3f2a9c1d5e7b", False, "3f2a9c1d5e, and changes that are not committed"),
    ],
)
def test_the_page_says_when_it_rests_on_more_than_a_commit(
    commit: str | None, clean: bool | None, shown: str
) -> None:
    assert dict(kpi_page(the_week(commit=commit, clean=clean), CONFIG).facts)["commit"] == shown


def test_groups_are_compared_line_by_line_within_eighty_columns() -> None:
    found = kpi_text(the_week(by="team"), CONFIG, 80)
    assert "  tech           1         30m (1)      2h (1)  50.0% (2)     1     0.0% (1)\n" in found
    assert "  none           1         n/a (0)     n/a (0)    n/a (0)     1      n/a (0)\n" in found
    assert max(map(width, found.splitlines())) <= 80


def empty(now: str = "2026-11-02T10:00") -> KpiReport:
    return kpi_report([], CONFIG, window("2026-10-05T00:00", "2026-10-12T00:00"), at(now))


def test_nothing_counted_prints_n_a_and_never_zero() -> None:
    rows = [
        row for section in kpi_page(empty(), CONFIG).sections for grid in section.grids for row in grid.rows
    ]
    shown = {row[0]: row[1:] for row in rows}
    assert shown["open time"] == ("0", "n/a", "n/a", "n/a")
    assert shown["tickets without a breach"] == ("0", "0", "0", "n/a", "")
    assert shown["first resolved in the window"] == ("0", "0", "n/a")
    assert shown["bottleneck"] == ("n/a",)


def test_every_rate_and_median_stands_beside_its_n() -> None:
    page = kpi_page(the_week(by="team"), CONFIG)
    for section in page.sections:
        for grid in section.grids:
            if {"median", "rate", "coverage"} & set(grid.heads):
                assert "n" in grid.heads, section.title


def test_a_window_that_is_not_over_is_labelled() -> None:
    assert "is not over" in kpi_text(empty(now="2026-10-07T10:00"), CONFIG)
    assert "is not over" not in kpi_text(empty(), CONFIG)


def test_the_ids_behind_the_numbers_can_be_printed() -> None:
    found = kpi_text(the_week(), CONFIG, ids=True)
    assert f"still unanswered at the end: number: {A3.id} {A7.id}" in found
    assert A7.id not in kpi_text(the_week(), CONFIG)


def test_a_long_list_is_cut_short_and_says_so() -> None:
    queue = [ticket(f"T{place}", "2026-10-05T09:00", owner=f"agent{place:02}") for place in range(13)]
    found = kpi_report(
        judged_as(queue, {}, at("2026-11-02T10:00")),
        CONFIG,
        window("2026-10-05T00:00", "2026-10-12T00:00"),
        at("2026-11-02T10:00"),
    )
    shown = kpi_text(found, CONFIG)
    assert "agent09" in shown
    assert "agent10" not in shown
    assert "and 3 more" in shown
    assert len(found.json()["backlog"]["by_owner"]) == 13


def test_a_strangers_words_stay_words() -> None:
    hostile = ticket("T1", "2026-10-05T09:00", customer="\x1b[31m<b>|[x](http://evil)\n# h1")
    found = kpi_report(
        judged_as([hostile], {}, at("2026-11-02T10:00")),
        CONFIG,
        window("2026-10-05T00:00", "2026-10-12T00:00"),
        at("2026-11-02T10:00"),
        by="customer",
    )
    assert "\x1b" not in kpi_text(found, CONFIG)
    assert "| &lt;b&gt;\\|\\[x\\](http:\u200b//evil) # h1 |" in kpi_markdown(found, CONFIG)


def test_a_desks_own_template_comes_first(tmp_path: Path) -> None:
    own = tmp_path / "templates" / "report" / "kpi.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("{{ page.title }}: {{ page.sections | length }}\n", encoding="utf-8")
    assert kpi_markdown(the_week(), CONFIG, tmp_path) == "Key figures of Acme: 19\n"
