"""What is wrong with a row, and how is it told where many rows have the same fault?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.i18n import Message, msg, msgn, render


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFault:
    """A fault of one row. `used`: the row still goes into its ticket, and this is only told."""

    row: int
    message: Message
    column: str | None = None
    hint: Message | None = None
    used: bool = False

    @property
    def told(self) -> Message:
        """With the column in front."""
        if self.column is None:
            return self.message
        return msg("{column}: {fault}", column=self.column, fault=self.message)


def problems_of(faults: Iterable[RowFault], file: str, limit: int) -> tuple[Problem, ...]:
    """The faults that keep rows out, the same one told once, at most `limit` of them."""
    groups = list(_grouped(fault for fault in faults if not fault.used))
    found = [_problem(group, file) for group in groups[:limit]]
    rest = sum(len(group) for group in groups[limit:])
    if rest:
        message = msgn("{count} more fault", "{count} more faults", rest)
        hint = msg("--skip-bad bad.csv imports the other rows and writes these to a file")
        found.append(Problem(code="row", path=file, message=message, hint=hint))
    return tuple(found)


def _grouped(faults: Iterable[RowFault]) -> Iterable[Sequence[RowFault]]:
    groups: dict[str, list[RowFault]] = {}
    for fault in faults:
        groups.setdefault(render(fault.told), []).append(fault)
    return groups.values()


def _problem(group: Sequence[RowFault], file: str) -> Problem:
    first = group[0]
    rows = len({fault.row for fault in group}) - 1
    more = msgn("{fault} (and {count} more row)", "{fault} (and {count} more rows)", rows, fault=first.told)
    return Problem(
        code="row", path=file, line=first.row, message=more if rows else first.told, hint=first.hint
    )
