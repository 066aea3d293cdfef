"""What does a query say, and does it hold for a ticket?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tkt.fields import Lookup
from tkt.frozen import dataclass

Check = Callable[[Lookup], bool]


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: a field with values, or words to be found."""

    text: str
    field: str
    holds: Check
    uses_now: bool = False
    uses_reader: bool = False
    words: str = ""  # as they are compared, where words are to be found; else empty

    def could_hold(self, status: str) -> bool | None:
        """What is known of it when only the status is: yes, no, or nothing (None)."""
        return self.holds(lambda _name: status) if self.field == "status" else None

    def terms(self) -> Iterator[Term]:
        """Itself."""
        yield self


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a part."""

    part: Node

    @property
    def text(self) -> str:
        """`-term`, `-(a b)`."""
        return f"-{_grouped(self.part)}"

    def holds(self, lookup: Lookup) -> bool:
        """Whether the part does not hold."""
        return not self.part.holds(lookup)

    def could_hold(self, status: str) -> bool | None:
        """The opposite, where it is known."""
        known = self.part.could_hold(status)
        return None if known is None else not known

    def terms(self) -> Iterator[Term]:
        """The terms of the part."""
        return self.part.terms()


@dataclass(frozen=True, slots=True)
class Every:
    """All parts must hold; of no parts, anything does."""

    parts: tuple[Node, ...]

    @property
    def text(self) -> str:
        """`a b (c OR d)`."""
        return " ".join(_grouped(part) if isinstance(part, Either) else part.text for part in self.parts)

    def holds(self, lookup: Lookup) -> bool:
        """Whether every part holds."""
        return all(part.holds(lookup) for part in self.parts)

    def could_hold(self, status: str) -> bool | None:
        """No as soon as one part cannot; yes only if all must."""
        known = [part.could_hold(status) for part in self.parts]
        return False if False in known else None if None in known else True

    def terms(self) -> Iterator[Term]:
        """The terms of all parts."""
        return (term for part in self.parts for term in part.terms())


@dataclass(frozen=True, slots=True)
class Either:
    """One part at least must hold."""

    parts: tuple[Node, ...]

    @property
    def text(self) -> str:
        """`a OR b c`."""
        return " OR ".join(part.text for part in self.parts)

    def holds(self, lookup: Lookup) -> bool:
        """Whether one part holds."""
        return any(part.holds(lookup) for part in self.parts)

    def could_hold(self, status: str) -> bool | None:
        """Yes as soon as one part must; no only if none can."""
        known = [part.could_hold(status) for part in self.parts]
        return True if True in known else None if None in known else False

    def terms(self) -> Iterator[Term]:
        """The terms of all parts."""
        return (term for part in self.parts for term in part.terms())


Node = Term | Not | Every | Either


def joined(kind: type[Every] | type[Either], parts: list[Node]) -> Node:
    """The parts as one node, nodes of the same kind dissolved in it."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, kind) else (part,)
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def _grouped(node: Node) -> str:
    return f"({node.text})" if isinstance(node, (Every, Either)) else node.text
