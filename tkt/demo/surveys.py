"""How likely are the demo desk's customers to recommend it? Their answers, in their own files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from types import MappingProxyType
from zoneinfo import ZoneInfo

from tkt.demo.arcs import day_of, last_week
from tkt.demo.scenarios import phrases
from tkt.ids import event_ids
from tkt.kpis.ratings import GRADES, NPS
from tkt.model import Customer, Event, in_order

_WAVES = (-58, -30, 1)
"""When they were asked: days from the Monday of the last full week."""
_ANSWER = 0.62
_GRADES = (0, 0, 0, 1, 1, 2, 3, 6, 8, 10, 7)
"""How likely 0 to 10 are."""


def answered(customer: Customer, now: datetime, zone: ZoneInfo) -> Customer:
    """The customer with what it answered until `now`; the same for the same customer and week."""
    return replace(customer, events=in_order(tuple(_answers(customer, now, zone))))


def _answers(customer: Customer, now: datetime, zone: ZoneInfo) -> Iterator[Event]:
    dice, week = Random(f"nps/{customer.id}"), last_week(now, zone)
    for number, wave in enumerate(_WAVES):
        days = wave + dice.randrange(5) + dice.uniform(0.38, 0.72)
        score = dice.choices(range(GRADES + 1), _GRADES)[0]
        contact = dice.choice(customer.contacts)
        words = dice.choice(phrases(str(customer.language)).recommend[_mood(score)])
        if dice.random() > _ANSWER:
            continue
        data = {"survey": f"nps-{number + 1}", "kind": NPS, "score": score, "scale": GRADES, "comment": words}
        at = day_of(week, days)
        if at > now - timedelta(minutes=1):
            continue
        yield Event(
            id=next(event_ids(source=("demo", NPS, customer.id, str(number)))),
            at=at,
            by=str(contact["email"]),
            did="rated",
            role="customer",
            data=MappingProxyType({key: value for key, value in data.items() if value != ""}),
        )


def _mood(score: int) -> str:
    return "good" if score > 8 else "fair" if score > 6 else "bad"
