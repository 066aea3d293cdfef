"""How is one hook run, and what does it say?

No shell, the desk's root as its directory, JSON on standard input, no terminal. What it prints is for
people; what it decides is its exit code.
"""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from tkt.frozen import dataclass
from tkt.hooks.files import HookFile
from tkt.i18n import Message, msg
from tkt.render.jsons import json_text
from tkt.render.text import ELLIPSIS, clean
from tkt.store.files import FileError, os_message, read_file

TIMEOUT = 10.0
"""Seconds that a hook has; a command holds the desk's lock while it waits for one."""
IN_HOOK = "TKT_IN_HOOK"
SHOWN = 4000  # bytes of what a hook prints

_SECRET = "TKT_SECRET_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a hook ended: with an exit code, else with a `fault`."""

    path: str
    code: int | None = None
    said: str = ""
    fault: Message | None = None
    hint: Message | None = None

    @property
    def is_yes(self) -> bool:
        """Whether it has nothing against the change."""
        return self.code == 0

    @property
    def refusal(self) -> Message:
        """Why a change is refused that was asked for."""
        if self.fault is not None:
            return self._with_words(msg("{fault}, so nothing was written", fault=self.fault))
        if self.said:
            return msg("says no: {words}", words=self.said)
        return msg("says no with exit code {code}, and not why", code=self.code)

    @property
    def failure(self) -> Message:
        """What went wrong after a change that stands."""
        return self._with_words(self.fault or msg("exit code {code}", code=self.code))

    def _with_words(self, what: Message) -> Message:
        return msg("{fault}: {words}", fault=what, words=self.said) if self.said else what


@contextmanager
def told_as(payload: Any) -> Iterator[IO[str]]:
    """A file with `payload` as JSON, to be the standard input of hooks. Errors: FileError."""
    try:
        with tempfile.TemporaryFile("w+", encoding="utf-8") as stream:
            stream.write(f"{json_text(payload, stream)}\n")
            stream.flush()
            yield stream
    except OSError as error:  # no room for it, or for what a hook prints
        raise FileError(os_message(error), path=tempfile.gettempdir()) from error


def run_hook(root: Path, file: HookFile, payload: IO[str], *, timeout: float = TIMEOUT) -> Ending:
    """Run one hook, whose bytes must be those that were allowed, for at most `timeout` seconds.

    Errors: KeyboardInterrupt, the hook ended with it.
    """
    os.lseek(payload.fileno(), 0, os.SEEK_SET)
    with tempfile.TemporaryFile() as output:
        try:
            if sha256(read_file(root / file.path)).hexdigest() != file.digest:
                return Ending(path=file.path, fault=msg("has changed while the command ran"))
            process = subprocess.Popen(
                [root / file.path],
                cwd=root,
                env=_environment(root, file),
                stdin=payload,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # its children end with it, and nobody is asked for a password
            )
        except (FileError, OSError) as error:
            return Ending(path=file.path, fault=_not_started(error), hint=_STARTS)
        code = _code_of(process, timeout)
        return _ending(file.path, code, _beginning(output), timeout)


def _environment(root: Path, file: HookFile) -> dict[str, str]:
    """Ours without the secrets, and what a hook may want to know."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_SECRET)}
    own = {
        "TKT_DESK": str(root),
        "TKT_HOOK": file.path.rpartition("/")[2],
        IN_HOOK: file.name.when if file.name else "",
        "PYTHONDONTWRITEBYTECODE": "1",  # what it would write beside itself is a change of the set
    }
    return {**kept, **own}


def _code_of(process: subprocess.Popen[bytes], timeout: float) -> int | None:
    """Its exit code; None where its time ran out."""
    try:
        return process.wait(timeout)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _beginning(output: IO[bytes]) -> str:
    output.seek(0)
    data = output.read(SHOWN + 1)
    said = clean(data[:SHOWN].decode("utf-8", "replace")).strip()
    return f"{said}{ELLIPSIS}" if len(data) > SHOWN else said


def _ending(path: str, code: int | None, said: str, timeout: float) -> Ending:
    if code is None:
        fault = msg("did not end within {seconds} s and was ended", seconds=f"{timeout:g}")
        return Ending(path=path, said=said, fault=fault, hint=_QUICKER)
    if code < 0:
        return Ending(path=path, said=said, fault=msg("was ended by signal {number}", number=-code))
    return Ending(path=path, code=code, said=said, hint=_READ if code and not said else None)


def _not_started(error: FileError | OSError) -> Message:
    if isinstance(error, FileError):
        return msg("does not start: {reason}", reason=error.message)
    reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
    return msg("does not start: {reason}", reason=reason)


_REASONS = {
    errno.ENOENT: msg("the program that its first line names is not there"),
    errno.ENOEXEC: msg("its first line names no program"),
}
_QUICKER = msg("what takes long belongs into a post- hook, in the background")
_READ = msg("whatever a hook prints is shown; read the program to see why")
_STARTS = msg("the first line of a script is like #!/bin/sh, and ends as lines do on Unix")
