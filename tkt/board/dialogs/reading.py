"""How is something read in front of the board: a ticket's page, the help, why something was refused?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static


class ReadScreen(ModalScreen[str]):
    """A text that is scrolled and left; its answer is the key of `leads` that it was left by, or nothing.

    `leads`: keys that lead on to something else.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "leave", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("space,pagedown", "page(1)", show=False),
        Binding("b,pageup", "page(-1)", show=False),
        Binding("home,g", "edge(False)", show=False),
        Binding("end,G", "edge(True)", show=False),
    ]

    def __init__(
        self,
        text: Content,
        *,
        title: str = "",
        hint: str = "",
        look: str = "",
        leads: Mapping[str, str] | None = None,
    ) -> None:
        """`look`: classes of its frame; `leads`: key → what it is the answer for."""
        super().__init__()
        self._text, self._title, self._hint, self._look = text, title, hint, look
        self._leads = leads or {}

    def compose(self) -> ComposeResult:
        """A title, the text, and what can be done."""
        with Vertical(classes=f"dialog {self._look}"):
            if self._title:
                yield Static(Content(self._title), classes="title")
            with VerticalScroll(can_focus=False):
                yield Static(self._text)
            if self._hint:
                yield Static(Content(self._hint), classes="hint")

    def on_mount(self) -> None:
        """The keys that lead on."""
        for key, answer in self._leads.items():
            self._bindings.bind(key, f"lead('{answer}')", show=False)

    @property
    def _scroll(self) -> VerticalScroll:
        return self.query_one(VerticalScroll)

    def action_leave(self) -> None:
        """Back to the board."""
        self.dismiss("")

    def action_lead(self, answer: str) -> None:
        """On to something else."""
        self.dismiss(answer)

    def action_scroll(self, lines: int) -> None:
        """So many lines down."""
        self._scroll.scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """So many pages down."""
        self._scroll.scroll_relative(y=pages * max(self._scroll.size.height - 2, 1), animate=False)

    def action_edge(self, is_end: bool) -> None:
        """To the beginning, or the end."""
        (self._scroll.scroll_end if is_end else self._scroll.scroll_home)(animate=False)
