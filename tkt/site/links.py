"""Where does a page of the dashboard find another one?"""

from __future__ import annotations

from collections.abc import Collection

from tkt.render.html import Link
from tkt.site.tickets.naming import ticket_path


def ticket_link(ids: Collection[str], depth: int) -> Link:
    """The pages of these tickets, seen from `depth` folders below the top one."""
    root = "../" * depth
    return lambda ticket: f"{root}{ticket_path(ticket)}" if ticket in ids else None
