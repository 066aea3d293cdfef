"""How did the week go, beside the week before?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tkt.i18n import _, msg, render
from tkt.kpis.csat_by_response import FEWEST
from tkt.kpis.figures import Kpi
from tkt.kpis.window import Window, previous
from tkt.render import words
from tkt.render.layout import PageGrid, Section
from tkt.render.times import local
from tkt.reports.material import Material
from tkt.reports.numbers import (
    AGAINST,
    BOTTLENECK,
    NUMBERS,
    change_head,
    numbers_data,
    numbers_ids,
    numbers_note,
    numbers_rows,
)
from tkt.reports.parts import Part

_TOLD = (*NUMBERS, BOTTLENECK, AGAINST)
_QUARTERS = ("q1", "q4")
_WEEK = 7


def headline(material: Material) -> Part:
    """Received, resolved, open, service level, first response, satisfaction, the bottleneck, K12."""
    before = material.during(previous(material.window))
    heads = (_("number"), _this(material.window), _("before"), change_head())
    rows = tuple(numbers_rows(_TOLD, material, (before,)))
    section = Section(
        _("At a glance"), (PageGrid(heads, rows, name="numbers"),), tuple(_notes(material)), name="headline"
    )
    return Part(section, {**numbers_data(_TOLD, {"now": material, "before": before}), **_more(material)})


def _this(window: Window) -> str:
    """`this week`, where it is one."""
    first, end = (local(at, window.zone).date() for at in (window.start, window.end))
    return _("this week") if (end - first).days == _WEEK else _("the window")


def _notes(material: Material) -> Iterator[str]:
    yield numbers_note()
    yield from bottleneck(material)
    yield against(material.kpi("K12"))
    yield from numbers_ids(_TOLD, material)


def bottleneck(material: Material) -> Iterator[str]:
    """Where requesters waited longest, in a sentence; none where nothing was resolved."""
    time = material.kpi("K10")
    status, share = time.value("bottleneck"), time.value("bottleneck_share")
    if isinstance(status, str) and isinstance(share, float):
        name = words.status_name(material.config, status)
        yield render(
            msg(
                "Requesters waited longest in “{status}”: {share} of all their waiting, over the tickets resolved.",
                status=name,
                share=f"{share:.0%}",
            )
        )


def against(kpi: Kpi) -> str:
    """What K12 says, in a sentence that claims no cause."""
    n, rho = kpi.value("n"), kpi.value("rho")
    if rho is None:
        return render(
            msg(
                "Satisfaction against first response: n/a, it takes {fewest} answers in stars and there are {n}.",
                n=n,
                fewest=FEWEST,
            )
        )
    first, last = (_stars(kpi, quarter) for quarter in _QUARTERS)
    return render(
        msg(
            "Satisfaction against first response: the quickest quarter gave {first} stars, the slowest {last} (a correlation, not a cause).",
            first=first,
            last=last,
        )
    )


def _stars(kpi: Kpi, quarter: str) -> str:
    value = kpi.value(quarter, "mean_stars")
    return f"{value:.1f}" if isinstance(value, (int, float)) else _("n/a")


def _more(material: Material) -> dict[str, Any]:
    return {"bottleneck_share": material.kpi("K10").value("bottleneck_share")}
