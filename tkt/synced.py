"""When did this clone last exchange commits with the others, and how many has it not pushed yet?

Told at the end of lists, so it is found out without GitPython and with one call of git.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from tkt.clock import instant_text, parse_instant
from tkt.errors import TktError
from tkt.frozen import dataclass
from tkt.i18n import Message, msg, msgn
from tkt.late import late
from tkt.render.times import ago
from tkt.store.files import FileError, os_message
from tkt.store.gitnear import near_place
from tkt.store.gitquick import Place, git_answer, state_folder

STAMP = "synced"
"""In a desk's state folder: the instant of its last `tkt sync`."""
_CLONED = late(r"> (\d{1,11}) [+-]\d{4}\tclone: ")
_LINE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Synced:
    """How a branch stands to its upstream, as far as this clone knows."""

    at: datetime | None  # None: never
    unpushed: int

    def told(self, now: datetime) -> Message:
        """`synced 14m ago, 3 not pushed`."""
        when = msg("never synced")
        if self.at is not None:
            when = msg("synced {ago}", ago=ago(min(self.at, now), now))
        if not self.unpushed:
            return when
        waiting = msgn("{count} not pushed", "{count} not pushed", self.unpushed)
        return msg("{synced}, {unpushed}", synced=when, unpushed=waiting)


def stamp(root: Path, place: Place, now: datetime) -> None:
    """Write down that the desk at `root` was synced at `now`. Errors: FileError."""
    folder = state_folder(root, place)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / STAMP).write_text(f"{instant_text(now)}\n", encoding="ascii")
    except OSError as error:
        raise FileError(os_message(error), path=str(folder / STAMP)) from error


def synced(root: Path) -> Synced | None:
    """How the branch stands to its upstream; None where it has none, or git cannot be asked."""
    place = near_place(root)
    if place is None:
        return None
    with suppress(TktError):
        answer = git_answer(root, "rev-list", "--count", "@{upstream}..HEAD")
        if answer is not None and answer.returncode == 0:
            return Synced(at=_last(root, place), unpushed=int(answer.stdout))
    return None


def _last(root: Path, place: Place) -> datetime | None:
    """The later of the last `tkt sync` and the last fetch, else when the repository was cloned."""
    fetched = (_fetched_at(folder / "FETCH_HEAD") for folder in {place.git_dir, place.common_dir})
    known = (_stamped_at(state_folder(root, place) / STAMP), *fetched)
    return max(filter(None, known), default=None) or _cloned_at(place.common_dir / "logs/HEAD")


def _stamped_at(file: Path) -> datetime | None:
    try:
        return parse_instant(file.read_text(encoding="ascii").strip())
    except (OSError, UnicodeDecodeError, TktError):
        return None


def _fetched_at(file: Path) -> datetime | None:
    """When a fetch ended well; git leaves the file empty where one failed."""
    try:
        found = file.stat()
    except OSError:
        return None
    return datetime.fromtimestamp(int(found.st_mtime), UTC) if found.st_size else None


def _cloned_at(reflog: Path) -> datetime | None:
    """When the repository was made, if that was by a clone: the first line of HEAD's log says so."""
    try:
        with reflog.open(encoding="utf-8", errors="replace") as lines:
            cloned = _CLONED.search(lines.readline(_LINE))
    except OSError:
        return None
    return datetime.fromtimestamp(int(cloned[1]), UTC) if cloned else None
