"""How is told on a ticket's page what happened: every event in order, words below who said them?"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import lru_cache

from tkt.i18n import _, current_language
from tkt.model import Event, Ticket
from tkt.render.timeline import author, headline, together
from tkt.schema import Configuration
from tkt.site.tickets.text import block, esc, time

_SAID = ("message", "note")
ALIKE = frozenset({"opened", "message", "note", "no-reply-needed", "moved", "set"})
"""Kinds whose line follows from who did it and from the event's own words, whatever else the ticket holds."""
_WORDS = frozenset({str, bool, int})
"""What is said the same at any time; an instant loses its year beside one of the same year."""
_MANY = 20_000
"""Lines that are kept, so that those of `Li Wei: New → Assigned` are made once for thousands of pages."""


def story_html(ticket: Ticket, config: Configuration) -> str:
    """The section with the whole timeline."""
    items = "".join([_item(group, ticket, config) for group in together(ticket.events)])
    title = esc(_("What happened"))
    return f'<section aria-labelledby="story"><h2 id="story">{title}</h2><ol class="story">{items}</ol></section>'


def _item(group: Sequence[Event], ticket: Ticket, config: Configuration) -> str:
    event = group[0]
    head = f"{time(event.at, config.desk.zone)} {_line(group, ticket, config)}"
    if event.did not in _SAID:
        return f'<li id="{esc(event.id)}">{head}</li>\n'
    mark = f'<span class="badge quiet">{esc(_("internal"))}</span> ' if event.did == "note" else ""
    text = event.get("text")
    words = f'<div class="said">{block(text)}</div>' if isinstance(text, str) and text.strip() else ""
    return f'<li id="{esc(event.id)}" class="{_side(event)}"><p>{mark}{head}</p>{words}</li>\n'


def _line(group: Sequence[Event], ticket: Ticket, config: Configuration) -> str:
    like = likeness(group, ticket, config)
    if like is None:
        return esc(headline(group, ticket, config))
    known = _lines(config, current_language())
    line = known.get(like)
    if line is None:
        line = esc(headline(group, ticket, config))
        if len(known) < _MANY:
            known[like] = line
    return line


def likeness(group: Sequence[Event], ticket: Ticket, config: Configuration) -> Hashable | None:
    """What the line of these events follows from: where it is the same, so is the line. None: not known."""
    parts = [_own(event) for event in group]
    return None if None in parts else (author(group[0], ticket, config), *parts)


def _own(event: Event) -> Hashable | None:
    """All that the event says, but for its text and when it was; None where that is not all there is to it."""
    if event.did not in ALIKE:
        return None
    own = [(key, type(value), value) for key, value in event.data.items() if key != "text"]
    for _key, kind, _value in own:
        if kind not in _WORDS:
            return None
    how = (event.did, event.role, event.auto, event.via, event.forced, event.reason, event.is_back_dated)
    return (*how, *own)


@lru_cache(maxsize=2)
def _lines(_config: Configuration, _language: str) -> dict[Hashable, str]:
    """The lines that are known, by their likeness."""
    return {}


def _side(event: Event) -> str:
    if event.did == "note":
        return "note-internal"
    if event.role == "customer":
        return "from-customer"
    return "to-customer" if event.get("to", "customer") == "customer" and event.role != "vendor" else "aside"
