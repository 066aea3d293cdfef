"""What did merges that are committed already do to records, and how is it put right by a commit more?

A forge's button runs no merge driver, and git may pair the wrong files. What such a merge lost is
brought back from its parents; what has happened since stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tkt.errors import GitError, Problem, TktError
from tkt.i18n import Message, msg, msgn
from tkt.repair.present import Present
from tkt.repair.records import is_ticket
from tkt.repair.steps import Step
from tkt.repair.together import Weaver
from tkt.repair.verifying import Fault, Verifier, merge_of
from tkt.store.codec.merging import without_events

LOOKED_AT = 20
"""So many merges are looked at, the last ones, unless the caller says from where on."""


@dataclass(kw_only=True)
class CommittedPlanner:
    """Plans what puts the merges of a history right. `since` None: the last few of them."""

    weaver: Weaver
    since: str | None = None
    stuck: list[Problem] = field(default_factory=list)

    def steps(self) -> tuple[Step, ...]:
        """One step a record, the newest merge's first. Errors: GitError."""
        return self.steps_for(fault for sha in self._merges() for fault in self._faults(sha))

    def steps_for(self, faults: Iterable[Fault]) -> tuple[Step, ...]:
        """What puts these faults right as the records lie now; the first of a record counts."""
        found: dict[str, Step] = {}
        for fault in faults:
            step = None if fault.key in found else self._step(fault)
            if step is not None:
                found[fault.key] = step
        return tuple(found.values())

    def problems(self) -> tuple[Problem, ...]:
        """What those merges lost or mixed up, and nobody has put right since. Errors: GitError."""
        faults = (fault for sha in self._merges() for fault in self._faults(sha))
        return tuple(it.problem() for it in faults if self._is_still_wrong(it, self._lying(it)))

    def _merges(self) -> Iterator[str]:
        selected = ("-n", str(LOOKED_AT), "HEAD") if self.since is None else (f"{self.since}..HEAD",)
        if self.weaver.repo.head() is not None:
            yield from reversed([it.sha for it in self.weaver.repo.commits("--merges", *selected)])

    def _faults(self, sha: str) -> Iterator[Fault]:
        try:
            merge = merge_of(self.weaver.repo, sha)
        except GitError:
            return  # a shallow clone ends here; `check` says so
        if merge is not None:
            yield from Verifier(weaver=self.weaver, merge=merge).faults()

    def _step(self, fault: Fault) -> Step | None:
        """What puts one record right as it lies now; None where that has been done."""
        if fault.outcome.stuck:
            self.stuck.extend(fault.outcome.stuck)
            return None
        seen = self._lying(fault)
        if not self._is_still_wrong(fault, seen):
            return None
        try:
            path, data = self._put_right(fault, seen)
        except TktError as error:
            self.stuck.extend(error.problems)
            return None
        files: dict[str, bytes | None] = {**dict.fromkeys(seen), path: data}
        return Step(
            key=fault.key,
            why=_why(fault),
            files=files,
            seen={place: self._present.on_disk(place) for place in files},
            left_out=frozenset(place for place in files if self._present.is_left_out(place)),
        )

    def _lying(self, fault: Fault) -> dict[str, bytes]:
        """Where the record's files lie now, on the disk or only in the index, and what they hold."""
        paths = [fault.key]
        if is_ticket(fault.key):
            on_disk = [found.path for found in self.weaver.tree.find(fault.key)]
            paths = list(dict.fromkeys([*on_disk, *self.weaver.repo.indexed_copies(fault.key)]))
        self._present = Present.of(self.weaver.repo, paths, unmerged=())
        return {path: data for path in paths if (data := self._present.lying(path)) is not None}

    def _is_still_wrong(self, fault: Fault, seen: Mapping[str, bytes]) -> bool:
        there = {event for path, data in seen.items() for event in self.weaver.event_ids(path, data)}
        if len(seen) != 1 or fault.lost - there or fault.foreign & there:
            return True
        return fault.is_misread and any(self.weaver.is_misread(path, data) for path, data in seen.items())

    def _put_right(self, fault: Fault, seen: Mapping[str, bytes]) -> tuple[str, bytes]:
        """Where the record belongs and what it must hold, everything since the merge kept."""
        (wanted_path, held) = next(iter(fault.outcome.files.items()))
        wanted = self.weaver.content(held) or b""
        if not is_ticket(fault.key) or not seen:
            return wanted_path, wanted
        if {path: self.weaver.content(blob) for path, blob in fault.files.items()} == seen:
            return wanted_path, wanted
        versions = fault.outcome.versions
        base = self.weaver.content((versions.ours or versions.theirs)[0].blob) or b""
        path, data, status = wanted_path, wanted, ""
        for place, there in seen.items():
            own = without_events(there, path=place, ids=fault.foreign)
            merged = self.weaver.put_together((path, base), (path, data), (place, own))
            path, data, status = place, merged.data, merged.status or ""
        return self.weaver.home(fault.key, data, status), data


def _why(fault: Fault) -> Message:
    if fault.foreign:
        return msgn(
            "a merge put an event of another ticket here: it is taken out",
            "a merge put {count} events of another ticket here: they are taken out",
            len(fault.foreign),
        )
    if fault.lost:
        return msgn(
            "a merge lost an event: it is brought back",
            "a merge lost {count} events: they are brought back",
            len(fault.lost),
        )
    if not fault.files:
        return msg("a merge lost the file: it is brought back")
    if fault.is_misread:
        return msg("a merge left its keys or its directory other than its events say: they are as these say")
    return msg("a merge left it in two places: put together event by event")
