"""Do reviews and improvements say what their events say, and speak of what there is?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from types import MappingProxyType

from tkt.checks.finding import Finding
from tkt.checks.folding import keys as folded_keys
from tkt.errors import Severity
from tkt.i18n import Message, msg
from tkt.ids import is_ticket_id
from tkt.lessons import Improvement, Lesson, Review
from tkt.model import Ticket
from tkt.schema import Configuration

CODE = "lesson"
IsThere = Callable[[str], bool]


def check_lesson(
    lesson: Lesson,
    config: Configuration,
    *,
    is_ticket: IsThere,
    names: Collection[str],
) -> Iterator[Finding]:
    """What is wrong with one. `names`: those of all reviews and improvements."""
    values = {key: value for key, value in {**lesson.values, **lesson.stored()}.items() if value is not None}
    as_ticket = Ticket(id=lesson.id, status="", values=MappingProxyType(values), events=lesson.events)
    for found in folded_keys(as_ticket, config):
        yield replace(found, hint=msg("write an event `set` that says so, or put the old value back"))
    if not lesson.is_open and lesson.ended_at is None:
        yield _told(msg("it is {state}, but no event says since when", state=lesson.state), "state")
    if lesson.owner is not None and lesson.owner not in config.persons:
        yield _told(msg("no person {name} in config/people.yaml", name=lesson.owner), "owner")
    if isinstance(lesson, Review):
        yield from _review(lesson, is_ticket, names)
    if isinstance(lesson, Improvement):
        yield from _improvement(lesson, config, is_ticket, names)


def _review(review: Review, is_ticket: IsThere, names: Collection[str]) -> Iterator[Finding]:
    if review.ticket is not None and not is_ticket(review.ticket):
        yield _told(msg("no ticket {id} on this desk", id=review.ticket), "ticket")
    for name in review.improvements:
        if name not in names:
            yield _told(msg("no improvement {name} on this desk", name=name), "improvements")


def _improvement(
    improvement: Improvement, config: Configuration, is_ticket: IsThere, names: Collection[str]
) -> Iterator[Finding]:
    for source in improvement.sources:
        if not (is_ticket(source) if is_ticket_id(source) else source in names):
            yield _told(msg("no review or ticket {name} on this desk", name=source), "from")
    if improvement.product is not None and improvement.product not in config.taxonomy.products:
        yield _told(msg("no product {name} in config/taxonomy.yaml", name=improvement.product), "product")
    known = {name for declared in config.taxonomy.types.values() for name in declared}
    if improvement.category is not None and improvement.category not in known:
        yield _told(msg("no category {name} in config/taxonomy.yaml", name=improvement.category), "category")


def _told(message: Message, key: str) -> Finding:
    return Finding(code=CODE, message=message, key=(key,), severity=Severity.WARNING)
