"""What does somebody ask for who types a query with names of saved views in it?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tkt.commands.common import Session
from tkt.errors import NotFound, did_you_mean
from tkt.i18n import msg
from tkt.late import late

_VIEW = late(
    r'"(?:\\.|[^"\\])*"|“[^”]*”'  # what stands in quotes is no view
    r"|(?<![^\s(（-])[@＠](?P<name>[^\s()（）]+)"
)
SIGNS = ("@", "＠")
EVERYTHING = "status:all"


def asked(session: Session, words: Sequence[str]) -> str:
    """The words as one query; `@name` stands for a saved view. Errors: NotFound for one that is none."""
    return _VIEW.sub(lambda found: _put(session, found), " ".join(words))


def _put(session: Session, found: re.Match[str]) -> str:
    return found[0] if found["name"] is None else f"({view_named(session, found['name'])})"


def view_named(session: Session, name: str) -> str:
    """The query of a saved view. Errors: NotFound with the nearest name there is."""
    views = session.desk.config.views.views
    if name not in views:
        raise NotFound(
            msg("no view {name} in config/views.yaml", name=name),
            hint=did_you_mean(name, views) or msg("tkt list --views"),
        )
    return views[name].strip() or EVERYTHING
