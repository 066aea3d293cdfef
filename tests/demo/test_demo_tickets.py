"""The demo desk is believable, whole and the same every time."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tkt.checks import check_ticket
from tkt.demo import CUSTOMERS, DAYS, PEOPLE, demo_tickets
from tkt.demo.plots import CAST
from tkt.ids import is_ticket_id
from tkt.model import Ticket, in_order
from tkt.newdesk import create_desk
from tkt.schema import Configuration
from tkt.sla import ServiceLevels, verdicts
from tkt.store.codec.tickets import read_ticket
from tkt.store.codec.writing import new_ticket_text
from tkt.store.config import load_configuration

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
COUNT = 400


def configuration(root: Path, profile: str) -> Configuration:
    create_desk(root, profile=profile, people=PEOPLE)
    return load_configuration(root)


@pytest.fixture(scope="module", params=["saas", "after-sales"])
def config(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    return configuration(tmp_path_factory.mktemp("desk") / "desk", request.param)


@pytest.fixture(scope="module")
def tickets(config: Configuration) -> list[Ticket]:
    return list(demo_tickets(COUNT, 1, NOW, config))


def test_check_has_nothing_to_say(tickets: list[Ticket], config: Configuration) -> None:
    found = [(ticket.id, str(it.message)) for ticket in tickets for it in check_ticket(ticket, config)]
    assert found == []


def test_every_ticket_reads_back_from_its_file(tickets: list[Ticket], config: Configuration) -> None:
    for ticket in tickets[:120]:
        data = new_ticket_text(ticket).encode()
        path = f"tickets/{ticket.status}/{ticket.id}.yaml"
        read = read_ticket(data, path=path, status=ticket.status, kinds=config.field_kinds)
        assert (dict(read.values), read.events) == (dict(ticket.values), ticket.events)


def test_the_same_arguments_give_the_same_desk(tickets: list[Ticket], config: Configuration) -> None:
    assert list(demo_tickets(COUNT, 1, NOW, config)) == tickets
    other = list(demo_tickets(COUNT, 2, NOW, config))
    assert not {ticket.id for ticket in other} & {ticket.id for ticket in tickets}


def test_everything_is_past_and_of_the_last_weeks(tickets: list[Ticket]) -> None:
    for ticket in tickets:
        assert in_order(ticket.events) == ticket.events
        assert ticket.updated_at <= NOW
        assert all(event.at.microsecond == 0 for event in ticket.events)
        assert NOW - timedelta(days=DAYS + 4) < ticket.received_at < NOW
        assert is_ticket_id(ticket.id)
    assert len({ticket.id for ticket in tickets}) == COUNT


def test_all_statuses_types_tiers_and_languages_are_there(
    tickets: list[Ticket], config: Configuration
) -> None:
    assert {ticket.status for ticket in tickets} == set(config.workflow.statuses)
    assert {ticket.get("type") for ticket in tickets} >= set(config.taxonomy.types)
    assert {ticket.get("tier") for ticket in tickets} >= {"vip", "standard", "basic"}
    languages = Counter(ticket.get("language") for ticket in tickets)
    assert min(languages["zh"], languages["en"]) > COUNT / 4
    assert {ticket.owner for ticket in tickets} - {None} == {person.id for person in PEOPLE}
    assert {ticket.get("customer") for ticket in tickets} - {None} == {it.id for it in CUSTOMERS}


def test_what_happens_on_a_desk_has_happened(tickets: list[Ticket]) -> None:
    kinds = Counter(event.did for ticket in tickets for event in ticket.events)
    for did in ("triaged", "note", "disposed", "no-reply-needed", "surveyed", "rated", "moved", "set"):
        assert kinds[did] > 0, did
    disposed = [event for ticket in tickets for event in ticket.events if event.did == "disposed"]
    assert {event.get("as") for event in disposed} == {"spam", "test", "duplicate"}
    ids = {ticket.id for ticket in tickets}
    assert all(event.get("of") in ids for event in disposed if event.get("as") == "duplicate")
    waiting = [ticket.get("waiting")["on"] for ticket in tickets if ticket.status == "waiting"]
    assert {"customer", "vendor"} <= set(waiting)
    assert any(event.get("first_contact") == "live" for ticket in tickets for event in ticket.events)
    assert any(event.get("auto_closed") for ticket in tickets for event in ticket.events)


def test_a_large_desk_has_a_tenth_open_and_a_small_one_a_third(config: Configuration) -> None:
    def share(count: int) -> float:
        tickets = list(demo_tickets(count, 3, NOW, config))
        return sum(ticket.status not in config.finished for ticket in tickets) / count

    assert 0.2 <= share(60) <= 0.45
    assert 0.06 < share(1500) < 0.16


def test_breaches_are_there_now_and_were_not_before_the_first_ticket(
    tickets: list[Ticket], config: Configuration
) -> None:
    """The main job of the demo: `tkt sla check` has something to say, and had nothing before."""
    levels = ServiceLevels.from_configuration(config)
    is_open = [ticket for ticket in tickets if ticket.status not in config.finished]
    breached = {
        verdict.clock
        for ticket in is_open
        for verdict in verdicts(ticket, levels, NOW)
        if verdict.state == "breached" and verdict.fulfilled_at is None
    }
    assert {"first_response", "resolution"} <= breached
    before = min(ticket.received_at for ticket in tickets) - timedelta(days=1)
    judged = [verdict for ticket in is_open for verdict in verdicts(ticket, levels, before)]
    assert not [verdict for verdict in judged if verdict.state == "breached"]


def test_most_promises_were_kept(tickets: list[Ticket], config: Configuration) -> None:
    levels = ServiceLevels.from_configuration(config)
    for clock in ("first_response", "next_response", "resolution"):
        states = Counter(
            it.state for ticket in tickets for it in verdicts(ticket, levels, NOW) if it.clock == clock
        )
        assert states["breached"] > 0
        assert 0.75 < states["met"] / (states["met"] + states["breached"]) < 0.98


WEEKDAYS = [datetime(2026, 11, day, 3, 30, tzinfo=UTC) for day in range(16, 23)]
HOLIDAYS = [datetime(2026, 10, 4, 3, 30, tzinfo=UTC)]


@pytest.mark.parametrize("now", [*WEEKDAYS, *HOLIDAYS], ids=lambda now: f"{now:%a %m-%d}")
def test_the_smallest_desk_shows_the_main_cases_on_any_day(config: Configuration, now: datetime) -> None:
    found = list(demo_tickets(len(CAST), 1, now, config))
    levels = ServiceLevels.from_configuration(config)
    slow, silent, asked, resolved, reopened, spam, fresh = found[:7]
    assert slow.status == "in-progress"
    assert "breached" in {it.state for it in verdicts(slow, levels, now) if it.clock == "resolution"}
    assert silent.status == "assigned"
    assert "breached" in {it.state for it in verdicts(silent, levels, now) if it.clock == "first_response"}
    assert (asked.status, asked.get("waiting")["on"]) == ("waiting", "customer")
    assert resolved.status == "resolved"
    assert [event.get("to") for event in reopened.events if event.did == "moved"][-2:] == [
        "resolved",
        "in-progress",
    ]
    assert (spam.status, spam.get("resolution")) == ("closed", {"code": "spam"})
    assert fresh.status == "new"


def test_one_ticket_is_a_desk_too(config: Configuration) -> None:
    (ticket,) = demo_tickets(1, 7, NOW, config)
    assert ticket.status == "in-progress"


@pytest.mark.long
def test_many_tickets_are_as_sound_as_few(config: Configuration) -> None:
    ids = set()
    for number, ticket in enumerate(demo_tickets(20000, 5, NOW, config)):
        ids.add(ticket.id)
        if number % 20 == 0:
            assert list(check_ticket(ticket, config)) == []
    assert len(ids) == 20000
