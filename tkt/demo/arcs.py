"""What was the last full week of the demo desk about, and what led to it?

On Monday night a release goes out; from Tuesday on invoices cannot be submitted, and the fix waits for the
supplier. Beside that: promises kept and broken, answers that came late, parcels that improved. All times hang
on the Monday of that week, so that the story is the same whatever day the desk is made on.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tkt.demo.plots import LATE, RATED, START, THANKS, Mark, Plot, Steps

LEAST = 150
"""Smaller desks have none of it."""

RELEASE = timedelta(hours=22)
"""When the release of that week goes out, after its Monday's midnight."""
_DONE: Steps = (*THANKS, *RATED)
_FIX: Steps = (*START, "progress", "note", "wait for vendor", "vendor is slow", "solve", *_DONE)
_CASES: tuple[tuple[float, Steps], ...] = (
    (1.38, _FIX),
    (1.40, _FIX),
    (1.44, (*START, "progress", "promise", "wait for vendor", "vendor is slow", "solve", *_DONE)),
    (1.48, _FIX),
    (1.60, (*START, "progress", "chase", "soothe", "note", "solve", *_DONE)),
    (1.62, _FIX),
    (2.40, _FIX),
    (2.43, (*START, "ask", "answer", "progress", "note", "solve", *_DONE)),
    (2.50, (*LATE, "progress", "solve", *_DONE)),
    (2.63, (*START, "progress", "chase", "raise", "soothe", "solve", *_DONE)),
    (2.66, (*START, "hand over", "introduce", "progress", "solve untold")),
    (3.41, (*START, "progress", "note", "solve", *_DONE)),
    (3.55, (*START, "progress", "note", "solve", *_DONE, "come back", "reopen")),
    (4.45, (*START, "progress", "note", "wait for vendor")),
    (4.60, (*START, "progress", "chase")),
)
"""When, in days since that Monday, and how: the tickets about invoices."""
_QUICK: Steps = (*START, "solve at once", *_DONE)
_ASKED: Steps = (*START, "ask", "answer", "solve", *_DONE)
_CALM: tuple[tuple[float, Steps], ...] = (
    (-6.61, _QUICK), (-6.58, _ASKED), (-6.44, _QUICK), (-5.60, _ASKED), (-5.57, _QUICK), (-5.42, _QUICK),
    (-4.61, _ASKED), (-4.55, _QUICK), (-4.40, _QUICK), (-3.59, _ASKED), (-3.46, _QUICK), (-2.60, _QUICK),
    (-2.50, _ASKED), (0.39, _QUICK), (0.47, _ASKED), (0.60, _QUICK), (1.41, _QUICK), (1.57, _ASKED),
    (2.38, _QUICK), (2.58, _QUICK), (3.40, _ASKED), (3.62, _QUICK),
)  # fmt: skip
"""What goes well, and is rated."""
_USUAL: tuple[Steps, ...] = (
    ("login-lockout", "vat-invoice"),
    ("coupon-rule", "trial-question"),
    ("red-invoice-howto", "branch-permissions"),
    ("invoice-title", "export-timeout"),
    ("contract-renewal", "dark-theme"),
    ("webhook-signature", "rate-limit"),
    ("broken-printer", "wrong-scanner"),
)
"""What it is mostly about, in Chinese and in English."""
_SLOW: tuple[tuple[float, Steps], ...] = (
    (-0.60, (*LATE, "solve", *_DONE)),
    (0.44, (*LATE, "progress", "solve", *_DONE)),
    (1.50, (*LATE, "ask", "answer", "solve", *_DONE)),
    (2.48, (*LATE, "solve", *_DONE)),
)
"""What is answered late, and rated accordingly."""
_KEPT: Steps = (*START, "progress", "promise", "solve", "keep", *_DONE)
_BROKEN: Steps = (*START, "promise", "progress", "wait for vendor", "vendor is slow", "solve", *_DONE)
_PROMISED: tuple[tuple[float, Steps], ...] = (
    (-3.50, _KEPT), (0.45, _KEPT), (0.58, _BROKEN), (1.45, _KEPT), (2.41, _BROKEN), (2.56, _KEPT),
)  # fmt: skip
_PARCELS: Steps = (*START, "progress", "solve", *THANKS)


def arcs(now: datetime, zone: ZoneInfo) -> tuple[Plot, ...]:
    """The plots of the story, for a desk made at `now`; the same ones for all of a week."""
    week = last_week(now, zone)
    return tuple(_all(week))


def last_week(now: datetime, zone: ZoneInfo) -> datetime:
    """When the last full week before `now` began: its Monday's midnight in `zone`."""
    local = now.astimezone(zone)
    monday = (local - timedelta(days=local.weekday() + 7)).date()
    return datetime(monday.year, monday.month, monday.day, tzinfo=zone)


def day_of(week: datetime, days: float) -> datetime:
    """An instant so many days after the week began; UTC, whole seconds."""
    return (week + timedelta(seconds=round(days * 86_400))).astimezone(UTC)


def _all(week: datetime) -> Iterator[Plot]:
    for place, (days, steps) in enumerate(_CASES):
        yield Plot(
            steps=steps,
            at=day_of(week, days),
            scenarios=("invoice-e104",),
            is_late=LATE[2] in steps,
            is_open=steps[-1] not in _DONE,
            role=f"invoice-{place + 1}",
        )
    for place, (days, steps) in enumerate(_CALM):
        yield Plot(steps=steps, at=day_of(week, days), scenarios=_USUAL[place % len(_USUAL)])
    for place, (days, steps) in enumerate(_SLOW):
        yield Plot(steps=steps, at=day_of(week, days), is_late=True, scenarios=_USUAL[place])
    yield from (Plot(steps=steps, at=day_of(week, days)) for days, steps in _PROMISED)
    yield from _learnt(week)


def _learnt(week: datetime) -> Iterator[Plot]:
    """What was learnt from, before that week and in it."""
    for place, days in enumerate((-61.5, -58.4, -55.5, -51.6, -48.4, -45.5, -41.6, -38.5, -36.4)):
        marks = (Mark("improved", "carrier-labels", day_of(week, CARRIER_DONE)),) if place < 2 else ()
        yield Plot(
            steps=_PARCELS,
            at=day_of(week, days),
            scenarios=("delivery-late",),
            language="zh",
            marks=marks,
            role=f"parcel-{place + 1}",
        )
    yield Plot(
        steps=(*START, "progress", "note", "solve", *THANKS),
        at=day_of(week, -9.4),
        scenarios=("fading-print",),
        language="en",
        marks=(Mark("reviewed", "printer-lot-2607", day_of(week, PRINTER_REVIEWED)),),
        role="printer",
    )
    for place, days in enumerate((-12.4, -6.5)):
        yield Plot(
            steps=_ASKED,
            at=day_of(week, days),
            scenarios=("red-invoice-howto",),
            language="zh",
            marks=(Mark("improved", "cancel-invoice-guide", day_of(week, GUIDE_DONE)),),
            role=f"guide-{place + 1}",
        )
    yield Plot(
        steps=(*START, "progress", "note", "solve", *THANKS),
        at=day_of(week, -5.5),
        scenarios=("sso-down",),
        language="en",
        role="sign-in",
        is_reviewed=False,
    )
    for place, days in enumerate((-20.4, -14.5)):
        yield Plot(
            steps=(*START, "progress", "note", "solve", *THANKS),
            at=day_of(week, days),
            scenarios=("double-charge",),
            language="zh",
            marks=(Mark("reviewed", "double-charges", day_of(week, CHARGES_REVIEWED)),) if place == 0 else (),
            role=f"charge-{place + 1}",
        )


ROOT = "invoice-1"
CAUSED = frozenset(f"invoice-{number}" for number in (2, 3, 4, 6, 7, 11, 12))
"""The ticket on which the cause was found, and those that are attached to it."""
CARRIER_DONE, CHARGES_REVIEWED, PRINTER_REVIEWED, GUIDE_DONE = -34.35, -11.3, 2.63, 3.62
"""Days since that Monday."""
