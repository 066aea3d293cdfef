"""What does a YAML file say, read strictly, and on which line does it say so?

`Document` holds the values. Where they stand is found out only when somebody asks: most files are
read and never complained about.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, cast

from tkt.errors import DataError, Problem
from tkt.frozen import dataclass
from tkt.model import Value
from tkt.store.codec.decoding import decoded, without_mark

if TYPE_CHECKING:
    from yaml.nodes import MappingNode, Node

PathKey = str | int


@dataclass(frozen=True, kw_only=True)
class Document:
    """A mapping read from a file, with the way back to its lines."""

    value: dict[str, Value]
    path: str
    text: str  # without a byte order mark; the marks of `root` are positions in it

    def line(self, *path: PathKey) -> int | None:
        """Where the key or list item at `path` stands, counted from 1; None when there is none."""
        found = self._entry(path)
        return None if found is None else self.line_of(found[0])

    def literal(self, *path: PathKey) -> str | None:
        """The scalar at `path` as it is written: `1.10`, not 1.1."""
        from yaml.nodes import ScalarNode

        found = self._entry(path)
        return found[1].value if found is not None and isinstance(found[1], ScalarNode) else None

    def line_of(self, node: Node) -> int:
        """The line on which `node` begins, counted from 1."""
        return bisect_left(self._breaks, node.start_mark.index) + 1

    @cached_property
    def root(self) -> MappingNode:
        """The nodes of the file; safe to compose, as it was read before."""
        import yaml

        return cast("MappingNode", yaml.compose(self.text.encode(), Loader=yaml.CBaseLoader))

    @cached_property
    def _breaks(self) -> list[int]:
        return [place for place, character in enumerate(self.text) if character == "\n"]

    def _entry(self, path: tuple[PathKey, ...]) -> tuple[Node, Node] | None:
        """What names the value at `path` (its key, or the value itself), and the value."""
        found: tuple[Node, Node] = (self.root, self.root)
        for key in path:
            below = _child(found[1], key)
            if below is None:
                return None
            found = below
        return found


def read_document(data: bytes, path: str) -> Document:
    """The mapping in a file.

    Errors: DataError with every fault, `path` and line in each.
    """
    document, problems = inspect_document(data, path)
    if problems:
        raise DataError(problems)
    return document


def inspect_document(data: bytes, path: str) -> tuple[Document, list[Problem]]:
    """The mapping in a file as far as it can be told, and what is wrong with it.

    Errors: DataError where nothing can be told.
    """
    from tkt.store.codec.building import built  # with yaml: what was kept of a file is read without

    whole = decoded(data, path)
    text = without_mark(whole)
    value, problems = built(data if text is whole else text.encode(), text, path)
    return Document(value=value, path=path, text=text), problems


def _child(node: Node, key: PathKey) -> tuple[Node, Node] | None:
    from yaml.nodes import MappingNode, SequenceNode

    if isinstance(node, MappingNode):
        return next(((name, value) for name, value in node.value if name.value == key), None)
    if isinstance(node, SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key], node.value[key]
    return None
