"""Who wrote down what was learnt, and who helped others? Thanked by name, in alphabetical order, never ranked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from tkt.clock import instant_text
from tkt.frozen import dataclass
from tkt.i18n import N_, _, msg, render
from tkt.knowledge.article import FOLDER, Article
from tkt.kpis.helping import helpers_on, shared
from tkt.kpis.window import Window
from tkt.render import words
from tkt.render.layout import Cell, PageGrid
from tkt.render.times import local
from tkt.reports.material import Material
from tkt.reports.parts import MOST, Part, more_text, section_of, short, title_cell
from tkt.store.knowledge import read_articles

_LOOKED_AT = 200
"""So many tickets on which several people wrote are read, the last touched first."""
_NAMED = 5
"""So many tickets are named beside a helper."""
TIPS = ("practice", "case")
_DONE: Mapping[str, str] = {"wrote": N_("wrote or changed it"), "verified": N_("looked at it: right")}


@dataclass(frozen=True, slots=True)
class Contribution:
    """Somebody worked on an article. `who`: a person's id, else the name of a commit's author."""

    who: str
    article: Article
    did: str  # wrote, verified


def contributors(material: Material) -> Part:
    """Who wrote, changed or verified articles in the window, and who wrote on tickets that others own."""
    written = contributions(material)
    helped = _helped(material)
    config = material.config
    by_name = sorted(helped, key=lambda who: (words.person_name(config, who).casefold(), who))
    section = section_of(
        "contributors",
        msg("Contributors and tips"),
        (_written_grid(written, material), _helped_grid(by_name, helped, material)),
        empty=msg("No article was written, and nobody wrote on a ticket that somebody else owns."),
        notes=_tips(written, material),
    )
    data = {
        "articles": [
            {
                "person": it.who,
                "slug": it.article.slug,
                "title": it.article.title,
                "kind": it.article.kind,
                "did": it.did,
            }
            for it in written
        ],
        "helped": [{"person": who, "tickets": sorted(helped[who])} for who in by_name],
    }
    return Part(section, data)


def contributions(material: Material) -> list[Contribution]:
    """By name, then article; whoever did both is named once, as having written it."""
    articles, _problems = read_articles(material.desk.root)
    written = dict.fromkeys(_written(material, {it.path: it for it in articles}))
    verified = dict.fromkeys(_verified(material, articles))
    found = {(who, it.slug): Contribution(who, it, "verified") for who, it in _pairs(verified, articles)}
    found |= {(who, it.slug): Contribution(who, it, "wrote") for who, it in _pairs(written, articles)}
    config = material.config
    return sorted(
        found.values(),
        key=lambda it: (words.person_name(config, it.who).casefold(), it.who, it.article.slug),
    )


def _pairs(named: Iterable[tuple[str, str]], articles: Iterable[Article]) -> Iterator[tuple[str, Article]]:
    known = {it.slug: it for it in articles}
    return ((who, known[slug]) for who, slug in named)


def _written(material: Material, by_path: Mapping[str, Article]) -> Iterator[tuple[str, str]]:
    """Who → the article, of the commits of the window that touched it; merges left out."""
    repo, window = material.ground.repo, material.window
    if repo is None or not by_path:
        return
    since = f"--since={instant_text(window.start)}"
    commits = {it.sha: it for it in repo.commits("--no-merges", since, paths=[FOLDER])}
    made = [sha for sha, it in commits.items() if window.contains(it.authored_at)]
    for it in repo.brought(made, FOLDER):
        article = by_path.get(it.path)
        for name, mail in commits[it.commit].writers if article is not None else ():
            person = material.config.person_of(mail)
            if article is not None:
                yield (person.id if person else name), article.slug


def _verified(material: Material, articles: Iterable[Article]) -> Iterator[tuple[str, str]]:
    first, last = _days(material.window)
    for it in articles:
        if it.verified is not None and first <= it.verified.at <= last:
            yield it.verified.by, it.slug


def _days(window: Window) -> tuple[date, date]:
    """The first and the last day of a window, in its zone."""
    end = local(window.end, window.zone)
    last = end.date() if end.hour or end.minute or end.second else date.fromordinal(end.toordinal() - 1)
    return local(window.start, window.zone).date(), last


def _helped(material: Material) -> dict[str, set[str]]:
    """Who → the tickets of others on which they wrote; people of the desk alone."""
    found: dict[str, set[str]] = {}
    for life in shared(material.population)[:_LOOKED_AT]:
        row = material.row_of.get(life.id)
        for who in helpers_on(row.ticket, life, material.window) if row is not None else ():
            person = material.config.persons.get(who)
            if person is not None and person.kind == "agent":
                found.setdefault(who, set()).add(life.id)
    return found


def _written_grid(written: Sequence[Contribution], material: Material) -> PageGrid:
    heads = (_("person"), _("article"), _("title"), _("what"))
    rows = tuple(
        (
            short(words.person_name(material.config, it.who)),
            it.article.slug,
            title_cell(it.article.title),
            _(_DONE[it.did]),
        )
        for it in written[:MOST]
    )
    return PageGrid(
        heads, rows, more_text(len(written) - MOST), words=frozenset({1, 2, 3}), name="articles-written"
    )


def _helped_grid(names: Sequence[str], helped: Mapping[str, set[str]], material: Material) -> PageGrid:
    heads = (_("person"), _("helped on others' tickets"))
    rows = tuple((words.person_name(material.config, who), _ids(sorted(helped[who]))) for who in names)
    return PageGrid(heads, rows, words=frozenset({1}), name="helped")


def _ids(ids: Sequence[str]) -> Cell:
    return Cell(" ".join([*ids[:_NAMED], *(["…"] if len(ids) > _NAMED else ())]))


def _tips(written: Sequence[Contribution], material: Material) -> Iterator[str]:
    tips = {it.article.slug: it for it in written if it.article.kind in TIPS and it.did == "wrote"}
    for it in tips.values():
        name = words.person_name(material.config, it.who)
        yield render(msg("A tip by {name}: {title}", name=short(name), title=title_cell(it.article.title)))
