"""How long did customers wait for the first answer? (docs/kpi.md K1)"""

from __future__ import annotations

from tkt.i18n import msg
from tkt.kpis.figures import SPREAD_HEADS, Figure, Grid, Headline, Kpi, Row, count, spread
from tkt.kpis.life import Life, seconds_between
from tkt.kpis.population import Population
from tkt.sla import Outcome

CLOCK = "first_response"
LIVE = "live"
BY_RESOLVE = "resolve"
_NOBODY_WAITED = ("agent-raised", "not-recorded")

Cycle = tuple[Life, Outcome]


def first_response(population: Population) -> Kpi:
    """First answers given in the window, in open time of the calendar and on the wall clock.

    Zeros are kept: an answer outside opening hours took no open time. Answered live and resolved
    without an answer are shown apart, and the answers by message alone once more.
    """
    cycles = _known(population)
    answered = _answered(cycles, population)
    by_message = [each for each in answered if each[1].via not in (LIVE, BY_RESOLVE)]
    calendar = spread(msg("open time"), _calendar(answered))
    return Kpi(
        name="first_response",
        title=msg("First response time"),
        grids=(
            Grid(
                SPREAD_HEADS,
                (
                    calendar,
                    spread(msg("wall time"), _wall(answered), "wall_"),
                    spread(msg("open time, by message only"), _calendar(by_message), "message_"),
                ),
                about=msg("answered in the window"),
            ),
            _apart(answered, [each for each in cycles if _is_unanswered(each[1], population)], population),
        ),
        headline=(Headline(msg("first response"), calendar.figures[1], calendar.figures[0]),),
    )


def _apart(answered: list[Cycle], waiting: list[Cycle], population: Population) -> Grid:
    unanswered = count([life.id for life, _ in waiting], "unanswered")
    oldest = Figure(("unanswered_oldest_s",), _oldest(waiting, population), "seconds")
    return Grid(
        (msg("number"), msg("oldest")),
        (
            Row(msg("answered live"), (_count(answered, LIVE, "live"),)),
            Row(msg("resolved without an answer"), (_count(answered, BY_RESOLVE, "via_resolve"),)),
            Row(msg("still unanswered at the end"), (unanswered, oldest)),
        ),
    )


def _known(population: Population) -> list[Cycle]:
    """Those of the population; a promise is not needed."""
    return [(life, it) for life, it in population.cycles(CLOCK) if is_known(it)]


def is_known(it: Outcome) -> bool:
    """Whether somebody waited for this first answer, and it is on record when it came."""
    return it.state != "cancelled" and it.reason not in _NOBODY_WAITED


def _answered(cycles: list[Cycle], population: Population) -> list[Cycle]:
    start, end = population.window.start, population.window.end
    return [
        (life, it)
        for life, it in cycles
        if it.is_fulfilled and it.ended_at is not None and start <= it.ended_at < end
    ]


def _calendar(cycles: list[Cycle]) -> list[tuple[str, int]]:
    return [(life.id, it.elapsed_s) for life, it in cycles if it.elapsed_s is not None]


def _wall(cycles: list[Cycle]) -> list[tuple[str, int]]:
    return [
        (life.id, seconds_between(it.start_at, at))
        for life, it in cycles
        if (at := it.fulfilled_at) is not None
    ]


def _count(cycles: list[Cycle], via: str, key: str) -> Figure:
    return count([life.id for life, it in cycles if it.via == via], key)


def _is_unanswered(it: Outcome, population: Population) -> bool:
    """Whether its customer was waiting when the window ended."""
    end, at = population.window.end, it.fulfilled_at
    return it.start_at < end and (at is None or at >= end)


def _oldest(waiting: list[Cycle], population: Population) -> int | None:
    return max((seconds_between(it.start_at, population.horizon) for _, it in waiting), default=None)
