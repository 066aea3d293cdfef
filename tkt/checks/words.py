"""Did a redaction take words out, or put others in?

What may stand in their place is `[redacted]`, and a pseudonym where somebody was forgotten.
"""

from __future__ import annotations

import re

from tkt.actions.personal import texts_in
from tkt.late import late
from tkt.model import HIDDEN, Value

_STANDS = late(rf"{re.escape(HIDDEN)}|(?<![0-9A-Za-z_-])[a-z]+-[0-9a-hjkmnp-tv-z]{{6}}(?![0-9A-Za-z_])")
"""`[redacted]`, `customer-4k2p9x`."""


def is_what_is_left(old: Value, new: Value) -> bool:
    """Whether every text in `new` is one of `old` in which something was hidden; nothing is left of all."""
    olds = tuple(texts_in(old))
    return all(any(_is_less(text, each) for each in olds) for text in texts_in(new))


def _is_less(new: str, old: str) -> bool:
    """Whether `old` is `new` with something in place of each stand-in."""
    first, *rest = _STANDS.split(new)
    if not rest:
        return new == old
    *between, last = rest
    place, end = len(first), len(old) - len(last)
    if place > end or not (old.startswith(first) and old.endswith(last)):
        return False
    for piece in between:
        found = old.find(piece, place, end)
        if found < 0:
            return False
        place = found + len(piece)
    return True
