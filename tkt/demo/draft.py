"""How is the history of a demo ticket written down: events, and the keys that they fold into?

Written directly and not through `tkt.actions`: a hundred thousand tickets in a minute. What comes out
is held to `tkt.checks` by a test.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from types import MappingProxyType

from tkt.ids import event_ids
from tkt.model import Event, Ticket, Value, in_order
from tkt.schema import Configuration


class Draft:
    """A ticket while its story is told; `command` begins what one person does at one instant.

    Its `id` must be there before the first command, as event ids come from it.
    """

    def __init__(self, config: Configuration) -> None:
        self.id = ""
        self.config = config
        self.status = ""
        self.values: dict[str, Value] = {}
        self.events: list[Event] = []
        self._taken: set[str] = set()
        self._commands = 0
        self._ids: Iterator[str] = iter(())
        self._at = datetime.min
        self._by = ""
        self._role = "agent"

    def command(self, at: datetime, by: str, role: str = "agent") -> None:
        """What is written from here on is done by `by` at `at`; a `system` does it by itself."""
        self._commands += 1
        self._at, self._by, self._role = at, by, role
        self._ids = event_ids(self._taken, source=(self.id, str(self._commands)))

    def by_itself(self, by: str) -> None:
        """The same command goes on in the name of a rule."""
        self._by, self._role = by, "system"

    def event(self, did: str, *, via: str | None = None, reason: str | None = None, **data: Value) -> Event:
        """Write an event; keys that are None are left out."""
        found = Event(
            id=next(self._ids),
            at=self._at,
            by=self._by,
            did=did,
            role=self._role,
            auto=self._role == "system",
            via=via,
            reason=reason,
            data={key: value for key, value in data.items() if value is not None},
        )
        self._taken.add(found.id)
        self.events.append(found)
        return found

    def set(self, field: str, to: Value, because: str | None = None, reason: str | None = None) -> None:
        """Set a field, where it is not so already."""
        before = self.values.get(field)
        if before == to:
            return
        self.event("set", field=field, **{"from": before}, to=to, because=because, reason=reason)
        self.values[field] = to

    def move(self, to: str, *, reason: str | None = None, **parts: Value) -> Event:
        """Move to a status, with what belongs to the move."""
        finished = self.config.finished
        moved = self.event("moved", reason=reason, **{"from": self.status}, to=to, **parts)
        if self.status in finished and to not in finished:
            self.values.pop("resolution", None)
        self.values.pop("waiting", None)
        self.values |= {key: parts[key] for key in ("waiting", "resolution", "next_action") if parts.get(key)}
        self.status = to
        return moved

    def ticket(self) -> Ticket:
        """What was written."""
        kept = {key: value for key, value in self.values.items() if value is not None}
        return Ticket(
            id=self.id, status=self.status, values=MappingProxyType(kept), events=in_order(self.events)
        )
