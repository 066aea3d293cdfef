"""What stands at the top of every report: the window, now, the commit, what was left out? (docs/kpi.md K0)"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tkt.clock import instant_text
from tkt.i18n import Message, _, msg, render
from tkt.kpis.facts import INTERNAL
from tkt.kpis.population import CUSTOMER
from tkt.kpis.window import Window
from tkt.render.layout import Page, Section
from tkt.render.times import stamp
from tkt.reports.laying import commit_text, window_notes, window_text
from tkt.reports.material import Material


def page_of(
    material: Material,
    name: str,
    title: Message,
    sections: Iterable[Section | None],
    notes: Iterable[str] = (),
) -> Page:
    """A page under the heading that all of them have; sections that are None are left out."""
    return Page(
        title=render(title),
        facts=tuple(facts_of_page(material)),
        sections=tuple(section for section in sections if section is not None),
        notes=(*_notes(material), *notes),
        name=name,
        lead=lead_of(material.window, material.asked.compared(material.window)),
    )


def lead_of(window: Window, compared: Window | None = None) -> str:
    """Of which time a report tells, and which one it compares that with."""
    if compared is None:
        return window_text(window)
    return render(
        msg("{window}, compared with {other}", window=window_text(window), other=window_text(compared))
    )


def facts_of_page(material: Material) -> Iterator[tuple[str, str]]:
    """Label and value of all that the figures rest on."""
    yield _("window"), window_text(material.window)
    compared = material.asked.compared(material.window)
    if compared is not None:
        yield _("compared with"), window_text(compared)
    yield _("now"), stamp(material.now, material.zone)
    yield _("commit"), commit_text(material.commit, material.clean)
    yield _("tickets"), material.asked.query or _("all")
    yield _("left out"), _left_out(material)


def _left_out(material: Material) -> str:
    left, internal = _counts(material)
    text = msg("{count} (spam, tests, duplicates, merged)", count=left)
    if material.asked.internal:
        return render(text)
    return render(msg("{others}, {count} internal requests", others=text, count=internal))


def _counts(material: Material) -> tuple[int, int]:
    """Of the tickets received in the window: how many count nowhere, and how many belong to the other audience."""
    contains, left = material.window.contains, material.population.left_out
    found = {reason: sum(contains(it.started_at) for it in lives) for reason, lives in left.items()}
    other = found.pop(CUSTOMER if material.asked.internal else INTERNAL, 0)
    return sum(found.values()), other


def _notes(material: Material) -> Iterator[str]:
    yield from window_notes(material.window, material.now, internal=material.asked.internal)


def data_of(material: Material, **parts: Any) -> dict[str, Any]:
    """What every report says to programs: the same heading, then its own parts."""
    compared = material.asked.compared(material.window)
    return {
        "window": window_json(material.window),
        **({} if compared is None else {"compared": window_json(compared)}),
        "now": instant_text(material.now),
        "commit": material.commit,
        "clean": material.clean,
        "query": material.asked.query,
        **left_out(material),
        **parts,
    }


def left_out(material: Material) -> dict[str, int]:
    """`excluded`: how many count nowhere; `internal`: how many belong to the other audience (docs/json.md)."""
    excluded, other = _counts(material)
    return {"excluded": excluded, "internal": other}


def window_json(window: Window) -> dict[str, str]:
    """`from`, `to` (not included) and the zone in which they were meant."""
    return {"from": instant_text(window.start), "to": instant_text(window.end), "zone": window.zone}
