"""What becomes of a matter that comes up again after its ticket can no longer be reopened?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from tkt import actions
from tkt.commands.committing import changes_of
from tkt.commands.common import Session
from tkt.commands.enclosing import Enclosing
from tkt.commands.writing import told
from tkt.errors import TktError
from tkt.i18n import _, msg
from tkt.model import Ticket, Value

CARRIED = (
    "title", "type", "category", "product", "model", "serial", "batch", "order_no", "environment",
    "channel", "customer", "contact", "tier", "contract", "language",
)  # fmt: skip


def follow(
    session: Session,
    part: str,
    passed: TktError,
    *,
    words: str = "",
    raised_by: Literal["customer", "agent"] = "agent",
    changes: Mapping[str, Value] | None = None,
    enclosed: Enclosing | None = None,
) -> int:
    """Make a new ticket that follows the old one, with its customer and matter (docs/sla.md L8).

    `words` are the customer's where `raised_by` says so; else they are an agent's note, as nobody
    knows the customer's own. `enclosed`: files that came with them.
    """
    desk = session.desk
    old = desk.ticket(part)
    values = {name: old.values[name] for name in CARRIED if name in old.values} | dict(changes or {})
    said = words or session.common.reason or _("Reopened: {title}").format(title=old.title)

    def make(ticket_id: str) -> Ticket:
        ticket = actions.open_ticket(
            session.actor,
            desk.config,
            id=ticket_id,
            values=values,
            words=said,
            raised_by=raised_by,
            follows=old.id,
        )
        return enclosed(None, ticket, session.actor, desk.config) if enclosed else ticket

    session.note(passed.message, msg("a new ticket follows it"))
    day = session.actor.at or session.now
    told(session, None, changes_of(session).create(make, day=day, verb="follow"))
    return 0
