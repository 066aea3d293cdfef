"""How does a value in an existing file change, so that every other byte stays as it was?

Each change becomes edits of the text at the places that the parser's own marks give: a value is
replaced, the lines of an entry are added or taken out. Comments, quotes, order and line ends around
them stay, for nothing else is written again.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from tkt.i18n import Message, msg
from tkt.model import Value
from tkt.store.codec.decoding import MARK
from tkt.store.codec.places import Places, is_block_scalar, last_leaf
from tkt.store.codec.plain import (
    Rendered,
    WriteError,
    entries,
    flow,
    key_text,
    keyed,
    list_item,
    rendered,
    same,
)
from tkt.store.codec.reading import Document
from tkt.store.codec.scalars import scalar

Pair = tuple[Node, Node]  # a key and its value


class _Edit(NamedTuple):
    """`text` in place of what stands between two positions."""

    start: int
    end: int
    text: str


class Splice:
    """Collects the edits of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.places = Places(document)
        self.root = document.root
        self.column: int = self.root.start_mark.column  # of the top-level keys
        self._edits: list[_Edit] = []
        if self.root.flow_style:
            raise self.refusal(
                self.root, msg("the file is one {braces}, expected a `key: value` on each line", braces="{…}")
            )

    def result(self, original: bytes) -> bytes:
        """The bytes of the changed file; a byte order mark stays."""
        return (MARK if original.startswith(MARK) else b"") + self.text().encode()

    def text(self) -> str:
        """The document with all edits in it."""
        places, found, behind = self.places, [], 0
        for edit in sorted(self._edits, key=lambda edit: edit[:2]):
            found += [places.text[behind : edit.start], edit.text]
            behind = edit.end
        result = "".join((*found, places.text[behind:]))
        ends_as_before = places.has_last_break or behind == len(places.text)
        return result if ends_as_before else result.removesuffix(places.newline)

    def pair(self, key: str) -> Pair | None:
        """The nodes of a top-level key and its value."""
        return next((pair for pair in self.root.value if pair[0].value == key), None)

    def insert(self, key: str, value: Rendered, order: Sequence[str] = ()) -> None:
        """Add a top-level key behind the one that precedes it in `order`; an unknown one before `events`."""
        before = self._predecessor(key, order)
        if before is None:
            place = self.places.line_start(self.root.start_mark.index)
        else:
            place = self.places.below_comments(before[1], self.column)
        end = self.places.line_from(min(self.root.end_mark.index, len(self.places.text)))
        if before is self.root.value[-1] and "#" in self.places.text[place:end]:
            place = end  # closing comments stay with the key above them
        self.add_lines(place, keyed(key, value, self.column))

    def remove(self, pair: Pair) -> None:
        """Take an entry of a block mapping out with its lines."""
        start = self.places.line_start(pair[0].start_mark.index)
        self._edit(start, self.places.below_comments(pair[1], pair[0].start_mark.column))

    def change(self, pair: Pair, old: Value, new: Value, *, in_flow: bool = False) -> None:
        """Give a key another value, keeping as much of the old one as is still in the new one."""
        node = pair[1]
        if same(old, new):
            return
        if isinstance(node, MappingNode) and _share_keys(old, new):
            self._change_mapping(pair, old, new)
        elif isinstance(node, SequenceNode) and _match(old, new):
            for item, *values in zip(node.value, old, new, strict=True):
                self.change((pair[0], item), *values, in_flow=in_flow or bool(node.flow_style))
        elif isinstance(node, SequenceNode) and _kept(old, new):
            self._change_list(pair, old, new)
        elif in_flow:
            self._refuse_lost_comment(pair, node.start_mark.index, self.places.end(node))
            self._put_head(pair, flow(new))
        else:
            self.replace(pair, self._rendered(pair, new))

    def replace(self, pair: Pair, new: Rendered) -> None:
        """Put another value in place of the whole old one."""
        node, places = pair[1], self.places
        start, below = node.start_mark.index, places.below(node)
        if _is_block_collection(node):
            start = places.line_start(start)
            self._refuse_lost_comment(pair, start, below)
            colon = places.text.index(":", places.end(pair[0])) + 1
            self._edit(colon, colon, f" {new.head}" if new.head else "")
            self._edit(start, below)
        elif is_block_scalar(node):
            self._put_head(pair, new.head)
            self._edit(places.next_line(start), below)
        else:
            self._refuse_lost_comment(pair, start, places.end(node))
            self._put_head(pair, new.head)
        self.add_lines(below, new.body)

    def add_lines(self, place: int, lines: Sequence[str]) -> None:
        """Put lines before the one that begins at `place`."""
        if not lines:
            return
        at_end = place == len(self.places.text) and not self.places.has_last_break
        if at_end and not any(edit.end == place for edit in self._edits):
            self._keep_last_text()
        self._edit(place, place, "".join(f"{line}{self.places.newline}" for line in lines))

    def rewrite(self, start: int, end: int, lines: Sequence[str]) -> None:
        """Put lines in place of those from where one begins to where another does."""
        self._edit(start, end, "".join(f"{line}{self.places.newline}" for line in lines))

    def refusal(self, node: Node, told: Message, hint: Message | None = None) -> WriteError:
        """An error at the place of a node."""
        return WriteError(told, path=self.document.path, line=self.document.line_of(node), hint=hint)

    def _edit(self, start: int, end: int, text: str = "") -> None:
        if start < end or text:
            self._edits.append(_Edit(start, end, text))

    def _rendered(self, pair: Pair, new: Value) -> Rendered:
        """A value for a key; on one line where a literal block would swallow a comment below."""
        column = pair[0].start_mark.column
        if self.places.below(pair[1]) != self.places.below_comments(pair[1], column):
            return Rendered(flow(new) if isinstance(new, (dict, list)) else scalar(new), [])
        return rendered(new, column, len(pair[0].value) + 2)

    def _predecessor(self, key: str, order: Sequence[str]) -> Pair | None:
        if key not in order:
            return next(reversed([*takewhile(lambda pair: pair[0].value != "events", self.root.value)]), None)
        ranks = {name: rank for rank, name in enumerate(order[: order.index(key)])}
        known = [pair for pair in self.root.value if pair[0].value in ranks]
        return max(known, key=lambda pair: ranks[pair[0].value], default=None)

    def _change_mapping(self, owner: Pair, old: dict[str, Value], new: dict[str, Value]) -> None:
        node = owner[1]
        is_flow = not _is_block_collection(node)
        there = {pair[0].value: pair for pair in node.value}
        for name, pair in there.items():
            if name in new:
                self.change(pair, old.get(name), new[name], in_flow=is_flow)
        gone = [name in old and name not in new for name in there]
        added = {name: value for name, value in new.items() if name not in there}
        if is_flow:
            texts = [f"{key_text(name, in_flow=True)}: {flow(value)}" for name, value in added.items()]
            self._change_flow(owner, list(there.values()), gone, texts)
            return
        for pair in (pair for pair, is_gone in zip(there.values(), gone, strict=True) if is_gone):
            self.remove(pair)
        column = node.start_mark.column
        self.add_lines(self.places.below_comments(node, column), entries(added, column))

    def _change_list(self, owner: Pair, old: list[Value], new: list[Value]) -> None:
        node = owner[1]
        kept = _kept(old, new)
        gone = [not any(same(item, other) for other in kept) for item in old]
        added = new[len(kept) :]
        if not _is_block_collection(node):
            self._change_flow(
                owner, [(item, item) for item in node.value], gone, [flow(item) for item in added]
            )
            return
        column = node.start_mark.column
        for item in (item for item, is_gone in zip(node.value, gone, strict=True) if is_gone):
            self._edit(
                self.places.line_start(self.places.dash(item)), self.places.below_comments(item, column)
            )
        lines = [line for value in added for line in list_item(value, column)]
        self.add_lines(self.places.below_comments(node, column), lines)

    def _change_flow(self, owner: Pair, items: list[Pair], gone: list[bool], added: list[str]) -> None:
        """Take items out of a `[…]` or `{…}` and add some behind the last one that stays."""
        starts = [item[0].start_mark.index for item in items]
        ends = [self.places.end(item[1]) for item in items]
        last = max(place for place, is_gone in enumerate(gone) if not is_gone)
        for place in (place for place in range(last) if gone[place]):
            self._refuse_lost_comment(owner, starts[place], starts[place + 1])
            self._edit(starts[place], starts[place + 1])
        if last + 1 < len(items):
            self._refuse_lost_comment(owner, ends[last], ends[-1])
        self._edit(ends[last], ends[-1], "".join(f", {text}" for text in added))

    def _put_head(self, pair: Pair, head: str) -> None:
        """Write what stands behind the colon of a key."""
        node, text = pair[1], self.places.text
        start, end = node.start_mark.index, self.places.end(node)
        if is_block_scalar(node) and isinstance(node, ScalarNode):
            end = self.places.header(node)[1]
        if not head:
            start = len(text[:start].rstrip(" "))
        elif text[start - 1] == ":":
            head = f" {head}"
        self._edit(start, end, head)

    def _refuse_lost_comment(self, pair: Pair, start: int, end: int) -> None:
        if self.places.has_comment(start, end, pair[1]):
            told = msg("the change would lose a comment inside the value of {key}", key=pair[0].value)
            raise self.refusal(pair[0], told, msg("move the comment to a line of its own above the key"))

    def _keep_last_text(self) -> None:
        """The last text of a file without a final line end must not gain one when lines follow it."""
        leaf = last_leaf(self.root)
        if isinstance(leaf, ScalarNode) and is_block_scalar(leaf) and leaf.value and leaf.value[-1] != "\n":
            start, end = self.places.header(leaf)
            header = self.places.text[start:end]
            if "-" not in header:
                self._edit(start, end, f"{header.replace('+', '')}-")


def _share_keys(old: Value, new: Value) -> bool:
    return isinstance(old, dict) and isinstance(new, dict) and bool(old.keys() & new)


def _match(old: Value, new: Value) -> bool:
    """Whether two lists of mappings can be changed item by item."""
    if not isinstance(old, list) or not isinstance(new, list) or len(old) != len(new):
        return False
    return all(same(one, other) or _share_keys(one, other) for one, other in zip(old, new, strict=True))


def _kept(old: Value, new: Value) -> list[Value]:
    """The items of a list that the new one begins with; none where they were put in another order."""
    if not isinstance(old, list) or not isinstance(new, list):
        return []
    kept = [item for item in old if any(same(item, other) for other in new)]
    return kept if same(kept, new[: len(kept)]) else []


def _is_block_collection(node: Node) -> bool:
    return isinstance(node, CollectionNode) and not node.flow_style
