"""What is stored of a clock answers for every later instant (docs/sla.md S1)."""

from __future__ import annotations

from datetime import timedelta

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from many_lives import DESKS, instants, lives
from sla_desk import LEVELS, agent, at, customer, event, resolve, ticket, wait

from tkt.clocks.table import CLOCKS
from tkt.columns import service
from tkt.model import Ticket
from tkt.policies.levels import ServiceLevels
from tkt.sla import Standings, family_of, standing_at, standings, verdicts, verdicts_at


def stored(it: Ticket, levels: ServiceLevels = LEVELS) -> Standings:
    """Its standings, having been written down and read again."""
    return msgspec.msgpack.decode(msgspec.msgpack.encode(standings(it, levels)), type=Standings)


@settings(deadline=None, max_examples=200)
@given(it=lives(), levels=st.sampled_from(DESKS), data=st.data())
def test_what_was_stored_says_what_the_ticket_says_at_every_later_instant(
    it: Ticket, levels: ServiceLevels, data: st.DataObject
) -> None:
    found = stored(it, levels)
    dues = [each.due_at for each in found.cycles if each.due_at and each.due_at >= found.valid_from]
    near = [due + timedelta(seconds=more) for due in dues for more in (0, 1)]
    for now in (found.valid_from, data.draw(instants(found.valid_from)), *near):
        assert verdicts_at(found, it.id, levels, now) == verdicts(it, levels, now)


def test_a_breach_comes_with_the_time_alone() -> None:
    found = stored(ticket(customer("09:00")))
    states = [verdicts_at(found, "T", LEVELS, at(now))[0].state for now in ("10:00", "11:00", "11:00:01")]
    assert states == ["active", "active", "breached"]
    assert standing_at(found.cycles, at("11:00:01"))[0].breached_at == at("11:00")
    assert standing_at(found.cycles, at("11:00")) is found.cycles


def test_while_it_waits_the_pause_grows_and_the_elapsed_time_stands() -> None:
    found = stored(ticket(customer("09:00"), agent("10:00"), wait("10:00")))
    verdict = verdicts_at(found, "T", LEVELS, at("11:30"))[-1]
    assert (verdict.state, verdict.elapsed_s, verdict.paused_s) == ("paused", 3600, 5400)


def test_what_is_stored_holds_from_the_last_event_on() -> None:
    assert stored(ticket(customer("09:00"), resolve("10:00"))).valid_from == at("10:00")
    assert stored(ticket(customer("09:00"), received="11:00")).valid_from == at("11:00")


def test_a_message_that_is_on_its_way_holds_it_off_for_ten_minutes() -> None:
    # docs/sla.md L1a
    queued = event("10:00", "queued", message="answer", notice="n1")
    found = stored(ticket(customer("09:00"), agent("10:00", id="answer"), queued))
    assert found.valid_from == at("10:10:01")
    assert found.cycles[0].state == "active"
    sent = event("10:05", "sent", message="answer", notice="n1")
    assert stored(ticket(agent("10:00", id="answer"), queued, sent)).valid_from == at("10:05")


def test_a_ticket_without_events_has_no_clocks_ever() -> None:
    bare = Ticket(id="T", status="new", values={"received_at": at("09:00")})
    assert stored(bare).cycles == ()


@settings(deadline=None, max_examples=80)
@given(it=lives(), levels=st.sampled_from(DESKS), data=st.data())
def test_one_word_of_what_is_stored_is_that_of_the_verdicts(
    it: Ticket, levels: ServiceLevels, data: st.DataObject
) -> None:
    found = stored(it, levels)
    now = data.draw(instants(found.valid_from))
    said = verdicts(it, levels, now)
    running = [each for each in said if each.is_running and each.due_at is not None]
    first = min(running, default=None, key=lambda each: each.due_at)
    covered = [each for each in said if each.policy is not None or each.target_s is not None]
    states = [each.state for each in covered]
    order = ("breached", "active", "paused", "met", "exempt", "cancelled", "n/a", "uncovered")
    assert service.worst_state(found, now) == min(states, default="uncovered", key=order.index)
    clock = service.next_clock(found)
    assert (clock and clock.due_at) == (first.due_at if first else None)
    left = clock and service.remaining(clock, found.valid_from, now, levels.calendars)
    assert (
        left in [each.remaining_s for each in running if first and each.due_at == first.due_at] or not first
    )
    late = {family_of(each.clock) for each in said if each.state == "breached"}
    assert set(service.breached_clocks(found, now)) == late
    for clock in CLOCKS:
        mine = [each.state for each in covered if family_of(each.clock) == clock]
        default = None if covered else "uncovered"
        assert service.worst_state(found, now, clock) == min(mine, default=default, key=order.index)
