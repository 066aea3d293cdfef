"""Under which products and categories do articles stand, and what are these called?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Literal

from tkt.frozen import dataclass
from tkt.helpcentre.edition import Entry
from tkt.late import late
from tkt.render.text import one_line
from tkt.schema import Configuration

_PLAIN = late(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A product or a category, in one language."""

    kind: Literal["products", "categories"]
    name: str  # as `applies_to` has it
    label: str
    language: str

    @property
    def page(self) -> str:
        """The name of its page: `categories/inquiry.billing.zh.html`."""
        stem = self.name.replace("/", ".") if _PLAIN.fullmatch(self.name) else _short(self.name)
        return f"{self.kind}/{stem}.{self.language}.html"


def topic_of(name: str, language: str, config: Configuration) -> Topic:
    """What an article applies to: `invoicing` is a product, `inquiry/billing` a category."""
    group, slash, category = name.partition("/")
    if not slash:
        product = config.taxonomy.products.get(name)
        label = product.label(language, "") if product else ""
        return Topic(kind="products", name=name, label=_capital(label or _spelt(name)), language=language)
    declared = config.category(group, category)
    label = declared.label(language, "") if declared else ""
    return Topic(kind="categories", name=name, label=_capital(label or _spelt(category)), language=language)


def topics_of(entries: Iterable[Entry], config: Configuration) -> dict[Topic, list[Entry]]:
    """The topics that articles of one language stand under, each with its articles; the fullest first."""
    found: dict[Topic, list[Entry]] = {}
    for entry in entries:
        for name in dict.fromkeys(entry.applies_to):
            found.setdefault(topic_of(name, entry.language, config), []).append(entry)
    return dict(sorted(found.items(), key=lambda it: (it[0].kind != "products", -len(it[1]), it[0].name)))


def _spelt(name: str) -> str:
    return one_line(name).replace("-", " ").strip()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _short(name: str) -> str:
    return "t" + sha256(name.encode("utf-8", "replace")).hexdigest()[:12]
