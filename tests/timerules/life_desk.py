"""A desk as `tkt init` writes it, for the time rules of a ticket's life; times are of the wall in Shanghai."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import flowdesk
import msgspec

from tkt.actions import Actor
from tkt.model import Event, Ticket
from tkt.schema import Configuration
from tkt.sla import ServiceLevels
from tkt.timerules.carrying_out import Carried, carried_out
from tkt.timerules.case import Canned, Case, no_canned

ZONE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    """`20T10:00`: that day of November 2026, a Friday; or `12-01T10:00`."""
    day = text if "-" in text else f"11-{text}"
    return datetime.fromisoformat(f"2026-{day}").replace(tzinfo=ZONE).astimezone(UTC)


def wall(instant: datetime) -> str:
    """`20T10:00`, of December `12-01T10:00`."""
    there = instant.astimezone(ZONE)
    return f"{there:%dT%H:%M}" if there.month == 11 else f"{there:%m-%dT%H:%M}"


def config_of(*, sender: bool = False, ladders: bool = False, **workflow: Any) -> Configuration:
    """The desk; `sender`: tkt delivers mail. Without `ladders` none speaks in between."""
    config = flowdesk.changed("workflow", **workflow)
    mail = msgspec.structs.replace(config.channels.channels["email"], sender=sender)
    channels = {**config.channels.channels, "email": mail}
    sla = config.sla if ladders else msgspec.structs.replace(config.sla, ladders={}, policies=_plain(config))
    return replace(config, sla=sla, channels=msgspec.structs.replace(config.channels, channels=channels))


def _plain(config: Configuration) -> list[Any]:
    rows = [{name: {**row, "ladder": None} for name, row in it.targets.items()} for it in config.sla.policies]
    pairs = zip(config.sla.policies, rows, strict=True)
    whole = [msgspec.structs.replace(it, ladder=None, targets=row) for it, row in pairs]
    return [
        msgspec.structs.replace(
            it,
            targets={
                name: {key: value for key, value in row.items() if value is not None}
                for name, row in it.targets.items()
            },
        )
        for it in whole
    ]


def who(when: str, by: str = "li.wei", **more: Any) -> Actor:
    """Somebody at that time."""
    return Actor(by=by, now=at(when), ids=flowdesk.numbered, **more)


def words(name: str, language: str, places: Any) -> str:
    """A canned reply in short: what its places are filled with."""
    filled = ", ".join(f"{key}={wall(v) if isinstance(v, datetime) else v}" for key, v in places.items())
    return f"{name} ({language}): {filled}"


def case_of(ticket: Ticket, now: str | datetime, config: Configuration, canned: Canned = words) -> Case:
    """The ticket before the time rules."""
    instant = at(now) if isinstance(now, str) else now
    return Case(ticket=ticket, config=config, levels=levels_of(config), now=instant, canned=canned)


@cache
def levels_of(config: Configuration) -> ServiceLevels:
    """Its service levels, read once."""
    return ServiceLevels.from_configuration(config)


def ticked(ticket: Ticket, now: str, config: Configuration, canned: Canned = words) -> Carried:
    """What becomes of it."""
    return carried_out(case_of(ticket, now, config, canned))


def fired(ticket: Ticket, now: str, config: Configuration) -> list[tuple[str, str, tuple[str, ...]]]:
    """(wall time, rule, to whom) of everything that would be done."""
    return [(wall(it.at), it.rule, it.to) for it in ticked(ticket, now, config).done]


def written(before: Ticket, after: Ticket) -> list[Event]:
    """The events that were added."""
    known = {event.id for event in before.events}
    return [event for event in after.events if event.id not in known]


__all__ = ["at", "case_of", "config_of", "fired", "no_canned", "ticked", "wall", "who", "words", "written"]
