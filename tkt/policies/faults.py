"""Where in config/sla.yaml is a fault?"""

from __future__ import annotations

from tkt.errors import Problem, Severity
from tkt.i18n import Message
from tkt.schema import FILES, Configuration

SLA_FILE = FILES["sla"][0]


def fault(
    config: Configuration,
    place: tuple[str | int, ...],
    message: Message,
    hint: Message | None = None,
    *,
    severity: Severity = Severity.ERROR,
) -> Problem:
    """A problem of config/sla.yaml at the keys and positions of `place`."""
    line = config.line_of("sla", *place)
    return Problem(code="sla", message=message, path=SLA_FILE, line=line, hint=hint, severity=severity)
