"""What stands on a page, before it is text, Markdown or HTML?

Plain strings in the reader's language: whoever renders a page only sets them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from tkt.frozen import dataclass
from tkt.render.text import one_line, pad, table, width, wrap

_INDENT = "  "


Unit = Literal["count", "number", "seconds", "rate", "coefficient", "instant", "text"]
Tone = Literal["", "good", "warn", "bad", "quiet"]


class Cell(str):
    """What stands in a cell: its words, and what a page or a program may want to know beside them."""

    __slots__ = ("n", "ticket", "tone", "value")

    value: float | int | None  # what it is sorted and drawn by; None: by its words
    ticket: str | None  # the id that it names
    tone: Tone
    n: int | None  # what its number stands on, said in brackets at its end

    def __new__(
        cls,
        text: str,
        *,
        value: float | int | None = None,
        ticket: str | None = None,
        tone: Tone = "",
        n: int | None = None,
    ) -> Cell:
        """The words with what is known of them."""
        found = super().__new__(cls, text)
        found.value, found.ticket, found.tone, found.n = value, ticket, tone, n
        return found


@dataclass(frozen=True, slots=True)
class Chart:
    """How the grid that it belongs to is drawn: its first column names the places, these columns are the series.

    What is drawn are the `value`s of the grid's cells, so that the table below says the same.
    """

    kind: Literal["bar", "line"]
    columns: tuple[int, ...]  # of the grid
    unit: Unit = "count"
    is_stacked: bool = False
    is_lying: bool = False  # bars to the right: for long names


@dataclass(frozen=True, slots=True)
class PageGrid:
    """Rows under heads. The first column says what a row is, the others are numbers but for those of `words`."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]  # as long as the heads; `Cell`s where more is known than the words
    note: str = ""
    words: frozenset[int] = frozenset()  # columns of words: not set to the right
    chart: Chart | None = None
    name: str = ""  # what it is called in a link, and as a file: `[a-z0-9-]`


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page with its own title."""

    title: str
    grids: tuple[PageGrid, ...]
    notes: tuple[str, ...] = ()
    name: str = ""  # as of a grid


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page: what it is, what it was made from, and its sections."""

    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...] = ()
    name: str = ""  # as of a grid
    lead: str = ""  # one line below the title, where the facts stand elsewhere


def page_text(page: Page, columns: int | None = None, *, is_plain: bool = False) -> str:
    """The page as plain text for terminals and pipes, without a final line end.

    `columns`: the room there is; notes are wrapped and labels cut to it. None: as wide as it is.
    `is_plain`: bars and sparklines are drawn in ASCII.
    """
    return "\n".join(_page_lines(page, columns, is_plain))


def _page_lines(page: Page, columns: int | None, is_plain: bool) -> Iterator[str]:
    yield one_line(page.title)
    yield ""
    yield from _fact_lines(page.facts, columns)
    yield from _notes(page.notes, "", columns)
    for section in page.sections:
        yield ""
        yield one_line(section.title)
        for place, grid in enumerate(section.grids):
            if place:
                yield ""
            yield from _grid_lines(grid, columns, is_plain, is_alone=len(section.grids) == 1)
        yield from _notes(section.notes, _INDENT, columns)


def _fact_lines(facts: tuple[tuple[str, str], ...], columns: int | None) -> Iterator[str]:
    """Label and value; a long value goes on below its beginning."""
    indent = max((width(label) for label, _value in facts), default=0) + len(_INDENT)
    for label, value in facts:
        start = pad(label, indent)
        for line in _lines(value, indent, columns):
            yield start + line
            start = " " * indent


def _grid_lines(grid: PageGrid, columns: int | None, is_plain: bool, *, is_alone: bool) -> Iterator[str]:
    room = None if columns is None else columns - len(_INDENT)
    records = _records(grid, room, is_alone=is_alone)
    lines = records or _table_lines(grid, room)
    drawn = lines if grid.chart is None else _drawn(grid, lines, room, is_plain, is_table=not records)
    for line in drawn:
        yield _INDENT + line
    yield from _notes((grid.note,) if grid.note else (), _INDENT, columns)


def _table_lines(grid: PageGrid, room: int | None) -> list[str]:
    numbers = [place for place in range(1, len(grid.heads)) if place not in grid.words]
    return table(grid.rows, grid.heads, right=numbers, columns=room, flexible=_flexible(grid)).splitlines()


def _records(grid: PageGrid, room: int | None, *, is_alone: bool) -> list[str]:
    """What is too wide for a table, row by row; beside other grids under its own head."""
    if room is None:
        return []
    from tkt.render.records import fits, fits_somehow, record_lines

    is_list = bool(grid.words) and grid.chart is None
    does_fit = fits if is_list else fits_somehow
    if does_fit(grid.rows, grid.heads, room, _flexible(grid)):
        return []
    head = [] if is_alone else [one_line(grid.heads[0])]
    return [*head, *record_lines(grid.rows, grid.heads, grid.words, room)]


def _flexible(grid: PageGrid) -> int:
    """The column that gives way on a narrow terminal: the widest one of words, else the first."""
    if not grid.words:
        return 0
    widths = {place: max(width(row[place]) for row in (grid.heads, *grid.rows)) for place in grid.words}
    return max(widths, key=lambda place: (widths[place], -place))


def _drawn(
    grid: PageGrid, lines: list[str], room: int | None, is_plain: bool, *, is_table: bool
) -> Iterator[str]:
    """The lines of a grid with its chart: bars beside the rows where there is room, lines below them."""
    from tkt.render.bars import WIDEST, bars_of, sparks_of

    widest = max(map(width, lines), default=0) + len(_INDENT)
    drawn = bars_of(grid, WIDEST if room is None else room - widest, is_plain=is_plain) if is_table else []
    for line, bar in zip(lines, ["", *drawn], strict=True) if drawn else ((line, "") for line in lines):
        yield pad(line, widest) + bar if bar else line
    yield from sparks_of(grid, room, is_plain=is_plain)


def _notes(notes: tuple[str, ...], indent: str, columns: int | None) -> Iterator[str]:
    for note in notes:
        for line in _lines(note, len(indent), columns):
            yield indent + line


def _lines(text: str, indent: int, columns: int | None) -> list[str]:
    plain = one_line(text)
    return [plain] if columns is None else wrap(plain, max(columns - indent, 1))
