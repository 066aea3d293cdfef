"""Which days does the Python package `holidays` know of a country, or a part of it, in a year?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from tkt.errors import NotFound, UsageError, did_you_mean
from tkt.frozen import dataclass
from tkt.i18n import msg

LANGUAGES: Mapping[str, tuple[str, ...]] = {"en": ("en_US", "en_GB"), "zh": ("zh_CN", "en_US")}
"""The desk's language → those of the package in which days are named, the best first."""

IN_A_ROW = 3
"""After so many years that all had make-up days, one without any is not announced yet."""
LOOKED_BACK = 20  # years in which these are looked for

_NO_LONGER = frozenset({"TW"})  # moved days until 2025
_NAMES_WHOLE_BREAKS = frozenset({"CN"})  # whose notices count the weekends within a break as holidays
_ESTIMATED = "estimated"
_WEEKEND = {"en": "weekend", "zh": "周末"}
_NAMED_DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDays:
    """What is known of one year: each day with what it is called, in order."""

    country: str
    subdivision: str | None
    year: int
    holidays: Mapping[date, str]
    workdays: Mapping[date, str]  # days of a weekend that are worked
    is_announced: bool  # False: it has only what the law fixes, or dates that are estimated
    source: str  # the package with its version


def public_days(
    country: str,
    year: int,
    *,
    subdivision: str | None = None,
    language: str = "en",
    today: date | None = None,
) -> PublicDays:
    """The public holidays and make-up working days of a year, named in `language` where the package can.

    Holidays of December that run into its New Year belong to the year: its notice announced them. What was
    to be announced has been where the year is over `today`.
    Errors: UsageError without the package, for an unknown country or subdivision, and for a year that
    the package does not know.
    """
    library = _library()
    code, part = _place(library, country, subdivision)
    found = _days(library, code, part, year, language)
    worked = frozenset(getattr(found, "weekend_workdays", ()))
    is_over = today is not None and year < today.year
    is_doubtful = _is_awaited(library, code, year, worked) or _is_estimated(library, code, part, year)
    is_announced = is_over or not is_doubtful
    off = {day: str(name) for day, name in found.items() if day.year == year}
    off |= {day: str(found[day]) for day in _turn(found, worked, year)}
    if is_announced and code in _NAMES_WHOLE_BREAKS:
        off |= dict.fromkeys(_weekends_within(off, worked, year), _WEEKEND[language])
    if not off:
        raise NotFound(
            msg("the package holidays knows no holiday of {country} in {year}", country=code, year=year)
        )
    return PublicDays(
        country=code,
        subdivision=part,
        year=year,
        holidays=dict(sorted(off.items())),
        workdays={day: _NAMED_DAYS[language][day.weekday()] for day in sorted(_worked_in(worked, year))},
        is_announced=is_announced,
        source=f"Python package holidays {library.__version__} (MIT, https://github.com/vacanza/holidays)",
    )


def _days(library: Any, country: str, subdivision: str | None, year: int, language: str) -> Any:
    """The package's own mapping of days to names, of the year and the one before. Errors: UsageError."""
    place = library.country_holidays(country, subdiv=subdivision)
    if not place.start_year <= year <= place.end_year:
        raise UsageError(
            msg(
                "{year} is no year, expected one from {first} to {last}",
                year=year,
                first=place.start_year,
                last=place.end_year,
            )
        )
    named = next((name for name in LANGUAGES[language] if name in place.supported_languages), None)
    years = [year - 1, year]
    return library.country_holidays(country, subdiv=subdivision, years=years, language=named)


def _library() -> Any:
    """The package, which takes a twentieth of a second. Errors: UsageError where it is not installed."""
    try:
        import holidays
    except ModuleNotFoundError as error:
        raise UsageError(
            msg("public holidays come from the Python package holidays, which is not installed"),
            hint=msg("pip install holidays; or write the days into config/calendars/ by hand"),
        ) from error
    return holidays


def _place(library: Any, country: str, subdivision: str | None) -> tuple[str, str | None]:
    """Both by their codes: `Bayern` is BY. Errors: UsageError."""
    known: Mapping[str, Collection[str]] = library.utils.list_supported_countries()
    code = country.upper()
    if code not in known:
        raise UsageError(
            msg("no holidays of {country}, expected the code of a country such as CN or DE", country=country),
            hint=did_you_mean(code, known),
        )
    if subdivision is None:
        return code, None
    aliases: Mapping[str, str] = library.country_holidays(code).subdivisions_aliases
    codes = {name.casefold(): name for name in known[code]} | {
        name.casefold(): of for name, of in aliases.items()
    }
    part = codes.get(subdivision.casefold())
    if part is None:
        hint = did_you_mean(subdivision, (*known[code], *aliases))
        if known[code]:
            hint = hint or msg("one of {codes}", codes=tuple(known[code]))
        raise UsageError(msg("{country} has no part {part}", country=code, part=subdivision), hint=hint)
    return code, part


def _is_awaited(library: Any, country: str, year: int, worked: Collection[date]) -> bool:
    """Whether a country that moves working days every year has not said which ones: China does in November."""
    if country in _NO_LONGER or any(day.year == year for day in worked):
        return False
    before = library.country_holidays(country, years=range(year - LOOKED_BACK, year))
    years = {day.year for day in getattr(before, "weekend_workdays", ()) if day.year < year}
    last = max(years, default=0)
    return bool(years) and years.issuperset(range(last - IN_A_ROW + 1, last))


def _is_estimated(library: Any, country: str, subdivision: str | None, year: int) -> bool:
    """Whether some day hangs on a sighting of the moon that has not been."""
    if "en_US" not in library.country_holidays(country).supported_languages:
        return False
    found = library.country_holidays(country, subdiv=subdivision, years=year, language="en_US")
    return any(_ESTIMATED in name for name in found.values())


def _turn(found: Any, worked: Collection[date], year: int) -> Iterator[date]:
    """The holidays of December that lead into New Year's Day, where days are moved across the turn."""
    day = date(year, 1, 1) - timedelta(days=1)
    while worked and day.year == year - 1 and (day in found or (_is_weekend(day) and day not in worked)):
        if day in found:
            yield day
        day -= timedelta(days=1)


def _worked_in(worked: Collection[date], year: int) -> Iterator[date]:
    """Those of the year, and of the last week before it: they make up for its New Year."""
    first = date(year, 1, 1) - timedelta(days=7)
    return (day for day in worked if first <= day <= date(year, 12, 31))


def _weekends_within(off: Collection[date], worked: Collection[date], year: int) -> Iterator[date]:
    """Days of a weekend that touch a holiday, directly or by others, and are not worked."""
    for step in (timedelta(days=1), timedelta(days=-1)):
        for holiday in off:
            day = holiday + step
            while day.year == year and day not in off and _is_weekend(day) and day not in worked:
                yield day
                day += step


def _is_weekend(day: date) -> bool:
    return day.weekday() >= 5
