"""Which tickets did earlier imports of a source make? Each is read when its row comes, none is held."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from tkt.model import Ticket
from tkt.store.tree import Found


class Known(Mapping[str, Ticket]):
    """A source's tickets by their ids; `numbered` finds one by its number elsewhere."""

    def __init__(
        self, source: str, places: Mapping[str, Sequence[Found]], load: Callable[[Found], Ticket]
    ) -> None:
        """`places`: number elsewhere → the files of the tickets that have it, whatever their source."""
        self._source = source
        self._places = places
        self._load = load
        self._ours: dict[str, Found] = {}  # id → the file, of those that were looked up
        self._last: Ticket | None = None

    def numbered(self, number: str) -> Ticket | None:
        """The source's ticket of that number. Errors: those of reading a file."""
        for found in self._places.get(number, ()):
            ticket = self._load(found)
            if ticket.opened is not None and ticket.opened.get("source") == self._source:
                self._ours[ticket.id] = found
                self._last = ticket
                return ticket
        return None

    @property
    def paths(self) -> tuple[str, ...]:
        """The files of those that were looked up."""
        return tuple(found.path for found in self._ours.values())

    def __getitem__(self, ticket_id: str) -> Ticket:
        if self._last is None or self._last.id != ticket_id:
            self._last = self._load(self._ours[ticket_id])
        return self._last

    def __iter__(self) -> Iterator[str]:
        return iter(self._ours)

    def __len__(self) -> int:
        return len(self._ours)


def nothing_known(source: str) -> Known:
    """Of a desk that has none."""
    return Known(source, {}, _never)


def _never(found: Found) -> Ticket:
    raise KeyError(found.id)
