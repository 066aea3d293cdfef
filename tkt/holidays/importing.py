"""What would an import of holidays change in the desk, and may it?"""

from __future__ import annotations

from datetime import date
from typing import Literal

from tkt.desk import Desk
from tkt.errors import Refused
from tkt.frozen import dataclass
from tkt.holidays.files import calendar_file, file_path, file_text, is_as_written
from tkt.holidays.library import PublicDays
from tkt.i18n import msg
from tkt.policies.calendars import calendar_files
from tkt.schema import CalendarFile
from tkt.store.files import read_file

State = Literal["new", "unchanged", "changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One file that is to be written, or is as it should be already."""

    path: str
    days: PublicDays
    text: str
    old: CalendarFile | None = None
    original: bytes | None = None  # what stands there now

    @property
    def file(self) -> CalendarFile:
        """What the file will say."""
        return calendar_file(self.days)

    @property
    def state(self) -> State:
        """Whether the file is new, or says other days than it did."""
        if self.original is None:
            return "new"
        return "unchanged" if self.old is not None and _facts(self.old) == _facts(self.file) else "changed"

    @property
    def is_edited(self) -> bool:
        """Whether somebody has written into the file that stands there, or made it by hand."""
        return self.original is not None and not is_as_written(self.original.decode(errors="replace"))

    @property
    def differences(self) -> list[tuple[str, str, str]]:
        """(`+` or `-`, `holidays` or `workdays`, day) of each day that comes or goes, in order."""
        found = []
        for key in ("holidays", "workdays"):
            before, after = set(getattr(self.old, key, ())), set(getattr(self.file, key))
            found += [("-", key, day) for day in before - after] + [("+", key, day) for day in after - before]
        return sorted(found, key=lambda each: each[2])


def planned_import(desk: Desk, days: PublicDays, *, made: date, force: bool = False) -> Import:
    """The file of these days in this desk, compared with the one that is there.

    Errors: Refused where another file has that year, unless `force`.
    """
    path = file_path(days)
    new = calendar_file(days)
    files = {place: file for file, place in calendar_files(desk.config)}
    for place, file in files.items():
        if place != path and file.region == new.region and days.year in file.covers and not force:
            raise Refused(
                msg("{path} has {region} of {year} already", path=place, region=new.region, year=days.year),
                hint=msg("edit that file, or write {path} beside it with --force", path=path),
            )
    there = desk.root / path
    original = read_file(there, root=desk.root) if there.exists() else None
    text = file_text(days, language=desk.config.desk.language, made=made)
    return Import(path=path, days=days, text=text, old=files.get(path), original=original)


def _facts(file: CalendarFile) -> tuple[object, ...]:
    """What verdicts follow from; in whatever order it stands."""
    return (file.region, set(file.covers), file.announced, set(file.holidays), set(file.workdays))
