"""How is it told what a desk's calendars know: when they open, which years of holidays, who uses them?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from tkt.frozen import dataclass
from tkt.i18n import _, msg, msgn, render
from tkt.policies.calendars import Known
from tkt.render.jsons import plain
from tkt.render.screen import Screen
from tkt.render.text import pad, width, wrap
from tkt.render.times import open_time, when

NARROWEST = 20


@dataclass(frozen=True, kw_only=True)
class CalendarFacts:
    """One calendar, as `calendar check` tells of it."""

    name: str
    zone: str
    known: Known | None  # None: it lists its holidays itself
    listed: int  # so many holidays
    opens_at: datetime | None  # None: not in the next 366 days
    open_days: int  # of the next 366
    open_s: int
    policies: Sequence[str]

    def to_json(self) -> dict[str, Any]:
        """For a program (docs/json.md, `calendar check`)."""
        known = self.known
        return {
            "name": self.name,
            "zone": self.zone,
            "region": known.region if known else None,
            "years": sorted(known.announced) if known else [],
            "unannounced": sorted(known.estimated) if known else [],
            "opens_at": plain(self.opens_at),
            "open_days": self.open_days,
            "open_s": self.open_s,
            "policies": list(self.policies),
        }

    def lines(self, now: datetime, screen: Screen) -> Iterator[str]:
        """For a person."""
        yield f"{screen.styled(self.name, 'bold')}  {self.zone}"
        rows = list(self._rows(now))
        room = max(width(label) for label, _text in rows)
        for label, text in rows:
            start = f"  {pad(label, room)}  "
            for line in wrap(text, max(screen.columns - width(start), NARROWEST)):
                yield f"{start}{line}".rstrip()
                start = " " * width(start)

    def _rows(self, now: datetime) -> Iterator[tuple[str, str]]:
        yield _("opens"), self._opens(now)
        yield _("holidays"), self._holidays()
        yield (
            _("next 366 days"),
            render(
                msgn(
                    "{count} open day, {span}",
                    "{count} open days, {span}",
                    self.open_days,
                    span=open_time(self.open_s),
                )
            ),
        )
        yield _("policies"), _(", ").join(self.policies) or _("none uses it")

    def _opens(self, now: datetime) -> str:
        if self.opens_at is None:
            return _("not in the next 366 days")
        return _("is open now") if self.opens_at <= now else when(self.opens_at, now, self.zone)

    def _holidays(self) -> str:
        known = self.known
        if known is None and not self.listed:
            return _("none")
        if known is None:
            return render(
                msgn(
                    "{count} day, listed in config/sla.yaml",
                    "{count} days, listed in config/sla.yaml",
                    self.listed,
                )
            )
        parts = [f"{known.region} {_(', ').join(map(str, sorted(known.announced)))}".rstrip()]
        if known.estimated:
            parts.append(render(msg("{years} not announced yet", years=tuple(sorted(known.estimated)))))
        return _("; ").join(parts)
