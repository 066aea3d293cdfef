"""When do people of the demo write: the desk in its office hours, customers in theirs?"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tkt.schema import Configuration
from tkt.worktime import Calendar, due_at

_MORNING, _NIGHT = time(8, 0), time(22, 0)
_USUAL = "P3"


class Hours:
    """The hours of one desk. Minutes in, UTC instants of whole seconds out."""

    def __init__(self, config: Configuration) -> None:
        self.zone = ZoneInfo(config.desk.zone)
        self._office = Calendar.from_mapping({"zone": config.desk.zone, "week": office_week(config)})

    def at_the_desk(self, start: datetime, minutes: float) -> datetime:
        """After so many minutes of office time."""
        return due_at(self._office, start, round(minutes * 60))

    def awake(self, start: datetime, minutes: float, dice: Random) -> datetime:
        """After so many minutes by the wall, or the next morning where that is at night."""
        found = start + timedelta(seconds=round(minutes * 60))
        local = found.astimezone(self.zone)
        if _MORNING <= local.time() < _NIGHT:
            return found
        morning = local.replace(hour=8, minute=dice.randrange(60), second=dice.randrange(60))
        if local.time() >= _NIGHT:
            morning += timedelta(days=1)
        return morning.astimezone(found.tzinfo)

    def received(self, latest: datetime, age: timedelta, dice: Random) -> datetime:
        """About `age` before `latest`: by day, at weekends half as often; never after `latest`."""
        found = self.awake(latest - age, 0, dice)
        if found.astimezone(self.zone).weekday() >= 5 and dice.random() < 0.5:
            found -= timedelta(days=dice.choice((2, 3)))
        return min(found, latest - timedelta(seconds=dice.randrange(60, 600)))


def office_week(config: Configuration) -> dict[str, list[str]]:
    """When the desk works: the week that its general policy promises for an ordinary ticket."""
    general = next(policy for policy in reversed(config.sla.policies) if not policy.match)
    calendar = general.targets[_USUAL].get("calendar") or general.calendar
    return {str(day): list(spans) for day, spans in config.sla.calendars[str(calendar)].week.items()}
