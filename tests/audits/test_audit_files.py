"""Tickets that are lost, lie twice or cannot be read; and what an import brought."""

from __future__ import annotations

from dataclasses import replace

from audit_desk import case, commit, event, told, whole, with_event
from flowdesk import new

from tkt.audits.authors import authors
from tkt.audits.dating import back_dated
from tkt.audits.files import gone, imported, twice, unreadable
from tkt.clock import instant_text
from tkt.errors import Problem
from tkt.i18n import msg
from tkt.ids import event_ids
from tkt.model import Ticket

PLACE = "tickets/new/261120-K7Q2M.yaml"


def test_a_deleted_ticket_is_an_error() -> None:
    (found,) = gone(whole(gone=(("261120-K7Q2M", PLACE),)))
    assert (found.level, found.ticket, found.path) == ("error", "261120-K7Q2M", PLACE)


def test_a_ticket_with_another_id_is_listed() -> None:
    found = told(gone, whole(gone=(("261120-K7Q2M", PLACE),), renumbered={"261120-K7Q2M": "261120-AAAA1"}))
    assert found == [("note", "261120-K7Q2M is now 261120-AAAA1")]


def test_one_id_is_one_file() -> None:
    other = PLACE.replace("new", "assigned")
    (found,) = twice(whole(twice=(("261120-K7Q2M", (PLACE, other)),)))
    assert (found.level, str(found.message)) == ("error", f"261120-K7Q2M is in two places: {PLACE}, {other}")


def test_what_cannot_be_read_is_an_error_and_what_could_not_be_a_warning() -> None:
    problem = Problem(code="data", message=msg("no"), path=PLACE, line=3)
    case_ = whole(
        unreadable=(problem,),
        was_unreadable=(("261120-AAAA1", PLACE),),
        unread_between=((commit(9).sha, PLACE),),
    )
    found = list(unreadable(case_))
    assert [(it.level, it.ticket, it.line) for it in found] == [
        ("error", "261120-K7Q2M", 3),
        ("warning", "261120-AAAA1", None),
        ("note", "261120-K7Q2M", None),
    ]


def from_servicenow() -> Ticket:
    """Opened by an import, which wrote a reply of li.wei's a year ago."""
    ticket = new()
    at = ticket.events[0].at.replace(year=2025)
    ids = event_ids(source=("servicenow", "", instant_text(at)))
    opened = event(0, "opened", id=next(ids), by="import:servicenow", status="new", source="servicenow")
    brought = event(0, "imported", id=next(ids), by="import:servicenow", source="servicenow", row=2)
    answer = event(0, "message", id=next(ids), to="customer", text="Yes.")
    return replace(ticket, events=tuple(replace(it, at=at) for it in (opened, brought, answer)))


def test_what_an_import_brought_is_counted_and_not_judged() -> None:
    judged = case(None, from_servicenow(), commit(60))
    assert judged.new == ()
    assert [*back_dated(judged), *authors(judged)] == []
    assert told(imported, whole(tickets=(judged, judged))) == [
        ("note", "imported from servicenow: 6 events on 2 tickets, dated by their source")
    ]


def test_a_ticket_does_not_become_an_import_afterwards() -> None:
    sly = event(10, "imported", by="import:servicenow", source="servicenow", row=1)
    judged = case(new(), with_event(new(), sly), commit(60))
    assert judged.imported == ()
    assert judged.new == (sly,)
