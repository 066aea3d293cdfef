"""Which tickets are lost, lie twice, or cannot be read?"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.audits.cases import RangeCase
from tkt.audits.finding import Finding, Level
from tkt.audits.naming import short
from tkt.i18n import Message, msg, msgn

_JOIN = msg("tkt repair, if it is one ticket twice; tkt check --fix, if they are two tickets")


def gone(case: RangeCase) -> Iterator[Finding]:
    """A ticket is closed, never deleted; one that got another id is listed."""
    for ticket, path in case.gone:
        successor = case.renumbered.get(ticket)
        if successor is not None:
            told = msg("{id} is now {successor}", id=ticket, successor=successor)
            yield Finding(level=Level.NOTE, message=told, ticket=ticket, path=path)
        else:
            told = msg("{id} was removed; a ticket is closed, never deleted", id=ticket)
            hint = msg("bring it back: git checkout BASE -- {path}", path=path)
            yield Finding(level=Level.ERROR, message=told, ticket=ticket, path=path, hint=hint)


def twice(case: RangeCase) -> Iterator[Finding]:
    """One id is one file."""
    for ticket, paths in case.twice:
        told = msg("{id} is in two places: {paths}", id=ticket, paths=paths)
        yield Finding(level=Level.ERROR, message=told, ticket=ticket, path=paths[0], hint=_JOIN)


def unreadable(case: RangeCase) -> Iterator[Finding]:
    """Every version can be read; what cannot is judged by nothing."""
    for problem in case.unreadable:
        yield Finding(
            level=Level.ERROR,
            message=msg("it cannot be read: {fault}", fault=problem.message),
            ticket=_ticket_of(problem.path),
            path=problem.path,
            line=problem.line,
            hint=problem.hint,
        )
    for ticket, path in case.was_unreadable:
        told = msg("it could not be read before: there is nothing to compare it with")
        yield Finding(level=Level.WARNING, message=told, ticket=ticket, path=path)
    for commit, path in case.unread_between:
        told = msg(
            "commit {sha} left it unreadable: what it brought counts for the next one", sha=short(commit)
        )
        yield Finding(level=Level.NOTE, message=told, ticket=_ticket_of(path), path=path, commit=commit)


def imported(case: RangeCase) -> Iterator[Finding]:
    """What an import brought is dated and signed by its source; it is counted."""
    found: dict[str, list[int]] = {}
    for ticket in case.tickets:
        if ticket.imported:
            source = str(ticket.after.opened.get("source")) if ticket.after.opened else ""
            found.setdefault(source, []).append(len(ticket.imported))
    for source, counts in found.items():
        yield Finding(level=Level.NOTE, message=_imported(source, counts))


def _imported(source: str, counts: list[int]) -> Message:
    return msg(
        "imported from {source}: {events} on {tickets}, dated by their source",
        source=source,
        events=msgn("{count} event", "{count} events", sum(counts)),
        tickets=msgn("{count} ticket", "{count} tickets", len(counts)),
    )


def _ticket_of(path: str | None) -> str | None:
    return path.rpartition("/")[2].removesuffix(".yaml") if path else None
