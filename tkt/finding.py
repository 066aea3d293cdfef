"""Which one ticket is meant by a part of an id, or of an id that it had before?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tkt.errors import Ambiguous, NotFound
from tkt.i18n import msg
from tkt.ids import lenient
from tkt.store import sparse
from tkt.store.tree import Found

if TYPE_CHECKING:
    from tkt.desk import Desk

ENOUGH = 5
"""Characters of an id by which a ticket is looked for among those that had it before."""


def found_by(desk: Desk, part: str) -> Found:
    """The file of the one ticket whose id has this part, else of the one whose former id had it.

    Errors: NotFound, Ambiguous; LeftOut where a sparse checkout keeps it off the disk.
    """
    candidates = desk.tree.find(part) or _renumbered(desk, part)
    if not candidates:
        from shlex import quote

        raise NotFound(msg("no ticket {part}", part=part), hint=msg("tkt search {part}", part=quote(part)))
    if len(candidates) > 1:
        raise _ambiguous(desk, part, candidates)
    if candidates[0] in desk.tree.left_out:
        raise sparse.needed(desk.root, candidates[0].path)
    return candidates[0]


def _renumbered(desk: Desk, part: str) -> tuple[Found, ...]:
    """The tickets that had such an id before; files are opened, so only where no ticket has it now."""
    from tkt.columns.history import former_ids

    wanted = lenient(part)
    if len(wanted) < ENOUGH:
        return ()
    found = desk.tickets_holding([wanted[-ENOUGH:]])
    named = [it.id for it in found if any(wanted in lenient(was) for was in former_ids(it))]
    return tuple(place for name in named for place in desk.tree.find(name))


def _ambiguous(desk: Desk, part: str, candidates: tuple[Found, ...]) -> Ambiguous:
    ids = {found.id for found in candidates}
    if len(ids) == 1:
        paths = tuple(found.path for found in candidates)
        return Ambiguous(
            msg("{id} is in two places: {paths}", id=ids.pop(), paths=paths),
            hint=msg("tkt repair, if it is one ticket twice; tkt check --fix, if they are two tickets"),
        )
    shown = [_title_line(desk, found) for found in sorted(candidates, key=lambda each: each.id)[:10]]
    return Ambiguous(
        msg("{part} is a part of {count} ids:\n{lines}", part=part, count=len(ids), lines="\n".join(shown)),
        hint=msg("give one more character"),
    )


def _title_line(desk: Desk, found: Found) -> str:
    from tkt.desk import UNREADABLE

    try:
        return f"  {found.id}  {desk.loaded(found).ticket.title}"
    except UNREADABLE:
        return f"  {found.id}"
