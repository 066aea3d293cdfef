"""Which tickets hold these words, and in which of them do they matter most?

The full text names candidates; whatever it cannot tell for sure is looked up in the texts, so that its answer
is that of reading them all. Where there is no full text and none can be made, they are read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from tkt.columns import Columns
from tkt.fields import normalised
from tkt.indexed import Indexed, Rows
from tkt.query import Query
from tkt.query.words import is_told, narrowed, settled
from tkt.store.index.database import LOST
from tkt.store.index.fulltext import Doc
from tkt.store.index.wording import Tell, Words

if TYPE_CHECKING:
    from tkt.desk import Desk

Holds = Callable[[Columns], bool]
State = Callable[[], bytes]
"""Waits for `Indexed.state`."""


def begun_search(desk: Desk, query: Query, now: datetime) -> Callable[[Tell | None], Rows]:
    """Begin to search; what is returned gives the rows that match: the best first, and of those about as good the
    latest received.

    The full text is made where it is missing; what it takes is told how many texts of how many were put into it.
    Errors: QueryError.
    """
    statuses = desk.statuses_of(query)
    state = Indexed(desk).state(statuses) if query.words else None
    return lambda tell: _searched(desk, query, statuses, state, now, tell)


def _searched(
    desk: Desk,
    query: Query,
    statuses: Collection[str] | None,
    state: State | None,
    now: datetime,
    tell: Tell | None,
) -> Rows:
    if query.words:
        found = found_by_words(Indexed(desk), query, statuses, now, state, builds=True, tell=tell)
        if found is not None and query.wished:
            return found
    else:
        found = None
    rows = found or desk.matching(query, now)
    return replace(rows, rows=tuple(sorted(rows.rows, key=_by_title(query.wished), reverse=True)))


def found_by_words(
    indexed: Indexed,
    query: Query,
    statuses: Collection[str] | None,
    now: datetime,
    state: State | None = None,
    *,
    builds: bool = False,
    tell: Tell | None = None,
) -> Rows | None:
    """The matching rows by way of the full text, the best first; None where it cannot be had.

    `state`: of all files, where most are asked for.
    """
    found = None if state is None else _at_a_glance(indexed, query, state, now)
    if found is not None:
        return found
    state_then = b"" if state is None else state()
    seen = indexed.seen(statuses, now)
    words = seen.words(builds=builds, tell=tell)
    if words is None:
        return None
    try:
        docs, holds = _candidates(words, query)
        if state_then and statuses is None and not words.unknown and not seen.misplaced:
            words.stand_for_all(state_then)
    except LOST as error:
        words.lose(error)
        return None
    finally:
        words.full.close()
    rows = [row for _, row in seen.known(docs) if holds is None or holds(row)]
    rows += (row for row in seen.read(words.unknown, statuses) if query.matches(row.lookup))
    return Rows(tuple(rows), (*seen.misplaced, *seen.problems))


def _at_a_glance(indexed: Indexed, query: Query, state: State, now: datetime) -> Rows | None:
    """The same where nothing changed since the last search, so that only hits are looked at.

    What it would find is asked before it is known whether nothing changed: that takes longer to find out.
    """
    words = indexed.words_as_they_stand()
    if words is None:
        return None
    try:
        if narrowed(query.root, words.expression) is None:
            return None
        docs, holds = _candidates(words, query)
    except LOST as error:
        words.lose(error)
        return None
    finally:
        words.full.close()
    if state() != words.known_state:
        return None
    hits = indexed.hits(docs, now)
    return Rows(hits if holds is None else tuple(row for row in hits if holds(row)), ())


def _candidates(words: Words, query: Query) -> tuple[list[Doc], Holds | None]:
    """The texts that can match, the best first, and what is left to be asked of each; None: nothing."""
    asked = narrowed(query.root, words.expression)
    if asked is None:
        docs = words.full.all_docs()
    else:
        docs = words.full.ranked(asked)
        if is_told(query.root, words.is_exact):
            return docs, None
    left = Query(settled(query.root, _holders(words, query.words, docs)))
    return docs, lambda row: left.matches(row.lookup)


def _holders(words: Words, wanted: Collection[str], docs: Collection[Doc]) -> dict[str, Collection[str]]:
    """Word → which of these tickets hold it, of the words of which that is known for sure."""
    found: dict[str, Collection[str]] = {}
    for word in wanted:
        asked = words.expression(word)
        if asked is not None and words.is_exact(word):
            hits = words.full.hits(asked)
            found[word] = {doc.name.rpartition(".")[0] for doc in docs if doc.number in hits}
    return found


def _by_title(words: Collection[str]) -> Callable[[Columns], tuple[int, float, str]]:
    """Those first whose titles hold the most of the words, then the latest received."""

    def place(row: Columns) -> tuple[int, float, str]:
        title = normalised(row.line.title or "") if words else ""
        received = row.summary.received_at.timestamp()
        return sum(word in title for word in words), received, row.id

    return place
