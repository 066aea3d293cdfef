"""Into which pieces does a file fall: its keys and its events, each with the comments above it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from typing import NamedTuple

from yaml.nodes import Node, SequenceNode

from tkt.frozen import dataclass
from tkt.late import late
from tkt.store.codec.places import Places
from tkt.store.codec.reading import Document

EVENTS = "events"
_PREAMBLE = late(r"\A(?:.*\n)*(?:---|%).*\n")


class Uncuttable(Exception):
    """A file that is not one key, one event below the other."""


class Part(NamedTuple):
    """Lines: comments and blank lines, then those of a key or an event."""

    lead: str
    body: str

    def __str__(self) -> str:
        return self.lead + self.body


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A file in its pieces. `events` is among the keys, with its own line alone."""

    preamble: str = ""
    keys: Mapping[str, Part] = field(default_factory=dict)
    events: Mapping[str, Part] = field(default_factory=dict)
    tail: str = ""
    dash: int | None = None  # the column of the events' dashes

    def text(self) -> str:
        """The whole file again."""
        return "".join((self.preamble, *self._pieces(), self.tail))

    def _pieces(self) -> Iterator[str]:
        for name, part in self.keys.items():
            yield str(part)
            if name == EVENTS:
                yield from map(str, self.events.values())

    def with_body(self, name: str, body: str) -> Cut:
        """The same with other lines for a key."""
        return replace(self, keys={**self.keys, name: Part(self.keys[name].lead, body)})

    def with_comments(self, above: Mapping[tuple[str, str], list[str]], at_end: list[str]) -> Cut:
        """The same with comment lines above keys ("key", name), above events ("event", id), and at the end."""
        keys = {name: _headed(part, above.get(("key", name), []), 0) for name, part in self.keys.items()}
        events = {
            event_id: _headed(part, above.get(("event", event_id), []), self.dash or 0)
            for event_id, part in self.events.items()
        }
        tail = self.tail + "".join(f"{line}\n" for line in at_end)
        return replace(self, keys=keys, events=events, tail=tail)

    def without_comments(self, numbers: Mapping[str, int]) -> Cut:
        """The same without so many of the lines that hold one of these comments alone, the last ones."""
        left = dict(numbers)
        events = _without(self.events, left)
        return replace(self, keys=_without(self.keys, left), events=events)


def cut(document: Document) -> Cut:
    """The pieces of a text with LF and a last line end. Errors: Uncuttable."""
    root, places = document.root, Places(document)
    if root.flow_style or root.start_mark.column or not root.value:
        raise Uncuttable
    keys: dict[str, Part] = {}
    events: dict[str, Part] = {}
    dash: int | None = None
    behind = len(found[0]) if (found := _PREAMBLE.match(places.text[: _start(places, root)])) else 0
    preamble = places.text[:behind]
    for key, value in root.value:
        start = places.line_start(key.start_mark.index)
        end = places.below_comments(value, 0)
        if key.value == EVENTS and isinstance(value, SequenceNode) and value.value:
            if value.flow_style:
                raise Uncuttable
            dash = value.start_mark.column
            head_end = places.next_line(key.start_mark.index)
            keys[key.value] = Part(places.text[behind:start], places.text[start:head_end])
            ids = [event["id"] for event in document.value[EVENTS]]
            events, behind = _items(places, value, ids, head_end)
        else:
            keys[key.value] = Part(places.text[behind:start], places.text[start:end])
            behind = end
    return Cut(preamble=preamble, keys=keys, events=events, tail=places.text[behind:], dash=dash)


def _items(places: Places, node: SequenceNode, ids: list[str], behind: int) -> tuple[dict[str, Part], int]:
    found, column = {}, node.start_mark.column
    for event_id, item in zip(ids, node.value, strict=True):
        start, end = _dash_line(places, item, column), places.below_comments(item, column)
        found[event_id] = Part(places.text[behind:start], places.text[start:end])
        behind = end
    return found, behind


def _dash_line(places: Places, item: Node, column: int) -> int:
    """The line with the dash of an item, which may stand above the item's first key."""
    start = places.line_start(item.start_mark.index)
    while start and (places.text[start : start + column].strip(" ") or places.text[start + column] != "-"):
        start = places.line_start(start - 1)
    return start


def _start(places: Places, root: Node) -> int:
    return places.line_start(root.start_mark.index)


def _without(parts: Mapping[str, Part], numbers: dict[str, int]) -> dict[str, Part]:
    """`numbers` counts down what is still to be taken out."""
    found = dict(parts)
    for name, part in reversed(list(parts.items())) if any(numbers.values()) else ():
        lines = part.lead.split("\n")
        for place in reversed(range(len(lines))):
            if numbers.get(lines[place].strip(), 0):
                numbers[lines[place].strip()] -= 1
                del lines[place]
        found[name] = Part("\n".join(lines), part.body)
    return found


def _headed(part: Part, comments: list[str], column: int) -> Part:
    lines = "".join(f"{' ' * column}{comment}\n" for comment in comments)
    return Part(part.lead + lines, part.body)
