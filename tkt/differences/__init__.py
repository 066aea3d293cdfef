"""What does a change to a desk mean, in the words of tickets?

Pure: versions of tickets, configurations and files in, a `Difference` out. `tickets` says what became
of one ticket, `turns` which verdicts came and went, `effects` what another configuration does,
`files` what becomes public. tkt.comparison finds out what differs; tkt.render.differences says it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime
from functools import cached_property

from tkt.differences.effects import Effect, Effects, effects
from tkt.differences.files import CustomerChange, FileChange, Text, TextChange
from tkt.differences.sides import Side
from tkt.differences.tickets import TicketChange, ticket_change
from tkt.differences.turns import Turn, turns
from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.i18n import Message
from tkt.schema import Configuration


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One end of a comparison. `commit` is None for the working tree and where there was nothing yet."""

    name: str = ""  # as it was typed
    commit: str | None = None
    at: datetime | None = None  # when it was committed


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The five lines with which every telling begins."""

    created: int
    changed: int
    gone: int
    moved: Mapping[str, int]  # status → tickets that went there
    breaches_gained: int
    breaches_lost: int
    lost_doubtfully: int  # of these, only because an event was dated back, changed or removed
    told: int  # messages to customers
    told_already: int  # of these delivered otherwise: by phone, by chat
    rerouted: int
    considered: int  # tickets on which a change of configuration was tried
    articles_public: int
    articles_public_changed: int
    replies_changed: int


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Everything that differs between two states of a desk. `tickets` stand in order of their ids."""

    now: datetime
    config: Configuration  # whose words are used
    old: End = End()
    new: End = End()
    tickets: Sequence[TicketChange] = ()
    effects: Effects = field(default_factory=Effects)
    configuration: Sequence[FileChange] = ()
    articles: Sequence[TextChange] = ()
    replies: Sequence[TextChange] = ()
    customers: Sequence[CustomerChange] = ()
    attachments: Mapping[str, Sequence[FileChange]] = field(default_factory=dict)  # ticket → its files
    files: Sequence[FileChange] = ()
    problems: Sequence[Problem] = ()
    unread_configuration: Sequence[str] = ()  # the ends whose configuration cannot be read
    is_proposed: bool = False  # the new end still has to be merged
    base: str | None = None  # the commit that is compared from: where the new end left the old one
    moved_on: int = 0  # commits of the old end since then
    forecast: Sequence[Message] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs at all."""
        rooms = (
            self.tickets,
            self.configuration,
            self.articles,
            self.replies,
            self.customers,
            self.attachments,
            self.files,
        )
        return not any(rooms)

    @cached_property
    def summary(self) -> Summary:
        """The five lines."""
        changed = {change.id for change in self.tickets}
        told = [event for change in self.tickets for event in change.told]
        turned = [turn for change in self.tickets for turn in change.turns]
        turned += [turn for name, some in self.effects.turns.items() if name not in changed for turn in some]
        return Summary(
            created=sum(change.is_created for change in self.tickets),
            changed=sum(not change.is_created and not change.is_gone for change in self.tickets),
            gone=sum(change.is_gone for change in self.tickets),
            moved=Counter(change.moved[1] for change in self.tickets if change.moved),
            breaches_gained=sum(turn.is_gained for turn in turned),
            breaches_lost=sum(turn.is_lost for turn in turned),
            lost_doubtfully=sum(change.is_doubtful(turn) for change in self.tickets for turn in change.turns),
            told=len(told),
            told_already=sum(event.get("sent_by") is not None for event in told),
            rerouted=len(self.effects.rerouted),
            considered=self.effects.considered,
            articles_public=sum(it.becomes_public for it in self.articles),
            articles_public_changed=sum(it.stays_public for it in self.articles),
            replies_changed=len(self.replies),
        )

    @cached_property
    def by_weight(self) -> tuple[TicketChange, ...]:
        """The tickets, those first that a reviewer should look at; then in order of their ids."""
        return tuple(sorted(self.tickets, key=lambda change: change.weight, reverse=True))


__all__ = [
    "CustomerChange",
    "Difference",
    "Effect",
    "Effects",
    "End",
    "FileChange",
    "Side",
    "Summary",
    "Text",
    "TextChange",
    "TicketChange",
    "Turn",
    "effects",
    "ticket_change",
    "turns",
]
