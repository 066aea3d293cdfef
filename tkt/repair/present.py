"""What do git's index and the disk hold now, at the paths that a repair is about?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from tkt.frozen import dataclass
from tkt.store.files import FileMissing, read_file
from tkt.store.gitrepo import Entry, GitRepo


@dataclass(frozen=True, kw_only=True)
class Present:
    """The index's entries at these paths, and the folder in which the files lie."""

    root: Path
    entries: Mapping[str, Entry]
    held: Mapping[str, bytes]  # the contents of the entries
    unmerged: Collection[str]

    @classmethod
    def of(cls, repo: GitRepo, paths: Iterable[str], *, unmerged: Collection[str]) -> Present:
        """What lies at `paths`. Errors: GitError."""
        entries = repo.entries(paths)
        held = repo.blobs(entry.blob for entry in entries.values())
        return cls(root=repo.root, entries=entries, held=held, unmerged=unmerged)

    def index_holds(self, path: str, wanted: bytes | str | None) -> bool:
        """Whether the index has this content, this blob, or for None no such path."""
        entry = self.entries.get(path)
        if entry is None or wanted is None:
            return entry is None and wanted is None
        return entry.blob == wanted if isinstance(wanted, str) else self.held[entry.blob] == wanted

    def disk_holds(self, path: str, wanted: bytes | None) -> bool:
        """Whether the disk has this content, or for None no such file."""
        return self.on_disk(path) == wanted

    def on_disk(self, path: str) -> bytes | None:
        """What the file holds; None where there is none. Errors: FileError."""
        try:
            return read_file(self.root / path, root=self.root)
        except FileMissing:
            return None

    def lying(self, path: str) -> bytes | None:
        """What lies there: on the disk, or in the index where a sparse checkout keeps it off the disk."""
        return self.held[self.entries[path].blob] if self.is_left_out(path) else self.on_disk(path)

    def is_left_out(self, path: str) -> bool:
        """Whether a sparse checkout keeps this path off the disk."""
        entry = self.entries.get(path)
        return entry is not None and entry.is_left_out
