"""How does a card look on the live board, and how does a text with a terminal's colours?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.content import Content

from tkt.board.cards import Card, Tone
from tkt.board.plain import shown_id, title_lines
from tkt.i18n import _
from tkt.late import late
from tkt.render.text import cut, width

MARGIN = 2
"""Columns before a card's text: the bar of the selected one, and a blank."""
ONE_LINE = 46
"""Columns from which a title has one line; else two."""
_TONES: dict[Tone, str] = {
    "late": "bold $error",
    "soon": "bold $warning",
    "running": "$foreground",
    "paused": "$quiet",
    "still": "$quiet",
}
_SGR = late("\x1b\\[([0-9;]*)m")
_CODES = {
    "1": "bold",
    "2": "dim",
    "31": "$error",
    "32": "$success",
    "33": "$warning",
    "34": "$primary",
    "36": "$accent",
}


def title_rows(room: int) -> int:
    """Lines that a title has in a column of so many columns."""
    return 1 if room >= ONE_LINE else 2


def card_height(room: int) -> int:
    """Lines of one card, the empty one below it included."""
    return title_rows(room) + 3


def card_lines(card: Card, columns: int, *, is_selected: bool, has_draft: bool) -> list[Content]:
    """The lines of a card, each exactly as wide as its column; without the gap below it."""
    room = max(columns - MARGIN, 8)
    style = "bold" if is_selected else ""
    inside = [
        _first(card, room),
        *(Content.assemble((line, style)) for line in title_lines(card.title, room, title_rows(room))),
        _last(card, room, has_draft=has_draft),
    ]
    bar = ("▌", "$accent") if is_selected else (" ", "")
    return [_filled(Content.assemble(bar, " ", line), columns) for line in inside]


def _filled(line: Content, columns: int) -> Content:
    return line.pad_right(max(columns - line.cell_length, 0))


def _first(card: Card, room: int) -> Content:
    """Priority and id, and set to the right the time that is left."""
    name = shown_id(card.id, room)
    time = _time(card, room - width(card.priority) - width(name) - 2)
    between = room - width(card.priority) - 1 - width(name) - width(time)
    priority = "bold" if card.priority in ("P1", "P2") else "$quiet"
    return Content.assemble(
        (card.priority, priority), " ", (name, "$quiet"), " " * between, (time, _TONES[card.tone])
    )


def _time(card: Card, room: int) -> str:
    """With its sign, where there is room for that."""
    told = card.told_time if width(card.told_time) <= room else card.time
    return cut(told, max(room, 0))


def _last(card: Card, room: int, *, has_draft: bool) -> Content:
    """Whose it is, and what it needs."""
    owner = card.owner or _("nobody")
    needs = " · ".join(part for part in (_("draft") if has_draft else "", card.first_need) if part)
    owner = cut(owner, room if not needs else max(room - width(needs) - 3, room // 3))
    told = cut(needs, max(room - width(owner) - 3, 0))
    whose = "$primary" if card.is_mine else "$quiet"
    needed = "$accent" if bool(card.needs) or has_draft else "$quiet"
    if not told:
        return Content.assemble((owner, whose))
    return Content.assemble((owner, whose), (" · ", "$quiet"), (told, needed))


def coloured(lines: Iterable[str]) -> Content:
    """Lines that were made for a terminal, with their colours as the board has them."""
    return Content("\n").join([Content.assemble(*_pieces(line)) for line in lines])


def _pieces(line: str) -> Iterator[tuple[str, str]]:
    style, start = "", 0
    for found in _SGR.finditer(line):
        if found.start() > start:
            yield line[start : found.start()], style
        style = " ".join(_CODES[code] for code in found[1].split(";") if code in _CODES)
        start = found.end()
    if start < len(line):
        yield line[start:], style
