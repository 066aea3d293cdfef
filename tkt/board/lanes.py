"""Which columns does the board have, and which cards are in each, the most urgent first?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from operator import attrgetter

from tkt.board.cards import Card, Dealer
from tkt.columns import Columns
from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.i18n import Message, msg, msgn, render
from tkt.render import words
from tkt.render.text import one_line
from tkt.render.times import local
from tkt.schema import Configuration


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One column: a status and its cards."""

    status: str
    name: str
    cards: tuple[Card, ...]
    is_finished: bool = False  # its tickets are resolved

    @cached_property
    def late(self) -> int:
        """How many of its tickets are breached."""
        return sum(card.is_late for card in self.cards)

    def place_of(self, ticket: str) -> int | None:
        """Where a ticket's card stands."""
        return next((place for place, card in enumerate(self.cards) if card.id == ticket), None)


@dataclass(frozen=True, kw_only=True)
class Board:
    """The desk at one moment."""

    desk: str  # its name
    query: str  # as it was typed; empty for all that is not closed
    now: datetime
    clock: str  # the same on the reader's wall: `20:31`
    lanes: tuple[Lane, ...]
    problems: tuple[Problem, ...] = ()  # files that could not be read

    @cached_property
    def count(self) -> int:
        """Tickets on it."""
        return sum(len(lane.cards) for lane in self.lanes)

    @cached_property
    def late(self) -> int:
        """Tickets on it that are breached."""
        return sum(lane.late for lane in self.lanes)

    @cached_property
    def resolved(self) -> int:
        """Tickets on it that are resolved."""
        return sum(len(lane.cards) for lane in self.lanes if lane.is_finished)

    def card(self, ticket: str) -> Card | None:
        """The card of a ticket, wherever it stands."""
        found = (card for lane in self.lanes for card in lane.cards if card.id == ticket)
        return next(found, None)

    def place_of(self, ticket: str) -> tuple[int, int] | None:
        """In which lane, and where in it, a ticket's card stands."""
        for number, lane in enumerate(self.lanes):
            place = lane.place_of(ticket)
            if place is not None:
                return number, place
        return None


def shown_statuses(config: Configuration) -> tuple[str, ...]:
    """The statuses that have a column: all but the closed ones, in the desk's order, resolved ones last."""
    names = [name for name in config.workflow.statuses if name not in config.closed]
    return tuple(sorted(names, key=lambda name: name in config.finished))


def by_status(config: Configuration, rows: Iterable[Columns]) -> Mapping[str, Sequence[Columns]]:
    """The rows of each column, next due first; what is never due comes last."""
    found: dict[str, list[Columns]] = {name: [] for name in shown_statuses(config)}
    for row in rows:
        if row.status in found:
            found[row.status].append(row)
    for some in found.values():
        some.sort(key=attrgetter("due_s"))
    return found


def board_of(
    config: Configuration,
    rows: Iterable[Columns],
    dealer: Dealer,
    *,
    query: str,
    now: datetime,
    problems: Sequence[Problem] = (),
) -> Board:
    """The board that these rows make; `config` is told in the reader's zone."""
    lanes = tuple(
        Lane(
            status=status,
            name=one_line(words.status_name(config, status)),
            cards=tuple(dealer.card(row) for row in some),
            is_finished=status in config.finished,
        )
        for status, some in by_status(config, rows).items()
    )
    return Board(
        desk=one_line(config.desk.name),
        query=query,
        now=now,
        clock=f"{local(now, config.desk.zone):%H:%M}",
        lanes=lanes,
        problems=tuple(problems),
    )


def late_told(lane: Lane) -> str:
    """How many of a column's tickets are late; empty for none."""
    return render(msgn("{count} late", "{count} late", lane.late)) if lane.late else ""


def counted(lane: Lane) -> str:
    """How many there are in a column, and how many of them are late."""
    return " · ".join(part for part in (str(len(lane.cards)), late_told(lane)) if part)


def summed(board: Board) -> Message:
    """How many there are on the board, how many of them are resolved, and how many late."""
    tickets = msgn("{count} ticket", "{count} tickets", board.count)
    if board.resolved:
        tickets = msg("{tickets}, of them {resolved} resolved", tickets=tickets, resolved=board.resolved)
    if board.late:
        return msg("{tickets}, {late} late", tickets=tickets, late=board.late)
    return tickets
