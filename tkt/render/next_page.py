"""How is somebody told which ticket to take up next, and why?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from tkt.columns.upnext import Pick, Why
from tkt.frozen import dataclass
from tkt.guards.talk import last_customer_message, unanswered_message
from tkt.i18n import Message, _, msg, render
from tkt.model import Ticket
from tkt.render import words
from tkt.render.screen import Screen
from tkt.render.text import clean, one_line, pad, width, wrap
from tkt.render.times import ago, due_words, left, when
from tkt.render.values import next_action_text
from tkt.schema import Configuration
from tkt.workflow import action_ahead

SHOWN_LINES = 6
"""Of the customer's words; `tkt show` has all."""
TEXT_COLUMNS = 100


@dataclass(frozen=True, kw_only=True)
class NextPage:
    """A ticket to be taken up, with the commands that make sense on it."""

    pick: Pick
    ticket: Ticket
    commands: Sequence[str]
    missing: Sequence[str]
    now: datetime
    config: Configuration  # as the reader is told of it

    @property
    def reason(self) -> Message:
        """Why it is next, in a sentence."""
        return _TOLD[self.pick.why](self)

    def lines(self, screen: Screen) -> Iterator[str]:
        """The page for this screen."""
        room = min(screen.columns, TEXT_COLUMNS)
        yield from self._head(screen, room)
        yield from (screen.styled(line, "bold") for line in wrap(clean(render(self.reason)), room))
        yield ""
        yield from self._words(room)
        yield from self._facts(screen, room)
        yield from (f"  {command}" for command in self.commands)

    def _head(self, screen: Screen, room: int) -> Iterator[str]:
        ticket, config = self.ticket, self.config
        first, *more = wrap(f"{ticket.id}  {one_line(ticket.title) or _('(no title)')}", room)
        yield screen.styled(ticket.id, "bold") + first.removeprefix(ticket.id)
        yield from more
        parts = [
            words.status_name(config, ticket.status),
            words.priority_name(config, ticket.priority),
            words.person_name(config, ticket.owner) if ticket.owner else _("no owner"),
            str(ticket.get("customer") or ""),
            str((ticket.get("contact") or {}).get("name") or ""),
        ]
        yield from wrap(one_line(" · ".join(part for part in parts if part)), room)

    def _words(self, room: int) -> Iterator[str]:
        """What the customer said last, or first of what nobody has answered."""
        message = unanswered_message(self.ticket) or last_customer_message(self.ticket)
        if message is None:
            return
        text = clean(str(message.get("text") or "")).strip()
        lines = [line for line in wrap(text, room - 2) if line.strip()]
        yield from (f"| {line}" for line in lines[:SHOWN_LINES])
        if len(lines) > SHOWN_LINES:
            yield "| …"
        if lines:
            yield ""

    def _facts(self, screen: Screen, room: int) -> Iterator[str]:
        config = self.config
        names = (words.field_name(config, name) for name in self.missing)
        facts = [
            (
                _("next action"),
                next_action_text(action_ahead(self.ticket, config), config, self.ticket.owner),
            ),
            (_("missing"), _(", ").join(names)),
        ]
        told = [(label, one_line(value)) for label, value in facts if value]
        labels = max((width(label) for label, _value in told), default=0)
        for label, value in told:
            first, *more = wrap(value, max(room - labels - 2, 20))
            yield f"{screen.styled(pad(label, labels), 'dim')}  {first}"
            yield from (" " * (labels + 2) + line for line in more)
        if told:
            yield ""

    def at(self) -> str:
        """The instant that makes it so."""
        there = self.pick.at
        return when(there, self.now, self.config.desk.zone) if there else "–"

    def due(self) -> str:
        """The same where it is due then: `by 15:30 today`."""
        there = self.pick.at
        return due_words(there, self.now, self.config.desk.zone) if there else "–"

    def left(self) -> str:
        """What is left of open time."""
        seconds = self.pick.row.lookup("remaining")
        is_past = self.pick.at is not None and self.pick.at < self.now
        return left(seconds, is_past) if isinstance(seconds, int) else "–"


def _reply(page: NextPage) -> Message:
    message = unanswered_message(page.ticket)
    wrote = ago(message.at, page.now) if message else "–"
    if page.pick.at is None:
        return msg("the customer wrote {ago} and nobody has answered", ago=wrote)
    return msg("the customer wrote {ago}: due {due}, {left}", ago=wrote, due=page.due(), left=page.left())


def _due(page: NextPage) -> Message:
    return msg("due {due}, {left}", due=page.due(), left=page.left())


def _planned(page: NextPage) -> Message:
    return msg("its next action was to be done by {when}", when=page.at())


def _chase(page: NextPage) -> Message:
    party = words.party_name(str(page.pick.row.lookup("waiting_on") or "–"))
    return msg("it was to wait for {party} until {when}, and nothing has come", party=party, when=page.at())


def _free(page: NextPage) -> Message:
    since = ago(page.ticket.received_at, page.now)
    if page.pick.at is None:
        return msg("nobody has it; received {ago}", ago=since)
    return msg(
        "nobody has it; received {ago}, due {due}, {left}", ago=since, due=page.due(), left=page.left()
    )


def _calm(page: NextPage) -> Message:
    if page.pick.at is None:
        return msg("nothing of yours presses")
    return msg("nothing of yours presses; this one is due {due}, {left}", due=page.due(), left=page.left())


_TOLD = {
    Why.REPLY: _reply,
    Why.LATE: _due,
    Why.SOON: _due,
    Why.PLANNED: _planned,
    Why.CHASE: _chase,
    Why.FREE: _free,
    Why.CALM: _calm,
}
