"""What the same question in SQL found: each number belongs to one window, and later than now is nothing."""

from __future__ import annotations

from kpi_desk import CONFIG, LEVELS, at, event, moved, population, ticket, window

from tkt.kpis.facts import facts_of
from tkt.kpis.loop import loop
from tkt.kpis.more import Answer, Learnt, More
from tkt.kpis.nps import nps
from tkt.metrics import kpi_report

WEEK = ("2026-10-05T00:00", "2026-10-12T00:00")


def test_an_improvement_that_another_ticket_named_before_the_window_is_not_done_again() -> None:
    first = ticket("T1", "2026-09-01T09:00", event("2026-09-02T09:00", "improved", improvement="i1"))
    again = ticket("T2", "2026-10-01T09:00", event("2026-10-06T09:00", "improved", improvement="i1"))
    kpi = loop(population([first, again], *WEEK, now="2026-12-30T10:00"))
    assert [kpi.value(each) for each in ("improvements_done", "improved", "recurrence_before")] == [0, 0, 0]


def test_tickets_that_led_to_it_earlier_are_named_too() -> None:
    # T1 was not touched since the window began
    first = ticket(
        "T1", "2026-09-01T09:00", moved("2026-09-02T09:00", "resolved"), product="pos", category="fault"
    )
    file = Learnt("improvement", "i1", at("2026-10-06T09:00"), ("T1",))
    kpi = loop(population([first], *WEEK, now="2026-12-30T10:00", more=More(lessons=(file,))))
    assert kpi.ids()["improved"] == ["T1"]


def test_answers_and_improvements_later_than_now_have_not_happened() -> None:
    more = More(
        answers=(Answer("a", at("2026-10-06T09:00"), 10), Answer("b", at("2026-10-09T09:00"), 1)),
        lessons=(Learnt("review", "r1", at("2026-10-09T09:00")),),
    )
    then = population([], *WEEK, now="2026-10-07T10:00", more=more)
    assert (nps(then).value("n"), loop(then).value("reviews_done")) == (1, 0)


def test_a_promise_that_is_broken_after_its_ticket_was_closed_is_broken() -> None:
    # docs/sla.md: a resolve does not end a promise
    it = ticket(
        "T1",
        "2026-09-28T09:00",
        event("2026-09-28T10:00", "promised", promise="p1", until="2026-10-07T18:00"),
        moved("2026-09-29T09:00", "closed"),
    )
    now = at("2026-11-02T10:00")
    found = kpi_report([facts_of(it, CONFIG, LEVELS)], CONFIG, window(*WEEK), now).json()
    assert (found["loop"]["broken"], found["sla"]["promise"]["breached"]) == (1, 1)
