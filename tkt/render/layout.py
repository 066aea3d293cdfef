"""What stands on a page, before it is text, Markdown or HTML?

Plain strings in the reader's language: whoever renders a page only sets them.
"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.frozen import dataclass
from tkt.render.text import one_line, pad, table, width, wrap

_INDENT = "  "


@dataclass(frozen=True, slots=True)
class PageGrid:
    """Rows under heads. The first column says what a row is, the others are numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]  # as long as the heads
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page with its own title."""

    title: str
    grids: tuple[PageGrid, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page: what it is, what it was made from, and its sections."""

    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...] = ()


def page_text(page: Page, columns: int | None = None) -> str:
    """The page as plain text for terminals and pipes, without a final line end.

    `columns`: the room there is; notes are wrapped and labels cut to it. None: as wide as it is.
    """
    return "\n".join(_page_lines(page, columns))


def _page_lines(page: Page, columns: int | None) -> Iterator[str]:
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
            yield from _grid_lines(grid, columns)
        yield from _notes(section.notes, _INDENT, columns)


def _fact_lines(facts: tuple[tuple[str, str], ...], columns: int | None) -> Iterator[str]:
    """Label and value; a long value goes on below its beginning."""
    indent = max((width(label) for label, _value in facts), default=0) + len(_INDENT)
    for label, value in facts:
        start = pad(label, indent)
        for line in _lines(value, indent, columns):
            yield start + line
            start = " " * indent


def _grid_lines(grid: PageGrid, columns: int | None) -> Iterator[str]:
    room = None if columns is None else columns - len(_INDENT)
    numbers = range(1, len(grid.heads))
    for line in table(grid.rows, grid.heads, right=numbers, columns=room, flexible=0).splitlines():
        yield _INDENT + line
    yield from _notes((grid.note,) if grid.note else (), _INDENT, columns)


def _notes(notes: tuple[str, ...], indent: str, columns: int | None) -> Iterator[str]:
    for note in notes:
        for line in _lines(note, len(indent), columns):
            yield indent + line


def _lines(text: str, indent: int, columns: int | None) -> list[str]:
    plain = one_line(text)
    return [plain] if columns is None else wrap(plain, max(columns - indent, 1))
