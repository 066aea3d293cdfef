"""Would two branches merge, and what will a forge's button say? Nothing is touched."""

from __future__ import annotations

from tkt.desk import Desk
from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.i18n import Message, msg, msgn
from tkt.repair import weaver_for
from tkt.repair.records import record_of
from tkt.store.gitrepo import GitRepo


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """What merging two branches will be like.

    `both_changed` are records that tkt puts together, `stuck` those that it cannot; `conflicts` are
    other files that a person must merge; `forge_conflicts` all paths that git without tkt stops at.
    """

    both_changed: tuple[str, ...]
    stuck: tuple[Problem, ...]
    conflicts: tuple[str, ...]
    forge_conflicts: tuple[str, ...]
    remedy: str = "tkt sync"  # what brings the branch in order, on it

    @property
    def merges(self) -> bool:
        """Whether `tkt sync` needs no person."""
        return not self.stuck and not self.conflicts

    def lines(self) -> tuple[Message, ...]:
        """The forecast for a person."""
        found = [msg("it would merge") if self.merges else msg("it would not merge by itself")]
        if self.both_changed:
            found.append(
                msgn(
                    "{count} record was changed on both sides; tkt puts it together by its events",
                    "{count} records were changed on both sides; tkt puts them together by their events",
                    len(self.both_changed),
                )
            )
        if self.conflicts:
            found.append(msg("a person must merge: {paths}", paths=self.conflicts))
        if self.merges and self.forge_conflicts:
            found.append(
                msgn(
                    "a forge shows a conflict in {count} file: run {command} on this branch",
                    "a forge shows a conflict in {count} files: run {command} on this branch",
                    len(self.forge_conflicts),
                    command=self.remedy,
                )
            )
        return tuple(found)


def forecast(desk: Desk, repo: GitRepo, ours: str, theirs: str) -> Forecast:
    """What merging `theirs` into `ours`, two commits, will be like. Errors: GitError."""
    base = repo.common_commit(ours, theirs)
    outcomes = weaver_for(desk, repo).of_commits(base, ours, theirs)
    blocked = repo.remote.textual_conflicts(ours, theirs)
    return Forecast(
        both_changed=tuple(key for key, it in outcomes.items() if it.is_merged),
        stuck=tuple(problem for it in outcomes.values() for problem in it.stuck),
        conflicts=tuple(path for path in blocked if record_of(path) is None),
        forge_conflicts=blocked,
        remedy="tkt sync --here" if desk.config.desk.git.branch else "tkt sync",
    )
