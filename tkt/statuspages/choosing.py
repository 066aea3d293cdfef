"""Which tickets may have a status page now, and which of these pages are right as they are?"""

from __future__ import annotations

from datetime import datetime

from tkt.addressed import UNTIL, kept_for
from tkt.clock import instant_text
from tkt.columns.summary import Summary, decoded
from tkt.desk import Desk
from tkt.errors import Problem
from tkt.frozen import dataclass
from tkt.store.tree import Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A ticket that may have a page."""

    found: Found
    blob: str = ""  # git's name of its content; empty where the index knows nothing of it
    summary: Summary | None = None  # None: as above

    @property
    def id(self) -> str:
        """The ticket's id."""
        return self.found.id


def candidates(desk: Desk, now: datetime) -> tuple[list[Candidate], tuple[Problem, ...]]:
    """The tickets that are open, were closed of late, or whose page has a longer life; and what lies badly.

    The last word on each has `tkt.addressed.page_lack`.
    """
    since = now - kept_for(desk.config)
    seen = desk.summaries(ended_since=since)
    longer = {row.id for row in desk.matching(desk.query(f"{UNTIL}:>={instant_text(now)}", now), now).rows}
    found = []
    for file in seen.files:
        data = seen.encoded(file)
        it = Candidate(found=file, blob=seen.blob(file), summary=None if data is None else decoded(data))
        if file.id in longer or _may_have(it, desk, since):
            found.append(it)
    older = sorted(longer - {file.id for file in seen.files})
    found += [Candidate(found=file) for name in older for file in desk.tree.find(name)]
    return found, seen.problems


def _may_have(it: Candidate, desk: Desk, since: datetime) -> bool:
    summary = it.summary
    if summary is None:
        return True
    if summary.status in desk.config.closed and summary.closed_at is not None and summary.closed_at <= since:
        return False
    declared = desk.config.category(summary.values.get("type"), summary.values.get("category"))
    return declared is None or declared.audience != "internal"
