"""What do config/sla.yaml and config/calendars/ say?"""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from msgspec import Meta

from tkt.i18n import N_
from tkt.schema.base import Day, DurationText, Name, QueryText, Struct

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Hours = Annotated[
    str,
    Meta(
        pattern=r"^\d{1,2}:\d{2}-\d{1,2}:\d{2}$",
        description=N_("hours like 09:00-12:00; past midnight 22:00-30:00"),
    ),
]
Week = Annotated[
    dict[Weekday, list[Hours]], Meta(extra_json_schema={"propertyNames": {"enum": list(get_args(Weekday))}})
]
TargetRow = Annotated[str, Meta(pattern=r"^(P[1-9]|default)$", description=N_("a priority, or `default`"))]


class DatedWeek(Struct, frozen=True, kw_only=True):
    """Weekly hours from a day on."""

    since: Day
    week: Week


class CalendarDecl(Struct, frozen=True, kw_only=True):
    """When a desk is open (docs/sla.md C1)."""

    zone: str
    week: Week
    weeks: list[DatedWeek] = []
    holidays: str | list[Day] = []  # a region, CN or DE-BY, read from config/calendars/CN-2026.yaml; or dates
    exceptions: dict[Day, list[Hours]] = {}


class CalendarFile(Struct, frozen=True, kw_only=True):
    """config/calendars/CN-2026.yaml, DE-BY-2027.yaml: the public holidays of a region in some years."""

    country: str
    subdivision: str | None = None  # a part of the country that has holidays of its own
    covers: list[int]
    announced: bool = True  # False: the authorities had not said yet which days; import them again later
    holidays: list[Day]
    workdays: list[Day] = []  # make-up working days, with Monday's hours
    source: str | None = None

    @property
    def region(self) -> str:
        """As a calendar names it under `holidays`: `CN`, `DE-BY`."""
        return f"{self.country}-{self.subdivision}" if self.subdivision else self.country


class PolicyDecl(Struct, frozen=True, kw_only=True):
    """One promise: the first policy of the list whose `match` holds wins (docs/sla.md P1)."""

    name: Name
    match: QueryText = ""
    calendar: Name | None = None
    ladder: Name | None = None
    effective_from: str | None = None
    spans_days: bool | list[TargetRow] = False  # rows that are meant to promise more than one open day (C6)
    targets: dict[TargetRow, dict[str, str]]  # priority or `default` → calendar, ladder, clock → duration


class SlaFile(Struct, frozen=True, kw_only=True):
    """config/sla.yaml."""

    calendars: dict[Name, CalendarDecl]
    policies: list[PolicyDecl]
    ladders: dict[Name, dict[str, Any]] = {}
    enforce_from: str | None = None


__all__ = ["CalendarDecl", "CalendarFile", "DatedWeek", "DurationText", "PolicyDecl", "SlaFile"]
