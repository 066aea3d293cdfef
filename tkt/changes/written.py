"""What did a command do: which tickets, which files, which commit?"""

from __future__ import annotations

from collections.abc import Callable

from tkt.frozen import dataclass
from tkt.i18n import Message
from tkt.model import Ticket

Action = Callable[[Ticket], Ticket]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A ticket that was written, in few bytes: thousands of them fit."""

    id: str
    status: str
    path: str
    title: str
    was: str | None  # its status before; None for a new ticket

    @property
    def is_new(self) -> bool:
        """Whether it was made just now."""
        return self.was is None


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a command did: what it wrote, in order; the paths it touched, its commit.

    `tickets` are the tickets as they are now, where the command was about one of them.
    `unchanged` are the ids of those that it left as they were.
    """

    tickets: tuple[Ticket, ...] = ()
    done: tuple[Done, ...] = ()
    unchanged: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    commit: str | None = None
    notes: tuple[Message, ...] = ()

    @property
    def ticket(self) -> Ticket:
        """The one ticket of a command that is about one."""
        return self.tickets[0]


@dataclass(frozen=True, kw_only=True)
class FileEdit:
    """New content for a file that is not a ticket: the configuration, a customer. `to`: it is renamed."""

    path: str
    data: bytes
    original: bytes | None = None
    to: str | None = None


def done(before: Ticket | None, after: Ticket) -> Done:
    """What there is to tell of a ticket that was written."""
    return Done(
        id=after.id,
        status=after.status,
        path=after.path or "",
        title=after.title,
        was=None if before is None else before.status,
    )


def is_unchanged(before: Ticket, after: Ticket) -> bool:
    """Whether there is nothing to write."""
    return after is before or (after.events == before.events and after.values == before.values)


def subject(before: Ticket, after: Ticket, verb: str) -> str:
    """Of a commit: the move, else the fields that changed, else the verb."""
    if before.status != after.status:
        return f"{before.status} → {after.status}"
    known = {event.id for event in before.events}
    fields = [
        str(event.get("field")) for event in after.events if event.id not in known and event.did == "set"
    ]
    return f"{verb}: {', '.join(dict.fromkeys(fields))}" if fields else verb
