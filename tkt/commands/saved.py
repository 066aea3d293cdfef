"""`tkt list @`: which saved views does this desk have, and how many tickets does each find?"""

from __future__ import annotations

from collections.abc import Mapping

from tkt.commands.asked import EVERYTHING
from tkt.commands.common import Session
from tkt.i18n import _, msg
from tkt.query import Query
from tkt.render.tables import Cell, Head, print_table


def list_views(session: Session) -> int:
    """Print every view of config/views.yaml with its query and its count."""
    views = session.desk.config.views.views
    queries = {name: session.query(text.strip() or EVERYTHING) for name, text in views.items()}
    counts, code = _counts(session, queries)
    if session.json:
        session.answer([{"view": name, "query": text, "count": counts[name]} for name, text in views.items()])
    elif not views:
        session.note(msg("no views: config/views.yaml holds them"))
    else:
        heads = [Head(_("view")), Head(_("tickets"), right=True), Head(_("query"), flexible=True)]
        rows: list[list[Cell | str]] = [
            [Cell(f"@{name}", "bold"), str(counts[name]), text] for name, text in views.items()
        ]
        print_table(session.screen, heads, rows)
    return code


def _counts(session: Session, queries: Mapping[str, Query]) -> tuple[dict[str, int], int]:
    """How many each finds, all in one look, and the exit code that unreadable files call for."""
    desk = session.desk
    reached = [desk.statuses_of(query) for query in queries.values()]
    statuses = None if None in reached else {name for each in reached for name in each or ()}
    found = desk.rows(statuses, session.now)
    counts = {name: sum(query.matches(row.lookup) for row in found.rows) for name, query in queries.items()}
    return counts, session.report(found.problems)
