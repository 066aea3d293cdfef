"""Which tickets are on the demo desk?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from random import Random

from tkt.demo import telling
from tkt.demo.arcs import CAUSED, LEAST, ROOT, arcs
from tkt.demo.casting import Casting
from tkt.demo.lessons import meeting_name, next_meeting
from tkt.demo.plots import Plot, plot_of, shares_for, with_thanks
from tkt.demo.steps import STEPS
from tkt.demo.story import Story
from tkt.ids import derived_ticket_id
from tkt.kpis.ratings import LOW
from tkt.model import Ticket
from tkt.schema import Configuration

_SILENT = 0.3
_ANSWERED_FOR = 0.5
"""How often a late first answer is acknowledged."""


def demo_tickets(
    count: int, seed: int, now: datetime, config: Configuration, roles: dict[str, str] | None = None
) -> Iterator[Ticket]:
    """`count` tickets of the last 90 days before `now`, each with its whole history; all events are past.

    The same arguments give the same tickets. `roles` is filled while they are made: the role of a ticket in the
    story → its id. `config` is a desk of either profile with PEOPLE among its
    people; scenarios whose category it lacks are left out.
    """
    casting, shares = Casting(now, config), shares_for(count)
    told = arcs(now, casting.hours.zone) if count >= LEAST else ()
    taken: set[str] = set()
    known = roles if roles is not None else {}
    latest: Story | None = None
    for number in range(count):
        dice = Random(f"{seed}/{number}")
        plot = plot_of(number, shares, dice, told)
        if plot.disposed_as == "duplicate" and latest is not None:
            story = casting.duplicate(plot, latest, dice)
        elif plot.disposed_as == "duplicate":
            story = casting.story(replace(plot, disposed_as="test"), dice)
        else:
            story = casting.story(plot, dice)
        story.draft.id = _id(story, seed, number, taken, config)
        if plot.role is not None:
            known.setdefault(plot.role, story.draft.id)
        story.caused_by = known.get(ROOT) if plot.role in CAUSED else None
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
        if at > now or (name == "rate" and _is_silent(story, plot)):
            break
        STEPS[name].tell(story, at)
        story.at = at
    _look_back(story, plot, now)
    return story.draft.ticket()


def _is_silent(story: Story, plot: Plot) -> bool:
    """Whether a customer of the story does not answer the survey; who waited long mostly does."""
    return plot.at is not None and not plot.is_late and story.dice.random() < _SILENT


def _look_back(story: Story, plot: Plot, now: datetime) -> None:
    """What was learnt from it: on Fridays the desk talks about what went badly."""
    for mark in plot.marks:
        if mark.at <= now:
            telling.learn(story, mark.did, mark.name, mark.at)
    if story.caused_by is not None:
        telling.attach_to_cause(story, story.caused_by)
    if plot.is_late and story.dice.random() < _ANSWERED_FOR:
        telling.answer_for_it(story, now)
    solved = next((it for it in reversed(story.draft.events) if it.get("to") == "resolved"), None)
    if solved is not None and plot.is_reviewed and _went_badly(story, plot):
        friday = next_meeting(solved.at, story.hours.zone)
        if friday <= now:
            telling.learn(story, "reviewed", meeting_name(friday, story.hours.zone), friday)


def _went_badly(story: Story, plot: Plot) -> bool:
    was_low = any(it.did == "rated" and it.get("score") <= LOW for it in story.draft.events)
    is_long = plot.is_slow or "vendor is slow" in plot.steps
    return was_low or is_long or story.draft.values.get("priority") == "P1"
