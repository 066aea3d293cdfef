"""Pages as HTML: what strangers wrote stays words, numbers are sorted by their values."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tkt.render.html import grid_view, page_document, page_view
from tkt.render.layout import Cell, Chart, Page, PageGrid, Section

EVIL = "<script>alert(1)</script>\x1b[31m=1+1</script><!--&\u2028" + "x" * 5000


def page_of(*grids: PageGrid, title: str = "A page") -> Page:
    return Page(title, (("now", "today"),), (Section("A section", grids, name="one"),))


def test_a_page_is_one_file_that_fetches_nothing_and_runs_no_script_of_anybody_else() -> None:
    chart = Chart("bar", (1,))
    grid = PageGrid((EVIL, EVIL), ((EVIL, Cell(EVIL, value=3)),), EVIL, chart=chart)
    text = page_document(page_of(grid, title=EVIL))
    assert "<script>alert" not in text
    assert "\x1b" not in text
    assert not re.search(r"""(?:src|href)=["'](?!#|data:)""", text)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    assert "default-src &#39;none&#39;" in policy[1]
    assert "x" * 5000 in text


def test_a_page_without_charts_holds_no_charting_library() -> None:
    grid = PageGrid(("what", "n"), (("one", "1"),))
    assert len(page_document(page_of(grid))) < 100_000
    drawn = PageGrid(("what", "n"), (("one", Cell("1", value=1)),), chart=Chart("bar", (1,)))
    assert "Apache ECharts" in page_document(page_of(drawn))


def test_what_a_chart_is_drawn_from_is_what_the_table_says() -> None:
    rows = (("one", Cell("1h", value=3600)), ("two", Cell("n/a")), ("three", Cell("∞", value=float("inf"))))
    view = grid_view(PageGrid(("what", "time"), rows, chart=Chart("line", (1,), "seconds")))
    assert view.chart is not None
    data = json.loads(view.chart.data)
    assert data["places"] == ["one", "two", "three"]
    assert data["series"] == [{"name": "time", "values": [3600, None, None], "texts": ["1h", "n/a", "∞"]}]


def test_a_ticket_is_a_link_where_it_has_a_page() -> None:
    rows = (
        (Cell("261121-K7Q2M", ticket="261121-K7Q2M"), "1"),
        (Cell("261121-GONE0", ticket="261121-GONE0"), "2"),
    )
    link = {"261121-K7Q2M": "tickets/1.html"}.get
    view = grid_view(PageGrid(("ticket", "n"), rows), link=link)
    assert [row[0].href for row in view.rows] == ["tickets/1.html", None]


def test_tickets_that_are_named_among_other_words_are_links_too() -> None:
    rows = (("a", Cell("261121-K7Q2M, 261121-G0NE0 …")), ("b", "well-known"))
    link = {"261121-K7Q2M": "tickets/1.html"}.get
    view = grid_view(PageGrid(("who", "tickets"), rows, words=frozenset({1})), link=link)
    named = (("261121-K7Q2M", "tickets/1.html"), (", ", None), ("261121-G0NE0", None), (" …", None))
    assert [row[1].parts for row in view.rows] == [named, ()]


def test_a_report_alone_says_below_its_title_of_when_it_is() -> None:
    page = Page("P", (), (), lead="this week")
    assert '<p class="lead">this week</p>' in page_document(page)


def test_each_of_several_charts_says_what_it_shows() -> None:
    rows = (("one", Cell("1", value=1), Cell("2", value=2)),)
    grids = [PageGrid((about, "n", "m"), rows, chart=Chart("bar", (1, 2))) for about in ("team", "owner")]
    section = page_view(page_of(*grids)).sections[0]
    assert [it.chart.caption for it in section.grids if it.chart is not None] == ["team", "owner"]


def test_cells_say_by_what_they_are_sorted_how_they_stand_and_which_are_numbers() -> None:
    grid = PageGrid(("a", "b", "c"), (("x", Cell("9d", value=9, tone="bad"), "words"),), words=frozenset({2}))
    row = grid_view(grid).rows[0]
    assert [cell.style for cell in row] == ["words short", "number bad", "words short"]
    assert [cell.value for cell in row] == [None, 9, None]


def test_sections_without_a_name_can_be_linked_to() -> None:
    page = Page("P", (), (Section("One", ()), Section("Two", (), name="two")))
    assert [section.anchor for section in page_view(page).sections] == ["part-1", "two"]


def test_a_desk_may_bring_its_own_template(tmp_path: Path) -> None:
    own = tmp_path / "templates/site/page.html.j2"
    own.parent.mkdir(parents=True)
    own.write_text("<h1>Our own {{ page.title }}</h1>")
    assert page_document(page_of(), tmp_path) == "<h1>Our own A page</h1>"
