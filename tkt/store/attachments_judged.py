"""Do the files in attachments/ and the events that speak of them agree?

Sizes are compared always, contents where git or the caller says that they have changed.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from tkt.attachments import FOLDER, Attachment, attachments_of, stems_ever
from tkt.errors import Problem, Severity, TktError
from tkt.frozen import dataclass
from tkt.i18n import msg
from tkt.model import Ticket
from tkt.store import sparse
from tkt.store.attachments import content_of, fault_of, stem_of, stored


@dataclass(frozen=True, kw_only=True)
class Folders:
    """What lies in attachments/. `changed`: paths whose content is to be read, not only measured."""

    names: frozenset[str] = frozenset()  # ids of tickets, as they should be
    left_out: Mapping[str, Sequence[str]] = field(default_factory=dict)  # id → paths that are in git alone
    changed: frozenset[str] = frozenset()


def folders(root: Path, changed: Iterable[str] = ()) -> Folders:
    """What lies in attachments/ now."""
    try:
        with os.scandir(root / FOLDER) as entries:
            names = [it.name for it in entries if it.is_dir(follow_symlinks=False) and it.name[0] != "."]
    except OSError:
        names = []
    left_out: dict[str, list[str]] = {}
    for path in sparse.left_out(root, FOLDER):
        left_out.setdefault(path.split("/")[1], []).append(path)
    return Folders(names=frozenset(names), left_out=left_out, changed=frozenset(changed))


def attachment_problems(
    root: Path, ticket: Ticket, there: Folders, *, before: Ticket | None = None
) -> Iterator[Problem]:
    """What is wrong with the files of one ticket; with `before`, only what is new since that."""
    has = attachments_of(ticket)
    if not has and ticket.id not in there.names:
        return
    files = {
        stem_of(it.path): it for it in stored(root, ticket.id, left_out=there.left_out.get(ticket.id, ()))
    }
    known = stems_ever(before) if before is not None else frozenset()
    for it in {each.sha256 or each.event: each for each in has}.values():
        found = files.get(it.stem or "")
        if found is None and _is_redacted(ticket, it):
            continue  # what was kept was taken away on purpose
        fault = fault_of(root, ticket.id, it, found)
        is_changed = any(it.stem is not None and stem_of(path) == it.stem for path in there.changed)
        if fault is None and found is not None and is_changed and found.size is not None:
            fault = _read_fault(root, ticket, it)
        if fault is not None and (is_changed or it.stem not in known):
            yield Problem(
                code=fault.code, message=fault.message, path=fault.path or ticket.path, hint=fault.hint
            )
    spoken = stems_ever(ticket)
    for stem, each in files.items():
        if stem not in spoken and each.size is not None and (before is None or each.path in there.changed):
            yield _unspoken(each.path)


def strange_folders(there: Folders, tickets: Collection[str]) -> Iterator[Problem]:
    """Folders of tickets that the desk does not have."""
    for name in sorted(there.names - set(tickets)):
        yield Problem(
            code="attachment-stray",
            path=f"{FOLDER}/{name}",
            message=msg("is the folder of no ticket, expected a ticket's id"),
            severity=Severity.WARNING,
        )


def _is_redacted(ticket: Ticket, it: Attachment) -> bool:
    event = ticket.event(it.event)
    return event is not None and event.get("redacted") is not None


def _read_fault(root: Path, ticket: Ticket, it: Attachment) -> TktError | None:
    try:
        content_of(root, ticket.id, it)
    except TktError as error:
        return error
    return None


def _unspoken(path: str) -> Problem:
    return Problem(
        code="attachment-stray",
        path=path,
        message=msg("no event of its ticket speaks of this file, expected `attached`"),
        hint=msg("tkt attach add ID {path}, or remove it", path=path),
        severity=Severity.WARNING,
    )
