"""What does a row change of a ticket that an earlier import of it made?

The row is compared with what the table said before, not with what people of the desk made of it: only
what the table says otherwise now is taken over, and where people changed the same, their word stands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from tkt.actions.messages import worded
from tkt.clock import instant_text
from tkt.frozen import dataclass
from tkt.i18n import Message, msg
from tkt.intake.rows.entry import Entry
from tkt.intake.rows.faults import RowFault
from tkt.intake.rows.history import Writer, write_answer, write_moves, write_notes
from tkt.model import MOVED_KEYS, Event, Ticket, Value, folded, in_order, values_at
from tkt.schema import Configuration

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True)
class Again:
    """The ticket as it becomes, None where nothing changes, and what was not taken over."""

    ticket: Ticket | None
    faults: tuple[RowFault, ...] = ()


def changed_ticket(entry: Entry, known: Ticket, source: str, config: Configuration, now: datetime) -> Again:
    """What the row says otherwise than before, added to the ticket."""
    if entry.received != known.received_at:
        return Again(ticket=None, faults=(_another(entry, known),))
    told, ruled = told_values(known, source, config), _ruled(known)
    faults: list[RowFault] = []
    at = max(now, known.updated_at + _SECOND)
    wanted = dict(_wanted(entry, known, told, ruled, faults, config))
    moves = _moves(entry, known, source, faults)
    digest = hashlib.sha256(
        repr(
            (sorted(wanted.items(), key=str), entry.status if moves else "", entry.notes, entry.answer)
        ).encode()
    )
    writer = Writer(
        source, entry.number, frozenset(it.id for it in known.events), "again", digest.hexdigest()
    )
    after = {key: value for key, value in wanted.items() if key not in MOVED_KEYS or not moves}
    for key, value in after.items():
        writer.write(at, "set", _change(key, known.get(key), value))
    if moves:
        when = _move_time(entry, known, at)
        write_moves(writer, _moving(entry, wanted, when), known.status, config, at=when)
    _talk(writer, entry, known, at, faults)
    if not writer.events:
        return Again(ticket=None, faults=tuple(faults))
    return Again(
        ticket=_with(known, writer, wanted, entry.status if moves else known.status, config),
        faults=tuple(faults),
    )


def told_values(known: Ticket, source: str, config: Configuration) -> dict[str, Value]:
    """What earlier imports said of the stored keys."""
    began = next(
        (it.at for it in known.events if it.did == "imported" and it.get("source") == source),
        known.received_at,
    )
    mine = [event for event in known.effective if event.by == f"import:{source}"]
    counted = [it for it in known.effective if it.at <= began and not _is_ruling(it)]
    found = values_at(known, began, counted)
    fold = folded(mine, finished=config.finished)
    for key in MOVED_KEYS:
        found.pop(key, None)
    for event in mine:
        if event.did == "set" and event.at > began:
            _apply(found, event)
    found |= {key: fold[key] for key in MOVED_KEYS if fold.get(key) is not None}
    return found


def _ruled(known: Ticket) -> Collection[str]:
    """The fields that rules or the table gave when it came in, and that nobody changed since."""
    sets = [event for event in known.effective if event.did == "set"]
    by_hand = {event.get("field") for event in sets if not _is_ruling(event)}
    return {str(event.get("field")) for event in sets if _is_ruling(event)} - by_hand


def _is_ruling(event: Event) -> bool:
    """Whether the desk's rules, its category or the table changed a field, and not a row."""
    is_ours = event.by.startswith("rule:") or event.get("because") is not None
    return event.did == "set" and event.auto and is_ours


def _apply(found: dict[str, Value], event: Event) -> None:
    key = str(event.get("field"))
    if "add" in event.data or "remove" in event.data:
        kept = [each for each in found.get(key) or () if each not in event.get("remove", ())]
        found[key] = [*kept, *event.get("add", ())]
    else:
        found[key] = event.get("to")


def _wanted(
    entry: Entry,
    known: Ticket,
    told: Mapping[str, Value],
    ruled: Collection[str],
    faults: list[RowFault],
    config: Configuration,
) -> Iterator[tuple[str, Value]]:
    """The keys that the row says otherwise than before, and what it says."""
    for key, value in entry.values.items():
        before, now = told.get(key), known.get(key)
        if key == "received_at" or _same(value, before) or _same(value, now):
            continue
        if key == "title" and not entry.is_titled:
            continue  # made of the words
        if key == "resolution" and known.status not in config.finished and entry.status in config.finished:
            yield key, value  # goes with the move
        elif _same(now, before) or key in ruled:
            yield key, value
        else:
            message = msg("changed here and in the table; the desk's word stands: {field}", field=key)
            faults.append(RowFault(row=entry.row, message=message, used=True))


def _moves(entry: Entry, known: Ticket, source: str, faults: list[RowFault]) -> bool:
    """Whether the row moves the ticket: it says another status than before, and nobody moved it meanwhile."""
    mine = (it.get("to") for it in known.effective if it.did == "moved" and it.by == f"import:{source}")
    opened = known.opened.get("status") if known.opened else known.status
    told = [opened, *mine][-1]
    if entry.status in (told, known.status):
        return False
    if known.status != told:
        message = msg(
            "the table says {theirs}, the desk {ours}; the desk's word stands",
            theirs=entry.status,
            ours=known.status,
        )
        faults.append(RowFault(row=entry.row, message=message, used=True))
        return False
    return True


def _move_time(entry: Entry, known: Ticket, at: datetime) -> datetime:
    """When the row says that it was, if nothing moved since; else now."""
    moved = [event.at for event in known.effective if event.did in ("moved", "opened")]
    return entry.ended if entry.ended and entry.ended > max(moved) else at


def _moving(entry: Entry, wanted: Mapping[str, Value], when: datetime) -> Entry:
    """The row as its move is written: with what is new alone, and no station before the last move."""
    keys = {key: entry.values.get(key) for key in MOVED_KEYS if key in wanted}
    keys |= {key: entry.values.get(key) for key in ("waiting", "resolution") if entry.values.get(key)}
    is_free = entry.ended == when
    return replace(
        entry,
        values=keys,
        resolved=entry.resolved if is_free else None,
        closed=entry.closed if is_free else None,
    )


def _talk(writer: Writer, entry: Entry, known: Ticket, at: datetime, faults: list[RowFault]) -> None:
    """Words, notes and answers that the ticket does not have; one that reads otherwise now is told."""
    said = [event for event in known.events if event.did in ("message", "note")]
    texts = {str(event.get("text")).strip() for event in said}
    if entry.words and worded(entry.words).strip() not in texts:
        if any(event.is_customer_message and event.at == entry.received for event in said):
            faults.append(_otherwise(entry, msg("the customer's words")))
        else:
            writer.write(
                entry.received,
                "message",
                {"text": worded(entry.words)},
                by=known.events[0].by,
                role="customer",
            )
    if entry.answer and worded(entry.answer).strip() not in texts:
        if any(event.is_agent_message for event in said):
            faults.append(_otherwise(entry, msg("the answer")))
        else:
            write_answer(writer, entry)
    write_notes(writer, tuple(note for note in entry.notes if worded(note).strip() not in texts), at)


def _with(
    known: Ticket, writer: Writer, wanted: Mapping[str, Value], status: str, config: Configuration
) -> Ticket:
    events = in_order((*known.events, *writer.events))
    values = {**known.values, **wanted}
    fold = folded(events, finished=config.finished)
    values |= {key: fold[key] for key in MOVED_KEYS if key in fold}
    kept = {key: value for key, value in values.items() if value is not None and value != []}
    return replace(known, events=events, status=status, values=MappingProxyType(kept))


def _change(key: str, before: Value, after: Value) -> dict[str, Value]:
    if isinstance(before, list) or isinstance(after, list):
        old, new = before or [], after or []
        add, remove = [it for it in new if it not in old], [it for it in old if it not in new]
        return {"field": key, "add": add or None, "remove": remove or None}
    return {"field": key, "from": before, "to": after}


def _same(one: Value, other: Value) -> bool:
    """Equal as people see it: an empty list is none, the order of words says nothing."""
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(str, one)) == sorted(map(str, other))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return {key: _plain(it) for key, it in one.items()} == {key: _plain(it) for key, it in other.items()}
    return bool(one == other) or (not one and not other and not isinstance(one, (bool, int)))


def _plain(value: Value) -> Value:
    return instant_text(value) if isinstance(value, datetime) else value


def _another(entry: Entry, known: Ticket) -> RowFault:
    message = msg(
        "number {number} was imported before as {ticket}, received at {at}, expected the same",
        number=entry.number,
        ticket=known.id,
        at=instant_text(known.received_at),
    )
    hint = msg("a table that counts from 1 again needs its own name: --source 2026-12")
    return RowFault(row=entry.row, message=message, hint=hint)


def _otherwise(entry: Entry, what: Message) -> RowFault:
    message = msg("{what} read otherwise than when the row was imported; kept as they were", what=what)
    return RowFault(row=entry.row, message=message, used=True)
