"""Which comments must the merged file hold, and where does one go whose line is not there any more?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from yaml.nodes import Node, SequenceNode

from tkt.late import late
from tkt.store.codec.merging.cutting import EVENTS, Cut
from tkt.store.codec.places import Places, is_block_scalar, leaves
from tkt.store.codec.reading import Document

_COMMENT = late("#[^\n\r\x85\u2028\u2029]*")
Owner = tuple[str, str]  # ("key", name) or ("event", id)


class Comment(NamedTuple):
    """`# …`, and what stood there or came next: itself, then what follows it in the file."""

    text: str
    owners: Sequence[Owner]
    within: str | None = None  # the event in whose lines it stands


def comments_of(document: Document) -> list[Comment]:
    """Every comment of a file, in order."""
    if "#" not in document.text:
        return []
    places = Places(document)
    owners = list(_owners(places, document))
    starts = {event["id"]: item.start_mark.index for event, item in _items(document)}
    return [
        Comment(text, [owner for end, owner in owners if end > place], _within(place, owners, starts))
        for place, text in _comments(places, document.root)
    ]


class Audit:
    """Compares the comments of a merged file with those of the three versions."""

    def __init__(self, base: Document | None, ours: Document, theirs: Document, there: Document) -> None:
        self.there = there
        self.sides = sorted((ours, theirs), key=lambda document: document.text)
        redacted = _redacted(there)
        before = Counter() if base is None else _counted(base, redacted)
        mine, others, found = (_counted(each, redacted) for each in (ours, theirs, there))
        texts = [*dict.fromkeys(each.text for side in self.sides for each in comments_of(side))]
        self.lost = {
            text: number
            for text in texts
            if (number := _wanted(before[text], mine[text], others[text]) - found[text]) > 0
        }
        self.twice = {
            text: number for text in texts if (number := found[text] - max(mine[text], others[text])) > 0
        }

    def corrected(self, pieces: Cut) -> Cut:
        """The file with the comments that would be lost, and without those that were put into it twice.

        A comment above a key that one side removed stands above the next key there, and above that key
        on the other side.
        """
        known = set(_owner_names(self.there))
        above: dict[Owner, list[str]] = {}
        at_end: list[str] = []
        owners = {each.text: each.owners for side in self.sides for each in comments_of(side)}
        for text, number in self.lost.items():
            owner = next((each for each in owners[text] if each in known), None)
            (at_end if owner is None else above.setdefault(owner, [])).extend([text] * number)
        return pieces.without_comments(self.twice).with_comments(above, at_end)


def _wanted(base: int, ours: int, theirs: int) -> int:
    return ours if ours == theirs else min(max(0, ours + theirs - base), max(ours, theirs))


def _counted(document: Document, redacted: Set[str]) -> Counter[str]:
    """How often each comment is there; without those in the lines of events that are `redacted` elsewhere."""
    gone = redacted - _redacted(document)
    return Counter(comment.text for comment in comments_of(document) if comment.within not in gone)


def _redacted(document: Document) -> frozenset[str]:
    return frozenset(event["id"] for event, _ in _items(document) if "redacted" in event)


def _within(place: int, owners: Sequence[tuple[int, Owner]], starts: Mapping[str, int]) -> str | None:
    kind, name = next((owner for end, owner in owners if end > place), ("", ""))
    return name if kind == "event" and starts[name] < place else None


def _comments(places: Places, root: Node) -> Iterator[tuple[int, str]]:
    """Comments stand between the scalars, and behind the header of a block."""
    behind = 0
    for leaf in leaves(root):
        start = leaf.start_mark.index
        gap_end = places.next_line(start) if is_block_scalar(leaf) else start
        yield from _between(places.text, behind, gap_end)
        behind = max(behind, places.end(leaf))
    yield from _between(places.text, behind, len(places.text))


def _between(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for found in _COMMENT.finditer(text, start, end):
        yield found.start(), found[0].rstrip()


def _owners(places: Places, document: Document) -> Iterator[tuple[int, Owner]]:
    """Behind which place something ends, in order."""
    for key, value in document.root.value:
        if key.value == EVENTS and isinstance(value, SequenceNode):
            for event, item in _items(document):
                yield places.below_comments(item, value.start_mark.column), ("event", event["id"])
        else:
            yield places.below_comments(value, document.root.start_mark.column), ("key", key.value)


def _items(document: Document) -> Iterator[tuple[Mapping[str, Any], Node]]:
    """Every event and where it stands."""
    for key, value in document.root.value:
        if key.value == EVENTS and isinstance(value, SequenceNode):
            yield from zip(document.value[EVENTS], value.value, strict=True)


def _owner_names(document: Document) -> Iterator[Owner]:
    return (owner for _, owner in _owners(Places(document), document))
