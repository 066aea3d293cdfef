"""sla: what holds for all clocks (docs/sla.md S1, S3, P5, E1, E5)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sla_desk import (
    CALENDARS,
    LEVELS,
    LUNCH,
    TARGETS,
    ZONE,
    agent,
    at,
    changed,
    configuration,
    customer,
    event,
    judge,
    levels,
    moved,
    opened,
    resolve,
    sla_file,
    ticket,
    wait,
)

from tkt.errors import ConfigError
from tkt.model import Event, Ticket, values_at
from tkt.sla import ServiceLevels, explain, is_warned, verdicts


def test_every_clock_of_a_ticket_is_judged() -> None:
    asked = ticket(customer("09:00"), agent("09:30"), customer("10:00"))
    assert [it.clock for it in verdicts(asked, LEVELS, at("10:30"))] == [
        "first_response",
        "next_response",
        "resolution",
    ]
    assert {it.ticket for it in verdicts(asked, LEVELS, at("10:30"))} == {asked.id}


def test_what_is_later_than_now_has_not_happened() -> None:
    # docs/sla.md S1: a verdict is a pure function of file, configuration and now
    done = ticket(
        customer("09:00"), agent("10:00"), changed("14:00", "priority", "P3", "P1"), resolve("15:00")
    )
    early = judge(done, "09:30")
    assert {clock: it.state for clock, it in early.items()} == {
        "first_response": "active",
        "resolution": "active",
    }
    assert judge(done, "13:00")["resolution"].priority == "P3"
    assert verdicts(done, LEVELS, at("08:59:59")) == ()


def test_the_order_of_the_file_decides_nothing() -> None:
    # docs/sla.md S3
    events = [
        customer("09:00"),
        agent("10:00"),
        wait("10:00"),
        customer("11:00"),
        changed("14:00", "priority", "P3", "P1"),
    ]
    forward, backward = ticket(*events), ticket(*events)
    backward = replace(backward, events=tuple(reversed(forward.events)))
    forward_verdicts, backward_verdicts = judge(forward, "18:00"), judge(backward, "18:00")
    assert forward_verdicts == backward_verdicts


def test_a_corrected_event_has_no_effect() -> None:
    asked = ticket(
        customer("09:00"),
        agent("10:00"),
        resolve("11:00", id="wrong0"),
        event("11:05", "corrected", event="wrong0"),
    )
    assert judge(asked, "11:30")["resolution"].state == "active"


def test_tickets_received_before_enforcement_are_exempt() -> None:
    # docs/sla.md P5
    by = levels(enforce_from="2025-09-15T10:00:00+08:00")
    old, new = (
        judge(ticket(), "2025-09-17T18:00", by),
        judge(ticket(received="10:00"), "2025-09-17T18:00", by),
    )
    assert {it.state for it in old.values()} == {"exempt"}
    assert old["resolution"].breached_at is None
    assert {it.state for it in new.values()} == {"breached"}


def test_an_acknowledged_breach_is_still_a_breach() -> None:
    # docs/sla.md E5
    late = ticket(
        event("17:00", "acknowledged", clock="first_response", cycle="open01", reason="outage"),
        event("09:00", "opened", id="open01", status="new"),
    )
    found = judge(late, "2025-09-17T18:00")
    assert (found["first_response"].state, found["first_response"].acknowledged) == ("breached", True)
    assert (found["resolution"].state, found["resolution"].acknowledged) == ("breached", False)


def test_a_ticket_without_events_has_no_verdicts() -> None:
    assert (
        verdicts(
            Ticket(id="250915-K7Q2M", status="new", values={"received_at": at("09:00")}), LEVELS, at("18:00")
        )
        == ()
    )


def test_a_status_that_the_desk_does_not_know_counts_as_active() -> None:
    assert judge(ticket(moved("10:00", "somewhere")), "11:00")["resolution"].state == "active"


def test_v25_a_calendar_that_never_opens_is_a_configuration_error() -> None:
    calendars = {"office": {"zone": "UTC", "week": {}}}
    with pytest.raises(ConfigError, match="never opens"):
        ServiceLevels.from_configuration(configuration(sla_file([], calendars=calendars)))


# --- warnings


LADDERS = {
    "strict": {"quiet": "send", "resolution": ["50% warn owner", "due escalate lead"]},
    "calm": {"resolution": ["due warn lead"], "first_response": ["due-30m warn owner"]},
}


def warned(ladder: str | None, now: str, clock: str = "resolution") -> bool:
    row = {
        "calendar": "office",
        "first_response": "2h",
        "resolution": "8h",
        **({"ladder": ladder} if ladder else {}),
    }
    by = levels({"name": "all", "targets": {"P3": row}}, ladders=LADDERS)
    return is_warned(judge(ticket(), now, by)[clock], by)


def test_a_clock_is_warned_from_its_first_rung_before_due() -> None:
    assert [warned("strict", now) for now in ("14:29", "14:30", "2025-09-16T09:30", "2025-09-16T09:31")] == [
        False,
        True,
        True,
        False,
    ]
    assert [warned("calm", now, "first_response") for now in ("10:29", "10:30")] == [False, True]


def test_a_ladder_without_a_rung_before_due_warns_never() -> None:
    assert [warned("calm", now) for now in ("2025-09-16T09:29", "2025-09-16T09:30")] == [False, False]


def test_without_a_ladder_it_warns_at_four_fifths() -> None:
    assert [warned(None, now) for now in ("16:53", "16:54")] == [False, True]


def test_a_paused_or_ended_clock_is_not_warned() -> None:
    by = levels(ladders={})
    paused = ticket(agent("17:00"), wait("17:00"))
    assert not is_warned(judge(paused, "2025-09-20T09:00", by)["resolution"], by)
    assert not is_warned(judge(ticket(resolve("17:50")), "18:00", by)["resolution"], by)


def corrected(when: str, target: str) -> Event:
    return event(when, "corrected", event=target, reason="by mistake")


def test_a_correction_acts_from_its_own_time_on() -> None:
    # docs/sla.md S1: what is later than now has not happened
    bare = (opened(), customer("09:00"), agent("10:00", id="reply0"))
    it, without = ticket(*bare, corrected("12:00", "reply0")), ticket(*bare)
    assert verdicts(it, LEVELS, at("11:59:59")) == verdicts(without, LEVELS, at("11:59:59"))
    assert [judge(it, now)["first_response"].state for now in ("11:59", "12:00")] == ["met", "breached"]


def test_before_it_is_corrected_a_new_priority_is_promised() -> None:
    raised = (opened(), customer("09:00"), changed("10:00", "priority", "P3", "P1", id="raised"))
    it = replace_priority(ticket(*raised, corrected("12:00", "raised")), "P3")
    assert verdicts(it, LEVELS, at("11:00")) == verdicts(ticket(*raised), LEVELS, at("11:00"))
    assert [judge(it, now)["resolution"].priority for now in ("11:00", "12:00")] == ["P1", "P3"]
    # a cycle that starts in between is judged by what is known now
    asked = replace_priority(
        ticket(*raised, agent("10:30"), customer("11:00"), corrected("12:00", "raised")), "P3"
    )
    assert [judge(asked, now)["next_response"].priority for now in ("11:30", "12:30")] == ["P1", "P3"]


def replace_priority(it: Ticket, priority: str) -> Ticket:
    return it.with_values(priority=priority)


def test_keys_of_an_instant_are_those_that_were_known_then() -> None:
    events = [
        changed("10:00", "title", "a", "b", id="set000"),
        event("10:00", "set", id="tag000", field="tags", add=["x"]),
        corrected("11:00", "set000"),
        corrected("11:00", "tag000"),
        event("12:00", "set", field="tags", add=["y"], remove=["z"]),
        event("13:00", "corrected", id="undone", event="nosuch"),
    ]
    it = replace(ticket(*events), values={"title": "a", "tags": ["y"]})
    found = [values_at(it, at(when)) for when in ("09:59", "10:30", "11:00", "12:00")]
    assert [each["title"] for each in found] == ["a", "b", "a", "a"]
    assert [sorted(each["tags"]) for each in found] == [["z"], ["x", "z"], ["z"], ["y"]]


def test_what_a_taken_back_correction_restored_was_not_there_meanwhile() -> None:
    undone = corrected("11:00", "set000")
    it = ticket(
        changed("10:00", "title", "a", "b", id="set000"), undone, corrected("12:00", undone.id), title="b"
    )
    assert [values_at(it, at(when))["title"] for when in ("09:00", "10:00", "11:30", "12:00")] == list("abab")


LATER = {"later": {"zone": ZONE, "week": {}, "weeks": [{"since": "2028-01-03", "week": {"mon": LUNCH}}]}}


def test_where_a_calendar_opens_years_later_only_nothing_can_be_judged() -> None:
    # docs/sla.md C5: no open second in the next 366 days; the other tickets are judged all the same
    rows = {"P3": {"calendar": "later", "first_response": "1h"}, "P1": TARGETS["P1"]}
    by = levels({"name": "everybody", "targets": rows}, calendars={**CALENDARS, **LATER})
    verdict = judge(ticket(agent("09:30")), "10:00", by)["first_response"]
    assert (verdict.state, verdict.reason, verdict.calendar) == ("n/a", "calendar-closed", "later")
    assert (verdict.due_at, verdict.fulfilled_at, verdict.is_running) == (None, at("09:30"), False)
    (why,) = explain(ticket(), by, at("10:00"), "first_response")
    assert [change.due_at for change in why.targets] == [None]
    # near its opening it judges
    near = ticket(received="2028-01-01T09:00")
    assert judge(near, "2028-01-01T10:00", by)["first_response"].due_at == at("2028-01-03T10:00")


def test_a_breach_stays_when_its_ticket_comes_to_a_calendar_that_is_closed() -> None:
    # docs/sla.md L6: a breach is sticky
    rows = {"P3": {"calendar": "later", "first_response": "1h"}, "P1": TARGETS["P1"]}
    by = levels({"name": "everybody", "targets": rows}, calendars={**CALENDARS, **LATER})
    verdict = judge(ticket(changed("10:00", "priority", "P1", "P3")), "11:00", by)["first_response"]
    assert (verdict.state, verdict.breached_at, verdict.due_at) == ("breached", at("09:15"), None)
