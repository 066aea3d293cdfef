"""Where was a ticket, for how long, and what did each of its moves mean? One row a visit of a status."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tkt.export.parquet.tables import Row
from tkt.kpis.facts import Stay
from tkt.kpis.life import Life, seconds_between


def stay_rows(life: Life) -> Iterator[Row]:
    """The stays in their order; seconds of one that goes on are not known yet."""
    resolves = set(life.resolves)
    was_finished: bool | None = None
    for place, stay in enumerate(life.stays):
        enters = stay.is_finished and not was_finished
        yield "stays", (
            life.id, stay.status, stay.start, stay.end,
            place, *_seconds(life, stay, stay.end),
            stay.is_finished, enters and stay.start in resolves, enters, bool(was_finished) and not stay.is_finished,
        )  # fmt: skip
        was_finished = stay.is_finished


def _seconds(life: Life, stay: Stay, end: datetime | None) -> tuple[int | None, int | None, int | None]:
    """On the wall; of the requester's wait; of work (docs/kpi.md K2)."""
    if end is None:
        return None, None, None
    span = (stay.start, end)
    if stay.is_finished:
        return seconds_between(*span), 0, 0
    return seconds_between(*span), life.requester_wait(span), life.work(span)
