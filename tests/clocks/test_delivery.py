"""When a message counts that tkt delivers itself (docs/sla.md L1a)."""

from __future__ import annotations

from sla_desk import agent, at, event, judge, ticket

from tkt.model import Event
from tkt.sla import Verdict


def notice(when: str, did: str, number: str = "n1") -> Event:
    return event(when, did, notice=number, message="answer", channel="email", to="zhang@acme.example")


def answered(*notices: Event, now: str = "18:00", **more: object) -> Verdict:
    return judge(ticket(agent("10:00", id="answer", **more), *notices), now)["first_response"]


def test_without_a_sender_it_counts_when_it_was_written() -> None:
    assert answered().fulfilled_at == at("10:00")


def test_sent_within_ten_minutes_it_counts_when_it_was_written() -> None:
    assert answered(notice("10:00", "queued"), notice("10:10", "sent")).fulfilled_at == at("10:00")


def test_sent_later_it_counts_when_it_was_sent() -> None:
    verdict = answered(notice("10:00", "queued"), notice("11:30", "sent"))
    assert (verdict.fulfilled_at, verdict.state) == (at("11:30"), "breached")


def test_for_ten_minutes_it_is_believed_to_be_on_its_way() -> None:
    queued = notice("10:00", "queued")
    assert answered(queued, now="10:10").state == "met"
    assert answered(queued, now="10:11").state == "active"


def test_a_bounce_undoes_the_response() -> None:
    sent = (notice("10:00", "queued"), notice("10:01", "sent"))
    assert answered(*sent, notice("10:05", "bounced"), now="10:04").state == "met"
    verdict = answered(*sent, notice("10:05", "bounced"))
    assert (verdict.state, verdict.fulfilled_at) == ("breached", None)


def test_sent_again_after_a_bounce_it_counts_then() -> None:
    first = (notice("10:00", "queued"), notice("10:01", "sent"), notice("10:05", "bounced"))
    again = (notice("10:20", "queued", "n2"), notice("10:30", "sent", "n2"))
    assert answered(*first, *again).fulfilled_at == at("10:30")


def test_delivered_otherwise_it_counts_when_it_was_written() -> None:
    assert answered(notice("10:00", "queued"), sent_by="phone").fulfilled_at == at("10:00")


def test_notices_about_other_messages_change_nothing() -> None:
    other = event("10:00", "queued", notice="n9", message="other", channel="email")
    assert answered(other).fulfilled_at == at("10:00")
