"""By what is a state of a desk judged: its configuration, as far as it can be read?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tkt.frozen import dataclass
from tkt.model import Ticket
from tkt.schema import Configuration
from tkt.sla import ServiceLevels, Verdict, verdicts


@dataclass(frozen=True, kw_only=True)
class Side:
    """One end of a comparison. `config` and `levels` are None where they cannot be read."""

    config: Configuration | None
    levels: ServiceLevels | None

    def verdicts(self, ticket: Ticket, now: datetime) -> Sequence[Verdict]:
        """What the ticket's clocks say at `now`; none without service levels."""
        return () if self.levels is None else verdicts(ticket, self.levels, now)
