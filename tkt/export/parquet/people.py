"""Who asks, without saying who: contacts that are no customer on file get a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


class Numbers:
    """Address, telephone number or account → `#1`, `#2` … in the order in which they are met; never written down."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def requesters(self, requester: Sequence[str], customer: object) -> Iterator[tuple[int, str]]:
        """(place, customer or number) of what identifies who asked, as `Story.requester` has it."""
        for place, identity in enumerate(requester):
            yield place, identity if customer is not None else self._number(identity)

    def _number(self, identity: str) -> str:
        return self._known.setdefault(identity, f"#{len(self._known) + 1}")
