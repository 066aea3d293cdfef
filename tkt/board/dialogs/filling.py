"""How is given what a move asks for? A form of what is missing; what was typed is kept when it is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.markup import escape
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Select, Static, TextArea

from tkt.board.telling import fault_told
from tkt.board.work import Answers, Asked, Choice, cannot_be_given
from tkt.errors import TktError
from tkt.frozen import dataclass
from tkt.i18n import _
from tkt.workflow import MoveRefused


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A form as it was left."""

    answers: Answers
    is_sent: bool


class FormScreen(ModalScreen[Filled]):
    """Its answer is what was filled in, sent or not."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("ctrl+s", "send", show=False, priority=True),
    ]

    def __init__(self, title: str, error: TktError, asked: Sequence[Asked], answers: Answers) -> None:
        """`error`: the refusal; `asked`: what would satisfy it; `answers`: what was filled in before."""
        super().__init__()
        self._title, self._error, self._asked, self._answers = title, error, asked, answers

    def compose(self) -> ComposeResult:
        """Why, and a field for each thing that is missing."""
        with Vertical(classes="dialog"):
            yield Static(Content(self._title), classes="title")
            with VerticalScroll(can_focus=False):
                yield Static(_reason(self._error))
                for number, asked in enumerate(self._asked):
                    yield Static(Content(asked.label), classes="label")
                    yield self._field(asked, f"field-{number}")
            yield Static(
                Content(_("Tab goes on · Ctrl-S sends · Escape leaves and keeps what you typed")),
                classes="hint",
            )

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one("#field-0").focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next field, and sends behind the last."""
        event.stop()
        if event.input.id == f"field-{len(self._asked) - 1}":
            self.action_send()
        else:
            self.focus_next()

    def action_send(self) -> None:
        """Try with what was filled in."""
        self.dismiss(Filled(answers=dict(self._read()), is_sent=True))

    def action_leave(self) -> None:
        """Back to the board; what was typed is kept."""
        self.dismiss(Filled(answers=dict(self._read()), is_sent=False))

    def _field(self, asked: Asked, name: str) -> Widget:
        value = self._answers.get(asked.option, asked.value)
        if asked.choices:
            options = [(_told(choice), choice.value) for choice in asked.choices]
            known = {choice.value for choice in asked.choices}
            return Select(
                options, prompt=_("choose"), value=value if value in known else Select.NULL, id=name
            )
        if asked.is_long:
            return TextArea(
                value, id=name, classes="-short", soft_wrap=True, tab_behavior="focus", compact=True
            )
        return Input(value, id=name, compact=True)

    def _read(self) -> Iterator[tuple[str, str]]:
        for number, asked in enumerate(self._asked):
            yield asked.option, _value(self.query_one(f"#field-{number}"))


def _told(choice: Choice) -> str:
    return escape(choice.label if choice.beside in ("", choice.label) else f"{choice.label}  {choice.beside}")


def _value(field: Widget) -> str:
    if isinstance(field, TextArea):
        return field.text
    if isinstance(field, Input):
        return field.value
    chosen = field.value if isinstance(field, Select) else Select.NULL
    return chosen if isinstance(chosen, str) else ""


def _reason(error: TktError) -> Content:
    """Why it was refused; the fields of the form say the rest."""
    if not isinstance(error, MoveRefused):
        return fault_told(error).stylize_before("$error")
    also = [f"\n{each}" for each in cannot_be_given(error)]
    return Content.assemble((_("To get there it needs:"), "$quiet"), *also)
