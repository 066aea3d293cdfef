"""What does the live board ask of the desk, and what does it get back?

The commands of the command line do it (`tkt.commands.board_work`): the board knows none of their rules.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Protocol

from tkt.actions.vocabulary import choices
from tkt.board.lanes import Board
from tkt.errors import TktError
from tkt.frozen import dataclass
from tkt.i18n import current_language, render
from tkt.model import Ticket
from tkt.render import words
from tkt.render.text import clean
from tkt.schema import Configuration
from tkt.workflow import MoveRefused

SET = "--set"
LONG = frozenset({"--reply", "--text"})
"""Options that take whole sentences."""
_PARTS = {"--code": "resolution.code", "--cause": "resolution.cause", "--on": "waiting.on"}
"""Options whose values are the desk's words."""
OPEN_END = "…"

Answers = Mapping[str, str]
"""What was given in a form: option (`--set asks`, `--reply`) → its value."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Something that can be chosen."""

    value: str
    label: str
    beside: str = ""  # said quietly behind it


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Something that a refused move asks for, as a field of a form."""

    option: str  # of `tkt move`: `--reply`, `--set asks`
    label: str
    value: str = ""  # what the hint suggests
    choices: tuple[Choice, ...] = ()  # none: anything
    is_long: bool = False


@dataclass(frozen=True, kw_only=True)
class Told:
    """What came of a command: what it said, or why it was refused."""

    said: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    error: TktError | None = None
    asked: tuple[Asked, ...] = ()  # what would satisfy the refusal


@dataclass(frozen=True, kw_only=True)
class Page:
    """A ticket as `tkt show` prints it, with the colours of a terminal in it."""

    lines: tuple[str, ...]


class Work(Protocol):
    """The desk, as the board's hands. Each call opens it anew; each changing one is one commit.

    Errors of those that only look: TktError. What changes tells its errors in `Told`.
    """

    def look(self, query: str) -> Board:
        """The desk as it is now."""

    def mark(self) -> bytes:
        """Bytes that are others when a look would show something else."""

    def page(self, ticket: str, columns: int) -> Page:
        """A ticket's page."""

    def heard(self, ticket: str) -> str:
        """The customer's last words; empty for none."""

    def targets(self, ticket: str) -> Sequence[Choice]:
        """The statuses to which it can go."""

    def people(self) -> Sequence[Choice]:
        """To whom it can be given."""

    def views(self) -> Sequence[Choice]:
        """The saved views."""

    def move(self, ticket: str, to: str, given: Answers) -> Told:
        """As `tkt move`."""

    def take(self, ticket: str, given: Answers) -> Told:
        """As `tkt take`."""

    def assign(self, ticket: str, to: str) -> Told:
        """As `tkt assign`; `to` is a choice of `people`."""

    def reply(self, ticket: str, text: str) -> Told:
        """As `tkt reply`."""

    def note(self, ticket: str, text: str) -> Told:
        """As `tkt note`."""

    def undo(self) -> Told:
        """As `tkt undo`."""

    def edit(self, ticket: str) -> Told:
        """As `tkt edit`, at the terminal itself."""


def asked_by(error: TktError, ticket: Ticket, config: Configuration) -> tuple[Asked, ...]:
    """The fields of a form for what a refused move lacks; none where no option of a move can give it."""
    if not isinstance(error, MoveRefused):
        return ()
    found: dict[str, Asked] = {}
    for each in error.missing:
        label = clean(render(each.what))
        for option, value in _options(each.give):
            found.setdefault(option, _field(option, value, label, ticket, config))
            label = words.field_name(config, option.removeprefix(f"{SET} "))
    return tuple(found.values())


def cannot_be_given(error: TktError) -> tuple[str, ...]:
    """What a refused move lacks and no form can give."""
    missing = error.missing if isinstance(error, MoveRefused) else ()
    return tuple(clean(render(each.what)) for each in missing if not each.give)


def _options(give: str) -> Iterator[tuple[str, str]]:
    """`--set asks="…" --on …` as options with what they suggest: nothing, for what is left open."""
    for option, value in pairwise(shlex.split(give)):
        if not option.startswith("--"):
            continue
        name, sign, of_field = value.partition("=")
        is_field = option == SET and sign
        suggested = of_field if is_field else value
        yield (f"{SET} {name}" if is_field else option), "" if OPEN_END in suggested else suggested


def _field(option: str, value: str, label: str, ticket: Ticket, config: Configuration) -> Asked:
    name = option.removeprefix(f"{SET} ") if option.startswith(SET) else _PARTS.get(option, "")
    known = choices(config, name, ticket.values) if name else None
    return Asked(
        option=option,
        label=label,
        value=value,
        choices=tuple(_choice(each, others) for each, others in (known or {}).items()),
        is_long=option in LONG,
    )


def _choice(value: str, others: Sequence[str]) -> Choice:
    """A word of the desk with what a reader of Chinese calls it."""
    if current_language() == "zh":
        label = next((other for other in others if not other.isascii()), "")
        if label:
            return Choice(value=value, label=label, beside=value)
    return Choice(value=value, label=value)
