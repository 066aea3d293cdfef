"""How is a reply or a note written? Every key is kept, so that a draft is never lost."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from tkt.board.telling import fault_told
from tkt.board.work import Told
from tkt.errors import TktError
from tkt.frozen import dataclass
from tkt.i18n import _
from tkt.render.text import cut


@dataclass(frozen=True, kw_only=True)
class Writing:
    """What is to be written."""

    title: str
    warning: str  # who reads it
    is_public: bool
    context: str  # what it answers; empty for nothing
    draft: str  # what was begun before


class WriteScreen(ModalScreen[Told | None]):
    """Its answer is what came of sending; None: not sent, the draft stays."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding("ctrl+s", "send", show=False, priority=True),
    ]

    def __init__(
        self, what: Writing, *, keep: Callable[[str], None], send: Callable[[str], Awaitable[Told]]
    ) -> None:
        """`keep` is called with every change. Errors of it: TktError, told below."""
        super().__init__()
        self._what, self._keep, self._send = what, keep, send
        self._is_sending = False

    def compose(self) -> ComposeResult:
        """Who reads it, what it answers, the words, and what can be done."""
        what = self._what
        with Vertical(classes=f"dialog {'-public' if what.is_public else ''}"):
            yield Static(Content(what.title), classes="title")
            if what.context:
                yield Static(Content(what.context), classes="context")
            yield Static(Content.assemble((what.warning, "bold $warning" if what.is_public else "$quiet")))
            yield TextArea(what.draft, soft_wrap=True, show_line_numbers=False, compact=True)
            yield Static(classes="fault")
            yield Static(Content(_("Ctrl-S sends · Escape leaves and keeps the draft")), classes="hint")

    def on_mount(self) -> None:
        """Behind what was begun."""
        self.query_one(".fault").display = False
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Keep it as it is now."""
        try:
            self._keep(event.text_area.text)
        except TktError as error:
            self._tell(error)

    async def action_send(self) -> None:
        """Send it; where that is refused it stays here, with the reason below."""
        if self._is_sending:
            return
        self._is_sending = True
        told = await self._send(self.query_one(TextArea).text)
        self._is_sending = False
        if told.error is None:
            self.dismiss(told)
        else:
            self._tell(told.error)

    def action_leave(self) -> None:
        """Back to the board; the draft stays."""
        if not self._is_sending:
            self.dismiss(None)

    def _tell(self, error: TktError) -> None:
        fault = self.query_one(".fault", Static)
        fault.update(fault_told(error))
        fault.display = True


def in_short(text: str, lines: int, columns: int) -> str:
    """The first lines of a long text."""
    kept = [cut(line, columns) for line in text.splitlines() if line.strip()]
    return "\n".join([*kept[:lines], *(["…"] if len(kept) > lines else [])])
