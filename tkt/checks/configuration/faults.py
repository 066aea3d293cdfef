"""How is a fault of the configuration told, with its file and line?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tkt.errors import Problem, Severity, did_you_mean
from tkt.i18n import Message
from tkt.schema import FILES, Configuration

Place = tuple[str | int, ...]


def fault(
    config: Configuration,
    file: str,
    place: Place,
    message: Message,
    *,
    hint: Message | None = None,
    severity: Severity = Severity.ERROR,
) -> Problem:
    """A fault at `place` (keys and positions) of `file`, a name of schema.FILES."""
    return Problem(
        code="config",
        message=message,
        path=FILES[file][0],
        line=config.line_of(file, *place),
        hint=hint,
        severity=severity,
    )


def unknown(
    config: Configuration,
    file: str,
    place: Place,
    word: str | None,
    known: Iterable[str],
    message: Message,
    *,
    severity: Severity = Severity.ERROR,
) -> Iterator[Problem]:
    """A fault unless `word` is known or absent; the hint names the nearest right one."""
    names = list(known)
    if word is not None and word not in names:
        yield fault(config, file, place, message, hint=did_you_mean(word, names), severity=severity)
