"""Which years' holidays a calendar knows, and the verdicts that reach beyond them (docs/sla.md C1)."""

from __future__ import annotations

from typing import Any

import pytest
from sla_desk import LUNCH, WEEKDAYS, ZONE, at, configuration, sla_file

from tkt.policies.coverage import uncovered_told, uncovered_years, years_fault
from tkt.schema import CalendarFile
from tkt.sla import ServiceLevels, Verdict

WEEK = dict.fromkeys(WEEKDAYS, LUNCH)
ROW = {"calendar": "office", "first_response": "2h"}
FILES = (
    CalendarFile(country="CN", covers=[2025], holidays=["2025-10-01"]),
    CalendarFile(country="CN", covers=[2026], holidays=["2026-10-01"]),
)
FIXED_BY_LAW = CalendarFile(country="CN", covers=[2027], holidays=["2027-10-01"], announced=False)


def levels(*files: CalendarFile, **calendar: Any) -> ServiceLevels:
    declared = {"zone": ZONE, "week": WEEK, "holidays": "CN", **calendar}
    policy = {"name": "all", "targets": {"P3": ROW}}
    sla = sla_file([policy], calendars={"office": declared, "always": {"zone": ZONE, "week": WEEK}})
    return ServiceLevels.from_configuration(configuration(sla, holidays=files))


def verdict(start: str, due: str | None, ticket: str = "1", state: Any = "active") -> Verdict:
    return Verdict(
        ticket=ticket,
        clock="resolution",
        cycle="a",
        state=state,
        calendar="office",
        start_at=at(start),
        due_at=at(due) if due else None,
    )


def told(*verdicts: Verdict, by: ServiceLevels, now: str | None = None) -> list[str]:
    return [str(uncovered_told(it)) for it in uncovered_years(verdicts, by, at(now) if now else None)]


def test_what_stays_within_the_years_of_the_files_is_nothing_to_tell() -> None:
    assert told(verdict("2025-12-30T10:00", "2026-12-31T18:00"), by=levels(*FILES)) == []


def test_a_due_date_in_a_year_without_a_file_is_told_once_for_a_calendar() -> None:
    late = [verdict("2026-12-30T10:00", "2027-01-04T10:00", name) for name in ("1", "2", "2")]
    assert told(*late, by=levels(*FILES)) == [
        "calendar office knows the holidays of CN up to 2026; 2 tickets are due or run in 2027:"
        " tkt calendar import CN 2027"
    ]


def test_a_clock_that_is_paused_runs_until_now() -> None:
    paused = verdict("2026-12-30T10:00", None)
    assert told(paused, by=levels(*FILES), now="2026-12-31T10:00") == []
    assert len(told(paused, by=levels(*FILES), now="2027-01-02T10:00")) == 1


def test_the_year_is_that_of_the_calendars_own_wall() -> None:
    # 2027 in Shanghai, still 2026 by UTC
    assert len(told(verdict("2026-12-30T10:00", "2027-01-01T00:30"), by=levels(*FILES))) == 1


def test_years_before_the_first_file_are_unknown_too() -> None:
    (found,) = told(verdict("2023-12-30T10:00", "2024-01-03T10:00"), by=levels(*FILES))
    assert found == (
        "calendar office knows the holidays of CN of 2025, 2026 alone; 1 ticket is due or runs in 2023, 2024:"
        " tkt calendar import CN 2023 2024"
    )


def test_a_file_that_was_made_before_the_year_was_announced_is_not_enough() -> None:
    (found,) = told(verdict("2026-12-30T10:00", "2027-01-04T10:00"), by=levels(*FILES, FIXED_BY_LAW))
    assert found.startswith("calendar office knows of 2027 only those holidays of CN that the law fixes;")


@pytest.mark.parametrize("state", ["n/a", "cancelled", "exempt"])
def test_verdicts_in_which_no_holiday_matters_are_left_alone(state: Any) -> None:
    assert told(verdict("2027-01-04T10:00", "2027-01-04T12:00", state=state), by=levels(*FILES)) == []


def test_a_calendar_that_lists_its_holidays_knows_them_all() -> None:
    assert told(verdict("2027-01-04T10:00", "2027-01-04T12:00"), by=levels(holidays=["2026-10-01"])) == []


def test_check_tells_it_at_the_calendars_place_and_without_a_number() -> None:
    by = levels(*FILES)
    (found,) = uncovered_years([verdict("2026-12-30T10:00", "2027-01-04T10:00")], by)
    problem = years_fault(by.config, found)
    assert str(problem.message) == (
        "calendar office knows the holidays of CN up to 2026, and tickets are due or run in 2027"
    )
    assert str(problem.hint) == "tkt calendar import CN 2027"
    assert problem.severity == "warning"
