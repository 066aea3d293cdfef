"""How are rows of cells printed: aligned for a terminal, or as Markdown?"""

from __future__ import annotations

from collections.abc import Sequence

Row = Sequence[str]


def table(head: Row, rows: Sequence[Row], *, markdown: bool = False) -> str:
    """The table, without columns in which nothing stands; numbers to the right."""
    kept = [place for place in range(len(head)) if any(row[place] for row in rows)]
    head = [head[place] for place in kept]
    rows = [[row[place] for place in kept] for row in rows]
    right = [all(_is_number(row[place]) for row in rows) for place in range(len(head))]
    return _markdown(head, rows, right) if markdown else _plain(head, rows, right)


def _plain(head: Row, rows: Sequence[Row], right: Sequence[bool]) -> str:
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    return "\n".join(_line(row, widths, right) for row in (head, *rows))


def _line(row: Row, widths: Sequence[int], right: Sequence[bool]) -> str:
    parts = [
        cell.rjust(width) if is_right else cell.ljust(width)
        for cell, width, is_right in zip(row, widths, right, strict=True)
    ]
    return "  ".join(parts).rstrip()


def _markdown(head: Row, rows: Sequence[Row], right: Sequence[bool]) -> str:
    rule = ["--:" if is_right else "---" for is_right in right]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def _is_number(cell: str) -> bool:
    return cell == "" or cell.replace(",", "").replace(".", "", 1).isdigit()
