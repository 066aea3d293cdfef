"""How does the board look as text: columns side by side where there is room, else below each other?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, zip_longest

from tkt.board.cards import Card, Tone
from tkt.board.lanes import Board, Lane, counted, summed
from tkt.i18n import _, render
from tkt.render.screen import Screen
from tkt.render.tables import Cell, Head, table_text
from tkt.render.text import cut, one_line, pad, width, wrap

NARROWEST = 22
"""Columns of the terminal that a column of cards needs."""
WIDEST = 44
GAP = 2
WHOLE_ID = 32
"""Columns from which a card shows its whole id; else its end, which is enough to type."""
READABLE = 18  # columns of a title
WIDE = 100  # columns that have room for longer heads
TITLE_LINES = 2

STYLES: dict[Tone, str] = {"late": "red", "soon": "yellow", "running": "", "paused": "dim", "still": "dim"}


def board_lines(board: Board, screen: Screen) -> Iterator[str]:
    """The board for this screen. A pipe gets everything, each ticket on a line of its own."""
    yield cut(_head(board), screen.columns)
    room = (screen.columns + GAP) // len(board.lanes) - GAP
    if screen.is_bounded and room >= NARROWEST:
        yield ""
        yield from _beside(board, screen, min(room, WIDEST))
    else:
        yield from chain.from_iterable(_below(lane, screen) for lane in board.lanes)


def _head(board: Board) -> str:
    parts = [board.desk, render(summed(board)), one_line(board.query)]
    return " · ".join(part for part in parts if part)


def _below(lane: Lane, screen: Screen) -> Iterator[str]:
    """One column as a table of its own."""
    yield ""
    yield _lane_head(lane, screen, screen.columns)
    if lane.cards:
        is_wide = not screen.is_bounded or screen.columns >= WIDE
        heads = [
            Head(_("id")),
            Head(_("P")),
            Head(_("open time left") if is_wide else _("left")),
            Head(_("due"), optional=2),
            Head(_("owner"), optional=4),
            Head(_("needs"), optional=3),
            Head(_("title"), flexible=True, least=READABLE),
        ]
        yield table_text(screen, heads, [_cells(card, screen) for card in lane.cards])


def _cells(card: Card, screen: Screen) -> list[Cell | str]:
    style = STYLES[card.tone] if screen.has_colour else ""
    return [
        Cell(card.id, "bold") if screen.has_colour else card.id,
        card.priority,
        Cell(card.told_time or "–", style),
        card.due or "–",
        card.owner or "–",
        card.told_needs or "–",
        card.title,
    ]


def _beside(board: Board, screen: Screen, room: int) -> Iterator[str]:
    """All columns side by side, a card's lines below each other."""
    columns = [_lane_lines(lane, screen, room) for lane in board.lanes]
    for lines in zip_longest(*columns, fillvalue=("", "")):
        padded = (
            screen.styled(pad(text, room), style) if style else pad(text, room) for text, style in lines
        )
        yield (" " * GAP).join(padded).rstrip()


def _lane_lines(lane: Lane, screen: Screen, room: int) -> list[tuple[str, str]]:
    """The lines of one column, each with its style."""
    lines = [(cut(_counted(lane), room), "bold"), (("─" if screen.has_unicode else "-") * room, "dim")]
    for card in lane.cards:
        lines += [*_card_lines(card, room), ("", "")]
    return lines


def _card_lines(card: Card, room: int) -> list[tuple[str, str]]:
    whose = " · ".join(part for part in (card.owner or _("nobody"), card.first_need) if part)
    return [
        *_first_lines(card, room),
        *((line, "") for line in title_lines(card.title, room, TITLE_LINES)),
        (cut(whose, room), "dim"),
    ]


def _first_lines(card: Card, room: int) -> list[tuple[str, str]]:
    """Priority, id and, set to the right, the time; that has a line of its own where both do not fit."""
    name, time, style = f"{card.priority} {shown_id(card.id, room)}", card.told_time, STYLES[card.tone]
    between = room - width(name) - width(time)
    if between > 0:
        return [(f"{name}{' ' * between}{time}".rstrip(), style)]
    return [(cut(name, room), ""), (cut(time, room), style)]


def shown_id(ticket: str, room: int) -> str:
    """An id, or in a narrow column the part of it that differs."""
    return ticket if room >= WHOLE_ID else ticket.rpartition("-")[2]


def title_lines(title: str, room: int, most: int) -> list[str]:
    """A title on at most so many lines, the last one cut."""
    lines = wrap(title, room)
    if len(lines) <= most:
        return lines
    begun, rest = lines[: most - 1], title
    for line in begun:
        rest = rest.lstrip(" ").removeprefix(line)
    return [*begun, cut(rest.lstrip(" "), room)]


def _lane_head(lane: Lane, screen: Screen, room: int) -> str:
    return screen.styled(cut(_counted(lane), room), "bold")


def _counted(lane: Lane) -> str:
    return f"{lane.name} {counted(lane)}"
