"""On which line of its ticket's file did a clock begin?"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from tkt.desk import UNREADABLE, Desk
from tkt.gated import Judged
from tkt.store.codec.reading import Document
from tkt.store.codec.tickets import event_line, ticket_document
from tkt.store.files import read_file


def lines_in(desk: Desk) -> Callable[[Judged], int]:
    """Of a clock the line of the event that started it, counted from 1; each file is read once, when it is asked for.

    1 where the file is no longer what was judged.
    """

    @cache
    def document(path: str) -> Document | None:
        try:
            data = read_file(desk.root / path, root=desk.root)
            status, kinds = path.split("/")[1], desk.config.field_kinds
            return ticket_document(data, path=path, status=status, kinds=kinds)[1]
        except UNREADABLE:
            return None

    def line(judged: Judged) -> int:
        found = document(judged.ticket.path) if judged.ticket.path else None
        return (event_line(found, judged.verdict.cycle) if found else None) or 1

    return line
