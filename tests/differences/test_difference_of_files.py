"""What becomes public, and what is no longer?"""

from __future__ import annotations

import pytest

from tkt.differences.files import Text, TextChange, room_of


def article(visibility: str | None, state: str = "verified", body: str = "words") -> Text:
    values = {"title": "E104", "state": state, **({"visibility": visibility} if visibility else {})}
    return Text(values=values, body=body)


def change(before: Text | None, after: Text | None) -> TextChange:
    return TextChange(path="knowledge/e104.md", before=before, after=after)


@pytest.mark.parametrize(
    ("before", "after", "becomes", "stays", "leaves"),
    [
        (article("internal"), article("public"), True, False, False),
        (None, article("public"), True, False, False),
        (article(None), article("public"), True, False, False),
        (article("public", "retired"), article("public"), True, False, False),
        (article("public"), article("public", body="others"), False, True, False),
        (article("public"), article("internal"), False, False, True),
        (article("public"), article("public", "retired"), False, False, True),
        (article("public"), None, False, False, True),
        (article("internal"), article("internal", body="others"), False, False, False),
        (None, article("internal"), False, False, False),
    ],
)
def test_what_customers_can_read(
    before: Text | None, after: Text | None, becomes: bool, stays: bool, leaves: bool
) -> None:
    found = change(before, after)
    assert (found.becomes_public, found.stays_public, found.leaves_public) == (becomes, stays, leaves)


def test_an_article_without_a_title_goes_by_its_file() -> None:
    assert change(None, Text(values={}, body="\n  first\nsecond")).title == "e104.md"
    assert change(None, Text(values={}, body="\n  first\nsecond")).first_line == "first"


def test_the_keys_that_differ_are_named() -> None:
    assert change(article("internal"), article("public")).keys == ("visibility",)
    assert change(None, article("public")).keys == ("title", "state", "visibility")


@pytest.mark.parametrize(
    ("path", "room"),
    [
        ("tkt.yaml", "configuration"),
        ("config/rules.yaml", "configuration"),
        ("config/calendars/CN-2026.yaml", "configuration"),
        ("config/hooks/on-reply", "configuration"),
        ("config/.schemas/rules.json", "other"),
        ("knowledge/a/b.md", "knowledge"),
        ("knowledge/picture.png", "other"),
        ("replies/ack.en.md", "replies"),
        ("customers/acme.yaml", "customers"),
        ("attachments/261116-AAAA1/x", "attachments"),
        ("tickets/new/notes.txt", "other"),
        ("README.md", "other"),
    ],
)
def test_every_path_has_its_room(path: str, room: str) -> None:
    assert room_of(path) == room
