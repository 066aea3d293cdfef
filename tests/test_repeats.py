"""tkt.repeats: the same customer with the same matter again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tkt.model import Event, Ticket
from tkt.repeats import earlier_tickets, likeness

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)


def ticket(number: int, title: str, *, days_ago: int = 0, **values: object) -> Ticket:
    at = NOON - timedelta(days=days_ago)
    opened = Event(id="aaaa00", at=at, by="x", did="opened", data={"status": "new"})
    return Ticket(
        id=f"26112{number}-AAAAA", status="new", values={"title": title, **values}, events=(opened,)
    )


def test_the_same_contact_with_the_same_words_is_a_repeat() -> None:
    old = ticket(1, "开票时报错 E104", days_ago=3, contact={"email": "a@x.example"})
    new = ticket(2, "开票又报错 E104 了", contact={"name": "A", "email": "A@x.example"})
    (found,) = earlier_tickets(new, [old, new])
    assert found.is_repeat
    assert found.ticket is old


def test_another_matter_of_the_same_customer_is_shown_but_is_no_repeat() -> None:
    old = ticket(1, "Where is my parcel?", days_ago=3, customer="acme")
    new = ticket(2, "开票时报错 E104", customer="acme")
    (found,) = earlier_tickets(new, [old])
    assert not found.is_repeat


def test_what_rested_for_more_than_thirty_days_is_no_repeat() -> None:
    old = ticket(1, "开票时报错 E104", days_ago=31, customer="acme")
    assert not earlier_tickets(ticket(2, "开票时报错 E104", customer="acme"), [old])[0].is_repeat


def test_the_same_category_within_thirty_days_is_a_repeat_whatever_the_words() -> None:
    old = ticket(1, "abc", days_ago=29, customer="acme", category="billing")
    assert earlier_tickets(ticket(2, "xyz", customer="acme", category="billing"), [old])[0].is_repeat


def test_strangers_without_identity_are_never_the_same() -> None:
    old = ticket(1, "开票时报错", contact={"name": "张伟"})
    assert earlier_tickets(ticket(2, "开票时报错", contact={"name": "张伟"}), [old]) == ()


@given(st.text(), st.text())
def test_likeness_is_symmetric_and_between_zero_and_one(one: str, other: str) -> None:
    found = likeness(one, other)
    assert found == likeness(other, one)
    assert 0 <= found <= 1
