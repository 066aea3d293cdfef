"""What was solved again and again, and stands in no article?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from tkt.frozen import dataclass
from tkt.knowledge.article import Article
from tkt.knowledge.limits import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """A ticket that was solved."""

    id: str
    at: datetime
    product: str | None
    type: str | None
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwritten:
    """Tickets of one product and category that were solved without an article; the latest first."""

    product: str | None
    type: str | None
    category: str
    ids: tuple[str, ...]

    @property
    def count(self) -> int:
        """So many."""
        return len(self.ids)


def unwritten(
    solved: Iterable[Solved], articles: Sequence[Article], limits: Limits, now: datetime
) -> tuple[Unwritten, ...]:
    """The groups of what was solved by `now` that call for an article, the largest first (`thresholds.article.wanted`)."""
    since = now - limits.within
    groups: dict[tuple[str, str, str], list[Solved]] = {}
    for each in solved:
        if since < each.at and each.type not in limits.without:
            groups.setdefault((each.product or "", each.type or "", each.category), []).append(each)
    written = [article for article in articles if article.is_in_use]
    found = [
        _group(group)
        for group in groups.values()
        if len(group) >= limits.wanted
        and not any(covers(each, group[0].product, group[0].type, group[0].category) for each in written)
    ]
    return tuple(sorted(found, key=lambda it: (-it.count, it.product or "", it.type or "", it.category)))


def covers(article: Article, product: str | None, kind: str | None, category: str | None) -> bool:
    """Whether an article is about this: its category, and its product unless the article is for all of them.

    One that names a product and no category is about all of that product.
    """
    categories = [word for word in article.applies_to if "/" in word]
    products = [word for word in article.applies_to if "/" not in word]
    is_of_product = not products or product in products
    is_of_category = f"{kind}/{category}" in categories if categories else bool(products)
    return is_of_product and is_of_category


def _group(solved: Sequence[Solved]) -> Unwritten:
    latest = sorted(solved, key=lambda it: (it.at, it.id), reverse=True)
    first = latest[0]
    return Unwritten(
        product=first.product, type=first.type, category=first.category, ids=tuple(it.id for it in latest)
    )
