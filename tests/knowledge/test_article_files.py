"""What an article's file says, and how its keys are changed (docs/knowledge.md)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.errors import DataError
from tkt.knowledge.article import Article, is_article, is_slug
from tkt.knowledge.reading import key_warnings
from tkt.store.codec.articles import article_text, read_article, with_keys
from tkt.store.codec.plain import WriteError
from tkt.store.knowledge import read_articles

PATH = "knowledge/reset.md"
TEXT = """\
---
title: Reset the password  # as customers call it
kind: guide
visibility: public
state: verified
owner: li.wei
review_by: 2027-01-31
applies_to:
- app
- inquiry/account
colour: red

# seen by nobody
sources: [261116-AAAA1]
---
# Reset the password

Open **Settings**.
"""


def read(text: str, path: str = PATH) -> Article:
    return read_article(text.encode(), path=path)


def test_an_article_is_what_its_keys_and_its_text_say() -> None:
    found = read(TEXT)
    assert (found.slug, found.title, found.kind) == ("reset", "Reset the password", "guide")
    assert found.is_shown
    assert found.review_by == date(2027, 1, 31)
    assert found.applies_to == ("app", "inquiry/account")
    assert found.language == "en"
    assert found.summary == "Open Settings."
    assert TEXT.splitlines()[found.first_line - 1] == "# Reset the password"
    assert not found.is_overdue(date(2027, 1, 31))
    assert found.is_overdue(date(2027, 2, 1))


def test_a_key_that_tkt_does_not_know_is_kept_and_told() -> None:
    (warning,) = key_warnings(read(TEXT))
    assert (warning.line, warning.severity) == (11, "warning")
    assert "colour" in str(warning)


def test_without_keys_an_article_is_an_internal_draft_called_by_its_heading() -> None:
    found = read("# 如何重置密码\n\n打开设置。\n")
    assert (found.title, found.state, found.visibility, found.language) == (
        "如何重置密码",
        "draft",
        "internal",
        "zh",
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kind: guide", "kind: guied", ":3: kind: expected one of"),
        ("review_by: 2027-01-31", "review_by: 2027-02-31", ":7: review_by is 2027-02-31, which is no day"),
        ("review_by: 2027-01-31", "review_by: soon", ":7: review_by: expected a date"),
        ("sources: [261116-AAAA1]", "sources: 261116-AAAA1", ":14: sources: expected a list"),
        ("title: Reset the password", "title: [a]", ":2: title: expected text"),
        ("kind: guide", "kind: [", ":"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, told: str) -> None:
    with pytest.raises(DataError) as caught:
        read(TEXT.replace(old, new))
    assert any(f"{PATH}{told}" in str(each) for each in caught.value.problems)


@pytest.mark.parametrize(
    "name", ["index", "Reset", "a--b", "-a", "a b", "重置", "search", "x" * 81, "con", "lpt1"]
)
def test_a_page_of_the_help_centre_and_what_no_address_or_system_can_hold_are_no_names(name: str) -> None:
    assert not is_slug(name)
    with pytest.raises(DataError):
        read(TEXT, f"knowledge/{name}.md")


def test_what_is_an_article_by_its_path() -> None:
    assert is_article("knowledge/billing/a.md")
    assert not any(
        map(is_article, ("knowledge/README.md", "knowledge/feedback/a.md", "a.md", "knowledge/.a.md"))
    )


def test_two_of_one_name_links_and_unreadable_ones_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    (folder / "more").mkdir(parents=True)
    (folder / "a.md").write_text("# A\n")
    (folder / "more/a.md").write_text("# A\n")
    (folder / "b.md").write_text("---\nkind: x\n---\n# B\n")
    (folder / "c.md").symlink_to("a.md")
    (folder / "big.md").write_text("# big\n" + "x" * 300_000)
    articles, problems = read_articles(tmp_path)
    assert [it.slug for it in articles] == ["a"]
    assert sorted(str(it.path) for it in problems) == [
        "knowledge/b.md",
        "knowledge/big.md",
        "knowledge/c.md",
        "knowledge/more/a.md",
    ]


def test_changed_keys_leave_every_other_line_as_it_was() -> None:
    after = with_keys(
        TEXT.encode(),
        {
            "state": "retired",
            "applies_to": ["app"],
            "owner": None,
            "retired": {"at": "2026-11-22", "by": "li.wei"},
        },
        path=PATH,
    ).decode()
    expected = (
        TEXT.replace("state: verified", "state: retired")
        .replace("owner: li.wei\n", "")
        .replace("applies_to:\n- app\n- inquiry/account\n", "applies_to: [app]\n")
        .replace("[261116-AAAA1]\n", "[261116-AAAA1]\nretired: {at: 2026-11-22, by: li.wei}\n")
    )
    assert after == expected


def test_line_ends_stay_and_an_article_without_keys_gets_some() -> None:
    crlf = with_keys(TEXT.replace("\n", "\r\n").encode(), {"state": "draft"}, path=PATH)
    assert crlf == TEXT.replace("verified", "draft").replace("\n", "\r\n").encode()
    assert with_keys(b"# A\n", {"state": "draft"}, path=PATH) == b"---\nstate: draft\n---\n# A\n"


def test_keys_that_cannot_be_changed_line_by_line_are_left_alone() -> None:
    with pytest.raises(WriteError):
        with_keys(b"---\n{title: A, state: draft}\n---\n", {"state": "verified"}, path=PATH)


@given(
    st.dictionaries(
        st.sampled_from(["title", "owner", "state", "tags", "retired", "more"]),
        st.one_of(
            st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1),
            st.lists(st.sampled_from(["a", "#", ": b", "2026-11-22", "no"])),
        ),
    ),
    st.text("ab#- \n\u4e2d", max_size=30),
)
def test_what_is_written_is_read_again(keys: dict[str, object], body: str) -> None:
    from tkt.store.codec.front_matter import read_front_matter

    data = article_text({"kind": "guide"}, body)
    after = with_keys(data, keys, path=PATH)
    assert read_front_matter(after, PATH)[0] == {"kind": "guide", **keys}
    assert read_front_matter(after, PATH)[1] == read_front_matter(data, PATH)[1]
