"""What does a change between two states of a desk mean?

tkt.comparison finds the files that differ; this reads what else is needed to tell them in words
(`tkt.differences`): when commits were made, articles and replies, and the tickets on which another
configuration is tried. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from tkt.comparison import Comparison, compare, parse_range
from tkt.desk import Desk
from tkt.differences import Difference
from tkt.differing.ends import end, is_proposed, names_of, since_they_parted
from tkt.differing.rooms import Rooms
from tkt.differing.sides import Sides
from tkt.differing.tickets import ticket_changes
from tkt.differing.tried import tried
from tkt.errors import Problem
from tkt.i18n import Message
from tkt.store.gitrepo import EMPTY_TREE, GitRepo

Forecast = Callable[[GitRepo, str, str], Sequence[Message]]
"""(repository, the commit it goes into, the commit that comes) → what to know before merging."""


def nothing_foreseen(_repo: GitRepo, _into: str, _coming: str) -> Sequence[Message]:
    """No forecast."""
    return ()


def difference(
    desk: Desk,
    repo: GitRepo,
    wish: str,
    now: datetime,
    *,
    faults: Sequence[Problem] = (),
    forecast: Forecast = nothing_foreseen,
) -> Difference:
    """Everything that differs between the ends that `wish` names: `A..B`, `A...B`, `A`, or nothing.

    Where A has moved on since B left it, what B did since then is told, as a merge would see it.
    `faults`: why the configuration on the disk cannot be read, where `desk` stands on another one.
    Errors: GitError.
    """
    asked = parse_range(repo, wish)
    span, moved_on = since_they_parted(repo, asked)
    names = names_of(wish)
    return replace(
        _compared(compare(desk, span, repo=repo), now, faults),
        old=end(repo, names[0], asked.old),
        new=end(repo, names[1], asked.new),
        is_proposed=is_proposed(desk, repo, names[0], asked),
        moved_on=moved_on,
        forecast=tuple(forecast(repo, asked.old, asked.new)) if moved_on and asked.new else (),
    )


def _compared(comparison: Comparison, now: datetime, faults: Sequence[Problem]) -> Difference:
    """The two states, whatever they are called."""
    rooms = Rooms(comparison)
    sides = Sides(comparison, rooms.configuration_names, is_broken=bool(faults))
    trial = tried(comparison, sides, now, rooms.configuration_names)
    base = comparison.range.old
    found = Difference(
        now=now,
        config=sides.words,
        base=None if base == EMPTY_TREE else base,
        tickets=sorted(ticket_changes(comparison, sides, now), key=lambda change: change.id),
        effects=trial.found,
        configuration=rooms.plain("configuration"),
        articles=tuple(rooms.texts("knowledge")),
        replies=tuple(rooms.texts("replies")),
        customers=tuple(rooms.customers()),
        attachments=rooms.attachments(),
        files=rooms.plain("other"),
        unread_configuration=sides.unread,
    )
    told = (*faults, *comparison.problems, *sides.problems, *trial.problems, *rooms.problems)
    return replace(found, problems=_once(told))


def _once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Every problem once: the same file may be asked for several things."""
    return tuple({(it.path, it.line, it.code, str(it.message)): it for it in problems}.values())
