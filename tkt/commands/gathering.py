"""What does a report need beside the tickets' facts: releases, answers of customers, the tickets' words?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tkt.clock import parse_instant
from tkt.errors import UsageError
from tkt.i18n import msg
from tkt.kpis.more import Answer, More, Release
from tkt.kpis.ratings import NPS, rating_of

if TYPE_CHECKING:
    from tkt.desk import Desk
    from tkt.store.gitrepo import GitRepo


def gathered(desk: Desk, repo: GitRepo | None, *, keywords: bool) -> More:
    """All of it; the words only for `keywords`. Errors: UsageError without what tells words apart."""
    from tkt.kpis.segmenting import segmenter

    return More(
        answers=tuple(_answers(desk)),
        releases=tuple(dict.fromkeys([*_listed(desk), *_tagged(desk, repo)])),
        texts=(lambda ids: _texts(desk, ids)) if keywords else None,
        words=segmenter() if keywords else None,
    )


def _answers(desk: Desk) -> Iterator[Answer]:
    """What customers answered that stands on no ticket: `rated` of the kind nps in their own files."""
    for customer in desk.rated_customers():
        found = (rating_of(event) for event in customer.events if event.did == "rated")
        yield from (Answer(customer.id, it.at, it.score) for it in found if it is not None and it.kind == NPS)


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
    wanted = frozenset(ids)
    for file in desk.tree.scan().files:
        if file.id in wanted and (ticket := desk.readable(file, [])) is not None:
            said = (str(it.get("text", "")) for it in ticket.effective if it.is_customer_message)
            found[ticket.id] = "\n".join((ticket.title, *said))
    return found
