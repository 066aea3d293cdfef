"""A ticket's life is replayed from its events, never read off where its file lies today."""

from __future__ import annotations

from kpi_desk import HOUR, asked, at, event, heard, moved, said, ticket
from kpi_desk import life as life_of

from tkt.kpis.life import Life
from tkt.model import Event, Ticket


def life(*events: Event, status: str = "new") -> Life:
    return life_of(ticket("261005-AAAAA", "2026-10-05T09:00", *events, status=status))


def test_statuses_follow_one_another() -> None:
    found = life(moved("2026-10-05T10:00", "in-progress"), moved("2026-10-05T12:00", "resolved"))
    assert [(stay.status, stay.start, stay.end) for stay in found.stays] == [
        ("new", at("2026-10-05T09:00"), at("2026-10-05T10:00")),
        ("in-progress", at("2026-10-05T10:00"), at("2026-10-05T12:00")),
        ("resolved", at("2026-10-05T12:00"), None),
    ]


def test_a_new_question_while_waiting_is_no_new_visit() -> None:
    found = life(moved("2026-10-05T10:00", "waiting"), moved("2026-10-05T11:00", "waiting"))
    assert [stay.status for stay in found.stays] == ["new", "waiting"]


def test_closing_a_resolved_ticket_is_no_second_resolve() -> None:
    found = life(moved("2026-10-05T10:00", "resolved"), moved("2026-10-12T10:00", "closed"))
    assert found.resolves == (at("2026-10-05T10:00"),)
    assert found.reopens == ()


def test_a_closed_ticket_that_comes_back_is_reopened() -> None:
    found = life(
        moved("2026-10-05T10:00", "resolved"),
        moved("2026-10-06T10:00", "closed"),
        moved("2026-10-07T10:00", "in-progress"),
        moved("2026-10-07T11:00", "closed"),
    )
    assert found.reopens == (at("2026-10-07T10:00"),)
    assert found.resolves == (at("2026-10-05T10:00"), at("2026-10-07T11:00"))


def test_a_ticket_recorded_as_solved_is_resolved_as_it_starts() -> None:
    assert life(status="resolved").resolves == (at("2026-10-05T09:00"),)


def test_what_was_taken_back_did_not_happen() -> None:
    resolve = moved("2026-10-05T10:00", "resolved")
    found = life(resolve, event("2026-10-05T10:05", "corrected", event=resolve.id))
    assert found.resolves == ()


def test_the_status_as_an_instant_begins() -> None:
    # given a ticket that moved at ten
    found = life(moved("2026-10-05T10:00", "resolved"))
    # then the move is not seen yet at ten itself: it belongs to what starts there
    assert found.status_before(at("2026-10-05T09:00")) is None
    assert found.status_before(at("2026-10-05T10:00")) == "new"
    assert found.status_before(at("2026-10-05T10:00:01")) == "resolved"


def test_a_file_without_events_has_been_in_its_status_all_the_time() -> None:
    bare = Ticket(id="261005-AAAAA", status="waiting", values={"received_at": at("2026-10-05T09:00")})
    assert [stay.status for stay in life_of(bare).stays] == ["waiting"]


SPAN = (at("2026-10-05T09:00"), at("2026-10-05T17:00"))


def test_the_requesters_wait_leaves_out_what_waited_on_the_requester() -> None:
    # docs/sla.md L3: the pause ends with the customer's message although the file was moved an hour later
    found = life(
        said("2026-10-05T10:00"),
        asked("2026-10-05T10:00"),
        heard("2026-10-05T12:00"),
        moved("2026-10-05T13:00", "in-progress"),
        moved("2026-10-05T17:00", "resolved"),
    )
    assert found.requester_wait(SPAN) == 6 * HOUR
    assert found.work(SPAN) == 6 * HOUR


def test_a_wait_on_the_customer_who_was_never_asked_counts_for_nothing() -> None:
    found = life(
        heard("2026-10-05T09:30"), asked("2026-10-05T10:00"), moved("2026-10-05T13:00", "in-progress")
    )
    assert found.requester_wait(SPAN) == 8 * HOUR


def test_an_import_without_messages_is_believed() -> None:
    found = life(
        event("2026-10-05T09:00", "imported", source="log", lacks=["messages"]),
        asked("2026-10-05T10:00"),
        moved("2026-10-05T13:00", "in-progress"),
    )
    assert found.requester_wait(SPAN) == 5 * HOUR


def test_waiting_on_a_vendor_is_the_requesters_wait_but_no_work() -> None:
    # docs/sla.md L4
    found = life(
        moved("2026-10-05T10:00", "waiting", waiting={"on": "vendor"}),
        moved("2026-10-05T12:00", "in-progress"),
    )
    assert found.requester_wait(SPAN) == 8 * HOUR
    assert found.work(SPAN) == 6 * HOUR


def test_resolved_time_is_nobodys_wait() -> None:
    found = life(
        moved("2026-10-05T10:00", "resolved"),
        moved("2026-10-05T15:00", "in-progress"),
        moved("2026-10-05T17:00", "resolved"),
    )
    assert found.requester_wait(SPAN) == 3 * HOUR


def test_a_life_is_settled_when_it_is_over_and_nobody_wrote_since() -> None:
    end = at("2026-10-12T00:00")
    resolved = moved("2026-10-06T09:00", "resolved")
    assert life(heard("2026-10-05T09:30"), resolved).is_settled_before(end)
    assert not life(resolved).is_settled_before(at("2026-10-06T09:00"))
    assert not life(heard("2026-10-05T09:30")).is_settled_before(end)
    # an answer to this one may still come late
    assert not life(resolved, heard("2026-10-07T09:00")).is_settled_before(end)
