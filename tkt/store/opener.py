"""How does the program that people have for a kind of file show them one?

On a copy of its own, outside of the desk, which nothing writes back.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tkt.errors import TktError
from tkt.i18n import msg
from tkt.store.files import FileError, os_message

_PROGRAMS = {"darwin": "open", "linux": "xdg-open"}


class NoOpener(TktError):
    """This computer has no program that opens files by their kind."""

    code = "opener"


def copied_aside(name: str, data: bytes) -> Path:
    """A copy that only its reader can read, in a new directory; `name` is safe (attachments.names.file_name).

    Errors: FileError.
    """
    try:
        copy = Path(tempfile.mkdtemp(prefix="tkt-")) / name
        with os.fdopen(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "wb") as file:
            file.write(data)
    except OSError as error:
        raise FileError(os_message(error), path=tempfile.gettempdir()) from error
    return copy


def show_file(copy: Path) -> None:
    """Hand a file to the program for its kind. Errors: NoOpener."""
    if sys.platform == "win32":
        os.startfile(copy)
        return
    program = _PROGRAMS.get(sys.platform, "xdg-open")
    try:
        done = subprocess.run(
            [program, str(copy)], stdin=subprocess.DEVNULL, check=False
        )  # an absolute path, no option
    except OSError:
        raise _no_opener(program, copy) from None
    if done.returncode != 0:
        raise _no_opener(program, copy)


def _no_opener(program: str, copy: Path) -> NoOpener:
    return NoOpener(
        msg("{program} could not open it, expected a program for files of its kind", program=program),
        hint=msg("a copy lies in {path}", path=str(copy)),
    )
