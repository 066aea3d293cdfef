"""What do machines read: search engines, feed readers, language models?

Only of the public edition, and but for robots.txt and the copies of articles only where it is known where it lies:
all of them name whole addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tkt.helpcentre.addresses import page_named
from tkt.helpcentre.centre import Centre
from tkt.helpcentre.edition import Entry
from tkt.helpcentre.topics import topics_of
from tkt.helpcentre.views import LEAD, newest
from tkt.helpcentre.words import HTML_LANGUAGES
from tkt.i18n import msg, render, speaking
from tkt.late import late
from tkt.render.markup import addresses_in
from tkt.render.markup_links import place_of
from tkt.render.text import cut, one_line

IN_FEED = 50
_LINK = late(
    r"(!?)\[((?:[^\[\]\\]|\\.)*)\]\(\s*(<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(\s+[^()\n]*)?\)"
)
_DEFINITION = late(r"^[ \t]{0,3}\[[^\]\n]+\]:[ \t]*(<[^<>\n]*>|\S+).*$", re.MULTILINE)


def robots(centre: Centre) -> str:
    """Who may look for what: the internal edition nobody for nothing."""
    if not centre.is_public:
        return "User-agent: *\nDisallow: /\n"
    where = f"\nSitemap: {centre.url}sitemap.xml\n" if centre.url else ""
    return f"User-agent: *\nAllow: /\n{where}"


def sitemap(centre: Centre, url: str) -> str:
    """All pages that people would look for."""
    return centre.templates.page("knowledge/sitemap.xml.j2", {"pages": list(_pages(centre, url))})


def _pages(centre: Centre, url: str) -> Iterator[dict[str, Any]]:
    for language in centre.languages:
        yield {
            "address": url + centre.home(language).removeprefix("index.html"),
            "reviewed": "",
            "others": [],
        }
        for topic in topics_of(centre.of(language), centre.config):
            yield {"address": f"{url}{topic.page}", "reviewed": "", "others": []}
    for entry in centre.entries.values():
        both = [(entry.language, entry.slug), *entry.translations] if entry.translations else []
        yield {
            "address": f"{url}{entry.page}",
            "reviewed": entry.reviewed.isoformat() if entry.reviewed else "",
            "others": [
                {"lang": HTML_LANGUAGES[language], "address": f"{url}{slug}.html"} for language, slug in both
            ],
        }


def feed(centre: Centre, url: str) -> str:
    """The articles that were reviewed last, as Atom; those without a date are none of it."""
    language = centre.languages[0]
    entries = [it for it in newest(centre.entries.values()) if it.reviewed is not None][:IN_FEED]
    with speaking(language):
        return centre.templates.page(
            "knowledge/feed.xml.j2",
            {
                "title": centre.title(language),
                "url": url,
                "updated": entries[0].reviewed if entries else centre.today,
                "entries": [
                    {
                        "title": it.title,
                        "address": f"{url}{it.page}",
                        "lang": HTML_LANGUAGES[it.language],
                        "reviewed": it.reviewed,
                        "lead": _lead(centre, it),
                    }
                    for it in entries
                ],
            },
        )


def llms(centre: Centre, url: str) -> str:
    """What there is, for language models, with the addresses of the articles as Markdown (llmstxt.org)."""
    own = centre.languages[0]
    with speaking(own):
        lead = render(
            msg("Answers, guides and cases that customers of {name} may read.", name=centre.title(own))
        )
        return centre.templates.page(
            "knowledge/llms.txt.j2",
            {"title": centre.title(own), "lead": lead, "parts": list(_parts(centre, url))},
        )


def _parts(centre: Centre, url: str) -> Iterator[dict[str, Any]]:
    for language in centre.languages:
        entries, listed = centre.of(language), set[str]()
        for topic, held in topics_of(entries, centre.config).items():
            yield {
                "title": topic.label,
                "entries": [_named(centre, it, url) for it in held if it.slug not in listed],
            }
            listed |= {it.slug for it in held}
        rest = [it for it in entries if it.slug not in listed]
        if rest:
            with speaking(language):
                yield {"title": render(msg("Others")), "entries": [_named(centre, it, url) for it in rest]}


def _named(centre: Centre, entry: Entry, url: str) -> dict[str, str]:
    title = entry.title.replace("[", "\\[").replace("]", "\\]")
    return {"title": title, "address": f"{url}{entry.slug}.md", "lead": _lead(centre, entry)}


def _lead(centre: Centre, entry: Entry) -> str:
    return cut(one_line(centre.markup(entry).lead), LEAD)


def copy_of(centre: Centre, entry: Entry) -> str:
    """An article as Markdown. Links within the edition lead to its pages, others but those of the web are words.

    Where a link in a form that is not known here would still name something else, the article's plain words
    stand in place of its Markdown.
    """
    text = _DEFINITION.sub(lambda found: _definition(centre, found), entry.body)
    text = _LINK.sub(lambda found: _link(centre, found), text)
    is_strange = centre.leads_astray(entry) and any(_led(centre, it) != it for it in addresses_in(text))
    body = centre.markup(entry).text if is_strange else text.strip()
    return f"# {entry.title}\n\n{body}\n"


def _link(centre: Centre, found: re.Match[str]) -> str:
    where = _led(centre, found[3].strip("<>"))
    if where is None or (found[1] and "://" not in where):
        return found[2]
    return f"{found[1]}[{found[2]}]({where}{found[4] or ''})"


def _definition(centre: Centre, found: re.Match[str]) -> str:
    where = _led(centre, found[1].strip("<>"))
    return "" if where is None else found[0].replace(found[1], where)


def _led(centre: Centre, address: str) -> str | None:
    """Where an address leads in the copy: pages of this edition, the web and mail; None: nowhere."""
    return place_of(address, lambda path: page_named(path, centre.entries))
