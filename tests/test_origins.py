"""From whom a ticket is and when it came is told in sixteen bytes, and never less than is true."""

from __future__ import annotations

from datetime import UTC, datetime

from tkt.model import Ticket, Value
from tkt.origins import came, origin_of, seen_by
from tkt.repeats import identities
from tkt.store.index.entries import ORIGIN

AT = datetime(2026, 11, 20, 3, 0, 0, 250, tzinfo=UTC)


def ticket(**values: Value) -> Ticket:
    return Ticket(id="261120-K7Q2M", status="new", values={"received_at": AT, **values})


def test_every_identity_finds_the_ticket_whatever_its_case() -> None:
    its = ticket(customer="Acme", contact={"name": "张伟", "email": "Zhang@Acme.example", "phone": "139"})
    origin = origin_of(its)
    assert len(origin) == ORIGIN
    for identity in identities(its):
        assert seen_by([identity])(origin) == came(its)
    assert seen_by(identities(ticket(customer="other")))(origin) is None


def test_a_name_alone_is_nobody() -> None:
    origin = origin_of(ticket(contact={"name": "张伟"}))
    assert seen_by(["张伟"])(origin) is None


def test_more_identities_than_there_is_room_for_may_be_anybody() -> None:
    contact = {f"way{number}": f"address {number}" for number in range(5)}
    origin = origin_of(ticket(contact=contact))
    assert len(origin) == ORIGIN
    assert seen_by(["somebody else"])(origin) == came(ticket())


def test_when_it_came_is_told_exactly() -> None:
    assert came(ticket()) == int(AT.timestamp()) * 10**6 + 250
