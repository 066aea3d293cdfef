"""When waiting pauses, and when it only seems to (docs/sla.md L3, L4, S6)."""

from __future__ import annotations

from sla_desk import HOUR, LEVELS, agent, at, changed, customer, event, judge, moved, resolve, ticket, wait

from tkt.model import Event
from tkt.sla import questionless_waits


def paused(*events: Event, now: str = "18:00") -> int:
    """Open seconds taken out of the resolution clock."""
    found = judge(ticket(customer("09:00"), *events), now)["resolution"].paused_s
    assert found is not None
    return found


def test_a_pause_needs_a_question_at_or_after_the_customers_last_message() -> None:
    assert paused(agent("09:30"), wait("10:00"), moved("11:00", "in-progress")) == HOUR
    assert paused(wait("10:00"), moved("11:00", "in-progress")) == 0
    assert paused(agent("09:30"), customer("09:45"), wait("10:00"), moved("11:00", "in-progress")) == 0


def test_the_question_may_be_of_the_same_instant_as_the_wait_or_the_message() -> None:
    assert paused(agent("10:00", id="b"), wait("10:00", id="a"), moved("11:00", "in-progress")) == HOUR
    same = (customer("09:50"), agent("09:50"), wait("10:00"), moved("11:00", "in-progress"))
    assert paused(*same) == HOUR


def test_an_automatic_message_is_no_question_and_no_answer() -> None:
    assert paused(agent("09:30", auto=True), wait("10:00"), moved("11:00", "in-progress")) == 0
    out_of_office = (
        agent("09:30"),
        wait("10:00"),
        customer("10:05", auto=True),
        moved("11:00", "in-progress"),
    )
    assert paused(*out_of_office) == HOUR


def test_a_bounced_question_does_not_stand() -> None:
    bounced = [event("09:31", did, notice="n1", message="asked0") for did in ("queued", "sent", "bounced")]
    assert paused(agent("09:30", id="asked0"), *bounced, wait("10:00"), moved("11:00", "in-progress")) == 0


def test_a_question_sent_late_pauses_from_when_it_was_sent() -> None:
    late = [
        event("09:30", "queued", notice="n1", message="asked0"),
        event("10:30", "sent", notice="n1", message="asked0"),
    ]
    assert (
        paused(agent("09:30", id="asked0"), *late, wait("10:00"), moved("11:00", "in-progress")) == HOUR // 2
    )


def test_it_ends_with_the_customers_next_message_whether_or_not_anyone_moves_the_file() -> None:
    assert paused(agent("10:00"), wait("10:00"), customer("10:30"), now="18:00") == HOUR // 2


def test_asking_again_needs_wait_again() -> None:
    # given an answer, a second question, and nobody who said `wait`
    events = [agent("10:00"), wait("10:00"), customer("10:30"), agent("10:40")]
    assert paused(*events, now="12:00") == HOUR // 2
    # when the second question is waited on by a move from waiting to waiting
    assert paused(*events, wait("11:00"), now="12:00") == HOUR // 2 + HOUR


def test_at_one_instant_a_pause_comes_before_its_end() -> None:
    # docs/sla.md S6: stop before pause before start
    assert paused(agent("09:30"), wait("10:00", id="b"), customer("10:00", id="a"), now="18:00") == 0
    assert paused(agent("10:00", id="c"), wait("10:00", id="b"), customer("10:00", id="a"), now="18:00") == 0
    assert (
        paused(agent("10:00"), wait("10:00", id="b"), moved("10:00", "in-progress", id="c"), now="18:00") == 0
    )


def test_at_one_instant_a_stop_comes_before_a_pause() -> None:
    verdict = judge(ticket(agent("10:00"), wait("10:00", id="a"), resolve("10:00", id="b")), "18:00")[
        "resolution"
    ]
    assert (verdict.state, verdict.fulfilled_at, verdict.paused_s) == ("met", at("10:00"), 0)


def test_pauses_that_touch_are_one() -> None:
    again = (agent("10:00"), wait("10:00"), agent("10:30"), wait("10:30"), moved("11:00", "in-progress"))
    assert paused(*again) == HOUR


def test_waiting_on_a_vendor_or_a_colleague_does_not_pause() -> None:
    # docs/sla.md L4
    for on in ("vendor", "colleague"):
        assert paused(agent("10:00"), wait("10:00", on=on), moved("11:00", "in-progress")) == 0


def test_a_change_of_whom_it_waits_on_counts_from_then() -> None:
    events = [
        agent("10:00"),
        wait("10:00"),
        changed("10:30", "waiting", {"on": "customer"}, {"on": "vendor"}),
        changed("11:00", "waiting", {"on": "vendor"}, {"on": "customer"}),
        moved("11:15", "in-progress"),
    ]
    assert paused(*events) == (30 + 15) * 60


def test_another_date_is_no_new_question() -> None:
    # docs/sla.md L3: asking again needs `wait` again
    on = {"on": "customer", "for": "a screenshot", "until": "2025-09-18T00:00:00Z"}
    later = {**on, "until": "2025-09-19T00:00:00Z"}
    events = [agent("09:50"), wait("10:00"), customer("10:30"), agent("10:40")]
    assert paused(*events, changed("10:50", "waiting", on, later), now="12:00") == HOUR // 2
    # and it does not cut a pause that goes on
    going_on = (agent("09:50"), wait("10:00"), changed("10:50", "waiting", on, later))
    assert paused(*going_on, customer("11:00"), now="12:00") == HOUR


def test_an_imported_wait_is_believed_where_the_source_kept_no_messages() -> None:
    imported = event("09:00", "imported", source="log", lacks=["messages"])
    verdict = judge(ticket(imported, wait("10:00"), moved("11:00", "in-progress")), "18:00")["resolution"]
    assert verdict.paused_s == HOUR


def test_waits_without_a_question_can_be_listed_for_the_check() -> None:
    waits = [
        wait("10:00", id="empty0"),
        moved("11:00", "in-progress"),
        agent("11:10"),
        wait("11:10"),
        wait("14:00", "vendor"),
    ]
    found = questionless_waits(ticket(customer("09:00"), *waits), LEVELS.config, at("18:00"))
    assert [(it.event.id, it.start, it.end) for it in found] == [("empty0", at("10:00"), at("11:00"))]
