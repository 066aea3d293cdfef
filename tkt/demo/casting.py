"""Which problem does a demo ticket get, who asks, who answers, and when did it come?"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from msgspec.structs import replace as with_changes

from tkt.demo.articles import answering
from tkt.demo.cast import PEOPLE
from tkt.demo.clients import asking
from tkt.demo.draft import Draft
from tkt.demo.hours import Hours
from tkt.demo.plots import START, Plot
from tkt.demo.scenarios import LANGUAGES, Scenario, phrases, usable
from tkt.demo.story import Asker, Story
from tkt.model import Person
from tkt.schema import Configuration

DAYS = 90
"""How far back the demo desk goes."""

_SHARE_OF_CHINESE = 0.6
_OPEN_FOR = {"P1": 3, "P2": 9, "P3": 26, "P4": 60}
"""For how many hours a ticket of a priority has been open, in the mean."""

_UNTOUCHED = 0.25
"""The share of that time after which hardly any is still without a first word."""


class Casting:
    """Casts the tickets of one desk."""

    def __init__(self, now: datetime, config: Configuration) -> None:
        self.now = now
        self.config = config
        self.hours = Hours(config)
        self._scenarios = {language: usable(language, config) for language in LANGUAGES}

    def story(self, plot: Plot, dice: Random) -> Story:
        """A story of that plot; its draft has no id yet."""
        language = plot.language or ("zh" if dice.random() < _SHARE_OF_CHINESE else "en")
        scenario = self._scenario(language, plot, dice)
        asker = _asker(language, scenario, dice)
        if plot.disposed_as in ("spam", "test"):
            scenario, asker = _no_request(scenario, language, plot.disposed_as, dice)
        return self._cast(plot, language, scenario, asker, dice)

    def duplicate(self, plot: Plot, of: Story, dice: Random) -> Story:
        """The same request once more, some minutes later."""
        words = dice.choice(phrases(of.language).duplicate).replace("{title}", of.scenario.title)
        found = self._cast(plot, of.language, with_changes(of.scenario, words=words), of.asker, dice)
        later = of.received_at + timedelta(seconds=dice.randrange(150, 1500))
        found.begin(min(later, self.now - timedelta(seconds=30)), places=of.places)
        found.duplicate_of = of.draft.id
        return found

    def _cast(self, plot: Plot, language: str, scenario: Scenario, asker: Asker, dice: Random) -> Story:
        owner, colleague = self._owners(language, scenario, asker, dice)
        found = Story(
            draft=Draft(self.config),
            plot=plot,
            scenario=scenario,
            phrases=phrases(language),
            language=language,
            asker=asker,
            owner=owner,
            colleague=colleague,
            channel="phone" if plot.is_live else dice.choice(scenario.channel),
            hours=self.hours,
            dice=dice,
            article=answering(language).get(scenario.name),
        )
        found.begin(self._received(plot, found.priority, dice))
        return found

    def _scenario(self, language: str, plot: Plot, dice: Random) -> Scenario:
        known = self._scenarios[language]
        named = [it for it in known if it.name in plot.scenarios]
        if named:
            return dice.choice(named)
        if plot.urgency is not None:
            known = [
                it for it in known if it.urgency == plot.urgency and it.complexity != "cross-team"
            ] or known
        if plot.is_live:
            known = [it for it in known if it.complexity == "simple" and not it.internal] or known
        return dice.choice(known)

    def _owners(self, language: str, scenario: Scenario, asker: Asker, dice: Random) -> tuple[Person, Person]:
        """The owner, of the category's team and the language, and a colleague."""
        declared = self.config.category(scenario.type, scenario.category)
        team = declared.team if declared else None
        able = [it for it in PEOPLE if language in it.languages and it.email != asker.contact["email"]]
        owner = dice.choice(
            [it for it in able if team in it.teams] or [it for it in able if "support" in it.teams]
        )
        return owner, dice.choice([it for it in able if it is not owner])

    def _received(self, plot: Plot, priority: str, dice: Random) -> datetime:
        if plot.at is not None:
            return min(plot.at + timedelta(seconds=dice.randrange(2400)), self.now - timedelta(minutes=1))
        if plot.age is not None:
            return self.now - plot.age - timedelta(seconds=dice.randrange(600))
        if plot.is_open:
            mean = _OPEN_FOR[priority] * (_UNTOUCHED if len(plot.steps) <= len(START) else 1)
            age = timedelta(hours=min(dice.expovariate(1 / mean), 24.0 * (DAYS - 1)))
        else:
            age = timedelta(days=1 + (DAYS - 1) * dice.random() ** 1.5)
        return self.hours.received(self.now, age, dice)


def _asker(language: str, scenario: Scenario, dice: Random) -> Asker:
    if scenario.internal:
        person = dice.choice([it for it in PEOPLE if language in it.languages])
        return Asker(customer=None, contact={"name": person.name, "email": str(person.email)})
    customer = dice.choice(asking(language))
    return Asker(customer=customer, contact=dict(dice.choice(customer.contacts)))


def _no_request(scenario: Scenario, language: str, kind: str, dice: Random) -> tuple[Scenario, Asker]:
    """What strangers and testers send: their words instead of the scenario's."""
    said = dice.choice(getattr(phrases(language), kind))
    changed = with_changes(
        scenario, title=said["title"], words=said["words"], asks=None, fields={}, channel=["email", "web"]
    )
    name, email = ("Promo", "promo@bulk.example") if kind == "spam" else ("Test", "test@yunzhang.example")
    return changed, Asker(customer=None, contact={"name": name, "email": email})
