"""A late record after which a clock that was late is met, or less late, is shown."""

from __future__ import annotations

import pytest
from audit_desk import case, commit, event, manner, minutes, reply, with_event
from flowdesk import desk, new, started, triaged, who

from tkt.actions import Given, heard, noreply, open_ticket, set_values
from tkt.actions import reply as replied
from tkt.audits.finding import Finding
from tkt.audits.improving import improved
from tkt.model import Event, Ticket

DUE = 60  # P2 of the default desk: a first response within an hour, so by ten


def found(before: Ticket | None, *added: Event, at: float, **more: object) -> list[Finding]:
    base = before or new()
    return list(improved(case(base, with_event(base, *added), commit(at, **more))))  # type: ignore[arg-type]


def told(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(str(it.level), str(it.message)) for it in findings]


def test_a_reply_dated_back_behind_the_due_instant_is_shown() -> None:
    assert told(found(started(), reply(50), at=120)) == [
        (
            "error",
            "li.wei's reply, recorded at 11:00 for 2026-11-20 09:50, makes first response met (due 10:00)",
        )
    ]


def test_marked_and_explained_it_is_a_warning() -> None:
    (one,) = found(started(), reply(50, recorded_at=minutes(120), reason="by phone"), at=120)
    assert (one.level, one.event, one.person) == ("warning", "zzzz00", "li.wei")
    (other,) = found(started(), reply(50, recorded_at=minutes(120)), at=120)
    assert other.level == "error"


def test_a_mark_that_lies_does_not_help() -> None:
    # recorded at 9:55, it says, but it was committed at eleven
    (one,) = found(started(), reply(50, recorded_at=minutes(55), reason="by phone"), at=120)
    assert "recorded at 11:00" in str(one.message)


def test_a_commit_that_was_made_again_is_shown_as_a_warning() -> None:
    (one,) = found(started(), reply(50), at=120, written=50)
    assert one.level == "warning"


@pytest.mark.parametrize(("at", "committed"), [(20, 40), (50, 54), (70, 90)])
def test_what_changes_no_verdict_is_not_shown(at: float, committed: float) -> None:
    """Both in time; on time; late either way and answered before the tolerance."""
    shown = found(started(), reply(at), at=committed)
    assert all("late by" in str(it.message) for it in shown)
    assert (at == 70) is bool(shown)


def test_less_late_is_better_too() -> None:
    ((level, words),) = told(found(started(), reply(70), at=200))
    assert (level, "makes first response late by 10m instead of 2h 20m" in words) == ("error", True)


def test_a_word_that_no_answer_is_needed() -> None:
    asked = heard(with_event(started(), reply(30, id="yyyy00")), who(40), desk(), text="Thanks!")
    late = noreply(asked, who(400, at=minutes(50), reason="a thank-you"), desk())
    (one,) = improved(case(asked, late, commit(400)))
    assert "li.wei's word that no answer is needed" in str(one.message)
    assert "keeps next response from being late" in str(one.message)


def test_a_move_to_resolved() -> None:
    told_them = with_event(started(), reply(30, id="yyyy00"))
    moved = event(60, "moved", **{"from": "in-progress", "to": "resolved", "resolution": {"code": "fixed"}})
    shown = list(improved(case(told_them, with_event(told_them, moved), commit(9000), judged=manner(9001))))
    move = "li.wei's move to resolved, recorded at 2026-11-26 15:00 for 2026-11-20 10:00, makes"
    assert [str(it.message).split(" (due")[0] for it in shown] == [
        f"{move} update met",
        f"{move} resolution met",
    ]


def test_a_lower_priority_before_the_due_instant() -> None:
    # docs/sla.md L6: by the target of its time
    late = set_values(
        triaged(),
        who(90, at=minutes(50), reason="it was agreed"),
        desk(),
        {"urgency": "green", "impact": "one"},
    )
    answered = with_event(late, reply(95, id="yyyy00"))
    origins = {it.id: commit(95) for it in answered.events}
    shown = list(improved(case(triaged(), answered, origins["yyyy00"])))
    assert any("change of priority" in str(it.message) or "change of" in str(it.message) for it in shown)


def test_what_a_customer_said_stays_where_it_was() -> None:
    # the call was at half past nine and was answered in it, both written down at eleven: the answer was late
    asked = event(30, "message", id="xxxx00", by="zhang.wei@acme.example", role="customer", text="And?")
    first = with_event(started(), reply(25, id="yyyy00"))
    shown = [str(it.message) for it in found(first, asked, reply(31), at=400)]
    assert [clock for clock in ("next response", "update") if f"makes {clock} met" in "".join(shown)] == [
        "next response",
        "update",
    ]
    assert found(first, asked, at=400) == []


def test_a_ticket_recorded_late_as_a_whole_is_judged_by_its_answers_alone() -> None:
    values = {"channel": "phone", "contact": "张伟 <zhang.wei@acme.example>"}
    given = Given(code="answered", text="Menu File", cause="people")
    actor = who(300, at=minutes(0), reason="after the shift")
    late = open_ticket(
        actor, desk(), id="261120-K7Q2M", values=values, words="Where is export?", and_then=None, given=given
    )
    assert list(improved(case(None, late, commit(300)))) == []
    answered = replied(
        late, who(300, at=minutes(10), reason="after the shift"), desk(), text="Menu File, Export."
    )
    (one,) = improved(case(None, answered, commit(300)))
    assert "makes first response met" in str(one.message)


def test_a_ticket_whose_clocks_start_after_its_opening() -> None:
    honest = new()
    assert list(improved(case(None, honest))) == []
    late = honest.with_values(received_at=minutes(60))
    (one,) = improved(case(None, late))
    assert (one.level, one.key) == ("error", ("received_at",))
    assert "opened at 2026-11-20 09:00, but says it was received at 10:00" in str(one.message)
    assert list(improved(case(None, honest.with_values(received_at=minutes(-60))))) == []
    assert list(improved(case(late, late))) == []
