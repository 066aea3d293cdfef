"""Was a rule of the workflow overruled, or a customer left without a word?"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.audits.cases import TicketCase, about
from tkt.audits.finding import Finding, Level
from tkt.audits.naming import named, stamp
from tkt.guards.talk import was_told
from tkt.i18n import msg


def forced(case: TicketCase) -> Iterator[Finding]:
    """A guard that was overruled is listed, with the reason; without one it wants a second look."""
    for event in case.new:
        if event.forced:
            parts = {"what": named(event), "at": stamp(event.at, case.manner.zone)}
            if event.reason:
                told = msg(
                    "{what} at {at} overruled the desk's guards: {reason}", reason=event.reason, **parts
                )
                yield about(Level.NOTE, event, told, case)
            else:
                told = msg("{what} at {at} overruled the desk's guards, without a reason", **parts)
                yield about(Level.WARNING, event, told, case)


def untold(case: TicketCase) -> Iterator[Finding]:
    """A ticket that was closed although nobody told the customer how it was solved is listed."""
    config = case.manner.config
    was_closed = case.before is not None and case.before.status in config.closed
    closing = next(
        (it for it in reversed(case.new) if it.did == "moved" and it.get("to") in config.closed), None
    )
    if case.after.status not in config.closed or was_closed or closing is None:
        return
    resolution = case.after.get("resolution") or {}
    if resolution.get("code") in config.workflow.uncounted or was_told(case.after, config.finished):
        return
    told = msg(
        "{who} closed it at {at}, and nobody told the customer how it was solved",
        who=closing.by,
        at=stamp(closing.at, case.manner.zone),
    )
    yield about(Level.NOTE, closing, told, case)
