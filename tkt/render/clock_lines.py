"""How do a ticket's clocks stand, on its page? What runs or was missed, and the two that everybody asks for.

A busy ticket has met dozens of others: they are counted in one line; `tkt sla explain` has them all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tkt.clocks.cycle import family_of
from tkt.i18n import Message, msg, render
from tkt.model import Ticket
from tkt.render import words
from tkt.render.clock_titles import clock_title, excuse_told
from tkt.render.remaining import remaining_text
from tkt.render.screen import Screen
from tkt.render.text import cut, table, wrap
from tkt.render.times import due_words, when
from tkt.schema import Configuration

if TYPE_CHECKING:
    from tkt.sla import Verdict

LONGEST = 32
"""Columns that the words of a promise or a task may take."""
_ALWAYS_SHOWN = ("first_response", "resolution")


def clock_lines(
    verdicts: Sequence[Verdict],
    config: Configuration,
    now: datetime,
    screen: Screen,
    ticket: Ticket | None = None,
) -> list[str]:
    """A line a clock, indented; none where nothing was promised. With the `ticket` also what was promised."""
    judged = [it for it in verdicts if it.state != "n/a"]
    shown = [it for it in judged if not _is_folded(it)]
    room = min(LONGEST, screen.columns // 3)
    rows = [_row(it, config, now, _title(it, config, ticket, room)) for it in shown]
    lines = table(rows, columns=max(screen.columns - 2, 20), flexible=3).splitlines()
    styles = [words.STATE_STYLES.get(it.state, "") for it in shown]
    told = []
    for it, line, style in zip(shown, lines, styles, strict=True):
        told.append(f"  {screen.styled(line, style)}")
        excuse = excuse_told(it, ticket, config) if ticket is not None else ""
        told += [f"    {part}" for part in wrap(excuse, max(screen.columns - 4, 20))] if excuse else []
    return told + [
        f"  {screen.styled(part, 'dim')}"
        for line in _folded([it for it in judged if _is_folded(it)], config)
        for part in wrap(render(line), max(screen.columns - 2, 20))
    ]


def _is_folded(verdict: Verdict) -> bool:
    return verdict.state in ("met", "cancelled") and verdict.clock not in _ALWAYS_SHOWN


def _folded(verdicts: Sequence[Verdict], config: Configuration) -> Iterator[Message]:
    """`and 5 met: update (3), stage New, next response`."""
    met = [it for it in verdicts if it.state == "met"]
    cancelled = [it for it in verdicts if it.state == "cancelled"]
    if met:
        yield msg("and {count} met: {clocks}", count=len(met), clocks=_counted(met, config))
    if cancelled:
        yield msg("and {count} cancelled: {clocks}", count=len(cancelled), clocks=_counted(cancelled, config))


def _counted(verdicts: Sequence[Verdict], config: Configuration) -> tuple[str, ...]:
    counts = Counter(words.clock_name(it.clock, config) for it in verdicts)
    return tuple(name if count == 1 else f"{name} ({count})" for name, count in counts.items())


def _title(verdict: Verdict, config: Configuration, ticket: Ticket | None, room: int) -> str:
    """Its name; with the ticket also what was promised, as far as there is room."""
    if ticket is None or family_of(verdict.clock) not in ("promise", "task"):
        return words.clock_name(verdict.clock, config)
    return cut(clock_title(verdict.clock, verdict.cycle, ticket, config), room)


def _row(verdict: Verdict, config: Configuration, now: datetime, title: str) -> list[str]:
    return [
        title,
        words.state_name(verdict.state),
        _due(verdict, now, config.desk.zone),
        _end(verdict, now, config.desk.zone),
    ]


def _due(verdict: Verdict, now: datetime, zone: str) -> str:
    """`by 15:30 today` while it runs; of what has ended when it was due; since when it is late (L6)."""
    if verdict.late_since is not None:
        return render(msg("late since {at}", at=when(verdict.late_since, now, zone)))
    if verdict.due_at is None:
        return ""
    if verdict.is_running:
        return due_words(verdict.due_at, now, zone)
    return render(msg("due {when}", when=when(verdict.due_at, now, zone)))


def _end(verdict: Verdict, now: datetime, zone: str) -> str:
    """`done today 15:20`; while it runs what is left."""
    if verdict.fulfilled_at is not None:
        return render(msg("done {when}", when=when(verdict.fulfilled_at, now, zone)))
    return "" if verdict.late_since is not None else remaining_text(verdict)
