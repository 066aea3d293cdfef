"""Which tickets lie where a command moved them, though by their events a later move leads elsewhere?

A rebase or a cherry-pick carries moves over one by one, and git keeps the directory of the last one
that it carried. Where somebody moved the file by hand there is no such event: that is `tkt check --fix`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tkt.errors import DataError
from tkt.model import Event, Ticket, status_of
from tkt.repair.together import Weaver, status_in
from tkt.store.codec.tickets import read_ticket
from tkt.store.gitrepo import EMPTY_TREE, Change
from tkt.store.tree import ticket_id_of

LOOKED_AT = 200
"""So many commits back a file must have come where it lies."""


class Misplaced(NamedTuple):
    """A ticket's path, what the file holds, and where its events lead."""

    ticket: Ticket
    path: str
    data: bytes
    status: str


def misplaced(weaver: Weaver) -> Iterator[Misplaced]:
    """The tickets among those that lately changed. Errors: GitError."""
    repo = weaver.repo
    if repo.head() is None:
        return
    first = repo.commits("-n", str(LOOKED_AT), "HEAD")[0]
    start = first.parents[0] if first.parents else EMPTY_TREE
    moved = [it for it in repo.changes(start, "HEAD") if it.old is None and ticket_id_of(it.path)]
    for change in moved:
        data = weaver.content(change.new) or b""
        ticket = _read(weaver, change.path, data)
        told = status_of(ticket.events) if ticket is not None else None
        if ticket is None or told in (None, ticket.status) or told not in weaver.tree.statuses:
            continue
        if was_moved_by_a_command(weaver, change.path, ticket):
            yield Misplaced(ticket, change.path, data, str(told))


def was_moved_by_a_command(weaver: Weaver, path: str, ticket: Ticket) -> bool:
    """Whether the commit that brought the file here also added the event that says so."""
    for commit in reversed(weaver.repo.commits("-n", str(LOOKED_AT), "HEAD", paths=[path])):
        parent = commit.parents[0] if commit.parents else EMPTY_TREE
        changes = [it for it in weaver.repo.changes(parent, commit.sha) if ticket_id_of(it.path) == ticket.id]
        if any(it.path == path and it.old is None and it.new is not None for it in changes):
            return _adds_the_move(weaver, changes, ticket.status)
    return False


def _adds_the_move(weaver: Weaver, changes: list[Change], status: str) -> bool:
    before = {event for it in changes if it.old for event in _events(weaver, it.path, it.old)}
    after = [(it.path, it.new) for it in changes if it.new]
    return any(
        event.did == "moved" and event.get("to") == status and event.id not in before
        for path, blob in after
        for event in _ticket_events(weaver, path, blob)
    )


def _events(weaver: Weaver, path: str, blob: str) -> frozenset[str]:
    return weaver.event_ids(path, weaver.content(blob) or b"")


def _ticket_events(weaver: Weaver, path: str, blob: str | None) -> tuple[Event, ...]:
    ticket = _read(weaver, path, weaver.content(blob) or b"")
    return ticket.events if ticket is not None else ()


def _read(weaver: Weaver, path: str, data: bytes) -> Ticket | None:
    try:
        return read_ticket(data, path=path, status=status_in(path) or "", kinds=weaver.config.field_kinds)
    except DataError:
        return None
