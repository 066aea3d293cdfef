"""How do three versions of a ticket, a customer or another record become one file?"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from pathlib import PurePosixPath

from tkt.lessons import IMPROVEMENT_KEYS, REVIEW_KEYS
from tkt.merging import Merged, TwoTickets, merge
from tkt.model import Kind
from tkt.store.codec.customers import KINDS_OF_KEYS
from tkt.store.codec.layout import CUSTOMER_KEYS
from tkt.store.codec.merging.finishing import is_same
from tkt.store.codec.merging.reading import Reader
from tkt.store.codec.merging.result import MergedText, Statuses
from tkt.store.codec.merging.weaving import Three, woven

NO_STATUS: Statuses = (None, None, None)


class RecordMerger:
    """Merges the versions of one file of keys and events; `order` is that of its known keys."""

    def __init__(self, path: str, kinds: Mapping[str, Kind], order: Sequence[str]) -> None:
        self.reader = Reader(path=path, kinds=kinds)
        self.order = order

    def merged(
        self,
        base: bytes | None,
        ours: bytes,
        theirs: bytes,
        *,
        finished: Container[str] = (),
        statuses: Statuses = NO_STATUS,
    ) -> MergedText:
        """Errors: DataError for a version that cannot be read, TwoTickets, WriteError."""
        three = Three(
            None if base is None else self.reader.source(base, statuses[0]),
            self.reader.source(ours, statuses[1]),
            self.reader.source(theirs, statuses[2]),
        )
        found = self._decided(three, finished)
        data = unchanged(three, found) or woven(three, found.version, self.reader, self.order)
        return MergedText(
            data=data, status=found.version.status, events=found.version.events, clashes=found.clashes
        )

    def _decided(self, three: Three, finished: Container[str]) -> Merged:
        base = None if three.base is None else three.base.version
        try:
            return merge(base, three.ours.version, three.theirs.version, finished=finished)
        except TwoTickets as error:
            raise TwoTickets(error.message, path=self.reader.path, hint=error.hint) from None


def record_merger(path: str) -> RecordMerger:
    """For a file of customers/, reviews/ or improvements/."""
    folders = PurePosixPath(path).parts
    if "customers" in folders:
        return RecordMerger(path, KINDS_OF_KEYS, CUSTOMER_KEYS)
    keys = REVIEW_KEYS if "reviews" in folders else IMPROVEMENT_KEYS
    return RecordMerger(path, keys, tuple(keys))


def unchanged(three: Three, found: Merged) -> bytes | None:
    """The bytes of the side that alone changed the file, where they hold what they must."""
    base, ours, theirs = three
    if ours.data == theirs.data or (base is not None and theirs.data == base.data):
        side = ours
    elif base is not None and ours.data == base.data:
        side = theirs
    else:
        return None
    return side.data if is_same(side.version, found.version) else None
