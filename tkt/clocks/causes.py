"""Why was a promise missed, in the words in which a breach is acknowledged? (docs/sla.md E5)"""

from __future__ import annotations

from collections.abc import Mapping

from tkt.i18n import N_
from tkt.model import Event, Ticket

CAUSES = ("late-pickup", "no-owner", "waiting-inside", "overload", "outside")
"""Taken up late, owned by nobody, waited on a colleague or vendor, more than there were hands, not the desk's doing."""
OTHER = "other"
"""What stands in reports for a cause that another program recorded."""

SHORT: Mapping[str, str] = {
    "late-pickup": N_("late pickup"),
    "no-owner": N_("without owner"),
    "waiting-inside": N_("waiting inside"),
    "overload": N_("overload"),
    "outside": N_("outside"),
    OTHER: N_("other"),
}
"""How a cause is said."""


def acknowledgement(ticket: Ticket, clock: str, cycle: str) -> Event | None:
    """The event by which a breach was acknowledged last."""
    said = (event for event in reversed(ticket.effective) if event.did == "acknowledged")
    return next((it for it in said if (it.get("clock"), it.get("cycle")) == (clock, cycle)), None)
