"""What stands above and below the lanes of the live board?"""

from __future__ import annotations

from textual.content import Content

from tkt.board.lanes import Board, Lane, late_told, summed
from tkt.i18n import N_, _, msgn, render
from tkt.render.text import cut, one_line, width

KEYS = (
    ("Enter", N_("open it")),
    ("m", N_("move")),
    ("a", N_("assign")),
    ("t", N_("take")),
    ("r", N_("reply")),
    ("n", N_("add a note")),
    ("/", N_("filter")),
    ("v", N_("views")),
    ("u", N_("undo")),
    ("?", N_("help")),
    ("q", N_("quit")),
)
"""Key → what it does; the most needed first, but help and quit are always there."""
ALWAYS = 2
_GAP = "  "
_ENDS = 4  # columns beside the lanes of a strip


def head_told(board: Board, columns: int, trouble: str) -> Content:
    """The desk, what is shown of it, how many there are, and as of when."""
    right = f"{render(summed(board))}{_GAP}{board.clock}"
    unread = len(board.problems)
    if unread:
        told = msgn(
            "{count} file cannot be read: tkt check", "{count} files cannot be read: tkt check", unread
        )
        trouble = trouble or render(told)
    room = max(columns - width(right) - 2, 0)
    desk = cut(board.desk, room)
    rest = trouble or one_line(board.query)
    shown = cut(rest, max(room - width(desk) - len(_GAP), 0)) if rest else ""
    used = width(desk) + (len(_GAP) + width(shown) if shown else 0)
    style = "bold $warning" if trouble else "$accent"
    counts = "bold $error" if board.late else "$quiet"
    between = " " * max(columns - used - width(right), 0)
    left = Content.assemble((desk, "bold"), _GAP if shown else "", (shown, style), between)
    return Content.assemble(left, (right[: -len(board.clock)], counts), (board.clock, "$quiet"))


def strip_told(board: Board, current: int, columns: int) -> Content:
    """The lanes by name and number, where not all are in sight; the current one set off, and always there."""
    tabs = [_tab(lane) for lane in board.lanes]
    first = 0
    while first < current and sum(width(tab) + 1 for tab in tabs[first : current + 1]) + _ENDS > columns:
        first += 1
    parts: list[str | tuple[str, str]] = [("‹ ", "$quiet")]
    for number, tab in enumerate(tabs[first:], first):
        parts += [(tab, "reverse bold" if number == current else "$quiet"), " "]
    return Content.assemble(*parts, ("›", "$quiet")).truncate(max(columns, 1), ellipsis=True)


def _tab(lane: Lane) -> str:
    late = f" !{lane.late}" if late_told(lane) else ""
    return f" {lane.name} {len(lane.cards)}{late} "


def keys_told(columns: int) -> Content:
    """As many keys as there is room for."""
    told = [(key, _(name)) for key, name in KEYS]
    while len(told) > ALWAYS and sum(width(f"{key} {name}") + len(_GAP) for key, name in told) > columns:
        del told[-ALWAYS - 1]
    parts: list[str | tuple[str, str]] = []
    for key, name in told:
        parts += [(key, "bold $accent"), f" {name}{_GAP}"]
    return Content.assemble(*parts)
