"""Which ticket does a row make? Nothing of the moment of the import goes into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from types import MappingProxyType

from tkt.actions.actor import Actor, Pen
from tkt.actions.following import after_opening
from tkt.actions.messages import worded
from tkt.actions.opening import first_status, requester
from tkt.clock import instant_text
from tkt.ids import event_ids
from tkt.intake.rows.entry import Entry
from tkt.intake.rows.statuses import status_of_category
from tkt.model import MOVED_KEYS, Event, Ticket, Value, in_order
from tkt.schema import Configuration


class Writer:
    """Writes events of one ticket down, under ids that come from the table and not from chance."""

    def __init__(self, source: str, number: str, taken: frozenset[str] = frozenset(), *more: str) -> None:
        """`taken`: ids that the ticket has already; `more` is part of what the new ones come from."""
        self.events: list[Event] = []
        self.by = f"import:{source}"
        self._source = (source, number, *more)
        self._ids: dict[datetime, Iterator[str]] = {}
        self._taken = set(taken)

    def write(
        self,
        at: datetime,
        did: str,
        data: Mapping[str, Value],
        *,
        by: str | None = None,
        role: str = "system",
    ) -> None:
        """One event; by the import where nobody is named."""
        self.events.append(
            Event(
                id=self._id(at),
                at=at,
                by=by or self.by,
                did=did,
                role=role,
                auto=role == "system",
                data=MappingProxyType({key: value for key, value in data.items() if value is not None}),
            )
        )

    def pen(self, at: datetime) -> Pen:
        """For actions of the desk that follow by themselves at that instant."""
        actor = Actor(by=self.by, now=at, role="system", auto=True)
        return Pen(actor=actor, at=at, recorded_at=None, ids=iter(partial(self._id, at), ""))

    def _id(self, at: datetime) -> str:
        if at not in self._ids:
            self._ids[at] = event_ids(self._taken, source=(*self._source, instant_text(at)))
        found = next(self._ids[at])
        self._taken.add(found)
        return found


def new_ticket(
    entry: Entry, ticket_id: str, source: str, config: Configuration, *, is_ruled: bool = True
) -> Ticket:
    """The ticket of a row that the desk does not have yet.

    `is_ruled`: while it is open the rules and its category give it what the row leaves out, a team
    above all, as they do for `tkt new`.
    """
    values = {key: value for key, value in entry.values.items() if value is not None}
    writer = Writer(source, entry.number)
    start = first_status(config)
    customer = requester(values)
    opening = {
        "status": start,
        "raised_by": "customer",
        "source": source,
        "channel": values.get("channel"),
        "external_id": entry.number,
    }
    writer.write(entry.received, "opened", opening, by=customer, role="customer")
    lacks = ["messages"] if entry.lacks_messages else None
    writer.write(entry.received, "imported", {"source": source, "row": entry.row, "lacks": lacks})
    if entry.words:
        writer.write(entry.received, "message", {"text": worded(entry.words)}, by=customer, role="customer")
    write_moves(writer, entry, start, config)
    write_answer(writer, entry)
    write_notes(writer, entry.notes, entry.last)
    ticket = Ticket(
        id=ticket_id,
        status=entry.status,
        values=MappingProxyType({"received_at": entry.received, **values}),
        events=in_order(writer.events),
    )
    if not is_ruled or entry.status in config.finished:
        return ticket
    pen = writer.pen(entry.received)
    return after_opening(ticket, pen, config, is_prioritised=entry.is_prioritised)


def write_answer(writer: Writer, entry: Entry) -> None:
    """What the desk told the customer, by the owner where one is named."""
    if entry.answer and entry.answered:
        owner = entry.values.get("owner")
        data = {"to": "customer", "text": worded(entry.answer)}
        writer.write(entry.answered, "message", data, by=owner, role="agent")


def write_notes(writer: Writer, notes: tuple[str, ...], at: datetime) -> None:
    """Internal notes; nobody knows who wrote them."""
    for note in notes:
        writer.write(at, "note", {"text": worded(note)})


def write_moves(
    writer: Writer, entry: Entry, start: str, config: Configuration, *, at: datetime | None = None
) -> None:
    """The moves from `start` to where the row stands, and what the row says that no move can carry.

    An open ticket moves at `at`, else at its receipt: nobody knows when it was taken up.
    """
    values = entry.values
    told: set[str] = set()
    here, last = start, at or entry.received
    for when, status in _stations(entry, config, last):
        if status == here:
            continue
        carried = _carried(values, here, status, config)
        told.update(carried)
        writer.write(when, "moved", {"from": here, "to": status, **carried})
        here, last = status, when
    for key in MOVED_KEYS:
        if values.get(key) is not None and key not in told:
            writer.write(last, "set", {"field": key, "to": values[key]})


def _stations(entry: Entry, config: Configuration, at: datetime) -> Iterator[tuple[datetime, str]]:
    """When and where to: over the resolved status where the row says when that was."""
    if entry.resolved and entry.closed:
        solved = status_of_category("resolved", config)
        if solved is not None:
            yield entry.resolved, solved
    yield entry.ended or at, entry.status


def _carried(values: Mapping[str, Value], here: str, status: str, config: Configuration) -> dict[str, Value]:
    """What a move records: whom it waits for, or how it was solved."""
    if config.status_category(status) == "waiting":
        keys = ["waiting"]
    else:
        keys = ["resolution"] if status in config.finished and here not in config.finished else []
    return {key: values[key] for key in keys if values.get(key) is not None}
