"""What has been typed, read character by character?

Full-width colons, brackets, commas and quotes mean what their half-width ones do.
"""

from __future__ import annotations

import re
from typing import ClassVar

from tkt.errors import TktError
from tkt.i18n import Message, msg
from tkt.late import late

SPACE = late(r"\s*")
_QUOTES = {'"': '"', "＂": "＂", "“": "“”", "”": "“”", "「": "」"}  # what opens → what closes
_BREAKS = "()（）" + "".join(_QUOTES)
_WORD = late(rf"[^\s{_BREAKS}]+")
_ESCAPED = late(r"\\([\\\"＂“”「」])")
_VALUE = late(rf"[^\s,，{_BREAKS}]+")
_END = late(rf"(?:(?!\.\.)[^\s,，{_BREAKS}])+")


class QueryError(TktError):
    """A query that cannot be understood; `column` counts its characters from 1."""

    code: ClassVar[str] = "query"

    def __init__(self, column: int, fault: Message, *, hint: Message | None = None) -> None:
        super().__init__(msg("query, column {column}: {fault}", column=column, fault=fault), hint=hint)
        self.column = column


class Source:
    """The text of a query and how far it has been read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0

    @property
    def column(self) -> int:
        """Where reading stands, counted from 1."""
        return self.place + 1

    @property
    def is_at_end(self) -> bool:
        """Whether nothing is left."""
        return self.place >= len(self.text)

    def skip_space(self) -> None:
        """Go on to the next thing."""
        self.take(SPACE)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What `pattern` matches here, read; None where it does not match."""
        found = pattern.match(self.text, self.place)
        if found is not None:
            self.place = found.end()
        return found

    def take_any(self, characters: str) -> bool:
        """Read one character if it is one of these."""
        found = not self.is_at_end and self.text[self.place] in characters
        self.place += found
        return found

    def take_word(self) -> str:
        """A bare word for a search; it ends at space, brackets and quotes."""
        return self._taken(_WORD)

    def take_value(self, *, in_range: bool = False) -> str:
        """A bare value; it ends at a comma too, and `in_range` at two dots."""
        return self._taken(_END if in_range else _VALUE)

    def take_quoted(self) -> str | None:
        """What stands in quotes here, `\\"` and `\\\\` taken for the character; None where no quote opens."""
        start = self.column
        closing = "" if self.is_at_end else _QUOTES.get(self.text[self.place], "")
        if not closing:
            return None
        self.place += 1
        found: list[str] = []
        while not self.take_any(closing):
            if self.is_at_end:
                raise QueryError(start, msg("a quote is not closed"), hint=msg('close it with "'))
            escaped = self.take(_ESCAPED)
            found.append(escaped[1] if escaped else self.text[self.place])
            self.place += 0 if escaped else 1
        return "".join(found)

    def _taken(self, pattern: re.Pattern[str]) -> str:
        found = self.take(pattern)
        return found.group() if found else ""


def quoted(text: str) -> str:
    """`text` so that it reads back as it is."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
