"""Which tickets are about the same matter as this one, and how were they solved?

The full text names candidates by the rarest pieces of the title; how alike the titles are decides
(`tkt.repeats.likeness`). Nothing is refreshed for it, so that it costs little: a ticket changed by hand since the
last search may be missed.
"""

from __future__ import annotations

from contextlib import suppress

from tkt.desk import UNREADABLE, Desk
from tkt.errors import TktError
from tkt.fields import normalised
from tkt.frozen import dataclass
from tkt.indexed import words_file
from tkt.model import Ticket
from tkt.repeats import ALIKE, likeness
from tkt.store.index.cutting import cut
from tkt.store.index.database import LOST
from tkt.store.index.fingerprint import code_print
from tkt.store.index.fulltext import Doc, FullText, opened
from tkt.store.tree import Found

PIECES = 16
"""Pieces of a title that are looked at."""
RAREST = 5
"""Of them, those by which candidates are found."""
CANDIDATES = 60


@dataclass(frozen=True, slots=True)
class Similar:
    """A ticket about the same; `likeness` 0 … 1."""

    ticket: Ticket
    likeness: float
    solution: str | None  # how it was solved; None where it is not


def has_words(desk: Desk) -> bool:
    """Whether a full text stands: the first search makes it."""
    return words_file(desk.root).is_file()


def similar_tickets(desk: Desk, ticket: Ticket, at_most: int) -> tuple[Similar, ...]:
    """The most alike first, those with a solution before the others; none where no full text can be read."""
    title = normalised(ticket.title)
    found: list[Similar] = []
    for doc, alike in _alike(_candidates(desk, title), title):
        if doc.name.removesuffix(".yaml") == ticket.id:
            continue
        with suppress(TktError, *UNREADABLE):
            other = desk.loaded(_place(desk, doc)).ticket
            found.append(Similar(other, alike, _solution(other)))
        if len(found) == 2 * at_most:
            break
    found.sort(key=lambda each: (each.solution is None, -each.likeness))
    return tuple(found[:at_most])


def _alike(docs: list[Doc], title: str) -> list[tuple[Doc, float]]:
    """Those whose titles are alike, the most alike and the latest first."""
    found = [(doc, alike) for doc in docs if (alike := likeness(title, doc.title)) >= ALIKE]
    return sorted(found, key=lambda each: (each[1], each[0].at), reverse=True)


def _candidates(desk: Desk, title: str) -> list[Doc]:
    with suppress(*LOST, OSError):
        full = opened(words_file(desk.root), code_print())
        if full is not None:
            try:
                pieces = _rarest(full, title)
                return full.ranked(" OR ".join(f'"{it}"' for it in pieces), CANDIDATES) if pieces else []
            finally:
                full.close()
    return []


def _rarest(full: FullText, title: str) -> list[str]:
    """The pieces of a title that the fewest texts hold."""
    pieces = [piece for piece in dict.fromkeys(cut(title).split()) if len(piece) > 1][:PIECES]
    counted = sorted((count, piece) for piece in pieces if (count := full.frequency(piece)))
    return [piece for _, piece in counted[:RAREST]]


def _solution(ticket: Ticket) -> str | None:
    found = ticket.get("resolution")
    text = found.get("text") if hasattr(found, "get") else None
    return str(text) if text else None


def _place(desk: Desk, doc: Doc) -> Found:
    """Where it lay at the last search; `Desk.loaded` looks further."""
    status = doc.folder.split("/")[1]
    return Found(doc.name.removesuffix(".yaml"), status, doc.path, str(desk.root / doc.path))
