"""How a new file looks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tkt.model import STORED, Customer, Event, Ticket
from tkt.store.codec.customers import read_customer
from tkt.store.codec.plain import WriteError, yaml_text
from tkt.store.codec.tickets import read_ticket
from tkt.store.codec.writing import new_customer_text, new_ticket_text

RECEIVED = datetime(2026, 11, 21, 1, 15, tzinfo=UTC)

AS_DESIGNED = """\
id: 261121-K7Q2M
title: 开票时报错 E104,无法提交
type: product
category: fault
product: invoicing
impact: some
urgency: red
complexity: simple
priority: P2
team: tech
owner: li.wei
channel: email
customer: acme
tier: standard
contact: {name: 张伟, email: zhang.wei@acme.example}
received_at: 2026-11-21T01:15:00Z
asks: {kind: repair, text: 今天下班前能开出发票}
tags: [invoice]
events:
- id: 3kq800
  at: 2026-11-21T01:15:00Z
  by: zhang.wei@acme.example
  role: customer
  did: opened
  status: new
  channel: email
- id: 3kq801
  at: 2026-11-21T01:15:00Z
  by: zhang.wei@acme.example
  role: customer
  did: message
  text: |
    开具发票时系统报错 E104 …
- id: w5p900
  at: 2026-11-21T01:20:00Z
  by: rule:fault
  role: system
  did: set
  field: team
  to: tech
"""


def ticket(**values: object) -> Ticket:
    return Ticket(id="261121-K7Q2M", status="new", values={"received_at": RECEIVED, **values})


def event_lines(**event: object) -> list[str]:
    made = Event(**{"id": "3kq800", "at": RECEIVED, "by": "li.wei", "did": "note", **event})  # type: ignore[arg-type]
    return new_ticket_text(ticket().with_events(made)).splitlines()[3:]


def test_a_new_file_looks_as_designed() -> None:
    """docs/file-format.md, its first example."""
    read = read_ticket(AS_DESIGNED.encode(), path="tickets/new/261121-K7Q2M.yaml", status="new", kinds=STORED)
    shuffled = Ticket(
        id=read.id, status="new", values=dict(reversed(list(read.values.items()))), events=read.events
    )
    assert new_ticket_text(shuffled) == AS_DESIGNED


def test_keys_of_a_desks_own_follow_the_known_ones() -> None:
    text = new_ticket_text(ticket(made_sla=True, tags=["a"], rooms=3))
    assert text.splitlines()[2:] == ["tags: [a]", "made_sla: true", "rooms: 3"]


def test_what_is_absent_is_not_written() -> None:
    assert new_ticket_text(ticket(owner=None, tags=[])).splitlines()[1:] == [
        "received_at: 2026-11-21T01:15:00Z"
    ]


def test_the_role_is_written_for_messages_and_wherever_it_is_not_agent() -> None:
    """docs/file-format.md, Events."""
    assert event_lines()[1:] == ["  at: 2026-11-21T01:15:00Z", "  by: li.wei", "  did: note"]
    assert event_lines(did="message")[3:] == ["  role: agent", "  did: message"]
    assert event_lines(role="system")[3:] == ["  role: system", "  did: note"]


def test_keys_of_an_event_are_in_the_order_of_the_kinds_table() -> None:
    lines = event_lines(
        did="moved",
        auto=True,
        forced=True,
        via="email",
        reason="客户要求",
        recorded_at=RECEIVED + timedelta(hours=1),
        data={"why": 1, "waiting": {"on": "customer", "for": "序列号"}, "to": "waiting", "from": "assigned"},
    )
    assert lines == [
        "- id: 3kq800",
        "  at: 2026-11-21T01:15:00Z",
        "  by: li.wei",
        "  auto: true",
        "  did: moved",
        "  from: assigned",
        "  to: waiting",
        "  waiting: {on: customer, for: 序列号}",
        "  why: 1",
        "  via: email",
        "  forced: true",
        "  reason: 客户要求",
        "  recorded_at: 2026-11-21T02:15:00Z",
    ]


def test_an_id_that_looks_like_a_number_is_quoted() -> None:
    assert event_lines(id="123456")[0] == '- id: "123456"'
    assert event_lines(id="1e5000")[0] == '- id: "1e5000"'


def test_a_strangers_text_neither_breaks_nor_changes_the_file() -> None:
    """docs/file-format.md: ESC, DEL, a lone CR, a leading tab or U+0085 in a stranger's text."""
    assert (
        event_lines(data={"text": "\ta\rb\x1b[2J\x7f\x85\n"})[-1] == '  text: "\\ta\\rb\\e[2J\\x7F\\x85\\n"'
    )


def test_large_values_stand_in_blocks() -> None:
    text = yaml_text(
        {
            "resolution": {"code": "fixed", "text": "已修复。\n请重试。\n"},
            "watchers": [f"person-{number}@desk.example" for number in range(6)],
            "contacts": [{"name": "张伟", "phones": ["138", "139"]}, {"note": "a\nb"}],
            "grid": [[["a\nb"]]],
            "nothing": {},
            "none": [],
        }
    )
    assert text == (
        "resolution:\n  code: fixed\n  text: |\n    已修复。\n    请重试。\n"
        "watchers:\n" + "".join(f"- person-{number}@desk.example\n" for number in range(6)) + "contacts:\n"
        '- {name: 张伟, phones: ["138", "139"]}\n'
        "- note: |-\n    a\n    b\n"
        "grid:\n-\n  -\n    - |-\n      a\n      b\n"
        "nothing: {}\nnone: []\n"
    )


def test_what_no_file_can_hold_is_refused() -> None:
    with pytest.raises(WriteError, match="NUL"):
        new_ticket_text(ticket(title="a\0b"))
    with pytest.raises(WriteError, match="half a character"):
        new_ticket_text(ticket(title="\ud83d"))
    with pytest.raises(WriteError, match="1000 characters"):
        new_ticket_text(ticket(contact={"x" * 2000: "a"}))


def test_what_the_writer_writes_the_reader_can_read() -> None:
    """What is written can be read: limits on size hold for both (docs/file-format.md)."""
    with pytest.raises(WriteError, match="allowed are 4194304"):
        new_ticket_text(ticket(title="票" * 1_400_000))
    deep: object = "x"
    for _ in range(64):
        deep = [deep]
    with pytest.raises(WriteError, match="nested too deeply"):
        new_ticket_text(ticket(mood=deep))


def test_numbers_that_no_reader_keeps_become_text() -> None:
    assert yaml_text({"a": 10**18, "b": 10**17, "c": float("inf"), "d": -(10**17)}) == (
        'a: "1000000000000000000"\nb: 100000000000000000\nc: inf\nd: "-100000000000000000"\n'
    )


def test_a_new_customers_file() -> None:
    acme = Customer(
        id="acme",
        name="爱可美",
        tier="vip",
        contacts=({"name": "张伟", "email": "zhang.wei@acme.example"},),
        values={"region": "华东"},
    )
    text = new_customer_text(acme)
    assert text == (
        "name: 爱可美\ntier: vip\ncontacts:\n- {name: 张伟, email: zhang.wei@acme.example}\nregion: 华东\n"
    )
    assert read_customer(text.encode(), path="customers/acme.yaml") == acme
