"""Which of a ticket's fields does its page show, and in which words?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from tkt.i18n import _, current_language
from tkt.model import Ticket, Value
from tkt.render import words
from tkt.render.ticket_page import SHOWN_ABOVE, files_text, spent_text
from tkt.render.values import (
    LEVELS,
    asks_text,
    contact_text,
    field_text,
    next_action_text,
    resolution_text,
    waiting_text,
    with_more,
)
from tkt.schema import Configuration
from tkt.site.tickets.text import esc, time
from tkt.workflow import action_ahead


def facts_html(
    ticket: Ticket, needs: tuple[str, ...], missing: tuple[str, ...], config: Configuration
) -> str:
    """Every field that has a value, what the ticket needs and what it lacks."""
    label = _labels(config, current_language())
    plain = [
        *_plain(ticket, config),
        ("needs", _(", ").join(map(words.need_name, needs)) if needs else ""),
        ("missing", _(", ").join(_missing(name, config) for name in missing) if missing else ""),
    ]
    rows = [(name, esc(value)) for name, value in plain if value]
    rows.insert(0, ("received", time(ticket.received_at, config.desk.zone)))
    shown = [f"<div><dt>{label(name)}</dt><dd>{value}</dd></div>" for name, value in rows if value]
    return f'<dl class="facts">{"".join(shown)}</dl>'


def _plain(ticket: Ticket, config: Configuration) -> Iterator[tuple[str, str]]:
    """Name of the field and its words."""
    for name, value in _main(ticket, config):
        yield name, value
    for name, value in ticket.values.items():
        if name not in SHOWN_ABOVE:
            yield name, _said(name, value, config)
    yield "tags", " ".join(ticket.tags)
    yield "time spent", spent_text(ticket)
    yield "files", files_text(ticket)


def _main(ticket: Ticket, config: Configuration) -> Iterator[tuple[str, str]]:
    get = ticket.get
    yield "owner", words.person_name(config, ticket.owner) if ticket.owner else _("nobody")
    yield "team", words.team_name(config, ticket.team)
    yield "customer", with_more(str(get("customer") or ""), str(get("tier") or ""))
    yield "contact", contact_text(get("contact"))
    yield "channel", words.channel_name(config, str(get("channel"))) if get("channel") else ""
    yield "asks", asks_text(get("asks"))
    yield "next_action", next_action_text(action_ahead(ticket, config), config, ticket.owner)
    yield "waiting", waiting_text(get("waiting"), config.desk.zone)
    yield "resolution", resolution_text(get("resolution"), config)


def _said(name: str, value: Value, config: Configuration) -> str:
    if name in LEVELS:
        return words.level_name(config, name, str(value))
    return field_text(config, name, value)


def _missing(name: str, config: Configuration) -> str:
    label = words.field_name(config, name)
    return with_more(name, "" if label == name else label)


_LABELS: Mapping[str, str] = {
    "received": "received",
    "needs": "needs",
    "missing": "missing",
    "time spent": "time spent",
    "files": "files",
}
"""Labels of what is no stored field; their translations stand at the page of `tkt show`."""


@lru_cache(maxsize=2)
def _labels(config: Configuration, _language: str) -> Callable[[str], str]:
    @lru_cache(maxsize=512)
    def label(name: str) -> str:
        return esc(_(_LABELS[name]) if name in _LABELS else words.field_name(config, name))

    return label
