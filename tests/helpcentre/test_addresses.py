"""Where links, pictures and readers' answers lead."""

from __future__ import annotations

import pytest

from tkt.helpcentre.addresses import contact_of, helpful_of, page_named, picture_named, ticket_address
from tkt.helpcentre.edition import Entry

ENTRY = Entry(
    slug="reset",
    title="What? 50 % & more {slug}",
    body="",
    kind="answer",
    language="en",
    applies_to=(),
    tags=(),
    reviewed=None,
    related=(),
    translations=(),
    folder="knowledge",
)


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("reset.md", "reset.html"),
        ("../guides/reset.md#Step one", "reset.html#s-step-one"),
        ("reset#s-step-one", "reset.html#s-step-one"),
        ("reset.html?x=1", "reset.html"),
        ("reset.yaml", None),
        ("other.md", None),
        ("../tickets/new/261101-AAAA2.yaml", None),
        ("", None),
    ],
)
def test_a_link_between_articles_names_one_of_the_edition_or_leads_nowhere(
    address: str, page: str | None
) -> None:
    assert page_named(address, {"reset"}) == page


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("img/a.png", "knowledge/guides/img/a.png"),
        ("../img/a%20b.JPG", "knowledge/img/a b.JPG"),
        ("../../config/people.png", None),
        ("../../knowledge/a.png", "knowledge/a.png"),
        ("../../../knowledge/a.png", "knowledge/a.png"),
        ("../feedback/a.png", None),
        (".hidden/a.png", None),
        ("a.svg", None),
        ("..\\a.png", None),
        ("%2e%2e/%2e%2e/.git/a.png", None),
    ],
)
def test_a_picture_lies_in_the_folder_of_knowledge_or_is_none(address: str, path: str | None) -> None:
    assert picture_named(address, "knowledge/guides") == path


def test_an_answer_fills_the_places_and_stays_one_part_of_the_address() -> None:
    found = helpful_of("https://x.example/?a={slug}&t={title}&h={helpful}&l={language}", ENTRY)
    assert found is not None
    assert found.yes == (
        "https://x.example/?a=reset&t=What%3F%2050%20%25%20%26%20more%20%7Bslug%7D&h=yes&l=en"
    )
    assert found.no.endswith("&h=no&l=en")
    assert helpful_of(None, ENTRY) is None


def test_a_mail_address_becomes_a_mail_with_a_subject() -> None:
    found = helpful_of("help@x.example", ENTRY)
    assert found is not None
    assert found.no.startswith("mailto:help@x.example?subject=This%20did%20not%20help%3A%20What%3F")
    assert found.no.endswith("&body=reset")
    assert contact_of("help@x.example", "en") == "mailto:help@x.example?subject=Question%3A%20{query}"
    assert (
        contact_of("https://x.example/?q={query}&l={language}", "zh") == "https://x.example/?q={query}&l=zh"
    )
    assert contact_of(None, "en") == ""


def test_a_source_leads_to_the_tickets_page_where_the_desk_says_where_these_lie() -> None:
    assert ticket_address("https://x.example/{month}/{id}.html", "261101-AAAA2") == (
        "https://x.example/2026-11/261101-AAAA2.html"
    )
    assert ticket_address(None, "261101-AAAA2") == ""
