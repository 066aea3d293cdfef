"""Were customers content, and how many of them said so? (docs/kpi.md K6)"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from tkt.i18n import msg
from tkt.kpis.figures import Grid, Kpi, Row, count, rate
from tkt.kpis.life import Life
from tkt.kpis.population import Population
from tkt.kpis.ratings import CSAT, Rating

Rated = tuple[Life, Rating]


def satisfaction(population: Population) -> Kpi:
    """Answers given in the window, the latest of each survey; surveys offered in it; tickets resolved in it."""
    answers = population.answers
    good = [life.id for life, it in answers if it.is_positive]
    answered = count([life.id for life, _ in answers], "answered")
    share = rate(len(good), len(answers), "csat")
    return Kpi(
        name="csat",
        title=msg("Satisfaction"),
        grids=(
            Grid(
                (msg("n"), msg("positive"), msg("rate")),
                (Row(msg("answers given in the window"), (answered, count(good, "positive"), share)),),
            ),
            _distribution(answers),
            _asked(population),
        ),
    )


def _distribution(answers: Sequence[Rated]) -> Grid:
    labels = sorted({(it.best, -it.score, it.label) for _, it in answers})
    rows = (
        Row(
            msg("score {score}", score=label),
            (count([life.id for life, it in answers if it.label == label], "distribution", label),),
        )
        for _, _, label in labels
    )
    return Grid((msg("number"),), tuple(rows), about=msg("distribution"))


def _asked(population: Population) -> Grid:
    """How many surveys were answered by now, and how many tickets got one."""
    offered = list(_offered(population))
    came = [life.id for life, survey, at in offered if _is_answered(population, life, survey, at)]
    resolved = [life.id for life, _ in population.resolved]
    got = [
        life.id
        for life, end in population.resolved
        if (asked := population.story(life).surveyed)
        and any(at >= end and kind == CSAT for at, _, kind in asked)
    ]
    return Grid(
        (msg("n"), msg("number"), msg("rate")),
        (
            Row(
                msg("surveys offered in the window, and answered"),
                (
                    count([life.id for life, _, _ in offered], "offered"),
                    count(came, "responded"),
                    rate(len(came), len(offered), "response_rate"),
                ),
            ),
            Row(
                msg("resolved in the window, and asked"),
                (
                    count(resolved, "resolved"),
                    count(got, "covered"),
                    rate(len(got), len(resolved), "coverage"),
                ),
            ),
        ),
        about=msg("who was asked"),
    )


def _offered(population: Population) -> Iterator[tuple[Life, str, datetime]]:
    for life, story in population.touched:
        if story.surveyed:
            surveys = {survey: at for at, survey, kind in story.surveyed if kind == CSAT}
            yield from (
                (life, survey, at) for survey, at in surveys.items() if population.window.contains(at)
            )


def _is_answered(population: Population, life: Life, survey: str, since: datetime) -> bool:
    return any(it.survey == survey and it.at >= since for it in population.story(life).ratings)
