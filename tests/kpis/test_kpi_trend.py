"""docs/kpi.md K11, K13, K15 and K19: complaints by product, what grows, releases, words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from kpi_desk import CONFIG, at, event, judged_as, population, ticket, window

from tkt.kpis.complaints import complaints
from tkt.kpis.figures import Kpi
from tkt.kpis.keywords import keywords
from tkt.kpis.life import lives_of
from tkt.kpis.more import More, Release
from tkt.kpis.population import Population
from tkt.kpis.releases import releases
from tkt.kpis.segmenting import segmenter
from tkt.kpis.trend import Thresholds, thresholds_in, trend
from tkt.kpis.window import previous, year_before
from tkt.model import Ticket
from tkt.schema.views import ReportsFile

WEEK = ("2026-10-05T00:00", "2026-10-12T00:00")


def many(number: int, day: str, **values: Any) -> list[Ticket]:
    return [ticket(f"{day}-{place:02}", f"{day}T09:00", **values) for place in range(number)]


def with_reports(tickets: list[Ticket], reports: ReportsFile | None = None, **more: Any) -> Population:
    now = at("2026-11-02T10:00")
    config = replace(CONFIG, reports=reports or ReportsFile())
    return Population(lives_of(judged_as(tickets, {}, now), now), config, window(*WEEK), now, **more)


def test_the_rate_of_complaints_is_that_of_the_units_in_use() -> None:
    tickets = [
        *many(3, "2026-10-06", type="product", product="pos"),
        *many(1, "2026-10-07", type="complaint", product="app"),
        *many(5, "2026-10-08", type="inquiry", product="pos"),
        *many(1, "2026-10-09", type="service"),
    ]
    reports = ReportsFile(denominators={"pos": {"units": 1200, "as_of": "2026-10-01"}})
    found = complaints(with_reports(tickets, reports)).json()
    assert (found["n"], found["share"]) == (5, 1)
    pos = {"n": 3, "share": 0.6, "units": 1200, "as_of": "2026-10-01", "per_1000": 2.5}
    # without units in use nothing is called a rate
    assert found["by_product"] == {"pos": pos, "app": {"n": 1, "share": 0.2}, "none": {"n": 1, "share": 0.2}}


@pytest.mark.parametrize("given", [None, {"units": 0}, {"units": "many"}, "x", {"as_of": "2026-10-01"}, True])
def test_units_that_are_none_give_no_rate(given: Any) -> None:
    tickets = many(1, "2026-10-06", type="product", product="pos")
    found = complaints(with_reports(tickets, ReportsFile(denominators={"pos": given}))).json()
    assert found["by_product"]["pos"] == {"n": 1, "share": 1}


@pytest.mark.parametrize(
    ("now", "before", "is_flagged"),
    [(13, 10, True), (12, 10, False), (10, 7, True), (9, 3, False), (10, 0, True), (7, 10, False), (0, 0, False)],
)  # fmt: skip
def test_thirty_percent_more_with_ten_of_them_is_flagged(now: int, before: int, is_flagged: bool) -> None:
    assert Thresholds().flags(now, before) is is_flagged
    tickets = [*many(now, "2026-10-06", category="fault"), *many(before, "2026-09-30", category="fault")]
    tickets += many(1, "2026-09-29", category="other")  # the desk was there
    found = trend(population(tickets, *WEEK)).json()
    assert found["flagged"] == (now if is_flagged else 0)
    if now or before:
        assert found["by_category"]["fault"]["rising"] is is_flagged


def test_a_category_is_compared_with_the_weeks_before_and_its_share_told() -> None:
    tickets = [
        *many(6, "2026-10-06", category="fault"), *many(2, "2026-10-07", category="outage"),
        *many(4, "2026-09-30", category="fault"), *many(3, "2025-10-08", category="fault"),
    ]  # fmt: skip
    kpi = trend(population(tickets, *WEEK))
    assert kpi.json()["by_category"]["fault"] == {
        "n": 6, "previous": 4, "change": 0.5, "year_before": 3, "year_change": 1, "share": 0.75, "rising": False,
    }  # fmt: skip
    assert kpi.json()["by_category"]["outage"]["change"] is None
    assert kpi.ids()["by_category"]["outage"]["n"] == ["2026-10-07-00", "2026-10-07-01"]
    assert kpi.value("partial") is False
    assert trend(population(tickets, *WEEK, now="2026-10-09T00:00")).value("partial") is True


def test_nothing_rises_over_a_time_in_which_there_was_no_desk() -> None:
    assert trend(population(many(20, "2026-10-06", category="fault"), *WEEK)).value("flagged") == 0


@pytest.mark.parametrize(
    ("given", "expected"),
    [({}, (0.3, 10)), ({"trend": {"rise": "50%", "at_least": 5}}, (0.5, 5)), ({"trend": {"rise": 0.2}}, (0.2, 10)),
     ({"trend": {"rise": "a lot"}}, (0.3, 10)), ({"trend": "x"}, (0.3, 10))],
)  # fmt: skip
def test_the_thresholds_are_those_of_the_configuration(given: Any, expected: tuple[float, float]) -> None:
    found = thresholds_in(given)
    assert (found.rise, found.at_least) == expected


@pytest.mark.parametrize(
    ("start", "end", "before", "year"),
    [
        ("2026-10-05T00:00", "2026-10-12T00:00", ("2026-09-28", "2026-10-05"), ("2025-10-06", "2025-10-13")),
        ("2026-10-01T00:00", "2026-11-01T00:00", ("2026-08-31", "2026-10-01"), ("2025-10-01", "2025-11-01")),
        ("2028-02-29T00:00", "2028-03-01T00:00", ("2028-02-28", "2028-02-29"), ("2027-02-28", "2027-03-01")),
    ],
)
def test_a_comparison_is_as_long_as_the_window(
    start: str, end: str, before: tuple[str, str], year: tuple[str, str]
) -> None:
    it = window(start, end)
    assert previous(it) == window(*(f"{day}T00:00" for day in before))
    assert year_before(it) == window(*(f"{day}T00:00" for day in year))


def test_a_release_is_compared_over_fourteen_days_before_and_after() -> None:
    tickets = [
        *many(14, "2026-10-01", category="fault"), *many(28, "2026-10-10", category="fault"),
        *many(7, "2026-10-10", category="outage"), *many(9, "2026-09-20", category="fault"),
    ]  # fmt: skip
    for place, each in enumerate(tickets):
        tickets[place] = replace(each, id=f"T{place:02}")
    release = Release("v1.2", at("2026-10-08T00:00"))
    outside = Release("v1.1", at("2026-09-08T00:00"))
    found = releases(with_reports(tickets, more=More(releases=(release, outside)))).json()
    assert list(found) == ["v1.2"]
    assert found["v1.2"]["by_category"]["fault"] == {
        "before": 14,
        "after": 28,
        "before_per_day": 1,
        "after_per_day": 2,
    }
    assert found["v1.2"]["all"]["after"] == 35


def test_after_a_release_only_the_days_that_have_passed_are_counted() -> None:
    now = at("2026-10-10T00:00")
    lives = lives_of(judged_as(many(4, "2026-10-08", category="fault"), {}, now), now)
    more = More(releases=(Release("v1", at("2026-10-08T00:00")),))
    found = releases(Population(lives, CONFIG, window(*WEEK), now, more=more)).json()
    assert found["v1"]["all"]["after_per_day"] == 2


def test_how_few_days_have_passed_since_a_release_is_said() -> None:
    more = More(releases=(Release("v1", at("2026-10-08T00:00")),))
    notes = {
        now: len(releases(Population((), CONFIG, window(*WEEK), at(f"{now}T00:00"), more=more)).notes)
        for now in ("2026-10-10", "2026-10-22")
    }
    assert notes == {"2026-10-10": 2, "2026-10-22": 1}


def spoken(texts: dict[str, str], tickets: list[Ticket]) -> Kpi:
    more = More(
        texts=lambda ids: {name: texts[name] for name in ids if name in texts},
        words=lambda it: set(it.split()),
    )
    return keywords(with_reports(tickets, more=more))


def test_words_are_counted_by_the_tickets_they_stand_on_against_the_window_before() -> None:
    tickets = [
        ticket("T1", "2026-10-06T09:00"),
        ticket("T2", "2026-10-06T09:00", event("2026-10-07T09:00", "rated", score=1, comment="slow rude")),
        ticket("T0", "2026-09-30T09:00", event("2026-10-07T09:00", "rated", score=5, comment="great")),
    ]
    kpi = spoken({"T1": "invoice invoice printer", "T2": "invoice", "T0": "invoice"}, tickets)
    found = kpi.json()
    assert found["words"]["invoice"] == {"n": 2, "share": 1, "previous": 1, "change": 1}
    assert found["words"]["printer"] == {"n": 1, "share": 0.5, "previous": 0, "change": None}
    assert kpi.ids()["words"]["printer"]["n"] == ["T1"]
    assert found["low_scores"] == {"rude": 1, "slow": 1}


def test_nobody_waits_for_words_that_were_not_asked_for() -> None:
    assert keywords(with_reports(many(1, "2026-10-06"))).grids == ()


def test_chinese_and_english_words_are_told_apart() -> None:
    pytest.importorskip("rjieba")
    words = segmenter()
    assert words("您好，发票开具失败，打印机卡纸。") >= {"发票", "打印机"}
    assert "您好" not in words("您好")
    assert words("The POS-printer did not print e-mail invoices") == {
        "pos-printer",
        "print",
        "e-mail",
        "invoices",
    }
