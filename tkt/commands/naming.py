"""Which ticket does somebody mean by what they typed? `@` is the one named last."""

from __future__ import annotations

from tkt.commands.common import Session
from tkt.errors import NotFound
from tkt.i18n import Message, msg
from tkt.last import name_last, named_last
from tkt.model import Ticket
from tkt.render.text import one_line

LAST = ("@", "＠")


def named(session: Session, part: str, *, is_told: bool = True) -> str:
    """What to look for: `part` itself, or for `@` the whole id of the ticket named last.

    Which one that is, is told: where it is changed, and not where its page says it. Errors: NotFound where `@` is none.
    """
    if part.strip() not in LAST:
        return part
    root = session.desk.root
    last = named_last(root)
    if last is None:
        raise NotFound(
            msg("no ticket was named at this terminal lately, so @ is none of them"),
            hint=msg("tkt list"),
        )
    ticket = session.desk.ticket(last)
    if is_told:
        session.note(msg("@ is {id} {title}", id=ticket.id, title=one_line(ticket.title)))
    return ticket.id


def note_about(session: Session, ticket: Ticket, *notes: Message) -> None:
    """Tell notes about one ticket, with its id where the command is about several."""
    if session.is_about_several:
        notes = tuple(msg("{id}: {text}", id=ticket.id, text=note) for note in notes)
    session.note(*notes)


def remember(session: Session, ticket_id: str) -> None:
    """From now on `@` is this ticket, at this terminal."""
    name_last(session.desk.root, ticket_id)
