"""How is it told what became of a ticket's events?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from tkt.differences import TicketChange
from tkt.differences.dating import Late
from tkt.differences.events import Altered
from tkt.frozen import dataclass
from tkt.i18n import Message, _, msg, msgn, render
from tkt.model import Event, Ticket, Value
from tkt.render import words
from tkt.render.differences.page import Line, Words
from tkt.render.telling import told
from tkt.render.text import cut, one_line
from tkt.render.timeline import headline, together
from tkt.render.times import span_between, stamp_near
from tkt.render.values import moment_text, value_text
from tkt.schema import Configuration

MOST = 12
"""Lines about new events of one ticket; a history that was imported is longer."""
_QUOTED = 160  # columns of somebody's words
_TEXTS = ("text", "comment", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Tells the events of one ticket."""

    change: TicketChange
    config: Configuration
    now: datetime

    def added(self) -> Iterator[Line]:
        """What happened: who did what, and what is odd about it."""
        groups = list(together(self.change.events.added))
        late = {some[0].event.id: some for some in _alike(self.change.late)}
        odd = self._unguarded()
        for group in groups[:MOST]:
            yield self._happened(group, self.change.ticket)
            yield from (self._late(late[event.id]) for event in group if event.id in late)
            yield from (Line(text, "!", depth=1) for event in group for text in odd.get(event.id, ()))
        if len(groups) > MOST:
            yield Line(
                render(msgn("… and {count} more event", "… and {count} more events", len(groups) - MOST))
            )

    def broken(self) -> Iterator[Line]:
        """Events that are gone or were changed afterwards."""
        for event in self.change.events.gone:
            line = msg("an event is gone: {event}", event=self._said(event, self.change.before))
            yield Line(render(line), "!", _first_words(event, "-"))
        for altered in self.change.events.altered:
            line = msg(
                "an event was changed afterwards: {event}",
                event=self._said(altered.before, self.change.before),
            )
            yield Line(render(line), "!", tuple(self._differing(altered)))

    def redacted(self) -> Iterator[Line]:
        """Events of which words were taken out; by whom and why, never the words."""
        for event in self.change.events.redacted:
            found = event.get("redacted")
            by, why = (
                (found.get(key) for key in ("by", "why")) if isinstance(found, Mapping) else (None, None)
            )
            who = words.author_name(self.config, str(by)) if by else _("somebody")
            what = told(event, self.change.ticket, self.config)
            known = {"who": who, "event": msg("{when}, {told}", when=self.when(event.at), told=what)}
            line = msg("an event was redacted by {who} ({event})", **known)
            if why:
                line = msg("an event was redacted by {who}: {why} ({event})", why=why, **known)
            yield Line(_plain(line), "~")

    def when(self, at: datetime) -> str:
        """An instant, its year only where it is another one."""
        return stamp_near(at, self.now, self.config.desk.zone)

    def _happened(self, group: Sequence[Event], ticket: Ticket) -> Line:
        internal = _("[internal]") + " " if group[0].did == "note" else ""
        text = f"{self.when(group[0].at)} {internal}{headline(group, ticket, self.config)}"
        return Line(text, "+", _first_words(group[0]))

    def _late(self, some: Sequence[Late]) -> Line:
        late = some[0]
        span = span_between(late.event.at, late.recorded_at)
        at = self.when(late.recorded_at)
        if late.is_said:
            line = msg("dated back: recorded {span} later, {at}", span=span, at=at)
        else:
            line = msg("dated back, and does not say so: committed {span} later, {at}", span=span, at=at)
        others = len({it.event.at for it in some}) - 1
        if others:
            line = msgn("{told}; so is {count} more", "{told}; so are {count} more", others, told=line)
        return Line(render(line), "!", depth=1)

    def _unguarded(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for finding in self.change.unguarded:
            found.setdefault(finding.event or "", []).append(_plain(finding.message))
        return found

    def _said(self, event: Event, ticket: Ticket | None) -> str:
        return f"{self.when(event.at)} {headline([event], ticket or self.change.ticket, self.config)}"

    def _differing(self, altered: Altered) -> Iterator[Words]:
        """As it was and as it is, key by key; of texts the lines that differ."""
        for key, old, new in altered.differing():
            if isinstance(old, str) and isinstance(new, str) and "\n" in old + new:
                yield from _other_lines(old, new)
                continue
            label = "" if key == "text" else f"{key}: "
            for sign, value in (("-", old), ("+", new)):
                if value is not None:
                    yield Words(quoted(label + self._value(value)), "-" if sign == "-" else "+")

    def _value(self, value: Value) -> str:
        zone = self.config.desk.zone
        return moment_text(value, zone) if isinstance(value, datetime) else value_text(value, zone)


def _alike(lates: Iterable[Late]) -> Iterable[Sequence[Late]]:
    """Those together that were recorded at once."""
    found: dict[tuple[datetime, bool], list[Late]] = {}
    for late in lates:
        found.setdefault((late.recorded_at, late.is_said), []).append(late)
    return found.values()


def quoted(text: str) -> str:
    """Somebody's words on one line, not too long."""
    return cut(one_line(text), _QUOTED)


def _plain(line: Message) -> str:
    return one_line(render(line))


def _first_words(event: Event, sign: str = "") -> tuple[Words, ...]:
    """The first line of what was written."""
    text = next((event.get(key) for key in _TEXTS if isinstance(event.get(key), str)), None)
    if text is None or event.did not in ("message", "note", "rated"):
        return ()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return ()
    more = " …" if len(lines) > 1 else ""
    return (Words(quoted(lines[0]) + more, "-" if sign == "-" else ""),)


def _other_lines(old: str, new: str) -> Iterator[Words]:
    """The lines that are in one text only."""
    was, is_ = old.splitlines(), new.splitlines()
    gone, come = [line for line in was if line not in is_], [line for line in is_ if line not in was]
    for line in gone[:3]:
        yield Words(quoted(line), "-")
    for line in come[:3]:
        yield Words(quoted(line), "+")
