"""How do two versions of a file become one, so that no comment and no event of either is lost?

tkt.merging decides what the file is to hold; `cutting` takes the versions apart, `assembling` makes
the file of the lines that are there, `finishing` changes what is left and reads the result back.
Byte for byte the same, whichever side is ours. `articles` has the one file that people must settle.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from pathlib import PurePosixPath

from tkt.ids import is_ticket_id
from tkt.merging import DEFAULT_FINISHED
from tkt.model import STORED, Kind
from tkt.store.codec.merging.articles import merged_article_text
from tkt.store.codec.merging.records import NO_STATUS, RecordMerger, record_merger
from tkt.store.codec.merging.result import MergedText, Statuses
from tkt.store.codec.merging.taking_out import without_events

__all__ = [
    "MergedText",
    "merged_article_text",
    "merged_record_text",
    "merged_text",
    "merged_ticket_text",
    "without_events",
]


def merged_text(
    base: bytes | None,
    ours: bytes,
    theirs: bytes,
    *,
    path: str,
    kinds: Mapping[str, Kind] = STORED,
    finished: Container[str] = DEFAULT_FINISHED,
    statuses: Statuses = NO_STATUS,
) -> MergedText:
    """The merged file of any of a desk's records, by its path. Errors: DataError, TwoTickets, WriteError."""
    if path.endswith(".md"):
        return merged_article_text(base, ours, theirs, path=path)
    if is_ticket_id(PurePosixPath(path).stem):
        return merged_ticket_text(
            base, ours, theirs, path=path, kinds=kinds, finished=finished, statuses=statuses
        )
    return merged_record_text(base, ours, theirs, path=path)


def merged_ticket_text(
    base: bytes | None,
    ours: bytes,
    theirs: bytes,
    *,
    path: str,
    kinds: Mapping[str, Kind] = STORED,
    finished: Container[str] = DEFAULT_FINISHED,
    statuses: Statuses = NO_STATUS,
) -> MergedText:
    """The merged file of a ticket. `base` is None where there is no common version.

    `kinds` says what keys hold, `finished` which statuses are over, `statuses` in which directories
    the three lie. Errors: DataError, TwoTickets, WriteError.
    """
    merger = RecordMerger(path, kinds, tuple(STORED))
    return merger.merged(base, ours, theirs, finished=finished, statuses=statuses)


def merged_record_text(base: bytes | None, ours: bytes, theirs: bytes, *, path: str) -> MergedText:
    """The merged file of a customer, a review or an improvement. Errors: DataError, TwoTickets, WriteError."""
    merger = record_merger(path)
    return merger.merged(base, ours, theirs)
