"""Which requests came from outside before?"""

from __future__ import annotations

import re
from collections.abc import Collection, Container
from contextlib import suppress

from tkt.desk import UNREADABLE, Desk
from tkt.late import late

_EXTERNAL_ID = late(rb"external_id[\"']?:([^\n]*)")

Number = tuple[str, str]
"""A source, and the number that a request has there."""


def known_numbers(desk: Desk, wanted: Collection[Number]) -> dict[Number, str]:
    """Those of these numbers that a ticket of the desk has already, and its id.

    Looks at the bytes first and keeps no ticket, so that it takes little time and memory on a large desk.
    Errors: LeftOut where a sparse checkout keeps some off the disk.
    """
    if not wanted:
        return {}
    desk.refuse_left_out()  # what came before is known by its tickets
    numbers = {number.encode() for _source, number in wanted}
    found: dict[Number, str] = {}
    for place in desk.tree.scan().files:
        with suppress(*UNREADABLE):
            if _may_name(desk.bytes_of(place)[1], numbers):
                ticket = desk.ticket(place.id)
                source = str(ticket.opened.get("source") or "") if ticket.opened else ""
                found[(source, ticket.external_id or "")] = ticket.id
    return {key: found[key] for key in wanted if key in found}


def _may_name(data: bytes, numbers: Container[bytes]) -> bool:
    """Whether a file may have one of these numbers; only what is written with escapes is not looked through."""
    for written in _EXTERNAL_ID.findall(data):
        plain = written.strip().strip(b"\"'")
        if b"\\" in written or plain in numbers or re.split(rb"[,}#]", plain)[0].strip(b" \"'") in numbers:
            return True
    return False
