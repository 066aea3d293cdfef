"""What was found, and is it good enough? As a table for people, as JSON for programs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from limits import GROWTH, LIMITS, SIZE, STEP

HEAD = (
    "what",
    "tickets",
    "seconds",
    "floor",
    "seconds",
    "ratio",
    "limit",
    "verdict",
    "peak MB",
    "growth",
    "note",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One case at one size."""

    case: str
    tickets: int
    floor: str  # what it is measured against, in words; empty if nothing
    seconds: float
    floor_seconds: float | None
    peak_mb: float
    runs: int  # 0 if it failed, and then nothing else means anything
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """To the floor."""
        return self.seconds / self.floor_seconds if self.floor_seconds else None

    @property
    def verdict(self) -> str:
        """`ok`, `missed`, `failed`, or nothing where no limit is set for this case and size."""
        if not self.runs:
            return "failed"
        limit = LIMITS.get(self.case)
        if limit is None or self.tickets != SIZE:
            return ""
        pairs = (
            (self.ratio, limit.ratio),
            (self.seconds, limit.seconds),
            (self.peak_mb, limit.megabytes),
        )
        missed = [is_at for is_at, most in pairs if most is not None and (is_at is None or is_at > most)]
        return "missed" if missed else "ok"


def growth(figure: Figure, figures: Sequence[Figure]) -> tuple[float, float] | None:
    """Factor and exponent from the next smaller size; None for the smallest."""
    smaller = [it for it in figures if it.case == figure.case and it.tickets < figure.tickets and it.runs]
    if not smaller or not figure.runs:
        return None
    before = max(smaller, key=lambda it: it.tickets)
    factor = figure.seconds / before.seconds
    return factor, math.log(factor) / math.log(figure.tickets / before.tickets)


def too_steep(figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether it grows more than linearly over the step that has a limit."""
    at = {it.tickets: it.seconds for it in figures if it.case == figure.case and it.runs}
    return figure.tickets == STEP[1] and at.keys() >= set(STEP) and at[STEP[1]] > GROWTH * at[STEP[0]]


def cells(figure: Figure, figures: Sequence[Figure]) -> tuple[str, ...]:
    """A row of the table."""
    grown = growth(figure, figures)
    steep = " missed" if too_steep(figure, figures) else ""
    return (
        figure.case,
        f"{figure.tickets:,}",
        f"{figure.seconds:.3f}" if figure.runs else "",
        figure.floor,
        "" if figure.floor_seconds is None else f"{figure.floor_seconds:.3f}",
        "" if figure.ratio is None else f"{figure.ratio:.2f}",
        str(LIMITS.get(figure.case, "")),
        figure.verdict,
        f"{figure.peak_mb:.0f}" if figure.runs else "",
        "" if grown is None else f"×{grown[0]:.1f} (n^{grown[1]:.2f}){steep}",
        figure.note,
    )


def as_json(figure: Figure, figures: Sequence[Figure]) -> dict[str, object]:
    """The same for programs."""
    grown = growth(figure, figures)
    return {
        "case": figure.case,
        "tickets": figure.tickets,
        "seconds": round(figure.seconds, 4) if figure.runs else None,
        "floor": figure.floor or None,
        "floor_seconds": None if figure.floor_seconds is None else round(figure.floor_seconds, 4),
        "ratio": None if figure.ratio is None else round(figure.ratio, 3),
        "limit": str(LIMITS.get(figure.case, "")) or None,
        "verdict": figure.verdict or None,
        "peak_mb": round(figure.peak_mb, 1) if figure.runs else None,
        "runs": figure.runs,
        "growth": None if grown is None else round(grown[0], 3),
        "exponent": None if grown is None else round(grown[1], 3),
        "too_steep": too_steep(figure, figures),
        "note": figure.note or None,
    }


def all_good(figures: Sequence[Figure]) -> bool:
    """Whether no limit was missed."""
    return not any(it.verdict in ("missed", "failed") or too_steep(it, figures) for it in figures)
