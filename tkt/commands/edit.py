"""`tkt edit`: how are a ticket's fields edited by hand, with the form of its category at hand?

The editor gets the stored fields as YAML, and as comments what is still missing. What the person
changed is recorded as events, and nothing else: what a colleague did meanwhile stays. Text that
cannot be used is kept and named.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import typer

from tkt import actions
from tkt.actions import Actor
from tkt.actions.meanwhile import clash_over
from tkt.changes import Written
from tkt.commands.common import Session
from tkt.commands.options import TicketArgument
from tkt.commands.signature import writes
from tkt.commands.writing import changed, keep_typed, refuse_no_title, requesters_of, told
from tkt.errors import Conflict, TktError, UsageError
from tkt.frozen import dataclass
from tkt.i18n import Message, _, msg
from tkt.model import Ticket, Value
from tkt.render.errors import print_problems
from tkt.render.form import form_text
from tkt.render.meanwhile import clash_told
from tkt.schema import Configuration
from tkt.store.codec.forms import read_form


@dataclass(frozen=True, kw_only=True)
class Form:
    """What the editor was given: a ticket as it was then, and the text made of it."""

    ticket: Ticket
    text: bytes


class EditorFailed(UsageError):
    """The editor did not end well; `text` is what it left, None for nothing."""

    def __init__(self, message: Message, *, text: bytes | None = None, hint: Message | None = None) -> None:
        super().__init__(message, hint=hint)
        self.text = text


@writes
def edit(session: Session, ticket: TicketArgument) -> int:
    """Edit a ticket's fields in $VISUAL or $EDITOR."""
    return edit_ticket(session, ticket)


def edit_ticket(session: Session, part: str) -> int:
    """Open the editor until what it leaves can be recorded, or the person gives up."""
    form = _form(session, part)
    text = form.text
    while True:
        edited = edited_bytes(session, text, f"{form.ticket.id}.yaml", shown=form.text)
        if edited == form.text:
            told(session, form.ticket, Written(tickets=(form.ticket,)))
            return 0
        try:
            return _record(session, form, edited)
        except TktError as error:
            if not again(session, error):
                keep_typed(session, f"{form.ticket.id}.yaml", edited, error)
                raise
            text = edited


def _form(session: Session, part: str) -> Form:
    desk = session.desk
    ticket = desk.ticket(part)
    missing = desk.columns(ticket, session.now).lookup("missing")
    text = form_text(ticket, desk.config, missing if isinstance(missing, tuple) else ())
    return Form(ticket=ticket, text=text.encode())


def _record(session: Session, form: Form, edited: bytes) -> int:
    wanted = requesters_of(session).changes_for(_differences(form, edited, session.desk.config))

    def action(found: Ticket, actor: Actor, config: Configuration) -> Ticket:
        _refuse_meanwhile(session, form, found, wanted)
        return actions.set_values(found, actor, config, wanted)

    return changed(session, form.ticket.id, action, verb="edit")


def _differences(form: Form, edited: bytes, config: Configuration) -> dict[str, Value]:
    """The fields that the person changed in the form; None for a removed one. Errors: DataError, UsageError."""
    shown = read_form(form.text, form.ticket, config.field_kinds)
    left = read_form(edited, form.ticket, config.field_kinds)
    names = dict.fromkeys((*shown, *left))
    wanted = {name: left.get(name) for name in names if shown.get(name) != left.get(name)}
    refuse_no_title(wanted)
    return wanted


def _refuse_meanwhile(session: Session, form: Form, found: Ticket, wanted: Mapping[str, Value]) -> None:
    """Errors: Conflict where a field that is to change has become something else since the form was made."""
    clash = clash_over(form.ticket, found, wanted)
    if clash is not None:
        did = clash_told(clash, session.desk.config, session.now)
        raise Conflict(
            msg("{did} while the form was open; nothing was overwritten", did=did),
            hint=msg("tkt edit {ticket}", ticket=found.id),
        )


def edited_bytes(session: Session, text: bytes, name: str, *, shown: bytes | None = None) -> bytes:
    """What the editor leaves of `text`; kept as `name` where the editor fails, unless it is as it was `shown`.

    Errors: EditorFailed.
    """
    try:
        return _edited(text)
    except EditorFailed as error:
        if error.text not in (None, text if shown is None else shown):
            keep_typed(session, name, error.text or b"", error)
        raise


def _edited(text: bytes) -> bytes:
    """What the editor leaves of `text`. Errors: EditorFailed."""
    command = _command()
    with tempfile.TemporaryDirectory(prefix="tkt-") as folder:
        path = Path(folder) / "ticket.yaml"
        path.write_bytes(text)
        code = _run([*command, str(path)])
        name = shlex.join(command)
        try:
            left = path.read_bytes()
        except OSError:
            raise EditorFailed(
                msg("the editor {name} left no file; nothing was changed", name=name)
            ) from None
        if code != 0:
            raise EditorFailed(
                msg(
                    "the editor {name} left with exit code {code}; nothing was changed",
                    name=name,
                    code=code,
                ),
                text=left,
            )
        return left


def _command() -> list[str]:
    """The words of the first of $VISUAL and $EDITOR that says anything, else vi. Errors: EditorFailed."""
    wishes = (os.environ.get("VISUAL"), os.environ.get("EDITOR"), "vi")
    wish = next(each for each in wishes if each and each.strip())
    try:
        return shlex.split(wish)
    except ValueError:
        raise EditorFailed(
            msg("the editor {name} has a quote that is never closed", name=wish),
            hint=msg("EDITOR=nano tkt edit ID"),
        ) from None


def _run(command: Iterable[str]) -> int:
    argv = list(command)
    try:
        with _interrupts_are_the_editors():
            return subprocess.run(argv, check=False).returncode
    except (OSError, ValueError) as error:
        fault = getattr(error, "strerror", None) or str(error)
        raise EditorFailed(
            msg("the editor {name} does not start: {fault}", name=shlex.join(argv[:-1]), fault=fault),
            hint=msg("EDITOR=nano tkt edit ID"),
        ) from error


@contextmanager
def _interrupts_are_the_editors() -> Iterator[None]:
    """Ctrl-C belongs to the editor while it runs: it must not cost what is being typed."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def again(session: Session, error: TktError) -> bool:
    """Tell what is wrong, and whether the person opens the editor once more."""
    if session.json or isinstance(error, Conflict) or not sys.stdin.isatty():
        return False
    print_problems(error.problems)
    try:
        return typer.confirm(_("Edit again?"), default=True)
    except typer.Abort:
        return False  # Ctrl-C or Ctrl-D: what was typed is kept all the same
