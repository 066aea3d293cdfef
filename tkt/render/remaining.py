"""What is left of a clock's open time, in words? Of a breached one nothing is ever left (docs/sla.md C4, L6)."""

from __future__ import annotations

from tkt.i18n import _
from tkt.render.times import left
from tkt.sla import Verdict


def remaining_text(verdict: Verdict) -> str:
    """`2h left`, `25m over`, `done late`, `breached` where a later target leaves time; else empty."""
    is_late = verdict.state == "breached"
    if verdict.fulfilled_at is not None:
        return _("done late") if is_late else ""
    if verdict.remaining_s is None:
        return ""
    if verdict.late_since is not None:
        return _("breached")
    return left(verdict.remaining_s, is_late)
