"""How is it told what became of one ticket?"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.differences import Difference, TicketChange, Turn
from tkt.durations import duration_text
from tkt.frozen import dataclass
from tkt.i18n import Message, _, current_language, msg, msgn, render
from tkt.model import Event
from tkt.render import words
from tkt.render.differences.events import Teller
from tkt.render.differences.page import Entry, Line, Mark
from tkt.render.text import one_line
from tkt.render.values import enumerated, field_text
from tkt.sla import Verdict


@dataclass(frozen=True, slots=True)
class TicketTeller:
    """Tells tickets of one difference."""

    difference: Difference

    def entry(self, change: TicketChange) -> Entry:
        """One ticket: what it is, what is odd, what happened, what its clocks say."""
        events = Teller(change=change, config=self.difference.config, now=self.difference.now)
        lines = (
            *self._presence(change),
            *self._by_hand(change),
            *events.broken(),
            *events.redacted(),
            *events.added(),
            *self._files(change),
            *(self._turn(change, turn, events) for turn in change.turns),
        )
        return Entry(
            key=change.id,
            title=one_line(change.ticket.title) or _("(no title)"),
            facts=self._facts(change),
            lines=lines,
        )

    def _facts(self, change: TicketChange) -> str:
        """`In progress → Closed · P3 · Technical team · Chen Jing`."""
        config, ticket = self.difference.config, change.ticket
        status = words.status_name(config, ticket.status)
        if change.moved is not None:
            start, end = (words.status_name(config, name) for name in change.moved)
            status = render(msg("{start} → {end}", start=start, end=end))
        parts = [
            _("created") if change.is_created else _("gone") if change.is_gone else "",
            status,
            words.priority_name(config, ticket.priority) if ticket.priority else "",
            words.team_name(config, ticket.team) if ticket.team else "",
            words.person_name(config, ticket.owner) if ticket.owner else "",
        ]
        return one_line(" · ".join(part for part in parts if part))

    def _presence(self, change: TicketChange) -> Iterator[Line]:
        if change.is_gone:
            yield Line(_("the ticket is gone; a ticket is closed, never deleted"), "!")
        if change.is_moved_by_hand:
            yield Line(_("its file was moved by hand: no event says so"), "!")

    def _by_hand(self, change: TicketChange) -> Iterator[Line]:
        """Keys that differ without an event."""
        for it in change.by_hand:
            label = words.field_name(self.difference.config, it.key)
            old, new = (self._value(it.key, value) for value in (it.before, it.after))
            told = msg("{field}: {old} → {new}, by hand: no event says so", field=label, old=old, new=new)
            yield Line(one_line(render(told)), "!")

    def _value(self, key: str, value: object) -> str:
        return "–" if value is None else field_text(self.difference.config, key, value)

    def _files(self, change: TicketChange) -> Iterator[Line]:
        count = len(self.difference.attachments.get(change.id, ()))
        if count:
            yield Line(
                render(msgn("{count} file in attachments/", "{count} files in attachments/", count)), "+"
            )

    def _turn(self, change: TicketChange, turn: Turn, events: Teller) -> Line:
        """`SLA first response: breached → met (due 10:00; Chen Jing: answered the customer, 09:50)`."""
        told = msg(
            "SLA {clock}: {before} → {after}",
            clock=words.clock_name(turn.clock, self.difference.config),
            before=_state(turn.before),
            after=_state(turn.after),
        )
        more = enumerated(self._reasons(change, turn, events))
        line = msg("{told} ({more})", told=told, more=more) if more else told
        return Line(one_line(render(line)), _mark(change, turn))

    def _reasons(self, change: TicketChange, turn: Turn, events: Teller) -> Iterator[str]:
        verdict = turn.after or turn.before
        if turn.has_another_target and turn.before and turn.after:
            old, new = (_target(it) for it in (turn.before, turn.after))
            yield render(msg("target {old} → {new}", old=old, new=new))
        if verdict is not None and verdict.due_at is not None:
            yield render(msg("due {when}", when=events.when(verdict.due_at)))
        if turn.cause is not None:
            yield render(self._cause(turn, turn.cause, events))
        if change.is_late(turn.cause):
            yield _("dated back")

    def _cause(self, turn: Turn, cause: Event, events: Teller) -> Message:
        """What made it so: the answer, another priority, the question that began it."""
        told = {"when": events.when(cause.at), "who": words.author_name(self.difference.config, cause.by)}
        if turn.after is not None and turn.after.reason == "reclassified":
            return msg("another target since {when}, by {who}", **told)
        if cause.id == turn.cycle:
            return msg("running since {when}", **told)
        return msg("ended {when}, by {who}", **told)


def _mark(change: TicketChange, turn: Turn) -> Mark:
    """A breach that goes is good, unless somebody dated an event back."""
    if turn.is_gained or change.is_doubtful(turn):
        return "!"
    return "*" if turn.is_lost else ""


def _state(verdict: Verdict | None) -> str:
    return words.state_name(verdict.state) if verdict else _("not running")


def _target(verdict: Verdict) -> str:
    return _("none") if verdict.target_s is None else duration_text(verdict.target_s, current_language())
