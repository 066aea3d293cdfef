"""How does the live board stand, and how does it follow the desk and the keys?"""

from __future__ import annotations

from time import monotonic
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from tkt.board.cards import Card
from tkt.board.columns import NOTHING_SELECTED, Cards, LaneView
from tkt.board.dialogs.asking import AskScreen
from tkt.board.dialogs.choosing import ChooseScreen
from tkt.board.dialogs.reading import ReadScreen
from tkt.board.doing import Doing
from tkt.board.drafts import Drafts
from tkt.board.heads import head_told, keys_told, strip_told
from tkt.board.helping import help_text
from tkt.board.lanes import Board, Lane
from tkt.board.looks import STYLE, THEMES
from tkt.board.telling import fault_line
from tkt.board.work import Work
from tkt.errors import TktError
from tkt.i18n import _

EVERY_S = 2.0
"""How often it is looked whether a file changed."""
STALE_S = 60.0
"""After so long it is looked at anew in any case: times to due go on."""
LANE_COLUMNS = 24
"""Columns of the terminal that a lane needs."""
ONE_LANE = 66
"""Columns of the terminal below which lanes are shown one at a time."""


class BoardApp(Doing):
    """The board: lanes side by side, as many as fit; one card is selected."""

    CSS = STYLE
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "across(-1)", show=False),
        Binding("right,l", "across(1)", show=False),
        Binding("down,j", "along(1)", show=False),
        Binding("up,k", "along(-1)", show=False),
        Binding("pagedown,ctrl+d", "along(5)", show=False),
        Binding("pageup,ctrl+u", "along(-5)", show=False),
        Binding("home,g", "edge(False)", show=False),
        Binding("end,G", "edge(True)", show=False),
        Binding("enter", "open", show=False),
        Binding("m", "move", show=False),
        Binding("a", "assign", show=False),
        Binding("t", "take", show=False),
        Binding("r", "reply", show=False),
        Binding("n", "note", show=False),
        Binding("o,e", "edit", show=False),
        Binding("u", "undo", show=False),
        Binding("slash", "filter", show=False),
        Binding("v", "views", show=False),
        Binding("R,f5", "look", show=False),
        Binding("d", "light", show=False),
        Binding("question_mark", "help", show=False),
        Binding("q,ctrl+c", "quit", show=False),
    ]

    def __init__(self, hands: Work, drafts: Drafts, first: Board) -> None:
        super().__init__(hands, drafts)
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.board = first
        self.lane = next((number for number, lane in enumerate(first.lanes) if lane.cards), 0)
        self.ticket: str | None = None  # the one that is selected
        self.place = 0  # where it stands in its lane, or stood
        self.first_lane = 0  # of those in sight
        self._mark = b""
        self._looked_at = monotonic()
        self._is_looking = False
        self._trouble = ""

    # --- what is there ---

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """What a theme that is not ours lacks."""
        return dict(THEMES[0].variables)

    def compose(self) -> ComposeResult:
        """A head, the lanes, what was said last, the keys."""
        yield Static(id="head")
        yield Static(id="strip")
        with Horizontal(id="lanes"):
            yield from (LaneView(lane.status) for lane in self.board.lanes)
        yield Static(id="said")
        yield Static(id="keys")

    def on_mount(self) -> None:
        """The first picture, and from now on a look every two seconds."""
        self.call_after_refresh(self.paint)
        self.set_interval(EVERY_S, self.action_follow)

    def on_resize(self, _event: events.Resize) -> None:
        """More lanes fit, or fewer."""
        self.call_after_refresh(self.paint)

    def on_unmount(self) -> None:
        """What was begun is carried out; nothing new is."""
        self.thread.shutdown(wait=True)

    @property
    def selected(self) -> Card | None:
        """The card that keys are about."""
        cards = self._lane.cards
        return cards[self.place] if self.place < len(cards) else None

    @property
    def _lane(self) -> Lane:
        return self.board.lanes[self.lane]

    # --- drawing ---

    def paint(self) -> None:
        """Everything as it is now."""
        self._settle()
        self._bring_into_sight()
        size = self.size.width
        drafts = self.drafts.tickets()
        views = list(self.query(LaneView))
        in_sight = range(self.first_lane, self.first_lane + self._fitting)
        for number, (view, lane) in enumerate(zip(views, self.board.lanes, strict=False)):
            view.display = number in in_sight
            is_current = number == self.lane
            place = self.place if is_current and lane.cards else NOTHING_SELECTED
            view.show(lane, place, drafts, is_current=is_current)
        self.query_one("#head", Static).update(head_told(self.board, size - 2, self._trouble))
        strip = self.query_one("#strip", Static)
        strip.display = self._fitting < len(self.board.lanes)
        strip.update(strip_told(self.board, self.lane, size - 2))
        self.query_one("#keys", Static).update(keys_told(size - 2))

    def say(self, text: str) -> None:
        """In the line above the keys."""
        self.query_one("#said", Static).update(
            Content(text).truncate(max(self.size.width - 2, 1), ellipsis=True)
        )

    @property
    def _fitting(self) -> int:
        """How many lanes are side by side."""
        if self.size.width < ONE_LANE:
            return 1
        return min(self.size.width // LANE_COLUMNS, len(self.board.lanes))

    def _settle(self) -> None:
        """The selected ticket where it is now; where it is gone, what stands in its place."""
        self.lane = min(self.lane, len(self.board.lanes) - 1)
        found = self.board.place_of(self.ticket) if self.ticket is not None else None
        if found is not None:
            self.lane, self.place = found
        self.place = max(min(self.place, len(self._lane.cards) - 1), 0)
        card = self.selected
        self.ticket = None if card is None else card.id

    def _bring_into_sight(self) -> None:
        last = len(self.board.lanes) - self._fitting
        self.first_lane = max(min(self.first_lane, self.lane, last), self.lane - self._fitting + 1, 0)

    # --- following the desk ---

    @work
    async def action_follow(self) -> None:
        """Look again where something changed, or time has gone on."""
        if self._is_looking:
            return
        self._is_looking = True
        try:
            mark = await self.handed(self.hands.mark)
            if mark != self._mark or monotonic() - self._looked_at > STALE_S:
                self._mark = mark
                await self.renew()
        except TktError as error:
            self._told_trouble(fault_line(error))
        finally:
            self._is_looking = False

    @work
    async def action_look(self) -> None:
        """Look again because somebody wants it."""
        await self.renew()

    async def renew(self) -> None:
        """Look at the desk again; where that fails the board stays as it was, and says so."""
        query = self.board.query
        try:
            found = await self.handed(lambda: self.hands.look(query))
        except TktError as error:
            self._told_trouble(fault_line(error))
            return
        await self.show_board(found)

    async def show_board(self, board: Board) -> None:
        """Draw another board, with the same ticket selected where it is still there."""
        before = [lane.status for lane in self.board.lanes]
        self.board, self._trouble, self._looked_at = board, "", monotonic()
        if before != [lane.status for lane in board.lanes]:
            lanes = self.query_one("#lanes")
            await lanes.remove_children()
            await lanes.mount(*(LaneView(lane.status) for lane in board.lanes))
        self.paint()

    def _told_trouble(self, text: str) -> None:
        self._trouble = text
        self._looked_at = monotonic()
        self.paint()

    # --- keys ---

    def action_across(self, steps: int) -> None:
        """To another lane, at about the same height."""
        self.lane = max(min(self.lane + steps, len(self.board.lanes) - 1), 0)
        self.ticket = None
        self.paint()

    def action_along(self, steps: int) -> None:
        """To another card of the lane."""
        self.place = max(min(self.place + steps, len(self._lane.cards) - 1), 0)
        self.ticket = None
        self.paint()

    def action_edge(self, is_end: bool) -> None:
        """To the first or the last card of the lane."""
        self.action_along(len(self._lane.cards) if is_end else -len(self._lane.cards))

    def on_cards_clicked(self, event: Cards.Clicked) -> None:
        """Select it; twice opens it."""
        self.ticket = event.ticket
        self.paint()
        if event.twice:
            self.action_open()

    @work
    async def action_filter(self) -> None:
        """Show what a query finds."""

        async def look(query: str) -> Board | TktError:
            try:
                return await self.handed(lambda: self.hands.look(query))
            except TktError as error:
                return error

        found = await self.push_screen_wait(AskScreen(self.board.query, look))
        if found is not None:
            await self.show_board(found)

    @work
    async def action_views(self) -> None:
        """Show what a saved view finds."""
        views = await self.looked_up(self.hands.views)
        if views is None:
            return
        view = await self.push_screen_wait(ChooseScreen(_("Which view?"), views))
        if view is not None:
            found = await self.looked_up(lambda: self.hands.look(view))
            if found is not None:
                await self.show_board(found)

    @work
    async def action_help(self) -> None:
        """What can be typed, and what the signs mean."""
        await self.push_screen_wait(
            ReadScreen(help_text(), title=_("Keys"), hint=_("Escape or Enter goes back to the board"))
        )

    def action_light(self) -> None:
        """Dark on light, or light on dark."""
        names = [theme.name for theme in THEMES]
        self.theme = names[1 - names.index(self.theme)]
