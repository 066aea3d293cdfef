"""How is a person told that verdicts reach years whose holidays the desk does not know? (docs/sla.md C1)"""

from __future__ import annotations

from collections.abc import Iterable

from tkt.commands.common import Session
from tkt.i18n import render
from tkt.policies.coverage import Judged, uncovered_told, uncovered_years
from tkt.schema import Configuration
from tkt.sla import ServiceLevels


def note_unknown_years(
    session: Session, verdicts: Iterable[Judged], config: Configuration | None = None
) -> None:
    """A note for each calendar that these verdicts reach beyond, with the command that helps.

    `config`: by which they were judged, where that is not the desk's.
    """
    levels = session.desk.levels
    if config is not None and config is not levels.config:
        levels = ServiceLevels.from_configuration(config)
    found = uncovered_years(verdicts, levels, session.now)
    session.note(*(uncovered_told(each) for each in found))


def notes_json(session: Session) -> dict[str, list[str]]:
    """`notes` of an answer that has none where there is nothing to note (docs/json.md)."""
    return {"notes": [render(note) for note in session.notes]} if session.notes else {}
