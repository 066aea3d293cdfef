"""Is what was written down used, and is it of help?"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from tkt.i18n import _, msg, render
from tkt.knowledge.feedback import NO_VOTES, Tally, tally
from tkt.kpis.stats import share
from tkt.render.layout import Cell, PageGrid
from tkt.render.times import local
from tkt.reports.laying import value_cell
from tkt.reports.material import Material
from tkt.reports.parts import MOST, Part, more_text, section_of, title_cell
from tkt.reports.week.actions import unread_notes
from tkt.reports.week.articles import in_vain, searches_data, searches_grid
from tkt.store.feedback import read_feedback
from tkt.store.knowledge import read_articles


def knowledge(material: Material) -> Part:
    """Which articles replies cited in the window, how readers voted, and what they looked for in vain."""
    known, unread = read_articles(material.desk.root)
    feedback = read_feedback(material.desk.root)
    cited, tickets = _cited(material)
    votes = _votes(material, feedback.votes)
    wanted = in_vain(material, feedback.searches)
    titles = {it.slug: it.title for it in known}
    names = sorted({*cited, *votes}, key=lambda slug: (-cited[slug], slug))
    section = section_of(
        "knowledge",
        msg("Use of knowledge"),
        (_grid(names, cited, votes, titles), searches_grid(wanted)),
        empty=msg("No reply named an article (tkt reply --kb), nobody voted, and no search was in vain."),
        notes=(_sum(material, tickets), *unread_notes((*unread, *feedback.problems))),
    )
    data = {
        "answered": tickets[1],
        "with_article": tickets[0],
        "articles": [
            {"slug": slug, "title": titles.get(slug), "cited": cited[slug], **_votes_data(votes.get(slug))}
            for slug in names
        ],
        "searches": searches_data(wanted),
    }
    return Part(section, data)


def _cited(material: Material) -> tuple[Counter[str], tuple[int, int]]:
    """Article → in how many replies it was named; and of the tickets that people answered how many named one."""
    found: Counter[str] = Counter()
    contains, answered, with_article = material.window.contains, 0, 0
    for _life, story in material.population.touched:
        named = [slug for at, slug in story.cited if contains(at)]
        found.update(named)
        with_article += bool(named)
        answered += any(
            contains(at) and who is not None for at, who in zip(story.said_at, story.said_by, strict=True)
        )
    return found, (with_article, answered)


def _votes(material: Material, votes: Any) -> dict[str, Tally]:
    window = material.window
    first = local(window.start, window.zone).date()
    last = local(window.end - timedelta(seconds=1), window.zone).date()
    return tally(it for it in votes if first <= it.on <= last)


def _sum(material: Material, tickets: tuple[int, int]) -> str:
    with_article, answered = tickets
    rate = value_cell(share(with_article, answered), "rate", material.config)
    text = msg(
        "Of {answered} tickets answered {count} got an article: {rate}.",
        answered=answered,
        count=with_article,
        rate=rate,
    )
    return render(text)


def _grid(
    names: list[str],
    cited: Counter[str],
    votes: dict[str, Tally],
    titles: dict[str, str],
) -> PageGrid:
    heads = (_("article"), _("title"), _("in replies"), _("helpful"), _("not helpful"))
    rows = tuple(
        (
            slug,
            title_cell(titles.get(slug)),
            *(_count(n) for n in (cited[slug], *_voted(votes.get(slug, NO_VOTES)))),
        )
        for slug in names[:MOST]
    )
    return PageGrid(heads, rows, more_text(len(names) - MOST), words=frozenset({1}), name="use")


def _voted(it: Tally) -> tuple[int, int]:
    return it.helpful, it.unhelpful


def _count(number: int) -> Cell:
    return Cell(str(number), value=number)


def _votes_data(it: Tally | None) -> dict[str, int]:
    found = it or NO_VOTES
    return {"helpful": found.helpful, "unhelpful": found.unhelpful}
