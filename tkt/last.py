"""Which ticket was named last, at this terminal? `@` on the command line stands for it.

One small file for each terminal session, beside the desk's lock and never tracked. Commands without a
terminal (an editor, a script) share one for each user. What is older than a day is forgotten: a number
that the system gave to a session may come again.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

from tkt.ids import is_ticket_id
from tkt.store.gitnear import near_place
from tkt.store.gitquick import make_state_folder, state_folder

FOLDER = "last"
FORGOTTEN_AFTER = 24 * 3600
"""Seconds by the system's clock."""
ENOUGH = 100
"""Bytes that no id is longer than."""


def named_last(root: Path) -> str | None:
    """The id of the ticket that was named last at this terminal, within a day; None where none was."""
    try:
        with _file(root).open("rb") as file:
            is_fresh = abs(time.time() - os.fstat(file.fileno()).st_mtime) < FORGOTTEN_AFTER
            text = file.read(ENOUGH).decode("ascii", "replace").strip()
    except OSError:
        return None
    return text if is_fresh and is_ticket_id(text) else None


def name_last(root: Path, ticket_id: str) -> None:
    """From now on `@` is this ticket; where that cannot be kept, nothing else fails."""
    file = _file(root)
    with suppress(OSError):
        if not file.exists():
            make_state_folder(file.parent.parent)
            file.parent.mkdir(exist_ok=True)
            _forget_old(file.parent)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT, 0o666), "wb") as opened:
            opened.write(f"{ticket_id}\n".encode())
            opened.truncate()  # last: to empty a file first takes a file system as long as to make one


def _file(root: Path) -> Path:
    return state_folder(root, near_place(root)) / FOLDER / _session()


def _session() -> str:
    """A name for who types where: the user and, at a terminal, its session."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    return f"{user}-{os.getsid(0)}" if _has_terminal() else f"{user}"


def _has_terminal() -> bool:
    """Whether this process has a terminal, even where its standard streams are pipes."""
    if not hasattr(os, "getsid"):
        return False
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY))
    except OSError:
        return False
    return True


def _forget_old(folder: Path) -> None:
    """Remove what sessions have left that are gone."""
    for entry in os.scandir(folder):
        with suppress(OSError):
            if time.time() - entry.stat(follow_symlinks=False).st_mtime > FORGOTTEN_AFTER:
                Path(entry).unlink()
