"""What is said: to the customer, by the customer, among ourselves (docs/file-format.md, Kinds)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flowdesk import NINE, changed, desk, did, last, new, resolved, sets, started, waiting, who

from tkt.actions import (
    BadValue,
    Given,
    NothingSaid,
    NothingToAnswer,
    ReasonNeeded,
    ReopenWindowPassed,
    close,
    heard,
    noreply,
    note,
    reply,
    resolve,
    set_values,
    wait,
)
from tkt.actions.messages import awaited
from tkt.actions.talking import mentioned, status_when_customer_writes
from tkt.checks import check_ticket
from tkt.effort import effort_of
from tkt.guards.talk import unanswered_message
from tkt.model import Ticket
from tkt.workflow import MoveRefused, action_ahead

DAY = 24 * 60


def test_a_reply_is_public_and_in_a_person_s_name() -> None:
    event = reply(new(), who(5), desk(), text="We look into it.\n").events[-1]
    assert dict(event.data) == {"to": "customer", "text": "We look into it."}
    assert (event.by, event.role, event.is_agent_message) == ("li.wei", "agent", True)


def test_an_answer_given_already_says_by_which_way() -> None:
    event = reply(
        new(), who(5), desk(), text="Done", sent_by="phone", canned="solved", asks_customer=True
    ).events[-1]
    assert (event.get("sent_by"), event.get("canned"), event.get("asks_customer")) == (
        "phone",
        "solved",
        True,
    )


def test_a_message_to_a_vendor_answers_no_customer() -> None:
    """docs/sla.md L1."""
    event = reply(new(), who(5), desk(), text="Send a part", to="vendor").events[-1]
    assert (event.is_public_message, event.is_agent_message) == (False, False)


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_nothing_is_no_message(text) -> None:
    for action in (reply, heard, note):
        with pytest.raises(NothingSaid):
            action(new(), who(5), desk(), text=text)


def test_words_are_kept_as_they_are_but_for_blank_lines_around_them() -> None:
    event = note(new(), who(5), desk(), text="\n\n  indented\r\n\r\nlast  \n\n").events[-1]
    assert event.get("text") == "  indented\n\nlast"


def test_a_reply_may_ask_and_wait_in_one_command() -> None:
    given = Given(on="customer", what_for="a picture")
    after = reply(
        started(),
        who(30),
        desk(),
        text="A picture, please.",
        asks_customer=True,
        and_then="wait",
        given=given,
    )
    assert (after.status, did(after)[-2:]) == ("waiting", ["message", "moved"])
    assert last(after, "message").at == last(after, "moved").at
    assert last(after, "message").get("asks_customer") is True


def test_a_reply_that_cannot_move_on_is_not_sent() -> None:
    before = started()
    with pytest.raises(MoveRefused) as refused:
        reply(before, who(30), desk(), text="Done.", and_then="resolve", given=Given(code="fixed"))
    assert [each.guard for each in refused.value.missing] == ["resolution_text", "cause"]
    assert "--reply Done." in str(refused.value.hint)
    assert did(before)[-1] == "moved"


def test_a_message_to_a_vendor_may_start_a_wait() -> None:
    given = Given(on="vendor", what_for="the part")
    after = reply(started(), who(30), desk(), text="The part?", to="vendor", and_then="wait", given=given)
    assert (last(after, "message").get("to"), after.get("waiting")["on"]) == ("vendor", "vendor")


# --- heard ---


def test_what_the_customer_said_elsewhere_is_theirs() -> None:
    event = heard(new(), who(5), desk(), text="Any news?", channel="phone", from_name="张伟").events[-1]
    assert (event.did, event.by, event.role, event.via, event.auto) == (
        "message",
        "张伟",
        "customer",
        "phone",
        False,
    )
    assert event.is_customer_message
    assert heard(new(), who(5), desk(), text="Any news?").events[-1].by == "zhang.wei@acme.example"
    with pytest.raises(BadValue):
        heard(new(), who(5), desk(), text="Any news?", channel="telepathy")


def test_a_customer_s_message_takes_a_waiting_ticket_on() -> None:
    """docs/sla.md L8: moved back to in-progress when it is taken in."""
    after = heard(waiting(), who(60), desk(), text="Firefox", given=Given(next_due=NINE + timedelta(hours=3)))
    assert (after.status, did(after)[-2:]) == ("in-progress", ["message", "moved"])
    event = after.events[-1]
    assert (event.by, event.role, event.auto) == ("rule:customer-writes", "system", True)
    assert after.get("next_action") == {
        "who": "owner",
        "what": "answer the customer",
        "by": "2026-11-20T04:00:00Z",
    }
    assert "waiting" not in after.values


def test_what_was_said_before_the_wait_does_not_end_it() -> None:
    late = heard(waiting(), who(90, at=NINE + timedelta(minutes=25)), desk(), text="Hello?")
    assert late.status == "waiting"


def minutes(at: float) -> timedelta:
    return timedelta(minutes=at)


@pytest.mark.parametrize(
    "change", [{"waiting.until": "2026-12-24"}, {"next_action": "chase"}, {"title": "x"}]
)
def test_a_change_since_the_customer_spoke_does_not_keep_the_ticket_waiting(change) -> None:
    """docs/sla.md L8: a customer's message moves a waiting ticket back when it is taken in."""
    busy = set_values(waiting(), who(50), desk(), change)
    after = heard(busy, who(60, at=NINE + minutes(40)), desk(), text="Firefox")
    assert (after.status, last(after, "message").at) == ("in-progress", NINE + minutes(40))
    # where the move cannot stand before what came since, it is made now
    assert last(after, "moved").at == NINE + minutes(40 if "title" in change else 60)
    assert [each for each in check_ticket(after, desk()) if each.severity == "error"] == []


def test_a_new_question_since_the_customer_spoke_keeps_the_ticket_waiting() -> None:
    again = wait(waiting(), who(50), desk(), Given(on="vendor", what_for="the part"))
    assert heard(again, who(60, at=NINE + minutes(40)), desk(), text="Firefox").status == "waiting"


# --- DEFAULTS 2: two unanswered customer messages raise green to yellow


def green() -> Ticket:
    return set_values(started(), who(25), desk(), {"urgency": "green"})


def test_two_unanswered_messages_raise_green_to_yellow() -> None:
    answered = reply(green(), who(30), desk(), text="We look into it.")
    once = heard(answered, who(40), desk(), text="Any news?")
    assert (once.get("urgency"), once.priority) == ("green", "P3")
    twice = heard(once, who(50), desk(), text="Hello?")
    assert sets(twice, once) == {"urgency": "yellow"}
    event = last(twice, "set")
    assert (event.by, event.role, event.auto, event.at) == (
        "rule:two-messages", "system", True, last(twice, "message").at,
    )  # fmt: skip
    # the words that opened the ticket count too, and the table gives the priority anew
    wide = set_values(green(), who(26), desk(), {"impact": "many"})
    raised = heard(wide, who(50), desk(), text="Hello?")
    assert sets(raised, wide) == {"urgency": "yellow", "priority": "P2"}
    assert {event.by for event in raised.events if event.did == "set" and event not in wide.events} == {
        "rule:two-messages"
    }


def test_urgency_is_never_lowered_and_a_third_message_changes_nothing() -> None:
    red = heard(started(), who(50), desk(), text="Hello?")
    assert red.get("urgency") == "red"
    twice = heard(green(), who(50), desk(), text="Hello?")
    assert sets(heard(twice, who(60), desk(), text="Hello??"), twice) == {}


def test_a_message_that_was_answered_meanwhile_raises_nothing() -> None:
    answered = reply(green(), who(50), desk(), text="We look into it.")
    late = heard(answered, who(90, at=NINE + minutes(40)), desk(), text="Hello?")
    assert late.get("urgency") == "green"


def test_a_late_record_raises_the_urgency_now_where_fields_changed_since() -> None:
    busy = set_values(green(), who(45), desk(), {"title": "x", "impact": "many"})
    late = heard(busy, who(90, at=NINE + minutes(40)), desk(), text="Hello?")
    assert (late.get("urgency"), late.priority) == ("yellow", "P2")
    assert last(late, "set").at == NINE + minutes(90)
    assert [each for each in check_ticket(late, desk()) if each.severity == "error"] == []


def test_a_desk_without_green_and_yellow_raises_nothing() -> None:
    levels = {name: it for name, it in desk().taxonomy.urgency.items() if name != "yellow"}
    config = changed("taxonomy", urgency=levels)
    assert heard(green(), who(50), config, text="Hello?").get("urgency") == "green"


def test_a_resolved_ticket_is_triaged_and_not_raised() -> None:
    given = Given(code="fixed", text="cache emptied", cause="product", reply="It works again.")
    done = resolve(green(), who(60), desk(), given)
    after = heard(heard(done, who(90), desk(), text="Again"), who(95), desk(), text="Hello?")
    assert (after.status, after.get("urgency")) == ("resolved", "green")


def test_a_resolved_ticket_stays_resolved_for_triage_to_see() -> None:
    after = heard(resolved(), who(90), desk(), text="It is back!")
    assert (after.status, did(after)[-1]) == ("resolved", "message")


def test_a_closed_ticket_listens_inside_the_window_only() -> None:
    closed = close(resolved(), who(120), desk(), Given(confirmed="phone"))
    assert heard(closed, who(120 + 13 * DAY), desk(), text="Again").status == "closed"
    with pytest.raises(ReopenWindowPassed):
        heard(closed, who(120 + 15 * DAY), desk(), text="Again")


@pytest.mark.parametrize(
    ("wishes", "status", "to"),
    [
        ({"waiting": "move to assigned"}, "waiting", "assigned"),
        ({"waiting": "needs_triage"}, "waiting", None),
        ({"waiting": "move to nowhere"}, "waiting", None),
        ({}, "waiting", "in-progress"),
        ({}, "resolved", None),
        ({"resolved": "move to in-progress"}, "resolved", "in-progress"),
    ],
)
def test_what_a_customer_s_message_does_is_the_desk_s_choice(wishes, status, to) -> None:
    assert status_when_customer_writes(status, changed("workflow", customer_writes=wishes)) == to


# --- note, noreply ---


def test_a_note_is_internal_and_mentions_people() -> None:
    event = note(
        new(), who(5), desk(), text="@wang.fang, see a@li.wei.example and @nobody.", decision=True
    ).events[-1]
    assert dict(event.data) == {
        "mentions": ["wang.fang"], "decision": True, "text": "@wang.fang, see a@li.wei.example and @nobody.",
    }  # fmt: skip
    assert not event.is_public_message


def test_people_are_mentioned_once_whatever_their_case() -> None:
    assert mentioned("(@Li.Wei) @wang.fang. @li.wei", desk()) == ["li.wei", "wang.fang"]


def test_a_message_needs_no_answer_when_somebody_says_why() -> None:
    """docs/sla.md, next_response: `no-reply-needed` cancels, with reason."""
    thanks = heard(reply(started(), who(30), desk(), text="Done"), who(40), desk(), text="Thanks, got 2")
    with pytest.raises(ReasonNeeded):
        noreply(thanks, who(45), desk())
    event = noreply(thanks, who(45, reason="only thanks"), desk()).events[-1]
    assert (event.did, event.get("message"), event.reason) == (
        "no-reply-needed",
        thanks.events[-1].id,
        "only thanks",
    )


def test_what_is_answered_waits_for_no_answer() -> None:
    with pytest.raises(NothingToAnswer):
        noreply(reply(started(), who(30), desk(), text="Done"), who(45, reason="x"), desk())


def test_one_message_at_a_time_needs_no_answer_the_newest_first() -> None:
    asked = heard(reply(started(), who(30), desk(), text="Done"), who(40), desk(), text="And the invoice?")
    twice = heard(asked, who(41), desk(), text="Thanks")
    once = noreply(twice, who(45, reason="only thanks"), desk())
    assert once.events[-1].get("message") == twice.events[-1].id
    assert unanswered_message(once) == asked.events[-1]
    both = noreply(once, who(46, reason="asked by phone"), desk())
    assert both.events[-1].get("message") == asked.events[-1].id
    assert unanswered_message(both) is None


def test_time_spent_is_written_once_wherever_it_was_given() -> None:
    answered = reply(started(), who(30), desk(), text="Done", spent=15)
    assert (answered.events[-1].get("spent"), effort_of(answered.effective)) == (15, 15)
    given = Given(code="fixed", text="cache emptied", cause="product")
    solved = reply(started(), who(30), desk(), text="Done", and_then="resolve", given=given, spent=90)
    assert (solved.events[-1].get("spent"), effort_of(solved.effective)) == (90, 90)
    asked = reply(started(), who(30), desk(), text="A part?", to="vendor", spent=5)
    assert effort_of(asked.effective) == 5
    noted = note(answered, who(40), desk(), text="odd", spent=2)
    assert (noted.events[-1].get("spent"), effort_of(noted.effective)) == (2, 17)


def test_the_time_of_writing_down_what_the_customer_said_is_the_agents() -> None:
    told = heard(started(), who(40), desk(), text="Still odd", spent=5)
    assert [(e.did, e.by) for e in told.events[-2:]] == [
        ("message", "zhang.wei@acme.example"),
        ("spent", "li.wei"),
    ]
    assert effort_of(told.effective) == 5


def test_a_refused_move_repeats_the_time_that_was_spent() -> None:
    with pytest.raises(MoveRefused) as error:
        resolve(started(), who(30), desk(), Given(code="fixed", spent=90))
    assert "--spent 90m" in str(error.value.hint)


@pytest.mark.parametrize(
    ("text", "what_for"),
    [
        ("Thank you.\nWe see it. Is it version 2.1 or 3?", "Is it version 2.1 or 3?"),
        ("Since when? And with which browser? Thank you!", "And with which browser?"),
        ("\u8c22\u8c22\u3002\u8bf7\u95ee\u7a0e\u53f7\u662f\uff1f", "\u8bf7\u95ee\u7a0e\u53f7\u662f\uff1f"),
        ("\nPlease send the log.\nThank you.", "Please send the log."),
        ("x" * 90, "x" * 79 + "…"),
        ("", ""),
    ],
)
def test_a_message_waits_for_its_last_question_else_for_its_first_line(text: str, what_for: str) -> None:
    assert awaited(text) == what_for


def test_a_next_action_from_before_a_wait_is_behind() -> None:
    assert action_ahead(started(), desk())["what"]
    assert action_ahead(waiting(), desk()) is None
    planned = wait(
        started(), who(31), desk(), Given(on="vendor", what_for="a part", until="3d", next_what="call them")
    )
    assert action_ahead(planned, desk())["what"] == "call them"
    assert action_ahead(resolved(), desk()) is None
