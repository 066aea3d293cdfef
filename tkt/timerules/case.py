"""What does a time rule look at: one ticket, the desk's rules, and the time?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from tkt.clocks.cycle import Cycle
from tkt.clocks.history import History
from tkt.clocks.judging import Case as Judged
from tkt.frozen import dataclass
from tkt.model import Ticket
from tkt.schema import Configuration
from tkt.sla import ServiceLevels, Verdict, cycles_of, history_of, standings_of, verdicts_at

Canned = Callable[[str, str, Mapping[str, object]], str | None]
"""Name of a canned reply, language, what its places are filled with (text, numbers, dates, instants) → the words.

None where there is no such reply in that language, or it cannot be used.
"""


Link = Callable[[Ticket, datetime], str]
"""A ticket and the time → where its customer reads how it stands; empty where that is not known."""


def no_link(_ticket: Ticket, _now: datetime) -> str:
    """Of a desk that publishes no status pages."""
    return ""


def no_canned(_name: str, _language: str, _places: Mapping[str, object]) -> str | None:
    """Of a desk without canned replies."""
    return None


@dataclass(frozen=True, kw_only=True)
class Case:
    """One ticket before the time rules; everything but the fields is looked up once, when it is asked for.

    `now` bounds what may fire: a rule names only instants before it, and none of them may depend on it, so
    that it says at any later time what it would have said in time.
    """

    ticket: Ticket
    config: Configuration
    levels: ServiceLevels
    now: datetime
    canned: Canned = no_canned
    link: Link = no_link
    withholds: bool = False  # nobody is to be told: what a rule would say is recorded as withheld

    def after(self, ticket: Ticket) -> Case:
        """The same case once the ticket has become this."""
        return replace(self, ticket=ticket)

    @property
    def category(self) -> str:
        """Of its status: new, active, waiting, resolved or closed; an unknown status counts as active."""
        return self.levels.category_of.get(self.ticket.status, "active")

    @cached_property
    def history(self) -> History:
        """What happened up to `now`, as the clocks see it."""
        return history_of(self.ticket, self.levels, self.now)

    @cached_property
    def judged(self) -> Judged | None:
        """What the clocks are judged by; None before the ticket was received."""
        return self._cycles[0] if self._cycles else None

    @property
    def cycles(self) -> tuple[Cycle, ...]:
        """Every cycle of every clock."""
        return self._cycles[1] if self._cycles else ()

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What the clocks say at `now`."""
        standings = standings_of(self.history, self.levels)
        return verdicts_at(standings, self.ticket.id, self.levels, self.now)

    @property
    def language(self) -> str:
        """In which language the customer is written to: the ticket's, else the desk's."""
        return str(self.ticket.get("language") or self.config.desk.language)

    @cached_property
    def _cycles(self) -> tuple[Judged, tuple[Cycle, ...]] | None:
        return cycles_of(self.history, self.levels)
