"""What is wrong with records as they lie, whatever it came from: two copies, conflict markers, another directory?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tkt.desk import Desk
from tkt.errors import Problem, TktError
from tkt.i18n import Message, msg
from tkt.merging import TwoTickets
from tkt.repair.misplaced import Misplaced, misplaced
from tkt.repair.present import Present
from tkt.repair.records import FOLDERS, is_ticket, record_of
from tkt.repair.steps import Step
from tkt.repair.together import Weaver, status_in
from tkt.store.codec.markers import wholes
from tkt.store.files import read_file

_Place = tuple[str, bytes]  # a path, and what lies there


@dataclass(kw_only=True)
class LoosePlanner:
    """Plans the repair of the records in the working tree, but for those that are planned already."""

    desk: Desk
    weaver: Weaver
    planned: frozenset[str]
    stuck: list[Problem] = field(default_factory=list)

    def steps(self) -> tuple[Step, ...]:
        """One step a record. Errors: GitError."""
        found = [step for key, paths in self._wrong().items() for step in self._step(key, paths)]
        known = {*self.planned, *(step.key for step in found)}
        return (
            *found,
            *(step for it in misplaced(self.weaver) for step in self._home(it) if step.key not in known),
        )

    def _home(self, it: Misplaced) -> Iterator[Step]:
        """The move of a ticket to where its events lead; none where somebody is at work on its file."""
        path = self.weaver.home(it.ticket.id, it.data, it.status)
        file = self.desk.root / it.path
        if not file.is_file() or read_file(file, root=self.desk.root) != it.data:
            return
        why = msg("its events lead to {status}: it goes there, to {path}", status=it.status, path=path)
        seen = {it.path: it.data, path: None}
        yield Step(key=it.ticket.id, why=why, files={it.path: None, path: it.data}, seen=seen)

    def _wrong(self) -> dict[str, list[str]]:
        """The records that lie twice or hold conflict markers, with all their paths."""
        found: dict[str, list[str]] = {}
        for copy in self.desk.tree.scan().duplicates:
            found.setdefault(copy.id, []).append(copy.path)
        for path in self.weaver.repo.paths_with_markers(FOLDERS):
            key = record_of(path)
            if key is not None and path not in found.setdefault(key, []):
                found[key].append(path)
        return {key: sorted(paths) for key, paths in found.items() if key not in self.planned}

    def _step(self, key: str, paths: list[str]) -> Iterator[Step]:
        try:
            present = Present.of(self.weaver.repo, paths, unmerged=())
            seen = {path: data for path in paths if (data := present.lying(path)) is not None}
            versions = [(path, whole) for path, data in seen.items() for whole in wholes(data)]
            if len(versions) < 2:
                return  # the lines that look like markers are somebody's text
            path, data, clashes = self._together(key, versions)
        except TwoTickets:
            self.stuck.append(_two_tickets(key, tuple(paths)))
        except TktError as error:
            self.stuck.extend(error.problems)
        else:
            files: dict[str, bytes | None] = {**dict.fromkeys(seen), path: data}
            yield Step(
                key=key,
                why=_why(paths, path),
                files=files,
                seen={place: present.on_disk(place) for place in files},
                left_out=frozenset(place for place in files if present.is_left_out(place)),
                clashes=clashes,
            )

    def _together(self, key: str, versions: list[_Place]) -> tuple[str, bytes, tuple[str, ...]]:
        """Several versions of a record as one: its path, its content, what both changed by hand."""
        (path, data), clashes, status = versions[0], tuple[str, ...](), None
        for other in versions[1:]:
            merged = self.weaver.put_together(None, (path, data), other, is_placed=path != other[0])
            data, clashes, status = merged.data, (*clashes, *merged.clashes), merged.status
        there = {place for place, _ in versions if status_in(place) == status}
        if not is_ticket(key) or len(there) == 1:
            return (there.pop() if is_ticket(key) else key), data, clashes
        return self.weaver.home(key, data, status or ""), data, clashes


def _why(paths: list[str], path: str) -> Message:
    if len(paths) > 1:
        return msg(
            "it lay in {count} places: put together event by event, at {path}", count=len(paths), path=path
        )
    return msg("conflict markers lay in it: both sides are put together, at {path}", path=path)


def _two_tickets(ticket_id: str, paths: tuple[str, ...]) -> Problem:
    return Problem(
        code="two-tickets",
        message=msg("{id} names two different tickets: {paths}", id=ticket_id, paths=paths),
        path=paths[0],
        hint=msg("tkt check --fix gives the younger one an id of its own"),
    )
