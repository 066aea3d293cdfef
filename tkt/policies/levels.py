"""What does a desk promise, all in one value?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property

from tkt.errors import ConfigError, Problem
from tkt.frozen import dataclass
from tkt.policies.calendars import Known, known_years, read_calendars
from tkt.policies.ladders import Ladder, read_ladders
from tkt.policies.limits import read_limits
from tkt.policies.reading import instant_fault, read_instant, read_policies
from tkt.policies.values import Policies
from tkt.schema import Configuration
from tkt.worktime import Calendar


@dataclass(frozen=True, kw_only=True)
class ServiceLevels:
    """Calendars, policies and ladders, and what else of the configuration a clock needs."""

    calendars: Mapping[str, Calendar]
    policies: Policies
    ladders: Mapping[str, Ladder]
    enforce_from: datetime | None  # tickets received earlier are exempt (P5)
    config: Configuration

    @classmethod
    def from_configuration(cls, config: Configuration) -> ServiceLevels:
        """The desk's service levels. Errors: ConfigError with every fault of config/sla.yaml."""
        levels, problems = read_levels(config)
        if problems:
            raise ConfigError(problems)
        return levels

    @cached_property
    def category_of(self) -> Mapping[str, str]:
        """Status → its category; a status that the desk does not know counts as active."""
        return {name: it.category for name, it in self.config.workflow.statuses.items()}

    @cached_property
    def known_years(self) -> Mapping[str, Known]:
        """Calendar → the years whose holidays it knows; those that list their holidays themselves are left out."""
        found = {name: known_years(self.config, name) for name in self.calendars}
        return {name: known for name, known in found.items() if known is not None}

    @cached_property
    def uncounted(self) -> frozenset[str]:
        """Resolution codes that leave a ticket outside every clock (L9, L11)."""
        return frozenset(self.config.workflow.uncounted)


def read_levels(config: Configuration) -> tuple[ServiceLevels, list[Problem]]:
    """The service levels as far as they can be read, and everything that is wrong with them."""
    calendars, problems = read_calendars(config)
    ladders, of_ladders = read_ladders(config)
    versions, of_policies = read_policies(config, calendars)
    problems += [*of_policies, *of_ladders, *read_limits(config)[1]]
    enforced = config.sla.enforce_from
    since = read_instant(enforced, config.desk.zone) if enforced is not None else None
    if enforced is not None and since is None:
        problems.append(instant_fault(config, ("enforce_from",), enforced))
    levels = ServiceLevels(
        calendars=calendars,
        policies=Policies(versions, config),
        ladders=ladders,
        enforce_from=since,
        config=config,
    )
    return levels, problems
