"""What must git be told in a clone, so that it merges and shows tickets by their events?

`.gitattributes` comes with the desk and names `tkt` as driver; what that is stands in each clone's own
configuration, because git runs no program that a repository brings along.
"""

from __future__ import annotations

import shlex
import sys
import sysconfig
from functools import cached_property
from pathlib import Path
from shutil import which

from tkt.frozen import dataclass
from tkt.store.gitclone import settings, tell_clone
from tkt.store.gitrepo import GitRepo

NAME = "merge.tkt.name"
DRIVER = "merge.tkt.driver"
TEXTCONV = "diff.tkt.textconv"
ANSWER = "tkt.driver"
"""What whoever owns this clone said to setting up: `yes` or `no`; asked once."""

_ABOUT_TKT = r"^(merge\.tkt\.|diff\.tkt\.|tkt\.driver$)"
DRIVER_CALL = " merge-driver %O %A %B %P"
"""What git is told of the versions of a file: base, ours, theirs, and the file's path."""


@dataclass(frozen=True)
class Setup:
    """What git was told about tkt in the repository around `folder`, at any level; read once."""

    folder: Path

    @cached_property
    def told(self) -> dict[str, str]:
        """Key → value."""
        return settings(self.folder, _ABOUT_TKT)

    @property
    def is_complete(self) -> bool:
        """Whether git merges and shows tickets by tkt."""
        return bool(self.told.get(DRIVER) and self.told.get(TEXTCONV))

    @property
    def is_answered(self) -> bool:
        """Whether somebody was asked about it, and said yes or no."""
        return ANSWER in self.told

    def program(self, key: str) -> str | None:
        """The program that the setting `key` calls, where it can be found; None where it cannot."""
        try:
            words = shlex.split(self.told.get(key, ""))
        except ValueError:  # a quote that is not closed
            return None
        return which(words[0]) if words else None


def is_set_up(repo: GitRepo) -> bool:
    """Whether plain git merges and shows tickets by tkt in this clone."""
    return Setup(repo.root).is_complete


def set_up(repo: GitRepo) -> None:
    """Tell git, in this clone alone, to merge and show tickets by tkt. Errors: GitError, FileError."""
    program = own_program()
    tell_clone(
        repo.root,
        {
            NAME: "tkt: a ticket's versions are merged by their events",
            DRIVER: program + DRIVER_CALL,
            TEXTCONV: f"{program} textconv",
            ANSWER: "yes",
        },
    )


def decline(repo: GitRepo) -> None:
    """Remember that this clone is to be left as it is. Errors: GitError, FileError."""
    tell_clone(repo.root, {ANSWER: "no"})


def own_program() -> str:
    """What starts this tkt from a shell: `tkt` where that is found by everybody, else its place.

    A virtual environment is on the search path only while it is active, so its place is named.
    """
    script = _script()
    if script is None:
        return f"{shlex.quote(sys.executable)} -m tkt"
    found = which("tkt")
    if found is None or not Path(found).samefile(script) or _comes_and_goes(Path(found)):
        return shlex.quote(str(script))
    return "tkt"


def _script() -> Path | None:
    """The console script that was started, or that belongs to this Python."""
    started = Path(sys.argv[0]).absolute()
    places = (started, Path(sysconfig.get_path("scripts"), "tkt"))
    return next((place for place in places if place.name in ("tkt", "tkt.exe") and place.is_file()), None)


def _comes_and_goes(script: Path) -> bool:
    return sys.prefix != sys.base_prefix and script.absolute().is_relative_to(sys.prefix)
