"""How does a status page look? Without a script, in the customer's language, and nobody's search engine shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from tkt.clock import instant_text
from tkt.i18n import _, msg, render, speaking
from tkt.late import late
from tkt.render.frame import Frame, framed
from tkt.render.markup import marked_up
from tkt.render.pages import Templates
from tkt.render.times import local, stamp
from tkt.schema import Configuration
from tkt.statuspages.telling import StatusMessage, StatusPage

TICKET = "status/ticket.html.j2"
CUSTOMER = "status/customer.html.j2"
INDEX = "status/index.html.j2"
_ROBOTS = "noindex, nofollow, noarchive"
_TONES = {"new": "", "active": "", "waiting": "warn", "resolved": "good", "closed": "quiet"}

_MAIL = late(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")

Link = Callable[[str], str]
"""The name of a ticket's page; empty where it has none."""


def ticket_html(page: StatusPage, templates: Templates, config: Configuration, link: Link) -> str:
    """The page of one ticket. Errors: PageError."""
    with speaking(page.language):
        frame = _frame(page.title, config, page.language, _gone(page, config))
        return templates.page(TICKET, {"frame": frame, "page": _ticket_values(page, config, link)})


def customer_html(
    pages: Sequence[StatusPage], templates: Templates, config: Configuration, language: str, link: Link
) -> str:
    """The page that lists the tickets of one customer. Errors: PageError."""
    with speaking(language):
        title = _("Your requests")
        rows = [_row(page, config, link) for page in pages]
        values = {"title": title, "rows": rows, "as_of": _as_of(pages[0], config) if pages else ""}
        return templates.page(CUSTOMER, {"frame": _frame(title, config, language), "page": values})


def _frame(title: str, config: Configuration, language: str, notes: Sequence[str] = ()) -> Frame:
    zone = render(msg("All times are those of {zone}.", zone=config.desk.zone))
    return framed(
        title,
        brand=config.desk.name,
        notes=(zone, *notes),
        robots=_ROBOTS,
        kind="status",
        has_script=False,
        language=language,
    )


def _as_of(page: StatusPage, config: Configuration) -> str:
    """When it was as it says: a page without a script cannot know how old it is."""
    return "" if page.as_of is None else render(msg("as of {when}", when=stamp(page.as_of, config.desk.zone)))


def _gone(page: StatusPage, config: Configuration) -> list[str]:
    if page.gone_at is None:
        return []
    day = f"{local(page.gone_at, config.desk.zone):%Y-%m-%d}"
    return [render(msg("This page stays until {day}.", day=day))]


def _ticket_values(page: StatusPage, config: Configuration, link: Link) -> Mapping[str, Any]:
    return {
        "ticket": page.ticket,
        "title": page.title,
        "status": page.status,
        "tone": _tone(page),
        "as_of": _as_of(page, config),
        "next_step": page.next_step,
        "needed": page.needed,
        "due": page.due,
        "owner": page.owner,
        "received": _time(page.received_at, config),
        "closed": _time(page.closed_at, config) if page.closed_at is not None else None,
        "messages": [_message(it, config) for it in page.messages],
        "moved_to": page.moved_to,
        "moved_href": link(page.moved_to) if page.moved_to else "",
        "reply": page.reply,
        "contact": _contact(page),
    }


def _row(page: StatusPage, config: Configuration, link: Link) -> Mapping[str, Any]:
    return {
        "ticket": page.ticket,
        "title": page.title,
        "status": page.status,
        "tone": _tone(page),
        "received": _time(page.received_at, config),
        "href": link(page.ticket),
    }


def _tone(page: StatusPage) -> str:
    return "" if page.category == "waiting" and not page.needed else _TONES[page.category]


def _message(message: StatusMessage, config: Configuration) -> Mapping[str, Any]:
    names = {
        "you": _("You"),
        "us": message.name or config.desk.name,
        "machine": render(msg("{desk}, automatically", desk=config.desk.name)),
    }
    return {
        "side": message.side,
        "who": names[message.side],
        "at": _time(message.at, config),
        "html": _words(message.text),
        "files": _(", ").join(message.files),
    }


def _contact(page: StatusPage) -> Markup:
    """The desk's words; a mail address in them opens a letter that names the ticket."""
    text, mail = page.contact, f'<a href="mailto:{{address}}?subject={quote(page.ticket)}">{{shown}}</a>'
    parts, end = [], 0
    for found in _MAIL.finditer(text):
        address = found.group()
        letter = Markup(mail).format(address=quote(address, "@"), shown=address)
        parts += [escape(text[end : found.start()]), letter]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def _time(at: datetime, config: Configuration) -> Mapping[str, str]:
    return {"machine": instant_text(at), "words": stamp(at, config.desk.zone)}


def _words(text: str) -> Markup:
    """Headings of a message stand below the one that says whose it is."""
    return Markup(marked_up(text, breaks=True, top=4).html)


def index_html(templates: Templates, config: Configuration) -> str:
    """What stands at the top of the folder, where nothing is listed. Errors: PageError."""
    language = config.desk.language
    with speaking(language):
        said = _("The page of a request has an address of its own; it stands in our messages to you.")
        return templates.page(
            INDEX, {"frame": _frame(config.desk.name, config, language), "page": {"said": said}}
        )
