"""Why is a record written again? One sentence for a person."""

from __future__ import annotations

from pathlib import PurePosixPath

from tkt.i18n import Message, msg
from tkt.repair.records import is_ticket
from tkt.repair.together import Outcome


def why(outcome: Outcome) -> Message:
    """What was done to a record of a merge, and where it lies now."""
    where = outcome.path or ""
    if outcome.beside:
        return msg(
            "two tickets were opened under this id: the younger one becomes {id}",
            id=", ".join(PurePosixPath(path).stem for path in outcome.beside),
        )
    if outcome.was_deleted:
        return msg("one side removed it while the other changed it: it stays, at {path}", path=where)
    if not outcome.is_merged and not outcome.files:
        return msg("git had kept it, though it was removed and nobody else changed it")
    if not outcome.is_merged:
        return msg("git had taken it for another one: it is as it was committed, at {path}", path=where)
    if is_ticket(outcome.versions.key):
        return msg("both sides changed it: put together event by event, at {path}", path=where)
    return msg("both sides changed it: put together key by key, at {path}", path=where)
