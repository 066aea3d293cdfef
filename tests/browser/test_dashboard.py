"""The dashboard of the demo desk, as somebody looks at it."""

from __future__ import annotations

from pathlib import Path

import pytest

SITE = ("report", "site")
PAGES = (
    "index.html",
    "today.html",
    "sla.html",
    "trend.html",
    "flow.html",
    "topics.html",
    "causes.html",
    "customers.html",
    "feedback.html",
    "loop.html",
    "releases.html",
    "kpi.html",
    "weeks/index.html",
    "tickets/index.html",
)


def some_week(folder: Path) -> str:
    return max(str(each.relative_to(folder)) for each in (folder / "weeks").glob("20*.html"))


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1024, 1600])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_opens_in_silence_fits_and_can_be_used_by_all(
    browser, of_the_demo, language: str, width: int, scheme: str
) -> None:
    folder = of_the_demo(*SITE, "--lang", language)
    seen = browser(folder, width=width, scheme=scheme)
    for name in (*PAGES, some_week(folder)):
        seen.open(name)
        assert seen.is_narrow(), name
        assert seen.faults() == [], name


def test_a_table_is_sorted_and_filtered_by_keyboard(browser, of_the_demo) -> None:
    seen = browser(of_the_demo(*SITE))
    seen.open("today.html")
    table = seen.page.locator("#soon table, #breached table").first
    head = table.locator("thead th").nth(1)
    head.locator("button").focus()
    seen.page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    up = table.locator("tbody tr th").all_inner_texts()
    seen.page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert table.locator("tbody tr th").all_inner_texts() == up[::-1]


def test_a_filter_leaves_the_rows_that_hold_all_words(browser, of_the_demo) -> None:
    seen = browser(of_the_demo(*SITE))
    seen.open("kpi.html")
    table = seen.page.locator("table[data-filter]").first
    word = table.locator("tbody tr").first.locator("th").inner_text()
    seen.page.locator("input[type=search]").first.fill(word)
    shown = table.locator("tbody tr:visible").all_inner_texts()
    assert shown
    assert all(word in each for each in shown)
    assert table.locator("tbody tr").count() > len(shown)


def test_charts_are_drawn_as_svg_in_the_colours_of_the_theme(browser, of_the_demo) -> None:
    colours = []
    for scheme in ("light", "dark"):
        seen = browser(of_the_demo(*SITE), scheme=scheme)
        seen.open("index.html")
        line = seen.page.locator(".chart-picture svg [stroke='#010001']").first
        colours.append(line.evaluate("each => getComputedStyle(each).stroke"))
    assert len(set(colours)) == 2


def test_a_chart_has_its_numbers_below_it_on_paper_and_without_scripts(browser, of_the_demo) -> None:
    seen = browser(of_the_demo(*SITE))
    seen.open("index.html")
    assert not seen.page.locator(".behind table").first.is_visible()
    seen.page.emulate_media(media="print")
    assert seen.page.locator(".behind table").first.is_visible()
    assert seen.page.locator(".chart-picture svg").first.bounding_box()["height"] > 100
    plain = browser(of_the_demo(*SITE), script=False)
    plain.open("index.html")
    plain.page.locator(".behind summary").first.click()
    assert plain.page.locator(".behind table").first.is_visible()


def test_the_first_key_leads_past_the_navigation(browser, of_the_demo) -> None:
    seen = browser(of_the_demo(*SITE))
    seen.open("index.html")
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.className") == "skip"
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("document.activeElement.id") == "main"


def test_a_report_as_one_file_is_silent_and_drawn(browser, of_the_demo, tmp_path: Path) -> None:
    from tkt.render.html import page_document
    from tkt.render.layout import Cell, Chart, Page, PageGrid, Section

    rows = tuple((name, Cell(str(count), value=count)) for name, count in (("a", 1), ("<b>", 2)))
    grid = PageGrid(("what", "n"), rows, chart=Chart("bar", (1,)))
    page = Page("<script>alert(1)</script>", (("now", "today"),), (Section("One", (grid,)),))
    (tmp_path / "one.html").write_text(page_document(page))
    seen = browser(tmp_path)
    seen.open("one.html")
    assert seen.page.locator(".chart-picture svg").count() == 1
    assert seen.page.title() == "<script>alert(1)</script>"
    assert seen.faults() == []
