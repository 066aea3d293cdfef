"""What is always asked of a ticket by name, of the ticket itself and of its row in a list alike?"""

from __future__ import annotations

from typing import Any


class Keyed:
    """Something that has a ticket's stored keys."""

    __slots__ = ()

    def get(self, key: str, default: Any = None) -> Any:
        """A stored key; None is the same as absent."""
        raise NotImplementedError

    @property
    def title(self) -> str:
        """The one line by which people know it; empty where none was given."""
        return str(self.get("title", ""))

    @property
    def priority(self) -> str | None:
        """`P1` … `P4`, or None before triage."""
        found: str | None = self.get("priority")
        return found

    @property
    def owner(self) -> str | None:
        """The one person responsible."""
        found: str | None = self.get("owner")
        return found

    @property
    def team(self) -> str | None:
        """The owning team."""
        found: str | None = self.get("team")
        return found

    @property
    def tags(self) -> tuple[str, ...]:
        """Free words that people filter by."""
        return tuple(self.get("tags", ()))
