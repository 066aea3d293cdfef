"""What is a policy, and which one holds for a ticket at an instant? (docs/sla.md P1, P3)"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property

from tkt.durations import DAY
from tkt.fields import stored_lookup
from tkt.frozen import dataclass
from tkt.model import Value
from tkt.query import Query
from tkt.schema import Configuration

_SINCE_EVER = datetime.min.replace(tzinfo=UTC)

DEFAULT_ROW = "default"

LONGEST_TARGET = 10 * 365 * DAY
"""Seconds; what is longer is a slip of the pen, and costs a search over centuries."""

BACKING: Mapping[str, tuple[str, ...]] = {
    "audience": ("type", "category"),
    "category": ("type", "category"),
    "channel.class": ("channel",),
}
"""Fields that a `match` may use though they are no stored keys → the keys that they follow from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is promised to one priority: clock → seconds of its calendar."""

    name: str  # the priority, or `default`
    calendar: str
    ladder: str | None
    targets: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class PolicyVersion:
    """One promise, from an instant on; versions of one policy stand under one name (P2)."""

    name: str
    place: int  # where it stands in config/sla.yaml, from 0
    effective_from: datetime | None  # None: since ever
    match: Query
    rows: Mapping[str, Row]

    def row_for(self, priority: str | None, *, is_new: bool) -> Row | None:
        """The row of a priority; without one, `default` while the ticket is new (P1)."""
        if priority is None:
            return self.rows.get(DEFAULT_ROW) if is_new else None
        return self.rows.get(priority)

    def is_in_force(self, at: datetime) -> bool:
        """Whether it had begun at `at`."""
        return self.effective_from is None or self.effective_from <= at


@dataclass(frozen=True)
class Policies:
    """All policies in their order; a version takes the place at which its name first stands."""

    versions: tuple[PolicyVersion, ...]
    config: Configuration

    @cached_property
    def stored_keys(self) -> tuple[str, ...]:
        """The keys of a ticket that some `match` looks at, in alphabetical order."""
        fields = {name for version in self.versions for name in version.match.fields}
        return tuple(sorted({key for name in fields for key in BACKING.get(name, (name,))}))

    @cached_property
    def followed_keys(self) -> frozenset[str]:
        """The keys whose change may change what is promised."""
        return frozenset((*self.stored_keys, "priority"))

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[PolicyVersion, ...]]:
        """Name → its versions, the newest first."""
        found: dict[str, list[PolicyVersion]] = {}
        for version in self.versions:
            found.setdefault(version.name, []).append(version)
        return {name: tuple(sorted(each, key=_begins, reverse=True)) for name, each in found.items()}

    def in_force(self, at: datetime) -> Sequence[PolicyVersion]:
        """Of each policy the version in force at `at`, in the order in which they are tried (P3)."""
        newest = (
            next((version for version in versions if version.is_in_force(at)), None)
            for versions in self._by_name.values()
        )
        return [version for version in newest if version is not None]

    def chosen(self, values: Mapping[str, Value], at: datetime) -> PolicyVersion | None:
        """The first policy whose `match` holds for these stored keys at `at`; None: uncovered (P1)."""
        known = self._known
        key = (self.era(at), *[_hashable(values.get(name)) for name in self.stored_keys])
        try:
            return known[key]
        except KeyError:
            lookup = stored_lookup(values, config=self.config)
            known[key] = next((each for each in self.in_force(at) if each.match.matches(lookup)), None)
            return known[key]

    @cached_property
    def _known(self) -> dict[Hashable, PolicyVersion | None]:
        """Choices already made: a desk's tickets share few combinations of what policies match on."""
        return {}

    @cached_property
    def _eras(self) -> tuple[datetime, ...]:
        """The instants at which some version begins, in order."""
        return tuple(sorted({it.effective_from for it in self.versions if it.effective_from is not None}))

    def era(self, at: datetime) -> int:
        """How many versions' first instants lie at or before `at`: within one era no policy changes."""
        return bisect_right(self._eras, at) if self._eras else 0


def _begins(version: PolicyVersion) -> datetime:
    return version.effective_from or _SINCE_EVER


def _hashable(value: Value) -> Hashable:
    if value is None or type(value) is str:
        return value  # nearly always
    if isinstance(value, (list, tuple)):
        return tuple(map(_hashable, value))
    if isinstance(value, Mapping):
        return tuple((key, _hashable(each)) for key, each in value.items())
    found: Hashable = value
    return found
