"""What does one cell of the log say, and is it understood?

A reader takes a cell's text and gives a value, None where the value is missing, or a `Message`
that tells why it cannot be understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tkt.frozen import dataclass
from tkt.i18n import Message, msg
from tkt.intake.log.maps import KeptField, LogMap
from tkt.intake.log.names import Names
from tkt.late import late
from tkt.model import Value

Reading = Value
"""What a reader gives: a value, None, or a Message."""
CellReader = Callable[[str], Reading]

_CONTROL = late(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BOOLS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True, kw_only=True)
class Cells:
    """How the cells of one log are read: its missing-value marks, its dates, its zone."""

    missing: frozenset[str]
    dates: tuple[str, ...]
    zone: ZoneInfo

    @classmethod
    def of(cls, logmap: LogMap, zone: str) -> Cells:
        """As the map says; `zone` is the desk's, for a map that names none."""
        return cls(
            missing=frozenset(logmap.missing), dates=tuple(logmap.dates), zone=ZoneInfo(logmap.zone or zone)
        )

    def text(self, cell: str) -> str | None:
        """The text on one line without control characters, None for a missing-value mark."""
        clean = " ".join(_CONTROL.sub("", cell).split())
        return None if clean in self.missing else clean

    def instant(self, cell: str) -> datetime | Message | None:
        """The time in the first of the map's formats that fits; UTC, whole seconds."""
        text = self.text(cell)
        if text is None:
            return None
        for form in self.dates:
            try:
                return self._utc(datetime.strptime(text, form))
            except (ValueError, OverflowError):
                continue
        return msg("{text} is not a time, expected {formats}", text=text, formats=self.dates)

    def contact(self, cell: str) -> Mapping[str, str] | None:
        """Who asked: a mail address or a name."""
        text = self.text(cell)
        if text is None:
            return None
        return {"email": text} if "@" in text else {"name": text}

    def name_of(self, names: Names) -> CellReader:
        """Reads a person or a team as its id."""

        def read(cell: str) -> Reading:
            text = self.text(cell)
            return None if text is None else names.id_of(text)

        return read

    def word_of(self, column: str, table: Mapping[str, str]) -> CellReader:
        """Reads a word that the map translates."""

        def read(cell: str) -> Reading:
            text = self.text(cell)
            if text is None or text in table:
                return table.get(text or "")
            return msg(
                "the map has no {column} {word}; the ticket keeps what it had", column=column, word=text
            )

        return read

    def kept(self, field: KeptField) -> CellReader:
        """Reads a field of the desk's own as its type."""

        def read(cell: str) -> Reading:
            text = self.text(cell)
            return None if text is None else self._typed(field, text)

        return read

    def _typed(self, field: KeptField, text: str) -> Reading:
        if field.type == "instant":
            return self.instant(text)
        if field.type == "bool":
            found = _BOOLS.get(text.lower())
            return (
                msg("{column}: expected true or false, found {text}", column=field.column, text=text)
                if found is None
                else found
            )
        if field.type == "number":
            number = number_in(text)
            return (
                msg("{column}: expected a number, found {text}", column=field.column, text=text)
                if number is None
                else number
            )
        return text

    def _utc(self, found: datetime) -> datetime:
        return (
            (found if found.tzinfo else found.replace(tzinfo=self.zone))
            .astimezone(UTC)
            .replace(microsecond=0)
        )


def number_in(text: str) -> int | float | None:
    """`12` → 12, `-0.5` → -0.5; None for anything but plain digits, so never infinity."""
    if re.fullmatch(r"[+-]?[0-9]{1,18}", text):
        return int(text)
    return float(text) if re.fullmatch(r"[+-]?[0-9]{1,18}\.[0-9]{1,18}", text) else None
