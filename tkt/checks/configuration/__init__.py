"""Do the configuration files agree with each other? One function a check, all faults told.

A new check is one function and one line in the table. What is to be said of calendars, policies and
ladders is `tkt.policies`' to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tkt.checks.configuration import (
    knowledge,
    ladders,
    neglect,
    on_call,
    people,
    queries,
    reports,
    rules,
    site,
    taxonomy,
    workflow,
)
from tkt.errors import Problem
from tkt.schema import Configuration

ConfigurationCheck = Callable[[Configuration], Iterable[Problem]]

CONFIGURATION_CHECKS: tuple[ConfigurationCheck, ...] = (
    workflow.guard_names,
    workflow.moves,
    workflow.categories,
    workflow.reachable,
    workflow.codes,
    workflow.customer_writes,
    workflow.durations,
    taxonomy.types,
    taxonomy.categories,
    taxonomy.needs,
    taxonomy.fields,
    taxonomy.priority_table,
    people.teams,
    people.leads,
    people.addresses,
    on_call.rotas,
    on_call.levels,
    ladders.silent_ladders,
    ladders.missing_heights,
    rules.names,
    rules.settings,
    queries.queries,
    neglect.spans,
    neglect.calendars,
    neglect.commands,
    reports.names,
    reports.reports,
    reports.thresholds,
    site.life,
    site.privacy,
    knowledge.limits,
)
