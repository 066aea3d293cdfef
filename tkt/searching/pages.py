"""Which articles and customers hold these words?

They are few beside tickets, so they are read each time; the bytes of a file are looked at before it is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from tkt.desk import UNREADABLE
from tkt.fields import leaves, normalised
from tkt.frozen import dataclass
from tkt.late import late
from tkt.query import Query
from tkt.query.words import narrowed
from tkt.store.customers import scan_customers
from tkt.store.files import read_file
from tkt.store.knowledge import scan_articles

_RETIRED = "retired"
_RUN = late(r"[0-9a-z]+|[^\x00-\x7f]+")
_HEADING = late(r"^#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An article or a customer in which words were found."""

    id: str
    title: str
    text: str  # all that is searched, as it was written, one to a line
    path: str  # relative to the desk
    state: str | None = None  # of an article: draft, verified, retired

    @property
    def is_retired(self) -> bool:
        """Whether it is an article that nobody should follow any more."""
        return self.state == _RETIRED

    @property
    def body(self) -> str:
        """What it says beside its name and title."""
        return "\n".join(line for line in self.text.split("\n") if line != self.id and self.title not in line)


def articles(root: Path, query: Query) -> list[Page]:
    """The readable articles that match, those first that hold the most of the words, in their titles before all, the retired last."""
    return _matching(root, query, iter(scan_articles(root)[0]), _article)


def customers(root: Path, query: Query) -> list[Page]:
    """The readable customers that match, in the same order."""
    return _matching(root, query, iter(scan_customers(root)[0]), _customer)


def _matching(
    root: Path, query: Query, paths: Iterator[str], read: Callable[[bytes, str], Page]
) -> list[Page]:
    """Of a query that asks for a ticket's fields, and of an empty one, nothing."""
    if not query.fields or query.fields - {"text"}:
        return []
    narrows = narrowed(query.root, lambda word: word) is not None
    found: list[Page] = []
    for path in paths:
        with suppress(*UNREADABLE):
            data = read_file(root / path, root=root)
            if narrows and not _may_hold(data, query.wished):
                continue
            page = read(data, path)
            if query.matches({"text": page.text}.get):
                found.append(page)
    wished = query.wished
    found.sort(
        key=lambda page: (
            page.is_retired,
            -_held(page.text, wished),
            -_held(page.title, wished),
            page.path,
        )
    )
    return found


def _may_hold(data: bytes, words: tuple[str, ...]) -> bool:
    """Whether one of the words may stand in what is written so; it may be escaped, or broken at its spaces."""
    text = normalised(data.decode("utf-8", "replace"))
    return "\\" in text or any(all(run in text for run in _RUN.findall(word)) for word in words)


def _held(text: str, words: tuple[str, ...]) -> int:
    """How many of the words stand in a text."""
    said = normalised(text)
    return sum(word in said for word in words)


def _article(data: bytes, path: str) -> Page:
    from tkt.store.codec.front_matter import read_front_matter

    values, body = read_front_matter(data, path)
    heading = _HEADING.search(body)
    name = Path(path).stem
    title = str(values.get("title") or (heading[1] if heading else name))
    said = (
        leaf
        for key in ("tags", "keywords", "category", "product", "applies_to")
        for leaf in leaves(values.get(key))
    )
    state = values.get("state")
    return Page(
        id=name,
        title=title,
        text="\n".join((name, title, body, *said)),
        path=path,
        state=str(state) if state is not None else "draft",
    )


def _customer(data: bytes, path: str) -> Page:
    from tkt.store.codec.customers import read_customer

    customer = read_customer(data, path=path)
    said = (leaf for value in (*customer.contacts, customer.values) for leaf in leaves(value))
    return Page(
        id=customer.id, title=customer.name, text="\n".join((customer.id, customer.name, *said)), path=path
    )
