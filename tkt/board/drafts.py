"""Where does a text wait that somebody began and did not send?

In the clone's own folder, where git never sees it, so that neither Escape nor a lost terminal loses it.
"""

from __future__ import annotations

from pathlib import Path

from tkt.store.files import FileError, os_message, write_private
from tkt.store.gitnear import near_place
from tkt.store.gitquick import make_state_folder, state_folder

FOLDER = "drafts"
ENDING = ".txt"


class Drafts:
    """The drafts of one clone: by ticket and by what they are to be (`reply`, `note`)."""

    def __init__(self, root: Path) -> None:
        self._state = state_folder(root, near_place(root))
        self._folder = self._state / FOLDER

    def get(self, ticket: str, kind: str) -> str:
        """What was begun; empty for nothing. Errors: FileError."""
        file = self._file(ticket, kind)
        try:
            return file.read_text("utf-8", errors="replace")
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise FileError(os_message(error), path=str(file)) from error

    def keep(self, ticket: str, kind: str, text: str) -> None:
        """Keep it as it is now; nothing but blanks is no draft. Errors: FileError."""
        file = self._file(ticket, kind)
        try:
            if not text.strip():
                file.unlink(missing_ok=True)
                return
            make_state_folder(self._state)
            fresh = file.with_suffix(".new")
            write_private(fresh, text.encode())
            fresh.replace(file)
        except OSError as error:
            raise FileError(os_message(error), path=str(file)) from error

    def tickets(self) -> frozenset[str]:
        """The tickets for which something waits."""
        return frozenset(file.name.partition(".")[0] for file in self._folder.glob(f"*{ENDING}"))

    def _file(self, ticket: str, kind: str) -> Path:
        return self._folder / f"{ticket}.{kind}{ENDING}"
