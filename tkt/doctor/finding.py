"""What was found, how bad is it, and what helps?"""

from __future__ import annotations

from enum import StrEnum

from tkt.errors import TktError
from tkt.frozen import dataclass
from tkt.i18n import Message


class State(StrEnum):
    """A fault keeps tkt from working; with a warning it works less well."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fact. `remedy` can be pasted."""

    name: str  # for programs: git, driver, remote …
    state: State
    message: Message
    remedy: Message | None = None


def fine(name: str, message: Message) -> Finding:
    """As it should be."""
    return Finding(name=name, state=State.OK, message=message)


def poor(name: str, message: Message, remedy: Message | None) -> Finding:
    """It works, but less well."""
    return Finding(name=name, state=State.WARNING, message=message, remedy=remedy)


def broken(name: str, message: Message, remedy: Message | None) -> Finding:
    """Something does not work."""
    return Finding(name=name, state=State.FAULT, message=message, remedy=remedy)


def from_error(name: str, error: TktError) -> Finding:
    """What a command would refuse because of it."""
    return broken(name, error.message, error.hint)
