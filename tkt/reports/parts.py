"""How does a list of tickets stand in a report: which columns, how many rows, and what is said when it is empty?

Every row says which ticket, whose it is, and what is to be done next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tkt.columns import Columns
from tkt.columns.rows import plain
from tkt.durations import DAY, HOUR, MINUTE, duration_text
from tkt.fields import instant_in, part_of
from tkt.frozen import dataclass
from tkt.i18n import Message, _, current_language, msg, msgn, render
from tkt.render import words
from tkt.render.layout import Cell, PageGrid, Section, Tone
from tkt.render.text import cut, one_line
from tkt.render.values import moment_text, value_text, waiting_text
from tkt.schema import Configuration

MOST = 25
"""So many rows of a list are shown; how many there are is always said."""
LONGEST = 100
"""So many columns of a stranger's words stand in a cell."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a page, and the same for programs."""

    section: Section
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """A ticket of a list: what stands between its owner and its next action, and the same for programs."""

    row: Columns
    cells: tuple[str, ...] = ()
    data: Mapping[str, Any] | None = None
    todo: str = ""  # what is to be done; empty: the ticket's own next action


def section_of(
    name: str, title: Message, grids: Iterable[PageGrid], *, empty: Message, notes: Iterable[str] = ()
) -> Section:
    """A section; where its grids have no rows, the one line that says so."""
    filled = tuple(grid for grid in grids if grid.rows)
    said = () if filled else (render(empty),)
    return Section(render(title), filled, (*said, *notes), name=name)


def tickets_grid(
    name: str,
    about: Message | str,
    entries: Sequence[Entry],
    heads: Sequence[str],
    config: Configuration,
    *,
    total: int | None = None,
) -> PageGrid:
    """A list of tickets; `heads` of the entries' own cells. `total`: how many there are beside those given."""
    shown = entries[:MOST]
    columns = (render(about), _("title"), _("owner"), *heads, _("next action"))
    rows = tuple(_cells(it, config) for it in shown)
    left = (len(entries) if total is None else total) - len(shown)
    return PageGrid(columns, rows, more_text(left), words=frozenset(range(1, len(columns))), name=name)


def more_text(left: int) -> str:
    """What is said below a list that was cut; nothing where nothing is left."""
    return render(msgn("and one more", "and {count} more", left)) if left > 0 else ""


def ticket_data(it: Entry) -> dict[str, Any]:
    """`id title status priority owner`, what the list says of it, `next_action waiting needs`."""
    row = it.row
    return {
        "id": row.id,
        "title": row.line.title,
        "status": row.status,
        "priority": row.line.priority,
        "owner": row.line.owner,
        **(it.data or {}),
        "next_action": plain(row.get("next_action")),
        "waiting": plain(row.get("waiting")),
        "needs": list(row.line.needs),
    }


def tickets_data(entries: Sequence[Entry], total: int | None = None) -> dict[str, Any]:
    """`count`, and the tickets that the page shows."""
    return {
        "count": len(entries) if total is None else total,
        "tickets": [ticket_data(it) for it in entries[:MOST]],
    }


def short(text: object) -> str:
    """A stranger's words on one line, no longer than fits a cell."""
    return cut(one_line(str(text or "")), LONGEST)


def title_cell(title: str | None) -> str:
    """What it is about."""
    return short(title) or _("(no title)")


def owner_name(config: Configuration, owner: str | None) -> str:
    """Whose it is."""
    return short(words.person_name(config, owner)) if owner else _("nobody")


def toned(text: str, tone: Tone, value: float | int | None = None) -> Cell:
    """A cell that calls for attention, or needs none."""
    return Cell(text, tone=tone, value=value)


def next_text(row: Columns) -> str:
    """What is to be done next on a ticket, in a few words: as it is recorded, else what it needs."""
    config, status = row.config, row.status
    if status in config.finished:
        told = msg("none ({status})", status=words.status_name(config, status))
        return _needs(row) or render(msg("tell the customer") if row.summary.told is False else told)
    if config.status_category(status) == "waiting" and row.get("waiting"):
        waiting = waiting_text(row.get("waiting"), config.desk.zone, row.now)
        said = short(render(msg("wait {waiting}", waiting=waiting)))
        return _past(said, row, part_of(row.values, "waiting", "until"))
    return action_cell(row) or _needs(row) or _("none named")


def _needs(row: Columns) -> str:
    """`needs an answer, an owner`; nothing where it needs nothing."""
    needs = tuple(words.need_name(need) for need in row.line.needs)
    return render(msg("needs {things}", things=needs)) if needs else ""


def action_text(row: Columns) -> str:
    """The next action that is recorded: `call the bank, by 11-24 18:00`; who does it, where it is not the owner."""
    action = row.get("next_action")
    if not isinstance(action, Mapping):
        return short(action)
    config, zone = row.config, row.config.desk.zone
    what = value_text(action.get("what"), zone)
    who = str(action.get("who") or "owner")
    if who not in ("owner", row.line.owner):
        what = f"{words.person_name(config, who)}: {what}"
    by = part_of(row.values, "next_action", "by")
    when = moment_text(by, zone, row.now)
    said = msg("{what}, by {when}", what=what, when=when) if by and what else what
    return short(render(said))


def action_cell(row: Columns) -> str:
    """The same, marked where its time is past."""
    return _past(action_text(row), row, part_of(row.values, "next_action", "by"))


def _past(said: str, row: Columns, by: object) -> str:
    """`call the bank, by 11-16 18:00 (6d past)`, in the colour of what is late."""
    at = instant_in(by, row.config)
    if not said or at is None or at >= row.now:
        return said
    seconds = int((row.now - at).total_seconds())
    unit = next((it for it in (DAY, HOUR) if seconds >= it), MINUTE)
    span = duration_text(max(seconds - seconds % unit, MINUTE), current_language())
    return Cell(render(msg("{action} ({span} past)", action=said, span=span)), tone="bad")


def priority_cell(row: Columns) -> Cell:
    """`P1`; the most urgent one of the desk is set off."""
    priority = row.line.priority
    is_first = priority is not None and priority == min(row.config.taxonomy.priority_names, default="")
    return Cell(short(priority) or "–", tone="bad" if is_first else "")


def recorded_cause(row: Columns | None) -> str | None:
    """The cause that was recorded with the resolution of a ticket, as it is today."""
    resolution = None if row is None else row.get("resolution")
    cause = resolution.get("cause") if isinstance(resolution, Mapping) else None
    return None if cause is None else str(cause)


def _cells(it: Entry, config: Configuration) -> tuple[str, ...]:
    row = it.row
    return (
        Cell(row.id, ticket=row.id),
        title_cell(row.line.title),
        owner_name(config, row.line.owner),
        *it.cells,
        it.todo or next_text(row),
    )
