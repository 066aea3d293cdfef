"""What do all pages of the dashboard have around their content: name, navigation, language?"""

from __future__ import annotations

from collections.abc import Sequence

from tkt.frozen import dataclass
from tkt.i18n import msg, render
from tkt.render.frame import Frame, NavItem, framed
from tkt.render.text import one_line
from tkt.schema import Configuration


@dataclass(frozen=True, slots=True, kw_only=True)
class Chrome:
    """The frame of the dashboard's pages."""

    brand: str
    nav: tuple[NavItem, ...]

    def frame(
        self,
        title: str,
        *,
        current: str = "",
        depth: int = 0,
        facts: Sequence[tuple[str, str]] = (),
        has_charts: bool = False,
        has_script: bool = True,
        kind: str = "dashboard",
    ) -> Frame:
        """The frame of one page; `current`: the path of its item in the navigation, `depth`: its folders."""
        return framed(
            title,
            depth=depth,
            brand=self.brand,
            nav=self.nav,
            current=current,
            facts=tuple((one_line(label), one_line(value)) for label, value in facts),
            has_charts=has_charts,
            has_script=has_script,
            kind=kind,
        )


def chrome_of(config: Configuration, nav: Sequence[NavItem]) -> Chrome:
    """Named for the desk, in the reader's language."""
    return Chrome(brand=one_line(render(msg("{desk} dashboard", desk=config.desk.name))), nav=tuple(nav))
