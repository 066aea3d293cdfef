"""Where does the page of a ticket lie? Its id alone says it, so that any page can link to it."""

from __future__ import annotations

from tkt.late import late

FOLDER = "tickets"
ELSEWHERE = "more"
"""The folder of ids that begin with no date."""
_DATED = late(r"(?:[A-Z][A-Z0-9]{0,7}-)?(?P<year>\d\d)(?P<month>0[1-9]|1[0-2])\d\d-")


def shard(ticket: str) -> str:
    """`2026-11` of `261121-K7Q2M`: no folder holds more than a month's tickets."""
    found = _DATED.match(ticket)
    return f"20{found['year']}-{found['month']}" if found else ELSEWHERE


def ticket_path(ticket: str) -> str:
    """`tickets/2026-11/261121-K7Q2M.html`, from the site's root."""
    return f"{FOLDER}/{shard(ticket)}/{ticket}.html"


def list_path(month: str = "") -> str:
    """The page that lists a month's tickets; without one the open ones."""
    return f"{FOLDER}/{month}/index.html" if month else f"{FOLDER}/index.html"
