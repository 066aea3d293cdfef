"""Which tickets may somebody mean, and what are they about?

Answered by the names of files, and by the first lines of a few: a large desk must not be felt at a Tab.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from heapq import nlargest
from itertools import islice
from pathlib import Path

from tkt.commands.completing.line import Candidate
from tkt.late import late

MOST = 200
READ_FOR_TAGS = 500
"""So many of the latest open tickets are looked at for their tags."""
_HEAD = 4096  # bytes; a title is among the first keys
_ENDING = ".yaml"
_MONTH = late(r"\d{4}-\d{2}")
_ENOUGH = 2  # characters by which a closed ticket is looked for
_TITLE = late(r"^title:[ \t]*(?P<text>.*)$", re.MULTILINE)
_BLOCK = late(r"[|>][+-]?\d*")
_TAGS = late(r"^tags:[ \t]*(?:\[(?P<inline>[^\]\n]*)\]|\n(?P<list>(?:[ \t]*- .*\n?)+))", re.MULTILINE)
_TAG_ENDS = late(r"[\s,]+|^- ", re.MULTILINE)


def tickets(root: Path, start: str, *, closed: bool = False) -> Iterator[Candidate]:
    """The latest open tickets (or closed ones) that `start` begins, by the part of the id that people type.

    An id as a whole where it was begun so. Closed ones too where no open one begins with what was typed.
    """
    found = [] if closed else _begun(_entries(_open_folders(root)), start)
    if not found and (closed or len(start) >= _ENOUGH):
        found = _begun(_entries(_closed_folders(root)), start)
    parts = Counter(_part(ticket_id) for ticket_id, _path in found)
    for ticket_id, path in found:
        part = _part(ticket_id)
        is_whole = (bool(start) and _is_begun(ticket_id, start)) or parts[part] > 1
        yield Candidate(ticket_id if is_whole else part, title_in(path))


def ticket_tags(root: Path) -> list[str]:
    """The tags of the latest open tickets, the most usual first."""
    count: Counter[str] = Counter()
    for _ticket_id, path in nlargest(READ_FOR_TAGS, _entries(_open_folders(root))):
        found = _TAGS.search(_head(path))
        if found:
            words = _TAG_ENDS.split(found["inline"] or found["list"] or "")
            count.update(word.strip("\"'- ") for word in words if word.strip("\"'- "))
    return [tag for tag, _number in count.most_common()]


def _begun(entries: Iterable[tuple[str, str]], start: str) -> list[tuple[str, str]]:
    """The latest whose id, or the part that people type, begins so."""
    return nlargest(MOST, (each for each in entries if _is_meant(each[0], start)))


def _is_meant(ticket_id: str, start: str) -> bool:
    return _is_begun(ticket_id, start) or _is_begun(_part(ticket_id), start)


def _is_begun(word: str, start: str) -> bool:
    return word.casefold().startswith(start.casefold())


def _part(ticket_id: str) -> str:
    """The last part of an id, by which people name a ticket."""
    return ticket_id.rpartition("-")[2]


def _entries(folders: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """(id, path) of each ticket's file."""
    for folder in folders:
        with suppress(OSError), os.scandir(folder) as found:
            for entry in found:
                if entry.name.endswith(_ENDING) and not entry.name.startswith("."):
                    yield entry.name.removesuffix(_ENDING), entry.path


def _open_folders(root: Path) -> Iterator[Path]:
    """The directories of statuses; a closed one has months in it and no files."""
    with suppress(OSError):
        yield from (entry for entry in (root / "tickets").iterdir() if entry.is_dir())


def _closed_folders(root: Path) -> Iterator[Path]:
    """The months of closed tickets, the latest first."""
    months = [
        month
        for folder in _open_folders(root)
        for month in _folders_in(folder)
        if _MONTH.fullmatch(month.name)
    ]
    return islice(sorted(months, key=lambda month: month.name, reverse=True), 120)


def _folders_in(folder: Path) -> Iterator[Path]:
    with suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            if not entry.name.endswith(_ENDING) and entry.is_dir():
                yield Path(entry.path)


def title_in(path: str) -> str:
    """The title as a reader of lines sees it; empty where it is not to be seen so."""
    head = _head(path)
    found = _TITLE.search(head)
    if found is None:
        return ""
    text = found["text"].strip()
    if _BLOCK.fullmatch(text):
        text = head[found.end() + 1 :].partition("\n")[0].strip()
    return text.strip("\"'")


def _head(path: str) -> str:
    with suppress(OSError), Path(path).open("rb") as file:
        return file.read(_HEAD).decode("utf-8", "ignore").replace("\r\n", "\n")
    return ""
