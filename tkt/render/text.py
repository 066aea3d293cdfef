"""How much room does a text take, and what of it may reach a terminal?

Plain strings in, plain strings out; no colours, no rich. Chinese, Japanese and Korean characters are
two columns wide. Everything that a stranger wrote goes through `clean` or `one_line` first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from unicodedata import category, combining, east_asian_width

from tkt.late import late

ELLIPSIS = "…"
_TAB = "    "
_GAP = "  "
_NARROWEST = 8  # columns a cell keeps when a table must shrink

# What a terminal takes for orders: strings it would swallow up to their end (OSC, DCS, SOS, PM, APC),
# control sequences (CSI), and the short escapes. A string that is never ended loses its first
# characters only, so that nobody can hide the rest of a text with it.
_ESCAPES = late(
    r"(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|\x1b[ -/]*[0-~]"
)
_LINE_ENDS = late(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Controls, bidi embeddings, overrides and isolates, and halves of surrogate pairs, which no
# stream can encode. Joiners and direction marks stay: emoji and Arabic need them.
_UNPRINTABLE = late(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LOG_ORDERS = late(r"(##(?:vso)?)\[")
_SPACES = late(r"\s+")
# A line of some length, its end, and no list, quotation or code behind it.
_HARD_BREAK = late(r"(?P<line>[^\n]{48,}?)[ ]*\n(?=(?P<first>[^\s>|*#+-])(?!\d*[.)、]))")
# What nearly all titles are made of: ASCII, Chinese characters, their punctuation and full-width forms.
_CHINESE = late("[ -~\u3001-\u3029\u4e00-\u9fff\uff01-\uff60]*")

_NO_LINE_STARTS_WITH = frozenset("，。、；：？！）］｝％】》〉」』〕〗’”…—·,.;:?!)]}%℃ー々")
_NO_LINE_ENDS_WITH = frozenset("（［｛￥【《〈「『〔〖‘“([{$¥")


def clean(text: str) -> str:
    """A stranger's text for a terminal: line ends kept as `\\n`, tabs as spaces.

    Control characters, escape sequences and bidi overrides are gone (docs/architecture.md, Strangers).
    """
    if text.isprintable():
        return text
    plain = _LINE_ENDS.sub("\n", _ESCAPES.sub("", text))
    return _UNPRINTABLE.sub("", plain.replace("\t", _TAB))


def one_line(text: str) -> str:
    """A stranger's text on one line: cleaned, each run of white space one space."""
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text  # the one white space that is printable is a plain space
    return _SPACES.sub(" ", clean(text)).strip()


def without_orders(text: str) -> str:
    """A stranger's text for a log of CI, where GitHub's runners obey `##[…]` and Azure's `##vso[…]` wherever they stand."""
    return text if "##" not in text else _LOG_ORDERS.sub(r"\1 [", text)


def width(text: str) -> int:
    """Columns that `text` takes on a terminal; line ends count nothing."""
    if text.isascii() and text.isprintable():
        return len(text)
    if _CHINESE.fullmatch(text):  # each character is one byte and one column, or three and two
        return len(text) + (len(text.encode()) - len(text)) // 2
    return sum(map(_columns_of, text))


def cut(text: str, columns: int) -> str:
    """`text` in at most `columns`, ending in … where something was left out."""
    if width(text) <= columns:
        return text
    if columns < 1:
        return ""
    return _fitting(text, columns - 1) + ELLIPSIS


def pad(text: str, columns: int, right: bool = False) -> str:
    """`text` filled with spaces to `columns`, set to the right where asked; never cut."""
    blanks = " " * (columns - width(text))
    return blanks + text if right else text + blanks


def wrap(text: str, columns: int) -> list[str]:
    """The lines of `text`, each at most `columns` wide where one character fits at all.

    Breaks at spaces and between Chinese characters, never before closing or after opening
    punctuation unless there is no other way; a word longer than a line is broken. Line ends of
    the text itself stay, empty lines too.
    """
    return [line for paragraph in text.split("\n") for line in _wrapped(paragraph, columns)]


def hanging(text: str, columns: int, indent: str = "  ") -> list[str]:
    """`text` indented, its further lines more so, each within `columns`."""
    first, *more = wrap(text, max(columns - 2 * len(indent), 20)) or [""]
    return [f"{indent}{first}", *(f"{indent * 2}{line}" for line in more)]


def rewrapped(text: str, columns: int) -> list[str]:
    """`wrap`, where a text that somebody broke into longer lines than fit flows on instead of leaving stumps."""
    if all(width(line) <= columns for line in text.split("\n")):
        return text.split("\n")
    return wrap(_HARD_BREAK.sub(_flowing, text), columns)


def _flowing(found: re.Match[str]) -> str:
    """What stands for the line end behind a full line: a space, but for Chinese on both sides."""
    last, first = found["line"][-1], found["first"]
    is_wide = _columns_of(last) == 2 and _columns_of(first) == 2
    return found["line"] if is_wide else f"{found['line']} "


def table(
    rows: Sequence[Sequence[str]],
    heads: Sequence[str] = (),
    *,
    right: Collection[int] = (),
    columns: int | None = None,
    flexible: int | None = None,
) -> str:
    """An aligned table for pipes and narrow terminals, without a final line end.

    `right`: columns set to the right (numbers). `columns`: the room there is; where the table needs
    more, column `flexible` (else the widest one) is cut. None: nothing is ever cut.
    """
    lines = [[one_line(cell) for cell in row] for row in ([heads, *rows] if heads else rows)]
    if not lines:
        return ""
    room = [max(map(width, cells)) for cells in zip(*lines, strict=True)]
    if columns is not None:
        room = _shrunk(room, columns, flexible)
    return "\n".join(_table_line(line, room, right) for line in lines)


def _table_line(cells: Sequence[str], room: Sequence[int], right: Collection[int]) -> str:
    shown = [
        pad(cut(cell, room[place]), room[place], right=place in right) for place, cell in enumerate(cells)
    ]
    return _GAP.join(shown).rstrip()


def _shrunk(room: list[int], columns: int, flexible: int | None) -> list[int]:
    """The widths, one of them made smaller so that all fit, though never to nothing."""
    place = room.index(max(room)) if flexible is None else flexible
    over = sum(room) + len(_GAP) * (len(room) - 1) - columns
    if over > 0:
        smallest = min(room[place], _NARROWEST)
        room[place] = max(room[place] - over, smallest)
    return room


@lru_cache(maxsize=4096)
def _columns_of(character: str) -> int:
    if character.isascii():
        return 1 if character.isprintable() else 0
    if combining(character) or category(character) in ("Mn", "Me", "Cf", "Cc", "Zl", "Zp", "Cs"):
        return 0
    if "\u1160" <= character <= "\u11ff":  # Korean vowels and finals join the syllable before them
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def _fitting(text: str, columns: int) -> str:
    """The longest beginning of `text` that takes at most `columns`."""
    used = 0
    for place, character in enumerate(text):
        used += _columns_of(character)
        if used > columns:
            return text[:place]
    return text


def _wrapped(paragraph: str, columns: int) -> Iterator[str]:
    line = ""
    for chunk in _chunks(paragraph):
        if width(line) + width(chunk.rstrip(" ")) <= columns:
            line += chunk
            continue
        if line.strip(" "):
            yield line.rstrip(" ")
            chunk = chunk.lstrip(" ")
            line = ""
        line += chunk
        while width(line.rstrip(" ")) > columns:
            head = _fitting(line, columns) or line[0]
            if head == line:
                break
            yield head
            line = line[len(head) :]
    yield line.rstrip(" ")


def _chunks(paragraph: str) -> Iterator[str]:
    """Pieces between which a line may end; spaces go with the piece before them."""
    start = 0
    for place in range(1, len(paragraph)):
        if _may_break(paragraph[place - 1], paragraph[place]):
            yield paragraph[start:place]
            start = place
    yield paragraph[start:]


def _may_break(before: str, after: str) -> bool:
    if after == " ":
        return False
    if before == " ":
        return True
    if _columns_of(after) == 0 or before == "\u200d":
        return False
    if after in _NO_LINE_STARTS_WITH or before in _NO_LINE_ENDS_WITH:
        return False
    return _columns_of(before) == 2 or _columns_of(after) == 2
