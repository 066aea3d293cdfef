"""A small desk whose weekly review has something in every section, its files written by hand.

Now is Monday 2026-11-16 10:00 in Shanghai, the last full week 9 to 15 November. Times are said as `11-10 09:30`
of that zone.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from helpers import START, DeskAtWork, configure_git

from tkt.cli import main

HOSTILE = "<script>alert(1)</script>\x1b[31m =cmd|' /C calc'!A0 " + "x" * 300
PEOPLE = """\
teams:
  support: {en: Customer support, zh: 一线客服, lead: wang.fang}
  tech: {en: Technical team, zh: 技术部}
people:
  li.wei: {name: Li Wei, email: li.wei@desk.example, teams: [support, tech]}
  wang.fang: {name: 王芳, email: wang.fang@desk.example, teams: [support], away: ["2026-11-18", "2026-11-19", "2026-12-24"]}
  old.hand: {name: Old Hand, kind: former}
assign: {cap: 3}
"""
ARTICLE = """\
---
title: How to correct the title of an invoice
kind: practice
visibility: public
state: verified
owner: wang.fang
verified: {at: 2026-11-12, by: wang.fang}
applies_to: [invoicing, inquiry/billing]
language: en
---
Open the invoice and press *Correct*.
"""
SEARCH = {"id": "s1", "query": "发票 <b>", "count": 4, "on": "2026-11-11"}


_BUILT: dict[str, Path] = {}


def shared(made: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]) -> DeskAtWork:
    """The filled desk that tests share who only read it; the first of them makes it."""
    configure_git(Path(os.environ["HOME"]))
    os.environ["TKT_NOW"] = START
    if "desk" not in _BUILT:
        root = made.mktemp("review") / "desk"
        assert main(["init", str(root)]) == 0
        fill(DeskAtWork(root, capsys))
        _BUILT["desk"] = root
    return DeskAtWork(_BUILT["desk"], capsys)


def instant(said: str) -> str:
    """`11-10 09:30` as the files have it."""
    there = datetime.strptime(f"2026-{said}", "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    return f"{there.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def happened(at: str, did: str, by: str = "li.wei", **keys: Any) -> dict[str, Any]:
    """An event."""
    return {"at": instant(at), "by": by, "did": did, **keys}


def said(at: str, text: str, by: str = "li.wei") -> dict[str, Any]:
    """A message; by the customer for anybody but a person of the desk."""
    role = "customer" if "@" in by else "agent"
    to = {"to": "customer", "sent_by": "phone"} if role == "agent" else {}
    return happened(at, "message", by, role=role, text=text, **to)


def became(at: str, before: str, to: str, by: str = "li.wei", **keys: Any) -> dict[str, Any]:
    """A move."""
    return happened(at, "moved", by, **{"from": before}, to=to, **keys)


def owned(at: str, who: str) -> dict[str, Any]:
    """Somebody takes it."""
    return happened(at, "set", field="owner", to=who)


def put(desk: DeskAtWork, status: str, ticket: str, received: str, *events: Any, **keys: Any) -> None:
    """A ticket's file."""
    values = {"id": ticket, "title": "A title", "channel": "email", "received_at": instant(received), **keys}
    if "contact" not in values:
        values["contact"] = {"name": "Sara", "email": "sara@shop.example"}
    opened = happened(
        received, "opened", "sara@shop.example", role="customer", status="new", raised_by="customer"
    )
    whole = [opened, said(received, "Please help.", "sara@shop.example"), *events]
    lines = [f"{key}: {_flow(value)}" for key, value in values.items()]
    lines += ["events:", *(line for number, it in enumerate(whole) for line in _event(number, it))]
    folder = f"{status}/2026-11" if status == "closed" else status
    desk.write(f"tickets/{folder}/{ticket}.yaml", "\n".join(lines) + "\n")


def _flow(value: Any) -> str:
    if isinstance(value, str) and value[:4] == "2026" and value.endswith("Z"):
        return value
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    return json.dumps(value)


def _event(number: int, it: dict[str, Any]) -> list[str]:
    first, *more = ({"id": f"aaaa{number:02}"} | it).items()
    return [f"- {first[0]}: {first[1]}", *(f"  {key}: {_flow(value)}" for key, value in more)]


def lesson(desk: DeskAtWork, path: str, opened_at: str, *events: Any, **keys: Any) -> None:
    """A file of reviews/ or improvements/."""
    lines = [f"{key}: {value if key == 'due' else json.dumps(value)}" for key, value in keys.items()]
    whole = [happened(opened_at, "opened"), *events]
    lines += ["events:", *(line for number, it in enumerate(whole) for line in _event(number, it))]
    desk.write(path, "\n".join(lines) + "\n")


def fill(desk: DeskAtWork) -> None:
    """Everything that a week can hold."""
    desk.write("config/people.yaml", PEOPLE)
    _tickets(desk)
    lesson(
        desk,
        "improvements/smaller-exports.yaml",
        "11-05 09:00",
        title="Exports in parts",
        owner="wang.fang",
        due="2026-11-13",
        state="open",
        **{"from": ["slow-export"]},
    )
    done = happened("11-12 10:00", "set", field="state", **{"from": "open"}, to="done")
    lesson(
        desk,
        "improvements/invoice-form.yaml",
        "11-05 09:00",
        done,
        title="The form asks for the title",
        owner="li.wei",
        due="2026-11-20",
        state="done",
        category="billing",
    )
    lesson(
        desk,
        "reviews/slow-export.yaml",
        "11-05 09:00",
        title="Why exports are slow",
        owner="li.wei",
        due="2026-11-18",
        state="open",
        ticket="261109-AAAA1",
    )
    desk.write("knowledge/invoice-title.md", ARTICLE)
    desk.write("knowledge/feedback/searches-2026-11-11-00000000.jsonl", json.dumps(SEARCH) + "\n")
    desk.git("add", "-A")
    desk.git("commit", "-q", "-m", "all of it")


def _tickets(desk: DeskAtWork) -> None:
    billing = {
        "type": "inquiry",
        "category": "billing",
        "product": "invoicing",
        "priority": "P3",
        "team": "support",
    }
    fault = {"type": "product", "category": "fault", "product": "app", "priority": "P2", "team": "tech"}
    acknowledged = {
        "clock": "first_response",
        "cycle": "aaaa00",
        "cause": "overload",
        "reason": "two people ill",
    }
    put(
        desk, "in-progress", "261109-AAAA1", "11-09 09:00",
        owned("11-09 09:10", "li.wei"),
        became("11-09 09:10", "new", "assigned"),
        became("11-09 16:00", "assigned", "in-progress", next_action={"who": "owner", "what": "measure the query", "by": instant("11-16 18:00")}),
        happened("11-09 16:05", "task", task="T1", title="Find the slow query", owner="wang.fang", due=instant("11-12 18:00")),
        happened("11-09 16:20", "note", "wang.fang", text="I know this one."),
        said("11-09 17:00", "We look into it."),
        happened("11-09 17:05", "acknowledged", **acknowledged),
        title="Export takes for ever", owner="li.wei", tier="vip",
        next_action={"who": "owner", "what": "measure the query", "by": instant("11-16 18:00")}, **fault,
    )  # fmt: skip
    put(desk, "new", "261110-BBBB2", "11-10 09:00", title=HOSTILE, **fault)
    put(
        desk, "resolved", "261110-CCCC3", "11-10 09:00",
        owned("11-10 09:05", "wang.fang"),
        became("11-10 09:05", "new", "assigned", "wang.fang"),
        became("11-10 09:06", "assigned", "in-progress", "wang.fang"),
        said("11-10 09:30", "Tomorrow at noon you have it.", "wang.fang"),
        happened("11-10 09:31", "promised", "wang.fang", promise="PR1", until=instant("11-11 12:00"), text="a corrected invoice"),
        said("11-12 10:00", "Here it is.", "wang.fang"),
        happened("11-12 10:00", "kept", "wang.fang", promise="PR1"),
        became("11-12 10:01", "in-progress", "resolved", "wang.fang", resolution={"code": "fixed", "cause": "product", "text": "corrected"}),
        said("11-12 10:02", "Solved.", "wang.fang"),
        happened("11-12 18:00", "rated", "sara@shop.example", role="customer", survey="S1", kind="csat", score=1, scale="1-5", comment="Slow,\nand only after | asking twice"),
        title="发票抬头写错了", owner="wang.fang",
        resolution={"code": "fixed", "cause": "product", "text": "corrected"}, **billing,
    )  # fmt: skip
    put(
        desk, "resolved", "261113-DDDD4", "11-13 09:00",
        owned("11-13 09:05", "li.wei"),
        became("11-13 09:05", "new", "assigned"),
        became("11-13 09:06", "assigned", "in-progress"),
        said("11-13 09:20", "A moment."),
        became("11-13 10:00", "in-progress", "resolved", resolution={"code": "fixed", "text": "again"}),
        title="发票抬头又写错了", owner="li.wei", resolution={"code": "fixed", "text": "again"}, **billing,
    )  # fmt: skip
    put(
        desk, "waiting", "261005-EEEE5", "10-05 09:00",
        owned("10-05 09:05", "wang.fang"),
        became("10-05 09:05", "new", "assigned", "wang.fang"),
        became("10-05 09:06", "assigned", "in-progress", "wang.fang"),
        said("10-05 09:20", "Which version?", "wang.fang"),
        became("10-05 09:21", "in-progress", "waiting", "wang.fang", waiting={"on": "customer", "for": "the version", "until": instant("11-20 09:00")}),
        title="Crashes at times", owner="wang.fang", contact={"name": "Bo", "email": "bo@bank.example"},
        waiting={"on": "customer", "for": "the version", "until": instant("11-20 09:00")}, **fault,
    )  # fmt: skip
    put(
        desk, "closed", "261111-FFFF6", "11-11 09:00",
        happened("11-11 09:05", "disposed", **{"as": "spam"}),
        became("11-11 09:05", "new", "closed", resolution={"code": "spam"}),
        title="Cheap watches", resolution={"code": "spam"}, **billing,
    )  # fmt: skip
