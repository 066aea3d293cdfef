"""How what was recorded is taken back, what was changed by hand recorded (docs/file-format.md, `corrected`)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowdesk import desk, last, new, resolved, started, triaged, waiting, who

from tkt.actions import CannotCorrect, correct, reopen, reply, set_values, start, tag
from tkt.actions.undoing import last_target
from tkt.checks import check_change, check_ticket
from tkt.errors import NotFound
from tkt.model import Ticket


def fresh(after: Ticket, before: Ticket) -> list[str]:
    """The ids of the events that `after` has and `before` has not."""
    known = {event.id for event in before.events}
    return [event.id for event in after.events if event.id not in known]


def undone(after: Ticket, before: Ticket, minutes: float = 500) -> Ticket:
    """`after` with everything since `before` taken back."""
    return correct(after, who(minutes, reason="by mistake"), desk(), fresh(after, before))


def agrees(ticket: Ticket) -> bool:
    return not [finding for finding in check_ticket(ticket, desk()) if finding.severity == "error"]


def same_present(one: Ticket, other: Ticket) -> bool:
    return (one.status, dict(one.values)) == (other.status, dict(other.values))


def test_a_correction_takes_back_the_effect_and_keeps_the_event() -> None:
    before = triaged()
    after = set_values(before, who(30), desk(), {"urgency": "green", "model": "", "title": "x"})
    back = undone(after, before)
    assert same_present(back, before)
    assert set(fresh(after, before)) <= {event.id for event in back.events}
    event = back.events[-1]
    assert (event.did, event.reason) == ("corrected", "by mistake")
    assert agrees(back)
    assert check_change(after, back, desk()) == []


def test_a_later_change_stands() -> None:
    before = triaged()
    first = set_values(before, who(30), desk(), {"title": "first"})
    second = set_values(first, who(40), desk(), {"title": "second"})
    assert undone_only(second, first, before).title == "second"
    assert undone(second, first).title == "first"


def undone_only(now: Ticket, after: Ticket, before: Ticket) -> Ticket:
    return correct(now, who(500, reason="x"), desk(), fresh(after, before))


def test_members_go_and_come_back() -> None:
    base = tag(triaged(), who(15), desk(), add=["a", "b"])
    after = tag(base, who(30), desk(), add=["c"], remove=["a"])
    more = tag(after, who(40), desk(), add=["d"])
    back = undone_only(more, after, base)
    assert set(back.tags) == {"a", "b", "d"}
    assert agrees(back)


@pytest.mark.parametrize("step", [started, waiting, resolved])
def test_a_move_goes_back_with_its_keys(step) -> None:
    after = step()
    move = last(after, "moved")
    before = correct(after, who(500, reason="x"), desk(), [move.id])
    assert before.status == move.get("from")
    assert before.get("waiting") is None
    assert before.get("resolution") is None
    assert agrees(before)


def test_taking_back_what_cleared_a_key_brings_the_key_back() -> None:
    again = start(waiting(), who(60), desk())
    assert undone(again, waiting()).get("waiting") == waiting().get("waiting")
    reopened = reopen(resolved(), who(90), desk())
    assert same_present(undone(reopened, resolved()), resolved())


def test_a_correction_can_itself_be_taken_back() -> None:
    before = tag(triaged(), who(15), desk(), add=["a"])
    after = tag(set_values(before, who(30), desk(), {"title": "x"}), who(31), desk(), remove=["a"])
    back = undone(after, before)
    again = correct(back, who(600, reason="it was right"), desk(), fresh(back, after))
    assert same_present(again, after)
    moved = start(waiting(), who(60), desk())
    redone = undone(undone(moved, waiting()), moved, 600)
    assert (redone.status, redone.get("waiting")) == ("in-progress", None)
    assert agrees(redone)


def test_a_message_that_is_taken_back_counts_no_more() -> None:
    after = reply(new(), who(5), desk(), text="to the wrong one")
    assert not any(event.is_agent_message for event in undone(after, new()).effective)


def test_the_opening_cannot_be_taken_back_nor_what_is_not_there() -> None:
    ticket = new()
    with pytest.raises(CannotCorrect):
        correct(ticket, who(5, reason="x"), desk(), [ticket.events[0].id])
    with pytest.raises(NotFound):
        correct(ticket, who(5, reason="x"), desk(), ["nosuch"])


def test_two_changes_of_one_field_go_back_to_the_first_value() -> None:
    before = triaged()
    first = set_values(before, who(30), desk(), {"title": "first"})
    second = set_values(first, who(40), desk(), {"title": "second"})
    assert undone_only(second, second, before).title == before.title


def test_a_correction_of_a_correction_of_a_correction_still_speaks_of_the_first_event() -> None:
    ticket = triaged()
    for minute, title in ((30, "first"), (40, "second")):
        ticket = set_values(ticket, who(minute), desk(), {"title": title})
    for minute, title in ((50, "first"), (60, "second"), (70, "first")):
        ticket = correct(ticket, who(minute, reason="x"), desk(), [ticket.events[-1].id])
        assert ticket.title == title
        assert agrees(ticket)


def test_corrections_that_take_back_each_other_are_told_of_nothing() -> None:
    """Somebody wrote them by hand; nothing loops."""
    ticket = triaged()
    one = replace(ticket.events[-1], id="zz0000", did="corrected", data={"event": "zz0001"})
    two = replace(one, id="zz0001", data={"event": "zz0000"})
    circle = ticket.with_events(one, two)
    assert last_target(circle, one) is None
