"""Who may write to this desk now?

Writers take turns by a lock that the system gives back when its holder dies; readers take none. A
hook that a holder runs (`git commit` runs some) inherits `TKT_LOCK_HELD` and passes at once.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tkt.errors import TktError
from tkt.i18n import msg
from tkt.store.files import FileError, os_message
from tkt.store.gitquick import find_place, make_state_folder, state_folder

HELD = "TKT_LOCK_HELD"
PATIENCE = 10.0
"""How many seconds a writer waits for another one."""


class Locked(TktError):
    """Another command has been writing to the desk all the time that we waited."""

    code = "locked"


class _Thread(threading.local):
    """The state folders whose locks this thread holds."""

    def __init__(self) -> None:
        self.folders: set[Path] = set()


_thread = _Thread()


@contextmanager
def desk_lock(root: Path, *, wait: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of the desk at `root`; `wait` for it in seconds.

    The thread that holds it may take it again, and so may the children of this process for as long
    as it is held. Errors: Locked, naming the holder; FileError; GitError as gitquick.find_place.
    """
    folder = state_folder(root, find_place(root))
    if folder in _thread.folders or _is_held_by_parent(folder):
        yield
        return
    with _file_lock(folder, wait), _announced(folder):
        _thread.folders.add(folder)
        try:
            yield
        finally:
            _thread.folders.discard(folder)


@contextmanager
def _file_lock(folder: Path, wait: float) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        make_state_folder(folder)
        lock = FileLock(folder / "lock").acquire(timeout=wait)
    except Timeout:
        raise _locked(folder, wait) from None
    except OSError as error:
        raise FileError(os_message(error), path=str(folder / "lock")) from error
    with lock:
        yield


@contextmanager
def _announced(folder: Path) -> Iterator[None]:
    """Tell waiters who holds the lock, and children that they need not wait."""
    token = f"{os.getpid()}-{os.urandom(4).hex()}"
    before = os.environ.get(HELD)
    holder = folder / "holder"
    with suppress(OSError):  # on a full disk: who waits is told less, and that is all
        holder.write_text(token, encoding="ascii")
    os.environ[HELD] = token if before is None else f"{before} {token}"
    try:
        yield
    finally:
        if before is None:
            del os.environ[HELD]
        else:
            os.environ[HELD] = before
        with suppress(OSError):
            holder.unlink(missing_ok=True)


def _is_held_by_parent(folder: Path) -> bool:
    """Whether the one who holds the lock now is a process that we descend from.

    A child that outlives its parent's lock finds another holder, or none, and waits like anybody.
    """
    token = _holder(folder)
    return token in os.environ.get(HELD, "").split() and _pid(token) != str(os.getpid())


def _locked(folder: Path, wait: float) -> Locked:
    token = _holder(folder)
    if not token:
        return Locked(msg("another command is writing to this desk, waited {seconds} s", seconds=f"{wait:g}"))
    return Locked(
        msg(
            "process {pid} is writing to this desk, waited {seconds} s for it to end",
            pid=_pid(token),
            seconds=f"{wait:g}",
        ),
        hint=msg("try again when it is done; see what it is: ps -p {pid}", pid=_pid(token)),
    )


def _holder(folder: Path) -> str:
    try:
        return (folder / "holder").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _pid(token: str) -> str:
    return token.partition("-")[0]
