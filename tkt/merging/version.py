"""What is one version of a file that is merged, and what comes out?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from tkt.errors import TktError
from tkt.frozen import dataclass
from tkt.model import Event, Value

DEFAULT_FINISHED = frozenset({"resolved", "closed"})
"""The statuses that are over, for who has no configuration at hand (git's merge driver)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a file of keys and events: a ticket, a customer, a review.

    `keys` are typed and hold no `events`; a ticket's `id` is one of them. `status` is the ticket's
    directory, None where that is unknown.
    """

    keys: Mapping[str, Value]
    events: tuple[Event, ...] = ()
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The one version that is made of two.

    `clashes` names the keys of which both sides said something else, without an order between
    them: the one that lost stands in an event. A status is `status`, an event `events.ID`.
    """

    version: Version
    clashes: tuple[str, ...] = ()


class TwoTickets(TktError):
    """Two files that are to be merged are of two tickets."""

    code: ClassVar[str] = "two-tickets"
