"""How long does the customer wait for each further answer? (docs/sla.md, next_response; L2, L8, S6)"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

import msgspec

from tkt.clocks import first_response
from tkt.clocks.cycle import Cycle, Ending, answered, resolved
from tkt.clocks.history import History
from tkt.model import Event

NAME = "next_response"
_STOP, _DISMISS, _START = range(3)  # S6: at one instant, stop before start


class _Moment(msgspec.Struct, frozen=True, gc=False):
    """Something that starts or ends a cycle."""

    at: datetime
    rank: int
    event: Event
    kind: Literal["answer", "finish", "dismiss", "ask"]

    @property
    def order(self) -> tuple[datetime, int, str]:
        return (self.at, self.rank, self.event.id)


def cycles(history: History) -> tuple[Cycle, ...]:
    """One cycle for each time that a customer's message stood unanswered after the first response.

    It starts with the oldest unanswered message, and a second one does not restart it. To close what
    is resolved already ends nothing.
    """
    if history.lacks_messages and not history.asks:
        start = history.started_at
        return (Cycle(clock=NAME, event=history.opened.id, start_at=start, not_applicable="not-recorded"),)
    if not history.asks or history.asks[-1].at <= history.opened.at:
        return ()
    asks = tuple(_asks(history))
    if not asks:
        return ()
    line = _Line()
    for moment in sorted(_moments(history, asks), key=lambda each: each.order):
        line.take(moment)
    return tuple(line.finished())


def _moments(history: History, asks: Sequence[Event]) -> Iterator[_Moment]:
    for event in asks:
        yield _Moment(event.at, _START, event, "ask")
    for at, event in history.answers:
        yield _Moment(at, _STOP, event, "answer")
    for finish in history.resolves:
        yield _Moment(finish.start, _STOP, finish.event, "finish")
    for event in history.of_kind("no-reply-needed"):
        yield _Moment(event.at, _DISMISS, event, "dismiss")


def _asks(history: History) -> Iterator[Event]:
    """The messages that want a further answer: after the opening words, and after the first response."""
    since = history.opened.at
    if first_response.not_applicable(history) is None:
        ending = first_response.ending(history)
        if ending is None:
            return
        since = max(since, ending.at)
    dismissed = {(e.get("message"), e.at) for e in history.of_kind("no-reply-needed")}
    for event in history.asks:
        if event.at > history.opened.at and event.at >= since and (event.id, event.at) not in dismissed:
            yield event


@dataclass
class _Line:
    """The unanswered messages at an instant, the one that started their cycle, and the cycles so far."""

    unanswered: list[Event] = field(default_factory=list)
    first: Event | None = None
    done: list[Cycle] = field(default_factory=list)

    def take(self, moment: _Moment) -> None:
        if moment.kind == "ask":
            self.first = self.first or moment.event
            self.unanswered.append(moment.event)
        elif self.unanswered:
            self._end(moment)

    def _end(self, moment: _Moment) -> None:
        if moment.kind == "dismiss":
            self._dismiss(moment.event)
            return
        how = answered if moment.kind == "answer" else resolved
        self._close(how(moment.event, moment.at))

    def _dismiss(self, event: Event) -> None:
        """The message that it names needs no answer, all of them where it names none; the others wait on."""
        named = event.get("message")
        self.unanswered = [ask for ask in self.unanswered if named and ask.id != named]
        if not self.unanswered:
            reason = event.reason or "no-reply-needed"
            self._close(Ending(at=event.at, event=event.id, fulfilled=False, reason=reason))

    def _close(self, ending: Ending | None) -> None:
        if self.first is not None:
            self.done.append(_cycle(self.first, ending))
        self.unanswered, self.first = [], None

    def finished(self) -> list[Cycle]:
        self._close(None)
        return self.done


def _cycle(event: Event, ending: Ending | None) -> Cycle:
    return Cycle(clock=NAME, event=event.id, start_at=event.at, ending=ending)
