"""What do clocks need to know of a desk's configuration?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

import msgspec

from tkt.clock import parse_instant
from tkt.errors import UsageError
from tkt.policies.limits import Limit, read_limits
from tkt.schema import Configuration


class Flow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """How tickets flow on a desk, and which clocks that need a promise have one."""

    categories: Mapping[str, str]  # status → category; a status that is not known counts as active
    uncounted: frozenset[str] = frozenset()  # the codes that leave a ticket outside (docs/sla.md L9, L11)
    limits: Mapping[str, Limit] = {}  # status → how long a ticket may stay in it
    promised: frozenset[str] = frozenset()  # the clocks on which some policy promises something
    zone: str = "UTC"  # of instants that are written without one


def instant_in(value: object, zone: str) -> datetime | None:
    """An instant among an event's own keys, where files have it as text; None for anything else."""
    if isinstance(value, datetime) or value is None:
        return value
    try:
        return parse_instant(str(value), zone=zone)
    except UsageError:
        return None


@lru_cache(maxsize=8)
def flow_of(config: Configuration) -> Flow:
    """The desk's; a limit that is none is left out, as `tkt check` tells it."""
    rows = (row for policy in config.sla.policies for row in policy.targets.values())
    return Flow(
        categories={name: it.category for name, it in config.workflow.statuses.items()},
        uncounted=frozenset(config.workflow.uncounted),
        limits=read_limits(config)[0],
        promised=frozenset(clock for row in rows for clock in row),
        zone=config.desk.zone,
    )
