"""Who is in the story of one demo ticket, what do they talk about, and how fast are they?"""

from __future__ import annotations

from dataclasses import field
from datetime import datetime, timedelta
from random import Random

from tkt.demo.draft import Draft
from tkt.demo.hours import Hours
from tkt.demo.plots import Plot
from tkt.demo.scenarios import Phrases, Scenario
from tkt.durations import parse_duration
from tkt.frozen import dataclass
from tkt.model import Customer, Event, Person, Value
from tkt.priority import Decision, priority_of
from tkt.schema import Configuration

Minutes = tuple[int, int]

_VIP = 0.55
_RUSH = 0.3  # how much of its usual time a rushed step takes

FIRST: dict[str, Minutes] = {"P1": (2, 9), "P2": (5, 24), "P3": (8, 55), "P4": (20, 200)}
SOLVING: dict[str, Minutes] = {"P1": (8, 32), "P2": (15, 130), "P3": (25, 250), "P4": (60, 700)}
FIRST_LATE: dict[str, Minutes] = {"P1": (20, 90), "P2": (70, 300), "P3": (130, 420), "P4": (560, 1000)}
SOLVING_LATE: dict[str, Minutes] = {
    "P1": (500, 900),
    "P2": (1500, 3000),
    "P3": (1650, 2600),
    "P4": (5500, 7000),
}
"""Minutes of office time, by the wall for P1 and P2; late ones miss the targets of a new desk."""

ROUND_THE_CLOCK = ("P1", "P2")


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who asks: somebody of a customer, or a colleague."""

    customer: Customer | None
    contact: dict[str, str]

    @property
    def tier(self) -> str | None:
        """The customer's tier."""
        return self.customer.tier if self.customer else None


@dataclass(kw_only=True)
class Story:
    """Everything that the steps of one ticket need; they write into `draft` and turn `at` on."""

    draft: Draft
    plot: Plot
    scenario: Scenario
    phrases: Phrases
    language: str
    asker: Asker
    owner: Person
    colleague: Person
    channel: str
    hours: Hours
    dice: Random
    duplicate_of: str | None = None
    caused_by: str | None = None  # the ticket on which the cause was found
    article: str | None = None  # which has the answer
    survey: str = "csat-1"
    places: dict[str, str] = field(default_factory=dict)
    received_at: datetime = datetime.min
    at: datetime = datetime.min  # of the latest step

    def begin(self, at: datetime, places: dict[str, str] | None = None) -> None:
        """It begins at `at`; another story's `places` make it speak of the same things."""
        self.received_at = self.at = at.replace(microsecond=0)
        self.places = {
            **(places or self._places()),
            "agent": self._agent(self.owner),
            "agent_id": self.colleague.id,
        }

    @property
    def config(self) -> Configuration:
        """The desk's."""
        return self.draft.config

    def decision(self, urgency: str | None = None) -> Decision:
        """The priority that the table gives, with another urgency where one is given."""
        it = self.scenario
        values = {
            "type": it.type,
            "category": it.category,
            "impact": it.impact,
            "urgency": urgency or it.urgency,
            "tier": self.asker.tier,
        }
        is_safety = "safety" in it.criteria.values()
        return priority_of(values, self.config.taxonomy, safety=is_safety)

    @property
    def priority(self) -> str:
        """As it is now, or will be once it is triaged."""
        return str(self.draft.values.get("priority") or self.decision().priority)

    def said(self, text: str) -> str:
        """A text of the scenario with its places filled."""
        return text.format_map(self.places).rstrip("\n")

    def one_of(self, texts: list[str]) -> str:
        """One of several phrases, its places filled."""
        return self.said(self.dice.choice(texts))

    def desk_time(self, pace: dict[str, Minutes], share: float = 1.0) -> datetime:
        """When the desk has spent a share of the minutes that `pace` allows."""
        low, high = pace[self.priority]
        minutes = share * (low + (high - low) * self.dice.random() ** 2)
        if self.asker.tier == "vip":
            minutes *= _VIP
        if self.plot.is_rushed:
            return self._by_the_wall(minutes * _RUSH)
        if self.priority in ROUND_THE_CLOCK:
            return self._by_the_wall(minutes)
        return self.hours.at_the_desk(self.at, minutes) + timedelta(seconds=self.dice.randrange(1, 60))

    def customer_time(self, low: int, high: int) -> datetime:
        """When the customer, who sleeps at night, has taken so many minutes."""
        minutes = low + (high - low) * self.dice.random() ** 2
        if self.plot.is_rushed:
            return self._by_the_wall(minutes * _RUSH)
        return self.hours.awake(self.at, minutes, self.dice) + timedelta(seconds=1)

    def _by_the_wall(self, minutes: float) -> datetime:
        return self.at + timedelta(seconds=round(minutes * 60) + 1)

    def fields(self) -> dict[str, Value]:
        """The fields of the scenario that this desk has."""
        kinds = self.config.field_kinds
        known = {name: value for name, value in self.scenario.fields.items() if name in kinds}
        return {
            name: self._moment(value) if kinds[name] == "instant" else self._filled(value)
            for name, value in known.items()
        }

    def public_message(self) -> dict[str, str]:
        """How a message gets to the customer where no machine brings it."""
        return {"sent_by": self.channel} if self.channel in ("phone", "wechat", "counter") else {}

    def last_message(self) -> Event:
        """The newest words of the customer."""
        return next(event for event in reversed(self.draft.events) if event.is_customer_message)

    def hand_to(self, person: Person) -> None:
        """From here on `person` is the owner."""
        self.owner, self.colleague = person, self.owner
        self.places["agent"] = self._agent(person)

    def _moment(self, ago: str) -> datetime:
        return self.received_at - timedelta(seconds=parse_duration(ago, days=True))

    def _filled(self, value: Value) -> Value:
        return self.said(value) if isinstance(value, str) else value

    def _places(self) -> dict[str, str]:
        dice, name = self.dice, self.asker.contact["name"]
        local = self.received_at.astimezone(self.hours.zone)
        account = self.asker.customer.id if self.asker.customer else name.split()[0].lower()
        shown = {
            "name": name if self.language == "zh" else name.split()[0],
            "account": f"{account}-{dice.randrange(1, 9):02}",
            "order": f"SO{local:%y%m}-{dice.randrange(10000):04}",
            "number": str(dice.randrange(100, 1000)),
        }
        return shown | {key: dice.choice(words) for key, words in self.scenario.vary.items()}

    def _agent(self, person: Person) -> str:
        return person.name if self.language == "zh" else person.name.split()[0]
