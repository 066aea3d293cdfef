"""Does config/reports.yaml say of customers' status pages what can be done?"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.checks.configuration.faults import fault
from tkt.durations import DurationError, parse_duration
from tkt.errors import Problem, Severity
from tkt.i18n import msg
from tkt.schema import Configuration


def life(config: Configuration) -> Iterator[Problem]:
    """How long a page stays is a span of days or hours."""
    try:
        parse_duration(config.reports.site.keep_after_closing, days=True)
    except DurationError as error:
        yield fault(
            config, "reports", ("site", "keep_after_closing"), error.message, hint=msg("30 days, or 0d")
        )


def privacy(config: Configuration) -> Iterator[Problem]:
    """An address without encryption hands every page to whoever listens."""
    url = config.reports.site.public_url
    if url is not None and url.startswith("http://") and not url.startswith("http://localhost"):
        yield fault(
            config,
            "reports",
            ("site", "public_url"),
            msg("{url} is not encrypted, expected an address that begins with https://", url=url),
            severity=Severity.WARNING,
        )
