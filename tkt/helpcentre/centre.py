"""What do all pages of the help centre share, and what is each made from?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tkt.frozen import dataclass
from tkt.helpcentre.addresses import contact_of, image_page, page_named, picture_named
from tkt.helpcentre.edition import Entry
from tkt.helpcentre.likeness import alike
from tkt.helpcentre.words import HTML_LANGUAGES, LANGUAGES
from tkt.i18n import msg, render
from tkt.render.frame import Asset, Frame, framed
from tkt.render.markup import Markup, marked_up
from tkt.render.pages import Templates
from tkt.render.text import one_line
from tkt.schema import Configuration
from tkt.schema.base import words_in
from tkt.schema.helpcentre import KnowledgeDecl

RELATED = 5
LARGEST_PICTURE = 5_000_000  # bytes
_SCRIPTS = ("assets/cutting.js", "assets/minisearch.js", "assets/help.js")
_LANGUAGES_APART = "noindex, nofollow"


@dataclass(frozen=True, kw_only=True)
class Centre:
    """An edition of a desk's help centre, about to be written."""

    root: Path  # of the desk
    config: Configuration
    entries: Mapping[str, Entry]
    is_public: bool
    uses: Mapping[str, int]  # slug → how often it helped, as far as the desk knows
    today: date
    templates: Templates
    made: dict[str, Markup] = field(default_factory=dict)
    shown: dict[str, set[str]] = field(default_factory=dict)  # slug → the desk's pictures that it shows
    astray: set[str] = field(default_factory=set)  # those that name what is not of this edition

    @property
    def settings(self) -> KnowledgeDecl:
        """What config/reports.yaml says of it."""
        return self.config.reports.knowledge

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Those that it has articles in, the desk's own first; without articles the desk's own."""
        own = self.config.desk.language
        there = {entry.language for entry in self.entries.values()} or {own}
        return tuple(sorted(there, key=lambda it: (it != own, it)))

    @cached_property
    def url(self) -> str | None:
        """Where the public edition lies, with a `/` at its end; None where nobody says, and of the internal one."""
        if self.settings.url is None or not self.is_public:
            return None
        return self.settings.url.rstrip("/") + "/"

    def title(self, language: str) -> str:
        """What it is called."""
        if self.settings.title:
            return one_line(words_in(self.settings.title, language))
        return render(msg("{name} help centre", name=one_line(self.config.desk.name)))

    def home(self, language: str) -> str:
        """The first page of a language."""
        return "index.html" if language == self.languages[0] else f"{language}.html"

    def of(self, language: str) -> list[Entry]:
        """The articles of a language that are to be read, in the order of their titles."""
        found = (it for it in self.entries.values() if it.language == language and it.is_current)
        return sorted(found, key=lambda it: (it.title.casefold(), it.slug))

    def markup(self, entry: Entry) -> Markup:
        """Its text as HTML; made once."""
        found = self.made.get(entry.slug)
        if found is None:
            found = marked_up(
                entry.body, link=partial(self._page, entry), image=partial(self._picture, entry)
            )
            self.made[entry.slug] = found
        return found

    def pictures(self, entry: Entry) -> set[str]:
        """The desk's files that its text shows."""
        if "![" not in entry.body:
            return set()
        self.markup(entry)
        return self.shown.get(entry.slug, set())

    def leads_astray(self, entry: Entry) -> bool:
        """Whether its text names places that are not of this edition."""
        self.markup(entry)
        return entry.slug in self.astray

    def _page(self, entry: Entry, address: str) -> str | None:
        page = page_named(address, self.entries)
        if page is None:
            self.astray.add(entry.slug)
        return page

    def _picture(self, entry: Entry, address: str) -> str | None:
        path = picture_named(address, entry.folder)
        if path is None or not self._is_there(path):
            self.astray.add(entry.slug)
            return None
        self.shown.setdefault(entry.slug, set()).add(path)
        return image_page(path)

    def _is_there(self, path: str) -> bool:
        """Whether it is a file of the desk's own, not a link to one elsewhere."""
        place = self.root / path
        if place.resolve() != self.root.resolve() / path or not place.is_file():
            return False
        return place.stat().st_size <= LARGEST_PICTURE

    @cached_property
    def likeness(self) -> Mapping[str, tuple[str, ...]]:
        """Slug → the articles of its language that are most like it."""
        found: dict[str, tuple[str, ...]] = {}
        for language in self.languages:
            texts = {
                it.slug: f"{it.title}\n{it.title}\n{' '.join(it.tags)}\n{it.body}" for it in self.of(language)
            }
            found |= alike(texts, RELATED)
        return found

    def related(self, entry: Entry) -> list[Entry]:
        """Those that it names, in its own language where there is one, then those like it; at most five."""
        named = [self._told_in(self.entries[slug], entry.language) for slug in entry.related]
        others = [self.entries[slug] for slug in self.likeness.get(entry.slug, ())]
        unique = {it.slug: it for it in (*named, *others) if it.slug != entry.slug and it.is_current}
        return list(unique.values())[:RELATED]

    def _told_in(self, entry: Entry, language: str) -> Entry:
        theirs = dict(entry.translations).get(language)
        return entry if entry.language == language or theirs is None else self.entries[theirs]

    def chrome(self, language: str) -> dict[str, Any]:
        """What stands around every page of a language."""
        return {
            "title": self.title(language),
            "language": language,
            "home": self.home(language),
            "all": f"all.{language}.html",
            "feed": self.url is not None,
            "contact": contact_of(self.settings.contact, language),
            "edition": "" if self.is_public else render(INTERNAL),
        }

    def frame(self, title: str, language: str, depth: int = 0, *, is_home: bool = False) -> Frame:
        """The frame of a page."""
        return framed(
            title,
            depth=depth,
            brand=self.title(language),
            robots="" if self.is_public else _LANGUAGES_APART,
            kind="help",
            has_script=False,
            more=[Asset(path=path) for path in (_SCRIPTS if is_home else _SCRIPTS[-1:])],
            language=language,
        )

    def frame_anywhere(self, title: str, language: str) -> Frame:
        """The frame of a page that is shown for any address: with paths from the top of the host, where it is known."""
        found = self.frame(title, language)
        return found if self.url is None else replace(found, root=urlsplit(self.url).path)

    def switch(self, language: str, entry: Entry | None = None) -> list[dict[str, str]]:
        """The other languages: the same article there, else the first page."""
        there = dict(entry.translations) if entry is not None else {}
        return [
            {
                "lang": HTML_LANGUAGES[other],
                "title": LANGUAGES[other],
                "path": self.entries[there[other]].page if other in there else self.home(other),
            }
            for other in self.languages
            if other != language
        ]


INTERNAL = msg("Internal edition: everything the desk knows, drafts and sources too. Not for publishing.")
