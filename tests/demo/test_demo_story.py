"""The last full week of the demo desk tells a story, whatever day the desk is made on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tkt.demo import PEOPLE, build_demo, demo_tickets
from tkt.demo.arcs import last_week
from tkt.demo.articles import answering, drafts
from tkt.demo.scenarios import scenarios
from tkt.desk import Desk
from tkt.inspection import inspect
from tkt.kpis import Kpi
from tkt.kpis.facts import facts_of
from tkt.kpis.window import last_full_week
from tkt.metrics import KpiReport, kpi_report
from tkt.newdesk import create_desk
from tkt.reports.gathering import gathered
from tkt.schema import Configuration
from tkt.sla import ServiceLevels
from tkt.store.config import load_configuration
from tkt.store.feedback import read_feedback
from tkt.store.knowledge import read_articles
from tkt.store.lessons import read_improvements, read_reviews

ZONE = "Asia/Shanghai"
MONDAY = datetime(2026, 11, 16, 0, 30, tzinfo=ZoneInfo(ZONE))  # the week before has just ended
ANY_DAY = [MONDAY, MONDAY + timedelta(days=3, hours=11), MONDAY + timedelta(days=6, hours=23)]
OTHERS = [MONDAY + timedelta(days=days, hours=11) for days in (1, 2, 4, 5, -43)]


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    root = tmp_path_factory.mktemp("desk") / "desk"
    create_desk(root, people=PEOPLE, zone=ZONE)
    return load_configuration(root)


def report(config: Configuration, now: datetime, count: int = 240) -> KpiReport:
    levels = ServiceLevels.from_configuration(config)
    facts = [facts_of(it, config, levels, now) for it in demo_tickets(count, 1, now, config)]
    return kpi_report(facts, config, last_full_week(ZONE, now), now)


def number(kpi: Kpi, *key: str) -> float:
    found = kpi.value(*key)
    assert isinstance(found, (int, float)), key
    return found


@pytest.mark.parametrize(
    "now",
    [*ANY_DAY, *(pytest.param(it, marks=pytest.mark.long) for it in OTHERS)],
    ids=lambda it: f"{it:%m-%d %a}",
)
def test_the_week_has_a_story_on_any_day(config: Configuration, now: datetime) -> None:
    found = report(config, now.astimezone(UTC))
    trend = found.kpi("trend")
    assert number(trend, "by_category", "fault", "n") >= 12
    assert number(trend, "by_category", "fault", "change") >= 1
    assert number(found.kpi("csat"), "answered") >= 20
    assert number(found.kpi("csat_by_response"), "rho") < -0.25
    assert number(found.kpi("time_in_status"), "bottleneck_share") > 0.4
    assert number(found.kpi("sla"), "resolution", "breached") > 0
    loop = found.kpi("loop")
    assert all(number(loop, each) > 0 for each in ("kept", "broken", "untold", "reviewed", "improved"))


def test_larger_desks_tell_it_more_often_and_small_ones_not(config: Configuration) -> None:
    now = MONDAY.astimezone(UTC)
    small, large = (report(config, now, count).kpi("trend") for count in (60, 720))
    assert number(large, "by_category", "fault", "n") >= 36
    assert ("by_category", "fault", "n") not in {it.key for it in small.figures()} or number(
        small, "by_category", "fault", "n"
    ) < 8


@pytest.fixture(scope="module", params=["en", "zh"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    root = tmp_path_factory.mktemp("demo") / "desk"
    return Desk.open(
        build_demo(root, tickets=240, seed=1, now=MONDAY.astimezone(UTC), language=request.param).root
    )


def test_check_has_nothing_to_say_of_the_whole_desk(made: Desk) -> None:
    assert inspect(made).problems == ()
    assert read_feedback(made.root).problems == ()


def test_reviews_and_improvements_say_what_the_tickets_say(made: Desk) -> None:
    """So that figures from tickets alone are those of tickets and files together."""
    files = {it.id: it.done_at for it in (*read_reviews(made.root)[0], *read_improvements(made.root)[0])}
    told: dict[str, datetime] = {}
    for ticket in made.read().tickets:
        for event in ticket.events:
            if event.did in ("reviewed", "improved"):
                name = str(event.get("review") or event.get("improvement"))
                told[name] = min(event.at, told.get(name, event.at))
    assert {name: at for name, at in files.items() if at is not None} == told
    today = MONDAY.date()
    improvements = read_improvements(made.root)[0]
    assert {it.state for it in improvements} == {"open", "done", "dropped"}
    assert any(it.is_overdue(today) for it in improvements)
    assert any(it.is_overdue(today) for it in read_reviews(made.root)[0])


def test_articles_of_all_kinds_are_there_and_cited(made: Desk) -> None:
    articles, problems = read_articles(made.root)
    assert problems == ()
    assert len(articles) >= 14
    assert {it.kind for it in articles} == {"answer", "guide", "practice", "case"}
    assert {it.state for it in articles} == {"draft", "verified", "retired"}
    assert {it.visibility for it in articles} == {"internal", "public"}
    assert {it.language for it in articles} == {"en", "zh"}
    slugs = {it.slug for it in articles}
    assert all(it.translation_of in slugs for it in articles if it.translation_of)
    assert [it.slug for it in articles if it.is_overdue(MONDAY.date())] == ["data-after-trial"]
    cited = {slug for it in made.read().tickets for e in it.events for slug in e.get("articles", ())}
    assert len(cited) > 5
    assert cited <= slugs
    assert sum(1 for it in articles if it.sources) > 5


def test_somebody_is_away_next_week_and_customers_answered(made: Desk) -> None:
    away = [it for it in made.config.persons.values() if it.away]
    assert [len(it.away) for it in away] == [5]
    found = gathered(made, None, keywords=False)
    week = last_week(MONDAY, ZoneInfo(ZONE))
    assert len([it for it in found.answers if week <= it.at]) > 5
    assert [it.name for it in found.releases if week <= it.at] == ["5.3.1"]


def test_articles_answer_scenarios_that_there_are() -> None:
    for language in ("en", "zh"):
        assert set(answering(language)) <= set(scenarios(language))
        assert "wrong-scanner" not in answering(language)  # asked often, and written nowhere
        assert "broken-printer" not in answering(language)
    assert all(it.keys["title"] and it.body.strip() for it in drafts())
