"""How do rows look on a terminal, on a narrow one, and in a pipe?

Done a column at a time, each different text cleaned and measured once: a list of ten thousand rows is
printed in a moment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from tkt.frozen import dataclass
from tkt.render.screen import Screen
from tkt.render.text import cut, one_line, width, wrap

NARROWEST = 8  # columns that a flexible column keeps
GAP = 2
_BESIDE = "|"  # stands between texts that are looked at in one piece
_STRAY_BLANKS = ("  ", f"{_BESIDE} ", f" {_BESIDE}")


@dataclass(frozen=True)
class Head:
    """A column: its title, and how it behaves where space is short."""

    title: str
    right: bool = False  # set to the right
    flexible: bool = False  # is cut
    optional: int = 0  # is left out, the highest number first; 0 never
    least: int = NARROWEST  # columns that it keeps where it is cut


class Cell(NamedTuple):
    """One value and how it is set off (`bold`, `red` …): all of it, or the `part` from … up to."""

    text: str
    style: str = ""
    part: tuple[int, int] | None = None


def print_table(screen: Screen, heads: Sequence[Head], rows: Sequence[Sequence[Cell | str]]) -> None:
    """Print rows under heads, as `table_text` sets them."""
    screen.print(table_text(screen, heads, rows))


def table_text(screen: Screen, heads: Sequence[Head], rows: Sequence[Sequence[Cell | str]]) -> str:
    """Rows under heads; stacked, where the screen is too narrow for a table.

    A stranger's text is cleaned here, once. In a pipe nothing is left out and nothing is cut.
    """
    columns = [
        _Column(head, [row[place] for row in rows], has_colour=screen.has_colour)
        for place, head in enumerate(heads)
    ]
    if screen.is_bounded:
        columns = _fitting(screen.columns, columns)
        if _least_width(columns) > screen.columns:
            return "\n".join(_stacked(screen, columns))
    over = max(_full_width(columns) - screen.columns, 0)
    padded = [
        column.padded(
            column.needed - over if column.head.flexible else column.needed, screen, is_last=is_last
        )
        for column, is_last in zip(columns, _lasts(columns), strict=True)
    ]
    gap = " " * GAP
    return "\n".join([gap.join(line).rstrip() for line in zip(*padded, strict=True)])


class _Column:
    """A head and what stands below it."""

    def __init__(self, head: Head, cells: Sequence[Cell | str], *, has_colour: bool) -> None:
        self.head = head
        texts = [cell if isinstance(cell, str) else cell.text for cell in cells]
        several = {head.title, *texts}
        if _are_lines(several):
            self.texts = texts
        else:
            clean = {text: one_line(text) for text in several}
            self.texts = [clean[text] for text in texts]
            several = set(clean.values())
        self.widths = {text: len(text) if text.isascii() else width(text) for text in several}
        self.styled = {
            place: cell
            for place, cell in enumerate(cells if has_colour else ())
            if isinstance(cell, Cell) and cell.style
        }

    @cached_property
    def needed(self) -> int:
        """Columns that its widest text takes."""
        return max(self.widths.values())

    @cached_property
    def least(self) -> int:
        """Columns that it takes where it is as narrow as can be."""
        return min(self.needed, self.head.least) if self.head.flexible else self.needed

    def padded(self, room: int, screen: Screen, *, is_last: bool) -> list[str]:
        """Its head and its texts, all `room` columns wide; what stands last on its line is not filled up."""
        shown = self._all_shown(room, is_last=is_last)
        lines = [shown[text] for text in self.texts]
        for place, cell in self.styled.items():
            lines[place] = _styled(screen, lines[place], self.texts[place], cell)
        return [screen.styled(shown[one_line(self.head.title)], "dim"), *lines]

    def _all_shown(self, room: int, *, is_last: bool) -> dict[str, str]:
        """Each different text as `_shown`."""
        if self.needed > room or (is_last and not self.head.right):
            return {text: self._shown(text, room, is_last=is_last) for text in self.widths}
        if self.head.right:
            return {text: " " * (room - taken) + text for text, taken in self.widths.items()}
        return {text: text + " " * (room - taken) for text, taken in self.widths.items()}

    def _shown(self, text: str, room: int, *, is_last: bool) -> str:
        taken = self.widths[text]
        if taken > room:
            text = cut(text, room)
            taken = width(text)
        if self.head.right:
            return " " * (room - taken) + text
        return text if is_last else text + " " * (room - taken)


def _are_lines(texts: Collection[str]) -> bool:
    """Whether all of them are surely what `one_line` makes of them, looked at in one piece."""
    joined = _BESIDE.join(("", *texts, ""))
    return joined.isprintable() and not any(blanks in joined for blanks in _STRAY_BLANKS)


def _styled(screen: Screen, shown: str, text: str, cell: Cell) -> str:
    """`shown` with its style; a part only where nothing of the text was changed or cut."""
    if cell.part is None:
        return screen.styled(shown, cell.style)
    if text != cell.text or text not in shown:
        return shown
    offset = shown.index(text)
    start, stop = (offset + place for place in cell.part)
    return shown[:start] + screen.styled(shown[start:stop], cell.style) + shown[stop:]


def _lasts(columns: Sequence[_Column]) -> list[bool]:
    return [place == len(columns) - 1 for place in range(len(columns))]


def _fitting(room: int, columns: list[_Column]) -> list[_Column]:
    """Without as many optional columns as it takes to fit."""
    while _least_width(columns) > room:
        least_wanted = max(columns, key=lambda each: each.head.optional)
        if not least_wanted.head.optional:
            break
        columns = [column for column in columns if column is not least_wanted]
    return columns


def _least_width(columns: Sequence[_Column]) -> int:
    """Columns that the table needs when its flexible column is as narrow as can be."""
    return sum(column.least for column in columns) + GAP * (len(columns) - 1)


def _full_width(columns: Sequence[_Column]) -> int:
    return sum(column.needed for column in columns) + GAP * (len(columns) - 1)


def _stacked(screen: Screen, columns: Sequence[_Column]) -> Iterator[str]:
    """Each row as its first cell, and below it the others side by side as they fit."""
    first, *others = columns
    for place, text in enumerate(first.texts):
        cell = first.styled.get(place)
        yield _styled(screen, text, text, cell) if cell else text
        line = " · ".join(column.texts[place] for column in others if column.texts[place] not in ("", "–"))
        for part in wrap(line, screen.columns - GAP) if line else ():
            yield f"{' ' * GAP}{part}"
