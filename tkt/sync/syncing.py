"""How does one sync go, from fetch to push, until nobody was faster?"""

from __future__ import annotations

import random
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from tkt.desk import Desk
from tkt.errors import GitError, Problem, Severity
from tkt.i18n import msg
from tkt.inspection import inspect, inspect_since
from tkt.repair import weaver_for
from tkt.repair.committed import CommittedPlanner
from tkt.repair.records import is_ticket, record_of
from tkt.store.config import DESK_FILE
from tkt.store.gitrepo import EMPTY_TREE, GitRepo, Offline, Overtaken, PushRefused, Upstream
from tkt.store.lock import desk_lock
from tkt.sync.joining import Joined, merge, rebase
from tkt.sync.proposing import Aside, Propose
from tkt.sync.report import SyncReport, Traffic
from tkt.synced import stamp

ATTEMPTS = 40
"""So often we merge again because somebody else pushed first."""
_PATIENCE = 8  # refusals while the remote's branch stays where it is: then it is nobody else's doing
_PAUSE = 0.1  # seconds, doubled each time up to _LONGEST, and never the same for two
_LONGEST = 2.0


def sync(
    desk: Desk,
    *,
    now: datetime,
    by_rebase: bool = False,
    push: bool = True,
    checked: bool = True,
    alone: bool = False,
    propose: Propose | None = None,
) -> SyncReport:
    """Fetch, merge (or rebase), check what would go out, push; again while somebody else is faster.

    A branch of the desk that is not its own gets what that one has, too, unless it is to stay `alone`.
    Where the remote takes no pushes, `propose` names the branch that is kept up to date instead; what
    it holds already comes in first. Off line it says so and changes nothing. Errors: GitError, CannotMerge; then the branch is as it was.
    """
    repo = GitRepo.of(desk.root)
    if repo is None:
        raise GitError(msg("there is no git repository here, so there is nothing to sync"))
    upstream = repo.remote.upstream()
    if upstream is None:
        raise GitError(
            msg("this repository has no remote to sync with"), hint=msg("git remote add origin URL")
        )
    repo.refuse_unless_ready()
    repo.resolved("HEAD")
    _refuse_uncommitted_desk(repo)
    home = None if alone else repo.remote.home(upstream, desk.config.desk.git.branch)
    way = _Way(
        desk=desk,
        repo=repo,
        upstream=upstream,
        home=home,
        now=now,
        by_rebase=by_rebase,
        aside=None if propose is None else Aside.of(repo, upstream, propose),
    )
    try:
        report = way.gone(push=push, checked=checked)
    except Offline:
        return replace(way.report, offline=True, waiting=way.ahead())
    stamp(desk.root, repo.place, now)
    return report


def is_shared(desk: Desk) -> bool:
    """Whether this branch has an upstream, and is the desk's own where `git.branch` names one. Errors: GitError."""
    repo = GitRepo.of(desk.root)
    own = desk.config.desk.git.branch
    if repo is None or own not in (None, repo.branch()):
        return False
    upstream = repo.remote.upstream()
    return upstream is None or upstream.is_set  # without a remote, `sync` says what is missing


def _refuse_uncommitted_desk(repo: GitRepo) -> None:
    """What is sent without the desk itself, nobody could open. Errors: GitError."""
    if repo.file_at("HEAD", DESK_FILE) is None:
        raise GitError(
            msg("the desk itself is not committed: others would get tickets without {file}", file=DESK_FILE),
            hint=msg("git add -A && git commit -m 'new desk', then: tkt sync"),
        )


@dataclass(kw_only=True)
class _Way:
    """One sync on its way. `report` tells what has happened so far."""

    desk: Desk
    repo: GitRepo
    upstream: Upstream
    home: Upstream | None  # where this branch will go back to
    now: datetime
    by_rebase: bool
    aside: Aside | None
    report: SyncReport = field(init=False)

    def __post_init__(self) -> None:
        self.report = SyncReport(upstream=self.upstream.name)

    def gone(self, *, push: bool, checked: bool) -> SyncReport:
        tips: list[str | None] = []
        for attempt in range(ATTEMPTS):
            self.report = replace(self.report, attempts=attempt + 1)
            self.repo.remote.fetch(self.upstream)
            tips.append(self._theirs())
            self._meet()
            problems = self._faults() if checked and self._has_news() else ()
            if problems or not push:
                return replace(self.report, problems=problems, waiting=self.ahead())
            try:
                return self._sent()
            except Overtaken:
                if tips.count(tips[-1]) > _PATIENCE:
                    raise
            time.sleep(random.uniform(0.5, 1) * min(_PAUSE * 2**attempt, _LONGEST))
        raise GitError(
            msg("somebody else pushed first {count} times in a row; nothing is lost", count=ATTEMPTS),
            hint=msg("tkt sync"),
        )

    def _sent(self) -> SyncReport:
        """Push what the remote lacks. Errors: Overtaken, PushRefused, Offline, GitError."""
        went = Traffic()
        if self._has_news():
            news = self._traffic(self._theirs(), *self._unsent())
            try:
                self.repo.remote.push(self.upstream)
            except PushRefused as refusal:
                if self.aside is None:
                    raise
                return replace(self.report, proposal=self.aside.proposed(refusal), waiting=self.ahead())
            went = news
        return replace(self.report, went=went, proposal=self.aside.settled() if self.aside else None)

    def ahead(self) -> int:
        """How many of our commits the remote lacks."""
        return self.repo.count(*self._unsent())

    def _has_news(self) -> bool:
        """Whether there is anything to push: commits, or the branch itself."""
        return self._theirs() is None or bool(self.ahead())

    def _unsent(self) -> tuple[str, ...]:
        """Our commits that the remote lacks, as `git log` selects them."""
        theirs = self._theirs()
        return (f"{theirs}..HEAD",) if theirs else ("HEAD", "--not", f"--remotes={self.upstream.remote}")

    def _theirs(self) -> str | None:
        """The last commit of the remote's branch that we know; None where it has none yet."""
        return self.repo.known(self.upstream.ref)

    def _meet(self) -> None:
        """Make our branch hold what the remote's does, and what the branch does that it goes back to."""
        self._join(self.upstream, by_rebase=self.by_rebase)
        if self.home is not None and not self._is_the_products(self.home):
            self._join(self.home, by_rebase=False)  # what is pushed is not written anew
        if self.aside is not None:
            self._join(self.aside.fetched(), by_rebase=False)
            self.aside.leave_what_is_there()

    def _is_the_products(self, home: Upstream) -> bool:
        """Whether our branch changes other things than the desk: then it does not go back to the desk's branch."""
        theirs = self.repo.known(home.ref)
        base = self.repo.merge_base("HEAD", theirs) if theirs else None
        return base is None or self.repo.changes_elsewhere(base, "HEAD")

    def _join(self, other: Upstream, *, by_rebase: bool) -> None:
        theirs = self.repo.known(other.ref)
        if theirs is None or self.repo.is_ancestor(theirs, "HEAD"):
            return
        base = self.repo.merge_base("HEAD", theirs)
        if base is None:
            raise GitError(msg("{one} and {two} have no commit in common", one="HEAD", two=other.name))
        came = self._traffic(base, f"HEAD..{theirs}")
        with desk_lock(self.desk.root):
            if self.repo.is_ancestor(theirs, "HEAD"):  # another sync did it while we waited
                return
            self._refuse_files_taken_away(other, theirs)
            joined = self._joined(other, theirs, by_rebase=by_rebase)
        self.desk = Desk.open(self.desk.root)
        self.report = replace(
            self.report,
            came=_sum(self.report.came, came),
            merged=tuple(dict.fromkeys((*self.report.merged, *joined.merged))),
            moved=(*self.report.moved, *joined.moved),
            repaired=(*self.report.repaired, *joined.repaired),
        )

    def _refuse_files_taken_away(self, other: Upstream, theirs: str) -> None:
        """Git would put a file back that is moved and not committed; the ticket would then lie twice."""
        gone = {it.path for it in self.repo.work_changes("HEAD") if it.new is None}
        base = self.repo.merge_base("HEAD", theirs) if gone else None
        both = [it.path for it in self.repo.changes(base, theirs) if it.path in gone] if base else []
        if both:
            raise GitError(
                msg(
                    "moved or deleted here without a commit, and {upstream} changed it: {paths}",
                    upstream=other.name,
                    paths=tuple(both),
                ),
                hint=msg("commit your changes or put them aside (git stash), then: tkt sync"),
            )

    def _joined(self, other: Upstream, theirs: str, *, by_rebase: bool) -> Joined:
        if self.repo.is_ancestor("HEAD", theirs):
            self.repo.remote.fast_forward(theirs)
            return Joined()
        if by_rebase:
            return rebase(self.desk, self.repo, theirs, name=other.name, now=self.now)
        return merge(self.desk, self.repo, theirs, name=other.name, now=self.now)

    def _faults(self) -> tuple[Problem, ...]:
        """What is wrong in the files that would go out."""
        theirs = self._theirs()
        if theirs is None and self.home is not None:
            theirs = self.repo.known(self.home.ref)
        if theirs is None:
            return _errors(inspect(self.desk).problems)
        ours = {it.path for it in self.repo.changes(theirs, "HEAD")}
        found = inspect_since(self.desk, theirs).problems if ours else ()
        merges = CommittedPlanner(weaver=weaver_for(self.desk, self.repo), since=theirs)
        return (*(it for it in _errors(found) if _goes_out(it, ours)), *merges.problems())

    def _traffic(self, base: str | None, *selected: str) -> Traffic:
        """What the selected commits do to `base` (None: what the first of them stands on)."""
        commits = self.repo.commits(*selected)
        if not commits:
            return Traffic()
        start = base or next(iter(commits[0].parents), EMPTY_TREE)
        keys = (record_of(it.path) for it in self.repo.changes(start, commits[-1].sha))
        return Traffic(
            commits=len(commits),
            tickets=tuple(dict.fromkeys(key for key in keys if key is not None and is_ticket(key))),
            people=tuple(sorted({it.author[0] for it in commits})),
        )


def _errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(it for it in problems if it.severity is Severity.ERROR)


def _goes_out(problem: Problem, ours: Collection[str]) -> bool:
    """Whether a fault is about what our commits change: a file, a directory of it, the other copy of a ticket."""
    path = problem.path or ""
    if problem.code == "merge":
        return False  # every merge is looked at, not only the last
    if _is_configuration(path):
        return any(_is_configuration(each) for each in ours)
    if problem.code == "two-places" and record_of(path) in {record_of(each) for each in ours}:
        return True
    return path in ours or any(each.startswith(f"{path}/") for each in ours)


def _is_configuration(path: str) -> bool:
    return path == "tkt.yaml" or path.startswith("config/")


def _sum(one: Traffic, two: Traffic) -> Traffic:
    return Traffic(
        commits=one.commits + two.commits,
        tickets=tuple(dict.fromkeys((*one.tickets, *two.tickets))),
        people=tuple(sorted({*one.people, *two.people})),
    )
