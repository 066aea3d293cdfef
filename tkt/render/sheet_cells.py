"""How does a text stand in a cell of a table, so that a spreadsheet runs nothing and changes nothing?

A `'` goes before a text that a spreadsheet would run as a formula, shorten as a number, or that begins
with such a `'` itself; `plain_cell` takes it off again, so that what is exported is imported as it was.
"""

from __future__ import annotations

from tkt.late import late

_STARTS = "=+\\-@\t\r\uff1d\uff0b\uff0d\uff20"  # the full-width ones run in some spreadsheets
_SHORTENED = r"[0-9]+(?:\.[0-9]*)?[eE][+-]?[0-9]+\Z"
_NEEDS = late(rf"'*(?:[{_STARTS}]|{_SHORTENED})")
_NUMBER = late(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


def safe_cell(text: str) -> str:
    """`text` as a cell that is only shown (docs/export.md)."""
    return f"'{text}" if _NEEDS.match(text) else text


def plain_cell(cell: str) -> str:
    """The text that `safe_cell` was given; any other cell as it stands."""
    return cell[1:] if cell.startswith("'") and _NEEDS.match(cell) else cell


def number_cell(number: int | float) -> str:
    """A number, which a spreadsheet may count with."""
    text = repr(number)
    return text if _NUMBER.fullmatch(text) else safe_cell(text)
