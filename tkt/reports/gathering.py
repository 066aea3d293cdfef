"""What does a report need beside the tickets' facts: releases, answers of customers, the tickets' words?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tkt.clock import parse_instant
from tkt.errors import UsageError
from tkt.i18n import msg
from tkt.kpis.learning import IMPROVEMENT, REVIEW
from tkt.kpis.more import Answer, Learnt, More, Release
from tkt.kpis.ratings import NPS, rating_of

if TYPE_CHECKING:
    from tkt.desk import Desk
    from tkt.model import Customer
    from tkt.store.gitrepo import GitRepo


def gathered(desk: Desk, repo: GitRepo | None, *, keywords: bool, customers: bool = False) -> More:
    """All of it; the words only for `keywords`, the customers' files for `customers`.

    Errors: UsageError for a release at no instant, and without what tells words apart; LeftOut.
    """
    found = More(
        answers=tuple(_answers(desk)),
        releases=tuple(dict.fromkeys([*_listed(desk), *_tagged(desk, repo)])),
        lessons=tuple(_lessons(desk)),
        customers=customers_of(desk) if customers else {},
    )
    return with_words(found, desk) if keywords else found


def with_words(more: More, desk: Desk) -> More:
    """The same, and the tickets' words. Errors: UsageError without what tells words apart."""
    from tkt.kpis.segmenting import segmenter

    return replace(more, texts=lambda ids: _texts(desk, ids), words=segmenter())


def customers_of(desk: Desk) -> dict[str, Mapping[str, str]]:
    """What the customers' files say of each, in words, by their ids with the case folded. Errors: LeftOut."""
    return {it.id.casefold(): dict(_said_of(it)) for it in desk.customers()}


def _said_of(customer: Customer) -> Iterator[tuple[str, str]]:
    yield "name", customer.name
    own = (("tier", customer.tier), ("language", customer.language), ("contract", customer.contract))
    yield from ((key, str(value)) for key, value in own if value is not None)
    values = customer.values.items()
    yield from ((key, str(value)) for key, value in values if isinstance(value, (str, int, float)))


def _answers(desk: Desk) -> Iterator[Answer]:
    """What customers answered that stands on no ticket: `rated` of the kind nps in their own files."""
    for customer in desk.rated_customers():
        found = (rating_of(event) for event in customer.events if event.did == "rated")
        yield from (Answer(customer.id, it.at, it.score) for it in found if it is not None and it.kind == NPS)


def _lessons(desk: Desk) -> Iterator[Learnt]:
    """What is on file of reviews and improvements; `check` names what cannot be read."""
    from tkt.ids import is_ticket_id
    from tkt.store.lessons import read_improvements, read_reviews

    reviews, improvements = read_reviews(desk.root)[0], read_improvements(desk.root)[0]
    of_review = {it.id: it.ticket for it in reviews if it.ticket is not None}
    for review in reviews:
        about = () if review.ticket is None else (review.ticket,)
        yield Learnt(REVIEW, review.id, review.done_at, about)
    for it in improvements:
        named = (source if is_ticket_id(source) else of_review.get(source) for source in it.sources)
        tickets = tuple(ticket for ticket in named if ticket is not None)
        yield Learnt(IMPROVEMENT, it.id, it.done_at, tickets, it.product, it.category)


def _listed(desk: Desk) -> Iterator[Release]:
    """Those that config/reports.yaml lists; a date is its midnight."""
    listed = desk.config.reports.releases.get("list")
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, Mapping) and each.get("at") is not None:
            yield Release(str(each.get("name") or each["at"]), _instant(each["at"], desk.zone))


def _instant(given: Any, zone: str) -> datetime:
    if isinstance(given, datetime):
        return given if given.tzinfo else given.replace(tzinfo=ZoneInfo(zone))
    if isinstance(given, date):
        return datetime(given.year, given.month, given.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    try:
        return parse_instant(str(given), zone=zone)
    except UsageError as error:
        raise UsageError(
            msg("a release of config/reports.yaml is at {at}, expected a date or an instant", at=str(given)),
            hint=msg("at: 2026-11-01"),
        ) from error


def _tagged(desk: Desk, repo: GitRepo | None) -> Iterator[Release]:
    pattern = desk.config.reports.releases.get("tags")
    if repo is None or not pattern:
        return
    for name, seconds in repo.tags():
        if fnmatchcase(name, str(pattern)):
            yield Release(name, datetime.fromtimestamp(seconds, UTC))


def _texts(desk: Desk, ids: Collection[str]) -> Mapping[str, str]:
    """The title and what the customer wrote, of each of these tickets; none of what machines sent."""
    found = {}
    for ticket in desk.all_tickets([], frozenset(ids)):
        said = (str(it.get("text", "")) for it in ticket.effective if it.is_customer_message)
        found[ticket.id] = "\n".join((ticket.title, *said))
    return found
