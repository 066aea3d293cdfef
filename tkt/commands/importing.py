"""What do the imports share: the user's file, the configuration that it needs, a bar that moves?"""

from __future__ import annotations

import errno
import os
import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import msgspec

from tkt.changes import FileEdit
from tkt.commands.common import Session
from tkt.errors import Conflict, UsageError
from tkt.i18n import Message, _, msg, msgn
from tkt.model import Ticket
from tkt.schema import FILES
from tkt.store.codec.configs import edit_mapping
from tkt.store.files import FileError, os_message, read_file


def config_edits(
    session: Session, *, people: Mapping[str, Any], teams: Mapping[str, Any], fields: Mapping[str, Any]
) -> list[FileEdit]:
    """People, teams and fields that the source speaks of and the desk does not know yet."""
    wanted = {
        FILES["people"][0]: {"people": _plain(people), "teams": _plain(teams)},
        FILES["taxonomy"][0]: {"fields": _plain(fields)},
    }
    edits = []
    for path, additions in wanted.items():
        if not any(additions.values()):
            continue
        original = read_file(session.desk.root / path, root=session.desk.root)
        edits.append(
            FileEdit(path=path, data=edit_mapping(original, additions, path=path), original=original)
        )
    return edits


def _plain(declared: Mapping[str, Any]) -> dict[str, Any]:
    return {name: msgspec.to_builtins(it) for name, it in sorted(declared.items())}


@contextmanager
def progress(session: Session, total: int) -> Iterator[Callable[[Iterable[Ticket]], Iterator[Ticket]]]:
    """A progress bar on a terminal; nothing in a pipe."""
    if session.json or session.common.quiet or not sys.stderr.isatty():
        yield iter
        return
    from tkt.render.progress import progress_bar

    with progress_bar(_("writing tickets"), total) as advance:
        yield lambda tickets: (advance(ticket) for ticket in tickets)


def input_bytes(file: str, limit: int) -> bytes:
    """The user's own file, whatever it is: a link, a pipe, `<(zcat log.gz)`. Errors: FileError."""
    try:
        with nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        raise FileError(os_message(error), path=file) from error
    if len(data) > limit:
        raise FileError(msg("is larger than {limit} bytes, expected at most that", limit=limit), path=file)
    return data


def refuse_over(option: str, path: str, source: str, first_column: str) -> None:
    """Errors: UsageError where a list of rows would go over what is read, Conflict over any other file of the user's."""
    target = Path(path)
    if path == "-":
        raise UsageError(
            msg("{option} needs a file", option=option), hint=msg("{option} /dev/stdout", option=option)
        )
    if source != "-" and target.exists() and Path(source).exists() and target.samefile(source):
        raise UsageError(
            msg("{option} {path} is what is imported", option=option, path=path),
            hint=msg("name another file"),
        )
    _refuse_unwritable(target)
    if target.is_file() and not _begins_with(target, first_column):
        raise Conflict(
            msg("exists already and is no list of rejects; nothing was overwritten"),
            path=path,
            hint=msg("name another file"),
        )


def _refuse_unwritable(target: Path) -> None:
    """Known before anything is imported, as the list is written after it. Errors: FileError."""
    folder = target.parent
    number = errno.EISDIR if target.is_dir() else None if folder.is_dir() else errno.ENOENT
    if number is None and not os.access(target if target.exists() else folder, os.W_OK):
        number = errno.EACCES
    if number is not None:
        fault = OSError(number, os.strerror(number))
        raise FileError(os_message(fault), path=str(folder if number == errno.ENOENT else target))


def _begins_with(file: Path, first_column: str) -> bool:
    """Whether an earlier import wrote this file; an empty one is nobody's."""
    try:
        with file.open("rb") as stream:
            beginning = stream.read(64)
    except OSError as error:
        raise FileError(os_message(error), path=str(file)) from error
    return not beginning or beginning.removeprefix(BOM_UTF8).startswith(f"{first_column},".encode())


def write_list(path: str, text: str) -> None:
    """A list of rows for a spreadsheet, over an earlier one. Errors: FileError."""
    try:
        Path(path).write_text(text, encoding="utf-8-sig", newline="")
    except OSError as error:
        raise FileError(
            msg("cannot be written: {fault}", fault=error.strerror or str(error)), path=path
        ) from error


def counts_told(rows: int, tickets: int, counts: Mapping[str, int]) -> tuple[Message, ...]:
    """How many rows were read, of how many tickets, and what became of these."""
    return (
        msg(
            "{rows}, {tickets}",
            rows=msgn("{count} row", "{count} rows", rows),
            tickets=tickets_counted(tickets),
        ),
        msg(
            "{new} new, {changed} changed, {unchanged} unchanged",
            new=counts["new"],
            changed=counts["changed"],
            unchanged=counts["unchanged"],
        ),
    )


def outcome_told(counts: Mapping[str, int], commit: str | None, *, dry_run: bool) -> tuple[Message, ...]:
    """That nothing was written, and why, where that is so."""
    if dry_run:
        return (msg("nothing was written: --dry-run"),)
    is_idle = commit is None and not counts["new"] and not counts["changed"]
    return (msg("nothing to change"),) if is_idle else ()


def tickets_counted(count: int) -> Message:
    """`3 tickets`."""
    return msgn("{count} ticket", "{count} tickets", count)
