"""What holds for every history: the backlog adds up, time in status is the whole life (docs/kpi.md K5, K10)."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
import sla_desk
from hypothesis import given, settings
from hypothesis import strategies as st
from kpi_desk import CONFIG, LEVELS, ZONE, at, moved, ticket

from tkt.kpis.backlog import backlog
from tkt.kpis.facts import facts_of
from tkt.kpis.life import Life, lives_of
from tkt.kpis.population import Population
from tkt.kpis.reopen import reopen
from tkt.kpis.resolution import resolution
from tkt.kpis.stats import mean, median, p90
from tkt.kpis.time_in_status import time_in_status
from tkt.kpis.window import Window
from tkt.metrics import kpi_report
from tkt.model import Ticket

START = at("2026-10-05T00:00")
STATUSES = sorted(CONFIG.workflow.statuses)

instants = st.integers(0, 40).map(lambda hours: START + timedelta(hours=hours))
"""Few of them, so that windows begin and end just where things happen."""


@st.composite
def tickets(draw: st.DrawFn) -> Ticket:
    received = draw(instants)
    later = st.integers(0, 20).map(lambda hours: received + timedelta(hours=hours))
    moves = draw(st.lists(st.tuples(later, st.sampled_from(STATUSES)), max_size=6))
    on = draw(st.sampled_from(["customer", "vendor"]))
    return ticket(
        "T",
        received,
        *(moved(when, to, waiting={"on": on} if to == "waiting" else None) for when, to in sorted(moves)),
        status=draw(st.sampled_from(STATUSES)),
    )


@st.composite
def populations(draw: st.DrawFn) -> Population:
    found = draw(st.lists(tickets(), max_size=6))
    start, end = sorted(draw(st.lists(instants, min_size=2, max_size=2, unique=True)))
    now = draw(st.one_of(st.just(START + timedelta(days=60)), instants))
    lives = lives_of([facts_of(each, CONFIG, LEVELS, now) for each in found], now)
    return Population(lives, CONFIG, Window(start, end, ZONE), now)


@given(populations())
def test_the_backlog_at_the_end_is_that_at_the_start_and_what_came_and_went(population: Population) -> None:
    found = backlog(population).json()
    assert found["at_to"] == found["at_from"] + found["created"] - found["finished"] + found["reopened"]


@given(populations())
def test_every_way_of_cutting_the_backlog_has_the_same_sum(population: Population) -> None:
    found = backlog(population).json()
    for name in ("ageing", "by_status", "by_owner", "by_priority"):
        assert sum(found.get(name, {}).values()) == found["at_to"]


@given(populations(), st.integers(1, 39))
def test_a_window_is_the_sum_of_its_parts(population: Population, hours: int) -> None:
    window = population.window
    middle = min(max(START + timedelta(hours=hours), window.start), window.end)
    parts = [Window(window.start, middle, ZONE), Window(middle, window.end, ZONE)]
    first, second = (
        backlog(Population(population.everybody, CONFIG, part, population.now)).json() for part in parts
    )
    whole = backlog(population).json()
    assert first["at_to"] == second["at_from"]
    for name in ("created", "finished", "reopened"):
        assert whole[name] == first[name] + second[name]


@given(populations())
def test_time_in_status_adds_up_to_the_whole_life(population: Population) -> None:
    found = time_in_status(population).json()
    statuses = [each for each in found.values() if isinstance(each, dict)]
    lives = [life.seconds_until(end) for life, end in population.resolved]
    assert sum(each["total_s"] for each in statuses) == sum(lives)
    assert sum(each["wait_s"] for each in statuses) == sum(
        life.requester_wait((life.started_at, end)) for life, end in population.resolved
    )


@given(populations())
def test_work_is_part_of_the_requesters_wait_and_that_of_the_whole(population: Population) -> None:
    for life, end in population.resolved:
        span = (life.started_at, end)
        assert 0 <= life.work(span) <= life.requester_wait(span) <= life.seconds_until(end)


@given(populations())
def test_first_resolution_is_never_later_than_the_last(population: Population) -> None:
    found = resolution(population).json()
    assert found["n"] == found["first_n"]
    if found["n"]:
        assert found["first_mean_s"] <= found["mean_s"]


@given(populations())
def test_finishes_and_reopens_take_turns(population: Population) -> None:
    for life in population.lives:
        steps = sorted([(at, 0) for at in life.finishes] + [(at, 1) for at in life.reopens])
        assert len(life.finishes) - len(life.reopens) in (0, 1)
        assert all(
            finished <= reopened for finished, reopened in zip(life.finishes, life.reopens, strict=False)
        )
        assert all(before[0] <= after[0] for before, after in pairwise(steps))


@given(populations())
def test_a_reopen_rate_is_a_share(population: Population) -> None:
    found = reopen(population).json()
    assert 0 <= found["reopened"] <= found["resolved"]
    assert found["rate"] is None if not found["resolved"] else 0 <= found["rate"] <= 1


@settings(max_examples=50)
@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=40))
def test_middles_lie_between_the_ends(values: list[int]) -> None:
    for found in (median(values), mean(values), p90(values)):
        assert found is None or min(values) <= found <= max(values)
    assert sum(value <= (median(values) or 0) for value in values) * 2 >= len(values)
    ninth = p90(values)
    assert ninth is None or sum(value <= ninth for value in values) * 10 >= 9 * len(values)


@st.composite
def talks(draw: st.DrawFn) -> Ticket:
    """A ticket with messages both ways, waits and resolves, within four days."""
    received = sla_desk.at("09:00")
    later = st.integers(0, 96).map(lambda hours: received + timedelta(hours=hours))
    makers = st.sampled_from(
        [
            sla_desk.customer,
            sla_desk.agent,
            sla_desk.wait,
            sla_desk.resolve,
            lambda when: sla_desk.moved(when, "in-progress"),
            lambda when: sla_desk.moved(when, "closed"),
            lambda when: sla_desk.event(when, "no-reply-needed", reason="thanks"),
            lambda when: sla_desk.changed(when, "priority", "P3", "P1"),
        ]
    )
    steps = draw(st.lists(st.tuples(later, makers), max_size=9))
    events = [make(when) for when, make in sorted(steps, key=lambda step: step[0])]
    return sla_desk.ticket(sla_desk.opened(id="000000"), *events)


@given(talks(), st.integers(0, 150), st.integers(1, 100))
def test_not_judging_what_was_over_before_the_window_changes_no_number(
    talk: Ticket, start: int, hours: int
) -> None:
    begin = sla_desk.at("09:00") + timedelta(hours=start)
    window = Window(begin, begin + timedelta(hours=hours), ZONE)
    now = sla_desk.at("2025-09-30T09:00")
    levels = sla_desk.LEVELS
    facts = [facts_of(talk, levels.config, levels, now)]
    short = kpi_report(facts, levels.config, window, now)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Life, "is_settled_before", lambda _life, _at: False)
        whole = kpi_report(facts, levels.config, window, now)
    assert short.json(ids=True) == whole.json(ids=True)
