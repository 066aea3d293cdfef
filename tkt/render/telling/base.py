"""What do the sentences of all kinds of events share?"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tkt.durations import MINUTE, open_time_text
from tkt.i18n import Message, current_language, msg, render
from tkt.model import Event, Ticket, Value
from tkt.render.values import enumerated, moment_text
from tkt.schema import Configuration

Told = Message | str
Teller = Callable[[Event, Ticket, Configuration], Told]
"""What one event says, without who said it."""


def told_with(told: Told, parts: Iterable[Told | None]) -> Told:
    """`told (part; part)`; what is empty is left out."""
    said = [render(part).removesuffix(".").removesuffix("\u3002") for part in parts if part]
    more = enumerated(said) if said else ""
    return msg("{told} ({more})", told=told, more=more) if more else told


def told_as(told: Told, text: Value) -> Told:
    """`told: text`, where there is a text."""
    return msg("{told}: {text}", told=told, text=str(text)) if text else told


def near(value: Value, event: Event, config: Configuration) -> str:
    """An instant in a sentence about `event`."""
    return moment_text(value, config.desk.zone, event.at)


def spent(event: Event) -> Message | None:
    """How long it took, where that was written down."""
    minutes = event.get("spent")
    return msg("{time} spent", time=minutes_text(minutes)) if minutes else None


def minutes_text(minutes: Value) -> str:
    """`1h 15m`; what is no number of minutes stays as it is written."""
    if not isinstance(minutes, int):
        return str(minutes)
    return open_time_text(minutes * MINUTE, current_language())


def listed(value: Value) -> tuple[str, ...]:
    """One or several words."""
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, (list, tuple)) else (str(value),)
