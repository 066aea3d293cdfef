"""docs/kpi.md K6, K7 and K12: what customers answered, and how it goes with the time to the first response."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from kpi_desk import CONFIG, at, event, given, moved, population, ticket, verdict, window
from kpi_desk import judged_as as facts

from tkt.i18n import render
from tkt.kpis.csat_by_response import csat_by_response
from tkt.kpis.figures import Kpi
from tkt.kpis.life import lives_of
from tkt.kpis.more import Answer, More
from tkt.kpis.nps import nps
from tkt.kpis.population import Population
from tkt.kpis.ratings import rating_of
from tkt.kpis.satisfaction import satisfaction
from tkt.kpis.stats import quartiles, spearman
from tkt.model import Event, Ticket

WEEK = ("2026-10-05T00:00", "2026-10-12T00:00")


def rated(when: str, score: Any = None, **more: Any) -> Event:
    return event(when, "rated", by="zhang@acme.example", role="customer", score=score, **more)


def csat(*tickets: Ticket, **more: Any) -> Kpi:
    return satisfaction(population(tickets, *WEEK, **more))


def graded(*scores: int) -> Kpi:
    tickets = [
        ticket(f"T{place}", "2026-10-05T09:00", rated("2026-10-06T09:00", score, kind="nps", scale=10), customer=f"c{place}")
        for place, score in enumerate(scores)
    ]  # fmt: skip
    return nps(population(tickets, *WEEK))


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"score": 4}, (4, 5, True, "4")),
        ({"score": 3, "scale": 5}, (3, 5, False, "3")),
        ({"score": 5, "scale": "1-5"}, (5, 5, True, "5")),
        ({"score": True}, (1, 1, True, "yes")),
        ({"score": "no", "scale": "yes-no"}, (0, 1, False, "no")),
        ({"solved": True}, (1, 1, True, "yes")),
        ({"score": 7, "scale": 10}, (7, 10, False, "7/10")),
        ({"score": 9, "kind": "nps"}, (9, 10, True, "9/10")),
    ],
)
def test_stars_and_yes_or_no_are_read(keys: dict[str, Any], expected: tuple[object, ...]) -> None:
    found = rating_of(event("2026-10-05T09:00", "rated", **keys))
    assert found is not None
    assert (found.score, found.best, found.is_positive, found.label) == expected


@pytest.mark.parametrize("keys", [{}, {"score": 6}, {"score": -1}, {"score": "great"}, {"comment": "fine"}])
def test_what_is_no_score_of_its_scale_is_no_answer(keys: dict[str, Any]) -> None:
    assert rating_of(event("2026-10-05T09:00", "rated", **keys)) is None


def test_positive_is_counted_of_the_answers_of_the_window_with_their_distribution() -> None:
    scores = (5, 4, 2, True)
    kpi = csat(
        *(ticket(f"T{n}", "2026-10-05T09:00", rated("2026-10-06T09:00", it)) for n, it in enumerate(scores))
    )
    found = kpi.json()
    assert (found["answered"], found["positive"], found["csat"]) == (4, 3, 0.75)
    assert found["distribution"] == {"5": 1, "4": 1, "2": 1, "yes": 1}
    assert kpi.ids()["positive"] == ["T0", "T1", "T3"]


def test_the_latest_answer_of_a_survey_replaces_those_before() -> None:
    first = rated("2026-10-06T09:00", 1, survey="s1")
    changed = rated("2026-10-07T09:00", 5, survey="s1")
    other = rated("2026-10-07T10:00", 2, survey="s2")
    assert csat(ticket("T1", "2026-10-05T09:00", first, changed, other)).json()["distribution"] == {
        "5": 1,
        "2": 1,
    }
    # what came after the window changes nothing of it
    later = rated("2026-10-13T09:00", 5, survey="s1")
    assert csat(ticket("T1", "2026-10-05T09:00", first, later)).json()["distribution"] == {"1": 1}


def test_response_rate_and_coverage_have_their_own_whole() -> None:
    def asked(name: str, *events: Event) -> Ticket:
        return ticket(
            name, "2026-10-05T09:00", moved("2026-10-05T10:00", "resolved"),
            event("2026-10-05T10:01", "surveyed", survey="s1", kind="csat"), *events,
        )  # fmt: skip

    found = csat(
        asked("T1", rated("2026-10-20T09:00", 5, survey="s1")),
        asked("T2"),
        ticket("T3", "2026-10-05T09:00", moved("2026-10-05T10:00", "resolved")),
    ).json()
    assert (found["offered"], found["responded"], found["response_rate"]) == (2, 1, 0.5)
    assert (found["resolved"], found["covered"], found["coverage"]) == (3, 2, 2 / 3)
    assert (found["answered"], found["csat"]) == (0, None)


def test_the_promoters_less_the_detractors_is_the_score() -> None:
    # the vectors of K7
    assert graded(10, 9, 8, 7, 6, 0).value("nps") == 0
    assert graded(9, 9, 10, 8, 3).value("nps") == 40
    assert graded().value("nps") is None


def test_fewer_than_thirty_answers_carry_a_warning() -> None:
    assert graded(*[9] * 29).notes
    assert not graded(*[9] * 30).notes


def test_the_last_answer_of_a_customer_in_the_window_counts_wherever_it_was_given() -> None:
    def one(name: str, when: str, score: int) -> Ticket:
        return ticket(name, "2026-10-05T09:00", rated(when, score, kind="nps"), customer="acme")

    tickets = [
        one("T1", "2026-10-06T09:00", 10),
        one("T2", "2026-10-07T09:00", 0),
        one("T3", "2026-10-13T09:00", 10),
    ]
    now = at("2026-11-02T10:00")
    lives = lives_of(facts(tickets, {}, now), now)
    answers = (Answer("acme", at("2026-10-06T10:00"), 9), Answer("globex", at("2026-10-06T10:00"), 9))
    whole = Population(lives, CONFIG, window(*WEEK), now, more=More(answers=answers))
    kpi = nps(whole)
    assert (kpi.value("n"), kpi.value("nps"), kpi.ids()["detractors"]) == (2, 0, ["T2"])
    # what stands on no ticket belongs to no group of tickets
    assert nps(whole.of(lives)).value("n") == 1


def test_ranks_that_fall_together_are_minus_one_and_ties_share_theirs() -> None:
    # the vector of K12
    found = spearman(list(zip([5, 10, 20, 40, 80, 160], [5, 5, 4, 4, 2, 1], strict=True)))
    assert found == pytest.approx(-0.971, abs=0.0005)
    assert spearman([(1, 1), (2, 2), (3, 3)]) == pytest.approx(1)
    assert spearman([(1, 4), (2, 4)]) is None
    assert spearman([]) is None


def test_equal_times_are_in_the_same_quarter() -> None:
    assert quartiles([5, 10, 20, 40, 80, 160, 320, 640]) == [0, 0, 1, 1, 2, 2, 3, 3]
    assert quartiles([1, 1, 1, 9]) == [0, 0, 0, 3]
    assert quartiles([]) == []


def against_response(number: int) -> Kpi:
    started = at("2026-10-06T09:00")
    tickets, verdicts = [], {}
    for place in range(number):
        name = f"T{place:02}"
        tickets.append(ticket(name, started, rated("2026-10-07T09:00", 5 - place * 5 // (number + 1))))
        done = started + timedelta(minutes=place + 1)
        verdicts[name] = [verdict("first_response", "met", start_at=started, fulfilled_at=done, elapsed_s=60)]
    return csat_by_response(population(tickets, *WEEK, verdicts=verdicts))


@pytest.mark.parametrize(
    "more",
    [
        {"state": "n/a", "reason": "not-recorded", "via": "resolve"},
        {"state": "n/a", "reason": "agent-raised", "via": "resolve"},
        {"state": "met", "via": "split"},
    ],
)
def test_a_first_response_that_nobody_gave_is_no_time_to_compare(more: dict[str, Any]) -> None:
    # as in K1: a resolve of what was never answered on record, or was answered on another ticket
    started, done = at("2026-10-06T09:00"), at("2026-10-06T10:00")
    one = ticket("T1", started, rated("2026-10-07T09:00", 5))
    state = more.pop("state")
    cycle = verdict("first_response", state, start_at=started, fulfilled_at=done, **more)
    assert csat_by_response(population([one], *WEEK, verdicts={"T1": [cycle]})).value("n") == 0


def test_the_correlation_is_told_from_twenty_answers_on_and_never_as_a_cause() -> None:
    assert against_response(19).value("rho") is None
    kpi = against_response(20)
    rho = kpi.value("rho")
    assert isinstance(rho, float)
    assert rho < -0.9
    assert [kpi.value(f"q{each}", "n") for each in (1, 2, 3, 4)] == [5, 5, 5, 5]
    assert kpi.value("q1", "slowest_s") == 300
    assert kpi.value("q1", "csat") == 1
    assert "not a cause" in render(kpi.notes[0])


def test_an_answer_is_credited_to_the_owner_of_the_resolve() -> None:
    from tkt.kpis.agents import agents

    def solved(name: str) -> Ticket:
        return ticket(
            name, "2026-10-05T09:00",
            given("2026-10-05T09:30", "li.wei"), moved("2026-10-05T10:00", "resolved"),
            given("2026-10-05T10:30", "wang.fang", "li.wei"), rated("2026-10-06T09:00", 5), owner="wang.fang",
        )  # fmt: skip

    found = agents(population([solved(f"T{n}") for n in range(5)], *WEEK)).json()
    assert found["by_agent"]["li.wei"] | {"n": 5, "answered": 5, "csat": 1} == found["by_agent"]["li.wei"]
