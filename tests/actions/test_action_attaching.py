"""tkt.actions.attaching: what is written down of files, and to which message they belong."""

from __future__ import annotations

import flowdesk
import pytest
from flowdesk import NINE

from tkt.actions import Actor, note, open_ticket, reply
from tkt.actions.attaching import attach, with_files
from tkt.attachments import attachments_of, chosen, total_size, upload
from tkt.attachments.types import NotAllowed
from tkt.errors import NotFound
from tkt.model import Ticket

CONFIG = flowdesk.desk()
LI = Actor(by="li.wei", now=NINE)
PNG, LOG = upload("E104.png", b"\x89PNG"), upload("log.txt", b"words")


def opened() -> Ticket:
    values = {"channel": "email", "contact": "zhang@acme.example"}
    return open_ticket(LI, CONFIG, id="261120-AAAA1", values=values, words="help")


def test_an_event_says_what_was_kept() -> None:
    found = attach(opened(), LI, CONFIG, [PNG, LOG])
    one, two = attachments_of(found)
    assert (one.name, one.type, one.size, one.sha256) == ("E104.png", "image/png", 4, PNG.sha256)
    assert total_size([one, two, one]) == 9


def test_the_same_file_is_recorded_once() -> None:
    once = attach(opened(), LI, CONFIG, [PNG, PNG])
    assert len(attachments_of(once)) == 1
    assert attach(once, LI, CONFIG, [PNG]) is once


def test_files_belong_to_a_message_that_is_there() -> None:
    ticket = opened()
    message = next(event for event in ticket.events if event.did == "message")
    found = attach(ticket, LI, CONFIG, [PNG], message=message.id)
    assert attachments_of(found)[0].message == message.id
    for wrong in ("zzzz00", ticket.events[0].id):
        with pytest.raises(NotFound):
            attach(ticket, LI, CONFIG, [PNG], message=wrong)


def test_all_files_of_a_ticket_together_are_limited() -> None:
    big = [upload(f"{n}.bin", bytes([n]) * 9_000_000) for n in (1, 2, 3)]
    with pytest.raises(NotAllowed, match="more than 25 MB"):
        attach(opened(), LI, CONFIG, big)


def test_a_reply_names_its_files_and_they_name_it() -> None:
    before = opened()
    after = with_files(before, reply(before, LI, CONFIG, text="see"), LI, CONFIG, [PNG, LOG])
    said = next(event for event in after.events if event.get("text") == "see")
    assert said.get("attachments") == ["E104.png", "log.txt"]
    assert {it.message for it in attachments_of(after)} == {said.id}
    assert [event.at for event in after.events if event.did == "attached"] == [said.at, said.at]
    ids = [event.id for event in after.events]
    assert ids == sorted(ids, key=ids.index)
    assert len(set(ids)) == len(ids)
    assert all(event.id[:4] == said.id[:4] for event in after.events if event.did == "attached")


def test_a_note_and_a_new_ticket_take_files_too() -> None:
    before = opened()
    noted = with_files(before, note(before, LI, CONFIG, text="log"), LI, CONFIG, [LOG])
    assert attachments_of(noted)[0].message == noted.events[-2].id
    assert "attachments" not in noted.events[-2].data
    fresh = with_files(None, opened(), LI, CONFIG, [PNG])
    assert next(e for e in fresh.events if e.did == "message").get("attachments") == ["E104.png"]


def test_without_files_nothing_is_added() -> None:
    ticket = opened()
    assert with_files(None, ticket, LI, CONFIG, []) is ticket


def test_a_file_is_chosen_by_its_label_or_its_hash() -> None:
    has = attachments_of(attach(opened(), LI, CONFIG, [PNG, LOG, upload("log.txt", b"others")]))
    assert len(chosen(has, "log.txt")) == 2
    assert [it.name for it in chosen(has, "e104.PNG")] == ["E104.png"]
    assert [it.name for it in chosen(has, PNG.sha256[:4])] == ["E104.png"]
    assert chosen(has, PNG.sha256[:3]) == ()
