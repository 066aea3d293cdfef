"""What did a sync do? The account that it gives."""

from __future__ import annotations

from collections.abc import Iterator

from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.i18n import Message, msg, msgn
from tkt.repair import Step
from tkt.sync.joining import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """What went one way: how many commits, which tickets, whose they are."""

    commits: int = 0
    tickets: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The branch that what was refused goes to, and whether it holds something that is to be merged."""

    branch: str  # as people say it: origin/tkt/tick
    is_open: bool
    why: str = ""  # what the remote said when it refused

    def told(self, upstream: str, waiting: int) -> Message:
        """One line for a person."""
        if not self.is_open and self.why:
            return msg(
                "{branch} is not needed any more, but the remote keeps it ({why})",
                branch=self.branch,
                why=self.why,
            )
        if not self.is_open:
            return msg("{branch} is not needed any more: removed", branch=self.branch)
        return msgn(
            "{upstream} takes no pushes ({why}): {count} commit waits on {branch} for a pull request",
            "{upstream} takes no pushes ({why}): {count} commits wait on {branch} for a pull request",
            waiting,
            upstream=upstream,
            why=self.why,
            branch=self.branch,
        )


@dataclass(frozen=True, kw_only=True)
class SyncReport:
    """What came in, what went out, what was put together. `waiting`: commits that are not sent."""

    upstream: str
    came: Traffic = Traffic()
    went: Traffic = Traffic()
    merged: tuple[str, ...] = ()  # the records that both sides had changed
    moved: tuple[Turn, ...] = ()  # the tickets whose status on our branch became another by that
    repaired: tuple[Step, ...] = ()
    attempts: int = 1
    offline: bool = False
    waiting: int = 0
    proposal: Proposal | None = None
    problems: tuple[Problem, ...] = ()  # of what would have gone out, and stays

    @property
    def summary(self) -> Message:
        """One line for a person."""
        if self.offline:
            return msgn(
                "off line: {count} commit not pushed yet",
                "off line: {count} commits not pushed yet",
                self.waiting,
            )
        if self.proposal is not None and self.proposal.is_open:
            return self.proposal.told(self.upstream, self.waiting)
        if self.problems:
            return msgn(
                "not pushed: {count} fault in what would go out",
                "not pushed: {count} faults in what would go out",
                len(self.problems),
            )
        if self.waiting:
            return msgn(
                "merged with {upstream}; {count} commit not pushed",
                "merged with {upstream}; {count} commits not pushed",
                self.waiting,
                upstream=self.upstream,
            )
        return msg("in sync with {upstream}", upstream=self.upstream)

    def lines(self) -> Iterator[Message]:
        """The account for a person, the summary last."""
        if self.came.commits:
            yield msg(
                "in: {commits}, {tickets}, by {people}",
                commits=_commits(self.came.commits),
                tickets=_tickets(self.came.tickets),
                people=self.came.people,
            )
        if self.merged:
            yield msgn(
                "both sides had changed {count} record: put together: {keys}",
                "both sides had changed {count} records: put together: {keys}",
                len(self.merged),
                keys=_few(self.merged),
            )
        for turn in self.moved:
            yield msg(
                "{ticket} was {was} here, and is {now} by what others recorded",
                ticket=turn.ticket,
                was=turn.was,
                now=turn.now,
            )
        for step in self.repaired:
            if step.key not in self.merged:
                yield from step.told()
        if self.went.commits:
            yield msg(
                "out: {commits}, {tickets}",
                commits=_commits(self.went.commits),
                tickets=_tickets(self.went.tickets),
            )
        if self.attempts > 1:
            yield msgn(
                "somebody else was faster {count} time: merged again",
                "somebody else was faster {count} times: merged again each time",
                self.attempts - 1,
            )
        if self.proposal is not None and not self.proposal.is_open:
            yield self.proposal.told(self.upstream, self.waiting)
        yield self.summary


def _commits(count: int) -> Message:
    return msgn("{count} commit", "{count} commits", count)


def _tickets(tickets: tuple[str, ...]) -> Message:
    return msgn("{count} ticket", "{count} tickets", len(tickets))


def _few(keys: tuple[str, ...], most: int = 5) -> tuple[str, ...]:
    return keys if len(keys) <= most else (*keys[:most], "…")
