"""Where does a customer read how their request stands? What letters name as `{{ link }}` (docs/site.md)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tkt.addressed import address_of, page_lack, ticket_page_name
from tkt.desk import Desk
from tkt.model import Ticket
from tkt.store.pagekey import shared_secret

Link = Callable[[Ticket, datetime], str]


def page_links(desk: Desk) -> Link:
    """A ticket and the time → the address of its status page; empty where it has none, or none is known.

    Only a secret that every clone has is good for letters: with a clone's own key two clones would write
    two letters where one is meant. Errors: UsageError for a bad secret.
    """
    config = desk.config
    secret = shared_secret() if config.reports.site.public_url else None

    def link(ticket: Ticket, now: datetime) -> str:
        if secret is None or page_lack(ticket, config, now) is not None:
            return ""
        return address_of(ticket_page_name(secret, ticket.id), config)

    return link
