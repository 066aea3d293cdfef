"""What do all commands share that write: the door to the desk, the exchange of commits, what a program is told?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tkt import clock
from tkt.changes import Changes, Written
from tkt.commands.common import Session
from tkt.errors import TktError
from tkt.i18n import Message, msg, render

AHEAD = timedelta(minutes=5)
"""So far ahead of the computer's clock a time may be before that is told."""


def changes_of(session: Session) -> Changes:
    """The door through which this command writes."""
    note_ahead(session)
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


def note_ahead(session: Session) -> None:
    """Tell where `--now` makes of what is written something that has not happened yet."""
    if session.common.now and session.now - clock.now_at_the_door() > AHEAD:
        session.note(
            msg(
                "--now is later than this computer's clock: what is written is recorded in the future"
                " (tkt tick --dry-run --now TIME looks ahead and writes nothing)"
            )
        )


def sync_after(session: Session, commit: str | None) -> None:
    """Exchange commits with the others, where the desk wishes that after each command that made one.

    Only a branch that others have already is exchanged, and only the desk's own where `git.branch` names
    it: nothing is published by the way. What came of it is a note: the command itself is done.
    """
    if commit is None or session.desk.config.desk.git.sync != "after-write":
        return
    session.note(exchanged(session)[0])


def exchanged(session: Session) -> tuple[Message, bool]:
    """Exchange commits with the others now: what came of it, and whether all is well."""
    from tkt.sync import is_shared, sync

    try:
        if not is_shared(session.desk):
            return msg("not synced: this branch is not shared; tkt sync shares it"), False
        report = sync(session.desk, now=session.now)
    except TktError as error:
        fault = (
            error.message if error.hint is None else msg("{one}; {two}", one=error.message, two=error.hint)
        )
        return msg("not synced: {fault}", fault=fault), False
    return report.summary, not (report.offline or report.problems)
