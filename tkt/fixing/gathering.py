"""Which files may need a fixer? Everything is read once; of what is in order nothing is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import field, replace
from itertools import groupby
from os.path import lexists

from tkt.actions import Actor
from tkt.actions.adopting import left_out
from tkt.comparison import Comparison, Range, compare, repository_of
from tkt.desk import UNREADABLE, Desk
from tkt.errors import Problem
from tkt.fixing.state import Held, State, version_of
from tkt.frozen import dataclass
from tkt.merging import same_record
from tkt.model import Ticket, status_of
from tkt.store import strays
from tkt.store.codec.tickets import read_ticket
from tkt.store.files import read_file
from tkt.store.gitrepo import EMPTY_TREE, GitRepo
from tkt.store.tree import Found, ticket_id_of


def gathered(desk: Desk, actor: Actor, rev: str | None) -> State:
    """What the fixers look at: the whole desk, or with `rev` what has changed since the branch left it.

    A file that cannot be read is left out; `check` names it. Errors: GitError for an unknown `rev`.
    """
    past = _compared(desk, rev)
    scan = desk.tree.scan()
    twins = {name: tuple(it.path for it in group) for name, group in groupby(scan.duplicates, _id)}
    twins = {name: paths for name, paths in twins.items() if past.is_about(paths)}
    wanted = {path for paths in twins.values() for path in paths}
    astray, left = _in_no_month(desk, past)
    places = (it for it in (*scan.files, *scan.duplicates) if it.path in wanted or past.is_about([it.path]))
    held = [held for found in places if (held := _held(desk, found)) is not None]
    files = {
        it.source: it
        for it in (*held, *astray)
        if it.source in wanted or it.before.id in past.earlier or needs_fixing(desk, it.before)
    }
    return State(
        desk=desk,
        actor=actor,
        repo=past.repo,
        files=files,
        twins=twins,
        earlier={path: it for path, held in files.items() if (it := _same(held, past.earlier)) is not None},
        since=past.since,
        uncommitted={path: _same(held, past.committed) for path, held in files.items() if path in past.dirty},
        missing_keeps=tuple(_missing_keeps(desk, past)),
        left=left,
    )


def needs_fixing(desk: Desk, ticket: Ticket) -> bool:
    """Whether a look at the ticket alone shows something to do."""
    return bool(left_out(ticket, desk.config)) or right_path(desk, ticket) != ticket.path


def right_path(desk: Desk, ticket: Ticket) -> str:
    """Where the file of a ticket belongs whose events lead to its status; else where it lies."""
    if status_of(ticket.events) != ticket.status:
        return ticket.path or ""
    return desk.tree.path_of(ticket)


# --- what has changed ---


_Tickets = Mapping[str, tuple[Ticket, ...]]
"""Those that differ, as they were in another state, by their ids."""


@dataclass(frozen=True, kw_only=True)
class _Past:
    """What differs from the state that tickets are compared with, and from HEAD. `scope` None: all is looked at."""

    repo: GitRepo | None = None
    scope: frozenset[str] | None = None
    earlier: _Tickets = field(default_factory=dict)
    since: frozenset[str] = frozenset()
    committed: _Tickets = field(default_factory=dict)
    dirty: frozenset[str] = frozenset()

    def is_about(self, paths: Collection[str]) -> bool:
        return self.scope is None or not self.scope.isdisjoint(paths)


def _compared(desk: Desk, rev: str | None) -> _Past:
    repo = GitRepo.of(desk.root) if rev is None else repository_of(desk)
    if repo is None:
        return _Past()
    head = repo.head()
    now = compare(desk, Range(old=head or EMPTY_TREE, new=None), repo=repo)
    against_head = _Past(repo=repo, earlier=_befores(now), committed=_befores(now), dirty=now.paths)
    if rev is None or head is None:
        return against_head
    base = repo.left_at(rev)
    then = compare(desk, Range(old=base, new=None), repo=repo)
    return replace(
        against_head,
        scope=then.paths,
        earlier=_befores(then),
        since=frozenset(commit.sha for commit in repo.commits(f"{base}..HEAD")),
    )


def _befores(comparison: Comparison) -> _Tickets:
    return {
        pair.id: tuple(it.ticket for it in pair.befores if it.ticket is not None)
        for pair in comparison.tickets
    }


def _same(held: Held, tickets: _Tickets) -> Ticket | None:
    """The ticket in this file as it was; its id may be another's too."""
    mine = version_of(held.before)
    return next((it for it in tickets.get(held.before.id, ()) if same_record(version_of(it), mine)), None)


# --- what lies there ---


def _held(desk: Desk, found: Found) -> Held | None:
    """The file as it is; None where it cannot be read, which `check` tells."""
    try:
        return _read(desk, found)
    except UNREADABLE:
        return None


def _read(desk: Desk, found: Found) -> Held:
    data = read_file(desk.root / found.path, root=desk.root)
    ticket = read_ticket(data, path=found.path, status=found.status, kinds=desk.config.field_kinds)
    return Held(source=found.path, data=data, before=ticket, ticket=ticket)


def _in_no_month(desk: Desk, past: _Past) -> tuple[list[Held], tuple[Problem, ...]]:
    """Closed tickets in a directory that is no month, where nobody reads them; and what stops us there."""
    held: list[Held] = []
    problems: list[Problem] = []
    for found in _astray(desk):
        if not past.is_about([found.path]):
            continue
        elsewhere = desk.tree.find(found.id)
        if elsewhere:
            problems.append(strays.two_places(found.id, [*(it.path for it in elsewhere), found.path]))
            continue
        try:
            held.append(_read(desk, found))
        except UNREADABLE as error:
            problems.extend(error.problems)
    return held, tuple(problems)


def _astray(desk: Desk) -> Iterator[Found]:
    for problem in desk.tree.scan(desk.tree.sharded).problems:
        if problem.code != "wrong-month" or problem.path is None:
            continue
        for file in sorted((desk.root / problem.path).rglob("*.yaml")):
            path = file.relative_to(desk.root).as_posix()
            name = ticket_id_of(path)
            if name is not None:
                yield Found(name, path.split("/")[1], path, str(file))


def _missing_keeps(desk: Desk, past: _Past) -> Iterator[str]:
    for problem in desk.tree.missing_gitkeeps():
        path = problem.path or ""
        folder = desk.root / path.rpartition("/")[0]
        if past.is_about([path]) and not lexists(desk.root / path) and not folder.is_symlink():
            yield path


def _id(found: Found) -> str:
    return found.id
