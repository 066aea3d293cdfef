"""How did each cycle of a ticket's clocks go? One row a cycle."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tkt.clocks.causes import CAUSES, OTHER
from tkt.export.parquet.tables import Row
from tkt.kpis.attainment import decided_at
from tkt.kpis.life import seconds_between
from tkt.sla import ServiceLevels, Standings, Verdict, family_of, verdicts_at


def verdict_rows(ticket: str, standings: Standings, levels: ServiceLevels, now: datetime) -> Iterator[Row]:
    """The verdicts at `now`, which is the instant of `standings` or later. Seconds are of the cycle's calendar."""
    verdicts = verdicts_at(standings, ticket, levels, now)
    for place, (standing, verdict) in enumerate(zip(standings.cycles, verdicts, strict=True)):
        outcome = standing.at(now)
        decided = decided_at(outcome)
        is_late = outcome.breached_at is not None
        yield "verdicts", (
            ticket, verdict.clock, family_of(verdict.clock), verdict.cycle, verdict.state, verdict.policy,
            verdict.priority, verdict.calendar, verdict.ladder, verdict.via, verdict.reason, _cause(outcome.cause),
            verdict.start_at, verdict.due_at, verdict.ended_at, verdict.fulfilled_at, verdict.breached_at, decided,
            place, verdict.target_s, verdict.elapsed_s, verdict.paused_s, verdict.remaining_s, _wall(verdict),
            decided is not None and not is_late, decided is not None and is_late, verdict.acknowledged,
        )  # fmt: skip


def _cause(cause: str | None) -> str | None:
    """One of `CAUSES`, or `other` for a word of another program and for none."""
    return cause if cause is None or cause in CAUSES else OTHER


def _wall(verdict: Verdict) -> int | None:
    """The seconds on the wall clock until it was fulfilled."""
    if verdict.start_at is None or verdict.fulfilled_at is None:
        return None
    return seconds_between(verdict.start_at, verdict.fulfilled_at)
