"""Where does what was done here go, if the remote takes no pushes to its branch?"""

from __future__ import annotations

from tkt.frozen import dataclass
from tkt.store.gitrepo import GitRepo, PushRefused, Upstream
from tkt.sync.report import Proposal


@dataclass(frozen=True, slots=True)
class Propose:
    """The branch to put it on, and words for the remote with each push there (`git push -o`)."""

    branch: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """One branch beside the upstream, for a pull request. It only ever grows: what it holds comes in first."""

    repo: GitRepo
    upstream: Upstream
    branch: Upstream
    options: tuple[str, ...] = ()

    @classmethod
    def of(cls, repo: GitRepo, upstream: Upstream, wish: Propose) -> Aside:
        """The branch that was asked for. Errors: UsageError where it cannot be one."""
        branch = repo.remote.beside(upstream, wish.branch)
        return cls(repo=repo, upstream=upstream, branch=branch, options=wish.options)

    def fetched(self) -> Upstream:
        """The branch, as the remote has it now, if it has it. Errors: Offline, GitError."""
        self.repo.remote.fetch_alone(self.branch)
        return self.branch

    def leave_what_is_there(self) -> None:
        """Forget commits that say nothing the upstream does not say: what was proposed has been squashed into it."""
        theirs = self.repo.known(self.upstream.ref)
        mine = self.repo.resolved("HEAD")
        if theirs is None or mine == theirs or not self.repo.is_ancestor(theirs, mine):
            return
        if not self.repo.changes(theirs, mine) and not self.repo.changes_elsewhere(theirs, mine):
            self.repo.remote.step_back(theirs)

    def proposed(self, refusal: PushRefused) -> Proposal:
        """Bring the branch up to date. Errors: Overtaken, PushRefused, Offline, GitError."""
        if self.repo.known(self.branch.ref) != self.repo.resolved("HEAD"):
            self.repo.remote.push(self.branch, self.options)
        return Proposal(branch=self.branch.name, is_open=True, why=refusal.why)

    def settled(self) -> Proposal | None:
        """Remove the branch, all of which is in the upstream now; None where there is none.

        Errors: Overtaken, Offline, GitError.
        """
        if self.repo.known(self.branch.ref) is None:
            return None
        try:
            self.repo.remote.remove(self.branch)
        except PushRefused as refusal:
            return Proposal(branch=self.branch.name, is_open=False, why=refusal.why)
        return Proposal(branch=self.branch.name, is_open=False)
