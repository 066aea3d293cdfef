"""Which keys does the live board know, and what do its signs mean?"""

from __future__ import annotations

from textual.content import Content

from tkt.board.cards import SIGNS
from tkt.i18n import N_, _
from tkt.render.text import pad, width

KEYS = (
    ("← → h l", N_("to another column")),
    ("↑ ↓ k j", N_("to another card; PgUp, PgDn, Home, End go further")),
    ("Enter", N_("the ticket's page, as tkt show prints it")),
    ("m", N_("move it; what the move asks for is asked in a form")),
    ("a", N_("assign it to a person or a team")),
    ("t", N_("take it: make it yours and start")),
    ("r", N_("reply to the customer: public")),
    ("n", N_("write an internal note")),
    ("o", N_("edit its fields in your editor")),
    ("u", N_("take the last command back")),
    ("/", N_("show what a query finds; empty shows all")),
    ("v", N_("show a saved view")),
    ("R", N_("look again now; it does so by itself every two seconds")),
    ("d", N_("dark or light")),
    ("q", N_("quit; drafts stay")),
)
MEANINGS = (
    (SIGNS["late"], "bold $error", N_("late: one of its clocks is breached")),
    (SIGNS["soon"], "bold $warning", N_("warned: the next clock is close to its due time")),
    (SIGNS["paused"], "$quiet", N_("the clock is paused")),
    (
        "2h",
        "",
        N_("left, or over: open time, by the calendar of the promise; reports tell the time on the wall"),
    ),
)


def help_text() -> Content:
    """A line for each key, and one for each sign."""
    room = max(width(key) for key, _told in KEYS) + 2
    keys = [Content.assemble((pad(key, room), "bold $accent"), _(told)) for key, told in KEYS]
    signs = [Content.assemble((pad(sign, room), style), _(told)) for sign, style, told in MEANINGS]
    return Content("\n").join([*keys, Content(""), *signs])
