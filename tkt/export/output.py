"""How does a long answer get into a file of the user's: whole, or not at all?"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tkt.errors import Conflict
from tkt.i18n import msg
from tkt.store.files import FileError, os_message

Write = Callable[[bytes], object]


@contextmanager
def opened(path: str, *, force: bool) -> Iterator[Write]:
    """A way to write `path` piece by piece; the file appears when all of it is written.

    What is no file (a pipe, /dev/null) is written straight into. Errors: Conflict where a file is there
    already and `force` is not said; FileError.
    """
    target = Path(path)
    need_folder(path)
    try:
        if _is_device(target):
            with target.open("wb") as stream:
                yield stream.write
            return
        _refuse_there(target, force)
        temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
        try:
            with temporary.open("xb") as stream:
                yield stream.write
                stream.flush()
                os.fsync(stream.fileno())
            _refuse_there(target, force)
            temporary.replace(target)
        finally:
            with suppress(OSError):
                temporary.unlink()
    except OSError as error:
        raise FileError(os_message(error), path=path) from error


def need_folder(path: str) -> None:
    """Errors: FileError where the folder is not there that a file is to be written to."""
    folder = Path(path).parent
    if not folder.is_dir():
        raise FileError(
            msg("the folder {folder} does not exist", folder=str(folder)),
            path=path,
            hint=msg("mkdir -p {folder}", folder=str(folder)),
        )


def _is_device(target: Path) -> bool:
    try:
        mode = target.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _refuse_there(target: Path, force: bool) -> None:
    if os.path.lexists(target) and not force:
        raise Conflict(
            msg("exists already, expected no such file; nothing was overwritten"),
            path=str(target),
            hint=msg("--force writes over it, or name another file"),
        )
