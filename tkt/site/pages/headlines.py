"""Which numbers stand as tiles above a page?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tkt.i18n import _, msg, render
from tkt.kpis.figures import Figure
from tkt.render.html import Tile
from tkt.reports.laying import figure_cell, value_cell
from tkt.reports.material import Material

_OF_KIND = {
    "sla": ("K1", "K2", "K3"),
    "trend": ("K0", "K5"),
    "flow": ("K5", "K8", "K16"),
    "loop": ("K17",),
    "causes": ("K9",),
}
"""Kind of report → the key figures whose headlines stand above it."""


def tiles_of_kind(kind: str, material: Material) -> tuple[Tile, ...]:
    """Those of a kind of report; none of one that has no numbers of its own."""
    return tuple(headlines(_OF_KIND.get(kind, ()), material))


def headlines(numbers: Iterable[str], material: Material) -> Iterator[Tile]:
    """The headline numbers of key figures; what has no value yet is left out."""
    config = material.config
    for number in numbers:
        for each in material.kpi(number).headline:
            if each.figure.value is None:
                continue
            note = "" if each.n is None else counted(each.n)
            yield Tile(sentence(render(each.head)), figure_cell(each.figure, config), note)


def counted(n: Figure) -> str:
    """`n = 12`: what a number stands on."""
    return render(msg("n = {count}", count=n.value if n.value is not None else _("n/a")))


def sentence(text: str) -> str:
    """With a capital, as a label that stands alone."""
    return text[:1].upper() + text[1:]


def csat_tile(material: Material) -> Iterator[Tile]:
    """How many answers of the window were good; nothing where nobody answered."""
    kpi = material.kpi("K6")
    rate = kpi.value("csat")
    if rate is not None:
        answered = Figure((), kpi.value("answered"))
        shown = value_cell(rate, "rate", material.config)
        yield Tile(_("Satisfied"), shown, counted(answered), href="feedback.html")
