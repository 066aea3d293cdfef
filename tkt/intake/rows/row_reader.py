"""What do the rows of one table share: how their cells are read, which columns hold what?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from tkt.actions.opening import first_status
from tkt.intake.rows.headings import ANSWER, ID, NOTE, NUMBER, STATUS, TIMES, WORDS
from tkt.intake.rows.layout import Layout
from tkt.intake.rows.reading import CellReader
from tkt.intake.rows.table import Table
from tkt.model import NOTHING
from tkt.schema import Configuration

_APART = (NUMBER, ID, STATUS, WORDS, NOTE, ANSWER, *TIMES, "received_at")


class RowReader:
    """What every row of one table is read by."""

    def __init__(
        self,
        table: Table,
        layout: Layout,
        config: Configuration,
        now: datetime,
        customers: Mapping[str, str] = NOTHING,
    ) -> None:
        """`customers`: name (`normalised`) → id of those that the desk knows."""
        self.customers = customers
        self.cells = CellReader(layout.map, config, table.day_shift)
        self.layout = layout
        self.config = config
        self.now = now
        self.columns = {meaning: layout.of(meaning) for meaning in layout.meanings}
        self.stored = self._ordered([*layout.meanings, *layout.map.constants])
        self.is_ours = bool(layout.of(NUMBER) and layout.of(ID))
        self.first = first_status(config)

    def column(self, meaning: str) -> str:
        """The name of the column that holds it, for people."""
        columns = self.columns.get(meaning, ())
        return columns[0].name if columns else meaning

    @staticmethod
    def _ordered(meanings: Sequence[str]) -> tuple[str, ...]:
        """The stored fields; the type before the category that it decides, parts behind their whole."""
        names = dict.fromkeys(each for each in meanings if each not in _APART)
        return tuple(sorted(names, key=lambda each: (each == "category", "." in each)))
