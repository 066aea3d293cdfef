"""docs/kpi.md K17: what files and tickets say of reviews and improvements counts once, at the earlier of both."""

from __future__ import annotations

from kpi_desk import at, event, population, ticket

from tkt.kpis.loop import loop
from tkt.kpis.more import Learnt, More

WEEK = ("2026-10-05T00:00", "2026-10-12T00:00")


def test_files_and_tickets_agree_and_count_once() -> None:
    tickets = [
        ticket("T1", "2026-10-01T09:00", event("2026-10-07T09:00", "reviewed", review="why"),
               product="pos", category="fault"),
        ticket("T2", "2026-10-02T09:00", product="pos", category="fault"),
        ticket("T3", "2026-10-06T09:00", product="app", category="account"),
    ]  # fmt: skip
    more = More(
        lessons=(
            Learnt("review", "why", at("2026-10-08T09:00"), ("T1",)),
            Learnt("review", "later", None, ("T2",)),
            Learnt("improvement", "better", at("2026-10-09T09:00"), ("T2",), "pos", "fault"),
            Learnt("improvement", "alone", at("2026-10-09T10:00"), (), "app", "account"),
            Learnt("improvement", "before", at("2026-10-01T10:00"), ("T2",)),
        )
    )
    kpi = loop(population(tickets, *WEEK, now="2026-12-30T09:00", more=more))
    keys = ("reviews_done", "reviewed", "improvements_done", "improved")
    assert [kpi.value(key) for key in keys] == [1, 1, 2, 1]
    assert kpi.ids()["improved"] == ["T2"]
    assert sorted(kpi.ids()["recurrence_before"]) == ["T1", "T2", "T3"]


def test_a_part_counts_what_its_own_tickets_led_to() -> None:
    tickets = [
        ticket("T1", "2026-10-01T09:00", product="pos"),
        ticket("T2", "2026-10-02T09:00", product="app"),
    ]
    done = at("2026-10-09T09:00")
    more = More(lessons=(Learnt("improvement", "one", done, ("T1",)), Learnt("improvement", "all", done)))
    whole = population(tickets, *WEEK, now="2026-10-20T09:00", more=more)
    part = whole.of(life for life in whole.lives if life.id == "T1")
    other = whole.of(life for life in whole.lives if life.id == "T2")
    assert [loop(each).value("improvements_done") for each in (whole, part, other)] == [2, 1, 0]


def test_an_improvement_of_a_category_alone_is_about_all_products() -> None:
    tickets = [
        ticket("T1", "2026-10-01T09:00", product="pos", category="fault"),
        ticket("T2", "2026-10-02T09:00", category="fault"),
        ticket("T3", "2026-10-03T09:00", product="pos", category="other"),
    ]
    file = Learnt("improvement", "one", at("2026-10-09T09:00"), (), None, "fault")
    kpi = loop(population(tickets, *WEEK, now="2026-12-30T09:00", more=More(lessons=(file,))))
    assert kpi.ids()["recurrence_before"] == ["T1", "T2"]
