"""How do the month's key figures stand beside those before, and those of a year ago?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from tkt.i18n import _, msg, render
from tkt.kpis.nps import FEW
from tkt.kpis.window import Window, previous, year_before
from tkt.render.layout import PageGrid, Section
from tkt.render.times import local
from tkt.reports.material import Material
from tkt.reports.numbers import (
    BOTTLENECK,
    NUMBERS,
    Told,
    change_head,
    numbers_data,
    numbers_ids,
    numbers_note,
    numbers_rows,
)
from tkt.reports.parts import Part
from tkt.reports.week.headline import against

_TOLD = (
    *NUMBERS,
    Told(
        name="fcr",
        label=msg("at first contact"),
        kpi="K4",
        key=("fcr_rate",),
        unit="rate",
        n=("n",),
        good=1,
    ),
    Told(name="reopened", label=msg("reopened"), kpi="K8", key=("rate",), unit="rate", n=("resolved",), good=-1),
    Told(
        name="repeats", label=msg("repeats"), kpi="K9", key=("by_customer_rate",), unit="rate", n=("n",), good=-1
    ),
    Told(name="told", label=msg("told"), kpi="K17", key=("told_rate",), unit="rate", n=("resolved",), good=1),
    Told(name="nps", label=msg("NPS"), kpi="K7", key=("nps",), unit="points", n=("n",), good=1),
    BOTTLENECK,
)  # fmt: skip


def figures(material: Material) -> Part:
    """The figures of the window, of the time before it, as long, and of a year before."""
    windows = {
        "now": material,
        "before": material.during(previous(material.window)),
        "year_before": material.during(year_before(material.window)),
    }
    others = (windows["before"], windows["year_before"])
    heads = (_("number"), _("this month"), _("before"), _("a year before"), change_head())
    rows = tuple(numbers_rows(_TOLD, material, others))
    notes = tuple(_notes(material, others))
    section = Section(_("Key figures"), (PageGrid(heads, rows, name="figures"),), notes, name="figures")
    return Part(section, numbers_data(_TOLD, windows))


def _notes(material: Material, others: tuple[Material, ...]) -> Iterator[str]:
    before, last_year = (days_text(it.window) for it in others)
    yield render(
        msg(
            "Before: {before}; a year before: {year}. The change is against the time before.",
            before=before,
            year=last_year,
        )
    )
    yield numbers_note()
    answers = material.kpi("K7").value("n")
    if isinstance(answers, int) and 0 < answers < FEW:
        yield render(msg("The net promoter score stands on {n} answers: too few to say much.", n=answers))
    yield against(material.kpi("K12"))
    yield from numbers_ids(_TOLD, material)


def days_text(window: Window) -> str:
    """`2026-10-01 to 2026-10-31`: the first and the last day."""
    start, end = local(window.start, window.zone), local(window.end - timedelta(seconds=1), window.zone)
    return render(msg("{start} to {end}", start=f"{start:%Y-%m-%d}", end=f"{end:%Y-%m-%d}"))
