"""How does a ticket look as one JSON object, with its events where they are asked for?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from typing import Any

from tkt.columns import Columns
from tkt.desk import UNREADABLE
from tkt.errors import Problem
from tkt.export.choosing import OutColumn
from tkt.export.rows import value_of
from tkt.render.jsons import event_json, plain


def json_objects(
    rows: Iterable[Columns],
    columns: Sequence[OutColumn],
    *,
    with_events: bool,
    problems: list[Problem],
) -> Iterator[dict[str, Any]]:
    """The rows of `tkt list --json`, or their `columns` alone, one at a time.

    Of a ticket that went meanwhile, and of which the index knows nothing, there is none: a problem joins `problems`.
    """
    for each in rows:
        row = copy(each)  # what is computed of it goes with the copy: memory stays as it is
        try:
            found = plain({it.key: value_of(row, it) for it in columns} if columns else row.row())
            ticket = row.ticket if with_events else None
        except UNREADABLE as error:
            problems += error.problems
            continue
        if ticket is None:
            yield found
            continue
        rest = {} if columns else {key: plain(it) for key, it in ticket.values.items() if key not in found}
        yield {**found, **rest, "events": [event_json(event) for event in ticket.events]}
