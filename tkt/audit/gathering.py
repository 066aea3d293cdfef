"""What is there to be judged: which tickets differ, by which commits, and what else changed?"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from tkt.audit.origins import Origins, Traced, suspects, traced
from tkt.audits import Commit, Manner, RangeCase, TicketCase
from tkt.audits.settings import is_configuration
from tkt.comparison import Comparison, Pair
from tkt.desk import UNREADABLE
from tkt.errors import ConfigError, Problem
from tkt.frozen import dataclass
from tkt.model import Ticket, in_order
from tkt.schema import Configuration
from tkt.sla import ServiceLevels
from tkt.store.codec.tickets import read_ticket
from tkt.store.gitrepo import EMPTY_TREE, CommitInfo, Signature
from tkt.store.tree import TICKETS, ticket_id_of

UNKNOWN = ("", "")


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """A range, ready to be judged by any configuration."""

    comparison: Comparison
    commits: tuple[Commit, ...]
    base: Commit | None
    traced: Traced
    lost: int
    elsewhere: Mapping[str, tuple[str, ...]]  # id → files of it that the range left alone

    def range_case(self, manner: Manner) -> RangeCase:
        """Everything as the rules want it."""
        pairs = self.comparison.tickets
        return RangeCase(
            manner=manner,
            commits=self.commits,
            base=self.base,
            tickets=tuple(self._ticket_cases(manner)),
            gone=tuple((it.id, it.befores[0].path) for it in pairs if self._is_gone(it)),
            renumbered=self._renumbered,
            twice=tuple((it.id, places) for it in pairs if len(places := self._places(it)) > 1),
            unreadable=tuple(self._unreadable()),
            was_unreadable=tuple(
                (it.id, v.path) for it in pairs for v in it.befores if v.ticket is None and it.afters
            ),
            unread_between=self.traced.unreadable,
            files=tuple(change.path for change in self.comparison.files),
            ours=self.ours,
            is_readable=not self._changes_configuration or self.ours is not None,
            lost=self.lost,
        )

    @cached_property
    def ours(self) -> Configuration | None:
        """The configuration that the range brings; None where it brings none, or one that cannot be used."""
        found = self.comparison.new_config if self._changes_configuration else None
        try:
            if found is not None:
                ServiceLevels.from_configuration(found)
        except ConfigError:
            return None
        return found

    @property
    def _changes_configuration(self) -> bool:
        return any(is_configuration(change.path) for change in self.comparison.files)

    def _ticket_cases(self, manner: Manner) -> Iterator[TicketCase]:
        for pair in self.comparison.tickets:
            after = pair.after
            if after is None or not _is_comparable(pair, self.elsewhere):
                continue
            origins = self._origins(pair, manner)
            yield TicketCase(
                before=self._before(pair),
                after=after,
                manner=manner,
                base=self.base,
                origins=origins.brought,
                redactions=origins.redacted,
                changers=origins.changed,
                was_twice=len(pair.befores) > 1,
            )

    def _before(self, pair: Pair) -> Ticket | None:
        """The ticket as it was, under its old id where it got another; of two files the events of both."""
        if not pair.befores:
            return self._former.get(pair.id)
        before = pair.before
        if before is None or len(pair.befores) == 1:
            return before
        events = {e.id: e for version in pair.befores if version.ticket for e in version.ticket.events}
        return replace(before, events=in_order(events.values()))

    @property
    def _former(self) -> dict[str, Ticket]:
        """New id → the ticket that had another one before."""
        gone = {it.id: it.before for it in self.comparison.tickets if self._is_gone(it) and it.before}
        return {new: gone[old] for old, new in self._renumbered.items() if old in gone}

    @property
    def _renumbered(self) -> dict[str, str]:
        """Old id → new id."""
        afters = (it.after for it in self.comparison.tickets if it.after is not None)
        return {str(e.get("was")): it.id for it in afters for e in it.events if e.did == "renumbered"}

    def _is_gone(self, pair: Pair) -> bool:
        unread = {problem.path for problem in self.comparison.problems}
        is_nowhere = not pair.afters and pair.id not in self.elsewhere
        return is_nowhere and bool(pair.befores) and pair.befores[0].path not in unread

    def _places(self, pair: Pair) -> tuple[str, ...]:
        """Where it lies in the newer state; files that the range left alone count where it added one."""
        here = tuple(version.path for version in pair.afters)
        return here if pair.befores or not here else (*self.elsewhere.get(pair.id, ()), *here)

    def _unreadable(self) -> Iterator[Problem]:
        """What is wrong with the versions of the newer state."""
        read = {v.path for pair in self.comparison.tickets for v in (*pair.befores, *pair.afters)}
        yield from (it for it in self.comparison.problems if it.path not in read)
        for pair in self.comparison.tickets:
            for version in pair.afters:
                if version.ticket is None:
                    yield from _faults(version.data, version.path, self.comparison)

    def _origins(self, pair: Pair, manner: Manner) -> Origins:
        """The origins of its events; what no commit has is not committed yet, and judged as if it were now."""
        found = self.traced.tickets.get(pair.id, Origins())
        if self.comparison.range.new is not None or pair.after is None:
            return found
        user = self.comparison.repo.user() or UNKNOWN
        here = Commit(
            sha="",
            parents=(),
            writers=(user,),
            committer=user,
            authored_at=manner.now,
            committed_at=manner.now,
        )
        whole = replace(
            found,
            brought=dict(found.brought),
            redacted=dict(found.redacted),
            changed=dict(found.changed),
        )
        whole.take(pair.after, here)
        return whole


def gathered(comparison: Comparison, commits: tuple[CommitInfo, ...]) -> Gathered:
    """The range of a comparison, with the commits between its ends. Errors: GitError."""
    repo, span = comparison.repo, comparison.range
    found = _commits(comparison, commits)
    elsewhere = _elsewhere(comparison)
    wanted = {
        it.id: Origins(suspects=suspects(it.before, it.after))
        for it in comparison.tickets
        if it.after is not None and _is_comparable(it, elsewhere)
    }
    ends = (version for it in comparison.tickets for version in it.afters)
    base = None if span.old == EMPTY_TREE else next(iter(repo.commits("-n1", span.old)), None)
    return Gathered(
        comparison=comparison,
        commits=found,
        base=_commit(base, None) if base else None,
        traced=traced(repo, found, wanted, comparison.desk.config.field_kinds, ends),
        lost=_lost(comparison),
        elsewhere=elsewhere,
    )


def _commits(comparison: Comparison, commits: tuple[CommitInfo, ...]) -> tuple[Commit, ...]:
    if not commits:
        return ()
    old, end = comparison.range.old, commits[-1].sha
    span = [end] if old == EMPTY_TREE else [f"{old}..{end}"]
    signatures = comparison.repo.signatures(*span)
    return tuple(_commit(it, signatures.get(it.sha)) for it in commits)


def _commit(info: CommitInfo, signature: Signature | None) -> Commit:
    letter, signer = signature or ("N", "")
    return Commit(
        sha=info.sha,
        parents=info.parents,
        writers=info.writers,
        committer=info.committer,
        authored_at=info.authored_at,
        committed_at=info.committed_at,
        signature=letter,
        signer=signer,
    )


def _lost(comparison: Comparison) -> int:
    """How many commits of the older end the newer one lacks."""
    repo, span = comparison.repo, comparison.range
    end = span.new or repo.head()
    if span.old == EMPTY_TREE or end is None or repo.is_ancestor(span.old, end):
        return 0
    return len(repo.commits(f"{end}..{span.old}"))


def _elsewhere(comparison: Comparison) -> dict[str, tuple[str, ...]]:
    """Id → its files that the range left alone, of the tickets of which it only added or only removed one."""
    wanted = {it.id for it in comparison.tickets if not it.befores or not it.afters}
    if not wanted or comparison.range.old == EMPTY_TREE:
        return {}
    changed = {v.path for it in comparison.tickets for v in (*it.befores, *it.afters)}
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(comparison.repo.blobs_below(comparison.range.old, [TICKETS])):
        ticket = ticket_id_of(path)
        if ticket in wanted and path not in changed:
            found[ticket] = (*found.get(ticket, ()), path)
    return found


def _is_comparable(pair: Pair, elsewhere: Container[str]) -> bool:
    """Whether there is one file now, and nothing before, or something that can be read."""
    if len(pair.afters) != 1:
        return False
    return pair.before is not None if pair.befores else pair.id not in elsewhere


def _faults(data: bytes, path: str, comparison: Comparison) -> tuple[Problem, ...]:
    try:
        read_ticket(data, path=path, status=path.split("/")[1], kinds=comparison.desk.config.field_kinds)
    except UNREADABLE as error:
        return error.problems[:1]
    return ()
