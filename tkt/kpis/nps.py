"""Would customers recommend the house? (docs/kpi.md K7)"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tkt.i18n import Message, msg
from tkt.kpis.figures import Figure, Grid, Kpi, Row
from tkt.kpis.population import Population
from tkt.kpis.ratings import GRADES, NPS
from tkt.kpis.stats import Number

FEW = 30
_NOBODY = ""

Given = tuple[datetime, str, Number]
"""When, the ticket it was said on or nothing, and 0 to 10."""


def nps(population: Population) -> Kpi:
    """The last answer of each customer in the window: the share of 9 and 10 less that of 0 to 6, in points."""
    scores = list(latest(population).values())
    grades = {
        "promoters": [ticket for _, ticket, score in scores if score >= 9],
        "passives": [ticket for _, ticket, score in scores if 6 < score < 9],
        "detractors": [ticket for _, ticket, score in scores if score <= 6],
    }
    balance = len(grades["promoters"]) - len(grades["detractors"])
    score = Figure(("nps",), 100 * balance / len(scores) if scores else None, "points")
    n = _people([ticket for _, ticket, _ in scores], "n")
    return Kpi(
        name="nps",
        title=msg("Net promoter score"),
        grids=(
            Grid(
                (msg("n"), msg("9 and 10"), msg("7 and 8"), msg("0 to 6"), msg("score")),
                (
                    Row(
                        msg("customers who answered in the window"),
                        (n, *(_people(found, key) for key, found in grades.items()), score),
                    ),
                ),
            ),
        ),
        notes=tuple(_warning(len(scores))),
    )


def _warning(answers: int) -> Iterator[Message]:
    if 0 < answers < FEW:
        yield msg("Only {count} answers: with fewer than 30 the score says little.", count=answers)


def _people(tickets: list[str], key: str) -> Figure:
    """How many customers; some of them answered on no ticket."""
    return Figure((key,), len(tickets), "count", [it for it in tickets if it != _NOBODY])


def latest(population: Population) -> dict[str, Given]:
    """Customer → the last answer in the window."""
    found: dict[str, Given] = {}
    for customer, given in sorted([*_on_tickets(population), *_on_none(population)], key=lambda it: it[1]):
        found[customer] = given
    return found


def _on_tickets(population: Population) -> Iterator[tuple[str, Given]]:
    for life, story in population.touched:
        for it in story.ratings:
            if it.kind == NPS and it.best == GRADES and population.window.contains(it.at):
                yield (story.requester or (life.id,))[0], (it.at, life.id, it.score)


def _on_none(population: Population) -> Iterator[tuple[str, Given]]:
    """What customers answered by themselves; it belongs to the whole, not to some of its tickets."""
    for it in population.more.answers if population.whole is None else ():
        if population.window.contains(it.at) and it.at <= population.now:
            yield it.customer.casefold(), (it.at, _NOBODY, it.score)
