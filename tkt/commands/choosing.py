"""Which tickets is a changing command about: those named, or all that a query finds?"""

from __future__ import annotations

from collections.abc import Sequence

import typer

from tkt.columns import Columns
from tkt.commands.asked import asked
from tkt.commands.common import Session
from tkt.commands.naming import named
from tkt.errors import EXIT_INTERRUPTED, Refused, TktError, UsageError
from tkt.i18n import Message, _, msg, msgn, render
from tkt.late import late
from tkt.render.text import cut, one_line

SHOWN = 5
"""So many of the tickets of a query are shown before it is asked whether to go on."""

IN_GROUPS = {"ack": "sla ack"}
"""What is typed behind the name of its group."""

_BETWEEN = late(r"[,，、\s]+")


class NotAsked(UsageError):
    """There is no terminal at which somebody could say yes."""


class SaidNo(TktError):
    """Somebody looked at what it would be about, and said no."""

    code = "interrupted"
    exit_code = EXIT_INTERRUPTED

    def __init__(self) -> None:
        super().__init__(msg("nothing was changed"))


def parts_of(tickets: str | Sequence[str] | None) -> tuple[str, ...]:
    """The ids as they were typed, one after the other or with commas between them; each once."""
    words = [tickets] if isinstance(tickets, str) else list(tickets or ())
    parts = (part for word in words for part in _BETWEEN.split(word))
    return tuple(dict.fromkeys(part for part in parts if part))


def one_of(session: Session, tickets: str | Sequence[str] | None) -> str | None:
    """The one ticket that was named; None where several are, or a query finds them."""
    parts = parts_of(tickets)
    return named(session, parts[0]) if len(parts) == 1 and not session.common.query else None


def chosen(session: Session, tickets: str | Sequence[str] | None, *, verb: str) -> tuple[str, ...]:
    """The parts of ids that the command is about; for a query whole ids, once somebody said yes.

    Errors: UsageError, NotAsked, SaidNo; NotFound for `@` where no ticket was named.
    """
    parts, query = parts_of(tickets), session.common.query.strip()
    if query and parts:
        raise UsageError(
            msg("ids and --query together: say which tickets in one of the two ways"),
            hint=_example(verb),
        )
    if query:
        return _found(session, query, verb)
    if not parts:
        raise UsageError(msg("which ticket?"), hint=_example(verb))
    _refuse_fields(parts, verb)
    return tuple(dict.fromkeys(named(session, part) for part in parts))


def _refuse_fields(parts: Sequence[str], verb: str) -> None:
    """`impact=one` is no ticket. Errors: UsageError."""
    fields = [part for part in parts if "=" in part or "\uff1d" in part]
    if fields:
        raise UsageError(
            msg("{word} is a field, expected a ticket", word=fields[0]),
            hint=msg(
                "tkt {verb} ID {sets}", verb=_typed(verb), sets=" ".join(f"--set {each}" for each in fields)
            ),
        )


def _example(verb: str) -> Message:
    return msg('tkt {verb} ID …, or: tkt {verb} --query "QUERY" …', verb=_typed(verb))


def _typed(verb: str) -> str:
    """The words of the command line for what a command does."""
    return IN_GROUPS.get(verb, verb)


def _found(session: Session, query: str, verb: str) -> tuple[str, ...]:
    found = session.desk.matching(session.query(asked(session, [query])), session.now)
    if found.problems:
        session.report(found.problems)
        raise Refused(
            msg("nothing was changed: files that cannot be read might be meant too"),
            hint=msg("tkt check"),
        )
    if found.rows:
        _confirm(session, query, found.rows, verb)
    return tuple(sorted(row.id for row in found.rows))


def _confirm(session: Session, query: str, rows: Sequence[Columns], verb: str) -> None:
    """Show how many, and the first; go on with `--yes` or a yes. Errors: NotAsked, SaidNo."""
    if session.common.yes:
        return
    count = msgn(
        "{query} finds {count} ticket", "{query} finds {count} tickets", len(rows), query=one_line(query)
    )
    if not session.is_at_terminal:
        raise NotAsked(
            msg("nothing was changed: {found}, and nobody is here to be asked", found=count),
            hint=msg("look first: tkt list QUERY; then: tkt {verb} … --yes", verb=_typed(verb)),
        )
    session.say(count, *(_line(session, row) for row in rows[:SHOWN]))
    if len(rows) > SHOWN:
        more = len(rows) - SHOWN
        session.say(msgn("  and {count} more", "  and {count} more", more))
    if not typer.confirm(
        render(msg("tkt {verb} for all {count} of them?", verb=_typed(verb), count=len(rows))), default=False
    ):
        raise SaidNo


def _line(session: Session, row: Columns) -> str:
    return cut(f"  {row.id}  {one_line(row.title) or _('(no title)')}", session.screen.columns)
