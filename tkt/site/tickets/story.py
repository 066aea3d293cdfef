"""How is told on a ticket's page what happened: every event in order, words below who said them?"""

from __future__ import annotations

from collections.abc import Sequence

from tkt.i18n import _
from tkt.model import Event, Ticket
from tkt.render.timeline import headline, together
from tkt.schema import Configuration
from tkt.site.tickets.text import block, esc, time

_SAID = ("message", "note")


def story_html(ticket: Ticket, config: Configuration) -> str:
    """The section with the whole timeline."""
    items = "".join([_item(group, ticket, config) for group in together(ticket.events)])
    title = esc(_("What happened"))
    return f'<section aria-labelledby="story"><h2 id="story">{title}</h2><ol class="story">{items}</ol></section>'


def _item(group: Sequence[Event], ticket: Ticket, config: Configuration) -> str:
    event = group[0]
    head = f"{time(event.at, config.desk.zone)} {esc(headline(group, ticket, config))}"
    if event.did not in _SAID:
        return f'<li id="{esc(event.id)}">{head}</li>\n'
    mark = f'<span class="badge quiet">{esc(_("internal"))}</span> ' if event.did == "note" else ""
    text = event.get("text")
    words = f'<div class="said">{block(text)}</div>' if isinstance(text, str) and text.strip() else ""
    return f'<li id="{esc(event.id)}" class="{_side(event)}"><p>{mark}{head}</p>{words}</li>\n'


def _side(event: Event) -> str:
    if event.did == "note":
        return "note-internal"
    if event.role == "customer":
        return "from-customer"
    return "to-customer" if event.get("to", "customer") == "customer" and event.role != "vendor" else "aside"
