"""Which tickets shall the board show? A query, tried out before the question goes away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tkt.board.lanes import Board
from tkt.board.telling import fault_told
from tkt.errors import TktError
from tkt.i18n import _


class AskScreen(ModalScreen[Board | None]):
    """Its answer is the board for the query that was typed; None: as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, query: str, look: Callable[[str], Awaitable[Board | TktError]]) -> None:
        super().__init__()
        self._query = query
        self._look = look

    def compose(self) -> ComposeResult:
        """What is asked, and what is wrong with it."""
        with Vertical(classes="dialog"):
            yield Static(Content(_("Show which tickets?")), classes="title")
            yield Input(
                self._query, placeholder=_("owner:me priority:P1,P2 sla:breached … or @view"), compact=True
            )
            yield Static(classes="fault")
            yield Static(Content(_("Enter shows them · empty shows all · Escape leaves")), classes="hint")

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one(".fault").display = False

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Try it; what is wrong is told below it."""
        event.stop()
        found = await self._look(event.value)
        if not isinstance(found, TktError):
            self.dismiss(found)
            return
        fault = self.query_one(".fault", Static)
        fault.update(fault_told(found))
        fault.display = True

    def action_leave(self) -> None:
        """As it was."""
        self.dismiss(None)
