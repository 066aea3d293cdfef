"""How do rows look on a terminal, on a narrow one, and in a pipe?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tkt.render.screen import Screen
from tkt.render.text import cut, one_line, pad, width, wrap


@dataclass(frozen=True)
class Head:
    """A column: its title, and how it behaves where space is short."""

    title: str
    right: bool = False  # set to the right
    flexible: bool = False  # is cut
    optional: int = 0  # is left out, the highest number first; 0 never


@dataclass(frozen=True)
class Cell:
    """One value and how it is set off (`bold`, `red` …)."""

    text: str
    style: str = ""


NARROWEST = 8  # columns that a flexible column keeps
GAP = 2


def print_table(screen: Screen, heads: Sequence[Head], rows: Sequence[Sequence[Cell]]) -> None:
    """Print rows under heads; stacked, where the screen is too narrow for a table.

    A stranger's text is cleaned here, once. In a pipe nothing is left out and nothing is cut.
    """
    clean = [[Cell(one_line(cell.text), cell.style) for cell in row] for row in rows]
    if screen.is_bounded:
        heads, clean = _fitting(screen.columns, heads, clean)
        if _least_width(heads, clean) > screen.columns:
            _print_stacked(screen, clean)
            return
    room = _room(screen.columns, heads, clean)
    for row in ([Cell(head.title, "dim") for head in heads], *clean):
        cells = zip(row, heads, room, strict=True)
        line = [
            screen.styled(pad(cut(it.text, columns), columns, head.right), it.style)
            for it, head, columns in cells
        ]
        screen.print((" " * GAP).join(line).rstrip())


def _fitting(
    columns: int, heads: Sequence[Head], rows: list[list[Cell]]
) -> tuple[Sequence[Head], list[list[Cell]]]:
    """Without as many optional columns as it takes to fit."""
    while _least_width(heads, rows) > columns:
        place = max(range(len(heads)), key=lambda each: heads[each].optional)
        if not heads[place].optional:
            break
        heads = [head for number, head in enumerate(heads) if number != place]
        rows = [[cell for number, cell in enumerate(row) if number != place] for row in rows]
    return heads, rows


def _least_width(heads: Sequence[Head], rows: Sequence[Sequence[Cell]]) -> int:
    """Columns that the table needs when its flexible column is as narrow as can be."""
    needed = _needed(heads, rows)
    least = [
        min(columns, NARROWEST) if head.flexible else columns
        for head, columns in zip(heads, needed, strict=True)
    ]
    return sum(least) + GAP * (len(heads) - 1)


def _room(columns: int, heads: Sequence[Head], rows: Sequence[Sequence[Cell]]) -> list[int]:
    """What each column gets: all it needs, the flexible one what is left."""
    needed = _needed(heads, rows)
    over = max(sum(needed) + GAP * (len(heads) - 1) - columns, 0)
    return [each - over if head.flexible else each for head, each in zip(heads, needed, strict=True)]


def _needed(heads: Sequence[Head], rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Columns that the widest text of each column takes."""
    return [
        max(width(text) for text in (head.title, *(row[place].text for row in rows)))
        for place, head in enumerate(heads)
    ]


def _print_stacked(screen: Screen, rows: Sequence[Sequence[Cell]]) -> None:
    """Each row as its first cell, and below it the others side by side as they fit."""
    for first, *others in rows:
        screen.print(screen.styled(first.text, first.style))
        line = " · ".join(cell.text for cell in others if cell.text not in ("", "–"))
        for part in wrap(line, screen.columns - GAP):
            screen.print(f"{' ' * GAP}{part}")
