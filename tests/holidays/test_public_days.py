"""What the package `holidays` knows, how it is written, and what a file's comments say."""

from __future__ import annotations

import sys
from datetime import date

import pytest

from tkt.defaults import source_files
from tkt.errors import NotFound, UsageError
from tkt.holidays import day_names, public_days
from tkt.holidays.files import calendar_file, file_path, file_text, is_as_written
from tkt.schema import CalendarFile
from tkt.schema.reading import read_struct
from tkt.store.codec.reading import read_document

MADE = date(2026, 11, 22)


def read(text: str) -> CalendarFile:
    found, faults = read_struct(CalendarFile, read_document(text.encode(), "x.yaml").value)
    assert faults == []
    assert found is not None
    return found


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_days_that_a_new_desk_gets_are_those_that_china_announced(year: int) -> None:
    source = dict(source_files())[f"config/calendars/CN-{year}.yaml"]
    shipped, found = read(source), calendar_file(public_days("CN", year))
    assert (shipped.holidays, shipped.workdays) == (found.holidays, found.workdays)
    assert found.announced


def test_a_year_without_make_up_days_is_not_announced_yet() -> None:
    found = public_days("CN", 2030)
    assert not found.is_announced
    assert not found.workdays
    assert date(2030, 1, 1) in found.holidays


def test_only_countries_that_move_days_every_year_are_waited_for() -> None:
    assert [public_days(country, 2026).is_announced for country in ("DE", "US", "TW")] == [True] * 3
    assert not public_days("AE", 2031).is_announced  # the moon has not been seen
    assert not public_days("KZ", 2090).is_announced
    assert public_days("KZ", 2090, today=date(2091, 1, 1)).is_announced  # what was to be said was said


def test_the_turn_of_the_year_belongs_to_the_year_that_announced_it() -> None:
    found = public_days("CN", 2019)
    assert next(iter(found.holidays)) == date(2018, 12, 31)
    assert next(iter(found.workdays)) == date(2018, 12, 29)


def test_days_are_named_in_the_desks_language() -> None:
    day = date(2026, 2, 17)
    assert public_days("CN", 2026, language="zh").holidays[day] == "春节"
    assert public_days("CN", 2026, language="en").holidays[day] == "Chinese New Year (Spring Festival)"


def test_a_part_of_a_country_is_known_by_code_and_by_name() -> None:
    for part in ("BY", "by", "Bayern"):
        found = public_days("de", 2027, subdivision=part)
        assert (found.country, found.subdivision) == ("DE", "BY")
        assert date(2027, 1, 6) in found.holidays
    assert file_path(found) == "config/calendars/DE-BY-2027.yaml"


@pytest.mark.parametrize(
    ("country", "year", "subdivision", "expected"),
    [
        ("XX", 2027, None, "no holidays of XX"),
        ("DE", 2027, "ZZ", "DE has no part ZZ"),
        ("DE", 1700, None, "1700 is no year"),
        ("SG", 2027, "BY", "SG has no part BY"),
    ],
)
def test_what_the_package_does_not_know_is_refused(
    country: str, year: int, subdivision: str | None, expected: str
) -> None:
    with pytest.raises((UsageError, NotFound), match=expected):
        public_days(country, year, subdivision=subdivision)


def test_without_the_package_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    with pytest.raises(UsageError, match="not installed") as refused:
        public_days("CN", 2026)
    assert "pip install holidays" in str(refused.value.hint)


@pytest.mark.parametrize(("country", "part"), [("CN", None), ("DE", "BY"), ("NO", None), ("CA", "ON")])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_written_reads_back_as_it_was_meant(country: str, part: str | None, language: str) -> None:
    days = public_days(country, 2026, subdivision=part, language=language)
    text = file_text(days, language=language, made=MADE)
    found, meant = read(text), calendar_file(days)
    assert (found.region, found.covers, found.holidays, found.workdays, found.announced) == (
        meant.region,
        meant.covers,
        meant.holidays,
        meant.workdays,
        meant.announced,
    )
    assert found.source is not None
    assert "2026-11-22" in found.source
    assert day_names(text) == {str(day): name for day, name in days.holidays.items()}


def test_a_file_shows_that_it_was_edited() -> None:
    text = file_text(public_days("CN", 2026), language="en", made=MADE)
    assert is_as_written(text)
    assert is_as_written(text.replace("\n", "\r\n"))
    assert not is_as_written(text.replace("2026-02-17", "2026-03-17"))
    assert not is_as_written(f"{text}# ours\n")
    assert not is_as_written("country: CN\n")


def test_names_are_behind_the_days_or_above_them() -> None:
    text = "# a file\nholidays:\n# 元旦\n- 2026-01-01\n- '2026-01-02'\n- 2026-02-17  # 春节\n# 上班\nworkdays:\n- 2026-01-04\n"
    assert day_names(text) == {"2026-01-01": "元旦", "2026-01-02": "元旦", "2026-02-17": "春节"}
