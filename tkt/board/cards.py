"""What does a card say of a ticket: which, how urgent, whose, how much time is left, what does it need?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Literal

from tkt.columns import Columns
from tkt.durations import HOUR
from tkt.frozen import dataclass
from tkt.i18n import _
from tkt.render import words
from tkt.render.text import one_line
from tkt.render.times import dues, lefts
from tkt.schema import Configuration
from tkt.sla import ServiceLevels, Verdict, is_warned

Tone = Literal["late", "soon", "running", "paused", "still"]
"""`still`: nothing of it runs."""

SIGNS: dict[Tone, str] = {"late": "!!", "soon": "!", "running": "", "paused": "=", "still": ""}
"""What says it beside the colour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One ticket as a card; all texts are clean, and in the reader's language."""

    id: str
    status: str
    title: str
    priority: str  # `P1`, `–` where it has none
    owner: str  # a name; empty where nobody owns it
    is_mine: bool
    tone: Tone
    time: str  # `2h 5m left`, `14h over`; empty where nothing is due
    due: str  # `today 15:30`; empty where nothing is due
    needs: tuple[str, ...]  # what somebody of the desk must do now, the most urgent first
    waits: str  # on whom it waits; empty for nobody

    @property
    def is_late(self) -> bool:
        """Whether one of its clocks is breached, as `sla:breached` finds it."""
        return self.tone == "late"

    @property
    def first_need(self) -> str:
        """What it needs first, and how much else, or on whom it waits: `an answer +2`."""
        if not self.needs:
            return self.waits
        more = len(self.needs) - 1
        return f"{self.needs[0]} +{more}" if more else self.needs[0]

    @property
    def told_needs(self) -> str:
        """All that it needs, or on whom it waits."""
        return _(", ").join(self.needs) or self.waits

    @property
    def told_time(self) -> str:
        """The time with its sign: `!! 14h over`."""
        return f"{SIGNS[self.tone]} {self.time}".strip()


class Dealer:
    """Makes cards of rows; names are looked up once."""

    def __init__(self, config: Configuration, levels: ServiceLevels, now: datetime, me: str | None) -> None:
        self._levels = levels
        self._now = now
        self._me = me
        self._left = lefts(short=True)
        self._due = dues(now, config.desk.zone, short=True)
        self._person: Callable[[str | None], str] = cache(lambda name: words.person_name(config, name))
        self._need: Callable[[str], str] = cache(words.need_name)
        self._wait: Callable[[str], str] = cache(words.wait_name)
        self._no_title = _("(no title)")

    def card(self, row: Columns) -> Card:
        """The card of a row. Errors: those of reading its ticket, where the index knows nothing of it."""
        line = row.line
        tone = self._tone(row)
        due, remaining = row.due_and_remaining
        return Card(
            id=row.id,
            status=row.status,
            title=one_line(line.title or "") or self._no_title,
            priority=one_line(line.priority or "") or "–",
            owner=one_line(self._person(line.owner)) if line.owner else "",
            is_mine=line.owner is not None and line.owner == self._me,
            tone=tone,
            time=self._time(due, remaining, tone),
            due="" if due is None else self._due(due),
            needs=tuple(one_line(self._need(each)) for each in line.needs),
            waits=one_line(self._wait(line.waits_on)) if line.waits_on is not None else "",
        )

    def _tone(self, row: Columns) -> Tone:
        if row.lookup("sla") == "breached":
            return "late"
        verdict = _next(row)
        if verdict is None:
            return "still"
        if verdict.state == "paused":
            return "paused"
        return "soon" if is_warned(verdict, self._levels) else "running"

    def _time(self, due: datetime | None, remaining: int | None, tone: Tone) -> str:
        if due is not None and remaining is not None:
            return self._left(_in_short(remaining), due < self._now)
        return words.state_name("breached") if tone == "late" else ""


def _in_short(seconds: int) -> int:
    """Whole hours, from one on: a card has little room."""
    span = abs(seconds)
    whole = span - span % HOUR if span >= HOUR else span
    return whole if seconds >= 0 else -whole


def _next(row: Columns) -> Verdict | None:
    """The clock that is due next."""
    running = [(it.due_at, it) for it in row.verdicts if it.is_running and it.due_at is not None]
    return min(running, key=lambda each: each[0])[1] if running else None
