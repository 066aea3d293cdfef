"""How is it told what somebody else did to a ticket meanwhile?"""

from __future__ import annotations

from datetime import datetime

from tkt.actions.meanwhile import MESSAGES, STATUS, Clash
from tkt.i18n import Message, msg
from tkt.model import Event
from tkt.render import words
from tkt.render.text import one_line
from tkt.render.times import ago, local, stamp_near
from tkt.render.values import field_text
from tkt.schema import Configuration


def clash_told(clash: Clash, config: Configuration, now: datetime) -> Message:
    """`Wang Fang set owner to Wang Fang at 10:42`: who did what, as a part of a sentence."""
    person: Message | str = msg("somebody")
    if clash.event is not None:
        person = one_line(words.author_name(config, clash.event.by))
    did = _did(clash, person, config)
    return (
        did if clash.event is None else msg("{did} at {time}", did=did, time=_time(clash.event, now, config))
    )


def _did(clash: Clash, person: Message | str, config: Configuration) -> Message:
    if clash.field == MESSAGES:
        return msg("{person} wrote", person=person)
    if clash.field == STATUS:
        return msg(
            "{person} moved it to {status}", person=person, status=words.status_name(config, clash.value)
        )
    field = words.field_name(config, clash.field)
    if clash.value is None:
        return msg("{person} removed {field}", person=person, field=field)
    value = one_line(field_text(config, clash.field, clash.value))
    return msg("{person} set {field} to {value}", person=person, field=field, value=value)


def _time(event: Event, now: datetime, config: Configuration) -> str:
    """`10:42` for today, else with its date."""
    zone = config.desk.zone
    there, here = local(event.at, zone), local(now, zone)
    return f"{there:%H:%M}" if there.date() == here.date() else stamp_near(event.at, now, zone)


def answered_told(event: Event, config: Configuration, now: datetime) -> Message:
    """`Wang Fang answered the customer 3m ago`."""
    person = one_line(words.author_name(config, event.by))
    return msg("{person} answered the customer {ago}", person=person, ago=_ago(event, now))


def owned_told(event: Event, config: Configuration, now: datetime) -> Message:
    """`Wang Fang took it 3m ago`, or gave it to somebody."""
    person, owner = (one_line(words.author_name(config, who)) for who in (event.by, str(event.get("to"))))
    if event.by == event.get("to"):
        return msg("{person} took it {ago}", person=person, ago=_ago(event, now))
    return msg("{person} gave it to {owner} {ago}", person=person, owner=owner, ago=_ago(event, now))


def _ago(event: Event, now: datetime) -> str:
    return ago(min(event.at, now), now)
