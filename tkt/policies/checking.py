"""Do the service levels make sense together? (docs/sla.md P2, C6)"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from tkt.errors import Problem, Severity
from tkt.i18n import Message, msg
from tkt.policies.faults import fault
from tkt.policies.levels import ServiceLevels, read_levels
from tkt.policies.values import DEFAULT_ROW, PolicyVersion
from tkt.schema import Configuration
from tkt.worktime import Calendar
from tkt.worktime.hours import Hours

_SINCE_EVER = datetime.min.replace(tzinfo=UTC)
_RESPONSES = ("first_response", "next_response")


def check_service_levels(config: Configuration) -> list[Problem]:
    """Everything that is wrong or doubtful in config/sla.yaml, in the order of its lines.

    Errors are what cannot be judged by, rows that are missing, policies that no ticket can reach and
    responses promised for later than the resolution; warnings are targets longer than an open day
    and policies without a `default` row. Source: docs/sla.md C5, C6, P1, P2.
    """
    levels, problems = read_levels(config)
    for version in levels.policies.versions:
        problems += _missing_rows(config, version)
        problems += _late_responses(config, version)
    problems += _long_targets(config, levels)
    problems += _unreachable(config, levels.policies.versions)
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


def _long_targets(config: Configuration, levels: ServiceLevels) -> Iterator[Problem]:
    """One warning for all of them (C6): long targets are usual, and only their dates surprise."""
    found = tuple(
        f"{version.name} {row.name} {clock}"
        for version in levels.policies.versions
        for row in version.rows.values()
        for clock, seconds in row.targets.items()
        if seconds > _longest_day(levels.calendars[row.calendar])
    )
    if found:
        message = msg(
            "longer than one open day, so look at the date that lists show: {targets}", targets=found
        )
        yield fault(config, ("policies",), message, severity=Severity.WARNING)


def _longest_day(calendar: Calendar) -> int:
    """Open seconds of the longest day of its weeks."""
    return max(_seconds(hours) for _, week in calendar.weeks for hours in week)


def _seconds(hours: Hours) -> int:
    return sum(closes - opens for opens, closes in hours) * 60


def _unreachable(config: Configuration, versions: Sequence[PolicyVersion]) -> Iterator[Problem]:
    names = list(dict.fromkeys(version.name for version in versions))
    for version in versions:
        for name in names[: names.index(version.name)]:
            if _hides([each for each in versions if each.name == name], version):
                yield fault(config, ("policies", version.place), _hidden(version, name))
                break


def _hides(earlier: Sequence[PolicyVersion], version: PolicyVersion) -> bool:
    """Whether a policy takes every ticket that `version` matches, from its first day on."""
    first = min(each.effective_from or _SINCE_EVER for each in earlier)
    takes_all = all(each.match.is_empty or each.match.text == version.match.text for each in earlier)
    return takes_all and first <= (version.effective_from or _SINCE_EVER)


def _hidden(version: PolicyVersion, name: str) -> Message:
    return msg(
        "policy {policy} is never reached: {other} above it matches first", policy=version.name, other=name
    )
