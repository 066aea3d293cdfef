"""What do the commands share that bring files along: reading them, and writing them with the ticket?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tkt.attachments import Upload, attachments_of, upload
from tkt.attachments.types import MEGABYTE, refuse_unwanted
from tkt.changes import FileEdit
from tkt.commands.common import Session
from tkt.errors import UsageError
from tkt.i18n import msg
from tkt.model import Ticket
from tkt.store.attachments import place_for, read_upload


def read_uploads(session: Session, files: Sequence[str] | None, *, name: str = "") -> tuple[Upload, ...]:
    """The files that somebody names, read before anything is locked; and written with the ticket.

    Links, directories, devices, programs and what is too large are refused. Errors: UsageError,
    FileError, NotAllowed.
    """
    given = list(files or ())
    if name and len(given) != 1:
        raise UsageError(msg("--name is the name of one file: give one"))
    uploads = tuple(_read(session, file, name) for file in given)
    session.beside = files_for(session, uploads) if uploads else None
    return uploads


def files_for(session: Session, uploads: Sequence[Upload]) -> Callable[[Ticket], tuple[FileEdit, ...]]:
    """What is to be written beside a ticket that has these files."""

    def edits(ticket: Ticket) -> tuple[FileEdit, ...]:
        root = session.desk.root
        wanted = {it.sha256 for it in attachments_of(ticket)}
        places = {it.sha256: (place_for(root, ticket.id, it), it) for it in uploads if it.sha256 in wanted}
        return tuple(FileEdit(path=path, data=it.data) for path, it in places.values() if path is not None)

    return edits


def _read(session: Session, file: str, name: str) -> Upload:
    policy = session.desk.config.desk.attachments
    if file != "-":
        return read_upload(Path(file), policy, name=name)
    if not name:
        raise UsageError(msg("what comes from standard input needs a name"), hint=msg("--name photo.png"))
    data = sys.stdin.buffer.read(policy.file_mb * MEGABYTE + 1)
    found = upload(name, data)
    refuse_unwanted(found.name, data, policy)
    return found
