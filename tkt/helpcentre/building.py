"""How does the help centre come to lie in a folder, of which only what changed is written again?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from tkt.desk import Desk
from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.helpcentre import found, machines, views
from tkt.helpcentre.addresses import image_page
from tkt.helpcentre.centre import LARGEST_PICTURE, Centre
from tkt.helpcentre.edition import Entry, entries_of
from tkt.helpcentre.topics import topics_of
from tkt.i18n import Message, msg, render, speaking
from tkt.knowledge.feedback import tally
from tkt.kpis.story import story_in
from tkt.render.frame import SHEET, SOURCES
from tkt.render.pages import Templates
from tkt.render.times import local
from tkt.site.assets import made_by
from tkt.site.writing import Output, Written, fingerprint
from tkt.store.feedback import read_feedback
from tkt.store.files import read_file
from tkt.store.knowledge import read_articles

INTERNAL, PUBLIC = "knowledge-internal", "knowledge-public"
"""Of which kind a folder is: an edition is never written into a folder of the other one."""
MISSING = "404.html"
_ASSETS = {
    SHEET: SOURCES[SHEET],
    "assets/help.css": "knowledge/assets/help.css",
    "assets/help.js": "knowledge/assets/help.js",
    "assets/cutting.js": "knowledge/assets/cutting.js",
    "assets/minisearch.js": "knowledge/vendor/minisearch.js",
    "assets/LICENSE-minisearch": "knowledge/vendor/LICENSE-minisearch",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What was written."""

    written: Written
    articles: Mapping[str, int]  # language → how many
    notes: tuple[Message, ...]  # what a person may want to know
    problems: tuple[Problem, ...]  # files that could not be read


def build(desk: Desk, folder: Path, now: datetime, *, is_public: bool) -> Built:
    """Write an edition into a folder.

    Errors: Refused for a folder of other files or of the other edition; FileError, Conflict, PageError.
    """
    with Output(folder, PUBLIC if is_public else INTERNAL, made_by=made_by(desk, "all")) as output:
        articles, unreadable = read_articles(desk.root)
        uses, more = _uses(desk)
        today = local(now, desk.zone).date()
        centre = Centre(
            root=desk.root,
            config=desk.config,
            entries=entries_of(articles, is_public=is_public, today=today),
            is_public=is_public,
            uses=uses,
            today=today,
            templates=Templates(desk.root),
        )
        _put(centre, output)
        written = output.finish()
    return Built(
        written=written,
        articles=Counter(it.language for it in centre.entries.values()),
        notes=_notes(centre, len(articles)),
        problems=(*unreadable, *more),
    )


def _uses(desk: Desk) -> tuple[Mapping[str, int], tuple[Problem, ...]]:
    """How often each article helped: replies that named it, and readers who said so less those who said no."""
    lives = desk.lives()
    found = Counter(slug for facts in lives.facts for _at, slug in story_in(facts.story).cited)
    feedback = read_feedback(desk.root)
    for slug, said in tally(feedback.votes).items():
        found[slug] += said.helpful - said.unhelpful
    return found, (*lives.problems, *feedback.problems)


def _notes(centre: Centre, articles: int) -> tuple[Message, ...]:
    notes = []
    if centre.is_public and not centre.entries:
        notes.append(
            msg("no article is public and verified, of {count}: tkt kb verify SLUG", count=articles)
            if articles
            else msg("there is no article yet: tkt kb new --from ID")
        )
    if centre.is_public and centre.url is None:
        notes.append(
            msg(
                "no sitemap.xml, feed.xml and llms.txt: they need knowledge.url in config/reports.yaml, "
                "the address where this folder is published"
            )
        )
    return tuple(notes)


def _put(centre: Centre, output: Output) -> None:
    _put_assets(centre, output)
    _put_search(centre, output)
    for language in centre.languages:
        with speaking(language):
            _put_language(centre, output, language)
    with speaking(centre.languages[0]):
        _put_missing(centre, output)
    _put_pictures(centre, output)
    _put_for_machines(centre, output)


def _put_assets(centre: Centre, output: Output) -> None:
    for path, name in _ASSETS.items():
        text = centre.templates.text(name)
        output.page(path, fingerprint(text), partial(str, text))


def _put_search(centre: Centre, output: Output) -> None:
    said = [asdict(it) for it in centre.entries.values()]
    output.page(found.PAGE, fingerprint(said), partial(found.search_script, centre))


def _put_language(centre: Centre, output: Output, language: str) -> None:
    entries = centre.of(language)
    every = [it for it in centre.entries.values() if it.language == language]
    shared = _shared(centre, language)
    put = partial(_page, centre, output, language)
    said = [(_said(centre, it), centre.uses.get(it.slug, 0)) for it in every]
    put(centre.home(language), "home", fingerprint(shared, said), partial(views.home_page, centre, language))
    put(f"all.{language}.html", "list", fingerprint(shared, said), partial(views.all_page, centre, language))
    for topic, held in topics_of(entries, centre.config).items():
        print_ = fingerprint(shared, [(_said(centre, it), centre.uses.get(it.slug, 0)) for it in held])
        put(topic.page, "list", print_, partial(views.topic_page, centre, topic, held))
    for entry in every:
        put(
            entry.page,
            "article",
            _article_print(centre, entry, shared),
            partial(views.article_page, centre, entry),
        )


def _page(
    centre: Centre, output: Output, language: str, name: str, template: str, print_: str, make: Any
) -> None:
    def made() -> str:
        page = make()
        is_home = template == "home"
        title = centre.title(language) if is_home else page["title"]
        frame = (
            centre.frame_anywhere(title, language)
            if name == MISSING
            else centre.frame(title, language, name.count("/"), is_home=is_home)
        )
        values = {"frame": frame, "centre": centre.chrome(language), "page": page}
        return centre.templates.page(f"knowledge/{template}.html.j2", values)

    output.page(name, print_, made)


def _shared(centre: Centre, language: str) -> dict[str, Any]:
    """What all pages of a language say beside what they are about."""
    return {"chrome": centre.chrome(language), "languages": centre.languages}


def _said(centre: Centre, entry: Entry) -> dict[str, Any]:
    """What an article says wherever it is named."""
    return {**asdict(entry), "pictures": sorted(centre.pictures(entry))}


def _article_print(centre: Centre, entry: Entry, shared: Mapping[str, Any]) -> str:
    related = [_said(centre, it) for it in centre.related(entry)]
    return fingerprint(shared, _said(centre, entry), related, entry.names(centre.entries))


def _put_missing(centre: Centre, output: Output) -> None:
    """What a server shows for an address that leads nowhere."""
    language = centre.languages[0]
    title = render(msg("There is no such page"))
    _page(
        centre,
        output,
        language,
        MISSING,
        "404",
        fingerprint(_shared(centre, language)),
        partial(views.plain_page, centre, language, title),
    )


def _put_pictures(centre: Centre, output: Output) -> None:
    for path in sorted({path for it in centre.entries.values() for path in centre.pictures(it)}):
        data = read_file(centre.root / path, root=centre.root, limit=LARGEST_PICTURE)
        output.page(image_page(path), fingerprint(data.hex()), partial(bytes, data))


def _put_for_machines(centre: Centre, output: Output) -> None:
    text = machines.robots(centre)
    output.page("robots.txt", fingerprint(text), partial(str, text))
    if not centre.is_public:
        return
    slugs = sorted(centre.entries)
    for entry in centre.entries.values():
        print_ = fingerprint(_said(centre, entry), entry.names(centre.entries))
        output.page(f"{entry.slug}.md", print_, partial(machines.copy_of, centre, entry))
    if centre.url is None:
        return
    print_ = fingerprint(
        centre.url, [asdict(centre.entries[slug]) for slug in slugs], centre.chrome(centre.languages[0])
    )
    for name, make in {
        "sitemap.xml": machines.sitemap,
        "feed.xml": machines.feed,
        "llms.txt": machines.llms,
    }.items():
        output.page(name, print_, partial(make, centre, centre.url))
