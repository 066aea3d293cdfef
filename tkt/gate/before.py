"""Which of these breaches stand under another revision, too, judged at the same instant?

Only the files of breached tickets that differ are read from there; where its configuration differs as well,
the other breached tickets are judged by it once more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import field
from datetime import datetime

from tkt.comparison import repository_of
from tkt.desk import UNREADABLE, Desk
from tkt.errors import NotFound, Problem, Severity
from tkt.frozen import dataclass
from tkt.gate.fetching import base_of
from tkt.gate.judge import Judge, configuration_of, under
from tkt.gated import Judged, Mark
from tkt.i18n import msg
from tkt.model import Ticket
from tkt.store.codec.tickets import read_ticket
from tkt.store.gitrepo import GitRepo
from tkt.store.tree import ticket_id_of


@dataclass(frozen=True, slots=True)
class Before:
    """The breaches that stand there, and what of it could not be read."""

    marks: frozenset[Mark] = frozenset()
    problems: tuple[Problem, ...] = ()


def known_before(judge: Judge, rev: str | None, breached: Sequence[Judged], now: datetime) -> Before:
    """Those of `breached` that are breached under `rev` at `now`; none without a `rev`.

    `rev` is judged by its own configuration, unless one judges both. Errors: GitError for a revision that
    is not here; ConfigError.
    """
    if rev is None:
        return Before()
    repo = repository_of(judge.here)
    sha = base_of(repo, rev)
    desk = _desk_of(judge, repo, rev)
    if desk is None:
        return Before()
    past = _Past(repo=repo, rev=rev, desk=desk, now=now)
    return Before(frozenset(past.marks(sha, breached, by_same=desk is judge.desk)), tuple(past.problems))


def _desk_of(judge: Judge, repo: GitRepo, rev: str) -> Desk | None:
    """The desk under the configuration by which `rev` is judged; None where there was no desk yet."""
    if judge.is_chosen:
        return judge.desk
    try:
        return under(judge.here, configuration_of(repo, rev))
    except NotFound:
        return None


@dataclass(kw_only=True)
class _Past:
    repo: GitRepo
    rev: str
    desk: Desk
    now: datetime
    problems: list[Problem] = field(default_factory=list)

    def marks(self, sha: str, breached: Sequence[Judged], *, by_same: bool) -> Iterator[Mark]:
        """The marks of what was breached. `by_same`: a ticket that is the same says the same."""
        changed = self._changed(sha, {it.ticket.id for it in breached})
        untouched = [it for it in breached if it.ticket.id not in changed]
        if by_same:
            yield from (it.mark for it in untouched)
        else:
            rows = {it.ticket.id: it.ticket for it in untouched}
            yield from self._breached(row.ticket for row in rows.values())
        yield from self._breached(self._read(place for some in changed.values() for place in some))

    def _changed(self, sha: str, tickets: Collection[str]) -> dict[str, list[tuple[str, str]]]:
        """Ticket → (path, blob) of what was there of it, for those of these tickets that differ."""
        found: dict[str, list[tuple[str, str]]] = {}
        for change in self.repo.work_changes(sha) if tickets else ():
            ticket = ticket_id_of(change.path)
            if ticket is not None and ticket in tickets:
                places = found.setdefault(ticket, [])
                places += [(change.path, change.old)] if change.old else []
        return found

    def _read(self, places: Iterable[tuple[str, str]]) -> Iterator[Ticket]:
        wanted = tuple(places)
        held = self.repo.blobs(blob for _, blob in wanted)
        for path, blob in wanted:
            try:
                status = path.split("/")[1]
                yield read_ticket(held[blob], path=path, status=status, kinds=self.desk.config.field_kinds)
            except UNREADABLE:
                self.problems.append(_unread(path, self.rev))

    def _breached(self, tickets: Iterable[Ticket]) -> Iterator[Mark]:
        for ticket in tickets:
            for verdict in self.desk.verdicts(ticket, now=self.now):
                if verdict.state == "breached":
                    yield ticket.id, verdict.clock, verdict.cycle


def _unread(path: str, rev: str) -> Problem:
    told = msg("cannot be read as {rev} has it: what is breached there counts as new", rev=rev)
    return Problem(code="unreadable", message=told, path=path, severity=Severity.WARNING)
