"""When does an event happen, and what is its id? (docs/file-format.md, Order; docs/sla.md S5)"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flowdesk import NINE, desk, did, last, new, numbered, started, who

from tkt.actions import Actor, BadTime, ClockShift, begun, heard, move, note, open_ticket, reply, set_values


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def test_an_event_happens_now() -> None:
    assert note(new(), who(7), desk(), text="x").events[-1].at == NINE + minutes(7)


def test_a_clock_a_little_behind_never_puts_an_answer_before_its_question() -> None:
    """docs/file-format.md, Order: at = max(now, the last event's at + 1 s)."""
    asked = heard(new(), who(10), desk(), text="When?")
    answered = reply(asked, who(8), desk(), text="Today.")
    assert answered.events[-1].at == NINE + minutes(10) + timedelta(seconds=1)


def test_a_clock_five_minutes_behind_is_a_fault_that_names_both() -> None:
    asked = heard(new(), who(10), desk(), text="When?")
    assert reply(asked, who(5), desk(), text="Today.")
    with pytest.raises(ClockShift) as fault:
        reply(asked, who(4.9), desk(), text="Today.")
    assert "2026-11-20T01:10:00Z" in str(fault.value)
    assert "2026-11-20T01:04:54Z" in str(fault.value)


def test_a_few_minutes_ago_needs_no_reason() -> None:
    said = note(new(), who(10, at=NINE + minutes(5)), desk(), text="x").events[-1]
    assert (said.at, said.recorded_at) == (NINE + minutes(5), None)


def test_what_is_recorded_late_needs_a_reason_and_says_when_it_was_written() -> None:
    late = {"at": NINE + minutes(4)}
    with pytest.raises(BadTime) as refused:
        note(new(), who(10, **late), desk(), text="x")
    assert str(refused.value.hint) == '--reason "…"'
    said = note(new(), who(10, reason="was driving", **late), desk(), text="x").events[-1]
    assert (said.at, said.recorded_at, said.reason) == (NINE + minutes(4), NINE + minutes(10), "was driving")


def test_what_the_customer_said_elsewhere_needs_no_reason_but_says_when_it_was_written() -> None:
    said = heard(new(), who(60, at=NINE + minutes(4)), desk(), text="Hello?").events[-1]
    assert (said.at, said.recorded_at, said.reason) == (NINE + minutes(4), NINE + minutes(60), None)


def test_a_call_is_recorded_late_without_a_reason_a_mail_is_not() -> None:
    """docs/sla.md S5: offline channels."""
    actor = who(60, at=NINE)
    called = open_ticket(actor, desk(), id="261120-K7Q2M", values={"channel": "phone"}, words="Hello")
    assert (called.received_at, called.events[0].recorded_at) == (NINE, NINE + minutes(60))
    with pytest.raises(BadTime):
        open_ticket(actor, desk(), id="261120-K7Q2M", values={"channel": "email"}, words="Hello")


def test_nothing_happens_in_the_future_or_before_the_ticket() -> None:
    assert note(new(), who(10, at=NINE + minutes(15)), desk(), text="x").events[-1].at == NINE + minutes(15)
    with pytest.raises(BadTime, match="future"):
        note(new(), who(10, at=NINE + minutes(15.1)), desk(), text="x")
    with pytest.raises(BadTime, match="before the ticket's start"):
        note(new(), who(10, at=NINE - minutes(1), reason="late"), desk(), text="x")


def test_an_instant_that_is_taken_becomes_the_next_free_second() -> None:
    opened = new()
    first = note(opened, who(1, at=NINE), desk(), text="a")
    second = note(first, who(1, at=NINE), desk(), text="b")
    assert [each.at for each in second.events[-2:]] == [
        NINE + timedelta(seconds=1),
        NINE + timedelta(seconds=2),
    ]
    assert second.events[0].did == "opened"


def test_one_command_shares_an_instant_and_its_ids_count() -> None:
    after = set_values(
        new(), who(10), desk(), {"category": "product/fault", "impact": "some", "urgency": "red"}
    )
    fresh = [event for event in after.events if event.at == NINE + minutes(10)]
    assert len(fresh) > 3
    assert [event.id for event in fresh] == [f"0002{number:02d}" for number in range(len(fresh))]


def test_several_actions_can_be_one_command() -> None:
    ticket = new()
    actor = begun(ticket, who(10))
    after = note(set_values(ticket, actor, desk(), {"title": "x"}), actor, desk(), text="y")
    assert [(event.at, event.id) for event in after.events[-2:]] == [
        (NINE + minutes(10), "000200"), (NINE + minutes(10), "000201"),
    ]  # fmt: skip


def test_ids_are_random_unless_told_otherwise() -> None:
    actor = replace(who(10), ids=None)
    ids = {note(new(), actor, desk(), text="x").events[-1].id[:4] for _ in range(20)}
    assert len(ids) > 10
    assert all(re.fullmatch("[0-9a-hjkmnp-tv-z]{4}", stem) for stem in ids)


def test_a_change_cannot_be_put_before_a_later_one_of_the_same_field() -> None:
    later = set_values(new(), who(30), desk(), {"title": "second"})
    with pytest.raises(BadTime, match="title was changed at"):
        set_values(later, who(40, at=NINE + minutes(10), reason="late"), desk(), {"title": "first"})
    assert set_values(later, who(40, at=NINE + minutes(10), reason="late"), desk(), {"product": "x"})


def test_a_move_cannot_be_put_before_a_later_one() -> None:
    with pytest.raises(BadTime, match="moved to in-progress"):
        move(started(), who(40, at=NINE + minutes(5), reason="late"), desk(), "resolved")


def test_an_answer_that_was_given_earlier_stands_at_its_time() -> None:
    late = reply(
        started(),
        who(60, at=NINE + minutes(12), reason="by phone"),
        desk(),
        text="Try again.",
        sent_by="phone",
    )
    assert did(late).index("message", 2) < did(late).index("moved")
    assert last(late, "message").get("sent_by") == "phone"


def test_an_actor_says_who_in_which_role_by_which_way() -> None:
    actor = Actor(by="bot", now=NINE + minutes(1), via="email", auto=True, role="system", ids=numbered)
    event = note(new(), actor, desk(), text="x").events[-1]
    assert (event.by, event.role, event.auto, event.via) == ("bot", "system", True, "email")


def test_a_move_cannot_be_put_before_a_later_word_on_what_comes_next() -> None:
    planned = set_values(started(), who(60), desk(), {"next_action": "call the vendor"})
    late = who(70, at=NINE + minutes(40), reason="late")
    with pytest.raises(BadTime, match="next_action was changed at"):
        move(planned, late, desk(), "resolved")
    with pytest.raises(BadTime, match="next_action was changed at"):
        set_values(started(), who(70, at=NINE + minutes(15), reason="late"), desk(), {"next_action": "call"})
