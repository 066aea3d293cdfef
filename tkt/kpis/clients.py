"""What did each customer ask for, and how were they served? (docs/reports.md, Customers)"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tkt.frozen import dataclass
from tkt.kpis.attainment import decided_in
from tkt.kpis.life import Life
from tkt.kpis.nps import latest
from tkt.kpis.population import Population
from tkt.kpis.ratings import Rating
from tkt.kpis.stats import Number


@dataclass(frozen=True, kw_only=True)
class Client:
    """One customer, or all of a tier, an industry, a region; ids of tickets."""

    created: list[str]
    open: list[str]  # at the end of the window
    breached: list[str]  # with a cycle that was decided as breached in the window
    repeats: list[str]  # received in the window, of a matter that was resolved before
    answers: list[tuple[str, Rating]]  # satisfaction, of the window
    scores: list[Number]  # how likely they are to recommend, 0 to 10: the last answer of each customer

    @classmethod
    def nobody(cls) -> Client:
        """One of whom nothing is known yet."""
        return cls(created=[], open=[], breached=[], repeats=[], answers=[], scores=[])

    @property
    def nps(self) -> float | None:
        """The share of 9 and 10 less that of 0 to 6, in points; None without an answer."""
        if not self.scores:
            return None
        balance = sum(it >= 9 for it in self.scores) - sum(it <= 6 for it in self.scores)
        return 100 * balance / len(self.scores)


def clients(
    population: Population,
    customer: Callable[[Life], str | None],
    group: Callable[[str | None], str | None] = lambda it: it,
) -> dict[str | None, Client]:
    """Each customer of the window, or each group of them, most tickets first; None: no customer, or no group.

    `customer`: whose a ticket is; `group`: of a customer their tier, say.
    """
    found: dict[str | None, Client] = {}

    def of(life: Life) -> Client:
        return found.setdefault(group(customer(life)), Client.nobody())

    for life in population.created:
        of(life).created.append(life.id)
        if life.id in population.repeats.earlier:
            of(life).repeats.append(life.id)
    for life in population.lives:
        if life.is_open_before(population.window.end):
            of(life).open.append(life.id)
    for life in _breached(population):
        of(life).breached.append(life.id)
    for life, rating in population.answers:
        of(life).answers.append((life.id, rating))
    _add_scores(found, population, group)
    order = sorted(found, key=lambda it: (it is None, -len(found[it].created), it or ""))
    return {name: found[name] for name in order}


def _breached(population: Population) -> Iterable[Life]:
    cycles = (cycle for each in decided_in(population).values() for cycle in each)
    late = {life.id: life for life, it in cycles if it.breached_at is not None}
    return late.values()


def _add_scores(
    found: dict[str | None, Client], population: Population, group: Callable[[str | None], str | None]
) -> None:
    for who, (_at, _ticket, score) in latest(population).items():
        found.setdefault(group(who), Client.nobody()).scores.append(score)
