"""Which tickets are on the demo desk?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from random import Random

from tkt.demo.casting import Casting
from tkt.demo.plots import plot_of, shares_for, with_thanks
from tkt.demo.steps import STEPS
from tkt.demo.story import Story
from tkt.ids import derived_ticket_id
from tkt.model import Ticket
from tkt.schema import Configuration


def demo_tickets(count: int, seed: int, now: datetime, config: Configuration) -> Iterator[Ticket]:
    """`count` tickets of the last 60 days before `now`, each with its whole history; all events are past.

    The same arguments give the same tickets. `config` is a desk of either profile with PEOPLE among its
    people; scenarios whose category it lacks are left out.
    """
    casting, shares = Casting(now, config), shares_for(count)
    taken: set[str] = set()
    latest: Story | None = None
    for number in range(count):
        dice = Random(f"{seed}/{number}")
        plot = plot_of(number, shares, dice)
        if plot.disposed_as == "duplicate" and latest is not None:
            story = casting.duplicate(plot, latest, dice)
        elif plot.disposed_as == "duplicate":
            story = casting.story(replace(plot, disposed_as="test"), dice)
        else:
            story = casting.story(plot, dice)
        story.draft.id = _id(story, seed, number, taken, config)
        yield _told(story, now)
        if plot.disposed_as is None:
            latest = story


def _id(story: Story, seed: int, number: int, taken: set[str], config: Configuration) -> str:
    day = story.received_at.astimezone(story.hours.zone)
    found = derived_ticket_id(day, "demo", str(seed), str(number), taken=taken, prefix=config.desk.prefix)
    taken.add(found)
    return found


def _told(story: Story, now: datetime) -> Ticket:
    """The story step by step, until now."""
    never_expires = story.scenario.type == "complaint" or story.priority == "P1"
    plot = with_thanks(story.plot) if never_expires else story.plot
    for name in plot.steps:
        at = STEPS[name].when(story)
        if at > now:
            break
        STEPS[name].tell(story, at)
        story.at = at
    return story.draft.ticket()
