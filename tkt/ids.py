"""How are tickets and events named?

A ticket is `YYMMDD-` and five Crockford base32 characters, random; an event six of them: four for
the command that wrote it, two that count the events of that command (docs/file-format.md, Events).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from itertools import count

from tkt.late import late

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DIGITS = ALPHABET.lower()
_TICKET_TAIL = r"\d{6}-[0-9A-HJKMNP-TV-Z]{5}"
TICKET_PATTERN = rf"(?:[A-Z][A-Z0-9]{{0,7}}-)?{_TICKET_TAIL}"
"""A whole ticket id, as a regular expression."""
_TICKET = late(TICKET_PATTERN)
_LENIENT = str.maketrans({"I": "1", "L": "1", "O": "0", "_": "-"})

TAIL = 5
"""Random characters at the end of a ticket's id."""
LEAST = 2
"""Characters by which a ticket may be called."""
HOPELESS = 6
"""Times that a part of so many characters is found, on average, where none of them is tried."""


def random_characters(length: int) -> str:
    """`length` random characters of Crockford's alphabet."""
    import secrets  # takes 5 ms to load, as hashlib does

    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def new_ticket_id(day: datetime, taken: Container[str], *, prefix: str = "") -> str:
    """An id for a ticket received on `day` (wall date of the desk), redrawn while it is taken."""
    while True:
        candidate = f"{prefix}{day:%y%m%d}-{random_characters(5)}"
        if candidate not in taken:
            return candidate


def derived_ticket_id(day: datetime, *source: str, taken: Container[str], prefix: str = "") -> str:
    """The id that the same outside record gets in every clone."""
    for attempt in count():
        tail = _hashed(5, *source, str(attempt) if attempt else "").upper()
        candidate = f"{prefix}{day:%y%m%d}-{tail}"
        if candidate not in taken:
            return candidate
    raise AssertionError("count() never ends")


def is_ticket_id(text: str) -> bool:
    """Whether `text` is a whole ticket id as tkt writes it."""
    return _TICKET.fullmatch(text) is not None


def lenient(text: str) -> str:
    """What somebody typed, in the spelling of ids: upper case, i l as 1, o as 0."""
    return text.strip().upper().translate(_LENIENT)


def enough(listed: Iterable[str], everyone: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Of each listed id where its shortest part begins and ends that is no part of another one of `everyone`.

    The part is the beginning of the random characters; all of them and the day where these do not do.
    What nobody can tell from thousands of others is not looked at, so that this costs next to nothing.
    """
    left = {name: name[-TAIL:] for name in listed}
    tails = [name[-TAIL:] for name in everyone]
    heads = cache(lambda: "/".join({name[:-TAIL] for name in everyone}))
    found: dict[str, tuple[int, int]] = {}
    for length in range(LEAST, TAIL + 1):
        if not left or len(tails) * (TAIL + 1 - length) > HOPELESS * 32**length:
            continue
        counts = _counted({tail[:length] for tail in left.values()}, tails, length)
        for name, tail in tuple(left.items()):
            part, start = tail[:length], len(name) - TAIL
            if counts[part] == 1 and not (_may_stand_before(part, name) and part in lenient(heads())):
                found[name] = (start, start + length)
                del left[name]
    return {**found, **{name: (0, len(name)) for name in left}}


def _counted(wanted: Collection[str], tails: Sequence[str], length: int) -> Counter[str]:
    """How often each wanted part stands anywhere in these random characters."""
    counts: Counter[str] = Counter()
    for start in range(TAIL + 1 - length):
        parts = [tail[start : start + length] for tail in tails] if length < TAIL else tails
        counts.update(filter(wanted.__contains__, parts))
    return counts


def _may_stand_before(part: str, name: str) -> bool:
    """Whether the day of an id, or what the desk sets before it, could hold these characters."""
    return part.isdigit() or len(name) > len("261121-K7Q2M")


def event_ids(taken: Container[str] = (), *, source: Iterable[str] | None = None) -> Iterator[str]:
    """Ids for the events of one command, in order.

    Random, or derived from `source` where the same thing must be named the same twice. The four
    characters of the command are redrawn while `taken` holds the first id they would give.
    """
    stem = _event_stem(taken, None if source is None else tuple(source))
    for number in range(32 * 32):
        yield f"{stem}{_DIGITS[number // 32]}{_DIGITS[number % 32]}"
    raise ValueError("one command writes at most 1024 events on one ticket")


def _event_stem(taken: Container[str], source: tuple[str, ...] | None) -> str:
    for attempt in count():
        if source is None:
            stem = random_characters(4).lower()
        else:
            stem = _hashed(4, *source, str(attempt) if attempt else "")
        if f"{stem}00" not in taken:
            return stem
    raise AssertionError("count() never ends")


def _hashed(length: int, *parts: str) -> str:
    import hashlib

    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    number = int.from_bytes(digest[:8], "big")
    return "".join(_DIGITS[(number >> (5 * place)) % 32] for place in range(length))
