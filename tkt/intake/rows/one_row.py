"""What does one row say: who, when, what, and where it stands?"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from tkt.actions.fields import type_for
from tkt.actions.opening import TITLE_LENGTH, requester
from tkt.clock import instant_text
from tkt.errors import TktError
from tkt.fields import normalised
from tkt.i18n import Message, msg
from tkt.intake.rows.entry import Entry
from tkt.intake.rows.faults import RowFault
from tkt.intake.rows.headings import (
    ANSWER,
    ANSWERED,
    CLOSED,
    ID,
    NOTE,
    NUMBER,
    RESOLVED,
    STATUS,
    TIMES,
    UPDATED,
    WORDS,
)
from tkt.intake.rows.instants import Moment
from tkt.intake.rows.row_reader import RowReader
from tkt.intake.rows.statuses import status_of_category
from tkt.intake.rows.table import BadCell, Cell, TableRow
from tkt.model import Value
from tkt.priority import priority_of

_FUTURE = timedelta(minutes=5)
PRIORITY = "priority"
"""A constant of it holds only where neither the row nor the table of priorities gives one."""
_COMMON = {"impact": "one", "urgency": "green"}
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")  # of a customer: the name of a file


def entry_of(row: TableRow, reader: RowReader) -> tuple[Entry | None, list[RowFault]]:
    """What the row says, None where it cannot be used; and what is wrong with it."""
    if row.fault is not None:
        return None, [RowFault(row=row.number, message=row.fault)]
    reading = _Reading(reader, row)
    entry = reading.entry()
    return (entry if all(fault.used for fault in reading.faults) else None), reading.faults


class _Reading:
    """One row being read."""

    def __init__(self, reader: RowReader, row: TableRow) -> None:
        self.faults: list[RowFault] = []
        self._reader = reader
        self._row = row
        self._config = reader.config
        self._map = reader.layout.map

    def entry(self) -> Entry | None:
        """All of it; None where there is no ticket in it."""
        values = self._values()
        words = self._joined(WORDS)
        notes = tuple(self._texts(NOTE))
        answer = self._text(ANSWER)
        received = self._received()
        times = {meaning: self._moment(meaning, received) for meaning in TIMES}
        status = self._status(times)
        is_titled, is_prioritised = bool(values.get("title")), bool(values.get("priority"))
        if received is None or status is None or not self._titled(values, words):
            return None
        resolved, closed = self._ends(status, times, received)
        if answer is not None and times[ANSWERED] is None:
            times[ANSWERED] = resolved or closed or times[UPDATED] or self._undated(ANSWER, received)
        self._completed(values, status)
        number, is_derived = self._number(values, received, words)
        return Entry(
            row=self._row.number,
            number=number,
            ticket_id=self._text(ID),
            is_derived=is_derived,
            received=received,
            status=status,
            values=values,
            is_titled=is_titled,
            is_prioritised=is_prioritised,
            words=words,
            notes=notes,
            answer=answer,
            answered=times[ANSWERED] if answer is not None else None,
            resolved=resolved,
            closed=closed,
            updated=times[UPDATED],
            lacks_messages=words is None or not self._reader.columns.get(ANSWER),
        )

    # --- cells ---

    def _cells(self, meaning: str) -> list[tuple[str, Cell]]:
        """The cells of a meaning, each with its column's name; the map's constant where they are empty."""
        reader = self._reader
        found: list[tuple[str, Cell]] = [
            (it.name, self._row.cells[it.place]) for it in reader.columns.get(meaning, ())
        ]
        constant = None if meaning == PRIORITY else self._map.constants.get(meaning)
        if constant is not None and all(reader.cells.text(cell) is None for _name, cell in found):
            return [(meaning, constant)]
        return found

    def _one(self, meaning: str, beside: Mapping[str, Value]) -> Value:
        for column, cell in self._cells(meaning):
            return self._said(meaning, column, cell, beside)
        return None

    def _said(self, meaning: str, column: str, cell: Cell, beside: Mapping[str, Value]) -> Value:
        """What a cell says, None where that is a fault."""
        found = self._reader.cells.read(meaning, cell, beside)
        if isinstance(found, BadCell):
            self._fault(column, found.why, found.hint)
            return None
        return found

    def _text(self, meaning: str) -> str | None:
        found = self._one(meaning, {})
        return None if found is None else str(found)

    def _texts(self, meaning: str) -> list[str]:
        cells = self._cells(meaning)
        found = []
        for column, cell in cells:
            text = self._reader.cells.text(cell)
            if isinstance(text, BadCell):
                self._fault(column, text.why, text.hint)
            elif text is not None:
                found.append(f"{column}: {text}" if len(cells) > 1 else text)
        return found

    def _joined(self, meaning: str) -> str | None:
        return "\n\n".join(self._texts(meaning)) or None

    def _moment(self, meaning: str, received: datetime | None) -> datetime | None:
        """When something happened after the receipt; of a bare day its last second counts."""
        for column, cell in self._cells(meaning):
            found = self._reader.cells.moment(cell)
            if isinstance(found, BadCell):
                self._fault(column, found.why, found.hint)
            elif found is not None:
                return self._at(column, found, received)
        return None

    def _at(self, column: str, found: Moment, received: datetime | None) -> datetime | None:
        if received is not None and found.end < received:
            text, start = self._shown(found.at), self._shown(received)
            self._fault(
                column,
                msg(
                    "{at} is before the request was received, expected one after {start}",
                    at=text,
                    start=start,
                ),
            )
            return None
        if found.at > self._reader.now + _FUTURE:
            self._fault(
                column, msg("{at} is in the future, expected one until now", at=self._shown(found.at))
            )
            return None
        ended = min(found.end, max(self._reader.now, found.at))
        return ended if received is None else max(ended, received)

    def _shown(self, at: datetime) -> str:
        """An instant as the table would have it."""
        return at.astimezone(self._reader.cells.zone).strftime("%Y-%m-%d %H:%M")

    # --- what the row says ---

    def _received(self) -> datetime | None:
        for column, cell in self._cells("received_at"):
            found = self._reader.cells.moment(cell)
            if isinstance(found, BadCell):
                self._fault(column, found.why, found.hint)
                return None
            if found is None:
                self._fault(column, msg("is empty, expected when the request was received"))
                return None
            if found.at > self._reader.now + _FUTURE:
                self._at(column, found, None)
                return None
            return found.at
        return None

    def _values(self) -> dict[str, Value]:
        """The stored keys that columns or constants speak of; mappings from their parts."""
        found: dict[str, Value] = {}
        for meaning in self._reader.stored:
            base, dot, part = meaning.partition(".")
            value = self._one(meaning, found)
            if dot:
                found[base] = {**(found.get(base) or {}), **({} if value is None else {part: value})} or None
            elif isinstance(value, Mapping) or base not in found or value is not None:
                found[base] = value
        self._customer(found)
        return found

    def _customer(self, values: dict[str, Value]) -> None:
        """A customer's id stands as it is; a name that is none becomes a part of who asks."""
        name = str(values.get("customer") or "")
        known = self._reader.customers.get(normalised(name))
        if not name or known or _ID.fullmatch(name):
            values |= {"customer": known} if known else {}
            return
        contact = dict(values.get("contact") or {})
        key = "company" if contact.get("name") else "name"
        values["customer"] = None
        values["contact"] = {key: name, **contact}

    def _status(self, times: Mapping[str, datetime | None]) -> str | None:
        before = len(self.faults)
        found = self._text(STATUS)
        if found is not None or len(self.faults) > before:
            return found
        category = "closed" if times[CLOSED] else "resolved" if times[RESOLVED] else "new"
        return status_of_category(category, self._config) or self._reader.first

    def _ends(
        self, status: str, times: Mapping[str, datetime | None], received: datetime
    ) -> tuple[datetime | None, datetime | None]:
        """When it was solved and when it was closed, as far as its status says that it was."""
        resolved, closed = times[RESOLVED], times[CLOSED]
        category = self._config.status_category(status)
        if category not in ("resolved", "closed"):
            if resolved or closed:
                column = self._reader.column(RESOLVED if resolved else CLOSED)
                message = msg("is given although the status is {status}; not taken over", status=status)
                self._fault(column, message, used=True)
            return None, None
        if resolved and closed and closed < resolved:
            message = msg(
                "{at} is before {start}, when it was resolved",
                at=self._shown(closed),
                start=self._shown(resolved),
            )
            self._fault(self._reader.column(CLOSED), message)
        if category == "resolved":
            return resolved or closed or times[UPDATED] or self._undated(STATUS, received), None
        if not closed:
            return None, resolved or times[UPDATED] or self._undated(STATUS, received)
        return (resolved if resolved and resolved < closed else None), closed

    def _undated(self, meaning: str, received: datetime) -> datetime | None:
        if self._map.undated == "received":
            return received
        what = msg("the answer") if meaning == ANSWER else msg("the end")
        hint = msg("--undated received takes the time of receipt, as if it had taken no time")
        message = msg("{what} has no time, expected one in a column of its own", what=what)
        self._fault(self._reader.column(meaning), message, hint)
        return None

    def _titled(self, values: dict[str, Value], words: str | None) -> bool:
        """Whether the ticket has a title, the first line of the words where no column gives one."""
        if values.get("title"):
            return True
        text = words or str((values.get("asks") or {}).get("text") or "")
        first = next((line.strip() for line in text.splitlines() if line.strip()), "")
        if not first:
            if self.faults:
                return False  # what keeps the words out is told already
            self._fault(None, msg("has neither a title nor the customer's words, expected one of them"))
            return False
        values["title"] = " ".join(
            (first if len(first) <= TITLE_LENGTH else first[: TITLE_LENGTH - 1].rstrip() + "…").split()
        )
        return True

    def _completed(self, values: dict[str, Value], status: str) -> None:
        """With the type of a category, and what a resolution must say and the table does not."""
        if values.get("category") and not values.get("type"):
            try:
                values["type"] = type_for(self._config, str(values["category"]), None)
            except TktError as error:
                self._fault(self._reader.column("category"), error.message, error.hint)
        self._prioritised(values, status)
        if self._reader.is_ours:
            return
        if status in self._config.finished:
            given = {key: value for key, value in (values.get("resolution") or {}).items() if value}
            usual = {
                "code": self._map.resolution.code or _first_of("fixed", self._config.workflow.codes),
                "cause": self._map.resolution.cause or _first_of("unknown", self._config.workflow.causes),
            }
            found = {
                "code": given.get("code") or usual["code"],
                **given,
                "cause": given.get("cause") or usual["cause"],
            }
            values["resolution"] = {key: value for key, value in found.items() if value}

    def _prioritised(self, values: dict[str, Value], status: str) -> None:
        """The row's priority, else the table's, else the constant; past `new` there must be one."""
        own = values.get(PRIORITY)
        if not own and not self._reader.is_ours:
            own = priority_of(values, self._config.taxonomy).priority
        constant = self._map.constants.get(PRIORITY)
        if not own and constant is not None:
            own = self._said(PRIORITY, PRIORITY, constant, values)
        if own or PRIORITY in values or not self._reader.is_ours:
            values[PRIORITY] = own
        is_new = self._config.status_category(status) == "new"
        if own or is_new or self._reader.is_ours or not self._config.sla.policies:
            return
        message = msg("is missing, expected one: only a new ticket can do without")
        self._fault(self._reader.column(PRIORITY), message, self._without_priority(values))

    def _without_priority(self, values: Mapping[str, Value]) -> Message:
        """What gives one: the axes that the row lacks, for the table, or one for all such rows."""
        levels = self._config.taxonomy
        lacking = {"impact": levels.impact, "urgency": levels.urgency}
        sets = [
            f"--set {name}={_first_of(_COMMON[name], known)}"
            for name, known in lacking.items()
            if known and not values.get(name)
        ]
        if not sets:
            return msg("--set priority=P3 gives one to the rows that have none")
        return msg(
            "{sets} lets the table of priorities give one; --set priority=P3 fills in where it gives none",
            sets=" ".join(sets),
        )

    def _number(self, values: Mapping[str, Value], received: datetime, words: str | None) -> tuple[str, bool]:
        """The number elsewhere; else one made from when, who and what."""
        found = self._text(NUMBER) or self._text(ID)
        if found:
            return found, False
        parts = (instant_text(received), requester(values), str(values.get("title")), words or "")
        digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]
        return f"row-{digest}", True

    def _fault(
        self, column: str | None, message: Message, hint: Message | None = None, *, used: bool = False
    ) -> None:
        self.faults.append(
            RowFault(row=self._row.number, column=column, message=message, hint=hint, used=used)
        )


def _first_of(usual: str, known: Mapping[str, object]) -> str | None:
    return usual if usual in known else next(iter(known), None)
