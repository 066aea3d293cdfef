"""Which stored keys of a ticket are different, and which event says so?"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from tkt.frozen import dataclass
from tkt.model import IMMUTABLE, MOVED_KEYS, Event, Ticket, Value

REDACTED = "redacted"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyChange:
    """One stored key, as it was and as it is; None where it is absent."""

    key: str
    before: Value
    after: Value
    event: Event | None  # the new event that brought it; None: it was changed by hand

    @property
    def because(self) -> str:
        """The rule, criterion or row of the table that decided; empty where none is named."""
        return str(self.event.get("because") or "") if self.event else ""

    @property
    def is_redacted(self) -> bool:
        """Whether it was taken out, so that nobody should read it here either."""
        return self.event is not None and (self.because == REDACTED or bool(self.event.get(REDACTED)))


def key_changes(before: Ticket, after: Ticket, added: Sequence[Event]) -> Iterator[KeyChange]:
    """Every key that differs, in the order of the file."""
    tellers = _tellers(added)
    names = dict.fromkeys((*after.values, *before.values))
    differing = [name for name in names if before.get(name) != after.get(name)]
    by_hand = _by_hand(before, after) if any(name not in tellers for name in differing) else frozenset()
    correction = next((event for event in reversed(added) if event.did == "corrected"), None)
    for key in differing:
        teller = tellers.get(key, correction)
        if key in by_hand or teller is not None:
            event = None if key in by_hand else teller
            yield KeyChange(key=key, before=before.get(key), after=after.get(key), event=event)


def _tellers(added: Sequence[Event]) -> Mapping[str, Event]:
    """Key → the last new event that speaks of it."""
    found: dict[str, Event] = {}
    for event in added:
        if event.did == "set":
            found[str(event.get("field"))] = event
        elif event.did == "moved":
            found |= dict.fromkeys(MOVED_KEYS, event)
    return found


def _by_hand(before: Ticket, after: Ticket) -> Container[str]:
    """The keys of which no new event speaks, and those that never change."""
    from tkt.checks.changes import edited_keys  # loads all of the checks, for what is rare

    return frozenset((*edited_keys(before, after), *IMMUTABLE))
