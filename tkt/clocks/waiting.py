"""When does waiting on the customer stop a clock? (docs/sla.md L3, L4)"""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import datetime

import msgspec

from tkt.clocks.cycle import Stretch
from tkt.clocks.history import History, Stay
from tkt.model import Event


class Wait(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One stay in a waiting status, and what it does to clocks that pause for the customer."""

    event: Event  # the move into it
    start: datetime
    end: datetime | None
    on: str | None  # customer, vendor, colleague
    has_question: bool  # an agent's message stood at or after the customer's last one
    stretches: tuple[Stretch, ...]

    @property
    def lacks_question(self) -> bool:
        """Whether it waits on a customer who was asked nothing, and so counts for nothing."""
        return self.on == "customer" and not self.has_question


def waits(history: History) -> tuple[Wait, ...]:
    """Every stay in a waiting status, in order."""
    return tuple([_wait(history, stay) for stay in history.stays if stay.category == "waiting"])


def stopped(wait: Wait, on: Container[str]) -> tuple[Stretch, ...]:
    """What a wait does to a clock that stands still while it waits on one of `on`.

    On the customer by L3; on others all the time. A wait that names nobody is one on others.
    """
    if wait.on == "customer":
        return wait.stretches if "customer" in on else ()
    if (wait.on or "vendor") not in on:
        return ()
    return (Stretch(kind="paused", start=wait.start, end=wait.end, rule="L4"),)


def _wait(history: History, stay: Stay) -> Wait:
    on = stay.waiting.get("on") if stay.waiting else None
    asked_at = _asked_at(history, stay.start) if on == "customer" else None
    stretches: tuple[Stretch, ...]
    if on != "customer":
        stretches = (Stretch(kind="counted", start=stay.start, end=stay.end, rule="L4"),)
    elif asked_at is None:
        stretches = (Stretch(kind="counted", start=stay.start, end=stay.end, rule="L3"),)
    else:
        stretches = tuple(_paused(history, stay, asked_at))
    return Wait(
        event=stay.event,
        start=stay.start,
        end=stay.end,
        on=on,
        has_question=asked_at is not None,
        stretches=stretches,
    )


def _paused(history: History, stay: Stay, asked_at: datetime) -> Iterator[Stretch]:
    """The pause, and what is left of the stay before the question went out and after the answer."""
    start = max(stay.start, asked_at)
    replied = next((event.at for event in history.asks if event.at >= start), None)
    end = min((at for at in (stay.end, replied) if at is not None), default=None)
    if stay.end is not None and start >= stay.end:
        yield Stretch(kind="counted", start=stay.start, end=stay.end, rule="L3")
        return
    if start > stay.start:
        yield Stretch(kind="counted", start=stay.start, end=start, rule="L3")
    if end is None or end > start:
        yield Stretch(kind="paused", start=start, end=end, rule="L3")
    if end is not None and end != stay.end:
        yield Stretch(kind="counted", start=end, end=stay.end, rule="L3")


def _asked_at(history: History, at: datetime) -> datetime | None:
    """Since when a question stands at `at`; None where none does.

    It must have been written at or before then, and at or after the customer's last message. Where
    the source recorded no messages the wait is believed.
    """
    written = [event for event in history.asks if event.at <= at]
    said = [(counted, event) for counted, event in history.answers if event.at <= at]
    if history.lacks_messages and not written and not said:
        return at
    last = written[-1].at if written else None
    standing = [counted for counted, event in said if last is None or event.at >= last]
    return min(standing, default=None)
