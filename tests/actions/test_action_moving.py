"""How a ticket moves: what is given, which guards, recorded as what (docs/file-format.md, `moved`)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flowdesk import NINE, changed, desk, did, last, new, resolved, started, triaged, waiting, who

from tkt.actions import (
    BadValue,
    Given,
    NoSuchMove,
    ReasonNeeded,
    ReopenWindowPassed,
    close,
    move,
    reopen,
    resolve,
    set_values,
    start,
    take,
    wait,
)
from tkt.clock import instant_text
from tkt.durations import DurationError
from tkt.model import folded
from tkt.workflow import MoveRefused
from tkt.worktime import Calendar

DAY = 24 * 60
SOLVED = Given(code="fixed", text="cache emptied", cause="product")


def later(minutes: float) -> str:
    return instant_text(NINE + timedelta(minutes=minutes))


def test_a_move_is_one_event_and_the_last_of_its_command() -> None:
    before = triaged()
    after = take(before, who(20), desk(), Given(changes={"complexity": "simple"}))
    assert did(after)[len(before.events) :] == ["set", "set", "moved"]
    event = after.events[-1]
    assert (event.get("from"), event.get("to")) == ("new", "in-progress")
    assert (after.status, after.owner, after.path) == ("in-progress", "li.wei", None)
    assert before.status == "new"


def test_a_refused_move_leaves_everything_as_it_was() -> None:
    before = triaged()
    with pytest.raises(MoveRefused):
        move(before, who(20), desk(), "in-progress", Given(changes={"complexity": "simple"}))
    assert "complexity" not in before.values


def test_statuses_and_verbs_may_be_said_in_chinese() -> None:
    assert move(started(), who(30), desk(), "已解决", SOLVED).status == "resolved"


# --- next action ---


def test_start_and_take_fill_in_the_next_action() -> None:
    assert started().get("next_action") == {
        "who": "owner", "what": "answer the customer", "by": later(240),
    }  # fmt: skip


def test_a_next_action_that_is_given_stands() -> None:
    given = Given(
        changes={"owner": "li.wei", "complexity": "simple"}, next_what="call the vendor", next_by="2h"
    )
    after = start(triaged(), who(20), desk(), given)
    assert after.get("next_action") == {"who": "owner", "what": "call the vendor", "by": later(140)}


def test_what_is_planned_before_the_start_stays_and_what_a_wait_left_behind_does_not() -> None:
    plan = set_values(
        triaged(),
        who(15),
        desk(),
        {"next_action": "look at the log", "owner": "li.wei", "complexity": "simple"},
    )
    assert start(plan, who(20), desk()).get("next_action") == {"what": "look at the log"}
    again = start(waiting(), who(60), desk(), Given(next_due=NINE + timedelta(hours=9)))
    assert again.get("next_action") == {"who": "owner", "what": "answer the customer", "by": later(540)}


def test_the_date_of_the_default_may_be_a_span() -> None:
    config = changed("workflow", next_action=replace_by(desk().workflow.next_action, "4h"))
    given = Given(changes={"owner": "li.wei", "complexity": "simple"}, next_due=NINE + timedelta(days=9))
    assert start(triaged(), who(20), config, given).get("next_action")["by"] == later(260)


def replace_by(declared, by):
    return type(declared)(who=declared.who, what=declared.what, by=by)


# --- waiting ---


def test_waiting_says_on_whom_for_what_until_when() -> None:
    assert waiting().get("waiting") == {"on": "customer", "for": "the browser", "until": later(31 + 3 * DAY)}
    assert last(waiting(), "moved").get("waiting") == waiting().get("waiting")


def test_until_is_the_desk_s_default_counted_in_working_days_where_it_says_so() -> None:
    """Friday plus two working days is Tuesday; by the calendar that is given, where one is."""
    given = Given(on="供应商", what_for="a part")
    after = wait(started(), who(30), desk(), given)
    assert after.get("waiting") == {"on": "vendor", "for": "a part", "until": later(30 + 4 * DAY)}
    sunday = Calendar.from_mapping({"zone": "Asia/Shanghai", "week": {"sun": ["09:00-18:00"]}})
    closed = wait(started(), who(30), desk(), replace(given, calendar=sunday))
    assert closed.get("waiting")["until"] == later(30 + 9 * DAY)


@pytest.mark.parametrize(
    ("until", "at"),
    [
        ("2h", later(150)), ("3天", later(30 + 3 * DAY)), ("1 working day", later(30 + 3 * DAY)),
        ("2026-11-24", "2026-11-24T15:59:59Z"), ("2026-11-24T10:00", "2026-11-24T02:00:00Z"),
        (datetime(2026, 11, 25, tzinfo=UTC), "2026-11-25T00:00:00Z"),
    ],
)  # fmt: skip
def test_until_may_be_a_span_a_date_or_an_instant(until, at) -> None:
    given = Given(on="colleague", what_for="an answer", until=until)
    assert wait(started(), who(30), desk(), given).get("waiting")["until"] == at


def test_until_lies_ahead() -> None:
    with pytest.raises(BadValue, match="is not in the future"):
        wait(started(), who(30), desk(), Given(on="vendor", what_for="x", until="2026-11-19"))


def test_waiting_again_is_a_new_question() -> None:
    again = wait(waiting(), who(60), desk(), Given(on="vendor", what_for="a part"))
    assert (again.status, again.get("waiting")["on"]) == ("waiting", "vendor")
    with pytest.raises(MoveRefused) as refused:
        wait(waiting(), who(60), desk())
    assert [each.guard for each in refused.value.missing] == ["waiting_on", "waiting_for", "until"]


def test_leaving_clears_what_it_waited_for() -> None:
    after = start(waiting(), who(60), desk())
    assert "waiting" not in after.values
    assert folded(after.events, finished=desk().finished)["waiting"] is None


# --- resolving, closing, reopening ---


def test_a_resolve_says_how_what_and_why() -> None:
    after = resolve(
        started(), who(60), desk(), Given(code="已修复", text="cache emptied", cause="product", spent=15)
    )
    assert after.get("resolution") == {"code": "fixed", "text": "cache emptied", "cause": "product"}
    assert last(after, "moved").get("spent") == 15


def test_the_resolve_may_tell_the_customer_in_the_same_command() -> None:
    assert did(resolved())[-2:] == ["message", "moved"]
    assert last(resolved(), "message").at == last(resolved(), "moved").at


def test_closing_keeps_the_resolution_and_says_who_confirmed() -> None:
    after = close(resolved(), who(120), desk(), Given(confirmed="phone", evidence="call of 11:00"))
    assert after.get("resolution") == resolved().get("resolution")
    assert last(after, "moved").get("confirmed") == {"how": "phone", "evidence": "call of 11:00"}
    assert (
        last(close(resolved(), who(120), desk(), Given(auto_closed=True)), "moved").get("auto_closed") is True
    )


def test_a_close_may_do_all_at_once() -> None:
    given = replace(SOLVED, reply="Done.", confirmed="phone")
    after = close(started(), who(60), desk(), given)
    assert (after.status, did(after)[-2:]) == ("closed", ["message", "moved"])


def test_spam_is_closed_from_new_with_nothing_else() -> None:
    after = close(new(), who(5), desk(), Given(code="垃圾信息"))
    assert (after.status, after.get("resolution")) == ("closed", {"code": "spam"})


def test_reopening_clears_the_resolution() -> None:
    for finished in (resolved(), close(resolved(), who(120), desk(), Given(confirmed="phone"))):
        again = reopen(finished, who(180), desk())
        assert (again.status, again.get("resolution")) == ("in-progress", None)
        assert again.get("next_action")["what"] == "answer the customer"


def test_a_closed_ticket_reopens_inside_the_window_only() -> None:
    """docs/sla.md L8: default 14 days; after it, a new ticket with `follows`."""
    closed = close(resolved(), who(120), desk(), Given(confirmed="phone"))
    assert reopen(closed, who(120 + 14 * DAY), desk()).status == "in-progress"
    with pytest.raises(ReopenWindowPassed) as refused:
        reopen(closed, who(121 + 14 * DAY), desk())
    assert str(refused.value.hint) == "tkt new --follows 261120-K7Q2M"
    with pytest.raises(ReopenWindowPassed):
        move(closed, who(121 + 14 * DAY), desk(), "in-progress")
    # a resolved one waits for its close, however long that takes
    assert reopen(resolved(), who(121 + 14 * DAY), desk()).status == "in-progress"


def test_only_what_is_finished_can_be_reopened() -> None:
    with pytest.raises(NoSuchMove, match="not resolved or closed"):
        reopen(started(), who(30), desk())


def test_what_belongs_to_another_status_is_not_swallowed() -> None:
    with pytest.raises(BadValue, match="belong to waiting"):
        resolve(started(), who(30), desk(), replace(SOLVED, on="customer"))
    with pytest.raises(BadValue, match="belong to a resolve"):
        wait(started(), who(30), desk(), Given(on="vendor", what_for="x", code="fixed"))


def test_there_is_not_a_way_everywhere() -> None:
    with pytest.raises(NoSuchMove, match="is in-progress already"):
        start(started(), who(30), desk())
    config = changed("workflow", moves={**desk().workflow.moves, "waiting": []})
    with pytest.raises(NoSuchMove, match="no move leads from waiting to new"):
        move(waiting(), who(60), config, "new")


@pytest.mark.parametrize("wrong", [{"code": "fixd"}, {"cause": "gremlins"}])
def test_words_of_a_resolution_are_the_desk_s(wrong) -> None:
    with pytest.raises(BadValue):
        resolve(started(), who(30), desk(), replace(SOLVED, **wrong))


def test_a_span_that_cannot_be_read_is_told() -> None:
    with pytest.raises((BadValue, DurationError, Exception), match="soon"):
        wait(started(), who(30), desk(), Given(on="vendor", what_for="x", until="soon"))


# --- take, force ---


def test_taking_what_has_started_changes_the_owner_alone() -> None:
    after = take(started(), who(30, by="wang.fang"), desk())
    assert (after.owner, after.status, did(after)[-1]) == ("wang.fang", "in-progress", "set")
    assert take(started(), who(30), desk()) == started()
    with pytest.raises(NoSuchMove) as refused:
        take(resolved(), who(90), desk())
    assert str(refused.value.hint) == "tkt reopen 261120-K7Q2M"


def test_guards_can_be_overruled_with_a_reason_that_is_recorded() -> None:
    with pytest.raises(ReasonNeeded) as refused:
        resolve(new(), who(30), desk(), Given(force=True))
    assert str(refused.value.hint) == '--force --reason "…"'
    after = resolve(new(), who(30, reason="power cut"), desk(), Given(force=True))
    event = last(after, "moved")
    assert (after.status, event.forced, event.reason) == ("resolved", True, "power cut")


def test_nothing_is_forced_where_nothing_was_in_the_way() -> None:
    after = resolve(started(), who(30, reason="to be sure"), desk(), replace(SOLVED, force=True))
    assert last(after, "moved").forced is False


def test_force_does_not_open_what_is_no_way() -> None:
    closed = close(resolved(), who(120), desk(), Given(confirmed="phone"))
    with pytest.raises(ReopenWindowPassed):
        reopen(closed, who(DAY * 30, reason="x"), desk(), Given(force=True))


def test_a_closed_ticket_is_resolved_again_only_after_a_reopening() -> None:
    closed = close(resolved(), who(120), desk(), Given(confirmed="phone"))
    with pytest.raises(NoSuchMove) as refused:
        resolve(closed, who(130), desk(), Given(code="fixed", text="x", cause="product"))
    assert str(refused.value.hint) == f"tkt reopen {closed.id}"
