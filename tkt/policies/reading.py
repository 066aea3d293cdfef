"""What does config/sla.yaml say of policies, and what is wrong with it? (docs/sla.md P1, P2, C6)"""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import datetime
from typing import Any

from tkt.clock import parse_instant
from tkt.durations import DurationError, parse_duration
from tkt.errors import Problem, UsageError, did_you_mean
from tkt.fields import field_specs
from tkt.i18n import Message, msg
from tkt.policies.faults import fault
from tkt.policies.values import BACKING, DEFAULT_ROW, LONGEST_TARGET, PolicyVersion, Row
from tkt.query import Query, QueryError, parse_query
from tkt.schema import Configuration, PolicyDecl

TARGETED = ("first_response", "next_response", "update", "resolution", "work", "task")
"""The clocks that take their target from a policy's row; the others carry it on the ticket or status."""

_BESIDE = ("calendar", "ladder")
_BY_MOVES = ("waiting", "resolution", "next_action")  # stored keys that moves change, not `set`s
Place = tuple[str | int, ...]


def read_policies(
    config: Configuration, calendars: Container[str]
) -> tuple[tuple[PolicyVersion, ...], list[Problem]]:
    """Every policy version that can be judged by, and what is wrong with the file."""
    reader = _Reader(config, calendars)
    versions = tuple(reader.policy(number, it) for number, it in enumerate(config.sla.policies))
    reader.duplicates(config.sla.policies)
    return tuple(each for each in versions if each is not None), reader.problems


def read_instant(text: str, zone: str) -> datetime | None:
    """A date (its first instant in `zone`) or an instant; None for anything else."""
    try:
        return parse_instant(text, zone=zone)
    except UsageError:
        return None


def instant_fault(config: Configuration, place: Place, text: str) -> Problem:
    """`text` is no instant, told at its place."""
    message = msg(
        "{key}: {value} is no instant, expected one like 2026-12-01T00:00:00+08:00", key=place[-1], value=text
    )
    return fault(config, place, message)


class _Reader:
    """Reads on past a fault, so that all of them are told at once."""

    def __init__(self, config: Configuration, calendars: Container[str]) -> None:
        self.config = config
        self.calendars = calendars
        self.problems: list[Problem] = []
        self.fields = field_specs(config)
        self.priorities = (*config.taxonomy.priority_names, DEFAULT_ROW)

    def fault(self, place: Place, message: Message, hint: Message | None = None) -> None:
        self.problems.append(fault(self.config, place, message, hint))

    def policy(self, number: int, declared: PolicyDecl) -> PolicyVersion | None:
        place: Place = ("policies", number)
        match = self.match((*place, "match"), declared.match)
        since = self.since((*place, "effective_from"), declared.effective_from)
        self.ladder((*place, "ladder"), declared.ladder)
        self.calendar((*place, "calendar"), declared.calendar)
        rows = [self.row((*place, "targets", name), name, declared) for name in declared.targets]
        if match is None:
            return None
        found = {row.name: row for row in rows if row is not None}
        return PolicyVersion(name=declared.name, place=number, effective_from=since, match=match, rows=found)

    def match(self, place: Place, text: str) -> Query | None:
        try:
            query = parse_query(text, self.fields, now=None, zone=self.config.desk.zone)
        except QueryError as error:
            self.fault(place, error.message, error.hint)
            return None
        if query.uses_now or query.uses_reader:
            self.fault(place, msg("a policy cannot depend on the time or on who asks"))
            return None
        unfit = sorted(name for name in query.fields if not self.is_fit(name))
        if unfit:
            hint = msg(
                "a policy matches on stored keys alone, such as type, category, product, tier or channel"
            )
            self.fault(place, msg("a policy cannot match on {names}", names=tuple(unfit)), hint)
            return None
        return query

    def is_fit(self, name: str) -> bool:
        """Whether the field follows from keys that only `set` events change (P1, P3)."""
        if name in BACKING:
            return True
        spec = self.fields.get(name)
        return spec is not None and not spec.computed and name not in ("status", "text", *_BY_MOVES)

    def since(self, place: Place, text: str | None) -> datetime | None:
        if text is None:
            return None
        found = read_instant(text, self.config.desk.zone)
        if found is None:
            self.problems.append(instant_fault(self.config, place, text))
        return found

    def row(self, place: Place, name: str, declared: PolicyDecl) -> Row | None:
        entries = declared.targets[name]
        if name not in self.priorities:
            self.fault(
                place, msg("there is no priority {name}", name=name), did_you_mean(name, self.priorities)
            )
        self.ladder((*place, "ladder"), entries.get("ladder"))
        self.calendar((*place, "calendar"), entries.get("calendar"))
        targets = {
            clock: seconds
            for clock, text in entries.items()
            if clock not in _BESIDE and (seconds := self.target((*place, clock), clock, text)) is not None
        }
        calendar = entries.get("calendar") or declared.calendar
        if calendar is None:
            hint = msg("add `calendar: NAME` to the row or to the policy")
            self.fault(
                place,
                msg("policy {policy} names no calendar for {name}", policy=declared.name, name=name),
                hint,
            )
        if calendar is None or calendar not in self.calendars:
            return None
        ladder = entries.get("ladder") or declared.ladder
        return Row(name=name, calendar=calendar, ladder=ladder, targets=targets)

    def target(self, place: Place, clock: str, text: str) -> int | None:
        if clock not in TARGETED:
            hint = did_you_mean(clock, (*TARGETED, *_BESIDE))
            self.fault(place, msg("there is no clock {clock}", clock=clock), hint)
            return None
        try:
            seconds = parse_duration(text)
        except DurationError as error:
            self.fault(place, error.message, error.hint)
            return None
        if not 0 < seconds <= LONGEST_TARGET:
            expected = msg(
                "{clock}: {text} is no target, expected more than 0 and at most 10 years",
                clock=clock,
                text=text,
            )
            self.fault(place, expected)
            return None
        return seconds

    def calendar(self, place: Place, name: str | None) -> None:
        self.known(place, name, self.config.sla.calendars, msg("there is no calendar {name}", name=name))

    def ladder(self, place: Place, name: str | None) -> None:
        self.known(place, name, self.config.sla.ladders, msg("there is no ladder {name}", name=name))

    def known(self, place: Place, name: str | None, declared: Iterable[Any], message: Message) -> None:
        names = list(declared)
        if name is not None and name not in names:
            self.fault(place, message, did_you_mean(name, names))

    def duplicates(self, declared: Iterable[PolicyDecl]) -> None:
        """Two versions of one policy cannot begin at one instant (P2)."""
        zone = self.config.desk.zone
        seen = set()
        for number, it in enumerate(declared):
            begins = it.effective_from and (read_instant(it.effective_from, zone) or it.effective_from)
            if (it.name, begins) in seen:
                message = msg("two policies are named {name}", name=it.name)
                hint = msg("a newer version of a policy needs its own effective_from")
                self.fault(("policies", number, "name"), message, hint)
            seen.add((it.name, begins))
