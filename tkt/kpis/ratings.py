"""What did somebody answer to a survey, and is that a good answer? (docs/kpi.md K6, K7)"""

from __future__ import annotations

from datetime import datetime

import msgspec

from tkt.kpis.stats import Number
from tkt.model import Event, Value
from tkt.schema import Configuration

CSAT, NPS = "csat", "nps"
STARS, GRADES, YES_NO = 5, 10, 1
"""The best score of each way to ask: stars, 0 to 10, yes or no."""
GOOD = 0.8
"""Four stars of five, and all that is as good of another scale."""
LOW = 2
"""Stars that are a low score where config/reports.yaml does not say (`survey.low_score`)."""
_WORDS = {"yes": 1, "no": 0, "true": 1, "false": 0}


class Rating(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An answer that can be counted."""

    at: datetime
    survey: str  # answers to the same one replace each other
    kind: str  # csat, nps
    score: int | float
    best: int  # the highest score there is: 5 stars, 10, or 1 for yes
    comment: str | None

    @property
    def is_positive(self) -> bool:
        """Four or five stars; yes."""
        return self.score >= GOOD * self.best

    def is_low(self, limit: float) -> bool:
        """Whether somebody should ask what went wrong. `limit` in stars of five; a no is always low."""
        return self.score == 0 if self.best == YES_NO else self.score <= limit * self.best / STARS

    @property
    def label(self) -> str:
        """The score as a word: `5`, `yes`, `7/10`."""
        if self.best == YES_NO:
            return "yes" if self.score else "no"
        return f"{self.score:g}" if self.best == STARS else f"{self.score:g}/{self.best}"


def low_limit(config: Configuration) -> float:
    """The most stars that are a low score on this desk."""
    given = config.reports.survey.get("low_score")
    return given if isinstance(given, (int, float)) and not isinstance(given, bool) else LOW


def rating_of(event: Event) -> Rating | None:
    """The answer of a `rated` event; None where it gives no score of its scale."""
    kind = str(event.get("kind") or CSAT)
    wished = event.get("score", event.get("solved"))
    scale = event.get("scale") if event.get("score") is not None else "yes-no"
    score = _number(wished)
    best = YES_NO if _is_yes_or_no(wished) else _best(kind, scale)
    if score is None or not 0 <= score <= best:
        return None
    comment = event.get("comment")
    survey = str(event.get("survey") or kind)
    return Rating(event.at, survey, kind, score, best, None if comment is None else str(comment))


def _is_yes_or_no(value: Value) -> bool:
    return isinstance(value, bool) or str(value).casefold() in _WORDS


def _number(value: Value) -> Number | None:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (int, float)):
        return value
    return _WORDS.get(str(value).casefold())


def _best(kind: str, scale: Value) -> int:
    """The end of `5`, `1-5` or `0-10`; without one that of the kind of survey."""
    if isinstance(scale, int) and not isinstance(scale, bool):
        return scale
    end = str(scale or "").rpartition("-")[2]
    if str(scale) == "yes-no":
        return YES_NO
    return int(end) if end.isascii() and end.isdigit() else GRADES if kind == NPS else STARS
