"""What is on file beside tickets and customers: which tickets were reviewed, when was a channel patrolled last?

A file of reviews/ or patrols/ has the shape of a ticket's: keys, then events. One that cannot be read is a
problem and hides no other.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath

from tkt.errors import DataError, Problem
from tkt.ids import TICKET_PATTERN
from tkt.late import late
from tkt.model import Event
from tkt.store import strays
from tkt.store.codec.reading import inspect_document
from tkt.store.codec.tickets import read_events
from tkt.store.codec.typed import Typing
from tkt.store.files import FileError, os_message, read_file

REVIEWS = "reviews"
PATROLS = "patrols"
PATROLLED = "patrolled"
_IDS = late(TICKET_PATTERN)
_OPEN = late(r"""^state:[ ]*["']?open["']?[ ]*(?:#.*)?$""", re.MULTILINE)


def reviewed_tickets(root: Path, problems: list[Problem]) -> frozenset[str]:
    """The ids of the tickets that a review on file names, those still open left out.

    What cannot be read is added to `problems`.
    """
    texts = (data.decode("utf-8", "replace") for _, data in _files(root, REVIEWS, problems))
    done = (text for text in texts if not _OPEN.search(text))
    return frozenset(found[0] for text in done for found in _IDS.finditer(text))


def last_patrols(root: Path, problems: list[Problem]) -> dict[str, datetime]:
    """Channel → when somebody looked at it last, of the channels that have a log: patrols/CHANNEL.yaml."""
    found: dict[str, datetime] = {}
    for path, data in _files(root, PATROLS, problems):
        try:
            times = [event.at for event in _events(data, path) if event.did == PATROLLED]
        except DataError as error:
            problems.extend(error.problems)
            continue
        if times:
            found[PurePosixPath(path).stem] = max(times)
    return found


def _events(data: bytes, path: str) -> tuple[Event, ...]:
    """The events of a file. Errors: DataError with every fault."""
    document, problems = inspect_document(data, path)
    events = read_events(Typing(document, problems), {})
    if problems:
        raise DataError(problems)
    return events


def _files(root: Path, folder: str, problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    """The YAML files of a folder of the desk, in order of their names; links are not followed."""
    if (root / folder).is_symlink():
        problems.append(strays.symbolic_link(folder))
        return
    try:
        names = sorted(os.listdir(root / folder))  # noqa: PTH208 - names alone
    except FileNotFoundError:
        return
    except OSError as error:
        problems.append(strays.unreadable(folder, os_message(error)))
        return
    for path in (f"{folder}/{name}" for name in names if name.endswith(".yaml") and name[0] != "."):
        try:
            yield path, read_file(root / path, root=root)
        except FileError as error:
            problems.extend(error.problems)
