"""Which events of a ticket are new, which were changed afterwards, and which are gone?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tkt.frozen import dataclass
from tkt.model import Event, Value
from tkt.schema import Configuration

_SHARED = ("at", "by", "did", "role", "auto", "via", "forced", "reason", "recorded_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """An event that was there already, as it was and as it is."""

    before: Event
    after: Event

    def differing(self) -> Iterator[tuple[str, Value, Value]]:
        """(key, as it was, as it is) of every key that differs; None where it is absent."""
        for name in _SHARED:
            old, new = getattr(self.before, name), getattr(self.after, name)
            if old != new:
                yield name, old, new
        for key in dict.fromkeys((*self.before.data, *self.after.data)):
            if self.before.get(key) != self.after.get(key):
                yield key, self.before.get(key), self.after.get(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventChanges:
    """What became of a ticket's events, each part in their order."""

    added: tuple[Event, ...] = ()
    gone: tuple[Event, ...] = ()
    altered: tuple[Altered, ...] = ()
    redacted: tuple[Event, ...] = ()  # as they are now


def event_changes(before: Sequence[Event], after: Sequence[Event], config: Configuration) -> EventChanges:
    """What differs between two versions of a ticket's events; an event is known by its id.

    `config` says which keys hold words, which a redaction may take out.
    """
    old = {event.id: event for event in before}
    new = {event.id: event for event in after}
    changed = [Altered(before=old[it.id], after=it) for it in after if it.id in old and old[it.id] != it]
    redacted = [it for it in changed if _is_redaction(it, config)]
    return EventChanges(
        added=tuple(event for event in after if event.id not in old),
        gone=tuple(event for event in before if event.id not in new),
        altered=tuple(it for it in changed if it not in redacted),
        redacted=tuple(it.after for it in redacted),
    )


def _is_redaction(altered: Altered, config: Configuration) -> bool:
    """Whether words were taken out in the one way that is allowed (docs/file-format.md, Append-only)."""
    from tkt.checks.changes import is_redaction  # loads all of the checks, for what is rare

    return is_redaction(altered.before, altered.after, config)
