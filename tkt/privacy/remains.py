"""What does git's history still hold after words were taken out, and what takes them out of it?"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from tkt.actions.personal import REDACTED
from tkt.errors import DataError
from tkt.frozen import dataclass
from tkt.model import Event, Ticket, Value, changes_members
from tkt.privacy.expressions import block_expression, file_of, key_expression, key_lines
from tkt.store.codec.plain import WriteError
from tkt.store.codec.redacting import Blocks, blocks_of
from tkt.store.files import write_private
from tkt.store.gitrepo import GitRepo
from tkt.store.tree import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Remains:
    """The commits that touch the files as they were, and the command that rewrites them."""

    commits: int
    paths: tuple[str, ...]
    file: Path  # of expressions; it holds the words, so only its owner may read it
    command: str
    unread: tuple[str, ...] = ()  # blobs that cannot be read, so that nobody knows what they hold


def remains(
    repo: GitRepo,
    paths: Iterable[str],
    lines: Iterable[str],
    *,
    name: str,
    gone: Sequence[str] = (),
    unread: Sequence[str] = (),
) -> Remains:
    """To be asked before the commit. `gone`: paths whose every version is to go.

    Writes the expressions into the repository's own folder. Errors: FileError, GitError.
    """
    known = tuple(paths)
    ever = repo.ever_at(known)
    file = repo.rescue_folder.parent / f"{name}.txt"
    write_private(file, file_of(lines))
    whole = [f"--path={repo.place.prefix}{path}" for path in gone if path in ever.paths]
    without = ["--invert-paths", *whole] if whole else []
    return Remains(
        commits=ever.commits,
        paths=tuple(path for path in known if path in ever.paths),
        file=file,
        command=shlex.join(["git", "filter-repo", *without, "--replace-text", str(file)]),
        unread=tuple(unread),
    )


def remains_of(repo: GitRepo, tree: Tree, ticket: Ticket, data: bytes) -> Remains | None:
    """What history holds of the words that are gone from a ticket; `data` is its file as it is to be.

    Looks at every version that git has of it. None where no version holds more than the new one.
    """
    paths = places_of(ticket, tree)
    blobs = repo.ever_at(paths).blobs
    unread: list[str] = []
    lines: list[str] = []
    now = blocks_of(data, ticket.path or "")
    for blob, version in repo.blobs(blobs).items():
        try:
            then = blocks_of(version, blobs[blob])
        except (DataError, WriteError):
            unread.append(blob)
            continue
        lines += _expressions(ticket, now, then)
    if not lines and not unread:
        return None
    return remains(repo, paths, lines, name=f"redact-{ticket.id}", unread=unread)


def places_of(ticket: Ticket, tree: Tree) -> tuple[str, ...]:
    """Every path at which the ticket's file has lain, as its events tell."""
    return tuple(dict.fromkeys((ticket.path or "", *_told(ticket, tree))))


def _told(ticket: Ticket, tree: Tree) -> Iterator[str]:
    for event in ticket.events:
        status = {"opened": event.get("status"), "moved": event.get("to")}.get(event.did)
        if status in tree.statuses:
            yield tree.path_for(ticket.id, str(status), event.at)


def _expressions(ticket: Ticket, now: Blocks, then: Blocks) -> Iterator[str]:
    """What makes a version as if it had never held the words."""
    for event in ticket.events:
        old = then.events.get(event.id)
        if event.get(REDACTED) is not None and old is not None and old != now.events[event.id]:
            yield block_expression(old, now.events[event.id])
    for field, event in _redacted_keys(ticket).items():
        if field in then.keys and event.id not in then.events:
            yield key_expression(ticket.id, then.keys[field], key_lines(field, _value(event)))


def _redacted_keys(ticket: Ticket) -> Mapping[str, Event]:
    """The keys that were redacted, with the last event that says so."""
    told = (event for event in ticket.events if event.did == "set" and event.get("because") == REDACTED)
    return {str(event.get("field")): event for event in told}


def _value(event: Event) -> Value:
    return event.get("add") if changes_members(event) else event.get("to")
