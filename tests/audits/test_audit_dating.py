"""What was recorded late says so, and when it was written down is true (docs/sla.md S5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from audit_desk import case, commit, event, manner, minutes, reply, told, with_event
from flowdesk import NINE, desk, new, started, triaged, who
from hypothesis import given
from hypothesis import strategies as st

from tkt.actions import heard, note, open_ticket
from tkt.actions import reply as replied
from tkt.audits.dating import ahead, back_dated, before_base, late_events, recorded_at
from tkt.merging import Version, merge
from tkt.model import Ticket


def test_what_is_committed_within_five_minutes_is_on_time() -> None:
    judged = case(started(), with_event(started(), reply(60)), commit(65))
    assert list(back_dated(judged)) == []


def test_what_is_committed_later_and_does_not_say_so_is_an_error() -> None:
    judged = case(started(), with_event(started(), reply(60)), commit(125.1))
    (found,) = back_dated(judged)
    assert (found.level, found.event, found.person) == ("error", "zzzz00", "li.wei")
    assert found.commit == commit(125.1).sha
    assert str(found.message) == (
        "li.wei's reply of 2026-11-20 10:00 was committed at 11:05, 1h 5m later, "
        "and does not say that it was recorded late"
    )
    assert "--at 2026-11-20T02:00:00Z" in str(found.hint)


def test_the_tolerance_is_the_judges() -> None:
    ticket = with_event(started(), reply(60))
    assert (
        list(back_dated(case(started(), ticket, commit(125), judged=manner(tolerance=timedelta(hours=2)))))
        == []
    )


def test_what_the_command_writes_with_at_and_reason_is_listed() -> None:
    late = replied(started(), who(125, at=minutes(60), reason="the phone call of ten"), desk(), text="Yes.")
    assert told(back_dated, case(started(), late, commit(125))) == [
        ("note", "li.wei's reply of 2026-11-20 10:00 was recorded at 11:05: the phone call of ten")
    ]


def test_a_mark_without_a_reason_is_an_error() -> None:
    judged = case(started(), with_event(started(), reply(60, recorded_at=minutes(125))), commit(125))
    assert told(back_dated, judged) == [
        ("error", "li.wei's reply of 2026-11-20 10:00 was recorded at 11:05, without a reason")
    ]


def test_what_a_customer_said_needs_no_reason() -> None:
    late = heard(started(), who(125, at=minutes(60)), desk(), text="Any news?")
    assert told(back_dated, case(started(), late, commit(125))) == [
        ("note", "zhang.wei@acme.example's message of 2026-11-20 10:00 was recorded at 11:05")
    ]


def test_what_a_customer_said_and_was_not_marked_is_a_warning_since_nobody_gains() -> None:
    asked = event(60, "message", by="zhang.wei@acme.example", role="customer", text="Any news?")
    judged = case(started(), with_event(started(), asked), commit(125))
    assert [it.level for it in back_dated(judged)] == ["warning"]


def test_a_move_that_says_to_be_a_customers_is_no_word_of_theirs() -> None:
    moved = event(60, "moved", by="zhang.wei@acme.example", role="customer", to="resolved")
    judged = case(started(), with_event(started(), moved), commit(125))
    assert [it.level for it in back_dated(judged)] == ["error"]


def test_one_command_is_one_finding_that_names_what_somebody_answers_for() -> None:
    asked = event(60, "message", id="zzzz00", by="zhang.wei@acme.example", role="customer", text="Any news?")
    judged = case(started(), with_event(started(), asked, reply(60, id="zzzz01")), commit(125))
    (found,) = back_dated(judged)
    assert (found.level, found.event) == ("error", "zzzz01")
    assert "li.wei's reply (and 1 more event) of" in str(found.message)


def test_a_new_ticket_by_an_offline_channel_may_be_late_without_a_reason() -> None:
    actor = who(60, at=NINE)
    values = {"channel": "phone", "contact": "张伟 <zhang.wei@acme.example>"}
    late = open_ticket(actor, desk(), id="261120-K7Q2M", values=values, words="E104")
    assert {it.level for it in back_dated(case(None, late, commit(60)))} == {"note"}


def test_a_rebase_is_believed_as_of_when_it_was_written() -> None:
    judged = case(started(), with_event(started(), reply(60)), commit(300, written=61))
    assert list(back_dated(judged)) == []
    assert [it.how for it in late_events(judged)] == ["believed"]


def test_a_time_of_recording_is_that_of_the_commit() -> None:
    for at, is_true in ((120, True), (124, True), (130.1, False), (110, False), (60, False)):
        marked = reply(10, recorded_at=minutes(at), reason="x")
        judged = case(triaged(), with_event(triaged(), marked), commit(125))
        found = told(recorded_at, judged)
        assert bool(found) is not is_true, at
    assert found == [
        ("error", "li.wei's reply says it was recorded at 2026-11-20 10:00, but was committed at 11:05")
    ]


def test_a_rebase_makes_no_liar_of_what_was_marked() -> None:
    marked = reply(10, recorded_at=minutes(60), reason="x")
    judged = case(triaged(), with_event(triaged(), marked), commit(300, written=60))
    assert list(recorded_at(judged)) == []


def test_nothing_happens_after_its_commit() -> None:
    judged = case(started(), with_event(started(), reply(200)), commit(60))
    assert told(ahead, judged) == [
        ("error", "li.wei's reply is of 2026-11-20 12:20, but was committed at 10:00, 2h 20m earlier")
    ]
    assert list(ahead(case(started(), with_event(started(), reply(65)), commit(60)))) == []


def test_what_is_older_than_the_state_it_was_added_to_is_listed_once() -> None:
    old = with_event(started(), reply(60))
    on_time = case(started(), old, commit(60), base=commit(200))
    assert told(before_base, on_time) == [
        ("note", "li.wei's reply is of 2026-11-20 10:00, 2h 20m before the state that it was added to")
    ]
    late = case(started(), old, commit(300), base=commit(200))
    assert list(before_base(late)) == []  # it is an error already
    assert list(before_base(case(started(), old, commit(60), base=commit(61)))) == []
    assert list(before_base(case(started(), old, commit(60)))) == []


def test_what_is_not_committed_is_judged_as_if_it_were_now() -> None:
    here = commit(125, sha="")
    (found,) = back_dated(case(started(), with_event(started(), reply(60)), here))
    assert (found.commit, "was not yet committed at 11:05" in str(found.message)) == (None, True)


def test_an_event_whose_commit_is_not_known_is_left_alone() -> None:
    judged = replace(case(started(), with_event(started(), reply(60))), origins={})
    assert [*back_dated(judged), *ahead(judged), *recorded_at(judged)] == []


@given(st.integers(0, 600), st.integers(0, 600), st.integers(0, 600), st.integers(0, 60))
def test_every_event_is_on_time_late_or_ahead(at: int, written: int, more: int, tolerance: int) -> None:
    """Exactly one of them, whatever the commit's two dates are; a wider tolerance finds no more."""
    base = new()
    ticket = with_event(base, reply(at))

    def kinds(width: int) -> list[str]:
        judged = case(
            base,
            ticket,
            commit(written + more, written=written),
            judged=manner(tolerance=timedelta(minutes=width)),
        )
        found = [f"late {it.how}" for it in late_events(judged)] + ["ahead" for _ in ahead(judged)]
        assert len(found) <= 1
        return found

    assert len(kinds(tolerance + 10)) <= len(kinds(tolerance))
    is_within = written - tolerance <= at <= written + more + tolerance
    assert is_within == (kinds(tolerance) in ([], ["late believed"]))


def merged_edits() -> Ticket:
    """Both sides gave it another title by hand, and a merge made one ticket of them."""

    def version(**changes: str) -> Version:
        ticket = started().with_values(**changes)
        return Version(keys={"id": ticket.id, **ticket.values}, events=ticket.events, status=ticket.status)

    found = merge(version(), version(title="ours"), version(title="theirs"), finished=desk().finished).version
    values = {key: value for key, value in found.keys.items() if key != "id"}
    return replace(started(), values=values, events=found.events)


def test_what_a_merge_put_down_for_edits_by_hand_is_listed() -> None:
    judged = case(started(), merged_edits(), commit(600))
    assert judged.new
    assert {(it.level, it.person) for it in back_dated(judged)} == {("note", "rule:merge")}
    assert "rule:merge's change of title" in str(next(iter(back_dated(judged))).message)


def test_who_borrows_the_name_of_a_merge_is_late_all_the_same() -> None:
    sly = event(60, "moved", by="rule:merge", role="system", auto=True, to="resolved")
    judged = case(started(), with_event(started(), sly), commit(600))
    assert [it.level for it in back_dated(judged)] == ["error"]


def test_notes_and_other_words_are_dated_too() -> None:
    late = note(started(), who(125, at=minutes(60), reason="was away"), desk(), text="x")
    assert [it.level for it in back_dated(case(started(), late, commit(125)))] == ["note"]
