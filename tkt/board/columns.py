"""How is one column of the live board drawn, however many cards it has?"""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Static

from tkt.board.cards import Card
from tkt.board.lanes import Lane, late_told
from tkt.board.painting import card_height, card_lines
from tkt.render.text import cut, width

NOTHING_SELECTED = -1


class Cards(ScrollView, can_focus=False):
    """The cards of a column; only those in sight are drawn."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"cards--card", "cards--selected"}

    class Clicked(Message):
        """Somebody clicked on a card."""

        def __init__(self, ticket: str, *, twice: bool) -> None:
            super().__init__()
            self.ticket = ticket
            self.twice = twice

    def __init__(self) -> None:
        super().__init__()
        self._cards: tuple[Card, ...] = ()
        self._drafts: Collection[str] = ()
        self._selected = NOTHING_SELECTED

    def show(self, cards: tuple[Card, ...], selected: int, drafts: Collection[str]) -> None:
        """Draw these cards; `selected` is the place of one of them, or NOTHING_SELECTED."""
        self._cards, self._selected, self._drafts = cards, selected, drafts
        self._resized()
        self.refresh()
        if selected != NOTHING_SELECTED:
            self.call_after_refresh(self._scroll_to_selected)

    def on_resize(self) -> None:
        """Cards may be lower now."""
        self._resized()
        if self._selected != NOTHING_SELECTED:
            self.call_after_refresh(self._scroll_to_selected)

    def on_click(self, event: events.Click) -> None:
        """The card that was clicked on."""
        place = (event.y + round(self.scroll_y)) // self._height
        if 0 <= place < len(self._cards):
            self.post_message(self.Clicked(self._cards[place].id, twice=event.chain > 1))

    def render_line(self, y: int) -> Strip:
        """One line of what is in sight."""
        columns = self.scrollable_content_region.width
        place, row = divmod(y + round(self.scroll_y), self._height)
        if place >= len(self._cards):
            return Strip.blank(columns, self.rich_style)
        card, is_selected = self._cards[place], place == self._selected
        lines = card_lines(card, columns, is_selected=is_selected, has_draft=card.id in self._drafts)
        if row >= len(lines):
            return Strip.blank(columns, self.rich_style)
        style = self.get_visual_style("cards--selected" if is_selected else "cards--card")
        return Strip(lines[row].render_segments(style), columns)

    @property
    def _height(self) -> int:
        return card_height(self.scrollable_content_region.width)

    def _resized(self) -> None:
        self.virtual_size = Size(self.size.width, len(self._cards) * self._height)

    def _scroll_to_selected(self) -> None:
        top = self._selected * self._height
        region = Region(0, top, 1, self._height)
        self.scroll_to_region(region, animate=False, force=True)


class LaneView(Vertical):
    """One column: its head, and its cards."""

    def __init__(self, status: str) -> None:
        super().__init__()
        self.status = status

    def compose(self) -> ComposeResult:
        """A head that stays, above cards that scroll."""
        yield Static(classes="lane-head")
        yield Cards()

    def show(self, lane: Lane, selected: int, drafts: Collection[str], *, is_current: bool) -> None:
        """Draw a column; `selected` as of `Cards.show`. `is_current`: it is the one that keys move in."""
        self.set_class(is_current, "-current")
        self.query_one(".lane-head", Static).update(lane_head(lane, self.size.width - 2))
        self.query_one(Cards).show(lane.cards, selected, drafts)


def lane_head(lane: Lane, room: int) -> Content:
    """A column's name, how many there are, and how many of them are late; in short where there is no room."""
    count, late = f" {len(lane.cards)}", late_told(lane)
    if late and width(lane.name) + width(count) + width(late) + 3 > room:
        late = f"!! {lane.late}"
    name = cut(lane.name, max(room - width(count) - (width(late) + 3 if late else 0), 4))
    parts: list[str | tuple[str, str]] = [(name, "bold"), (count, "$quiet")]
    if late:
        parts += [(" · ", "$quiet"), (late, "bold $error")]
    return Content.assemble(*parts)
