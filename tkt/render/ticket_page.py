"""What does a person need to see of one ticket, and in which order?

What it is, what is missing, what is due, what happened. Lines come out; nothing is printed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tkt.actions.escalated import last_asked, standing_escalations
from tkt.actions.thanks import suggests_noreply
from tkt.attachments import Attachment, attachments_of
from tkt.durations import MINUTE, open_time_text
from tkt.effort import effort_of
from tkt.frozen import dataclass
from tkt.i18n import _, current_language, msg, render
from tkt.model import Event, Ticket, status_of
from tkt.render import words
from tkt.render.clock_lines import clock_lines
from tkt.render.screen import Screen
from tkt.render.text import clean, one_line, pad, rewrapped, width, wrap
from tkt.render.timeline import headline, together
from tkt.render.times import ago, stamp
from tkt.render.values import (
    LEVELS,
    asks_text,
    contact_text,
    field_text,
    next_action_text,
    resolution_text,
    size_text,
    waiting_text,
    with_more,
    with_text,
)
from tkt.schema import Configuration
from tkt.workflow import action_ahead

if TYPE_CHECKING:
    from tkt.sla import Verdict

SHOWN_ABOVE = frozenset(
    [
        "title",
        "type",
        "category",
        "priority",
        "owner",
        "team",
        "status",
        "customer",
        "tier",
        "contact",
        "channel",
        "received_at",
        "tags",
        "asks",
        "next_action",
        "waiting",
        "resolution",
    ]
)
TEXT_COLUMNS = 100


@dataclass(frozen=True, kw_only=True)
class TicketPage:
    """One ticket, ready to be laid out."""

    ticket: Ticket
    config: Configuration
    verdicts: Sequence[Verdict]
    missing: Sequence[str]
    needs: Sequence[str]
    now: datetime

    def lines(self, screen: Screen) -> Iterator[str]:
        """The page for this screen."""
        yield from self._contradiction(screen)
        yield from self._head(screen)
        yield from self._pinned(screen)
        yield from self._facts(screen)
        yield from self._clocks(screen)
        yield from self._history(screen)
        yield from self._advice(screen)

    @property
    def zone(self) -> str:
        """In which times are told."""
        return self.config.desk.zone

    @property
    def decisions(self) -> tuple[Event, ...]:
        """What was decided, in order."""
        return tuple(e for e in self.ticket.effective if e.did == "note" and e.get("decision"))

    def _contradiction(self, screen: Screen) -> Iterator[str]:
        """A file that was moved by hand lies elsewhere than its events say."""
        told = status_of(self.ticket.events)
        if told is None or told == self.ticket.status:
            return
        line = msg(
            "it lies in {status}, but its events lead to {told}: tkt check",
            status=self.ticket.status,
            told=told,
        )
        yield from (screen.styled(part, "yellow") for part in wrap(render(line), screen.columns))

    def _head(self, screen: Screen) -> Iterator[str]:
        ticket = self.ticket
        title = one_line(ticket.title) or _("(no title)")
        yield from hanging(screen.styled(ticket.id, "bold"), ticket.id, title, screen)
        parts = [
            words.status_name(self.config, ticket.status),
            words.priority_name(self.config, ticket.priority),
            words.category_name(self.config, ticket.get("type"), ticket.get("category")),
        ]
        yield one_line(" · ".join(parts))
        owner = words.person_name(self.config, ticket.owner) if ticket.owner else _("nobody")
        line = msg("owner {owner} · team {team}", owner=owner, team=words.team_name(self.config, ticket.team))
        yield one_line(render(line))
        yield ""

    def _pinned(self, screen: Screen) -> Iterator[str]:
        """What was decided and why it was escalated stand above all else."""
        pinned = [*self._decisions(), *escalation_lines(self.ticket, self.config)]
        for name, event, text in pinned:
            label = f"{name} {stamp(event.at, self.zone)}"
            yield from hanging(screen.styled(label, "bold"), label, text, screen)
        if pinned:
            yield ""

    def _decisions(self) -> Iterator[tuple[str, Event, str]]:
        return ((_("decided"), event, told_words(event, self.config)) for event in self.decisions)

    def _facts(self, screen: Screen) -> Iterator[str]:
        facts = [(name, value) for name, value in self._fact_values() if value]
        room = max((width(name) for name, _value in facts), default=0)
        for name, value in facts:
            label = pad(name, room)
            yield from hanging(screen.styled(label, "dim"), label, clean(value), screen)

    def _fact_values(self) -> Iterator[tuple[str, str]]:
        ticket = self.ticket
        yield _("received"), self._received()
        yield _("customer"), _joined(ticket.get("customer"), ticket.get("tier"))
        yield _("contact"), contact_text(ticket.get("contact"))
        yield _("asks for"), asks_text(ticket.get("asks"))
        action = action_ahead(ticket, self.config)
        yield _("next action"), next_action_text(action, self.config, ticket.owner)
        yield _("waiting"), waiting_text(ticket.get("waiting"), self.zone)
        yield _("resolution"), resolution_text(ticket.get("resolution"), self.config)
        for name, value in ticket.values.items():
            if name in LEVELS:
                yield words.field_name(self.config, name), words.level_name(self.config, name, str(value))
            elif name not in SHOWN_ABOVE:
                yield words.field_name(self.config, name), field_text(self.config, name, value)
        yield _("tags"), " ".join(ticket.tags)
        yield _("time spent"), spent_text(self.ticket)
        yield _("files"), files_text(ticket)
        yield _("needs"), _(", ").join(words.need_name(need) for need in self.needs)
        yield _("missing"), _(", ").join(self._missing_names())

    def _missing_names(self) -> Iterator[str]:
        for name in self.missing:
            label = words.field_name(self.config, name)
            yield with_more(name, "" if label == name else label)

    def _received(self) -> str:
        at = self.ticket.received_at
        channel = self.ticket.get("channel")
        when_ = {"at": stamp(at, self.zone), "ago": ago(at, self.now)}
        if channel is None:
            return render(msg("{at} ({ago})", **when_))
        name = words.channel_name(self.config, str(channel))
        return render(msg("{at} ({ago}) by {channel}", channel=name, **when_))

    def _clocks(self, screen: Screen) -> Iterator[str]:
        lines = clock_lines(self.verdicts, self.config, self.now, screen, self.ticket)
        if lines:
            yield from ("", screen.styled(_("Service level"), "bold"), *lines)

    def _history(self, screen: Screen) -> Iterator[str]:
        yield ""
        yield screen.styled(_("What happened"), "bold")
        yield from history_lines(self.ticket.events, self.ticket, self.config, screen)

    def _advice(self, screen: Screen) -> Iterator[str]:
        if not suggests_noreply(self.ticket, self.config):
            return
        line = msg(
            "the last message looks like a mere thank-you: tkt noreply {ticket}", ticket=self.ticket.id
        )
        yield ""
        yield from (screen.styled(part, "cyan") for part in wrap(render(line), screen.columns))


def told_words(event: Event, config: Configuration) -> str:
    """Who said it, and what: `Li Wei: refund in full`."""
    who = words.author_name(config, event.by)
    return clean(with_text(who, str(event.get("text") or "").strip()))


def escalation_lines(ticket: Ticket, config: Configuration) -> Iterator[tuple[str, Event, str]]:
    """For whoever has it now: from whom and why it came, and what the customer was asked last."""
    events = standing_escalations(ticket, config)
    for event in events:
        yield _("escalated"), event, headline([event], ticket, config)
    asked = last_asked(ticket) if events else None
    if asked is not None:
        yield _("last asked"), asked, one_line(told_words(asked, config))


def spent_text(ticket: Ticket) -> str:
    """How long people worked on it, as far as they wrote it down."""
    minutes = effort_of(ticket.effective)
    return open_time_text(minutes * MINUTE, current_language()) if minutes else ""


def files_text(ticket: Ticket) -> str:
    """Its files, each with what names it to `tkt attach get`: `receipt.png 120 kB (3fa9c1d2)`."""
    return _(", ").join(dict.fromkeys(_file_text(it) for it in attachments_of(ticket)))


def _file_text(it: Attachment) -> str:
    size = f" {size_text(it.size)}" if it.size is not None else ""
    return with_more(f"{one_line(it.name)}{size}", it.sha256[:8] if it.sha256 else "")


def history_lines(
    events: Iterable[Event], ticket: Ticket, config: Configuration, screen: Screen
) -> Iterator[str]:
    """What happened, in order; what one command set is told together."""
    for group in together(events):
        yield from _group_lines(group, ticket, config, screen)


def _group_lines(
    group: Sequence[Event], ticket: Ticket, config: Configuration, screen: Screen
) -> Iterator[str]:
    """When, who, what; a text stands below, indented."""
    event = group[0]
    at = stamp(event.at, config.desk.zone)
    told = headline(group, ticket, config)
    mark = _("[internal]") + " " if event.did == "note" else ""
    label = screen.styled(f"  {at}", "dim")
    yield from hanging(label, f"  {at}", mark + told, screen)
    text = event.get("text")
    if isinstance(text, str) and event.did in ("message", "note"):
        columns = min(screen.columns - 6, TEXT_COLUMNS)
        for line in rewrapped(clean(text).rstrip("\n"), max(columns, 20)):
            yield f"      {line}" if line else ""


def hanging(shown: str, label: str, text: str, screen: Screen) -> Iterator[str]:
    """`label  text`, further lines of the text below its first."""
    indent = width(label) + 2
    lines = wrap(text, max(screen.columns - indent, 20))
    yield f"{shown}  {lines[0]}" if lines else shown
    for line in lines[1:]:
        yield " " * indent + line


def _joined(name: str | None, tier: str | None) -> str:
    return with_more(name or "", tier or "")
