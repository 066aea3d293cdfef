"""What does the demo desk know already, and what do readers say of it?

Articles lie in `tkt/demodata/knowledge`, as on a desk; only their days are numbers, counted from `now`, and
`answers` names the scenarios whose solution they hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from tkt.demo.scenarios import FOLDER, data_of
from tkt.frozen import dataclass
from tkt.knowledge.feedback import Search, Vote, line_id
from tkt.model import Value
from tkt.store.codec.articles import article_text
from tkt.store.codec.front_matter import split_front_matter
from tkt.store.feedback import SEARCHES, VOTES, feedback_file, search_line, vote_line

_OWN = ("answers", "review")
_SOURCES = 2


@dataclass(frozen=True)
class Draft:
    """An article as the package has it."""

    slug: str
    keys: Mapping[str, Any]
    body: str

    @property
    def language(self) -> str:
        """`en` or `zh`."""
        return str(self.keys["language"])

    @property
    def is_shown(self) -> bool:
        """Whether customers may read it."""
        return (self.keys["visibility"], self.keys["state"]) == ("public", "verified")


@cache
def drafts() -> tuple[Draft, ...]:
    """All of them, in order of their slugs."""
    return tuple(_draft(path.stem, path.read_bytes()) for path in sorted((FOLDER / "knowledge").glob("*.md")))


@cache
def answering(language: str) -> Mapping[str, str]:
    """Scenario → the article that replies in a language name."""
    found = (it for it in drafts() if it.language == language)
    return {scenario: it.slug for it in found for scenario in it.keys["answers"]}


def article_files(today: date, sources: Mapping[str, list[str]]) -> Iterator[tuple[str, bytes]]:
    """Path and text of every article. `sources`: slug → ids of tickets whose replies named it."""
    for draft in drafts():
        keys = _dated(draft, today)
        found = sources.get(draft.slug, [])[:_SOURCES]
        if found:
            keys["sources"] = found
        yield f"knowledge/{draft.slug}.md", article_text(keys, draft.body)


def feedback_files(today: date) -> Iterator[tuple[str, bytes]]:
    """Path and lines of what readers voted and looked for in vain."""
    votes = [vote_line(it) for it in _votes(today)]
    searches = [search_line(it) for it in _searches(today)]
    yield feedback_file(VOTES, today, votes)
    yield feedback_file(SEARCHES, today, searches)


def _draft(slug: str, data: bytes) -> Draft:
    found = split_front_matter(data, f"{slug}.md")
    return Draft(slug, {} if found.keys is None else found.keys.value, found.body)


def _dated(draft: Draft, today: date) -> dict[str, Value]:
    """Its keys with days in place of numbers."""
    keys = {key: value for key, value in draft.keys.items() if key not in _OWN and value != []}
    if "verified" in keys:
        at = today - timedelta(days=keys["verified"])
        keys["verified"] = {"at": at.isoformat(), "by": keys["owner"]}
    if "retired" in keys:
        told = dict(keys["retired"])
        at = today - timedelta(days=told.pop("days"))
        keys["retired"] = {"at": at.isoformat(), **told}
    if "review" in draft.keys:
        keys["review_by"] = (today + timedelta(days=draft.keys["review"])).isoformat()
    return keys


def _votes(today: date) -> Iterator[Vote]:
    comments = data_of("feedback.yaml")["comments"]
    for draft in drafts():
        dice = Random(f"votes/{draft.slug}")
        for number in range(dice.randrange(3, 14) if draft.is_shown else 0):
            helpful = dice.random() < (0.4 if draft.keys["review"] < 0 else 0.85)
            on = today - timedelta(days=dice.randrange(1, 45))
            comment = dice.choice(comments[draft.language]["good" if helpful else "bad"])
            name = line_id("demo", draft.slug, number)
            yield Vote(id=name, slug=draft.slug, helpful=helpful, on=on, comment=comment or None)


def _searches(today: date) -> Iterator[Search]:
    for number, given in enumerate(data_of("feedback.yaml")["searches"]):
        on = today - timedelta(days=given["days"])
        yield Search(id=line_id("demo", number), query=given["query"], count=given["count"], on=on)
