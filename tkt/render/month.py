"""How is a month of a calendar drawn: which days are open, which are closed, and what is out of the ordinary?

Each day has a mark behind its number, so that nothing hangs on colours; it all fits 60 columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from tkt.frozen import dataclass
from tkt.i18n import N_, _, msg, msgn, render
from tkt.policies.days import CalendarDay, DayKind
from tkt.render.screen import Screen
from tkt.render.text import hanging, pad, width
from tkt.render.times import WEEKDAYS, open_time
from tkt.worktime.hours import Hours, hours_text

HEADS = (N_("Mo"), N_("Tu"), N_("We"), N_("Th"), N_("Fr"), N_("Sa"), N_("Su"))
MARKS: Mapping[DayKind, str] = {"open": "", "closed": ".", "holiday": "*", "worked": "+", "special": "!"}
KINDS: Mapping[DayKind, str] = {
    "closed": N_("closed"),
    "holiday": N_("holiday"),
    "worked": N_("worked to make up"),
    "special": N_("other hours than usual"),
}
STYLES: Mapping[DayKind, str] = {"closed": "dim", "holiday": "red", "worked": "green", "special": "yellow"}
CELL = 6  # columns of a day
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class MonthPage:
    """A month of one calendar, ready to be drawn. `names`: day → what the holiday is called."""

    month: str  # 2026-02
    calendar: str
    zone: str
    days: Sequence[CalendarDay]
    names: Mapping[str, str]
    open_s: int

    @property
    def open_days(self) -> int:
        """The days on which some open interval begins."""
        return sum(bool(day.hours) for day in self.days)

    def to_json(self) -> dict[str, Any]:
        """The same for a program (docs/json.md, `calendar show`)."""
        return {
            "month": self.month,
            "calendar": self.calendar,
            "zone": self.zone,
            "days": [
                {
                    "date": str(it.day),
                    "kind": it.kind,
                    "hours": [hours_text(each) for each in it.hours],
                    "name": self.names.get(str(it.day)) if it.kind == "holiday" else None,
                }
                for it in self.days
            ],
            "open_days": self.open_days,
            "open_s": self.open_s,
        }

    def lines(self, screen: Screen) -> Iterator[str]:
        """The page for this screen."""
        yield f"{screen.styled(self.month, 'bold')}  {self.calendar}  {self.zone}"
        yield ""
        yield "".join(pad(_(head), CELL - 2, right=True) + "  " for head in HEADS).rstrip()
        yield from self._weeks(screen)
        yield ""
        yield from self._legend(screen)
        yield ""
        told = list(self._out_of_the_ordinary(screen))
        yield from (*told, "") if told else ()
        yield render(
            msgn(
                "{count} open day, {span}",
                "{count} open days, {span}",
                self.open_days,
                span=open_time(self.open_s),
            )
        )

    def _weeks(self, screen: Screen) -> Iterator[str]:
        cells = [""] * self.days[0].day.weekday() + [_cell(day, screen) for day in self.days]
        for start in range(0, len(cells), len(HEADS)):
            week = cells[start : start + len(HEADS)]
            yield "".join(cell or " " * CELL for cell in week).rstrip()

    def _legend(self, screen: Screen) -> Iterator[str]:
        usual: dict[Hours, list[int]] = {}
        for day in self.days:
            if day.kind == "open" and day.day.weekday() not in usual.setdefault(day.hours, []):
                usual[day.hours].append(day.day.weekday())
        for hours, weekdays in usual.items():
            when = _weekdays_told(sorted(weekdays))
            yield from hanging(_joined(when, hours_told(hours)), screen.columns)
        for kind in (kind for kind in MARKS if any(day.kind == kind for day in self.days)):
            if MARKS[kind]:
                yield f"  {screen.styled(f'{MARKS[kind]} {_(KINDS[kind])}', STYLES.get(kind, ''))}"

    def _out_of_the_ordinary(self, screen: Screen) -> Iterator[str]:
        """Holidays by their names, days that follow each other as one line; each other day with its hours."""
        told = [day for day in self.days if day.kind in ("holiday", "worked", "special")]
        for _key, run in groupby(enumerate(told), key=self._alike):
            days = [day for _place, day in run]
            span = _dates_told(days[0].day, days[-1].day)
            yield from hanging(_joined(span, self._what(days[0])), screen.columns, indent="")

    def _alike(self, placed: tuple[int, CalendarDay]) -> tuple[str, Hours, str, date]:
        place, it = placed
        return it.kind, it.hours, self.names.get(str(it.day), ""), it.day - place * DAY

    def _what(self, it: CalendarDay) -> str:
        if it.kind == "holiday":
            return self.names.get(str(it.day)) or _("holiday")
        return _joined(_(KINDS[it.kind]), hours_told(it.hours))


def hours_told(hours: Hours) -> str:
    """`09:00-12:00, 13:30-18:00`; closed without any."""
    return ", ".join(map(hours_text, hours)) if hours else _("closed")


def _cell(it: CalendarDay, screen: Screen) -> str:
    text = f"{it.day.day:>{CELL - 2}}{MARKS[it.kind]}"
    return screen.styled(text, STYLES.get(it.kind, "")) + " " * (CELL - width(text))


def _weekdays_told(weekdays: Sequence[int]) -> str:
    """`Mon–Fri`, `Mon, Wed`."""
    runs = (list(run) for _key, run in groupby(enumerate(weekdays), key=lambda each: each[1] - each[0]))
    return _(", ").join(_run_told([weekday for _place, weekday in run]) for run in runs)


def _run_told(weekdays: Sequence[int]) -> str:
    first, last = _(WEEKDAYS[weekdays[0]]), _(WEEKDAYS[weekdays[-1]])
    return first if len(weekdays) == 1 else render(msg("{first}–{last}", first=first, last=last))


def _dates_told(first: date, last: date) -> str:
    told = f"{first:%m-%d} {_(WEEKDAYS[first.weekday()])}"
    if first == last:
        return told
    return render(msg("{first}–{last}", first=told, last=f"{last:%m-%d} {_(WEEKDAYS[last.weekday()])}"))


def _joined(first: str, second: str) -> str:
    return f"{first}  {second}"
