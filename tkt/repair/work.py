"""What has a person done to a record in the working tree that no version in git has?

A file with git's markers is git's own. Every other one may hold what somebody typed meanwhile: an
event that no version knows is kept, one that git carried in from another ticket is not.
"""

from __future__ import annotations

from collections.abc import Mapping

from tkt.errors import TktError
from tkt.i18n import msg
from tkt.repair.records import is_ticket
from tkt.repair.together import Outcome, Weaver

Contents = Mapping[str, bytes | None]


class CannotKeep(TktError):
    """Somebody's own work lies where git has put another ticket's: a person must take it apart."""

    code = "stuck"


def with_work(
    weaver: Weaver, outcome: Outcome, others: Mapping[str, Outcome], wanted: Contents, seen: Contents
) -> Contents:
    """`wanted`, with the events that lie in the working tree alone. Errors: CannotKeep."""
    path = next((path for path, data in wanted.items() if data is not None), None)
    data = wanted[path] if path is not None else None
    if not is_ticket(outcome.versions.key) or path is None or data is None:
        return wanted
    known = {data, *weaver.held_of(outcome)}
    for place, there in seen.items():
        if there is None or there in known:
            continue
        added = weaver.event_ids(place, there) - weaver.event_ids(path, data)
        if not added:
            continue
        foreign = {
            event
            for key, it in others.items()
            if key != outcome.versions.key
            for event in weaver.events_of(it)
        }
        if added <= foreign:
            continue
        if added & foreign:
            raise CannotKeep(
                msg("holds an event of another ticket beside work that was never committed"),
                path=place,
                hint=msg("take your own part out, run tkt repair, and put it back"),
            )
        data = weaver.put_together(None, (path, data), (place, there)).data
    return {**wanted, path: data}
