"""The keys above a Markdown file, read as strictly as any other file."""

from __future__ import annotations

import pytest

from tkt.errors import DataError
from tkt.store.codec.front_matter import read_front_matter

PATH = "knowledge/e104.md"


@pytest.mark.parametrize(
    ("text", "keys", "body"),
    [
        ("---\ntitle: E104\n---\nPress.\n", {"title": "E104"}, "Press.\n"),
        ("\ufeff---\r\ntitle: E104\r\n---\r\nPress.\r\n", {"title": "E104"}, "Press.\r\n"),
        ("---\n---\nPress.", {}, "Press."),
        ("Press.\n---\nnot keys\n---\n", {}, "Press.\n---\nnot keys\n---\n"),
        ("", {}, ""),
        ("---\ntitle: E104\n---\n---\na rule below\n", {"title": "E104"}, "---\na rule below\n"),
    ],
)
def test_keys_and_text(text: str, keys: dict[str, str], body: str) -> None:
    assert read_front_matter(text.encode(), PATH) == (keys, body)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: E104\nPress.\n", 1),
        ("---\nstate: new\ntitle: [E104\n---\n", 3),
        ("---\ntitle: a\ntitle: b\n---\n", 3),
        ("---\n- a list\n---\n", 2),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(text: str, line: int) -> None:
    with pytest.raises(DataError) as caught:
        read_front_matter(text.encode(), PATH)
    assert (caught.value.path, caught.value.line) == (PATH, line)
