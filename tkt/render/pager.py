"""What becomes of an answer that is longer than the terminal? It goes through a pager.

Standard output collects while a command prints, and is shown whenever it is flushed: as it is where it fits,
else by the program that was chosen. A program that is missing, fails or is left early costs nothing.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

from tkt.render.text import clean, width

NO_PAGERS = ("", "cat")
_OWN_SETTINGS = {"LESS": "FRX", "LV": "-c", "LESSCHARSET": "utf-8"}
"""As git sets them where nobody did: quit if it fits, show colours, leave the screen as it is."""
_OF_A_SHELL = frozenset("|&;<>()$`\\\"'*?[#~=% ")
_NOT_STARTED = (126, 127)


class Paged(io.TextIOBase):
    """Standard output with a pager before it; `choose` is asked for the command once something is too long."""

    def __init__(self, stream: TextIO, choose: Callable[[], str]) -> None:
        super().__init__()
        self.stream = stream
        self._choose = choose
        self._collected: list[str] = []

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """How characters become bytes."""
        return self.stream.encoding

    @property
    def buffer(self) -> Any:
        """Where bytes go, behind what was printed so far."""
        self.flush()
        return self.stream.buffer

    def isatty(self) -> bool:
        """A person reads."""
        return self.stream.isatty()

    def fileno(self) -> int:
        """Where it leads in the end."""
        return self.stream.fileno()

    def writable(self) -> bool:
        """It takes text."""
        return True

    def write(self, text: str) -> int:
        """Collect it."""
        self._collected.append(text)
        return len(text)

    def flush(self) -> None:
        """Show what was collected."""
        text = "".join(self._collected)
        self._collected.clear()
        if text and (_fits(text) or not _shown(text, self._choose(), self.stream)):
            self.stream.write(text)
        self.stream.flush()


@contextmanager
def paged(choose: Callable[[], str]) -> Iterator[None]:
    """Long answers printed within go through a pager, if a person reads them at a terminal."""
    before = sys.stdout
    if not before.isatty() or os.environ.get("CI") or os.environ.get("TERM", "dumb") == "dumb":
        yield
        return
    pages = Paged(before, choose)
    sys.stdout = pages
    try:
        yield
        pages.flush()
    except BaseException:
        with suppress(OSError):
            pages.flush()
        raise
    finally:
        sys.stdout = before


def _fits(text: str) -> bool:
    """Whether it leaves the prompt its line."""
    size = shutil.get_terminal_size((80, 24))
    lines = text.rstrip("\n").split("\n")
    if len(lines) >= size.lines:
        return False
    return sum(-(-width(clean(line)) // max(size.columns, 1)) or 1 for line in lines) < size.lines


def _shown(text: str, command: str, stream: TextIO) -> bool:
    """Whether the pager took it; else nothing was shown."""
    words = _words(command)
    if not words:
        return False
    stream.flush()
    try:
        pager = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=stream.fileno(), env={**_OWN_SETTINGS, **os.environ}
        )
    except (OSError, ValueError):
        return False
    with _interrupts_are_the_pagers():
        with suppress(OSError):  # left before its end was reached
            pager.communicate(text.encode(stream.encoding or "utf-8", "replace"))
        return pager.wait() not in _NOT_STARTED


def _words(command: str) -> list[str]:
    """The program and its words, by the shell where they need one; none where there is no such program."""
    tidy = command.strip()
    if tidy in NO_PAGERS:
        return []
    program = tidy.split()[0]
    if not _OF_A_SHELL & set(program) and shutil.which(program) is None:
        return []
    return ["sh", "-c", tidy] if _OF_A_SHELL & set(tidy) else [tidy]


@contextmanager
def _interrupts_are_the_pagers() -> Iterator[None]:
    """Ctrl-C belongs to the pager while it runs."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
