"""How does a file of the desk read in `git diff` and `git log -p`?

The same bytes give the same text wherever it is asked for: only the words of tkt itself are in the
reader's language, and no desk is looked at.
"""

from __future__ import annotations

from pathlib import Path

from tkt.errors import DataError
from tkt.model import STORED
from tkt.render.record import record_lines
from tkt.render.screen import print_bytes
from tkt.store.codec.reading import inspect_document
from tkt.store.codec.tickets import read_events, stored_values
from tkt.store.codec.typed import Typing
from tkt.store.files import FileError, os_message


def print_readable(file: Path) -> None:
    """Print how `file` reads, in UTF-8 on every machine. Errors: FileError; AnswerLost."""
    print_bytes(readable(file_bytes(file)))


def file_bytes(file: Path) -> bytes:
    """What `file` holds, however large: git shows no diff at all where this fails. Errors: FileError."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise FileError(os_message(error), path=str(file)) from error


def readable(data: bytes) -> bytes:
    """A ticket (customer, review, improvement) in words, a fact a line; anything else as it is."""
    try:
        document, problems = inspect_document(data, "")
    except DataError:
        return data
    typing = Typing(document, problems)
    values = stored_values(typing, STORED, but=("events",))
    events = read_events(typing, STORED)
    if problems:
        return data
    return "".join(f"{line}\n" for line in record_lines(values, events)).encode("utf-8", "replace")
