"""What is a fault of a ticket, and where in its file does it stand?"""

from __future__ import annotations

from tkt.errors import Severity
from tkt.frozen import dataclass
from tkt.i18n import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault of a ticket. Its place is an event, else a key (`("contact", "email")`), else the file."""

    code: str
    message: Message
    key: tuple[str, ...] = ()
    event: str | None = None  # the event's id
    hint: Message | None = None
    severity: Severity = Severity.ERROR
