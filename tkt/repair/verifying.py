"""Did a merge keep what both of its parents had: every event, and one file for each id?

What the merge must hold is worked out from its parents alone, by id; how git paired files does not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from tkt.errors import GitError, Problem, Severity
from tkt.frozen import dataclass
from tkt.i18n import msg, msgn
from tkt.repair.records import is_ticket, record_of
from tkt.repair.together import Outcome, Weaver
from tkt.store.gitrepo import EMPTY_TREE, GitRepo


@dataclass(frozen=True, kw_only=True)
class Merge:
    """A merge of two commits: `result` is its tree, that of a commit or of the index."""

    base: str
    ours: str
    theirs: str
    result: str


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A record that a merge did not keep as it must be. `files` are path → blob in the result."""

    outcome: Outcome
    files: Mapping[str, str]
    lost: frozenset[str]  # events of a parent that are not in the result
    foreign: frozenset[str]  # events in the result that are another ticket's
    is_misread: bool = False  # its directory or its keys are not what its events say

    @property
    def key(self) -> str:
        """The record's."""
        return self.outcome.versions.key

    def problem(self) -> Problem:
        """The fault as `tkt check` tells it."""
        path = next(iter(self.files), self.outcome.path)
        if self.foreign:
            told = msgn(
                "the merge put an event of another ticket here",
                "the merge put {count} events of another ticket here",
                len(self.foreign),
            )
        elif len(self.files) > 1:
            told = msg("the merge left {id} in two places: {paths}", id=self.key, paths=tuple(self.files))
        elif not self.files:
            told = msg("the merge lost {id}: no file of it is left", id=self.key)
        elif self.is_misread:
            told = msg("the merge left its keys or its directory other than its events say")
        else:
            told = msgn(
                "the merge lost an event that one of its parents has",
                "the merge lost {count} events that one of its parents has",
                len(self.lost),
            )
        return Problem(code="merge", message=told, path=path, hint=msg("tkt repair"))


def merge_of(repo: GitRepo, rev: str) -> Merge | None:
    """The merge that a commit is; None for any other commit, and for one of unrelated histories or many heads.

    Errors: GitError where a shallow clone lacks a parent, or where the two parted.
    """
    parents = repo.raw_parents(rev)
    if len(parents) != 2:
        return None
    there = repo.commits("-n1", rev)[0].parents
    if len(there) != 2:
        raise GitError(
            msg("this clone is too shallow to check the merge {sha}: its parents are missing", sha=rev[:10]),
            hint=msg("git fetch --unshallow"),
        )
    base = repo.merge_base(*parents)
    return None if base is None else Merge(base=base, ours=parents[0], theirs=parents[1], result=rev)


def unfinished_merge(repo: GitRepo) -> Merge | None:
    """The merge that waits for its commit with nothing left unmerged; None where there is none."""
    meeting = repo.meeting()
    if meeting is None or meeting.kind != "merge" or repo.unmerged() or repo.unmerged_elsewhere():
        return None
    return Merge(
        base=meeting.base or EMPTY_TREE,
        ours=meeting.ours or "",
        theirs=meeting.theirs or "",
        result=repo.index_tree(),
    )


@dataclass(frozen=True, kw_only=True)
class Verifier:
    """Compares what a merge holds with what it must hold."""

    weaver: Weaver
    merge: Merge

    @cached_property
    def outcomes(self) -> Mapping[str, Outcome]:
        """What every record must be that either parent has changed. Errors: GitError."""
        return self.weaver.of_commits(self.merge.base, self.merge.ours, self.merge.theirs)

    def faults(self) -> Iterator[Fault]:
        """The records that the merge did not keep. Errors: GitError."""
        held = self._held()
        for key, outcome in self.outcomes.items():
            files = held[key]
            if not self._is_as_expected(outcome, files):
                fault = self._fault(outcome, files)
                if fault is not None:
                    yield fault

    def _held(self) -> dict[str, dict[str, str]]:
        """Key → path → blob of the records' files in the result."""
        found = {
            key: {copy.path: copy.blob for copy in it.versions.ours} for key, it in self.outcomes.items()
        }
        new = {record_of(path): key for key, it in self.outcomes.items() for path in it.beside}
        for change in self.weaver.repo.changes(self.merge.ours, self.merge.result):
            key = record_of(change.path)
            files = found.get(new.get(key, key or ""))
            if files is None:
                continue
            files.pop(change.path, None)
            if change.new is not None:
                files[change.path] = change.new
        return found

    def _is_as_expected(self, outcome: Outcome, files: Mapping[str, str]) -> bool:
        wanted = outcome.files
        return wanted.keys() == files.keys() and all(
            held == files[path] if isinstance(held, str) else held == self.weaver.content(files[path])
            for path, held in wanted.items()
        )

    def _fault(self, outcome: Outcome, files: Mapping[str, str]) -> Fault | None:
        versions = outcome.versions
        if not is_ticket(versions.key):
            lost_file = not files and outcome.files
            return _no_events(outcome, files) if lost_file else None
        there = self._events(files)
        parents = self._events({it.path: it.blob for it in versions.ours}) | self._events(
            {it.path: it.blob for it in versions.theirs}
        )
        lost = parents - there if outcome.files else frozenset()
        strange = there - parents - self._events({it.path: it.blob for it in versions.base})
        foreign = strange & self._elsewhere(versions.key) if strange else strange
        is_twice = len(files) > 1 and len(outcome.files) <= 1
        is_misread = self._misread(files) and not self._misread(outcome.files)
        if not (lost or foreign or is_twice or is_misread or (outcome.files and not files)):
            return None
        return Fault(outcome=outcome, files=files, lost=lost, foreign=foreign, is_misread=is_misread)

    def _misread(self, files: Mapping[str, bytes | str]) -> bool:
        return any(
            self.weaver.is_misread(path, self.weaver.content(held) or b"") for path, held in files.items()
        )

    def _events(self, files: Mapping[str, str]) -> frozenset[str]:
        return frozenset(
            event
            for path, blob in files.items()
            for event in self.weaver.event_ids(path, self.weaver.content(blob) or b"")
        )

    def _elsewhere(self, key: str) -> frozenset[str]:
        others = (it for other, it in self.outcomes.items() if other != key)
        return frozenset(event for it in others for event in self.weaver.events_of(it))


def _no_events(outcome: Outcome, files: Mapping[str, str]) -> Fault:
    return Fault(outcome=outcome, files=files, lost=frozenset(), foreign=frozenset())


def merge_problems(weaver: Weaver, rev: str | None = None) -> tuple[Problem, ...]:
    """What is wrong with the merge `rev` (None: the one in progress, else HEAD if it is a merge).

    A shallow clone that lacks its parents is a warning, unless the merge was asked for by name.
    Errors: GitError.
    """
    repo = weaver.repo
    unmerged = tuple(dict.fromkeys(stage.path for stage in repo.unmerged())) if rev is None else ()
    if unmerged:
        return tuple(_unmerged(path) for path in unmerged)
    try:
        merge = _merge_in_question(repo, rev)
    except GitError as error:
        if rev is not None:
            raise
        warning = Severity.WARNING
        return (Problem(code="merge", message=error.message, hint=error.hint, severity=warning),)
    if merge is None:
        return ()
    return tuple(fault.problem() for fault in Verifier(weaver=weaver, merge=merge).faults())


def _merge_in_question(repo: GitRepo, rev: str | None) -> Merge | None:
    if rev is not None:
        return merge_of(repo, repo.resolved(rev))
    waiting = unfinished_merge(repo)
    head = repo.head()
    return waiting or (merge_of(repo, head) if head is not None else None)


def _unmerged(path: str) -> Problem:
    return Problem(
        code="unmerged",
        message=msg("is in conflict: a merge is not finished"),
        path=path,
        hint=msg("tkt repair"),
    )
