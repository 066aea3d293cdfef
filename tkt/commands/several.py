"""How is one action carried out on several tickets, and what is told of it?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tkt.actions import Actor
from tkt.changes import Done, Written
from tkt.commands.common import Session
from tkt.commands.naming import remember
from tkt.commands.writing import changes_of, sync_after
from tkt.i18n import msg, msgn, render
from tkt.model import Ticket
from tkt.render import words
from tkt.render.text import one_line
from tkt.schema import Configuration

PureAction = Callable[[Ticket, Actor, Configuration], Ticket]

TOLD = 20
"""So many tickets are told one by one; of more only how many."""


def change_several(session: Session, parts: Sequence[str], action: PureAction, *, verb: str) -> int:
    """Carry `action` out on all tickets, with one commit, or on none; and tell of it."""
    session.is_about_several = True
    actor, config = session.actor, session.desk.config
    written = changes_of(session).change_each(parts, lambda found: action(found, actor, config), verb=verb)
    if session.json:
        session.answer(_as_json(session, written))
    else:
        _tell(session, written)
        sync_after(session, written.commit)
    if not session.common.query:
        remember(session, session.desk.find(parts[-1]).id)
    return 0


def _tell(session: Session, written: Written) -> None:
    session.note(*written.notes)
    session.say(*(_line(session, each) for each in written.done[:TOLD]))
    more = len(written.done) - TOLD
    if more > 0:
        session.say(msgn("and {count} more", "and {count} more", more))
    if written.unchanged:
        unchanged = len(written.unchanged)
        session.say(
            msgn("{count} ticket: nothing to change", "{count} tickets: nothing to change", unchanged)
        )
    if written.done:
        session.say(msgn("{count} ticket changed", "{count} tickets changed", len(written.done)))
    elif not written.unchanged:
        session.note(msg("nothing matches"))


def _line(session: Session, done: Done) -> str:
    status = words.status_name(session.desk.config, done.status)
    return render(msg("{id} is {status}: {title}", id=done.id, status=status, title=one_line(done.title)))


def _as_json(session: Session, written: Written) -> dict[str, object]:
    sync_after(session, written.commit)
    return {
        "tickets": [
            {"id": it.id, "status": it.status, "path": it.path, "title": it.title, "was": it.was}
            for it in written.done
        ],
        "unchanged": list(written.unchanged),
        "written": {
            "commit": written.commit,
            "paths": list(written.paths),
            "notes": [render(note) for note in (*session.notes, *written.notes)],
        },
    }
