"""Is what was solved also told, confirmed, and learnt from? (docs/kpi.md K17)"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from tkt.i18n import msg
from tkt.kpis.attainment import decided_at
from tkt.kpis.figures import Figure, Grid, Kpi, Row, count, rate
from tkt.kpis.learning import Category, Done, Matter, done_improvements, done_reviews
from tkt.kpis.life import Life
from tkt.kpis.population import Population
from tkt.kpis.story import Story

EFFECT = timedelta(days=30)


def loop(population: Population) -> Kpi:
    """Told and confirmed over the tickets resolved in the window; promises, reviews and improvements of the window."""
    known = [(life, at) for life, at in population.resolved if population.story(life).is_recorded]
    judged = [(life.id, _was_told(life, at, population.story(life))) for life, at in known]
    told = [ticket for ticket, was_told in judged if was_told]
    missing = [ticket for ticket, was_told in judged if not was_told]
    n = count([life.id for life, _ in known], "resolved")
    share = rate(len(told), len(known), "told_rate")
    return Kpi(
        name="loop",
        title=msg("Closed loop"),
        grids=(
            Grid(
                (msg("n"), msg("told"), msg("not told"), msg("rate")),
                (
                    Row(
                        msg("resolved in the window"),
                        (n, count(told, "told"), count(missing, "untold"), share),
                    ),
                ),
            ),
            _promises(population),
            _learnt(population),
            _recurrence(population),
        ),
        notes=(msg("Every customer is to be told."),),
    )


def _was_told(life: Life, resolved_at: datetime, story: Story) -> bool:
    """Whether the desk wrote from the resolve on, before it was reopened; or solved it in the call."""
    if story.is_live and resolved_at == life.started_at:
        return True
    said = [at for at in story.said_at if at >= resolved_at]
    until = next((at for at in life.reopens if at > resolved_at), None) if said else None
    return bool(said) and (until is None or said[0] < until)


def _promises(population: Population) -> Grid:
    window = population.window
    decided = [
        (life.id, it.breached_at is None)
        for life, it in population.rare_cycles("promise")
        if window.contains(decided_at(it))
    ]
    kept = [ticket for ticket, is_kept in decided if is_kept]
    broken = [ticket for ticket, is_kept in decided if not is_kept]
    return Grid(
        (msg("n"), msg("kept"), msg("broken"), msg("rate")),
        (
            Row(
                msg("promises"),
                (
                    count([ticket for ticket, _ in decided], "promises"),
                    count(kept, "kept"),
                    count(broken, "broken"),
                    rate(len(kept), len(decided), "kept_rate"),
                ),
            ),
        ),
        about=msg("due or kept in the window"),
    )


def _learnt(population: Population) -> Grid:
    contains, touched = population.window.contains, population.touched
    confirmed = [life.id for life, it in touched if it.confirmed and any(map(contains, it.confirmed))]
    closed = [life.id for life, it in touched if it.auto_closed and any(map(contains, it.auto_closed))]
    reviews, improvements = done_reviews(population), done_improvements(population)
    return Grid(
        (msg("number"),),
        (
            Row(msg("confirmed by the customer"), (count(confirmed, "confirmed"),)),
            Row(msg("closed without an answer"), (count(closed, "auto_closed"),)),
            Row(msg("reviewed"), (count(_behind(reviews), "reviewed"),)),
            Row(msg("led to an improvement that is done"), (count(_behind(improvements), "improved"),)),
            Row(msg("reviews done"), (_number("reviews_done", reviews),)),
            Row(msg("improvements done"), (_number("improvements_done", improvements),)),
        ),
        about=msg("tickets of the window"),
    )


def _behind(done: Iterable[Done]) -> list[str]:
    """The tickets that led to them, each once."""
    return sorted({ticket for it in done for ticket in it.tickets})


def _number(key: str, done: Sequence[Done]) -> Figure:
    """How many there were; --ids names their tickets."""
    return Figure((key,), len(done), "count", _behind(done))


def _recurrence(population: Population) -> Grid:
    """Tickets of the same product and category in the 30 days before an improvement and after it."""
    before: list[str] = []
    after: list[str] = []
    immature: list[str] = []
    for it in done_improvements(population):
        if is_immature(it, population.now):
            immature.extend(it.tickets)
            continue
        before.extend(received_before(population, it))
        after.extend(received_after(population, it))
    return Grid(
        (msg("30 days before"), msg("30 days after"), msg("too early to say")),
        (
            Row(
                msg("tickets of the same product and category"),
                (
                    count(before, "recurrence_before"),
                    count(after, "recurrence_after"),
                    count(immature, "immature"),
                ),
            ),
        ),
        about=msg("improvements of the window"),
    )


def is_immature(done: Done, now: datetime) -> bool:
    """Whether it is too early to say what came of it."""
    return done.at + EFFECT > now


def received_before(population: Population, done: Done) -> list[str]:
    """The tickets of what it is about that were received in the 30 days before it was done."""
    return list(_received(population, done.matters, done.at - EFFECT, done.at))


def received_after(population: Population, done: Done) -> list[str]:
    """Those of the 30 days from then on."""
    return list(_received(population, done.matters, done.at, done.at + EFFECT))


def _received(
    population: Population, same: Collection[Matter | Category], start: datetime, end: datetime
) -> Iterator[str]:
    for life in population.lives:
        if start <= life.started_at < end:
            story = population.story(life)
            matter = Matter(story.product, story.category)
            if any(it.holds(matter) for it in same):
                yield life.id
