"""What a ticket's page says of its clocks: what runs or was missed, the two main ones, the others in a line."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sla_desk import LEVELS, at

from tkt.clocks.verdict import Verdict
from tkt.render.clock_lines import clock_lines
from tkt.render.remaining import remaining_text
from tkt.render.screen import Screen

NOW = at("15:00")


def verdict(clock: str, state: Any, **more: Any) -> Verdict:
    return Verdict(ticket="T", clock=clock, cycle="c", state=state, due_at=at("16:00"), **more)


def lines(*verdicts: Verdict) -> list[str]:
    return [line.strip() for line in clock_lines(verdicts, LEVELS.config, NOW, Screen(columns=100))]


def test_met_and_cancelled_clocks_are_counted_and_the_main_ones_shown() -> None:
    done = {"fulfilled_at": at("14:00"), "ended_at": at("14:00")}
    found = lines(
        verdict("first_response", "met", **done),
        verdict("stage:new", "met", **done),
        verdict("update", "met", **done),
        verdict("update", "met", **done),
        verdict("update", "active", remaining_s=3600),
        verdict("next_response", "cancelled"),
        verdict("stage:waiting", "n/a"),
    )
    assert found == [
        "first response  met      due today 16:00  done today 14:00",
        "update          running  by 16:00 today   1h left",
        "and 3 met: stage new, update (2)",
        "and 1 cancelled: next response",
    ]
    assert lines(verdict("first_response", "n/a")) == []


def test_of_a_breached_clock_nothing_is_left() -> None:
    late = {"breached_at": at("16:00"), "remaining_s": 0}
    assert (
        remaining_text(verdict("first_response", "breached", **late)) == "0m over"
    )  # V26's, before its answer
    lifted = {"breached_at": at("16:00") - timedelta(hours=4), "remaining_s": 3600}
    assert remaining_text(verdict("first_response", "breached", **lifted)) == "breached"
    done = {**late, "remaining_s": None, "fulfilled_at": at("20:00"), "ended_at": at("20:00")}
    assert remaining_text(verdict("first_response", "breached", **done)) == "done late"
    assert remaining_text(verdict("first_response", "met", **{**done, "breached_at": None})) == ""
    assert remaining_text(verdict("first_response", "active", remaining_s=3600)) == "1h left"
