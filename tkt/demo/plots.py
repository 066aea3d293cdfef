"""Which way does a demo ticket go, and how does it end?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from tkt.frozen import dataclass

Steps = tuple[str, ...]

START: Steps = ("receive", "triage", "take")

MIDDLES: tuple[tuple[int, Steps], ...] = (
    (34, ("solve at once",)),
    (28, ("ask", "answer", "solve")),
    (10, ("progress", "note", "solve")),
    (8, ("ask", "answer", "progress", "note", "solve")),
    (6, ("progress", "note", "wait for vendor", "vendor answers", "solve")),
    (5, ("ask", "answer", "hand over", "introduce", "solve")),
    (5, ("progress", "chase", "soothe", "note", "solve")),
    (4, ("progress", "chase", "raise", "soothe", "solve")),
    (4, ("progress", "promise", "solve", "keep")),
)
"""Weight and what happens from the start to the solution."""

OPEN: tuple[tuple[int, Steps], ...] = (
    (4, ("receive",)),
    (4, ("receive", "triage")),
    (3, START),
    (6, (*START, "ask")),
    (4, (*START, "ask", "answer")),
    (4, (*START, "progress", "note")),
    (3, (*START, "progress", "note", "wait for vendor")),
    (2, (*START, "progress", "chase")),
    (2, (*START, "ask", "answer", "hand over", "introduce")),
    (1, (*START, "solve at once", "come back", "reopen")),
)
"""Weight and how far a ticket that is still open has come."""

PER = 240
"""So many tickets have the story of the last full week once."""
ASKED_ELSEWHERE: Steps = ("promise", "task")
THANKS: Steps = ("thank", "need no reply", "close")
RATED: Steps = ("survey", "rate")


@dataclass(frozen=True)
class Mark:
    """Something that is written on the ticket at an instant of its own: what it led to."""

    did: str  # reviewed, improved
    name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Plot:
    """The way of one ticket."""

    steps: Steps
    age: timedelta | None = None  # None: whatever the dice say
    urgency: str | None = None  # only scenarios of that urgency
    is_open: bool = False  # it came lately
    is_rushed: bool = False  # by the wall and fast, so that it gets there whatever the day is
    is_late: bool = False
    is_slow: bool = False
    is_live: bool = False
    disposed_as: str | None = None
    at: datetime | None = None  # about when it came, whatever the age
    scenarios: Steps = ()  # one of these, where the desk has it
    language: str | None = None
    marks: tuple[Mark, ...] = ()
    is_reviewed: bool = True  # if it went badly, the next review talks about it
    role: str | None = None  # by which the story knows it again


@dataclass(frozen=True, kw_only=True)
class Shares:
    """How often what happens; of all tickets, or of those that went on to it."""

    open: float
    disposed: float = 0.04
    live: float = 0.06
    late: float = 0.08
    slow: float = 0.06
    reopened: float = 0.05
    expires: float = 0.45
    surveyed: float = 0.7
    rated: float = 0.6
    kinds: Steps = ("spam", "spam", "duplicate", "test")


def shares_for(count: int) -> Shares:
    """A third is open on a small desk, so that there is something to do; a tenth on a large one."""
    return Shares(open=min(1 / 3, max(0.1, 20 / count)))


LATE: Steps = ("receive", "triage", "apologise", "take")

CAST: tuple[Plot, ...] = (
    Plot(steps=(*START, "ask", "answer", "progress"), age=timedelta(hours=80), urgency="red", is_rushed=True),
    Plot(steps=("receive", "triage"), age=timedelta(hours=26), urgency="red", is_rushed=True),
    Plot(steps=(*START, "ask"), age=timedelta(hours=30), is_rushed=True),
    Plot(
        steps=(*START, "ask", "answer", *ASKED_ELSEWHERE, "task done", "solve", "keep"),
        age=timedelta(days=5),
        is_rushed=True,
    ),
    Plot(steps=(*START, "solve at once", "come back", "reopen"), age=timedelta(days=6), is_rushed=True),
    Plot(steps=("receive", "dispose"), age=timedelta(days=4), is_rushed=True, disposed_as="spam"),
    Plot(steps=("receive",), age=timedelta(minutes=20), is_rushed=True),
    Plot(steps=("receive", "dispose"), age=timedelta(days=6), is_rushed=True, disposed_as="duplicate"),
    Plot(steps=("receive", "solve live", "close", *RATED), age=timedelta(days=8), is_live=True),
    Plot(steps=(*LATE, "solve", *THANKS, *RATED), age=timedelta(days=15), is_late=True),
    Plot(
        steps=(*START, "ask", "answer", "solve", *THANKS, "come back", "reopen", "solve again", *THANKS),
        age=timedelta(days=24),
    ),
    Plot(steps=("receive", "dispose"), age=timedelta(days=11), is_rushed=True, disposed_as="test"),
    Plot(
        steps=(*START, "progress", *ASKED_ELSEWHERE, "note", "wait for vendor"),
        age=timedelta(hours=20),
        is_rushed=True,
    ),
)
"""What every demo desk shows, the most telling first: breaches, waiting, a promise, reopened, disposed of."""


def plot_of(number: int, shares: Shares, dice: Random, told: Sequence[Plot] = ()) -> Plot:
    """The way of the ticket with this number. `told`: a story that every so many tickets tell once."""
    if number < len(CAST):
        return CAST[number]
    place = (number - len(CAST)) % PER
    if place < len(told):
        return told[place]
    if dice.random() < shares.open:
        return Plot(steps=_weighted(OPEN, dice), is_open=True)
    if dice.random() < shares.disposed:
        return Plot(steps=("receive", "dispose"), disposed_as=dice.choice(shares.kinds))
    if dice.random() < shares.live:
        return Plot(steps=("receive", "solve live", "close", *_rating(shares, dice)), is_live=True)
    return _whole(shares, dice)


def with_thanks(plot: Plot) -> Plot:
    """The same, but closed because the customer said so and not by itself."""
    steps = tuple(step for name in plot.steps for step in (THANKS if name == "expire" else (name,)))
    return replace(plot, steps=steps)


def _whole(shares: Shares, dice: Random) -> Plot:
    """From the first word to the end."""
    is_late = dice.random() < shares.late
    start = LATE if is_late else START
    end: Steps = ("expire",) if dice.random() < shares.expires else THANKS
    again: Steps = ("come back", "reopen", "solve again", *THANKS) if dice.random() < shares.reopened else ()
    return Plot(
        steps=(*start, *_weighted(MIDDLES, dice), *end, *again, *_rating(shares, dice)),
        is_late=is_late,
        is_slow=dice.random() < shares.slow,
    )


def _rating(shares: Shares, dice: Random) -> Steps:
    if dice.random() > shares.surveyed:
        return ()
    return RATED if dice.random() < shares.rated else RATED[:1]


def _weighted(ways: tuple[tuple[int, Steps], ...], dice: Random) -> Steps:
    return dice.choices([steps for _, steps in ways], [weight for weight, _ in ways])[0]
