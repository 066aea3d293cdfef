"""Why a promise was missed; drawing by a seed; who helped."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
from hypothesis import given as examples
from hypothesis import strategies as st
from kpi_desk import CONFIG, HOUR, at, event, given, moved, population, ticket

from tkt.kpis.drawn import drawn, drawn_each
from tkt.kpis.helping import helpers_on
from tkt.kpis.lateness import Lateness, lateness_of
from tkt.model import Event
from tkt.schema import Configuration
from tkt.sla import Outcome

LATE = "2026-10-06T13:00"
WEEK = ("2026-10-05T00:00", "2026-10-12T00:00")


def late(*events: Event, owner: str | None = None, config: Configuration = CONFIG, **more: Any) -> Lateness:
    """Why the four hours from 9 to 13 o'clock were not enough."""
    (life,) = population([ticket("T1", "2026-10-06T09:00", *events, owner=owner)], *WEEK).lives
    cycle = Outcome(
        clock="first_response",
        state="breached",
        start_at=at("2026-10-06T09:00"),
        breached_at=at(LATE),
        **more,
    )
    return lateness_of(life, cycle, config, team=("li.wei", "wang.fang"))


def away(*people: str) -> Configuration:
    """The desk, on a day on which these are away."""
    declared = {
        name: msgspec.structs.replace(it, away=["2026-10-06"] if name in people else [])
        for name, it in CONFIG.people.people.items()
    }
    file = msgspec.structs.replace(CONFIG.people, people=declared)
    found: Configuration = replace(CONFIG, people=file)
    return found


def test_an_acknowledged_cause_comes_first() -> None:
    assert late(cause="overload") == Lateness(kind="acknowledged", cause="overload")
    assert late(reason="reclassified").kind == "reclassified"


def test_nobody_owned_it_for_half_of_the_time_or_more() -> None:
    assert late() == Lateness(kind="unassigned", seconds=4 * HOUR, of_s=4 * HOUR)
    taken = given("2026-10-06T11:00", "li.wei")
    assert late(taken, owner="li.wei") == Lateness(kind="unassigned", seconds=2 * HOUR, of_s=4 * HOUR)


def test_nobody_was_there_to_own_it() -> None:
    assert late(config=away("li.wei", "wang.fang")).kind == "off-duty"
    assert late(config=away("li.wei")).kind == "unassigned"


def test_who_owned_it_was_away() -> None:
    found = late(owner="li.wei", config=away("li.wei"))
    assert (found.kind, found.person) == ("owner-away", "li.wei")


def test_else_the_status_in_which_most_of_the_time_passed() -> None:
    events = (moved("2026-10-06T09:30", "in-progress"), moved("2026-10-06T12:30", "waiting"))
    found = late(*events, owner="li.wei")
    assert found == Lateness(kind="status", status="in-progress", seconds=3 * HOUR, of_s=4 * HOUR)


IDS = st.lists(st.text("ABCDEFGHJK0123456789", min_size=1, max_size=4), unique=True, max_size=30)


@examples(IDS, st.integers(1, 5), st.text(max_size=4), st.randoms())
def test_a_draw_depends_on_the_seed_and_the_ids_alone(
    ids: list[str], number: int, seed: str, dice: object
) -> None:
    shuffled = list(ids)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    found = drawn(ids, number, seed)
    assert found == drawn(shuffled, number, seed)
    assert len(found) == min(number, len(ids))
    assert set(found) <= set(ids)


@examples(IDS.filter(bool), st.integers(1, 5))
def test_a_ticket_more_changes_at_most_one_of_those_drawn(ids: list[str], number: int) -> None:
    fewer = drawn(ids[1:], number, "s")
    assert len(set(fewer) - set(drawn(ids, number, "s"))) <= 1


def test_each_group_is_drawn_from_by_its_name() -> None:
    found = drawn_each({"b": ["T1"], "a": ["T2", "T3"]}, 1, "7")
    assert list(found) == ["a", "b"]
    assert found["b"] == ("T1",)


def test_who_wrote_on_a_ticket_that_somebody_else_owned_has_helped() -> None:
    note = event("2026-10-06T10:00", "note", by="wang.fang", text="I know this one.")
    own = event("2026-10-06T10:10", "note", by="li.wei", text="Thanks.")
    it = ticket("T1", "2026-10-06T09:00", note, own, owner="li.wei")
    whole = population([it], *WEEK)
    assert list(helpers_on(it, whole.lives[0], whole.window)) == ["wang.fang"]
