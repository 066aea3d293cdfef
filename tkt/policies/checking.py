"""Do the service levels make sense together? (docs/sla.md P2, C6)"""

from __future__ import annotations

from collections.abc import Iterator

from tkt.errors import Problem, Severity, did_you_mean
from tkt.i18n import msg
from tkt.policies.faults import fault
from tkt.policies.files_checking import check_calendar_files
from tkt.policies.ladders_checking import check_ladders
from tkt.policies.levels import ServiceLevels, read_levels
from tkt.policies.reaching import unreachable
from tkt.policies.values import DEFAULT_ROW, PolicyVersion
from tkt.schema import Configuration
from tkt.worktime import Calendar
from tkt.worktime.hours import Hours

_RESPONSES = ("first_response", "next_response")


def check_service_levels(config: Configuration) -> list[Problem]:
    """Everything that is wrong or doubtful in config/sla.yaml and config/calendars/, in the order of lines.

    Errors are what cannot be judged by, rows that are missing, policies that no ticket can reach,
    responses promised for later than the resolution and rungs that tell nobody; warnings are targets
    longer than an open day that nobody meant to be, policies without a `default` row, rungs out of
    order and doubtful calendar files. Source: docs/sla.md C1, C5, C6, P1, P2, E1.
    """
    levels, problems = read_levels(config)
    for version in levels.policies.versions:
        problems += _missing_rows(config, version)
        problems += _late_responses(config, version)
        problems += _unknown_rows(config, version)
    problems += _long_targets(config, levels)
    problems += unreachable(config, levels.policies.versions)
    problems += check_ladders(config, levels.ladders)
    problems += check_calendar_files(config, levels.calendars)
    return sorted(problems, key=lambda problem: problem.line or 0)


def calendar_fault(config: Configuration, name: str) -> Problem:
    """A calendar that opens only long after tickets come in; only tickets show it. Source: docs/sla.md C5."""
    message = msg(
        "calendar {name} does not open in the 366 days after tickets came in: nothing promised by it can be"
        " judged",
        name=name,
    )
    hint = msg("give it a `week` that holds before the first of its `weeks`")
    return fault(config, ("calendars", name), message, hint)


def _missing_rows(config: Configuration, version: PolicyVersion) -> Iterator[Problem]:
    place = ("policies", version.place, "targets")
    declared = config.sla.policies[version.place].targets
    missing = tuple(name for name in config.taxonomy.priority_names if name not in declared)
    if missing:
        message = msg("policy {policy} promises nothing to {names}", policy=version.name, names=missing)
        yield fault(config, place, message, msg("add a row for each priority"))
    if DEFAULT_ROW not in declared:
        message = msg(
            "policy {policy} has no `default` row: nothing is promised before triage", policy=version.name
        )
        hint = msg("add a row `default`, for instance with the targets of the most usual priority")
        yield fault(config, place, message, hint, severity=Severity.WARNING)


def _late_responses(config: Configuration, version: PolicyVersion) -> Iterator[Problem]:
    for row in version.rows.values():
        resolution = row.targets.get("resolution")
        for clock in _RESPONSES:
            if resolution is not None and row.targets.get(clock, 0) > resolution:
                place = ("policies", version.place, "targets", row.name, clock)
                message = msg(
                    "policy {policy}, {row}: {clock} is longer than resolution",
                    policy=version.name,
                    row=row.name,
                    clock=clock,
                )
                yield fault(config, place, message)


def _unknown_rows(config: Configuration, version: PolicyVersion) -> Iterator[Problem]:
    """Rows that `spans_days` names and the policy does not have."""
    declared = config.sla.policies[version.place]
    for number, name in enumerate(declared.spans_days if isinstance(declared.spans_days, list) else ()):
        if name not in declared.targets:
            place = ("policies", version.place, "spans_days", number)
            message = msg("policy {policy} has no row {name}", policy=version.name, name=name)
            yield fault(config, place, message, did_you_mean(name, declared.targets))


def _long_targets(config: Configuration, levels: ServiceLevels) -> Iterator[Problem]:
    """One warning for all of them (C6): long targets are usual, and only their dates surprise."""
    found = {
        (version.name, row.name, clock): version.place
        for version in levels.policies.versions
        for row in version.rows.values()
        for clock, seconds in row.targets.items()
        if seconds > _longest_day(levels.calendars[row.calendar]) and not _is_meant(config, version, row.name)
    }
    if found:
        message = msg(
            "longer than one open day, so look at the date that lists show: {targets}",
            targets=tuple(map(" ".join, found)),
        )
        rows = ", ".join(dict.fromkeys(row for _policy, row, _clock in found))
        hint = msg("where that is meant, say so in the policy: {example}", example=f"spans_days: [{rows}]")
        place = ("policies", min(found.values()))
        yield fault(config, place, message, hint, severity=Severity.WARNING)


def _is_meant(config: Configuration, version: PolicyVersion, row: str) -> bool:
    """Whether the policy says that this row may promise more than one open day."""
    said = config.sla.policies[version.place].spans_days
    return said if isinstance(said, bool) else row in said


def _longest_day(calendar: Calendar) -> int:
    """Open seconds of the longest day of its weeks."""
    return max(_seconds(hours) for _, week in calendar.weeks for hours in week)


def _seconds(hours: Hours) -> int:
    return sum(closes - opens for opens, closes in hours) * 60
