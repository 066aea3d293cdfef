"""Which ticket a file holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from tkt.model import STORED, Event, Kind, Ticket
from tkt.store.codec.tickets import event_line, read_ticket, ticket_document

PATH = "tickets/new/261121-K7Q2M.yaml"
KINDS: Mapping[str, Kind] = {
    **STORED,
    "made_sla": "bool",
    "opened_rows": "number",
    "bought_at": "instant",
    "colours": "words",
}
HEAD = """\
id: 261121-K7Q2M
received_at: 2026-11-21T09:15:00+08:00
"""


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-21T{clock}:00Z")


def read(text: str) -> Ticket:
    return read_ticket((HEAD + text).encode(), path=PATH, status="new", kinds=KINDS)


def event(text: str) -> Event:
    (found,) = read(f"events:\n- id: 3kq800\n  at: 2026-11-21T01:15:00Z\n  by: li.wei\n{text}").events
    return found


def test_status_and_path_are_the_directorys() -> None:
    ticket = read("")
    assert (ticket.id, ticket.status, ticket.path) == ("261121-K7Q2M", "new", PATH)
    assert "id" not in ticket.values


def test_instants_are_utc_and_of_whole_seconds() -> None:
    """docs/sla.md S2."""
    ticket = read("occurred_at: 2026-11-21T01:15:00.900Z\nbought_at: 2026-11-20 17:15:00-08:00\n")
    assert ticket.received_at == ticket.get("occurred_at") == ticket.get("bought_at") == at("01:15")
    assert ticket.received_at.tzinfo is UTC


def test_text_keys_keep_numbers_as_they_are_written() -> None:
    ticket = read("serial: 0012\nbatch: 1.10\norder_no: 2026112100001\nmodel: true\ntitle: 404\n")
    wanted = {"serial": "0012", "batch": "1.10", "order_no": "2026112100001", "model": "true", "title": "404"}
    assert {key: ticket.get(key) for key in wanted} == wanted


def test_inside_contact_and_its_like_all_is_text() -> None:
    assert read("contact: {name: 张伟, phone: 13800138000, fax: ~}").get("contact") == {
        "name": "张伟",
        "phone": "13800138000",
    }


def test_sets_are_lists_of_text() -> None:
    assert read("tags: [invoice, 404, no]\ncolours: [1.0]\n").values["tags"] == ["invoice", "404", "no"]


def test_other_types_and_unknown_keys_pass_as_they_are() -> None:
    ticket = read("made_sla: true\nopened_rows: 12\nmood: {a: [1, 2.5, no, ~]}\n")
    assert ticket.get("made_sla") is True
    assert ticket.get("opened_rows") == 12
    assert ticket.get("mood") == {"a": [1, 2.5, "no", None]}


def test_an_empty_key_is_absent() -> None:
    """docs/architecture.md: None means absent, never empty."""
    assert read("owner:\nteam: ~\ntags: []\n").values.keys() == {"received_at"}


def test_an_event_has_defaults() -> None:
    assert event("  did: note\n  text: 12\n") == Event(
        id="3kq800", at=at("01:15"), by="li.wei", did="note", data={"text": "12"}
    )


def test_an_event_has_all_that_any_event_may_have() -> None:
    found = event(
        "  did: dreamt\n  role: customer\n  auto: true\n  via: email\n  forced: true\n  reason: 客户要求\n"
        "  recorded_at: 2026-11-21T02:00:00Z\n  of: [sheep]\n"
    )
    assert found == Event(
        id="3kq800",
        at=at("01:15"),
        by="li.wei",
        did="dreamt",
        role="customer",
        auto=True,
        via="email",
        forced=True,
        reason="客户要求",
        recorded_at=at("02:00"),
        data={"of": ["sheep"]},
    )


@pytest.mark.parametrize(
    ("keys", "data"),
    [
        ("field: occurred_at\n  to: 2026-11-21T09:15:00+08:00", {"field": "occurred_at", "to": at("01:15")}),
        ("field: serial\n  from: 0012\n  to: 13", {"field": "serial", "from": "0012", "to": "13"}),
        ("field: made_sla\n  from: false\n  to: true", {"field": "made_sla", "from": False, "to": True}),
        ("field: contact\n  to: {phone: 138}", {"field": "contact", "to": {"phone": "138"}}),
        ("field: tags\n  add: [404]\n  remove: [no]", {"field": "tags", "add": ["404"], "remove": ["no"]}),
        ("field: owner\n  from: li.wei\n  to: ~", {"field": "owner", "from": "li.wei", "to": None}),
        ("field: mood\n  to: 3", {"field": "mood", "to": 3}),
    ],
)
def test_a_set_has_values_of_its_fields_kind(keys: str, data: dict[str, object]) -> None:
    """So that the fold of the events can be compared with the key (docs/file-format.md)."""
    assert event(f"  did: set\n  {keys}\n").data == data


def test_a_move_has_the_same_kinds_as_the_keys_it_sets() -> None:
    found = event("  did: moved\n  from: new\n  to: waiting\n  waiting: {on: customer, for: 12}\n")
    assert found.data == {"from": "new", "to": "waiting", "waiting": {"on": "customer", "for": "12"}}


def test_events_are_put_in_order_of_instant_and_id() -> None:
    """docs/file-format.md, Order: the file is kept in that order by whoever writes it; a reader sorts anyway."""
    ticket, document = ticket_document(
        (
            HEAD + "events:\n"
            "- {id: b, at: 2026-11-21T01:16:00Z, by: x, did: note}\n"
            "- {id: c, at: 2026-11-21T09:15:00+08:00, by: x, did: note}\n"
            "- {id: a, at: 2026-11-21T01:16:00Z, by: x, did: note}\n"
        ).encode(),
        path=PATH,
        status="new",
        kinds=KINDS,
    )
    assert [found.id for found in ticket.events] == ["c", "a", "b"]
    assert [event_line(document, name) for name in ("a", "b", "c", "d")] == [6, 4, 5, None]
