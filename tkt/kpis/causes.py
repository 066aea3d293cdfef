"""Why were promises missed, as far as somebody said so? (docs/kpi.md K3)

An acknowledged breach stays a breach; here it is counted once more, under its cause.
"""

from __future__ import annotations

from collections.abc import Iterable

from tkt.clocks.causes import CAUSES, OTHER, SHORT
from tkt.i18n import msg
from tkt.kpis.figures import Grid, Row, count
from tkt.kpis.life import Life
from tkt.sla import Outcome


def causes_grid(breached: Iterable[tuple[Life, Outcome]]) -> Grid:
    """Of these breached cycles those that were acknowledged, and how many of them under each cause; no row without any."""
    known = [(life.id, _kind(it.cause)) for life, it in breached if it.cause is not None]
    shown = (*CAUSES, OTHER) if any(cause == OTHER for _, cause in known) else CAUSES
    figures = (
        count([ticket for ticket, its_own in known if its_own == cause], "acknowledged", cause)
        for cause in shown
    )
    total = count([ticket for ticket, _ in known], "acknowledged", "n")
    row = Row(msg("acknowledged"), (total, *figures))
    return Grid(
        (msg("n"), *(msg(SHORT[cause]) for cause in shown)),
        (row,) if known else (),
        about=msg("by cause"),
    )


def _kind(cause: str) -> str:
    """Another program may have recorded one without a cause, or with one of its own."""
    return cause if cause in CAUSES else OTHER
