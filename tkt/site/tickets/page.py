"""What stands on the page of a ticket? All of it: it is for the people of the desk alone.

The page is put together by hand: a template engine takes longer for 100,000 of them than reading them does.
Its frame is a template's (`site/ticket.html.j2`), filled once for all (`Mould`).
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from datetime import datetime

from tkt.frozen import dataclass
from tkt.i18n import _
from tkt.model import Ticket
from tkt.render import words
from tkt.render.telling.work import RELATIONS
from tkt.schema import Configuration
from tkt.site.tickets.clocks import clocks_html
from tkt.site.tickets.facts import facts_html
from tkt.site.tickets.naming import shard, ticket_path
from tkt.site.tickets.refs import refs_of
from tkt.site.tickets.story import story_html
from tkt.site.tickets.text import esc
from tkt.sla import Verdict

TITLE_PLACE = "tkt-place-of-the-title"
MAIN_PLACE = "tkt-place-of-the-content"
TONES = {"new": "warn", "active": "", "waiting": "warn", "resolved": "good", "closed": "quiet"}
_ROOT = "../../"


class Mould:
    """A page's frame with a place for its title and one for its content."""

    def __init__(self, frame: str) -> None:
        self._parts = re.split(f"({TITLE_PLACE}|{MAIN_PLACE})", frame)

    def page(self, title: str, main: str) -> str:
        """The page; `title` is plain text, `main` HTML."""
        filled = {TITLE_PLACE: esc(title), MAIN_PLACE: main}
        return "".join([filled.get(part, part) for part in self._parts])


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A ticket and what stands on its page beside it."""

    ticket: Ticket
    verdicts: Sequence[Verdict]
    needs: tuple[str, ...]
    missing: tuple[str, ...]
    naming: tuple[str, ...]  # tickets that name it
    is_over: bool  # no clock of it runs


def title_of(ticket: Ticket) -> str:
    """What a browser shows above the page."""
    return f"{ticket.id} {ticket.title or _('(no title)')}"


def main_html(it: Shown, config: Configuration, now: datetime, known: Container[str]) -> str:
    """The content; `known`: the tickets that have a page."""
    ticket, title = it.ticket, _("Facts")
    return "".join(
        (
            _head(ticket, config),
            f'<section aria-labelledby="facts"><h2 id="facts">{esc(title)}</h2>',
            facts_html(ticket, it.needs, it.missing, config),
            "</section>",
            _related(ticket, it.naming, known),
            clocks_html(it.verdicts, ticket, config, now, is_over=it.is_over),
            story_html(ticket, config),
        )
    )


def ticket_link(ticket: str, known: Container[str], root: str = _ROOT) -> str:
    """Its id, as a link where it has a page."""
    name = esc(ticket)
    return f'<a href="{root}{ticket_path(ticket)}">{name}</a>' if ticket in known else name


def status_badge(status: str, config: Configuration) -> str:
    """The desk's word for a status, in its colour."""
    declared = config.workflow.statuses.get(status)
    tone = TONES[declared.category] if declared is not None else ""
    return f'<span class="badge {tone}">{esc(words.status_name(config, status))}</span>'


def _head(ticket: Ticket, config: Configuration) -> str:
    month = shard(ticket.id)
    parts = (
        words.priority_name(config, ticket.priority),
        words.category_name(config, ticket.get("type"), ticket.get("category")),
    )
    return (
        f'<header class="page-head"><p class="crumbs"><a href="../index.html">{esc(_("Tickets"))}</a> / '
        f'<a href="index.html">{month}</a> / {esc(ticket.id)}</p>'
        f"<h1>{esc(ticket.title or _('(no title)'))}</h1>"
        f'<p class="lead">{status_badge(ticket.status, config)} {esc(" · ".join(parts))}</p></header>'
    )


def _related(ticket: Ticket, naming: Sequence[str], known: Container[str]) -> str:
    refs = refs_of(ticket)
    articles = articles_of(ticket)
    rows = [
        *(
            (esc(_(RELATIONS[what]) if what in RELATIONS else what), ticket_link(name, known))
            for what, name in refs
        ),
        *((esc(_("named by")), ticket_link(name, known)) for name in naming),
        *((esc(_("article cited")), f"<code>{esc(name)}</code>") for name in articles),
    ]
    if not rows:
        return ""
    shown = "".join(f"<div><dt>{label}</dt><dd>{value}</dd></div>" for label, value in rows)
    title = esc(_("Related"))
    return f'<section aria-labelledby="related"><h2 id="related">{title}</h2><dl class="facts">{shown}</dl></section>'


def articles_of(ticket: Ticket) -> tuple[str, ...]:
    """The knowledge articles that answers cited, each once."""
    found = (
        name for event in ticket.effective if event.did == "message" for name in event.get("articles") or ()
    )
    return tuple(dict.fromkeys(map(str, found)))
