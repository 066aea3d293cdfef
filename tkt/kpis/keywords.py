"""Which words do customers use more than before? (docs/kpi.md K19)"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tkt.i18n import msg
from tkt.kpis.figures import Figure, Grid, Kpi, Row, Term, count, rate
from tkt.kpis.more import Texts, Words
from tkt.kpis.population import Population
from tkt.kpis.ratings import low_limit
from tkt.kpis.window import previous

MOST = 30

Found = dict[str, list[str]]
"""Word → the tickets that it stands on, each once."""


def keywords(population: Population) -> Kpi:
    """The words of the tickets received in the window by how many of them they stand on, against the window before.

    Nothing where nobody asked for them: to tell the words apart takes long on a large desk.
    """
    texts, words = population.more.texts, population.more.words
    grids = () if texts is None or words is None else _grids(population, texts, words)
    return Kpi(name="keywords", title=msg("Keywords"), grids=grids)


def _grids(population: Population, texts: Texts, words: Words) -> tuple[Grid, ...]:
    now = [life.id for life in population.created]
    then = [life.id for life in population.created_in(previous(population.window))]
    read = texts([*now, *then])
    found, before = _counted(now, read, words), _counted(then, read, words)
    low = _low_scores(population, words)
    return (
        Grid(
            (msg("tickets"), msg("share"), msg("before"), msg("change")),
            tuple(_row(word, found[word], before.get(word, []), len(now)) for word in _most(found)),
            about=msg("word"),
        ),
        Grid(
            (msg("tickets"),),
            tuple(Row(Term("word", word), (count(low[word], "low_scores", word),)) for word in _most(low)),
            about=msg("in the comments of low scores"),
        ),
    )


def _row(word: str, ids: list[str], before: list[str], whole: int) -> Row:
    key = ("words", word)
    return Row(
        Term("word", word),
        (
            count(ids, *key, "n"),
            rate(len(ids), whole, *key, "share"),
            count(before, *key, "previous"),
            Figure((*key, "change"), (len(ids) - len(before)) / len(before) if before else None, "rate"),
        ),
    )


def _counted(ids: Iterable[str], texts: Mapping[str, str], words: Words) -> Found:
    found: Found = {}
    for ticket in ids:
        for word in words(texts.get(ticket, "")):
            found.setdefault(word, []).append(ticket)
    return found


def _low_scores(population: Population, words: Words) -> Found:
    found: Found = {}
    limit = low_limit(population.config)
    for life, it in population.answers:
        if it.is_low(limit) and it.comment:
            for word in words(it.comment):
                found.setdefault(word, []).append(life.id)
    return found


def _most(found: Found) -> list[str]:
    return sorted(found, key=lambda word: (-len(found[word]), word))[:MOST]
