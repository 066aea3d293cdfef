"""What is stored for key figures gives the same report as the tickets themselves, whenever it is asked for."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import sla_desk
from hypothesis import given, settings
from hypothesis import strategies as st
from kpi_desk import CONFIG, LEVELS, MINUTE, at, event, life, moved, said, ticket
from kpi_desk import given as owner_given
from many_lives import DESKS, MINUTES, START, instants, lives

from tkt.kpis.facts import LifeFacts, facts_of
from tkt.kpis.window import Window
from tkt.metrics import kpi_report
from tkt.model import Ticket
from tkt.policies.levels import ServiceLevels


def stored(facts: LifeFacts) -> LifeFacts:
    """The facts, having been written down and read again."""
    return msgspec.msgpack.decode(msgspec.msgpack.encode(facts), type=LifeFacts)


@settings(deadline=None, max_examples=80)
@given(it=lives(), levels=st.sampled_from(DESKS), start=MINUTES, data=st.data())
def test_stored_facts_give_the_report_that_the_ticket_gives_at_every_later_instant(
    it: Ticket, levels: ServiceLevels, start: int, data: st.DataObject
) -> None:
    config = levels.config
    found = stored(facts_of(it, config, levels))
    now = data.draw(instants(found.valid_from))
    begin = START + timedelta(minutes=start)
    window = Window(begin, data.draw(instants(begin + timedelta(seconds=1))), sla_desk.ZONE)
    whole = [
        kpi_report([facts], config, window, now, by="owner").json(ids=True)
        for facts in (found, facts_of(it, config, levels, now))
    ]
    assert whole[0] == whole[1]


def test_facts_of_the_past_know_nothing_of_what_came_later() -> None:
    it = ticket("T", "2026-10-05T09:00", said("2026-10-05T10:00"), moved("2026-10-05T11:00", "resolved"))
    found = facts_of(it, CONFIG, LEVELS, at("2026-10-05T10:30"))
    assert (found.resolves, len(found.stays)) == ((), 1)
    assert found.valid_from == at("2026-10-05T10:30")


def test_a_correction_of_the_owner_acts_from_its_own_time_on() -> None:
    # docs/file-format.md: the backlog of the past is what could be read then
    wrong = owner_given("2026-10-05T10:00", "wang.fang", "li.wei")
    taken_back = event("2026-10-06T10:00", "corrected", event=wrong.id, reason="slip")
    found = life(ticket("T", "2026-10-05T09:00", wrong, taken_back, owner="li.wei"))
    days = ("2026-10-05T10:00", "2026-10-06T00:00", "2026-10-06T10:00:01")
    assert [found.owner_before(at(day)) for day in days] == ["li.wei", "wang.fang", "li.wei"]
    # and nobody handed it over
    assert found.owner_changes(at("2026-10-07T00:00")) == 0


def test_what_is_grouped_by_is_said_in_words() -> None:
    facts = facts_of(ticket("T", "2026-10-05T09:00", tags=["vip", "beta"], team="tech"), CONFIG, LEVELS)
    assert [tuple(facts.groups(it)) for it in ("tags", "team", "status", "owner")] == [
        ("vip", "beta"),
        ("tech",),
        ("new",),
        (None,),
    ]


def test_its_last_event_may_be_a_moment_ahead() -> None:
    # commands in quick succession put each event a second after the one before
    steps = [event(at("2026-10-05T09:00") + timedelta(seconds=n), "note") for n in range(1, 600)]
    facts = facts_of(ticket("T", "2026-10-05T09:00", *steps), CONFIG, LEVELS)
    last = at("2026-10-05T09:09:59")
    assert facts.settled(at("2026-10-05T09:00:30")) == last
    assert facts.settled(at("2026-10-05T09:30")) == at("2026-10-05T09:30")
    # a clock that goes wrong is another thing
    alone = facts_of(ticket("T", "2026-10-05T09:00"), CONFIG, LEVELS)
    assert alone.settled(at("2026-10-04T09:00")) == at("2026-10-04T09:00")
    assert alone.settled(at("2026-10-05T08:57")) == at("2026-10-05T09:00")


def test_the_effort_is_that_recorded_up_to_an_instant() -> None:
    found = life(
        ticket(
            "T",
            "2026-10-05T09:00",
            event("2026-10-05T09:30", "note", spent=15),
            event("2026-10-05T10:00", "spent", minutes=20),
        )
    )
    assert found.effort(at("2026-10-05T09:59")) == 15 * MINUTE
    assert found.effort(at("2026-10-05T10:00")) == 35 * MINUTE
