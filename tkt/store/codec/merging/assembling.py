"""Which lines make the draft of the merged file? Those that are there, key by key and event by event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from tkt.merging import Version
from tkt.merging.canonical import alike, alike_events
from tkt.model import Event, Value
from tkt.store.codec.layout import event_mapping
from tkt.store.codec.merging.cutting import EVENTS, Cut, Part
from tkt.store.codec.merging.threeway import all_lines, changed, lines
from tkt.store.codec.plain import block_item


class Sheet(NamedTuple):
    """One version: its pieces and what it says."""

    cut: Cut
    keys: Mapping[str, Value]
    events: Mapping[str, Event]

    def value(self, name: str) -> Value:
        return self.keys.get(name)

    def holds(self, event: Event) -> bool:
        there = self.events.get(event.id)
        return there is not None and alike_events(there, event)


class Sheets(NamedTuple):
    """The three of them; `base` is empty where there is none."""

    base: Sheet | None
    ours: Sheet
    theirs: Sheet

    @property
    def there(self) -> list[Sheet]:
        """Those that there are, the base last."""
        return [sheet for sheet in (*self.sides, self.base) if sheet is not None]

    @property
    def sides(self) -> list[Sheet]:
        """Both sides in an order that does not depend on which is ours."""
        return sorted((self.ours, self.theirs), key=lambda sheet: sheet.cut.text())

    @property
    def trunk(self) -> Sheet:
        """The one whose order and indentation the file has."""
        return self.sides[0] if self.base is None else self.base

    @property
    def columns(self) -> list[int]:
        """Where the dashes of events stand, the trunk's first."""
        return [sheet.cut.dash for sheet in (self.trunk, *self.there) if sheet.cut.dash is not None]

    def three(self, what: str, name: str) -> tuple[Part | None, Part | None, Part | None]:
        """A piece of each: `what` is keys or events."""
        base, ours, theirs = (None if sheet is None else getattr(sheet.cut, what).get(name) for sheet in self)
        return base, ours, theirs


def draft(base: Sheet | None, ours: Sheet, theirs: Sheet, target: Version, order: Sequence[str]) -> Cut:
    """The file that holds what it can of `target` in the lines of the three; values may yet differ.

    `order` is that of known keys.
    """
    sheets = _aligned(Sheets(base, ours, theirs))
    keys = {}
    for name in _names(sheets, target, order):
        is_head = name == EVENTS and target.events
        part = _events_line(sheets) if is_head else _key(sheets, name, target)
        if part is not None:
            keys[name] = part
    dash = next(iter(sheets.columns), 0)
    events = {event.id: _event(sheets, event, dash) for event in target.events}
    return Cut(preamble=_preamble(sheets), keys=keys, events=events, tail=_tail(sheets), dash=dash)


def _names(sheets: Sheets, target: Version, order: Sequence[str]) -> list[str]:
    """The keys of the file in the order of the trunk; a new one behind the one that precedes it in `order`."""
    found = list(sheets.trunk.cut.keys)
    for name in (name for sheet in sheets.sides for name in sheet.cut.keys):
        if name not in found:
            found.insert(_place(found, name, order), name)
    if target.events and EVENTS not in found:
        found.append(EVENTS)
    return found


def _place(found: Sequence[str], name: str, order: Sequence[str]) -> int:
    if name == EVENTS:
        return len(found)
    if name not in order:
        return len([*takewhile(lambda each: each != EVENTS, found)])
    before = order[: order.index(name)]
    known = [each for each in found if each in before]
    return found.index(max(known, key=before.index)) + 1 if known else 0


def _key(sheets: Sheets, name: str, target: Version) -> Part | None:
    """The lines of a key, as near to its value as there are any; None where it goes."""
    three = sheets.three("keys", name)
    texts = changed(*(None if part is None else part.body for part in three))
    wanted = target.keys.get(name)
    if wanted is None:
        body = texts[0] if len(texts) == 1 else None
        is_empty = any(
            sheet.value(name) is None
            for sheet in sheets.there
            if name in sheet.cut.keys and sheet.cut.keys[name].body == body
        )
        return Part(_lead(*three), body) if body is not None and is_empty else None
    body = texts[0] if len(texts) == 1 and texts[0] is not None else _nearest(sheets, name, wanted)
    return Part(_lead(*three), body)


def _nearest(sheets: Sheets, name: str, wanted: Value) -> str:
    """Of lines that both sides changed: where only the style is new, else where the value is right, else either."""
    sides = [sheet for sheet in sheets.sides if name in sheet.cut.keys]
    if not sides:
        return sheets.trunk.cut.keys[name].body
    before = None if sheets.base is None else sheets.base.value(name)
    restyled = [sheet for sheet in sides if before is not None and alike(sheet.value(name), before)]
    right = [sheet for sheet in sides if alike(sheet.value(name), wanted)]
    nearest = restyled if len(restyled) == 1 else right or sides
    return _richest([sheet.cut.keys[name].body for sheet in nearest])


def _events_line(sheets: Sheets) -> Part:
    """The line `events:` itself."""
    base, ours, theirs = (
        None if sheet is None or not sheet.cut.events else sheet.cut.keys[EVENTS].body for sheet in sheets
    )
    bodies = sorted(body for body in changed(base, ours, theirs) if body is not None)
    three = sheets.three("keys", EVENTS)
    return Part(_lead(*three), next(iter(bodies), f"{EVENTS}:\n"))


def _event(sheets: Sheets, event: Event, dash: int) -> Part:
    """The lines of an event, as they stand in the version that it is from; new ones where it stands in none."""
    three = sheets.three("events", event.id)
    right = [
        part.body if part is not None and sheet is not None and sheet.holds(event) else None
        for part, sheet in zip(three, sheets, strict=True)
    ]
    bodies = [body for body in changed(*right) if body] or [body for body in right if body]
    if bodies:
        return Part(_lead(*three), _richest(bodies))
    new = block_item(event_mapping(event), dash, dash + 2)
    return Part(_lead(*three), "".join(f"{line}\n" for line in new))


def _richest(bodies: Sequence[str]) -> str:
    """The lines with the most comments; which of them is nobody's matter, but always the same."""
    return min(bodies, key=lambda body: (-body.count("#"), body))


def _lead(base: Part | None, ours: Part | None, theirs: Part | None) -> str:
    """The comments above, of the sides that have the piece."""
    if ours is not None and theirs is not None:
        return all_lines(None if base is None else base.lead, ours.lead, theirs.lead)
    one = ours or theirs or base
    return "" if one is None else one.lead


def _tail(sheets: Sheets) -> str:
    """What stands below the last piece."""
    base = None if sheets.base is None else sheets.base.cut.tail
    return all_lines(base, sheets.ours.cut.tail, sheets.theirs.cut.tail)


def _preamble(sheets: Sheets) -> str:
    base = None if sheets.base is None else sheets.base.cut.preamble
    return min(text or "" for text in changed(base, sheets.ours.cut.preamble, sheets.theirs.cut.preamble))


def _aligned(sheets: Sheets) -> Sheets:
    """All with the dashes of events in the column of the trunk's."""
    columns = sheets.columns
    if len(set(columns)) < 2:
        return sheets
    base = None if sheets.base is None else _shifted(sheets.base, columns[0])
    return Sheets(base, _shifted(sheets.ours, columns[0]), _shifted(sheets.theirs, columns[0]))


def _shifted(sheet: Sheet, column: int) -> Sheet:
    pieces = sheet.cut
    by = column - (column if pieces.dash is None else pieces.dash)
    events = {
        name: Part(_moved(part.lead, by), _moved(part.body, by)) for name, part in pieces.events.items()
    }
    return sheet._replace(cut=replace(pieces, events=events, dash=column))


def _moved(text: str, by: int) -> str:
    """Lines put to the right, or to the left as far as they can be."""
    return "".join(
        f"{' ' * by}{line}" if by > 0 and line != "\n" else _put_left(line, -by) for line in lines(text)
    )


def _put_left(line: str, by: int) -> str:
    return line[max(0, min(by, len(line) - len(line.lstrip(" ")))) :]
