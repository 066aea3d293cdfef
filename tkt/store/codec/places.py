"""Where in a file does a key, a list item or a comment begin and end?

All places are positions in the document's text. Lines end as YAML sees them: a lone CR, U+0085,
U+2028 and U+2029 end one too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from tkt.late import late
from tkt.store.codec.reading import Document

_BREAK = late("\r\n|[\n\r\x85\u2028\u2029]")
_HEADER = late(r"[|>][0-9+-]*")


class Places:
    """The places of one document. Its text gets a final line end where it has none."""

    def __init__(self, document: Document) -> None:
        first = _BREAK.search(document.text)
        self.newline = first[0] if first is not None and first[0] in ("\r\n", "\r") else "\n"
        self.has_last_break = _ends_line(document.text)
        self.text = document.text if self.has_last_break else document.text + self.newline
        self._starts = [0, *(found.end() for found in _BREAK.finditer(self.text))]

    def line_start(self, place: int) -> int:
        """The beginning of the line that `place` is on."""
        return self._starts[bisect_right(self._starts, place) - 1]

    def next_line(self, place: int) -> int:
        """The beginning of the line below."""
        above = bisect_right(self._starts, place)
        return self._starts[above] if above < len(self._starts) else len(self.text)

    def line_from(self, place: int) -> int:
        """The beginning of the first line that begins at or behind `place`."""
        return place if place == self.line_start(place) else self.next_line(place)

    def end(self, node: Node) -> int:
        """Behind the last character of a value; blank lines and comments below are not its."""
        if isinstance(node, CollectionNode) and not node.flow_style:
            last = node.value[-1]
            return self.end(last[1] if isinstance(node, MappingNode) else last)
        if isinstance(node, ScalarNode) and is_block_scalar(node):
            return self._block_end(node)
        return int(node.end_mark.index)

    def below(self, node: Node) -> int:
        """The beginning of the first line below a value."""
        return self.line_from(self.end(node))

    def below_comments(self, node: Node, column: int) -> int:
        """The same, behind comments that are indented deeper than `column` and so belong to the value."""
        comment = re.compile(rf"\s*^ {{{column + 1},}}#", re.MULTILINE)
        place = self.below(node)
        while (found := comment.match(self.text, place)) is not None:
            place = self.next_line(found.end())
        return place

    def header(self, node: ScalarNode) -> tuple[int, int]:
        """The `|` or `>` of a block scalar with its indicators."""
        start: int = node.start_mark.index
        found = _HEADER.match(self.text, start)
        return start, found.end() if found is not None else start

    def dash(self, item: Node) -> int:
        """The `-` of an item of a block list."""
        return self.text.rindex("-", 0, item.start_mark.index)

    def has_comment(self, start: int, end: int, node: Node) -> bool:
        """Whether a comment stands between `start` and `end`, outside the texts of `node`."""
        for leaf in leaves(node):
            leaf_start = leaf.start_mark.index
            if is_block_scalar(leaf):  # its header may have a comment
                leaf_start = self.next_line(leaf_start)
            if "#" in self.text[start : min(leaf_start, end)]:
                return True
            start = max(start, self.end(leaf))
        return "#" in self.text[start:end]

    def _block_end(self, node: ScalarNode) -> int:
        """Behind the last line of a block; a line of spaces alone is text where it is longer than the margin."""
        start, end = self.header(node)
        behind = min(node.end_mark.index, len(self.text))
        if "+" in self.text[start:end]:
            return behind
        lines = list(self._lines(self.next_line(start), behind))
        margin = min((_margin(line) for _, line in lines if line.strip(" ")), default=0)
        return next(
            (at + len(line) for at, line in reversed(lines) if line.strip(" ") or len(line) > margin), end
        )

    def _lines(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        """The lines between two places, each with its beginning, without their ends."""
        while start < end:
            below = self.next_line(start)
            yield start, self.text[start:below].rstrip("\r\n\x85\u2028\u2029")
            start = below


def is_block_scalar(node: Node) -> bool:
    """Whether a text is written as a literal or folded block."""
    return isinstance(node, ScalarNode) and node.style in ("|", ">")


def last_leaf(node: Node) -> Node:
    """The last scalar of a value, or an empty collection."""
    while not isinstance(node, ScalarNode) and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, MappingNode) else last
    return node


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _ends_line(text: str) -> bool:
    return bool(text) and text[-1] in "\n\r\x85\u2028\u2029"


def leaves(node: Node) -> Iterator[Node]:
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            yield from leaves(key)
            yield from leaves(value)
    else:
        for item in node.value:
            yield from leaves(item)
