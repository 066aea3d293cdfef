"""tkt.schema.schemas: what editors are told agrees with what tkt reads."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from tkt.errors import UsageError
from tkt.i18n import render
from tkt.model import KINDS, STORED
from tkt.schema.schemas import SCHEMAS, json_schema

TICKET = {
    "id": "261121-K7Q2M",
    "title": "开票时报错 E104",
    "priority": "P2",
    "contact": {"name": "张伟"},
    "received_at": "2026-11-21T01:15:00Z",
    "tags": ["invoice"],
    "made_sla": True,
    "events": [
        {"id": "3kq800", "at": "2026-11-21T01:15:00Z", "by": "zhang", "role": "customer", "did": "opened"},
        {
            "id": "w5p900",
            "at": "2026-11-21T09:20:00+08:00",
            "by": "tick",
            "did": "a-kind-of-tomorrow",
            "x": 1,
        },
    ],
}


def complaints(name: str, value: Any) -> list[str]:
    validator = jsonschema.Draft202012Validator(json_schema(name))
    return [error.json_path for error in validator.iter_errors(value)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_a_valid_schema(name: str) -> None:
    schema = json_schema(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)


def test_there_is_one_for_every_kind_of_file() -> None:
    wanted = [
        "desk",
        "workflow",
        "taxonomy",
        "sla",
        "people",
        "channels",
        "rules",
        "views",
        "reports",
        "calendar",
        "ticket",
        "review",
        "improvement",
        "article",
    ]
    assert sorted(SCHEMAS) == sorted(wanted)


def test_the_keys_of_an_article_are_judged_and_others_let_through() -> None:
    assert complaints("article", {"title": "A", "state": "draft", "colour": "red"}) == []
    assert complaints("article", {"state": "verifed", "tags": "a"}) == ["$.state", "$.tags"]


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    with pytest.raises(UsageError) as refused:
        json_schema("taxnomy")
    assert refused.value.hint is not None
    assert render(refused.value.hint) == "did you mean taxonomy?"


def test_unknown_keys_and_weekdays_are_underlined() -> None:
    assert complaints("desk", {"format": 1, "name": "x", "zoen": "UTC"}) == ["$"]
    week = {"calendars": {"office": {"zone": "UTC", "week": {"monday": []}}}, "policies": []}
    assert complaints("sla", week) == ["$.calendars.office.week"]


def test_a_ticket_with_fields_of_a_desk_and_kinds_of_tomorrow_is_let_through() -> None:
    assert complaints("ticket", TICKET) == []


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"received_at": "2026-11-21"}, "$.received_at"),
        ({"received_at": "2026-11-21T09:15:00"}, "$.received_at"),  # no offset
        ({"tags": "invoice"}, "$.tags"),
        ({"events": []}, "$.events"),
        ({"events": [{"id": "3kq800", "at": "2026-11-21T01:15:00Z", "by": "x"}]}, "$.events[0]"),
        ({"events": [{**TICKET["events"][0], "id": "UPPER!"}]}, "$.events[0].id"),
        ({"events": [{**TICKET["events"][0], "role": "boss"}]}, "$.events[0].role"),
    ],
)
def test_a_slip_in_a_ticket_is_underlined(change: dict[str, Any], place: str) -> None:
    assert complaints("ticket", {**TICKET, **change}) == [place]


def test_the_ticket_schema_knows_every_stored_key_and_kind_of_event() -> None:
    properties = json_schema("ticket")["properties"]
    assert set(properties) == {*STORED, "events"}
    assert properties["events"]["items"]["properties"]["did"]["anyOf"][0]["enum"] == list(KINDS)
