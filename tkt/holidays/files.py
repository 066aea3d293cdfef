"""How is a year's list of holidays written as a file of config/calendars/, and what do its comments say?

A file that `tkt calendar import` wrote ends in a comment with a checksum of the lines above: who edits the
file by hand need not care, but the import then sees that somebody did.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from tkt.holidays.library import PublicDays
from tkt.late import late
from tkt.policies.calendars import import_command
from tkt.render.text import one_line
from tkt.schema import CalendarFile
from tkt.schema.configuration import CALENDAR_FILES

_SCHEMA = "# yaml-language-server: $schema=../.schemas/calendar.json"
_SEALED = late(r"# tkt calendar import: (?P<checksum>[0-9a-f]{16})\n*")
_KEY = late(r"(?P<key>[a-z_]+):.*")
_DAY = late(r"\s*-\s*[\"']?(?P<day>\d{4}-\d\d-\d\d)[\"']?\s*(?:#\s*(?P<name>.*))?")

_TEXTS = {
    "en": (
        "Public holidays of {region} in {year}, and the days that are worked to make up for them.",
        "Written by `{command}`: look it over. It is yours to edit; the import never overwrites an edit.",
        "Not announced yet when this was written: only what the law fixes. Import it again once it is.",
        "Worked to make up for days off, with Monday's hours",
    ),
    "zh": (
        "{region} {year} 年的放假日和调休上班日。",
        "由 `{command}` 写入，请核对。可以直接修改，再次导入不会覆盖手工修改。",
        "写入时当年的安排尚未公布，只有法定节假日。公布后请重新导入。",
        "调休上班日，按周一的时间",
    ),
}


def file_path(days: PublicDays) -> str:
    """`config/calendars/DE-BY-2027.yaml`."""
    return f"{CALENDAR_FILES}/{region_of(days).replace(' ', '_')}-{days.year}.yaml"


def region_of(days: PublicDays) -> str:
    """As a calendar names it: `CN`, `DE-BY`."""
    return f"{days.country}-{days.subdivision}" if days.subdivision else days.country


def file_text(days: PublicDays, *, language: str, made: date) -> str:
    """The file of a year, with what each day is called as a comment in the desk's language."""
    head, written, unannounced, worked = _TEXTS[language]
    region = region_of(days)
    command = import_command(region, days.year)
    lines = [
        _SCHEMA,
        f"# {head.format(region=region, year=days.year)}",
        f"# {written.format(command=command)}",
    ]
    lines.append(f"country: {_plain_or_quoted(days.country)}")
    if days.subdivision:
        lines.append(f"subdivision: {days.subdivision!r}")
    lines.append(f"covers: [{days.year}]")
    if not days.is_announced:
        lines += [f"# {unannounced}", "announced: false"]
    lines += [f"source: '{days.source}, {made}'", "holidays:"]
    lines += [f"- {day}  # {one_line(name)}" for day, name in days.holidays.items()]
    if days.workdays:
        lines += [f"# {worked}", "workdays:"]
        lines += [f"- {day}  # {name}" for day, name in days.workdays.items()]
    return _sealed("".join(f"{line}\n" for line in lines))


def calendar_file(days: PublicDays) -> CalendarFile:
    """What the file says, as tkt reads it."""
    return CalendarFile(
        country=days.country,
        subdivision=days.subdivision,
        covers=[days.year],
        announced=days.is_announced,
        holidays=[str(day) for day in days.holidays],
        workdays=[str(day) for day in days.workdays],
    )


def is_as_written(text: str) -> bool:
    """Whether nobody has edited the file since `tkt calendar import` wrote it; line ends do not count."""
    whole, start, seal = text.replace("\r\n", "\n").rpartition("# tkt calendar import: ")
    found = _SEALED.fullmatch(start + seal)
    return found is not None and found["checksum"] == _checksum(whole)


def day_names(text: str) -> dict[str, str]:
    """What the holidays of a file are called: the comment behind a day, else the last one above it."""
    found: dict[str, str] = {}
    section = heading = ""
    for line in text.splitlines():
        if key := _KEY.fullmatch(line):
            section, heading = key["key"], ""
        elif line.lstrip().startswith("#"):
            heading = line.lstrip("# ").rstrip()
        elif section == "holidays" and (day := _DAY.fullmatch(line)):
            found[day["day"]] = one_line(day["name"] or heading)
    return found


def _plain_or_quoted(code: str) -> str:
    """Norway is no truth value, whoever reads it."""
    return f"'{code}'" if code == "NO" else code


def _sealed(text: str) -> str:
    return f"{text}# tkt calendar import: {_checksum(text)}\n"


def _checksum(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
