"""From when on does the knowledge base call for attention? `thresholds.article` of config/reports.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tkt.durations import DAY, DurationError, parse_duration
from tkt.frozen import dataclass
from tkt.late import late

WANTED = "3 solved of one product and category in 30 days"
REVIEW_AFTER = UNUSED_AFTER = "180 days"
WITHOUT = frozenset({"complaint"})
"""Types of tickets that no article answers."""
KEYS = ("wanted", "review_after", "unused_after", "without")
_WANTED = late(
    r"\s*(?P<count>[1-9]\d{0,5})\s+solved\s+of\s+one\s+product\s+and\s+category\s+in\s+(?P<span>.+)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """`wanted` solved problems within `within` call for an article; it is looked at again after `review_after`.

    Of the types of `without` none is called for.
    """

    wanted: int
    within: timedelta
    review_after: timedelta
    unused_after: timedelta
    without: frozenset[str] = WITHOUT


def limits_in(thresholds: Mapping[str, Any]) -> Limits:
    """The limits that a desk has set; what it says in words that mean nothing counts as not said."""
    given = thresholds.get("article")
    said = given if isinstance(given, dict) else {}
    wanted, within = _wanted(said.get("wanted")) or _wanted(WANTED) or (3, 30 * DAY)
    spans = (span_in(said.get(key)) or span_in(REVIEW_AFTER) or 0 for key in ("review_after", "unused_after"))
    review, unused = (timedelta(seconds=span) for span in spans)
    types = said.get("without")
    return Limits(
        wanted=wanted,
        within=timedelta(seconds=within),
        review_after=review,
        unused_after=unused,
        without=frozenset(map(str, types)) if isinstance(types, list) else WITHOUT,
    )


def faults_in(thresholds: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys of `article` whose words mean nothing."""
    given = thresholds.get("article")
    said = given if isinstance(given, dict) else {}
    spans = (key for key in ("review_after", "unused_after") if key in said and not span_in(said[key]))
    wanted = ("wanted",) if "wanted" in said and _wanted(said["wanted"]) is None else ()
    without = ("without",) if not isinstance(said.get("without", []), list) else ()
    return (*wanted, *spans, *without)


def span_in(value: object) -> int | None:
    """Seconds of `180 days`; None for what is no span."""
    try:
        return parse_duration(str(value), days=True) or None
    except DurationError:
        return None


def _wanted(value: object) -> tuple[int, int] | None:
    found = _WANTED.fullmatch(str(value))
    span = span_in(found["span"]) if found else None
    return (int(found["count"]), span) if found and span else None
