"""What does one ticket add to each of the Parquet files?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from tkt.clocks.history import History
from tkt.desk import Desk
from tkt.export.parquet.judged_rows import verdict_rows
from tkt.export.parquet.people import Numbers
from tkt.export.parquet.said_rows import event_rows, message_rows, rating_rows
from tkt.export.parquet.stay_rows import stay_rows
from tkt.export.parquet.tables import Row
from tkt.frozen import dataclass
from tkt.kpis.facts import LifeFacts, facts_from
from tkt.kpis.life import Life
from tkt.kpis.story import Story, story_in
from tkt.model import Ticket
from tkt.sla import history_of, standing_at, standings_of

STORED = (
    "title", "type", "category", "product", "priority", "team", "owner", "channel", "customer", "tier", "language",
    "impact", "urgency", "complexity", "parent",
)  # fmt: skip

Cut = Callable[[str], Collection[str]]
"""A text → its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRows:
    """How tickets are taken apart: the desk's rules, what is left out, who asked."""

    desk: Desk
    numbers: Numbers
    with_text: bool
    words: Cut | None  # None: no table of words

    def rows(self, ticket: Ticket, now: datetime) -> Iterator[Row]:
        """Its rows as of `now`, the events later than that not having happened; none before it was received."""
        desk = self.desk
        at = desk.settled(ticket, now)
        history = history_of(ticket, desk.levels)
        if history.now > at:
            history = history_of(ticket, desk.levels, at)
        if history.started_at > at:
            return
        standings = standings_of(history, desk.levels)
        facts = facts_from(history, standings, desk.config)
        story, life = (
            story_in(facts.story),
            Life(facts.id, facts.started_at, facts, standing_at(facts.cycles, at)),
        )
        yield "tickets", self._ticket(ticket, facts, story, history)
        yield from verdict_rows(ticket.id, standings, desk.levels, at)
        yield from stay_rows(life)
        yield from _turn_rows(facts)
        yield from _moment_rows(facts, story)
        yield from event_rows(history, desk.config.field_kinds, with_text=self.with_text)
        yield from message_rows(history, story, with_text=self.with_text)
        yield from rating_rows(ticket.id, history, with_text=self.with_text)
        for place, who in self.numbers.requesters(story.requester, ticket.get("customer")):
            yield "requesters", (ticket.id, who, place)
        yield from _field_rows(facts, self.hidden_fields)
        if self.words is not None:
            yield from _word_rows(ticket, history, self.words)

    @property
    def hidden_fields(self) -> frozenset[str]:
        """The stored keys that hold a person's own words, where these are left out."""
        kinds = self.desk.config.field_kinds.items()
        return frozenset() if self.with_text else frozenset(name for name, kind in kinds if kind == "text")

    def _ticket(self, ticket: Ticket, facts: LifeFacts, story: Story, history: History) -> tuple[Any, ...]:
        hidden = self.hidden_fields
        stored = (None if name in hidden else _text(ticket.get(name)) for name in STORED)
        resolution = ticket.get("resolution")
        known: Mapping[str, Any] = resolution if isinstance(resolution, Mapping) else {}
        updated_at = history.events[-1].at if history.events else facts.started_at
        return (
            ticket.id, ticket.status, *stored, _text(known.get("code")), _text(known.get("cause")), facts.uncounted_as,
            facts.started_at, updated_at, story.triaged_at,
            facts.is_internal, facts.is_covered, story.is_recorded, story.is_live,
        )  # fmt: skip


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _turn_rows(facts: LifeFacts) -> Iterator[Row]:
    for field, course in (("owner", facts.owners), ("priority", facts.priorities)):
        for place, (since, value) in enumerate(course):
            yield "turns", (facts.id, field, value, since, place)


def _moment_rows(facts: LifeFacts, story: Story) -> Iterator[Row]:
    for kind, instants in _instants(facts, story).items():
        for place, at in enumerate(instants):
            yield "moments", (facts.id, kind, None, at, place)
    named = {"reviewed": story.reviewed, "improved": story.improved, "cited": story.cited}
    for kind, found in named.items():
        for place, (at, subject) in enumerate(found):
            yield "moments", (facts.id, kind, subject, at, place)
    for kind, subjects in (("repeat_of", story.repeats), ("caused_by", story.causes)):
        for place, subject in enumerate(subjects):
            yield "moments", (facts.id, kind, subject, None, place)
    for place, (at, survey, its_kind) in enumerate(story.surveyed):
        yield "surveys", (facts.id, survey, its_kind, at, place)


def _instants(facts: LifeFacts, story: Story) -> Mapping[str, Sequence[datetime]]:
    return {
        "handed_over": facts.handed_over,
        "team_entered": facts.teams,
        "first_wrote": facts.writers,
        "retyped": story.retyped,
        "confirmed": story.confirmed,
        "auto_closed": story.auto_closed,
    }


def _field_rows(facts: LifeFacts, hidden: Collection[str]) -> Iterator[Row]:
    values: dict[str, str | list[str]] = msgspec.msgpack.decode(facts.values)
    for field, value in values.items():
        if field not in hidden:
            for each in value if isinstance(value, list) else (value,):
                yield "fields", (facts.id, field, each)


def _word_rows(ticket: Ticket, history: History, words: Cut) -> Iterator[Row]:
    """The words of the title and of what the customer wrote; then those of each comment of an answer."""
    said = (str(it.get("text", "")) for it in history.events if it.is_customer_message)
    for word in sorted(words("\n".join((ticket.title, *said)))):
        yield "words", (ticket.id, None, word)
    for event in history.of_kind("rated"):
        if event.get("comment"):
            for word in sorted(words(str(event.get("comment")))):
                yield "words", (ticket.id, event.id, word)
