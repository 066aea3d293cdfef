"""Is anything promised for sooner than the time rules are carried out? (docs/tick.md, How often)"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tkt.desk import Desk
from tkt.durations import MINUTE, DurationError, parse_duration
from tkt.errors import Problem, Severity
from tkt.i18n import Message, msg
from tkt.late import late
from tkt.policies.levels import ServiceLevels, read_levels
from tkt.policies.values import PolicyVersion, Row
from tkt.schema import FILES, Configuration
from tkt.store.gitnear import near_place

LATE = 30 * MINUTE
"""Seconds by which a forge may begin a scheduled job late."""
WORKFLOWS = (
    ".github/workflows/*.y*ml",
    ".gitea/workflows/*.y*ml",
    ".forgejo/workflows/*.y*ml",
    ".gitlab-ci.yml",
    ".gitlab/*.y*ml",
)
_RUNS = late(rb"\btick\b")
_EXAMPLE = "tick: {every: 60s}"


def pace_problems(desk: Desk) -> Iterator[Problem]:
    """A warning where a target or a rung comes sooner than whoever carries out the time rules."""
    declared = desk.config.desk.tick.every
    if declared is not None:
        yield from _by_machine(desk.config, declared)
        return
    scheduled = scheduling_file(desk.root)
    if scheduled is None:
        return
    hasty = hasty_targets(read_levels(desk.config)[0], LATE)
    if hasty:
        message = msg(
            "due or warned of within 30 minutes, but only the schedule of {file} runs tkt tick, which a forge"
            " begins 5 to 30 minutes late: {targets}",
            file=scheduled,
            targets=hasty,
        )
        hint = msg(
            "run tkt tick --every 60s on a machine, and say so in tkt.yaml: {example}", example=_EXAMPLE
        )
        yield _warning(desk.config, message, hint)


def hasty_targets(levels: ServiceLevels, seconds: int) -> tuple[str, ...]:
    """`policy row clock` of what has a target, or a rung of its ladder, within so many seconds."""
    return tuple(
        f"{version.name} {row.name} {clock}"
        for version, row in _rows(levels)
        for clock, target in row.targets.items()
        if _first_step(levels, row, clock, target) < seconds
    )


def scheduling_file(root: Path) -> str | None:
    """The file by which a forge runs `tkt tick`, of the desk's folder or its repository; None without one."""
    place = near_place(root)
    tops = dict.fromkeys((root, *([place.top] if place is not None and place.top is not None else [])))
    for top in tops:
        for pattern in WORKFLOWS:
            for file in sorted(top.glob(pattern)):
                with suppress(OSError):  # no workflow then
                    if _RUNS.search(file.read_bytes()):
                        return file.relative_to(top).as_posix()
    return None


def _by_machine(config: Configuration, declared: str) -> Iterator[Problem]:
    try:
        seconds = parse_duration(declared, days=True)
    except DurationError as error:
        yield _warning(config, error.message, error.hint, severity=Severity.ERROR)
        return
    hasty = hasty_targets(read_levels(config)[0], seconds)
    if hasty:
        message = msg(
            "due or warned of sooner than tkt tick comes, every {span}: {targets}",
            span=declared,
            targets=hasty,
        )
        yield _warning(config, message, msg("in tkt.yaml: {example}", example=_EXAMPLE))


def _rows(levels: ServiceLevels) -> Iterator[tuple[PolicyVersion, Row]]:
    for version in levels.policies.versions:
        for row in version.rows.values():
            yield version, row


def _first_step(levels: ServiceLevels, row: Row, clock: str, target: int) -> int:
    """Open seconds until the first rung, or until due."""
    ladder = levels.ladders.get(row.ladder or "")
    steps = (rung.reached_after(target) for rung in (ladder.get(clock, ()) if ladder else ()))
    return min([target, *steps])


def _warning(
    config: Configuration, message: Message, hint: Message | None, severity: Severity = Severity.WARNING
) -> Problem:
    line = config.line_of("desk", "tick", "every")
    return Problem(
        code="tick", message=message, path=FILES["desk"][0], line=line, hint=hint, severity=severity
    )
