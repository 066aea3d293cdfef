"""Which customer a file holds, and how it changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tkt.errors import DataError
from tkt.i18n import render
from tkt.model import Event
from tkt.store.codec.customers import read_customer
from tkt.store.codec.writing import changed_customer_text

ACME = """\
name: 爱可美   # GmbH
tier: vip
language: zh
contract: 2026-01
contacts:
- {name: 张伟, email: zhang.wei@acme.example, phone: 13800138000}
- name: 李娜   # on leave
  wechat: lina
region: 华东
"""


def problems(text: str) -> list[str]:
    with pytest.raises(DataError) as caught:
        read_customer(text.encode(), path="customers/acme.yaml")
    return [f"{problem.path}:{problem.line}: {render(problem.message)}" for problem in caught.value.problems]


def test_a_customer_is_named_by_its_file() -> None:
    acme = read_customer(ACME.encode(), path="customers/acme.yaml")
    assert (acme.id, acme.name, acme.tier, acme.language) == ("acme", "爱可美", "vip", "zh")
    assert acme.contract == "2026-01"
    assert acme.values == {"region": "华东"}
    assert acme.events == ()


def test_its_contacts_are_known_by_all_they_have() -> None:
    acme = read_customer(ACME.encode(), path="customers/acme.yaml")
    assert acme.is_known_as("Zhang.Wei@acme.example")
    assert acme.is_known_as("13800138000")
    assert acme.is_known_as("lina")
    assert not acme.is_known_as("张伟")


def test_a_change_touches_its_lines_alone() -> None:
    acme = read_customer(ACME.encode(), path="customers/acme.yaml")
    joined = Event(
        id="aaaaaa", at=datetime(2026, 11, 21, tzinfo=UTC), by="li.wei", did="note", data={"text": "续约"}
    )
    changed = replace(acme, tier="standard", contacts=(*acme.contacts, {"name": "王芳"}), events=(joined,))
    data = changed_customer_text(ACME.encode(), acme, changed)
    assert data.decode() == (
        ACME.replace("vip", "standard").replace("wechat: lina\n", "wechat: lina\n- {name: 王芳}\n")
        + "events:\n- id: aaaaaa\n  at: 2026-11-21T00:00:00Z\n  by: li.wei\n  did: note\n  text: 续约\n"
    )
    assert read_customer(data, path="customers/acme.yaml") == changed


def test_a_contact_is_changed_where_it_stands() -> None:
    acme = read_customer(ACME.encode(), path="customers/acme.yaml")
    zhang, li = acme.contacts
    changed = replace(acme, contacts=({**zhang, "email": "z@acme.example"}, {**li, "phone": "139"}))
    data = changed_customer_text(ACME.encode(), acme, changed)
    assert data.decode() == ACME.replace("zhang.wei@", "z@").replace(
        "wechat: lina\n", 'wechat: lina\n  phone: "139"\n'
    )


def test_all_its_faults_are_told() -> None:
    assert problems("tier: [vip]\ncontacts: 张伟\nevents: x\n") == [
        "customers/acme.yaml:1: tier is a list, expected a text",
        "customers/acme.yaml:1: the customer has no name",
        "customers/acme.yaml:2: contacts is a text, expected a list of contacts, each with name and email, phone …",
        "customers/acme.yaml:3: events is a text, expected a list of events",
    ]
    assert problems("name: a\ncontacts: [张伟]\n") == [
        "customers/acme.yaml:2: contacts is a text, expected a mapping"
    ]
