"""docs/sla.md E5: a breach is acknowledged, with reason and person, and stays a breach."""

from __future__ import annotations

import pytest
from sla_desk import LEVELS, agent, at, cycles, ticket

from tkt.actions import Actor, ReasonNeeded
from tkt.actions.acknowledging import NothingBreached, acknowledge, acknowledgements
from tkt.actions.values import BadValue
from tkt.model import Ticket
from tkt.sla import verdicts

NOW = at("16:00")  # first response was due at 11:00, the resolution is due on Tuesday
ACTOR = Actor(by="li.wei", now=NOW, reason="two of us were ill")


def acked(it: Ticket, actor: Actor = ACTOR, cause: str = "overload", **more: tuple[str, ...]) -> Ticket:
    return acknowledge(it, actor, verdicts(it, LEVELS, NOW), cause=cause, **more)


def test_e5_an_acknowledged_breach_stays_a_breach() -> None:
    before = ticket(agent("15:00"))
    after = acked(before)
    (verdict,) = cycles(after, "17:00", "first_response")
    assert (verdict.state, verdict.acknowledged) == ("breached", True)
    (event,) = acknowledgements(after, verdicts(after, LEVELS, at("17:00")))
    assert (event.by, event.reason, event.get("cause")) == ("li.wei", "two of us were ill", "overload")
    assert (event.get("clock"), event.get("cycle")) == ("first_response", verdict.cycle)


def test_what_is_acknowledged_already_is_left_as_it_is() -> None:
    after = acked(ticket())
    assert acked(after, cause="outside") is after


def test_only_what_is_named_is_acknowledged() -> None:
    late = ticket()
    (verdict,) = cycles(late, "16:00", "first_response")
    assert acked(late, clocks=("first_response",), cycles=(verdict.cycle,)) is not late
    with pytest.raises(NothingBreached) as told:
        acked(late, clocks=("resolution",))
    assert [it.clock for it in told.value.meant] == ["resolution"]
    with pytest.raises(NothingBreached):
        acked(late, cycles=("zzzz00",))


def test_nothing_is_acknowledged_without_breach_reason_or_cause() -> None:
    with pytest.raises(NothingBreached):
        acked(ticket(agent("09:10")))
    with pytest.raises(ReasonNeeded):
        acked(ticket(), Actor(by="li.wei", now=NOW))
    for cause in ("", "overlaod"):
        with pytest.raises(BadValue):
            acked(ticket(), cause=cause)
