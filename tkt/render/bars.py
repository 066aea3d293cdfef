"""How is a chart drawn with characters?

Bars of eighth blocks beside the numbers, sparklines for what goes on over time; `#` and digits of
height where the reader's screen knows ASCII alone. Plain strings, no colours; n/a draws nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from tkt.render.layout import Cell, PageGrid
from tkt.render.text import cut, one_line, width

Value = float | int | None

_EIGHTHS = " ▏▎▍▌▋▊▉"
_FULL = "█"
_HEIGHTS = "▁▂▃▄▅▆▇█"
_PLAIN_HEIGHTS = "_.-=+*#@"
_MARKS = "█░▒▓"
_PLAIN_MARKS = "#.=+"
WIDEST = 30
NARROWEST = 6


def bar(value: Value, largest: float, columns: int, *, is_plain: bool = False) -> str:
    """A bar of at most `columns`, as long as `value` is of `largest`; what is more than nothing is seen."""
    if value is None or value <= 0 or largest <= 0 or columns < 1:
        return ""
    part = min(value / largest, 1.0) * columns
    if is_plain:
        return "#" * max(round(part), 1)
    eighths = max(round(part * 8), 1)
    full, rest = divmod(eighths, 8)
    return _FULL * full + (_EIGHTHS[rest] if rest else "")


def spark(values: Sequence[Value], *, is_plain: bool = False) -> str:
    """One character a value, as high as it is of the largest; a gap where there is none."""
    heights = _PLAIN_HEIGHTS if is_plain else _HEIGHTS
    largest = max((each for each in values if each is not None), default=0)
    return "".join(" " if each is None else _height(each, largest, heights) for each in values)


def value_of(cell: str) -> Value:
    """What a cell is drawn by; None for a cell of words."""
    return cell.value if isinstance(cell, Cell) else None


def series(grid: PageGrid, column: int) -> list[Value]:
    """The values of a column, from the first row to the last."""
    return [value_of(row[column]) for row in grid.rows]


def bars_of(grid: PageGrid, columns: int, *, is_plain: bool = False) -> list[str]:
    """The bars that stand beside the rows of a grid; none where it has no chart of bars or too little room.

    Several series are piled on each other where the chart is so; else the first one is drawn.
    """
    chart = grid.chart
    if chart is None or chart.kind != "bar" or columns < NARROWEST or len(grid.rows) < 2:
        return []
    chosen = chart.columns if chart.is_stacked else chart.columns[:1]
    rows = [[value_of(row[place]) or 0 for place in chosen] for row in grid.rows]
    largest = max((sum(row) for row in rows), default=0)
    return [_piled(row, largest, min(columns, WIDEST), is_plain) for row in rows]


def _piled(values: Sequence[float], largest: float, columns: int, is_plain: bool) -> str:
    """One bar of one value; several are parts of it, each drawn in its own way and seen where it is not 0."""
    if len(values) == 1:
        return bar(values[0], largest, columns, is_plain=is_plain)
    marks = _PLAIN_MARKS if is_plain else _MARKS
    if largest <= 0:
        return ""
    sizes = [max(round(value / largest * columns), 1) if value > 0 else 0 for value in values]
    while sum(sizes) > columns:
        sizes[sizes.index(max(sizes))] -= 1
    return "".join(marks[place % len(marks)] * size for place, size in enumerate(sizes))


def sparks_of(grid: PageGrid, columns: int | None, *, is_plain: bool = False) -> list[str]:
    """A sparkline for each series of a grid's chart of lines, the head of its column behind it."""
    chart = grid.chart
    if chart is None or chart.kind != "line" or len(grid.rows) < 2:
        return []
    return [
        _with_name(grid, column, columns, is_plain)
        for column in chart.columns
        if any(each is not None for each in series(grid, column))
    ]


def _with_name(grid: PageGrid, column: int, columns: int | None, is_plain: bool) -> str:
    """A series and its head; where room is short its latest part, then the head is cut."""
    values, head = series(grid, column), one_line(grid.heads[column])
    if columns is not None:
        values = values[-max(columns - width(head) - 1, columns // 2, 1) :]
        head = cut(head, max(columns - len(values) - 1, 0))
    return f"{spark(values, is_plain=is_plain)} {head}".rstrip()


def _height(value: float, largest: float, heights: str) -> str:
    if largest <= 0 or value <= 0:
        return heights[0]
    return heights[min(int(value / largest * len(heights)), len(heights) - 1)]
