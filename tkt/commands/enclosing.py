"""Which files come with what is said: `--attach` of reply, heard, note and new?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tkt.actions import Actor
from tkt.commands.common import Session
from tkt.model import Ticket
from tkt.schema import Configuration

Enclosing = Callable[[Ticket | None, Ticket, Actor, Configuration], Ticket]
"""The ticket before and after what was said → after it, with the files."""


def enclosing(session: Session, files: Sequence[str] | None) -> Enclosing:
    """How these files get onto a ticket; read now, before anything is locked. Errors: those of `read_uploads`."""
    if not files:
        return _nothing
    from tkt.actions.attaching import with_files
    from tkt.commands.attaching import read_uploads

    uploads = read_uploads(session, files)
    return lambda before, after, actor, config: with_files(before, after, actor, config, uploads)


def _nothing(_before: Ticket | None, after: Ticket, _actor: Actor, _config: Configuration) -> Ticket:
    return after
