"""Everything that was recorded is still there, word for word (docs/file-format.md, Append-only)."""

from __future__ import annotations

from typing import Any

import pytest
from audit_desk import case, commit, told, with_other, without
from flowdesk import desk, last, new, resolved, started, triaged, who

from tkt.actions import note
from tkt.actions.pseudonyms import Pseudonyms
from tkt.actions.redacting import pseudonymised, redact, redactable
from tkt.audits.edits import contradictions, keys
from tkt.audits.history import append_only, immutable, redactions
from tkt.model import Ticket

WHO_AND_WHY = {"by": "li.wei", "at": "2026-11-20T02:00:00Z", "why": "a password"}


def redacted(ticket: Ticket, **more: Any) -> Ticket:
    message = last(ticket, "message")
    return with_other(ticket, message, **{"text": None, "redacted": WHO_AND_WHY, **more})


@pytest.mark.parametrize("later", [triaged, started])
def test_adding_events_is_in_order(later) -> None:
    judged = case(new(), later())
    assert [*append_only(judged), *immutable(judged), *redactions(judged)] == []


def test_a_removed_event_is_an_error_that_names_it_and_its_commit() -> None:
    before = triaged()
    gone = before.events[-1]
    judged = case(before, without(before, gone), changers={("event", gone.id): commit(30)})
    (found,) = append_only(judged)
    assert (found.level, found.event, found.commit) == ("error", gone.id, commit(30).sha)
    assert str(found.message).endswith("of 2026-11-20 09:10 is gone")


def test_a_rewritten_event_is_an_error_that_names_what_differs() -> None:
    before = new()
    after = with_other(before, last(before, "message"), text="I never said that")
    assert told(append_only, case(before, after)) == [
        ("error", "zhang.wei@acme.example's message of 2026-11-20 09:00 was rewritten: text")
    ]


def test_a_ticket_of_this_range_was_never_recorded_otherwise() -> None:
    assert list(append_only(case(None, new()))) == []


def test_a_redaction_is_listed_with_who_and_why() -> None:
    before = new()
    judged = case(before, redacted(before), redactions={last(before, "message").id: commit(60)})
    assert list(append_only(judged)) == []
    (found,) = redactions(judged)
    assert (found.level, found.person, found.commit) == ("note", "li.wei", commit(60).sha)
    assert "li.wei redacted" in str(found.message)
    assert "a password" in str(found.message)


@pytest.mark.parametrize("lacking", ["by", "at", "why"])
def test_a_redaction_says_who_when_and_why(lacking: str) -> None:
    before = new()
    said = {key: value for key, value in WHO_AND_WHY.items() if key != lacking}
    (found,) = redactions(case(before, redacted(before, redacted=said)))
    assert (found.level, str(found.message).rsplit(" ", 1)[-1]) == ("error", lacking)


def test_a_redaction_that_says_nothing_is_told_once() -> None:
    before = new()
    judged = case(before, redacted(before, redacted=True))
    assert [it.level for it in (*append_only(judged), *redactions(judged))] == ["error"]


@pytest.mark.parametrize(
    "touched",
    [
        {"at": new().received_at.replace(hour=5)},
        {"role": "agent"},
        {"to": "vendor"},
        {"text": "You get 30 yuan back."},
        {"reason": "never said before"},
        {"by": "somebody.else"},
    ],
)
def test_a_redaction_takes_out_words_and_puts_nothing_in_their_place(touched: dict[str, Any]) -> None:
    before = new()
    (found,) = redactions(case(before, redacted(before, **touched)))
    assert found.level == "error"
    assert next(iter(touched)) in str(found.message)


def test_a_customer_who_is_forgotten_gets_another_name_in_what_they_said() -> None:
    before = new()
    (found,) = redactions(case(before, redacted(before, by="customer-4k2p9x")))
    assert found.level == "note"


def test_the_author_of_what_the_desk_said_is_no_word_to_take_out() -> None:
    before = note(triaged(), who(30), desk(), text="call them")
    after = with_other(before, last(before, "note"), text=None, redacted=WHO_AND_WHY, by="wang.fang")
    (found,) = redactions(case(before, after))
    assert (found.level, "by" in str(found.message)) == ("error", True)


def test_what_the_commands_take_out_is_in_order() -> None:
    actor = who(120, reason="a password")
    before = resolved()
    words = [event.id for event in redactable(before, desk())]
    after = redact(before, actor, desk(), events=words, fields=["title"])
    judged = case(before, after, commit(120))
    assert [*append_only(judged), *immutable(judged), *keys(judged), *contradictions(judged)] == []
    (found,) = redactions(judged)
    assert str(found.message) == f"li.wei redacted {len(altered(before, after))} events: a password"
    names = Pseudonyms(literals={"张伟": "customer-4k2p9x", "zhang.wei@acme.example": "customer-4k2p9x"})
    forgotten = pseudonymised(after, who(180), desk(), names)
    judged = case(after, forgotten, commit(180))
    assert [*append_only(judged), *immutable(judged), *keys(judged), *contradictions(judged)] == []
    assert {it.level for it in redactions(judged)} == {"note"}


def altered(before: Ticket, after: Ticket) -> list[str]:
    return [event.id for event in before.events if after.event(event.id) != event]


def test_a_redaction_stays() -> None:
    hidden = redacted(new())
    (found,) = redactions(case(hidden, new()))
    assert (found.level, "its words are back" in str(found.message)) == ("error", True)
    assert list(redactions(case(hidden, hidden))) == []


def test_a_redaction_in_a_new_ticket_is_listed_too() -> None:
    assert [it.level for it in redactions(case(None, redacted(new())))] == ["note"]


def test_how_a_ticket_began_never_changes() -> None:
    before = new()
    later = before.with_values(received_at=before.received_at.replace(hour=3))
    (found,) = immutable(case(before, later))
    assert (found.level, found.key) == ("error", ("received_at",))
    opened = last(before, "opened")
    (gone,) = immutable(case(before, without(before, opened)))
    assert (gone.level, gone.event) == ("error", opened.id)
    (other,) = immutable(case(before, with_other(before, opened, status="closed")))
    assert str(other.message).endswith("was rewritten: status")
