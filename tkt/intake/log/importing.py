"""Which tickets does a log make or change?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from tkt.frozen import dataclass
from tkt.ids import derived_ticket_id
from tkt.intake.log.changes import Change, RowReader
from tkt.intake.log.history import History, in_sequence
from tkt.intake.log.maps import LogMap
from tkt.intake.log.merging import began_at, merged, present, without_earlier
from tkt.intake.log.rows import LogRows, RowFault, named_columns
from tkt.model import MOVED_KEYS, NOTHING, Ticket, Value, folded
from tkt.schema import Configuration, FieldDecl, PersonDecl, TeamDecl


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What a log brings to a desk; nothing is written yet."""

    tickets: tuple[Ticket, ...]  # new or changed, in the order of the log
    unchanged: int  # tickets of the log that the desk has as they are
    faults: tuple[RowFault, ...]  # by line
    people: Mapping[str, PersonDecl]  # id → who owned or changed tickets and is not of the desk
    teams: Mapping[str, TeamDecl]
    fields: Mapping[str, FieldDecl]  # fields of the map that the desk has not declared
    counts: Mapping[str, int]  # rows, rows_rejected, rows_doubtful, tickets, new, changed, unchanged, events
    faults_by_kind: Mapping[str, int]
    unread_columns: tuple[str, ...]  # columns of the log that the map does not name


def already_imported(tickets: Iterable[Ticket], source: str) -> dict[str, Ticket]:
    """External id → ticket, for the tickets of a desk that an earlier import of `source` made."""
    return {
        ticket.external_id: ticket
        for ticket in tickets
        if ticket.external_id is not None and ticket.opened and ticket.opened.get("source") == source
    }


def tickets_from_log(
    rows: LogRows,
    logmap: LogMap,
    config: Configuration,
    *,
    existing: Mapping[str, Ticket] = NOTHING,
    taken: Iterable[str] = (),
) -> Imported:
    """The tickets that the rows make, with everything that a report about it needs.

    `logmap` must fit the desk (`open_map` sees to it). `existing`: the source's tickets by external id,
    as the desk has them. `taken`: ids of the desk's tickets.
    A ticket's id comes from (day opened in the desk's zone, source, number), an event's from (source,
    number, instant) and its count within that instant (docs/file-format.md, Identity).
    """
    known = {*taken, *(ticket.id for ticket in existing.values())}
    work = LogImport(rows, logmap, config, existing=existing, taken=known)
    return work.imported(tuple(work.tickets()))


class LogImport:
    """Makes the tickets of one import, one after the other, and keeps count: thousands need no memory.

    `existing` is asked for one ticket at a time; `taken` holds all ids of the desk.
    """

    def __init__(
        self,
        rows: LogRows,
        logmap: LogMap,
        config: Configuration,
        *,
        existing: Mapping[str, Ticket],
        taken: set[str],
    ) -> None:
        self.reader = RowReader(rows.header, logmap, config)
        self._header, self._row_count = rows.header, rows.count
        self._counts = Counter(new=0, changed=0, unchanged=0, events=0)
        self._faults = list(rows.faults)
        self._map = logmap
        self._config = config
        self._existing = existing
        self._taken = taken
        self._zone = ZoneInfo(config.desk.zone)
        self._waiting = self.reader.by_number(rows)

    @property
    def waiting(self) -> int:
        """How many tickets of the log are not made yet."""
        return len(self._waiting)

    def tickets(self) -> Iterator[Ticket]:
        """The tickets that are new or changed, in the order of the log; to be asked for once."""
        for number in list(self._waiting):
            changes = [self.reader.change(row) for row in self._waiting.pop(number)]
            found = self._ticket(changes, self._existing.get(number))
            if found is not None:
                yield found

    def _ticket(self, changes: Sequence[Change], known: Ticket | None) -> Ticket | None:
        """The new or changed ticket that the rows of one number make; None where nothing changes."""
        opened = known.opened if known else None
        opened_at = opened.at if opened else _opened_at(changes)
        in_order, faults = in_sequence(changes, opened_at)
        self._faults += faults
        found = self._new(in_order, opened_at) if known is None else self._changed(in_order, opened_at, known)
        events = len(found.events) - len(known.events if known else ()) if found else 0
        outcome = "unchanged" if found is None else "new" if known is None else "changed"
        self._counts.update({outcome: 1, "events": events})
        return found

    def imported(self, tickets: tuple[Ticket, ...] = ()) -> Imported:
        """What the import of all `tickets()` came to; they are in it where they were kept."""
        faults = tuple(sorted((*self._faults, *self.reader.faults), key=lambda fault: fault.line))
        counts = self._counts
        named = named_columns(self._map)
        return Imported(
            tickets=tickets,
            unchanged=counts["unchanged"],
            faults=faults,
            people={
                key: PersonDecl(name=name, kind="former") for key, name in self.reader.people.new.items()
            },
            teams={key: TeamDecl(en=name, zh=name) for key, name in self.reader.teams.new.items()},
            fields=new_fields(self._map, self._config),
            counts={
                "rows": self._row_count,
                "rows_rejected": len({fault.line for fault in faults if not fault.used}),
                "rows_doubtful": len({fault.line for fault in faults if fault.used}),
                "tickets": counts["new"] + counts["changed"] + counts["unchanged"],
                **counts,
            },
            faults_by_kind=Counter(fault.kind for fault in faults),
            unread_columns=tuple(name for name in self._header if name not in named),
        )

    def _new(self, changes: Sequence[Change], opened_at: datetime) -> Ticket:
        history = History(changes[0].number, self._map, self._config.finished, None)
        history.opens(opened_at, changes[0])
        self._tell(history, changes[1:])
        closing = folded(history.events, finished=self._config.finished)
        values = {
            "title": self._title(changes[0]),
            "received_at": opened_at,
            **history.values,
            **{key: closing.get(key) for key in MOVED_KEYS},
            **self._last(changes),
        }
        return Ticket(
            id=self._id(opened_at, changes[0].number),
            status=history.status,
            values=present(values),
            events=tuple(history.events),
        )

    def _changed(self, changes: Sequence[Change], opened_at: datetime, known: Ticket) -> Ticket | None:
        began = began_at(known, self._map.source)
        usable, faults = without_earlier(changes, began)
        self._faults += faults
        if not usable:
            return None
        history = History(usable[0].number, self._map, self._config.finished, known)
        if usable[0].at > began:
            history.goes_on(known, began, usable[0])
        else:
            history.opens(opened_at, usable[0])
        self._tell(history, usable[1:])
        found, contradictions = merged(
            known, history, self._last(usable), until=usable[-1].at, finished=self._config.finished
        )
        self._faults += contradictions
        return None if found == known else found

    def _tell(self, history: History, changes: Sequence[Change]) -> None:
        for change in changes:
            history.follows(change)
        self._faults += history.faults

    def _last(self, changes: Sequence[Change]) -> dict[str, Value]:
        """The fields that have the value of the last row."""
        names = (name for name, kept in self._map.fields.items() if kept.when == "last")
        values = changes[-1].values
        return {name: values[name] for name in names if name in values}

    def _title(self, first: Change) -> str:
        return self.reader.filled(first.row, self._map.title, " · ") or first.number

    def _id(self, opened_at: datetime, number: str) -> str:
        day = opened_at.astimezone(self._zone)
        prefix = self._config.desk.prefix
        found = derived_ticket_id(day, self._map.source, number, taken=self._taken, prefix=prefix)
        self._taken.add(found)
        return found


def new_fields(logmap: LogMap, config: Configuration) -> dict[str, FieldDecl]:
    """The declarations that the desk's taxonomy lacks."""
    return {
        name: FieldDecl(type=kept.type, en=kept.en, zh=kept.zh, source=f"import:{logmap.source}")
        for name, kept in logmap.fields.items()
        if name not in config.taxonomy.fields
    }


def _opened_at(changes: Sequence[Change]) -> datetime:
    """What the first row that knows says; the first row's own time where none does."""
    return next((change.opened_at for change in changes if change.opened_at), changes[0].at)
