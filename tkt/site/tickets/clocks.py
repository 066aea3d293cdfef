"""What do a ticket's clocks say on its page? Instants, never what is left: a page stands for days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tkt.i18n import _, msg, render
from tkt.model import Ticket
from tkt.render import words
from tkt.render.clock_titles import clock_title, excuse_told
from tkt.render.times import stamp
from tkt.schema import Configuration
from tkt.site.tickets.text import esc, time, time_ahead
from tkt.sla import Verdict

_TONES = {
    "breached": "bad",
    "met": "good",
    "paused": "warn",
    "active": "",
    "cancelled": "quiet",
    "exempt": "quiet",
}
_ALWAYS = ("first_response", "resolution")


def clocks_html(
    verdicts: Sequence[Verdict], ticket: Ticket, config: Configuration, now: datetime, *, is_over: bool
) -> str:
    """The section; empty where nothing was promised. `is_over`: no clock runs, so that time changes nothing."""
    judged = [it for it in verdicts if it.state != "n/a"]
    if not judged:
        return ""
    # What runs or was missed first; the met ones of a busy ticket are many.
    ordered = sorted(judged, key=lambda it: it.state in ("met", "cancelled") and it.clock not in _ALWAYS)
    rows = "".join(_row(it, ticket, config) for it in ordered)
    heads = "".join(
        f'<th scope="col">{esc(head)}</th>' for head in (_("clock"), _("state"), _("due"), _("ended"))
    )
    told = "" if is_over else f'<p class="note">{esc(_judged(now, config))}</p>'
    title = esc(_("Service level"))
    return (
        f'<section aria-labelledby="clocks"><h2 id="clocks">{title}</h2>{told}'
        f'<div class="scroll" role="region" tabindex="0" aria-label="{title}"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></section>"
    )


def _judged(now: datetime, config: Configuration) -> str:
    return render(msg("As judged at {when}.", when=stamp(now, config.desk.zone)))


def _row(it: Verdict, ticket: Ticket, config: Configuration) -> str:
    zone = config.desk.zone
    name = esc(clock_title(it.clock, it.cycle, ticket, config))
    excuse = excuse_told(it, ticket, config)
    more = f'<br><span class="quiet">{esc(excuse)}</span>' if excuse else ""
    state = f'<span class="badge {_TONES.get(it.state, "")}">{esc(words.state_name(it.state))}</span>'
    ended = time(it.ended_at, zone) if it.ended_at is not None else ""
    return f'<tr><th scope="row" class="words">{name}{more}</th><td>{state}</td><td>{_due(it, zone)}</td><td>{ended}</td></tr>'


def _due(it: Verdict, zone: str) -> str:
    if it.late_since is not None:
        return esc(render(msg("late since {at}", at=stamp(it.late_since, zone))))
    if it.due_at is None:
        return ""
    return time_ahead(it.due_at, zone) if it.is_running else time(it.due_at, zone)
