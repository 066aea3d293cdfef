"""A key or a directory changes with an event that says so (docs/file-format.md, Stored keys)."""

from __future__ import annotations

from dataclasses import replace

from audit_desk import case, event, told, with_event
from flowdesk import desk, new, resolved, started, triaged, who

from tkt.actions import correct, set_values
from tkt.audits.edits import contradictions, directory, keys


def test_what_commands_change_is_in_order() -> None:
    for before, after in (
        (new(), triaged()),
        (triaged(), started()),
        (started(), resolved()),
        (None, resolved()),
    ):
        judged = case(before, after)
        assert [*keys(judged), *directory(judged), *contradictions(judged)] == []


def test_a_key_that_no_event_speaks_of_is_an_edit_by_hand() -> None:
    (found,) = keys(case(new(), new().with_values(title="other")))
    assert (found.level, found.key) == ("error", ("title",))
    assert "no event says who did it" in str(found.message)


def test_a_correction_covers_what_it_takes_back_and_no_more() -> None:
    # `check` once took any correction for a word about every key
    before = set_values(triaged(), who(30), desk(), {"model": "v3"})
    after = correct(before, who(40, reason="x"), desk(), [before.events[-1].id])
    assert list(keys(case(before, after))) == []
    (found,) = keys(case(before, after.with_values(title="other")))
    assert found.key == ("title",)


def test_a_file_that_was_moved_by_hand() -> None:
    before = triaged()
    (found,) = directory(case(before, replace(before, status="resolved")))
    assert found.level == "error"
    assert "it lies in resolved, but its events lead to new" in str(found.message)


def test_a_move_without_the_directory_is_as_bad() -> None:
    before = triaged()
    moved = with_event(before, event(30, "moved", **{"from": "new", "to": "assigned"}))
    assert len(list(directory(case(before, moved)))) == 1


def test_what_lay_wrong_before_is_left_alone() -> None:
    wrong = replace(triaged(), status="resolved")
    assert list(directory(case(wrong, with_event(wrong, event(30, "note", text="x"))))) == []
    assert list(directory(case(wrong, triaged()))) == []


def test_a_key_that_contradicts_its_events() -> None:
    before = triaged()
    later = with_event(before, event(30, "set", field="urgency", **{"from": "red", "to": "green"}))
    assert told(contradictions, case(before, later)) == [
        ("error", "urgency is red, but its events say green")
    ]
    assert (
        list(contradictions(case(later, with_event(later, event(40, "note", id="yyyy00", text="x"))))) == []
    )


def test_an_edit_by_hand_is_told_once() -> None:
    judged = case(triaged(), triaged().with_values(urgency="green"))
    assert [it.key for it in (*keys(judged), *contradictions(judged))] == [("urgency",)]


def test_two_files_that_became_one_are_not_taken_for_edits() -> None:
    judged = case(new(), new().with_values(title="other"), was_twice=True)
    assert list(keys(judged)) == []
