"""What did each person solve, and how? For coaching, never as a ranking. (docs/kpi.md K14)"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from tkt.i18n import msg
from tkt.kpis.figures import Figure, Grid, Kpi, Row, Term, count, rate
from tkt.kpis.life import Life
from tkt.kpis.population import Population
from tkt.kpis.ratings import Rating
from tkt.kpis.stats import median

FEWEST = 5
NONE = "none"
_HEADS = (
    msg("n"), msg("median"), msg("median wait"), msg("replies"), msg("answers"), msg("satisfaction")
)  # fmt: skip

Case = tuple[Life, datetime, int]  # when it was resolved, and the seconds that its requester had waited
Answers = Mapping[str, Sequence[tuple[str, Rating]]]


def agents(population: Population) -> Kpi:
    """The tickets resolved in the window by who owned them then, in alphabetical order; fewer than five are not shown."""
    cases: dict[str, list[Case]] = {}
    for (life, end), wait in zip(population.resolved, population.visits.waits, strict=True):
        cases.setdefault(life.owner_at(end) or "", []).append((life, end, wait))
    shown = {who: its_own for who, its_own in sorted(cases.items()) if who and len(its_own) >= FEWEST}
    replies, answers = _replies(population), _answers(population)
    others = [life.id for who, its_own in cases.items() if who not in shown for life, _, _ in its_own]
    return Kpi(
        name="agents",
        title=msg("By agent"),
        grids=(
            Grid(
                _HEADS,
                tuple(_row(who, its_own, replies, answers) for who, its_own in shown.items()),
                about=msg("owner at resolve"),
            ),
            _mix(population, shown),
            Grid((msg("number"),), (Row(msg("of others and of nobody"), (count(others, "others"),)),)),
        ),
        notes=(
            msg("For coaching, in alphabetical order; who resolved fewer than five is among the others."),
        ),
    )


def _row(who: str, cases: Sequence[Case], replies: Mapping[str, list[str]], answers: Answers) -> Row:
    key = ("by_agent", who)
    rated = answers.get(who, ())
    return Row(
        Term("owner", who),
        (
            count([life.id for life, _, _ in cases], *key, "n"),
            Figure(
                (*key, "median_s"), median([life.seconds_until(end) for life, end, _ in cases]), "seconds"
            ),
            Figure((*key, "wait_median_s"), median([wait for _, _, wait in cases]), "seconds"),
            count(replies.get(who, ()), *key, "replies"),
            count([ticket for ticket, _ in rated], *key, "answered"),
            rate(sum(it.is_positive for _, it in rated), len(rated), *key, "csat"),
        ),
    )


def _replies(population: Population) -> dict[str, list[str]]:
    """Who → the ticket of each reply in the window."""
    found: dict[str, list[str]] = {}
    start, end = population.window.start, population.window.end
    for life, story in population.touched:
        for at, by in zip(story.said_at, story.said_by, strict=True):
            if by is not None and start <= at < end:
                found.setdefault(by, []).append(life.id)
    return found


def _answers(population: Population) -> dict[str, list[tuple[str, Rating]]]:
    """Who → the answers of the window, credited to the owner of the last resolve before the answer."""
    found: dict[str, list[tuple[str, Rating]]] = {}
    for life, it in population.answers:
        resolve = next((at for at in reversed(life.resolves) if at <= it.at), it.at)
        found.setdefault(life.owner_at(resolve) or "", []).append((life.id, it))
    return found


def _mix(population: Population, shown: Mapping[str, Sequence[Case]]) -> Grid:
    """What kinds of tickets each had: numbers of unlike work are not alike."""
    kinds = {
        who: [(population.story(life).type, life.id) for life, _, _ in its_own]
        for who, its_own in shown.items()
    }
    types = dict.fromkeys(sorted({kind or "" for each in kinds.values() for kind, _ in each}))
    rows = tuple(
        Row(
            Term("owner", who),
            tuple(
                count([it for kind, it in each if (kind or "") == name], "by_agent", who, "mix", name or NONE)
                for name in types
            ),
        )
        for who, each in kinds.items()
    )
    return Grid(tuple(Term("type", name or None) for name in types), rows, about=msg("case mix"))
