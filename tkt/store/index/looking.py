"""Which entries hold still, and what becomes of the others? One look at files, with a database or without."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from tkt.store.index.entries import Entry, Part, Same, blob_in, brief_in, folder_and_name, held_in, origin_in
from tkt.store.index.keeping import Keeper
from tkt.store.index.working import Compute, Job, worked
from tkt.store.stamps import SIZE, stamps_in
from tkt.store.tree import Found

_AT_ONCE = 2000
"""Entries that are written together, so that a build that is killed was not for nothing."""
SINGLY = 100
"""Contents that are fetched one by one; who asks for more will ask for most."""


class Look:
    """What is known is taken over; what is not is computed, and kept where there is a database.

    Contents are of one part, and fetched when they are asked for.
    """

    def __init__(
        self,
        root: Path,
        part: Part,
        files: Sequence[Found],
        compute: Compute,
        keeper: Keeper,
        is_enough: Callable[[bytes], bool] | None = None,
        *,
        are_all: bool = True,
        proved: Mapping[str, bytes] | None = None,
    ) -> None:
        """`is_enough`: whether an entry with this brief is one; None: all are. `are_all`: that their folders hold.

        `proved`: path → git's name of what each file is known to hold, so that none needs to be looked at.
        """
        self._are_all = are_all
        self._proved = proved
        self._root = root
        self._part: Part = part
        self._compute = compute
        self._keeper = keeper
        self._is_enough = is_enough
        self._files = files
        self._folders = _by_folder(files)
        self._held: dict[str, bytes] = {}
        self._contents: dict[str, bytes] = {}
        self._fetched = 0  # singly
        self._entries: list[Entry] = []  # to be kept
        self._same: list[Same] = []  # to be kept with their new stamps
        self._gone: list[str] = []  # to be forgotten
        self._work([job for folder, some in self._folders.items() for job in self._stale(folder, some)])

    def briefs(self) -> Iterator[tuple[Found, bytes | None]]:
        """What is kept at hand of every file, in their order; None: it cannot be read or kept."""
        held = self._held
        for file in self._files:
            known = held.get(file.path)
            yield file, None if known is None else brief_in(known)

    def origins(self) -> Iterator[tuple[Found, bytes | None]]:
        """The same, of from whom it is and when it came."""
        for file in self._files:
            known = self._held.get(file.path)
            yield file, None if known is None else origin_in(known)

    def content(self, path: str) -> bytes | None:
        """The part of a file; None where it cannot be read or kept."""
        found = self._contents.get(path)
        if found is not None or path not in self._held:
            return found
        self._fetched += 1
        self._fetch(folder_and_name(path)[0], None if self._fetched > SINGLY else path)
        return self._contents.get(path)

    def folders(self) -> Iterator[tuple[str, Sequence[Found]]]:
        """The files, a folder at a time."""
        yield from self._folders.items()

    def held(self, path: str) -> bytes:
        """What is known of the content of a file (`entries.held`); empty where it cannot be read or kept."""
        return self._held.get(path, b"")

    def others(self, part: Part, folder: str, files: Sequence[Found]) -> dict[str, bytes]:
        """Path → another part than this look's, of files of one folder that hold what it saw; gone from memory after."""
        if len(files) > SINGLY:
            found = self._keeper.contents(part, folder, self._held)
        else:
            found = {}
            for file in files:
                found |= self._keeper.contents(part, folder, self._held, file.path)
        lost = [Job(file) for file in files if file.path in self._held and file.path not in found]
        for some in worked(self._root, lost, self._compute) if lost else ():
            for done in some:
                if isinstance(done, Entry) and blob_in(done.held) == blob_in(self._held[done.path]):
                    found[done.path] = done.parts.of(part)
        return found

    def other(self, part: Part, file: Found) -> bytes | None:
        """The same of one file; None where it cannot be read or kept, or was lost since: the file has it."""
        if part == self._part and file.path in self._contents:
            return self._contents.pop(file.path)
        return self._keeper.contents(part, folder_and_name(file.path)[0], self._held, file.path).get(
            file.path
        )

    def contents(self) -> Iterator[tuple[Found, bytes | None]]:
        """The same of every file, a folder at a time; what was given is let go of, and nothing can be asked again."""
        self._files = ()
        for folder in list(self._folders):
            self._fetch(folder)
            for file in self._folders.pop(folder):
                self._held.pop(file.path, None)
                yield file, self._contents.pop(file.path, None)

    def _fetch(self, folder: str, only: str | None = None) -> None:
        """Contents of a folder's files, or of the one at the path `only`; what is damaged or gone is computed anew."""
        self._contents.update(self._keeper.contents(self._part, folder, self._held, only))
        if only not in self._contents:
            lost = (file for file in self._folders[folder] if only in (None, file.path))
            self._work([Job(file) for file in lost if self._lacks(file.path)])

    def _lacks(self, path: str) -> bool:
        return path in self._held and path not in self._contents

    def _stale(self, folder: str, files: Sequence[Found]) -> Iterator[Job]:
        """The files of which is not surely known what they hold; the others are taken over."""
        keeper, cut = self._keeper, len(folder) + 1
        heads = (
            keeper.heads(folder)
            if self._are_all
            else keeper.heads_of(folder, [it.path[cut:] for it in files])
        )
        start, known, is_enough, proved = len(folder) + 1, self._held, self._is_enough, self._proved
        with stamps_in(str(self._root / folder)) as stamp:
            for file in files:
                path = file.path
                name = path[start:]
                head = heads.pop(name, None)
                if is_enough is not None and head is not None and not is_enough(brief_in(held_in(head))):
                    head = None
                if head is not None and (
                    head[:SIZE] == stamp(name) if proved is None else blob_in(held_in(head)) == proved[path]
                ):
                    known[path] = held_in(head)
                else:
                    yield Job(file, None if head is None else held_in(head))
        self._gone += (f"{folder}/{name}" for name in heads)

    def _work(self, jobs: Sequence[Job]) -> None:
        for some in worked(self._root, jobs, self._compute) if jobs else ():
            for done in some:
                self._held[done.path] = done.held
                if isinstance(done, Same):
                    self._same.append(done)
                else:
                    self._contents[done.path] = done.parts.of(self._part)
                    self._entries.append(done)
            if len(self._entries) >= _AT_ONCE:
                self._keep()
        self._keep()

    def _keep(self) -> None:
        self._keeper.keep(self._entries, self._same, self._gone)
        self._entries, self._same, self._gone = [], [], []


def _by_folder(files: Iterable[Found]) -> dict[str, list[Found]]:
    found: dict[str, list[Found]] = {}
    for file in files:
        folder = file.path[: file.path.rindex("/")]
        if folder in found:
            found[folder].append(file)
        else:
            found[folder] = [file]
    return found
