"""A small desk and its tickets, for the tests of queries, fields and columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

import msgspec

from tkt.fields import field_specs, stored_lookup
from tkt.model import Event, Ticket
from tkt.query import Query, parse_query
from tkt.schema import (
    ChannelsFile,
    Configuration,
    DeskFile,
    PeopleFile,
    SlaFile,
    TaxonomyFile,
    WorkflowFile,
)

WORKFLOW = {
    "statuses": {
        "new": {"category": "new", "zh": "新建"},
        "assigned": {"category": "active", "zh": "已分配"},
        "in-progress": {"category": "active", "zh": "处理中", "enter": ["one_owner", "next_action"]},
        "waiting": {"category": "waiting", "zh": "等待中"},
        "resolved": {"category": "resolved", "zh": "已解决"},
        "closed": {"category": "closed", "zh": "已关闭"},
    },
    "moves": {},
    "codes": {"fixed": "已修复", "answered": {"en": "answered", "zh": "已解答"}},
    "uncounted": {"spam": "垃圾信息"},
    "causes": {"product": "产品缺陷"},
}
TAXONOMY = {
    "of_type": {"product": {"zh": "产品问题", "need": ["product"]}, "request": {"zh": "办理申请"}},
    "types": {
        "product": {
            "fault": {"zh": "功能故障", "need": ["model_or_version", "symptom", "evidence"]},
            "data": {"zh": "数据错误"},
        },
        "request": {"it": {"zh": "权限与设备", "audience": "internal"}, "data": {"zh": "数据导出"}},
    },
    "urgency": {"red": {"zh": "紧急（红）"}, "yellow": {}, "green": {}},
    "impact": {"many": {"zh": "多数客户：一个批次"}, "some": {}, "one": {}},
    "complexity": {"simple": {"zh": "简单"}},
    "priority_names": {"P1": ["紧急", "critical"], "P2": ["高"], "P3": ["中"], "P4": ["低"]},
    "priority": {"vip": {"many": ["P1", "P1", "P2"]}, "standard": {"many": ["P1", "P2", "P3"]}},
    "fields": {
        "symptom": {},
        "version": {"type": "word"},
        "evidence": {},
        "model_or_version": {"any_of": ["model", "version"]},
        "made_sla": {"type": "bool", "en": "SLA met"},
        "amount": {"type": "number", "zh": "金额"},
        "bought_at": {"type": "instant"},
        "colour": {"type": "word", "values": ["blue", "green"]},
        "resolved_at": {"type": "instant"},
    },
}
SLA = {
    "calendars": {},
    "policies": [
        {
            "name": "vip",
            "match": "tier:vip",
            "targets": {"P1": {"calendar": "c", "first_response": "15m", "update": "1h"}},
        },
        {"name": "all", "targets": {"P1": {"first_response": "1h"}}},
    ],
}
PEOPLE = {
    "teams": {"support": {"zh": "一线客服"}, "tech": {"zh": "技术部"}},
    "people": {
        "li.wei": {
            "name": "李伟",
            "email": "li.wei@desk.example",
            "aliases": ["lw@home.example"],
            "teams": ["tech"],
        },
        "ann": {"name": "Ann Lee"},
    },
}
CHANNELS = {"channels": {"email": {"zh": "邮件"}, "weibo": {"zh": "微博", "class": "derived"}}}

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)  # noon in Shanghai


def configuration(**parts: Mapping[str, Any]) -> Configuration:
    """The small desk, some of its files replaced."""
    return Configuration(
        desk=msgspec.convert({"format": 1, "name": "desk", "zone": "Asia/Shanghai"}, DeskFile),
        workflow=msgspec.convert(parts.get("workflow", WORKFLOW), WorkflowFile),
        taxonomy=msgspec.convert(parts.get("taxonomy", TAXONOMY), TaxonomyFile),
        sla=msgspec.convert(parts.get("sla", SLA), SlaFile),
        people=msgspec.convert(parts.get("people", PEOPLE), PeopleFile),
        channels=msgspec.convert(parts.get("channels", CHANNELS), ChannelsFile),
    )


DESK = configuration()
FIELDS = field_specs(DESK)


def at(text: str) -> datetime:
    """An instant of 2026-11, day and time: `21T09:15`; or a whole one."""
    return datetime.fromisoformat(text if len(text) > 12 else f"2026-11-{text}:00").replace(tzinfo=UTC)


def parsed(text: str, *, now: datetime | None = NOW, me: str | None = "li.wei") -> Query:
    """A query as Li Wei of the tech team asks it at NOW."""
    return parse_query(text, FIELDS, now=now, zone="Asia/Shanghai", me=me, my_teams=("tech",) if me else ())


def finds(text: str, values: Mapping[str, Any] | None = None, status: str = "assigned") -> bool:
    """Whether a ticket of these stored keys matches."""
    return parsed(text).matches(stored_lookup(values or {}, status, DESK))


def knows(text: str, **fields: object) -> bool:
    """Whether the query holds where the fields have these values and no other field has one."""
    return parsed(text).matches(fields.get)


def ticket(*events: Event, status: str = "new", **values: Any) -> Ticket:
    """A ticket with these events, received when the first one happened."""
    received = events[0].at if events else at("20T01:00")
    return Ticket(
        id="261120-K7Q2M",
        status=status,
        values={"title": "开票报错", "received_at": received, **values},
        events=events,
        path=f"tickets/{status}/261120-K7Q2M.yaml",
    )


_NUMBERS: Iterator[int] = count(10000)


def event(
    did: str, when: str, *, by: str = "li.wei", role: str = "agent", auto: bool = False, **data: Any
) -> Event:
    """An event; `from_` and `as_` stand for the words that Python keeps."""
    own = {key.rstrip("_"): value for key, value in data.items()}
    return Event(id=f"e{next(_NUMBERS)}", at=at(when), by=by, did=did, role=role, auto=auto, data=own)


def opened(when: str = "20T01:00", status: str = "new", **data: Any) -> Event:
    """The customer opens the ticket."""
    return event("opened", when, by="zhang@acme.example", role="customer", status=status, **data)


def asks(when: str, text: str = "无法开票", **data: Any) -> Event:
    """The customer writes."""
    return event("message", when, by="zhang@acme.example", role="customer", text=text, **data)


def answers(when: str, text: str = "已处理", **data: Any) -> Event:
    """Li Wei answers the customer."""
    return event("message", when, text=text, **data)


def moved(when: str, start: str, to: str, **data: Any) -> Event:
    """Li Wei moves the ticket."""
    return event("moved", when, from_=start, to=to, **data)


def owned(when: str, start: str | None, to: str | None) -> Event:
    """The owner changes."""
    return event("set", when, field="owner", from_=start, to=to)
