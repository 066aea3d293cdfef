"""When has a ticket to be looked at, if nothing more happens? In three numbers, which the index keeps."""

from __future__ import annotations

from math import inf
from typing import NamedTuple


class Wake(NamedTuple):
    """Instants in seconds since 1970, infinity for never."""

    at_s: float = inf  # from then on something is to be done, until it is
    passing_s: float = inf  # from then on something is to be done …
    until_s: float = inf  # … that is of no use from then on

    def is_awake(self, now_s: float, ahead_s: float = 0) -> bool:
        """Whether anything may be to be done at `now_s`, or within `ahead_s` seconds of it."""
        soon = now_s + ahead_s
        return self.at_s < soon or (self.passing_s < soon and now_s < self.until_s)


NEVER = Wake()
