"""How what was changed by hand is recorded afterwards (docs/file-format.md, Stored keys; docs/sla.md S5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flowdesk import NINE, desk, did, last, new, resolved, sets, started, triaged, waiting, who

from tkt.actions import ClockShift, adopt, tag
from tkt.actions.adopting import DIRECTORY, belated, left_out
from tkt.checks import check_change, check_ticket
from tkt.model import Ticket


def agrees(ticket: Ticket) -> bool:
    return not [finding for finding in check_ticket(ticket, desk()) if finding.severity == "error"]


def same_present(one: Ticket, other: Ticket) -> bool:
    return (one.status, dict(one.values)) == (other.status, dict(other.values))


def test_a_hand_edit_gets_the_event_that_was_left_out() -> None:
    """The missing `set` or `moved` of a hand edit or a hand `git mv` can be written."""
    ticket = tag(triaged(), who(15), desk(), add=["a", "b"])
    edited = ticket.with_values(urgency="green", title=None, tags=["b", "c"], model="v3")
    after = adopt(edited, who(30), desk())
    assert same_present(after, edited)
    assert sets(after, edited)["urgency"] == "green"
    assert last(after, "set").get("remove") == ["a"]
    assert agrees(after)
    assert adopt(after, who(40), desk()) is after


def test_a_hand_move_gets_its_event_with_what_stands_in_the_file() -> None:
    moved = (
        started()
        .with_values(resolution={"code": "fixed", "text": "x", "cause": "unknown"})
        .in_status("resolved")
    )
    after = adopt(moved, who(30), desk())
    assert did(after)[-1] == "moved"
    assert same_present(after, moved)
    assert agrees(after)


def test_a_hand_move_that_left_keys_behind_is_written_as_it_stands() -> None:
    left = replace(waiting(), status="in-progress")
    after = adopt(left, who(60), desk())
    assert same_present(after, left)
    assert agrees(after)


def test_what_needs_no_event_gets_none() -> None:
    assert adopt(resolved(), who(90), desk()) == resolved()
    assert left_out(resolved(), desk(), before=started()) == frozenset()


def test_with_what_it_was_before_a_hand_edit_of_any_key_gets_its_event() -> None:
    edited = new().with_values(title="by hand", tags=["x"], team=None)
    assert sets(adopt(edited, who(30), desk()), edited) == {"team": None}
    after = adopt(edited, who(30), desk(), before=new())
    assert sets(after, edited) == {"title": "by hand", "tags": ["x"], "team": None}
    assert check_change(new(), after, desk()) == []
    assert adopt(new(), who(30), desk(), before=new()) == new()


def test_members_that_no_event_speaks_of_are_recorded_beside_those_that_one_does() -> None:
    before = tag(triaged(), who(15), desk(), add=["a", "b"])
    edited = before.with_values(tags=["b", "c"])
    event = last(adopt(edited, who(30), desk(), before=before), "set")
    assert (event.get("add"), event.get("remove")) == (["c"], ["a"])


def test_a_command_in_between_explains_its_own_members_and_no_others() -> None:
    before = tag(triaged(), who(15), desk(), add=["a"])
    edited = tag(before, who(20), desk(), add=["b"]).with_values(tags=["a", "b", "c"])
    event = last(adopt(edited, who(30), desk(), before=before), "set")
    assert (event.get("add"), event.get("remove")) == (["c"], None)


def test_to_put_an_edit_right_by_hand_is_an_edit_too() -> None:
    wrong = triaged().with_values(urgency="green")
    assert left_out(triaged(), desk(), before=wrong) == {"urgency"}
    after = adopt(triaged(), who(30), desk(), before=wrong)
    assert (last(after, "set").get("from"), last(after, "set").get("to")) == ("green", "red")
    assert agrees(after)


def test_only_some_of_it_can_be_recorded() -> None:
    edited = replace(triaged().with_values(urgency="green"), status="assigned")
    assert left_out(edited, desk()) == {"urgency", DIRECTORY}
    assert did(adopt(edited, who(30), desk(), only={"urgency"}))[-1] == "set"
    assert did(adopt(edited, who(30), desk(), only={DIRECTORY}))[-1] == "moved"


# --- when ---


def test_what_is_recorded_afterwards_says_so_even_at_once() -> None:
    edited = triaged().with_values(urgency="green")
    event = last(adopt(edited, belated(edited, who(30)), desk()), "set")
    assert event.at == event.recorded_at == NINE + timedelta(minutes=30)
    early = last(adopt(edited, belated(edited, who(30), at=NINE + timedelta(minutes=20)), desk()), "set")
    assert (early.at, early.recorded_at) == (NINE + timedelta(minutes=20), NINE + timedelta(minutes=30))


@pytest.mark.parametrize("minutes", [-600, 0, 10])
def test_it_is_never_before_the_last_event(minutes: float) -> None:
    edited = triaged().with_values(urgency="green")
    actor = belated(edited, who(30), at=NINE + timedelta(minutes=minutes))
    event = last(adopt(edited, actor, desk()), "set")
    assert event.at > triaged().updated_at
    assert agrees(adopt(edited, actor, desk()))


def test_it_is_never_in_the_future_nor_recorded_before_it_happened() -> None:
    edited = triaged().with_values(urgency="green")
    event = last(adopt(edited, belated(edited, who(30), at=NINE + timedelta(days=9)), desk()), "set")
    assert event.at == NINE + timedelta(minutes=30)
    quick = last(adopt(edited, belated(edited, who(10)), desk()), "set")  # the second of the last event
    assert quick.at == quick.recorded_at == triaged().updated_at + timedelta(seconds=1)


def test_two_records_never_share_a_second() -> None:
    edited = triaged().with_values(urgency="green")
    at = NINE + timedelta(minutes=20)
    later = edited.with_events(replace(triaged().events[-1], id="zz0000", at=at))
    actor = belated(edited, who(30), at=at, taken=later)
    assert last(adopt(edited, actor, desk()), "set").at == at + timedelta(seconds=1)


def test_a_clock_that_is_behind_is_a_fault_and_no_record() -> None:
    with pytest.raises(ClockShift):
        belated(triaged(), who(-60))
