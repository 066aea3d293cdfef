"""What may happen to a demo ticket, and how long does it take until it does?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from tkt.demo import telling
from tkt.demo.story import FIRST, FIRST_LATE, SOLVING, SOLVING_LATE, Story
from tkt.frozen import dataclass

When = Callable[[Story], datetime]
Tell = Callable[[Story, datetime], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One command of somebody."""

    when: When
    tell: Tell


def after_minutes(low: int, high: int) -> When:
    """By the desk, so many minutes later by the wall."""
    return lambda story: story.at + timedelta(seconds=story.dice.randrange(low * 60, high * 60))


def after_hours_at_the_desk(low: int, high: int) -> When:
    """By the desk, so many open hours later."""

    def when(story: Story) -> datetime:
        minutes = story.dice.randrange(low * 60, high * 60)
        return story.hours.at_the_desk(story.at, minutes) + timedelta(seconds=story.dice.randrange(1, 60))

    return when


def by_the_customer(low: int, high: int) -> When:
    """By the customer, so many minutes later, not at night."""
    return lambda story: story.customer_time(low, high)


def share_of_first(share: float) -> When:
    """By the desk, on the way to the first answer."""
    return lambda story: story.desk_time(FIRST_LATE if story.plot.is_late else FIRST, share)


def share_of_solving(share: float) -> When:
    """By the desk, on the way to the solution."""
    return lambda story: story.desk_time(SOLVING_LATE if story.plot.is_slow else SOLVING, share)


def _start(story: Story) -> datetime:
    return story.received_at


def _a_week_after_resolve(story: Story) -> datetime:
    return story.at + timedelta(days=7, seconds=story.dice.randrange(300))


STEPS: dict[str, Step] = {
    "receive": Step(_start, telling.receive),
    "triage": Step(share_of_first(0.4), telling.triage),
    "take": Step(share_of_first(0.2), telling.take),
    "ask": Step(share_of_first(0.4), telling.ask),
    "apologise": Step(share_of_first(0.4), telling.apologise),
    "answer": Step(by_the_customer(10, 1500), telling.answer),
    "progress": Step(share_of_first(0.4), telling.progress),
    "note": Step(after_minutes(5, 50), telling.note),
    "promise": Step(after_minutes(1, 4), telling.promise),
    "keep": Step(after_minutes(1, 4), telling.keep),
    "task": Step(after_minutes(1, 4), telling.give_task),
    "task done": Step(after_minutes(5, 40), telling.finish_task),
    "wait for vendor": Step(after_minutes(5, 40), telling.wait_for_vendor),
    "vendor answers": Step(share_of_solving(2.0), telling.vendor_answers),
    "vendor is slow": Step(after_hours_at_the_desk(5, 14), telling.vendor_answers),
    "hand over": Step(share_of_first(0.5), telling.hand_over),
    "introduce": Step(after_minutes(2, 12), telling.introduce),
    "chase": Step(by_the_customer(120, 1200), telling.chase),
    "raise": Step(after_minutes(2, 10), telling.raise_urgency),
    "soothe": Step(share_of_first(0.8), telling.soothe),
    "solve": Step(share_of_solving(1.0), telling.solve),
    "solve untold": Step(share_of_solving(1.0), telling.solve_untold),
    "solve at once": Step(share_of_first(0.4), telling.solve),
    "solve again": Step(share_of_solving(1.0), telling.solve_again),
    "solve live": Step(after_minutes(4, 14), telling.solve_live),
    "thank": Step(by_the_customer(5, 1300), telling.thank),
    "need no reply": Step(share_of_first(0.5), telling.need_no_reply),
    "close": Step(after_minutes(1, 30), telling.close),
    "expire": Step(_a_week_after_resolve, telling.expire),
    "survey": Step(after_minutes(1, 5), telling.survey),
    "rate": Step(by_the_customer(20, 2500), telling.rate),
    "come back": Step(by_the_customer(300, 4000), telling.come_back),
    "reopen": Step(share_of_first(0.6), telling.reopen),
    "dispose": Step(share_of_first(0.6), telling.dispose),
}
"""Every step by its name: how long it takes, and what it writes."""
