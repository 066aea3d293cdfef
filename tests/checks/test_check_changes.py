"""What `tkt check --changed-since` says of how a ticket was changed (docs/file-format.md, Append-only)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flowdesk import desk, last, new, resolved, started, triaged, waiting, who

from tkt.actions import correct, edited, heard, reopen, set_values
from tkt.checks import check_change


def codes(before, after) -> list[str]:
    return [finding.code for finding in check_change(before, after, desk())]


@pytest.mark.parametrize(
    ("before", "after"), [(new, triaged), (triaged, started), (started, waiting), (started, resolved)]
)
def test_what_commands_do_is_how_tickets_change(before, after) -> None:
    assert codes(before(), after()) == []


def test_reopening_correcting_and_editing_are_in_order_too() -> None:
    assert codes(resolved(), reopen(resolved(), who(90), desk())) == []
    assert codes(waiting(), heard(waiting(), who(90), desk(), text="Firefox")) == []
    after = set_values(triaged(), who(30), desk(), {"model": "v3"})
    assert codes(after, correct(after, who(40, reason="x"), desk(), [after.events[-1].id])) == []
    assert codes(triaged(), edited(triaged(), who(30), desk(), {**triaged().values, "title": "x"})) == []


def test_a_hand_edit_without_an_event_is_seen_though_no_event_contradicts_it() -> None:
    (finding,) = check_change(new(), new().with_values(title="other"), desk())
    assert (finding.code, finding.key) == ("hand-edit", ("title",))
    (gone,) = check_change(triaged(), triaged().with_values(contact=None), desk())
    assert (gone.code, gone.key) == ("hand-edit", ())


def test_events_neither_go_nor_change() -> None:
    before = triaged()
    (finding,) = check_change(before, replace(before, events=before.events[:-1]), desk())
    assert (finding.code, finding.key) == ("append-only", ("events",))
    changed = replace(before.events[1], data={"text": "I never said that"})
    rewritten = replace(before, events=(before.events[0], changed, *before.events[2:]))
    (finding,) = check_change(before, rewritten, desk())
    assert (finding.code, finding.event) == ("append-only", changed.id)


def test_a_redaction_is_the_one_exception() -> None:
    before = new()
    message = last(before, "message")
    hidden = replace(
        message, data={"redacted": {"by": "li.wei", "at": "2026-11-21T00:00:00Z", "why": "a password"}}
    )
    assert codes(before, replace(before, events=(before.events[0], hidden, *before.events[2:]))) == []


def test_what_never_changes() -> None:
    moved = new().with_values(received_at=new().received_at + timedelta(days=1))
    assert codes(new(), moved) == ["immutable"]
    assert codes(new(), replace(new(), id="261120-AAAAA")) == ["immutable"]
