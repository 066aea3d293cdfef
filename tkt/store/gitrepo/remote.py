"""How does the desk's branch meet the one on its remote: fetched, merged, pushed?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from shlex import quote

from tkt.errors import GitError, UsageError
from tkt.frozen import dataclass
from tkt.i18n import Message, msg
from tkt.late import late
from tkt.store.gitrepo.committing import language_of_the_user
from tkt.store.gitrepo.looking import branch, known
from tkt.store.gitrepo.running import Answer, Runner, told
from tkt.store.gitrepo.state import unfinished
from tkt.store.interrupts import postponed

_OFFLINE = late(
    r"Could not resolve host|Temporary failure in name resolution|Network is unreachable"
    r"|Connection (?:refused|timed out|reset)|No route to host|Operation timed out|Failed to connect"
    r"|Couldn't connect to server|Could not resolve hostname"
)
_OVERTAKEN = late(
    r"^!.*(?:\[rejected\]|cannot lock ref|failed to (?:lock|update ref)|incorrect old value)", re.MULTILINE
)
_REFUSED = late(r"^!.*\[remote rejected\] \((?P<why>[^\n]*)\)", re.MULTILINE)
_OWN = "."  # git's name for this very repository
# Exact renames only: with likeness git pairs tickets that have nothing to do with each other.
_MERGE_OPTIONS = ("--quiet", "--no-autostash", "-X", "find-renames=100%")


class Overtaken(GitError):
    """Somebody else has pushed since the last fetch."""

    code = "overtaken"


class PushRefused(GitError):
    """The remote takes no push to this branch, whoever is faster; `why` is its short reason, in git's words."""

    def __init__(self, answer: Answer, why: str) -> None:
        super().__init__(msg("git push was refused: {output}", output=answer.words), hint=_hint(answer))
        self.why = why


class Offline(GitError):
    """The remote cannot be reached now: no network, no such host."""

    code = "offline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upstream:
    """Where a branch is synced with. `ref` is its remote-tracking branch; it may not be there yet."""

    remote: str
    branch: str  # its name on the remote
    is_set: bool  # whether git knows it as the upstream

    @property
    def ref(self) -> str:
        """The remote-tracking branch."""
        return f"refs/remotes/{self.remote}/{self.branch}"

    @property
    def name(self) -> str:
        """As people say it: origin/main."""
        return f"{self.remote}/{self.branch}"


@dataclass(frozen=True, slots=True)
class Remote:
    """The commands of git that bring two branches together."""

    run: Runner

    def upstream(self) -> Upstream | None:
        """The upstream of the branch that is checked out, else the branch of that name on the only remote.

        None without a remote. Errors: GitError where HEAD is detached or there are several remotes.
        """
        ours = branch(self.run)
        if ours is None:
            raise unfinished(self.run.place) or GitError(
                msg("HEAD is detached, so there is no branch to sync; expected a branch"),
                hint=msg("git switch NAME"),
            )
        remote = _config(self.run, f"branch.{ours}.remote")
        merge = _config(self.run, f"branch.{ours}.merge")
        if remote and merge and remote != _OWN:
            return Upstream(remote=remote, branch=merge.removeprefix("refs/heads/"), is_set=True)
        remotes = self.run("remote").text.split()
        if len(remotes) > 1 and "origin" not in remotes:
            raise GitError(
                msg("there are several remotes, and {branch} follows none of them", branch=ours),
                hint=msg("git push -u REMOTE {branch}", branch=ours),
            )
        named = "origin" if "origin" in remotes else next(iter(remotes), None)
        return None if named is None else Upstream(remote=named, branch=ours, is_set=False)

    def home(self, of: Upstream, named: str | None) -> Upstream | None:
        """The remote's branch that all others go back to: `named`, else the remote's default.

        None where `of` is that branch, or nobody knows one.
        """
        default = self.run("symbolic-ref", "--quiet", f"refs/remotes/{of.remote}/HEAD", check=False)
        branch_there = named or default.text.strip().removeprefix(f"refs/remotes/{of.remote}/")
        if not branch_there or branch_there == of.branch:
            return None
        return Upstream(remote=of.remote, branch=branch_there, is_set=True)

    def fetch(self, of: Upstream) -> None:
        """Bring the remote's branches up to date.

        Errors: Offline; GitError with git's words, and where the branch is not on the remote any more.
        """
        answer = self.run("fetch", "--quiet", "--", of.remote, check=False)
        if self._is_gone(of, answer):
            raise GitError(
                msg("{remote} has no branch {branch} any more", remote=of.remote, branch=of.branch),
                hint=msg(
                    "to have it there again: git push {remote} HEAD:refs/heads/{branch}",
                    remote=quote(of.remote),
                    branch=quote(of.branch),
                ),
            )
        if answer.status != 0:
            raise _refusal(answer, msg("git fetch failed: {output}", output=answer.words))

    def _is_gone(self, of: Upstream, fetched: Answer) -> bool:
        """Whether a branch that was there once is none of those that git has just fetched."""
        if known(self.run, of.ref) is None:
            return False
        if fetched.status != 0:
            return f"couldn't find remote ref refs/heads/{of.branch}" in fetched.words
        found = (self.run.place.git_dir / "FETCH_HEAD").read_text("utf-8", "surrogateescape")
        return f"\tbranch '{of.branch}' of " not in found

    def push(self, to: Upstream, options: Iterable[str] = ()) -> None:
        """Send HEAD to its branch; `options` are words for the remote (`git push -o`).

        Errors: Overtaken where somebody was faster; PushRefused; Offline; GitError.
        """
        follow = () if to.is_set else ("--set-upstream",)
        self._push(to, *follow, *(f"--push-option={it}" for it in options), what="HEAD")

    def beside(self, of: Upstream, name: str) -> Upstream:
        """The branch `name` of the same remote. Errors: UsageError for the same branch, or no branch's name."""
        checked = self.run("check-ref-format", "--branch", name, check=False)
        if name == of.branch or checked.status != 0 or checked.text.strip() != name:
            raise UsageError(
                msg("{name} cannot be proposed on, expected the name of another branch", name=name),
                hint=msg("tkt sync --propose tkt/tick"),
            )
        return Upstream(remote=of.remote, branch=name, is_set=True)

    def fetch_alone(self, branch: Upstream) -> None:
        """Learn where one branch stands, and whether it is there at all. Errors: Offline, GitError."""
        spec = f"+refs/heads/{branch.branch}*:{branch.ref}*"  # with a * it may be missing, and is pruned
        answer = self.run("fetch", "--quiet", "--prune", "--no-tags", "--", branch.remote, spec, check=False)
        if answer.status != 0:
            raise _refusal(answer, msg("git fetch failed: {output}", output=answer.words))

    def remove(self, branch: Upstream) -> None:
        """Take a branch off the remote, if it is still what was fetched.

        Errors: Overtaken where it is not; PushRefused; Offline; GitError.
        """
        self._push(
            branch, f"--force-with-lease=refs/heads/{branch.branch}:{known(self.run, branch.ref)}", what=""
        )

    def _push(self, to: Upstream, *options: str, what: str) -> None:
        refspec = f"{what}:refs/heads/{to.branch}"
        answer = self.run("push", "--porcelain", *options, "--", to.remote, refspec, check=False)
        if answer.status == 0:
            return
        told = msg("git push was refused: {output}", output=answer.words)
        if _OVERTAKEN.search(answer.text):
            raise Overtaken(told)
        refused = _REFUSED.search(answer.text)
        raise PushRefused(answer, refused["why"]) if refused else _refusal(answer, told)

    def step_back(self, to: str) -> None:
        """Make the branch what the commit `to` is; files that differ from HEAD stay. Errors: GitError."""
        with postponed():
            self.run("reset", "--quiet", "--keep", to)

    def fast_forward(self, to: str) -> None:
        """Make the branch what `to` is, which holds all of it. Errors: GitError."""
        with postponed():
            _must_start(self.run("merge", "--ff-only", "--quiet", "--no-autostash", to, check=False))

    def start_merge(self, theirs: str) -> None:
        """Merge without making the commit; what git cannot merge stays unmerged. Errors: GitError where it did not start."""
        with postponed():
            answer = self.run("merge", "--no-commit", "--no-ff", *_MERGE_OPTIONS, theirs, check=False)
        if not self._is_merging():
            _must_start(answer)

    def commit_merge(self, message: str) -> str:
        """Make the commit of a merge with nothing left unmerged; its sha. Errors: GitError with the words of hooks."""
        answer = self.run(
            "commit",
            "--quiet",
            "--cleanup=verbatim",
            "--file=-",
            stdin=message.encode(),
            env=language_of_the_user(),
            check=False,
        )
        if answer.status != 0:
            raise GitError(msg("git made no commit: {output}", output=answer.words))
        return self.run("rev-parse", "HEAD").text.strip()

    def give_up_merge(self) -> None:
        """Everything as it was before a merge that has no commit yet. Errors: GitError."""
        with postponed():
            if self._is_merging():
                self.run("merge", "--abort")

    def _is_merging(self) -> bool:
        return (self.run.place.git_dir / "MERGE_HEAD").exists()

    def start_rebase(self, onto: str) -> None:
        """Put the branch's own commits on top of `onto`; it may stop. Errors: GitError where it did not start."""
        with postponed():
            answer = self.run("rebase", "--empty=drop", *_MERGE_OPTIONS, onto, check=False, env=_NO_EDITOR)
        if answer.status != 0 and not self.is_rebasing():
            _must_start(answer)

    def go_on_rebasing(self) -> None:
        """Take the next step of a rebase that stopped; it may stop again. Errors: GitError where it cannot go on."""
        before = (self.run.place.git_dir / "rebase-merge" / "msgnum").read_bytes()
        with postponed():
            answer = self.run("rebase", "--continue", check=False, env=_NO_EDITOR)
        stopped_at = self.run.place.git_dir / "rebase-merge" / "msgnum"
        if answer.status != 0 and stopped_at.exists() and stopped_at.read_bytes() == before:
            raise GitError(msg("git cannot go on with the rebase: {output}", output=answer.words))

    def is_rebasing(self) -> bool:
        """Whether a rebase has stopped half-way."""
        return (self.run.place.git_dir / "rebase-merge").exists()

    def give_up_rebase(self, before: str) -> None:
        """Everything as it was before a rebase, half-way or done, of a branch that was at `before`. Errors: GitError."""
        with postponed():
            if self.is_rebasing():
                self.run("rebase", "--abort")
            elif known(self.run, "HEAD") != before:
                self.step_back(before)

    def textual_conflicts(self, ours: str, theirs: str) -> tuple[str, ...]:
        """The desk's paths and others that git alone, as a forge runs it, could not merge; nothing is touched.

        Errors: GitError with a git older than 2.38.
        """
        answer = self.run(
            "merge-tree", "--write-tree", "--name-only", "-z", ours, theirs, check=False, env=told(_NO_DRIVER)
        )
        if answer.status not in (0, 1):
            raise GitError(
                msg("git merge-tree failed: {output}", output=answer.words),
                hint=msg("--forecast needs git 2.38 or newer"),
            )
        names = answer.text.split("\0\0", 1)[0].split("\0")[1:]
        return tuple(dict.fromkeys(self.run.outside(name) for name in names if name)) if answer.status else ()


_NO_DRIVER = {"merge.tkt.driver": "git merge-file --quiet %A %O %B"}
_NO_EDITOR = {"GIT_EDITOR": "true", "GIT_SEQUENCE_EDITOR": "true"}


def _config(run: Runner, key: str) -> str:
    return run("config", "--get", key, check=False).text.strip()


def _refusal(answer: Answer, told: Message) -> GitError:
    return Offline(told) if _OFFLINE.search(answer.words) else GitError(told, hint=_hint(answer))


def _hint(answer: Answer) -> Message | None:
    if "hook declined" in answer.words or "protected branch" in answer.words:
        return msg(
            "send it as a branch of its own and open a pull request: git push origin HEAD:refs/heads/NAME"
        )
    return None


def _must_start(answer: Answer) -> None:
    if answer.status != 0:
        raise GitError(
            msg("git did not start to merge: {output}", output=answer.words),
            hint=msg("commit your changes or put them aside (git stash), then: tkt sync"),
        )
