"""How is a list told whose table is wider than the window: each row in a few lines of its own?

261118-AAAA1  Export takes for ever
  owner: Li Wei · clock: first response · why: nobody owned it for 2h of 4h · next action: call back
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from tkt.i18n import msg, render
from tkt.render.text import one_line, width, wrap

_GAP = "  "
_BETWEEN = " · "
NARROWEST = 24
"""A table keeps so many columns for the words that give way; with fewer each row is told by itself."""
STUMP = 16


def fits(
    rows: Sequence[Sequence[str]], heads: Sequence[str], room: int | None, flexible: int | None = None
) -> bool:
    """Whether a table has room: whole, or with column `flexible` cut to no less than `NARROWEST`."""
    return room is None or _fits(rows, heads, room, flexible, NARROWEST)


def fits_somehow(
    rows: Sequence[Sequence[str]], heads: Sequence[str], room: int | None, flexible: int | None = None
) -> bool:
    """The same for a table of numbers, whose labels may be cut to a stump."""
    return room is None or _fits(rows, heads, room, flexible, STUMP)


def _fits(
    rows: Sequence[Sequence[str]], heads: Sequence[str], room: int, flexible: int | None, narrowest: int
) -> bool:
    cells = zip(*([one_line(cell) for cell in row] for row in [heads, *rows]), strict=True)
    widths = [max(map(width, column)) for column in cells]
    if flexible is not None:
        widths[flexible] = min(widths[flexible], narrowest)
    return sum(widths) + len(_GAP) * (len(widths) - 1) <= room


def record_lines(
    rows: Sequence[Sequence[str]], heads: Sequence[str], words: Collection[int], room: int
) -> Iterator[str]:
    """Each row: what it is and what it is about, then the rest under its heads; what is empty is left out.

    Below the first line the others are set in; all are wrapped to `room`.
    """
    titled = 1 in words and len(heads) > 2
    for row in rows:
        cells = [one_line(cell) for cell in row]
        first = _GAP.join(cells[:2] if titled else cells[:1])
        said = zip(heads[2 if titled else 1 :], cells[2 if titled else 1 :], strict=True)
        rest = _BETWEEN.join(
            render(msg("{told}: {text}", told=one_line(head), text=cell)) for head, cell in said if cell
        )
        yield from _hanging(first, room, "")
        yield from _hanging(rest, room, _GAP) if rest else ()


def _hanging(text: str, room: int, indent: str) -> Iterator[str]:
    first, *more = wrap(text, max(room - len(indent) - len(_GAP), 8)) or [""]
    yield indent + first
    yield from (indent + _GAP + line for line in more)
