"""A customer's status page and a ticket's page in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

WIDTHS = (390, 1024, 1600)


def of_customers(folder: Path) -> list[str]:
    """The longest status page, and the page of a customer with many requests."""
    pages = sorted(folder.glob("*.html"), key=lambda page: page.stat().st_size)
    lists = [page for page in pages if re.search(r'<a href="\w{26}\.html">', page.read_text())]
    own = [page for page in pages if "<article" in page.read_text()]
    return [own[-1].name, lists[-1].name, "index.html"]


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_status_pages_fit_every_screen_and_have_no_fault(
    browser: Callable[..., Any], of_the_demo: Callable[..., Path], language: str, scheme: str
) -> None:
    folder = of_the_demo("report", "site", "--public", "--lang", language)
    for width in WIDTHS:
        seen = browser(folder, width=width, scheme=scheme)
        for name in of_customers(folder):
            seen.open(name)
            assert seen.is_narrow(), (name, width)
            assert seen.faults() == []


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_ticket_pages_fit_every_screen_and_have_no_fault(
    browser: Callable[..., Any], of_the_demo: Callable[..., Path], language: str, scheme: str
) -> None:
    folder = of_the_demo("report", "site", "--lang", language)
    longest = max(folder.glob("tickets/*/2*.html"), key=lambda page: page.stat().st_size)
    names = [str(longest.relative_to(folder)), "tickets/index.html", "tickets/2026-11/index.html"]
    for width in WIDTHS:
        seen = browser(folder, width=width, scheme=scheme)
        for name in names:
            seen.open(name)
            assert seen.is_narrow(), (name, width)
            assert seen.faults() == []


@pytest.mark.long
def test_the_list_of_tickets_is_filtered_and_leads_to_a_ticket(
    browser: Callable[..., Any], of_the_demo: Callable[..., Path]
) -> None:
    folder = of_the_demo("report", "site", "--lang", "en")
    seen = browser(folder)
    seen.open("tickets/index.html")
    rows = seen.page.locator("tbody tr:visible")
    before = rows.count()
    first = rows.nth(0).locator("th").inner_text()
    seen.page.fill("input[type=search]", first)
    assert 0 < rows.count() < before
    rows.nth(0).locator("a").click()
    assert first in seen.page.locator(".crumbs").inner_text()
    assert seen.complaints == []


@pytest.mark.long
def test_how_long_something_is_due_is_said_by_the_browser(
    browser: Callable[..., Any], of_the_demo: Callable[..., Path]
) -> None:
    folder = of_the_demo("report", "site", "--lang", "en")
    seen = browser(folder)
    seen.open("tickets/index.html")
    assert re.search(r"\((in .+|.+ ago)\)", seen.page.locator("time[data-left]").first.inner_text())
