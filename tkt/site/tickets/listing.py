"""How are a desk's tickets listed on pages that can be filtered: the open ones, and those of each month?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tkt.columns.summary import Summary
from tkt.i18n import _, msgn, render
from tkt.render import words
from tkt.schema import Configuration
from tkt.site.tickets.naming import list_path, ticket_path
from tkt.site.tickets.page import status_badge
from tkt.site.tickets.text import esc, time, time_ahead

Rows = Sequence[str]
_ROOT_PLACE = "\0"
"""Stands in a row where the way to the top folder comes."""


def row_html(it: Summary, config: Configuration) -> str:
    """One ticket; it says nothing that depends on the time."""
    zone = config.desk.zone
    owner = words.person_name(config, it.owner) if it.owner else ""
    due = time_ahead(it.due_at, zone) if it.due_at is not None else ""
    due_s = f' data-value="{int(it.due_at.timestamp())}"' if it.due_at is not None else ""
    return (
        f'<tr><th scope="row" class="id"><a href="{_ROOT_PLACE}{ticket_path(it.id)}">{esc(it.id)}</a></th>'
        f'<td class="words long">{esc(it.title or _("(no title)"))}</td>'
        f"<td>{status_badge(it.status, config)}</td><td>{esc(it.priority or '')}</td><td>{esc(owner)}</td>"
        f"<td>{esc(it.values.get('customer') or '')}</td>"
        f'<td data-value="{int(it.received_at.timestamp())}">{time(it.received_at, zone)}</td>'
        f"<td{due_s}>{due}</td></tr>\n"
    )


def open_html(rows: Rows, months: Sequence[tuple[str, int]]) -> str:
    """The open tickets, and the way to all the others; `months`: with how many tickets each has."""
    links = "".join(
        f'<li><a href="../{list_path(month)}">{esc(month)}</a> <span class="quiet">{count:,d}</span></li>'
        for month, count in months
    )
    title, label = _("Open"), _("Open tickets")
    months_title = esc(_("All, by the month they came in"))
    return (
        f'<header class="page-head"><h1>{esc(_("Tickets"))}</h1><p class="lead">{esc(_counted(len(rows)))}</p></header>'
        f'<section aria-labelledby="open"><h2 id="open">{esc(title)}</h2>{_table(rows, label, "../")}</section>'
        f'<section aria-labelledby="all"><h2 id="all">{months_title}</h2>'
        f'<ul class="months">{links}</ul></section>'
    )


def month_html(month: str, rows: Rows) -> str:
    """All tickets that came in during a month."""
    title = esc(month)
    label = _("All tickets")
    return (
        f'<header class="page-head"><p class="crumbs"><a href="../index.html">{esc(_("Tickets"))}</a></p>'
        f"<h1>{esc(_('Tickets'))} {title}</h1></header>"
        f'<section aria-labelledby="all"><h2 id="all">{esc(label)}</h2>{_table(rows, label, "../../")}</section>'
    )


def _counted(count: int) -> str:
    return render(msgn("{count} open ticket", "{count} open tickets", count))


def _table(rows: Iterable[str], label: str, root: str) -> str:
    names = ("id", "title", "status", "priority", "owner", "customer", "received", "due")
    heads = "".join(f'<th scope="col">{esc(_(name))}</th>' for name in names)
    body = "".join(rows).replace(_ROOT_PLACE, root)
    sort, filtered, told = (esc(said) for said in (_("sort by {column}"), _("Filter"), _("{shown} of {all}")))
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{esc(label)}">'
        f'<table class="tickets" data-sort="{sort}" data-filter="{filtered}" data-filtered="{told}">'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )
