"""The help centre as somebody who needs help uses it, opened from the disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from centre_desk import articles
from helpers import DeskAtWork

JUDGED = (
    "index.html",
    "all.zh.html",
    "invoicing.en.html",
    "request-invoice.html",
    "old-one.html",
    "secret-fix.html",
)


@pytest.fixture
def public(desk: DeskAtWork, tmp_path: Path) -> Path:
    """A public edition."""
    out = tmp_path / "public"
    articles(desk).tkt("kb", "build", "-o", str(out), "--public")
    return out


def searched(seen: Any, query: str) -> Any:
    seen.page.keyboard.press("/")
    seen.page.keyboard.type(query)
    status = seen.page.locator("#results [role=status]")
    seen.page.wait_for_function(
        "told => told.textContent && !document.querySelector('#results').hidden"
        " && told.textContent !== document.querySelector('form.search').dataset.loading",
        arg=status.element_handle(),
    )
    return seen.page.locator(".hit")


def test_a_search_for_invoices_in_either_language_leads_to_the_article(browser: Any, public: Path) -> None:
    seen = browser(public)
    seen.open("zh.html")
    hits = searched(seen, "发票")
    assert hits.count() == 2
    assert "发票" in hits.first.locator("mark").first.inner_text()
    hits.filter(has_text="如何申请").click()
    assert seen.page.locator("h1").inner_text() == "如何申请开具发票"
    seen.open("index.html")
    searched(seen, "invoice")
    seen.page.keyboard.press("ArrowDown")
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_url("**/*invoice-en.html")
    assert seen.complaints == []


def test_the_search_forgives_a_slip_and_knows_one_character(browser: Any, public: Path) -> None:
    seen = browser(public)
    seen.open("index.html")
    assert searched(seen, "invioce").first.locator("mark").first.inner_text().lower() == "invoice"
    seen.open("zh.html")
    assert searched(seen, "票").count() == 2
    seen.open("zh.html")
    assert searched(seen, "password").first.get_attribute("lang") == "en"


def test_what_is_asked_stands_in_the_address_and_an_article_asks_the_first_page(
    browser: Any, public: Path
) -> None:
    seen = browser(public)
    seen.open("request-invoice-en.html")
    seen.page.keyboard.press("/")
    seen.page.keyboard.type("account locked")
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_selector(".hit")
    assert seen.page.url.endswith("index.html?q=account%20locked")
    assert seen.page.locator(".hit-title").first.inner_text() == "Cannot sign in"
    seen.page.locator("#q").press("Enter")
    seen.page.wait_for_url("**/sign-in.html")
    seen.page.go_back()
    seen.page.wait_for_selector(".hit")
    assert seen.complaints == []


def test_where_nothing_is_found_the_question_goes_into_a_mail(browser: Any, public: Path) -> None:
    seen = browser(public)
    seen.open("index.html")
    assert searched(seen, "zebra & quagga").count() == 0
    link = seen.page.locator(".nothing a")
    assert (
        link.get_attribute("href") == "mailto:support@example.com?subject=Question%3A%20zebra%20%26%20quagga"
    )
    assert link.is_visible()
    assert seen.page.locator("#browse").is_visible()


def test_what_is_typed_is_never_a_part_of_the_page(browser: Any, public: Path) -> None:
    seen = browser(public)
    seen.open("index.html")
    searched(seen, "<img src=x onerror=alert(1)> $& invoice")
    assert seen.page.locator("#results img").count() == 0
    assert seen.complaints == []


def test_without_scripts_all_articles_can_be_reached(browser: Any, public: Path) -> None:
    seen = browser(public, script=False)
    seen.open("index.html")
    assert not seen.page.locator("form.search").is_visible()
    seen.page.locator(".more a").click()
    assert seen.page.locator(".entries a").count() == 3


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1024, 1600])
def test_every_page_of_help_opens_in_silence_fits_and_can_be_used_by_all(
    browser: Any, desk: DeskAtWork, tmp_path: Path, width: int, scheme: str
) -> None:
    articles(desk)
    for edition in ((), ("--public",)):
        out = tmp_path / f"out{len(edition)}"
        desk.tkt("kb", "build", "-o", str(out), *edition)
        seen = browser(out, width=width, scheme=scheme)
        for page in sorted(out.rglob("*.html")):
            if page.name != "404.html":  # for servers: its paths begin at their top
                seen.open(page.relative_to(out).as_posix())
                assert seen.is_narrow(), page.name
                assert page.name not in JUDGED or seen.faults() == [], page.name
        seen.open("index.html")
        searched(seen, "invoice")
        assert seen.faults() == []


@pytest.mark.long
def test_the_demos_articles_are_found_in_both_languages(browser: Any, of_the_demo: Any) -> None:
    seen = browser(of_the_demo("kb", "build", "--public"))
    for home, query, word in (("index.html", "invoice", "nvoice"), ("zh.html", "发票", "发票")):
        seen.open(home)
        title = searched(seen, query).first.locator(".hit-title").inner_text()
        assert word in title
        seen.page.locator(".hit").first.click()
        assert seen.page.locator("h1").inner_text() == title
    assert seen.complaints == []
