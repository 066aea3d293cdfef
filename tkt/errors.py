"""What can go wrong, and how is it told?

A fault in data is a `Problem` in a list, and all of them are reported; a fault in a request is a
`TktError`. Nothing below `cli` exits the process. Exit codes: 1 the answer is "no", 2 usage,
configuration or data error, 3 warnings where asked for, 70 a bug in tkt.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from enum import StrEnum
from typing import ClassVar

from tkt.frozen import dataclass
from tkt.i18n import Message, msg

EXIT_NO = 1
EXIT_ERROR = 2
EXIT_WARNINGS = 3
EXIT_BUG = 70
EXIT_INTERRUPTED = 130


class Severity(StrEnum):
    """How much a problem weighs: an error fails a check, a warning is only told."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault in data, at its place. `path` is relative to the desk; `line` counts from 1."""

    code: str
    message: Message
    path: str | None = None
    line: int | None = None
    hint: Message | None = None
    severity: Severity = Severity.ERROR

    def where(self) -> str:
        """`path:line: `, as much of it as is known."""
        if self.path is None:
            return ""
        return f"{self.path}: " if self.line is None else f"{self.path}:{self.line}: "

    def __str__(self) -> str:
        return f"{self.where()}{self.message}"


class TktError(Exception):
    """A request that cannot be carried out. Nothing was changed."""

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = EXIT_ERROR

    def __init__(
        self,
        message: Message,
        *,
        path: str | None = None,
        line: int | None = None,
        hint: Message | None = None,
    ) -> None:
        super().__init__(str(message))
        self.message = message
        self.path = path
        self.line = line
        self.hint = hint
        self.problems: tuple[Problem, ...] = (self.problem,)

    @property
    def problem(self) -> Problem:
        """The same fault as a value."""
        return Problem(code=self.code, message=self.message, path=self.path, line=self.line, hint=self.hint)


class UsageError(TktError):
    """The command line or an argument is wrong."""

    code = "usage"


class NotFound(TktError):
    """No such ticket, person, desk …"""

    code = "not-found"


class Ambiguous(TktError):
    """Several things go by that name."""

    code = "ambiguous"


class Refused(TktError):
    """The rules of the desk say no: a guard, a window, a limit."""

    code = "refused"
    exit_code = EXIT_NO


class Conflict(TktError):
    """Somebody else changed it meanwhile; nothing was overwritten."""

    code = "conflict"


class GitError(TktError):
    """Git refused, or the repository is in no state for this."""

    code = "git"


class DataError(TktError):
    """Files cannot be understood; carries every problem found."""

    code = "data"

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        super().__init__(first.message, path=first.path, line=first.line, hint=first.hint)
        self.problems = tuple(problems)


class ConfigError(DataError):
    """The desk's configuration cannot be used."""

    code = "config"


class Bug(RuntimeError):
    """tkt contradicts itself: shown as exit code 70, never expected."""


def add_hint(error: TktError, hint: Message) -> None:
    """Tell this too, below the last of the error's problems."""
    *others, last = error.problems
    error.hint = _both(error.hint, hint)
    error.problems = (*others, replace(last, hint=_both(last.hint, hint)))


def _both(one: Message | None, two: Message) -> Message:
    return two if one is None else msg("{one}; {two}", one=one, two=two)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` was probably meant to be."""
    return next(iter(get_close_matches(name, list(known), n=1, cutoff=0.6)), None)


def did_you_mean(name: str, known: Iterable[str]) -> Message | None:
    """A hint with the nearest right name, else with the list when it is short."""
    names = list(known)
    guess = nearest(name, names)
    if guess is not None:
        return msg("did you mean {name}?", name=guess)
    if names and len(names) <= 12:
        return msg("known are: {names}", names=tuple(names))
    return None
