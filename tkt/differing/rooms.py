"""What differs in the files that are no tickets: configuration, articles, replies, customers, the rest?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from tkt.comparison import Comparison
from tkt.desk import UNREADABLE
from tkt.differences.files import CustomerChange, FileChange, Room, Text, TextChange, how, room_of
from tkt.errors import DataError, Problem
from tkt.schema.configuration import CALENDAR_FILES, FILES
from tkt.store.codec.front_matter import read_front_matter
from tkt.store.codec.reading import read_document
from tkt.store.files import FileError, read_file
from tkt.store.gitrepo import WORK, Change


class Rooms:
    """The differing files of one comparison, by what they are for."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._rooms: dict[Room, list[Change]] = {}
        self.problems: list[Problem] = []
        for change in comparison.files:
            self._rooms.setdefault(room_of(change.path), []).append(change)

    @property
    def configuration_names(self) -> frozenset[str]:
        """The files of the configuration that differ, by their names in tkt.schema.FILES, and `calendars`."""
        named = {path: name for name, (path, _kind) in FILES.items()}
        paths = [change.path for change in self._changes("configuration")]
        dated = [path for path in paths if path.startswith(f"{CALENDAR_FILES}/")]
        return frozenset(
            [*(named[path] for path in paths if path in named), *(["calendars"] if dated else [])]
        )

    def plain(self, room: Room) -> tuple[FileChange, ...]:
        """What became of which file."""
        return tuple(_file_change(change) for change in self._changes(room))

    def texts(self, room: Room) -> Iterator[TextChange]:
        """Articles and replies, read; of those that cannot be read only the words are known."""
        for change in self._changes(room):
            try:
                before, after = (self._text(data, change.path) for data in self._contents(change))
            except FileError as error:
                self.problems.extend(error.problems)
                continue
            yield TextChange(path=change.path, before=before, after=after)

    def customers(self) -> Iterator[CustomerChange]:
        """Which keys of a customer differ."""
        for change in self._changes("customers"):
            what = how(change.old, change.new)
            keys = self._keys(change) if what == "changed" else ()
            yield CustomerChange(path=change.path, how=what, keys=keys)

    def attachments(self) -> Mapping[str, tuple[FileChange, ...]]:
        """Ticket → its files that differ; nothing for files outside of a ticket's folder."""
        found: dict[str, tuple[FileChange, ...]] = {}
        for change in self._changes("attachments"):
            parts = change.path.split("/")
            name = parts[1] if len(parts) > 2 else ""
            found[name] = (*found.get(name, ()), _file_change(change))
        return found

    def _changes(self, room: Room) -> Iterable[Change]:
        return self._rooms.get(room, ())

    def _keys(self, change: Change) -> tuple[str, ...]:
        try:
            old, new = (read_document(data or b"{}", change.path).value for data in self._contents(change))
        except UNREADABLE as error:
            self.problems.extend(error.problems)
            return ()
        return tuple(key for key in dict.fromkeys((*new, *old)) if old.get(key) != new.get(key))

    def _text(self, data: bytes | None, path: str) -> Text | None:
        if data is None:
            return None
        try:
            values, body = read_front_matter(data, path)
        except DataError as error:
            self.problems.extend(error.problems)
            return Text(values={}, body=data.decode(errors="replace"))
        return Text(values=values, body=body)

    @cached_property
    def _held(self) -> Mapping[str, bytes]:
        """Blob → what it holds, of all files that are read; asked for at once."""
        rooms: tuple[Room, ...] = ("knowledge", "replies", "customers")
        changes = [change for room in rooms for change in self._changes(room)]
        return self._comparison.repo.blobs(blob for it in changes for blob in (it.old, it.new) if blob)

    def _contents(self, change: Change) -> tuple[bytes | None, bytes | None]:
        """Errors: FileError for what lies on the disk."""
        old, new = (self._held.get(blob) if blob else None for blob in (change.old, change.new))
        if change.new == WORK:
            root = self._comparison.desk.root
            new = read_file(root / change.path, root=root)
        return old, new


def _file_change(change: Change) -> FileChange:
    return FileChange(path=change.path, how=how(change.old, change.new))
