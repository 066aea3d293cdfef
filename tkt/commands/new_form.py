"""`tkt new --edit`: how is a ticket typed into a form, with the questions of its category?

The editor comes before anything is recorded. What is typed is checked like options; where it cannot be used the
form is opened again, and where it is given up the text is kept.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import typer

from tkt.actions.opening import opened_values
from tkt.commands.asking import GivenUp
from tkt.commands.common import Session
from tkt.commands.edit import again, edited_bytes
from tkt.commands.writing import keep_typed
from tkt.errors import TktError, UsageError
from tkt.guards import needs_of
from tkt.i18n import msg, render
from tkt.model import Ticket, Value
from tkt.render import words as names
from tkt.render.new_form import WORDS, asked_lines, new_form_text
from tkt.store.codec.forms import read_new_form

NAME = "new.yaml"
"""Under which the text is kept and its faults are told."""


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What came out of the form."""

    values: dict[str, Value]
    words: str
    text: bytes


def fill_form(
    session: Session,
    values: Mapping[str, Value],
    words: str,
    opened: Callable[[Mapping[str, Value], str], Ticket],
) -> Filled:
    """Open the editor until what it leaves can be recorded, or the person gives up.

    `opened` makes a ticket of values and words, to see whether it can. Errors: UsageError without a keyboard,
    GivenUp for an empty form, EditorFailed, and those of `opened`.
    """
    _must_have_a_keyboard()
    config = session.desk.config
    asked = _needed(session, values)
    text = new_form_text(values, words, asked, config).encode()
    while True:
        text = edited_bytes(session, text, NAME)
        try:
            filled = _read(text)
            opened(filled.values, filled.words)
            more = [name for name in _needed(session, filled.values) if name not in asked]
        except TktError as error:
            if isinstance(error, GivenUp) or not again(session, error):
                if not isinstance(error, GivenUp):
                    keep_typed(session, NAME, text, error)
                raise
            continue
        if not more or not _wants_more(session, filled, more):
            return filled
        asked = (*asked, *more)
        text = text.rstrip(b"\n") + "\n".join(["", *asked_lines(filled.values, more, config), ""]).encode()


def _read(text: bytes) -> Filled:
    """Errors: GivenUp for a form without anything in it, DataError."""
    lines = (line.strip() for line in text.splitlines())
    if not any(line and not line.startswith(b"#") for line in lines):
        raise GivenUp
    found = read_new_form(text, NAME)
    words = str(found.pop(WORDS, "")).strip("\n")
    if not found and not words.strip():
        raise GivenUp
    return Filled(values=found, words=words, text=text)


def _needed(session: Session, values: Mapping[str, Value]) -> tuple[str, ...]:
    """What the form of the category asks for. Errors: BadValue, UnknownField."""
    stored = opened_values(session.desk.config, values, me=session.me, now=session.now)
    return tuple(needs_of(session.desk.config, stored.get("type"), stored.get("category")))


def _wants_more(session: Session, filled: Filled, more: list[str]) -> bool:
    """Whether the person goes on with what the category asks for that was chosen in the form."""
    missing = [name for name in more if not filled.values.get(name)]
    if not missing or not session.is_at_terminal:
        return False
    told = msg(
        "{category} asks for more: {names}. Fill it in now?",
        category=str(filled.values.get("category")),
        names=tuple(names.field_name(session.desk.config, name) for name in missing),
    )
    try:
        return typer.confirm(render(told), default=True)
    except typer.Abort:
        return False


def _must_have_a_keyboard() -> None:
    """An editor that finds a pipe where the keyboard should be reads it as if it was typed. Errors: UsageError."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError):
        return
    if stat.S_ISFIFO(mode) or stat.S_ISREG(mode):
        raise UsageError(
            msg("--edit opens an editor, but standard input is no keyboard"),
            hint=msg("tkt new --channel email --text - < FILE"),
        )
