"""Which kinds of reports are there? One module a kind and one line here.

A kind is a function `made(material) -> Made`; its module is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from tkt.frozen import dataclass
from tkt.i18n import Message, msg

if TYPE_CHECKING:
    from tkt.render.layout import Page
    from tkt.reports.material import Material


@dataclass(frozen=True, slots=True)
class Made:
    """A report: what people read, and the same for programs."""

    page: Page
    data: dict[str, Any]  # docs/json.md: durations in seconds, rates 0..1, null for n/a


@dataclass(frozen=True, slots=True)
class Kind:
    """Where a kind of report is made."""

    title: Message
    module: str

    def made(self, material: Material) -> Made:
        """The report, in the reader's language. Errors: as the kind says."""
        make: Callable[[Material], Made] = import_module(f"tkt.reports.{self.module}").made
        return make(material)


KINDS: Mapping[str, Kind] = {
    "kpi": Kind(msg("Key figures"), "kpi"),
    "sla": Kind(msg("Service level"), "service"),
    "trend": Kind(msg("Trends"), "trend"),
    "flow": Kind(msg("Flow"), "flow"),
    "causes": Kind(msg("Causes"), "causes"),
    "customers": Kind(msg("Customers"), "customers"),
    "agents": Kind(msg("By agent"), "agents"),
    "loop": Kind(msg("Closed loop"), "loop"),
    "releases": Kind(msg("Releases"), "releases"),
    "week": Kind(msg("The week"), "week"),
    "month": Kind(msg("The month"), "month"),
}
"""`tkt report NAME` → its kind, in the order of a site's navigation."""
