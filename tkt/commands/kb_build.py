"""`tkt kb build`: the help centre as a folder of pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tkt.commands.common import Session
from tkt.commands.signature import reads
from tkt.helpcentre.building import Built
from tkt.helpcentre.building import build as built
from tkt.i18n import N_, Message, msg, msgn, render
from tkt.store.places import refuse_ours

FolderOption = Annotated[
    Path,
    typer.Option(
        "--output", "--out", "-o", metavar="DIR", help=N_("The folder: a new one, or one written before.")
    ),
]
PublicOption = Annotated[
    bool,
    typer.Option(
        "--public", help=N_("The public edition: public and verified articles alone, nothing internal.")
    ),
]


@reads
def build(session: Session, output: FolderOption, public: PublicOption = False) -> int:
    """Write the help centre: articles and a search, no server.

    Without --public it is the internal edition, with drafts, owners and sources: never publish that one.
    """
    folder = (session.door.directory / output.expanduser()).resolve()
    refuse_ours(folder, session.desk.root, ending="help")
    found = built(session.desk, folder, session.now, is_public=public)
    code = session.report(found.problems)
    if session.json:
        session.answer(_told(found, folder, public=public))
    else:
        session.say(_edition(found, folder, public=public), *_pages(found))
        if not public:
            session.say(msg("not for publishing: for customers, tkt kb build -o DIR --public"))
    session.note(*found.notes)
    return code


def _edition(found: Built, folder: Path, *, public: bool) -> Message:
    count = sum(found.articles.values())
    if public:
        return msgn(
            "Public edition in {folder}: {count} article, public and verified",
            "Public edition in {folder}: {count} articles, public and verified",
            count,
            folder=str(folder),
        )
    return msgn(
        "Internal edition in {folder}: {count} article, drafts and sources too",
        "Internal edition in {folder}: {count} articles, drafts and sources too",
        count,
        folder=str(folder),
    )


def _pages(found: Built) -> tuple[Message, ...]:
    told = found.written
    return (
        msg(
            "pages written {written}, left as they were {left}, removed {removed}",
            written=len(told.written),
            left=told.left,
            removed=len(told.removed),
        ),
    )


def _told(found: Built, folder: Path, *, public: bool) -> dict[str, object]:
    return {
        "folder": str(folder),
        "edition": "public" if public else "internal",
        "articles": dict(found.articles),
        "written": list(found.written.written),
        "left": found.written.left,
        "removed": list(found.written.removed),
        "notes": [render(note) for note in found.notes],
    }
