"""What do readers say of articles, and what do they look for in vain?

Lines of `knowledge/feedback/`, only ever added; a line that was brought in twice counts once, by its id.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from tkt.fields import normalised
from tkt.frozen import dataclass

ID_CHARACTERS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """Somebody found an article helpful, or not."""

    id: str
    slug: str
    helpful: bool
    on: date
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Words that nothing was found for in the help centre."""

    id: str
    query: str
    count: int  # so often
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The votes of an article."""

    helpful: int = 0
    unhelpful: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.helpful + self.unhelpful


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What readers looked for and did not find, since when and how often."""

    query: str
    count: int
    latest: date


NO_VOTES = Tally()


def line_id(*parts: object, nth: int = 0) -> str:
    """The id of a line that has none of its own: the same words on the same day, the `nth` time, are the same line."""
    words = "\0".join([*map(str, parts), str(nth)])
    return sha256(words.encode()).hexdigest()[:ID_CHARACTERS]


def tally(votes: Iterable[Vote]) -> dict[str, Tally]:
    """The votes of each article."""
    found: dict[str, Tally] = {}
    for vote in votes:
        before = found.get(vote.slug, NO_VOTES)
        found[vote.slug] = Tally(
            helpful=before.helpful + vote.helpful, unhelpful=before.unhelpful + (not vote.helpful)
        )
    return found


def wanted_searches(
    searches: Iterable[Search], since: date | None = None, until: date | None = None
) -> tuple[Wanted, ...]:
    """What was looked for in vain in `[since, until]`, spelled as it was last, the most wanted first."""
    found: dict[str, Wanted] = {}
    for each in sorted(searches, key=lambda it: (it.on, it.id)):
        if (since is None or each.on >= since) and (until is None or each.on <= until):
            key = " ".join(normalised(each.query).split())
            before = found.get(key)
            count = each.count + (before.count if before else 0)
            found[key] = Wanted(query=each.query, count=count, latest=each.on)
    return tuple(sorted(found.values(), key=lambda it: (-it.count, it.query)))
