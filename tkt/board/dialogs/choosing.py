"""How is one thing chosen of many? Typing narrows the list, Enter takes what is set off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tkt.board.work import Choice
from tkt.i18n import _


class ChooseScreen(ModalScreen[str | None]):
    """Its answer is the value that was chosen; None for none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down,ctrl+n", "move(1)", show=False, priority=True),
        Binding("up,ctrl+p", "move(-1)", show=False, priority=True),
    ]

    def __init__(self, title: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._shown: Sequence[Choice] = choices

    def compose(self) -> ComposeResult:
        """What for, what is typed, and what it leaves."""
        with Vertical(classes="dialog"):
            yield Static(Content(self._title), classes="title")
            yield Input(placeholder=_("type to narrow the list"), compact=True)
            yield OptionList(markup=False)
            yield Static(Content(_("Enter takes it · Escape leaves")), classes="hint")

    def on_mount(self) -> None:
        """All of them at first."""
        self._show(self._choices)
        self.query_one(OptionList).can_focus = False
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Those that hold what was typed, in whatever case."""
        wanted = event.value.strip().casefold()
        self._show([it for it in self._choices if wanted in _words(it)])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The one that is set off."""
        event.stop()
        place = self.query_one(OptionList).highlighted
        if place is not None:
            self.dismiss(self._shown[place].value)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The one that was clicked on."""
        event.stop()
        self.dismiss(self._shown[event.option_index].value)

    def action_leave(self) -> None:
        """None of them."""
        self.dismiss(None)

    def action_move(self, steps: int) -> None:
        """To the next one."""
        listed = self.query_one(OptionList)
        (listed.action_cursor_down if steps > 0 else listed.action_cursor_up)()

    def _show(self, choices: Sequence[Choice]) -> None:
        self._shown = choices
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options([Option(_told(choice)) for choice in choices])
        listed.highlighted = 0 if choices else None


def _words(choice: Choice) -> str:
    return f"{choice.value} {choice.label} {choice.beside}".casefold()


def _told(choice: Choice) -> Content:
    if not choice.beside or choice.beside == choice.label:
        return Content(choice.label)
    return Content.assemble(choice.label, (f"  {choice.beside}", "$quiet"))
