"""What became of one ticket, and what of it should a reviewer look at first?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sla_desk import (
    LEVELS,
    agent,
    at,
    changed,
    configuration,
    customer,
    event,
    moved,
    opened,
    sla_file,
    ticket,
)

from tkt.differences import TicketChange, ticket_change
from tkt.model import Event, Ticket
from tkt.sla import verdicts

CONFIG = configuration(sla_file())
NOW = at("18:00")


def change(before: Ticket | None, after: Ticket | None, **more: Any) -> TicketChange:
    def judge(it: Ticket) -> Any:
        return verdicts(it, LEVELS, NOW)

    return ticket_change(before, after, old=judge, new=judge, config=CONFIG, **more)


def altered(it: Event, **data: Any) -> Event:
    return replace(it, data={**it.data, **data})


START = opened()
ASKED = customer("09:00:01")
BEFORE = ticket(START, ASKED)


def test_a_new_event_is_told_and_nothing_is_odd_about_it() -> None:
    answer = agent("09:30")
    found = change(BEFORE, BEFORE.with_events(answer))
    assert found.events.added == (answer,)
    assert found.told == (answer,)
    assert not found.is_remarkable


def test_an_event_that_is_gone_is_remarkable() -> None:
    found = change(BEFORE, ticket(START))
    assert found.events.gone == (ASKED,)
    assert found.is_broken


def test_an_event_that_was_changed_afterwards_tells_the_keys_that_differ() -> None:
    found = change(BEFORE, ticket(START, altered(ASKED, text="E105")))
    (one,) = found.events.altered
    assert list(one.differing()) == [("text", "E104", "E105")]
    assert found.is_broken


def test_a_redaction_is_no_fault_but_is_looked_at() -> None:
    mark = {"by": "li.wei", "at": "2025-09-15T08:00:00Z", "why": "a password"}
    redacted = replace(ASKED, data={"redacted": mark})
    found = change(BEFORE, ticket(START, redacted))
    assert found.events.redacted == (redacted,)
    assert not found.events.altered
    assert found.is_remarkable
    assert not found.is_broken


def test_a_redaction_that_comes_with_another_time_is_an_alteration() -> None:
    mark = {"by": "li.wei", "at": "2025-09-15T08:00:00Z", "why": "a password"}
    moved_back = replace(ASKED, at=at("08:00"), data={"redacted": mark})
    assert change(BEFORE, ticket(START, moved_back)).events.altered


def test_words_that_come_back_after_a_redaction_are_an_alteration() -> None:
    mark = {"by": "li.wei", "at": "2025-09-15T08:00:00Z", "why": "a password"}
    redacted = replace(ASKED, data={"redacted": mark})
    assert change(ticket(START, redacted), BEFORE).events.altered


def test_a_key_that_an_event_speaks_of_names_it_and_why() -> None:
    setting = changed("10:00", "priority", "P3", "P1", because="table standard/many/red: P1")
    after = BEFORE.with_events(setting).with_values(priority="P1")
    (key,) = change(BEFORE, after).keys
    assert (key.key, key.before, key.after, key.event) == ("priority", "P3", "P1", setting)
    assert key.because == "table standard/many/red: P1"


def test_a_key_that_no_event_speaks_of_was_changed_by_hand() -> None:
    found = change(BEFORE, BEFORE.with_values(title="another"))
    assert [it.key for it in found.by_hand] == ["title"]
    assert found.is_broken


def test_when_it_was_received_never_changes_whatever_an_event_says() -> None:
    after = replace(BEFORE, values={**BEFORE.values, "received_at": at("08:00")})
    assert [it.key for it in change(BEFORE, after).by_hand] == ["received_at"]


def test_another_order_of_words_in_a_set_is_no_change() -> None:
    one, other = (BEFORE.with_values(tags=list(words)) for words in ("ab", "ba"))
    assert not change(one, other).keys


def test_a_ticket_whose_file_lies_elsewhere_than_its_events_lead_was_moved_by_hand() -> None:
    found = change(BEFORE, BEFORE.in_status("assigned"))
    assert found.moved == ("new", "assigned")
    assert found.is_moved_by_hand
    move = moved("10:00", "assigned")
    assert not change(BEFORE, BEFORE.with_events(move).in_status("assigned")).is_moved_by_hand


def test_a_late_record_says_so_itself() -> None:
    call = customer("09:10", recorded_at=at("11:00"))
    (late,) = change(BEFORE, BEFORE.with_events(call)).late
    assert late.is_said
    assert late.recorded_at == at("11:00")


def test_a_late_record_that_does_not_say_so_is_shown_by_its_commit() -> None:
    after = BEFORE.with_events(agent("09:10"))
    (late,) = change(BEFORE, after, committed_at=at("10:10")).late
    assert not late.is_said
    assert change(BEFORE, after, committed_at=at("09:14")).late == ()


def test_what_was_imported_is_as_old_as_its_source() -> None:
    imported = ticket(START, ASKED, event("09:00:02", "imported", source="servicenow"))
    assert change(None, imported, committed_at=at("18:00")).late == ()


def test_a_breach_that_comes_and_one_that_goes() -> None:
    # given a P3 ticket whose first response is due at 11:00
    found = change(BEFORE, BEFORE.with_events(agent("10:59")))
    (turn,) = [it for it in found.turns if it.clock == "first_response"]
    assert turn.is_lost
    assert not turn.is_gained
    back = change(BEFORE.with_events(agent("10:59")), BEFORE)
    (turn,) = [it for it in back.turns if it.clock == "first_response"]
    assert turn.is_gained


def test_the_event_that_ended_a_clock_is_named() -> None:
    answer = agent("10:59")
    (turn,) = [it for it in change(BEFORE, BEFORE.with_events(answer)).turns if it.clock == "first_response"]
    assert turn.cause == answer


def test_a_breach_that_goes_by_an_answer_dated_back_is_doubtful() -> None:
    found = change(BEFORE, BEFORE.with_events(agent("10:59")), committed_at=at("12:00"))
    (turn,) = [it for it in found.turns if it.is_lost]
    assert found.is_doubtful(turn)


def test_a_breach_that_goes_because_an_event_was_changed_is_doubtful() -> None:
    late = agent("12:00")
    early = replace(late, at=at("10:00"))
    found = change(BEFORE.with_events(late), BEFORE.with_events(early))
    (turn,) = [it for it in found.turns if it.is_lost]
    assert found.is_doubtful(turn)


@pytest.mark.parametrize("did", ["note", "spent", "warned", "task", "linked"])
def test_what_no_clock_listens_to_is_not_judged(did: str) -> None:
    def judge(it: Ticket) -> Any:
        raise AssertionError("judged")

    after = BEFORE.with_events(event("10:00", did))
    assert ticket_change(BEFORE, after, old=judge, new=judge, config=CONFIG).turns == ()


def test_a_ticket_that_is_gone_takes_its_breaches_with_it() -> None:
    found = change(BEFORE, None)
    assert found.is_gone
    assert found.is_broken
    assert found.events.gone == ()
    assert all(found.is_doubtful(turn) for turn in found.turns)
    assert found.turns


def test_what_is_broken_stands_before_what_is_usual() -> None:
    usual = change(BEFORE, BEFORE.with_events(event("09:30", "note")))
    broken = change(BEFORE, ticket(START))
    late = change(BEFORE, BEFORE.with_events(customer("09:10", recorded_at=at("11:00"))))
    assert sorted([usual, late, broken], key=lambda it: it.weight, reverse=True) == [broken, late, usual]
