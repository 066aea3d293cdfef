"""When does a command say by the way that an article may help?

When a ticket is made, shown or answered that is not solved; a desk without articles loads nothing for it.
"""

from __future__ import annotations

from os import scandir
from pathlib import Path

from tkt.commands.common import Session
from tkt.model import Ticket


def suggest_beside(session: Session, ticket: Ticket) -> None:
    """A line on standard error for each of the best articles; nothing for a program, nor for a solved ticket."""
    if session.json or session.common.quiet or ticket.status in session.desk.config.finished:
        return
    if _has_articles(session.desk.root / "knowledge"):
        from tkt.commands.kb_suggesting import tell_suggestions

        tell_suggestions(session, ticket)


def _has_articles(folder: Path) -> bool:
    try:
        with scandir(folder) as found:
            return any(it.name.endswith(".md") or it.is_dir(follow_symlinks=False) for it in found)
    except OSError:
        return False
