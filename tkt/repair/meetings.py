"""What must be put right in a merge (rebase, cherry-pick, stash pop) that is not finished?

Git's index and the working tree are compared with what the records must be; what git merged well is
left alone, what it paired wrongly is written again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tkt.errors import Problem
from tkt.repair.present import Present
from tkt.repair.records import by_stage, record_of
from tkt.repair.steps import Step
from tkt.repair.telling import why
from tkt.repair.together import SAME_LINES, Outcome, Weaver
from tkt.repair.work import CannotKeep, Contents, with_work
from tkt.store.codec.markers import wholes
from tkt.store.gitrepo import Meeting


@dataclass(kw_only=True)
class MeetingPlanner:
    """Plans the repair of one meeting."""

    weaver: Weaver
    meeting: Meeting
    stuck: list[Problem] = field(default_factory=list)

    @cached_property
    def outcomes(self) -> Mapping[str, Outcome]:
        """What every record must be that either side has changed. Errors: GitError."""
        it = self.meeting
        if it.base is None or it.ours is None or it.theirs is None:
            return self.weaver.of_versions(by_stage(self.weaver.repo.unmerged()))
        return self.weaver.of_commits(it.base, it.ours, it.theirs)

    def steps(self) -> tuple[Step, ...]:
        """The records that are not as they must be. What nobody but a person can decide is in `stuck`."""
        paths = self._paths()
        everywhere = [path for some in paths.values() for path in some]
        present = Present.of(self.weaver.repo, everywhere, unmerged=self._unmerged)
        found: list[Step] = []
        for key, outcome in self.outcomes.items():
            if not outcome.stuck:
                found += self._steps(outcome, paths[key], present)
            elif not self._is_decided(outcome, present):
                self.stuck.extend(outcome.stuck)
        return tuple(found)

    def _is_decided(self, outcome: Outcome, present: Present) -> bool:
        """Whether a text that needed a person is in the index, without conflict markers."""
        path = outcome.versions.key
        entry = present.entries.get(path)
        if entry is None or path in self._unmerged or self.meeting.kind == "stash":
            return False
        needs_eyes = all(problem.code == SAME_LINES for problem in outcome.stuck)
        return needs_eyes and len(wholes(present.held[entry.blob])) == 1

    def _steps(self, outcome: Outcome, paths: Iterable[str], present: Present) -> Iterator[Step]:
        wanted = {path: outcome.files.get(path) for path in paths}
        if all(self._is_right(path, held, present) for path, held in wanted.items()):
            return
        contents: Contents = {path: self.weaver.content(held) for path, held in wanted.items()}
        seen = {path: present.on_disk(path) for path in wanted}
        try:
            contents = with_work(self.weaver, outcome, self.outcomes, contents, seen)
        except CannotKeep as error:
            self.stuck.extend(error.problems)
            return
        yield Step(
            key=outcome.versions.key,
            why=why(outcome),
            files=contents,
            seen=seen,
            left_out=frozenset(path for path in wanted if present.is_left_out(path)),
            clashes=outcome.clashes,
        )

    def _is_right(self, path: str, wanted: bytes | str | None, present: Present) -> bool:
        """Whether git has this path as it must be; work that lies over it is the person's."""
        if path in self._unmerged:
            return False
        if self.meeting.kind == "stash":  # leaves its changes on the disk, not all in the index
            return present.disk_holds(path, self.weaver.content(wanted))
        return present.index_holds(path, wanted)

    @cached_property
    def _unmerged(self) -> frozenset[str]:
        return frozenset(stage.path for stage in self.weaver.repo.unmerged())

    def _paths(self) -> dict[str, list[str]]:
        """Every path where a file of a record lies in any version, or where git has put one."""
        found: dict[str, dict[str, None]] = {
            key: dict.fromkeys([*(copy.path for copy in it.versions.copies), *it.files])
            for key, it in self.outcomes.items()
        }
        for path in (*self._changed_in_index(), *self._unmerged):
            key = record_of(path)
            if key in found:
                found[key][path] = None
        return {key: list(paths) for key, paths in found.items()}

    def _changed_in_index(self) -> Iterator[str]:
        if self.meeting.ours is not None:
            yield from (it.path for it in self.weaver.repo.index_changes(self.meeting.ours))
