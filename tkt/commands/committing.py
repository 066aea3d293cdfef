"""What do all commands share that write: the door to the desk, the exchange of commits, what a program is told?"""

from __future__ import annotations

from typing import Any

from tkt.changes import Changes, Written
from tkt.commands.common import Session
from tkt.errors import TktError
from tkt.i18n import msg, render


def changes_of(session: Session) -> Changes:
    """The door through which this command writes."""
    return Changes(
        desk=session.desk,
        now=session.now,
        commits=session.commits,
        who=lambda: session.me,
        beside=session.beside,
    )


def written_json(session: Session, written: Written) -> dict[str, Any]:
    """`written` of the answer (docs/json.md), once commits were exchanged."""
    sync_after(session, written.commit)
    return {
        "commit": written.commit,
        "paths": list(written.paths),
        "notes": [render(note) for note in (*session.notes, *written.notes)],
    }


def sync_after(session: Session, commit: str | None) -> None:
    """Exchange commits with the others, where the desk wishes that after each command that made one.

    Only a branch that others have already is exchanged, and only the desk's own where `git.branch` names
    it: nothing is published by the way. What came of it is a note: the command itself is done.
    """
    if commit is None or session.desk.config.desk.git.sync != "after-write":
        return
    from tkt.sync import is_shared, sync

    try:
        if is_shared(session.desk):
            session.note(sync(session.desk, now=session.now).summary)
        else:
            session.note(msg("not synced: this branch is not shared; tkt sync shares it"))
    except TktError as error:
        fault = (
            error.message if error.hint is None else msg("{one}; {two}", one=error.message, two=error.hint)
        )
        session.note(msg("not synced: {fault}", fault=fault))
