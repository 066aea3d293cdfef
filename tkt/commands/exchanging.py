"""How do the rounds of `tkt tick --every` meet what others do?"""

from __future__ import annotations

from tkt.commands.committing import exchanged
from tkt.commands.common import Session
from tkt.i18n import Message, msg


class Exchange:
    """Before each round commits are exchanged, where the desk wishes that after each command that writes.

    What goes wrong is told when it begins and when it is over, and is tried again in the next round.
    """

    def __init__(self) -> None:
        self._told: Message | None = None

    def before(self, session: Session) -> None:
        """Fetch, merge and push; `session` sees the desk as it was before that. Errors: ConfigError."""
        if session.desk.config.desk.git.sync != "after-write":
            self._tell(
                session,
                msg(
                    "it works on this clone alone; to see what others push: {setting} in tkt.yaml",
                    setting="git: {sync: after-write}",
                ),
            )
            return
        said, is_well = exchanged(session)
        if not is_well:
            self._tell(session, said)
        elif self._told is not None:
            session.note(said)
            self._told = None

    def _tell(self, session: Session, said: Message) -> None:
        if said != self._told:
            session.note(said)
        self._told = said
