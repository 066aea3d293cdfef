"""What does tkt write into a commit message?

Ids, statuses and field names, never anybody's text: a forge acts on `[skip ci]` and `Closes #12`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tkt.errors import Bug
from tkt.late import late

_MAX_TRAILERS = 100
_HARMLESS = late(r"[\w ,.:;→+/()'…-]+")


HAND_EDITS = "Hand-edits"
"""The trailer of a commit that also holds what was there, uncommitted, before the command."""


def commit_message(what: str, *, action: str, tickets: Sequence[str] = (), hand_edits: bool = False) -> str:
    """`261121-K7Q2M: assigned → in-progress` and the trailers `Ticket:` and `Action:`.

    `what` is in tkt's own words. The id leads the subject where one ticket is meant; more than a
    hundred are only counted. With `hand_edits` the commit says that it holds more than the command's own.
    """
    subject = f"{tickets[0]}: {what}" if len(tickets) == 1 else what
    for text in (subject, action, *tickets[:_MAX_TRAILERS]):
        if not _HARMLESS.fullmatch(text):
            raise Bug(f"a commit message would hold {text!r}")
    if len(tickets) <= _MAX_TRAILERS:
        named = [f"Ticket: {ticket}" for ticket in tickets]
    else:
        named = [f"Tickets: {len(tickets)}"]
    swept = [f"{HAND_EDITS}: yes"] if hand_edits else []
    return "\n".join([subject, "", *named, f"Action: {action}", *swept, ""])


def trailers_of(message: str) -> dict[str, tuple[str, ...]]:
    """The `Name: value` lines of the last paragraph, if it has nothing else."""
    last = message.strip().rpartition("\n\n")[2].splitlines()
    pairs = [line.partition(": ") for line in last]
    if "\n\n" not in message.strip() or not all(
        sep and re.fullmatch(r"[\w-]+", key) for key, sep, _ in pairs
    ):
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for key, _, value in pairs:
        found[key] = (*found.get(key, ()), value)
    return found
