"""What became of one ticket, and what of it should a reviewer look at first?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, cast

from tkt.differences.dating import Late, is_imported, late_events
from tkt.differences.events import EventChanges, event_changes
from tkt.differences.keys import KeyChange, key_changes
from tkt.differences.turns import Turn, may_turn, turns
from tkt.frozen import dataclass
from tkt.model import Event, Ticket, status_of
from tkt.schema import Configuration
from tkt.sla import Verdict

if TYPE_CHECKING:
    from tkt.checks import Finding

Judge = Callable[[Ticket], Sequence[Verdict]]
"""What a ticket's clocks say by one configuration."""


@dataclass(frozen=True, kw_only=True)
class TicketChange:
    """A ticket that differs: created, changed, or gone; `before` and `after` are not both None."""

    before: Ticket | None
    after: Ticket | None
    events: EventChanges
    keys: tuple[KeyChange, ...] = ()
    turns: tuple[Turn, ...] = ()
    late: tuple[Late, ...] = ()
    unguarded: tuple[Finding, ...] = ()  # moves that guards would have refused

    @property
    def ticket(self) -> Ticket:
        """The ticket as it is, or as it was where it is gone."""
        return cast("Ticket", self.after or self.before)

    @property
    def id(self) -> str:
        """The ticket's id."""
        return self.ticket.id

    @property
    def is_created(self) -> bool:
        """Whether it was not there before."""
        return self.before is None

    @property
    def is_gone(self) -> bool:
        """Whether it is not there any more."""
        return self.after is None

    @property
    def moved(self) -> tuple[str, str] | None:
        """From which status to which; None where it stays."""
        if self.before is None or self.after is None or self.before.status == self.after.status:
            return None
        return self.before.status, self.after.status

    @property
    def is_moved_by_hand(self) -> bool:
        """Whether its directory became another one than its events lead to."""
        told = status_of(self.after.events) if self.after is not None and self.moved else None
        return self.after is not None and told is not None and told != self.after.status

    @property
    def by_hand(self) -> tuple[KeyChange, ...]:
        """The keys that no event speaks of."""
        return tuple(change for change in self.keys if change.event is None)

    @property
    def told(self) -> tuple[Event, ...]:
        """The new messages to the customer, machines' too."""
        return tuple(e for e in self.events.added if e.is_public_message and e.role != "customer")

    def is_late(self, event: Event | None) -> bool:
        """Whether the event is dated back."""
        return event is not None and any(late.event.id == event.id for late in self.late)

    def is_doubtful(self, turn: Turn) -> bool:
        """Whether a breach went only because an event was dated back, changed or removed."""
        return turn.is_lost and (self.is_late(turn.cause) or (turn.cause is None and self.is_broken))

    @property
    def is_broken(self) -> bool:
        """Whether something is gone or was changed that tickets only ever add to."""
        events = self.events
        return bool(events.gone or events.altered or self.by_hand or self.is_gone or self.is_moved_by_hand)

    @property
    def is_remarkable(self) -> bool:
        """Whether something about how it was changed is not as usual."""
        return bool(self.is_broken or self.late or self.events.redacted or self.unguarded)

    @property
    def is_judged_otherwise(self) -> bool:
        """Whether a breach came or went."""
        return any(turn.is_gained or turn.is_lost for turn in self.turns)

    @cached_property
    def weight(self) -> tuple[bool, ...]:
        """How much a reviewer should look at it: the greater, the sooner."""
        is_silent = any(not late.is_said for late in self.late)
        return (
            self.is_broken,
            is_silent,
            bool(self.events.redacted),
            bool(self.unguarded),
            self.is_judged_otherwise,
            bool(self.late),
            bool(self.told),
            self.moved is not None,
        )


def ticket_change(
    before: Ticket | None,
    after: Ticket | None,
    *,
    old: Judge,
    new: Judge,
    config: Configuration,
    committed_at: datetime | None = None,
) -> TicketChange:
    """What differs between two versions of a ticket, each judged by its own configuration.

    `old` and `new` are one where no file of the configuration differs: then what no clock listens to
    is not judged at all. `config`: by which moves are judged; `committed_at`: see `late_events`.
    """
    events = event_changes(before.events if before else (), after.events, config) if after else EventChanges()
    changed = tuple(key_changes(before, after, events.added)) if before and after else ()
    is_judged = before is None or after is None or old is not new or may_turn(events, changed)
    past = old(before) if before and is_judged else ()
    present = new(after) if after and is_judged else ()
    at = None if after is None or is_imported(after) else committed_at
    return TicketChange(
        before=before,
        after=after,
        events=events,
        keys=changed,
        turns=tuple(turns(past, present, events.added)),
        late=tuple(late_events(events.added, at)),
        unguarded=tuple(_unguarded(after, events.added, config)) if after else (),
    )


def _unguarded(after: Ticket, added: Sequence[Event], config: Configuration) -> list[Finding]:
    """The new moves that guards would have refused, and nobody overruled them."""
    moves = {event.id for event in added if event.did == "moved" and not event.forced}
    if not moves:
        return []
    from tkt.checks.moves import guards  # loads all of the checks and the actions

    return [it for it in guards(after, config) if it.event in moves]
