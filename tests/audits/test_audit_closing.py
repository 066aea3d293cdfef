"""Guards that were overruled, and tickets closed without a word, are listed."""

from __future__ import annotations

from audit_desk import case, commit, event, told, with_event
from flowdesk import desk, new, resolved, started, who

from tkt.actions import Given, close, move
from tkt.audits.closing import forced, untold
from tkt.model import Ticket


def closed_at_once(ticket: Ticket) -> Ticket:
    moves = [
        event(60, "moved", id="zzzz00", **{"from": ticket.status, "to": "resolved"}),
        event(61, "moved", id="zzzz01", **{"from": "resolved", "to": "closed"}),
    ]
    return with_event(ticket, *moves).in_status("closed")


def test_a_forced_move_is_listed_with_its_reason() -> None:
    after = move(new(), who(60, reason="the boss said so"), desk(), "assigned", Given(force=True))
    assert told(forced, case(new(), after)) == [
        (
            "note",
            "li.wei's move to assigned at 2026-11-20 10:00 overruled the desk's guards: the boss said so",
        )
    ]


def test_a_forced_move_without_a_reason_wants_a_second_look() -> None:
    judged = case(new(), with_event(new(), event(60, "moved", forced=True, to="assigned")))
    assert [it.level for it in forced(judged)] == ["warning"]


def test_what_was_forced_before_is_not_listed_again() -> None:
    after = with_event(new(), event(60, "moved", forced=True, to="assigned"))
    assert list(forced(case(after, with_event(after, event(70, "note", id="yyyy00", text="x"))))) == []


def test_a_ticket_closed_without_a_word_is_listed() -> None:
    (found,) = untold(case(started(), closed_at_once(started()), commit(61)))
    assert (found.level, found.event, found.person) == ("note", "zzzz01", "li.wei")
    assert str(found.message).startswith("li.wei closed it at 2026-11-20 10:01, and nobody told the customer")


def test_a_ticket_whose_customer_was_told_is_not() -> None:
    after = close(resolved(), who(90), desk(), Given(confirmed="phone"))
    assert list(untold(case(resolved(), after))) == []
    assert list(untold(case(started(), resolved()))) == []


def test_spam_is_nobodys_to_tell() -> None:
    after = close(new(), who(60), desk(), Given(code="spam"))
    assert list(untold(case(new(), after))) == []


def test_what_was_closed_before_is_not_listed_again() -> None:
    before = closed_at_once(started())
    assert list(untold(case(before, with_event(before, event(70, "note", id="yyyy00", text="x"))))) == []
