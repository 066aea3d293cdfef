"""What does a guard see, and what does it answer?"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tkt.frozen import dataclass
from tkt.i18n import Message
from tkt.model import Ticket
from tkt.schema import Configuration


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Something that a move needs and the ticket lacks."""

    guard: str
    names: tuple[str, ...]  # the fields or options that would satisfy it
    what: Message
    give: str = ""  # options of `tkt move`, ready to paste; empty where no option can give it


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What guards look at: the ticket as it would stand after the move."""

    ticket: Ticket
    config: Configuration
    open_children: tuple[str, ...] = ()  # ids, as far as whoever asks knows them


Guard = Callable[[Situation], Iterable[Missing]]


def present(situation: Situation, name: str) -> bool:
    """Whether a stored key says anything; `false` and 0 do."""
    value = situation.ticket.get(name)
    return value is not None and value not in ("", [], {})


def part(situation: Situation, name: str, key: str) -> object:
    """One key of a stored mapping such as `waiting`; None where either is absent."""
    value = situation.ticket.get(name)
    return value.get(key) if isinstance(value, dict) else None
