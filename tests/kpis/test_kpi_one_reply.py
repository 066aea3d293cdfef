"""docs/kpi.md K4: solved with one reply, and at the first contact."""

from __future__ import annotations

from kpi_desk import event, heard, moved, population, said, ticket

from tkt.kpis.figures import Kpi
from tkt.kpis.one_reply import one_reply
from tkt.model import Event, Ticket

WHO = {"customer": "acme", "category": "fault"}


def measured(*tickets: Ticket, now: str = "2026-11-02T10:00") -> Kpi:
    return one_reply(population(tickets, "2026-10-05T00:00", "2026-10-12T00:00", now))


def solved(*events: Event, name: str = "T1", **values: str) -> Ticket:
    return ticket(
        name,
        "2026-10-05T09:00",
        heard("2026-10-05T09:00"),
        said("2026-10-05T10:00"),
        moved("2026-10-05T10:00", "resolved"),
        *events,
        **{**WHO, **values},
    )


def judged(kpi: Kpi) -> tuple[object, object]:
    return kpi.value("one_reply"), kpi.value("fcr")


def test_one_reply_and_no_word_after_the_opening_ones_is_both() -> None:
    kpi = measured(solved())
    assert judged(kpi) == (1, 1)
    assert kpi.ids()["fcr"] == ["T1"]


def test_a_second_reply_a_reopening_or_a_machine_alone_is_not_one_reply() -> None:
    assert judged(measured(solved(said("2026-10-05T11:00")))) == (0, 1)
    again = (moved("2026-10-06T09:00", "in-progress"), moved("2026-10-06T10:00", "resolved"))
    assert judged(measured(solved(*again))) == (0, 0)
    machine = event("2026-10-05T10:00", "message", text="…", auto=True)
    silent = ticket("T1", "2026-10-05T09:00", machine, moved("2026-10-05T10:00", "resolved"))
    assert measured(silent).value("one_reply") == 0


def test_a_customer_who_wrote_again_was_not_helped_at_the_first_contact_unless_it_was_thanks() -> None:
    thanks = heard("2026-10-05T12:00")
    assert judged(measured(solved(thanks))) == (1, 0)
    dismissed = event("2026-10-05T12:01", "no-reply-needed", message=thanks.id)
    assert judged(measured(solved(thanks, dismissed))) == (1, 1)
    all_before = event("2026-10-05T12:01", "no-reply-needed")
    assert judged(measured(solved(thanks, all_before))) == (1, 1)
    assert judged(measured(solved(all_before, heard("2026-10-06T12:00")))) == (1, 0)


def test_the_same_matter_within_seven_days_is_no_first_contact() -> None:
    soon = ticket("T2", "2026-10-12T10:00", **WHO)
    later = ticket("T3", "2026-10-12T10:00:01", **WHO)
    assert measured(solved(), soon).value("fcr") == 0
    assert measured(solved(), later).value("fcr") == 1
    assert (
        measured(solved(), ticket("T2", "2026-10-06T09:00", customer="acme", category="x")).value("fcr") == 1
    )


def test_the_same_matter_again_is_held_against_each_ticket_of_it_that_was_just_resolved() -> None:
    beside = ticket(
        "T2", "2026-10-05T09:30", said("2026-10-05T12:00"), moved("2026-10-05T12:00", "resolved"), **WHO
    )
    again = ticket("T3", "2026-10-07T09:00", **WHO)
    assert measured(solved(), beside).value("fcr") == 2
    assert measured(solved(), beside, again).value("fcr") == 0


def test_what_seven_days_have_not_passed_on_is_immature() -> None:
    kpi = measured(solved(), now="2026-10-12T09:59:59")
    assert (kpi.value("immature"), kpi.value("n"), kpi.value("fcr_rate"), kpi.value("one_reply")) == (
        1,
        0,
        None,
        1,
    )
    assert measured(solved(), now="2026-10-12T10:00").value("n") == 1


def test_tickets_whose_messages_were_never_recorded_are_not_counted() -> None:
    log = event("2026-10-05T09:00", "imported", lacks=["messages"])
    kpi = measured(ticket("T1", "2026-10-05T09:00", log, moved("2026-10-05T10:00", "resolved")))
    assert (kpi.value("resolved"), kpi.value("n"), kpi.value("unrecorded")) == (0, 0, 1)
