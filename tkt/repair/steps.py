"""What must be written so that every record is as it must be, and how is that told?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import field

from tkt.frozen import dataclass
from tkt.i18n import Message, msg
from tkt.store.undoable import Undoable


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One record that is put right. `files` are all paths it touches: content, None to remove.

    `seen` is what lay on the disk when the step was planned: it must lie there still. `left_out` are
    paths that a sparse checkout keeps off the disk.
    """

    key: str
    why: Message
    files: Mapping[str, bytes | None]
    seen: Mapping[str, bytes | None] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    clashes: tuple[str, ...] = ()

    @property
    def path(self) -> str | None:
        """Where the record lies afterwards; None where it is removed."""
        return next((path for path, data in self.files.items() if data is not None), None)

    def told(self) -> Iterator[Message]:
        """One line for a person, and one for each clash."""
        yield msg("{key}: {why}", key=self.key, why=self.why)
        for name in self.clashes:
            yield msg(
                "{key}: both sides changed {field} by hand; the loser stands in an event",
                key=self.key,
                field=name,
            )


def write(step: Step, work: Undoable, *, skip: Collection[str] = ()) -> None:
    """Make the working tree hold what a step says, but for the paths to `skip`.

    New files come first, so that one valid copy is there at any instant. Errors: Conflict where
    something else lies there than was seen; FileError.
    """
    for path, data in step.files.items():
        there = step.seen.get(path)
        if data is None or path in skip:
            continue
        if there is None:
            work.create(path, data)
        elif there != data:
            work.replace(path, data, expected=there)
    for path, data in step.files.items():
        there = step.seen.get(path)
        if data is None and there is not None:
            work.remove(path, expected=there)
