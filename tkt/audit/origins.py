"""Which commit brought an event, which one redacted it, and which one changed what does not change?

The files of the tickets in question are read once for each of their versions, from the oldest commit on:
the first that holds an event brought it. A squash or a merge brings what no commit before it held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from tkt.actions.personal import REDACTED
from tkt.audits import Commit
from tkt.checks.changes import altered, edited_keys, removed
from tkt.comparison import Version
from tkt.desk import UNREADABLE
from tkt.frozen import dataclass
from tkt.model import IMMUTABLE, Kind, Ticket, Value
from tkt.store.codec.tickets import read_ticket
from tkt.store.gitrepo import Brought, GitRepo
from tkt.store.tree import TICKETS, ticket_id_of

Suspect = tuple[str, str]
"""What differs: ("event", its id) or ("key", its name)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """Of one ticket: event → the commit that brought it, and the one in which it first stood redacted.

    `suspects`: what differs from before, and what it is in the end (None: gone); `changed`: the commit
    from which on it was that.
    """

    brought: dict[str, Commit] = field(default_factory=dict)
    redacted: dict[str, Commit] = field(default_factory=dict)
    changed: dict[Suspect, Commit] = field(default_factory=dict)
    suspects: Mapping[Suspect, Value] = field(default_factory=dict)

    def take(self, ticket: Ticket, commit: Commit) -> None:
        """See what a commit made of the ticket."""
        for event in ticket.events:
            self.brought.setdefault(event.id, commit)
            if REDACTED in event.data:
                self.redacted.setdefault(event.id, commit)
        for suspect, end in self.suspects.items():
            if _found(ticket, suspect) == end:
                self.changed.setdefault(suspect, commit)
            else:
                self.changed.pop(suspect, None)


def suspects(before: Ticket | None, after: Ticket) -> dict[Suspect, Value]:
    """The events and keys that differ though they should not, and what they are in the end."""
    if before is None:
        return {}
    events = [*removed(before, after), *(old for old, _new in altered(before, after))]
    places = [("event", it.id) for it in events]
    places += [("key", name) for name in (*IMMUTABLE, *edited_keys(before, after))]
    return {place: _found(after, place) for place in places}


def _found(ticket: Ticket, place: Suspect) -> Value:
    kind, name = place
    return ticket.event(name) if kind == "event" else ticket.get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """The origins of each ticket's events, and the versions between that could not be read."""

    tickets: Mapping[str, Origins]
    unreadable: tuple[tuple[str, str], ...]  # (commit, path)


def traced(
    repo: GitRepo,
    commits: Sequence[Commit],
    tickets: Mapping[str, Origins],
    kinds: Mapping[str, Kind],
    ends: Iterable[Version],
) -> Traced:
    """Fill the origins of these tickets. `commits`: oldest first; `ends`: versions that were read already.

    Errors: GitError.
    """
    read = {version.path: version for version in ends}
    unreadable: list[tuple[str, str]] = []
    by_sha = {commit.sha: commit for commit in commits}
    versions = [it for it in _versions(repo, commits) if ticket_id_of(it.path) in tickets]
    held = repo.blobs(dict.fromkeys(it.blob for it in versions))
    for version in versions:
        ticket = _ticket(held[version.blob], version.path, kinds, read.get(version.path))
        if ticket is None:
            unreadable.append((version.commit, version.path))
        else:
            tickets[ticket.id].take(ticket, by_sha[version.commit])
    return Traced(tickets=tickets, unreadable=tuple(unreadable))


def _ticket(data: bytes, path: str, kinds: Mapping[str, Kind], end: Version | None) -> Ticket | None:
    """The ticket in a version, read unless it is the one at the end; None where it cannot be read."""
    if end is not None and end.data == data:
        return end.ticket
    try:
        return read_ticket(data, path=path, status=path.split("/")[1], kinds=kinds)
    except UNREADABLE:
        return None


def _versions(repo: GitRepo, commits: Sequence[Commit]) -> Iterator[Brought]:
    """Every version of a file once, with the first commit that has it."""
    seen: set[tuple[str, str]] = set()
    for version in repo.brought([commit.sha for commit in commits], TICKETS):
        if (version.path, version.blob) not in seen:
            seen.add((version.path, version.blob))
            yield version
