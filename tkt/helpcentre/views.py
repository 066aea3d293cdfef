"""What stands on each page of the help centre?

Plain values for templates/knowledge/, in the language that is active.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from markupsafe import Markup as Safe

from tkt.helpcentre.addresses import helpful_of
from tkt.helpcentre.centre import Centre
from tkt.helpcentre.edition import Entry, Inside
from tkt.helpcentre.topics import Topic, topic_of, topics_of
from tkt.helpcentre.words import (
    HTML_LANGUAGES,
    LANGUAGES,
    day_words,
    kind_word,
    state_word,
    visibility_word,
)
from tkt.i18n import msg, msgn, render
from tkt.render.text import cut, one_line

FIRST = 8
"""Articles on each list of the first page."""
LEAD = 160  # columns
_OF_TOPIC = 4
_FEWEST_HEADINGS = 3
"""From so many headings on, a page says what is on it."""

Values = dict[str, Any]


def home_page(centre: Centre, language: str) -> Values:
    """Search, topics, what helped most and what was reviewed last."""
    entries = centre.of(language)
    topics = [_topic_card(topic, held, centre) for topic, held in topics_of(entries, centre.config).items()]
    return {
        "is_home": True,
        "description": centre.title(language),
        "lead": render(
            msgn("{count} article: search, or choose a topic.", "{count} articles: search, or choose a topic.", len(entries))
        ),
        "products": [it for it in topics if it["kind"] == "products"],
        "categories": [it for it in topics if it["kind"] == "categories"],
        "most_used": [_short_card(it) for it in most_used(centre, entries)],
        "newest": [_short_card(it) for it in newest(entries)[:FIRST]],
        "all_words": render(msgn("All {count} article", "All {count} articles", len(entries))),
        "switch": centre.switch(language),
        "alternates": _alternates([(it, centre.home(it)) for it in centre.languages]),
    }  # fmt: skip


def most_used(centre: Centre, entries: Iterable[Entry]) -> list[Entry]:
    """Those that replies named and readers found helpful, the most helpful first."""
    used = [it for it in entries if centre.uses.get(it.slug, 0) > 0]
    return sorted(used, key=lambda it: -centre.uses[it.slug])[:FIRST]


def newest(entries: Iterable[Entry]) -> list[Entry]:
    """Those that somebody looked at last come first; those that nobody did, last."""
    return sorted(entries, key=lambda it: it.reviewed or date.min, reverse=True)


def topic_page(centre: Centre, topic: Topic, entries: Sequence[Entry]) -> Values:
    """The articles of a product or category: what helped most first."""
    ordered = sorted(entries, key=lambda it: -centre.uses.get(it.slug, 0))
    return _list_page(centre, topic.label, ordered, topic.language)


def all_page(centre: Centre, language: str) -> Values:
    """All articles of a language, retired ones at the end."""
    own = [it for it in centre.entries.values() if it.language == language]
    ordered = sorted(own, key=lambda it: (not it.is_current, it.title.casefold(), it.slug))
    return _list_page(centre, render(msg("All articles")), ordered, language)


def _list_page(centre: Centre, title: str, entries: Sequence[Entry], language: str) -> Values:
    return {
        "is_home": False,
        "description": "",
        "alternates": [],
        "title": title,
        "lead": render(msgn("{count} article", "{count} articles", len(entries))),
        "crumbs": [_home_crumb(centre, language), {"title": title, "path": ""}],
        "cards": [_card(centre, it) for it in entries],
        "switch": centre.switch(language),
    }


def article_page(centre: Centre, entry: Entry) -> Values:
    """An article with everything around it."""
    made = centre.markup(entry)
    topics = [topic_of(name, entry.language, centre.config) for name in dict.fromkeys(entry.applies_to)]
    links = [{"title": it.label, "path": it.page} for it in topics] if entry.is_current else []
    contents = [it for it in made.headings if it.level <= 3]
    return {
        "is_home": False,
        "title": entry.title,
        "description": cut(made.lead, LEAD),
        "alternates": _alternates([(entry.language, entry.page), *_translated(centre, entry)])
        if entry.translations
        else [],
        "switch": centre.switch(entry.language, entry),
        "crumbs": [_home_crumb(centre, entry.language), *links[:1], {"title": entry.title, "path": ""}],
        "kind": kind_word(entry.kind),
        "reviewed": entry.reviewed.isoformat() if entry.reviewed else "",
        "reviewed_words": day_words(entry.reviewed) if entry.reviewed else "",
        "topics": links,
        "contents": contents if len(contents) >= _FEWEST_HEADINGS else [],
        "body": Safe(made.html),
        "helpful": helpful_of(centre.settings.feedback_url, entry),
        "related": [_card(centre, it) for it in centre.related(entry)],
        "banners": _banners(centre, entry.inside) if entry.inside else [],
        "inside": _inside_view(centre, entry.inside) if entry.inside else None,
    }


def plain_page(centre: Centre, language: str, title: str) -> Values:
    """A page with nothing but a title around its words."""
    return {
        "is_home": False,
        "title": title,
        "description": "",
        "alternates": [],
        "switch": centre.switch(language),
    }


def _translated(centre: Centre, entry: Entry) -> list[tuple[str, str]]:
    return [(language, centre.entries[slug].page) for language, slug in entry.translations]


def _alternates(pages: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    if len(pages) < 2:
        return []
    return [{"lang": HTML_LANGUAGES[language], "path": path} for language, path in pages]


def _home_crumb(centre: Centre, language: str) -> dict[str, str]:
    return {"title": render(msg("Home")), "path": centre.home(language)}


def _topic_card(topic: Topic, entries: Sequence[Entry], centre: Centre) -> Values:
    best = sorted(entries, key=lambda it: -centre.uses.get(it.slug, 0))[:_OF_TOPIC]
    return {
        "kind": topic.kind,
        "label": topic.label,
        "path": topic.page,
        "count": len(entries),
        "first": [{"title": it.title, "path": it.page} for it in best],
    }


def _short_card(entry: Entry) -> Values:
    mark, tone = mark_of(entry)
    return {"title": entry.title, "path": entry.page, "lead": "", "mark": mark, "tone": tone}


def _card(centre: Centre, entry: Entry) -> Values:
    return {**_short_card(entry), "lead": cut(one_line(centre.markup(entry).lead), LEAD)}


def mark_of(entry: Entry) -> tuple[str, str]:
    """What must be known of an article before it is passed on, and its tone; nothing in the public edition."""
    inside = entry.inside
    if inside is None:
        return "", ""
    if inside.state != "verified":
        return state_word(inside.state), "quiet" if inside.state == "retired" else "warn"
    if inside.is_overdue:
        return render(msg("to be reviewed again")), "bad"
    return (visibility_word("internal"), "quiet") if inside.visibility == "internal" else ("", "")


def _banners(centre: Centre, inside: Inside) -> list[dict[str, str]]:
    return [
        {"text": render(text), "path": path, "title": title} for text, path, title in _said(centre, inside)
    ]


def _said(centre: Centre, inside: Inside) -> Iterable[tuple[Any, str, str]]:
    if inside.retired is not None:
        instead = centre.entries.get(inside.retired.instead or "")
        why = msg("Retired: {why}", why=one_line(inside.retired.why))
        yield why, instead.page if instead else "", instead.title if instead else ""
    elif inside.state == "draft":
        yield msg("A draft: nobody has said yet that it is right."), "", ""
    if inside.is_overdue and inside.review_by is not None:
        yield (
            msg("Its review was due on {day}: it may be out of date.", day=day_words(inside.review_by)),
            "",
            "",
        )


def _inside_view(centre: Centre, inside: Inside) -> Values:
    nobody = render(msg("nobody"))
    facts = (
        (render(msg("State")), state_word(inside.state)),
        (render(msg("Visibility")), visibility_word(inside.visibility)),
        (render(msg("Owner")), _person(centre, inside.owner) if inside.owner else nobody),
        (render(msg("Review by")), day_words(inside.review_by) if inside.review_by else "–"),
        (render(msg("File")), inside.path),
    )
    return {"facts": facts, "sources": [_source(centre, it) for it in inside.sources]}


def _person(centre: Centre, person: str) -> str:
    from tkt.render.words import person_name

    return one_line(person_name(centre.config, person))


def _source(centre: Centre, ticket: str) -> dict[str, str]:
    from tkt.helpcentre.addresses import ticket_address

    return {"title": one_line(ticket), "path": ticket_address(centre.settings.tickets_url, ticket)}


__all__ = [
    "LANGUAGES",
    "all_page",
    "article_page",
    "home_page",
    "mark_of",
    "newest",
    "plain_page",
    "topic_page",
]
