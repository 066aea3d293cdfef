"""What is at the other end of standard output: how wide is it, and does it know colours?"""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from tkt.errors import TktError
from tkt.frozen import dataclass
from tkt.i18n import msg

PIECE = 100  # lines that are printed at once
UNBOUNDED = 10_000  # columns of a pipe, in which nothing needs to be cut

STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A terminal, or the pipe that stands in for one."""

    columns: int = UNBOUNDED
    is_terminal: bool = False
    has_colour: bool = False
    has_unicode: bool = True  # else only ASCII is sure to look as it is meant

    @classmethod
    def of_this_process(cls) -> Screen:
        """Standard output as it is now; `NO_COLOR` and `COLUMNS` are honoured."""
        is_terminal = sys.stdout.isatty()
        bounded = is_terminal or "COLUMNS" in os.environ
        wide = shutil.get_terminal_size((80, 24)).columns if bounded else UNBOUNDED
        is_dumb = os.environ.get("TERM") == "dumb"
        return cls(
            columns=max(wide, 20),
            is_terminal=is_terminal,
            has_colour=is_terminal and not os.environ.get("NO_COLOR") and not is_dumb,
            has_unicode=not is_dumb and (sys.stdout.encoding or "").lower().replace("-", "") == "utf8",
        )

    @property
    def is_bounded(self) -> bool:
        """Whether long lines would be cut or wrapped by the reader's window."""
        return self.columns < UNBOUNDED

    def styled(self, text: str, *styles: str) -> str:
        """`text` in these styles, where there are colours."""
        codes = ";".join(STYLES[style] for style in styles if style)
        return f"\x1b[{codes}m{text}\x1b[0m" if codes and self.has_colour and text else text

    def print(self, text: str = "") -> None:
        """One line, or several. Errors: as `print_answer`."""
        print_answer(text)

    def print_each(self, lines: Iterable[str]) -> None:
        """Line by line, handed over in good pieces. Errors: as `print_answer`."""
        waiting: list[str] = []
        for line in lines:
            waiting.append(line)
            if len(waiting) == PIECE:
                print_answer("\n".join(waiting))
                waiting.clear()
        if waiting:
            print_answer("\n".join(waiting))


class AnswerLost(TktError):
    """Standard output takes nothing more; what the command did is done all the same."""

    code = "output"

    def __init__(self, error: OSError) -> None:
        super().__init__(
            msg("the answer cannot be printed: {fault}", fault=error.strerror or str(error)),
            hint=msg("what the command recorded stays recorded: tkt log"),
        )


def print_answer(text: str) -> None:
    """One line, or several, on standard output. Errors: AnswerLost; BrokenPipeError, the reader has enough."""
    with _told():
        print(text)


def print_bytes(data: bytes) -> None:
    """Bytes as they are on standard output, whatever it speaks. Errors: as `print_answer`."""
    with _told():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def flushed(code: int) -> int:
    """`code`, once what was printed is handed over to a reader who is there. Errors: AnswerLost."""
    try:
        with _told():
            sys.stdout.flush()
    except BrokenPipeError:
        let_go()
    return code


def print_aside(text: str) -> None:
    """Lines on standard error, behind what was printed so far; where nobody can read them, nothing else fails."""
    with suppress(OSError):
        sys.stdout.flush()
    with suppress(OSError):
        print(text, file=sys.stderr, flush=True)


def mend_streams() -> None:
    """Every standard stream is there and takes every character (`tkt list >&-`, a GBK terminal).

    What a stream cannot say is replaced rather than refused: the command has been carried out by then.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # takes the lowest free number: this one
    sys.stdin = sys.stdin or open(0, encoding="utf-8")  # noqa: SIM115 - open as long as the process
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8")  # noqa: SIM115
    for stream, errors in (
        (sys.stdin, "surrogateescape"),
        (sys.stdout, "replace"),
        (sys.stderr, "backslashreplace"),
    ):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)


def let_go(stream: TextIO | None = None) -> None:
    """Standard output (or `stream`) leads nowhere from now on, so that what is left in it troubles nobody."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), (stream or sys.stdout).fileno())


@contextmanager
def as_far_as_read() -> Iterator[None]:
    """What is printed inside goes as far as its reader wants; the command goes on, to an exit code of its own."""
    try:
        yield
    except BrokenPipeError:
        let_go()


def settle_streams() -> None:
    """Nothing is left to be written when the interpreter leaves, which would give it its own exit code."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            let_go(stream)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise AnswerLost(error) from error
