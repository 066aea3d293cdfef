"""How is one action carried out on several tickets, and what is told of it?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tkt.actions.given import PureAction
from tkt.changes import Done, Written
from tkt.commands.asked import asked
from tkt.commands.committing import changes_of, sync_after, written_json
from tkt.commands.common import Session
from tkt.commands.naming import remember
from tkt.i18n import msg, msgn, render
from tkt.model import Ticket
from tkt.render import words
from tkt.render.text import one_line

TOLD = 20
"""So many tickets are told one by one; of more only how many."""


def change_several(session: Session, parts: Sequence[str], action: PureAction, *, verb: str) -> int:
    """Carry `action` out on all tickets, with one commit, or on none; and tell of it."""
    session.is_about_several = True
    actor, config = session.actor, session.desk.config
    is_meant = _meant(session)
    written = changes_of(session).change_each(
        parts, lambda found: action(found, actor, config) if is_meant(found) else found, verb=verb
    )
    if session.json:
        session.answer(_as_json(session, written))
    else:
        _tell(session, written)
        sync_after(session, written.commit)
    if not session.common.query:
        remember(session, session.desk.find(parts[-1]).id)
    return 0


def _meant(session: Session) -> Callable[[Ticket], bool]:
    """Whether a query still finds a ticket: somebody may have changed it while it was asked whether to go on."""
    asked_for = session.common.query.strip()
    if not asked_for:
        return lambda _: True
    desk, query = session.desk, session.query(asked(session, [asked_for]))
    return lambda ticket: query.matches(desk.columns(ticket, session.now).lookup)


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
    return {
        "tickets": [
            {"id": it.id, "status": it.status, "path": it.path, "title": it.title, "was": it.was}
            for it in written.done
        ],
        "unchanged": list(written.unchanged),
        "written": written_json(session, written),
    }
