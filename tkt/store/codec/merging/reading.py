"""What does one version of a file hold, and which text is it cut from?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from yaml.nodes import ScalarNode

from tkt.errors import DataError
from tkt.frozen import dataclass
from tkt.merging import Version
from tkt.model import Kind
from tkt.store.codec.decoding import MARK
from tkt.store.codec.places import Places, is_block_scalar, last_leaf
from tkt.store.codec.reading import Document, inspect_document
from tkt.store.codec.tickets import read_events, stored_values
from tkt.store.codec.typed import Typing


@dataclass(frozen=True, kw_only=True)
class Source:
    """One version of a file as bytes, and what it says."""

    data: bytes
    version: Version
    document: Document

    @property
    def has_mark(self) -> bool:
        return self.data.startswith(MARK)

    @property
    def newline(self) -> str:
        return Places(self.document).newline

    def styled(self, text: str) -> bytes:
        """A text with LF as bytes, with this file's line ends and byte order mark."""
        return (MARK if self.has_mark else b"") + text.replace("\n", self.newline).encode()

    @cached_property
    def text(self) -> str:
        """The text with LF at the end of every line, the last one too."""
        text = _ended(self.document)
        return text.replace("\r\n", "\n") if self.newline == "\r\n" else text.replace(self.newline, "\n")


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Reads the versions of one file. `kinds` says what its keys hold."""

    path: str
    kinds: Mapping[str, Kind]

    def source(self, data: bytes, status: str | None = None) -> Source:
        """One version. Errors: DataError with every fault."""
        document, problems = inspect_document(data, self.path)
        typing = Typing(document, problems)
        keys = stored_values(typing, self.kinds, but=("events",))
        events = read_events(typing, self.kinds)
        if problems:
            raise DataError(sorted(problems, key=lambda problem: problem.line or 0))
        version = Version(keys=keys, events=events, status=status)
        return Source(data=data, version=version, document=document)

    def of_text(self, text: str) -> Source:
        """A text that is being made. Errors: DataError."""
        return self.source(text.encode())


def _ended(document: Document) -> str:
    """The text with a line end at its end, which its last value must not gain."""
    places, leaf = Places(document), last_leaf(document.root)
    if places.has_last_break or not (isinstance(leaf, ScalarNode) and is_block_scalar(leaf)):
        return places.text
    start, end = places.header(leaf)
    header = places.text[start:end]
    if "-" in header or leaf.value.endswith("\n"):
        return places.text
    return f"{places.text[:start]}{header.replace('+', '')}-{places.text[end:]}"
