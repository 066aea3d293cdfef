"""How is the last command taken back?

Off the branch while nobody else can have seen it; once pushed, by a `corrected` event, so that nothing
that others may have seen is removed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from pathlib import PurePosixPath
from shlex import quote

from tkt.actions import Actor, correct
from tkt.changes import Changes, Written
from tkt.comparison import Range, compare
from tkt.desk import Desk
from tkt.errors import DataError, GitError, Refused
from tkt.frozen import dataclass
from tkt.i18n import Message, msg, msgn
from tkt.late import late
from tkt.model import Ticket
from tkt.store.gitrepo import EMPTY_TREE, HAND_EDITS, Commit, GitRepo
from tkt.store.interrupts import held_back
from tkt.store.lock import desk_lock
from tkt.store.tree import TICKETS


@dataclass(frozen=True, kw_only=True)
class Undone:
    """What was taken back. `removed`: `commit` is off the branch; else `commit` corrects it."""

    subject: str
    removed: bool
    commit: str | None
    tickets: tuple[str, ...]
    notes: tuple[Message, ...] = ()


REDACTING = frozenset({"redact", "forget"})
"""Actions that change events as they stand."""
MANY = 10  # tickets; more are not taken back by a slip of the hand


_OF_SEVERAL = late(r"(?P<verb>[a-z-]+): (?P<count>\d+) tickets")


def told(subject: str) -> Message | str:
    """What a commit did, in the reader's language where it counts tickets; a title stays as it is."""
    found = _OF_SEVERAL.fullmatch(subject)
    if found is None:
        return subject
    return msgn("{verb}: {count} ticket", "{verb}: {count} tickets", int(found["count"]), verb=found["verb"])


def undo_last(desk: Desk, actor: Actor, *, commits: bool = True, sure: bool = False) -> Undone:
    """Take the last commit back if it is tkt's own. `sure`: even if it is about many tickets.

    Errors: Refused, GitError, Conflict.
    """
    repo = GitRepo.of(desk.root)
    if repo is None:
        raise GitError(msg("there is no git repository here, so there is nothing to take back"))
    commit = _own_commit(repo)
    _refuse_hand_edits(commit)
    subject = commit.message.splitlines()[0]
    ids = commit.trailers.get("Ticket", ())
    if not sure and sum(path.startswith("tickets/") for path in commit.paths) > MANY:
        raise Refused(
            msg("the last command is about many tickets: {subject}", subject=told(subject)),
            hint=msg("tkt undo --yes"),
        )
    if commit.sha == repo.head() and not repo.is_pushed(commit.sha):
        _refuse_losing(desk, repo, commit)
        with desk_lock(desk.root), held_back():
            repo.take_off_last_commit(commit)
        return Undone(subject=subject, removed=True, commit=commit.sha, tickets=ids)
    _refuse_redacted(commit)
    written = _corrected(desk, repo, commit, ids, actor, commits=commits)
    notes = {str(note): note for each in written for note in each.notes}  # alike for many tickets: told once
    return Undone(
        subject=subject,
        removed=False,
        commit=written[-1].commit,
        tickets=ids,
        notes=tuple(notes.values()),
    )


def _own_commit(repo: GitRepo) -> Commit:
    commit = repo.last_commit()
    while commit is not None and _is_of_a_sync(commit):
        commit = repo.commit_at(commit.parents[0])
    if commit is None or "Action" not in commit.trailers:
        raise Refused(
            msg("the last commit is not one of tkt's, so tkt does not take it back"),
            hint=msg("git log -1 shows it; git revert takes it back"),
        )
    if len(commit.parents) > 1:
        raise Refused(
            msg("the last commit is a merge: what it brought in is others' work, and not taken back"),
            hint=msg("git log -1 HEAD^ shows what you did before it"),
        )
    if commit.trailers["Action"][0] == "init":
        raise Refused(msg("the last commit made this desk; there is nothing before it"))
    return commit


def _is_of_a_sync(commit: Commit) -> bool:
    """A merge that `tkt sync` made, perhaps by itself after a command: nobody typed it."""
    return len(commit.parents) > 1 and commit.trailers.get("Action") == ("sync",)


def _refuse_hand_edits(commit: Commit) -> None:
    """To take it off would take off with it what somebody had done before that command."""
    if HAND_EDITS not in commit.trailers:
        return
    sha = commit.sha[:10]
    raise Refused(
        msg("the last commit also holds what was changed by hand and not committed before it"),
        hint=msg("git show {sha} shows both; git revert {sha} takes both back, and loses neither", sha=sha),
    )


def _refuse_redacted(commit: Commit) -> None:
    """What was taken out of events is nowhere in the tree: no later event can bring it back."""
    if not REDACTING.isdisjoint(commit.trailers["Action"]):
        raise Refused(
            msg("words were taken out, and others may have that already: it cannot be corrected"),
            hint=msg("git show {sha} has them, for as long as the history does", sha=commit.sha[:10]),
        )


def _refuse_losing(desk: Desk, repo: GitRepo, commit: Commit) -> None:
    """Refuse where a ticket that was there before `commit` would be left without a file."""
    restored = {_stem(path) for letter, path in commit.changes if letter != "A"}
    added = {_stem(path) for letter, path in commit.changes if letter == "A"} - restored
    if not added:
        return
    for path in repo.paths_at(commit.parents[0], TICKETS) if commit.parents else ():
        if _stem(path) in added and not _lies_elsewhere(desk, _stem(path), commit.paths):
            raise Refused(
                msg("{id} would be left without a file: {path} is gone", id=_stem(path), path=path),
                hint=msg("git restore -- {path}, then tkt undo", path=quote(path)),
            )


def _lies_elsewhere(desk: Desk, ticket_id: str, paths: Collection[str]) -> bool:
    return any(found.path not in paths for found in desk.tree.find(ticket_id))


def _stem(path: str) -> str:
    return PurePosixPath(path).stem


def _corrected(
    desk: Desk, repo: GitRepo, commit: Commit, ids: Sequence[str], actor: Actor, *, commits: bool
) -> list[Written]:
    """Append to each ticket what takes the events of `commit` back."""
    if not ids:
        raise Refused(
            msg("the last commit is pushed and names no single tickets; it cannot be corrected by itself"),
            hint=msg("git revert {sha}", sha=commit.sha[:10]),
        )
    events = _added_events(desk, repo, commit)
    written = []
    for ticket_id in ids:
        changes = Changes(desk=desk, now=actor.now, commits=commits, who=lambda: actor.by)
        action = partial(correct, actor=actor, config=desk.config, event_ids=events.get(ticket_id, ()))
        written.append(changes.change(ticket_id, action, verb="undo"))
    return written


def _added_events(desk: Desk, repo: GitRepo, commit: Commit) -> dict[str, tuple[str, ...]]:
    """Ticket → the ids of the events that `commit` added to it. Errors: DataError for what cannot be read."""
    parent = commit.parents[0] if commit.parents else EMPTY_TREE
    found = compare(desk, Range(old=parent, new=commit.sha), repo=repo)
    if found.problems:
        raise DataError(found.problems)
    return {pair.id: tuple(_new(pair.before, pair.after)) for pair in found.tickets if pair.after}


def _new(before: Ticket | None, after: Ticket) -> Iterator[str]:
    known = {event.id for event in before.events} if before else set()
    return (event.id for event in after.events if event.id not in known)
