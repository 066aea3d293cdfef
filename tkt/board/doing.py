"""What does somebody do to the ticket that is selected? Each deed is a command, and one commit."""

from __future__ import annotations

import asyncio
import json
from abc import abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from textual import work
from textual.app import App, SuspendNotSupported

from tkt.board.cards import Card
from tkt.board.dialogs.choosing import ChooseScreen
from tkt.board.dialogs.filling import FormScreen
from tkt.board.dialogs.reading import ReadScreen
from tkt.board.dialogs.writing import WriteScreen, Writing, in_short
from tkt.board.drafts import Drafts
from tkt.board.painting import coloured
from tkt.board.telling import fault_line, fault_told
from tkt.board.work import Answers, Asked, Choice, Told, Work
from tkt.errors import TktError
from tkt.i18n import Message, _, msg, render
from tkt.render.text import cut, one_line

Found = TypeVar("Found")
PAGE_COLUMNS = 100
CONTEXT_LINES, CONTEXT_COLUMNS = 6, 76
LEADS = {"m": "move", "a": "assign", "t": "take", "r": "reply", "n": "note", "o": "edit"}
"""Key on a ticket's page → the deed that it leads to."""


class Doing(App[None]):
    """The deeds of the board. All that touches the desk happens on one thread, one thing after the other."""

    def __init__(self, hands: Work, drafts: Drafts) -> None:
        super().__init__()
        self.hands = hands
        self.drafts = drafts
        self.thread = ThreadPoolExecutor(1, "desk")
        self.pending = 0
        """Calls that were handed over and have not answered."""

    @property
    @abstractmethod
    def selected(self) -> Card | None:
        """The card that keys are about."""

    @abstractmethod
    async def renew(self) -> None:
        """Look at the desk again."""

    @abstractmethod
    def say(self, text: str) -> None:
        """Tell something in one line, below the board."""

    # --- the desk's thread ---

    async def handed(self, call: Callable[[], Found]) -> Found:
        """What a call answers that touches the desk."""
        self.pending += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self.thread, call)
        finally:
            self.pending -= 1

    async def looked_up(self, call: Callable[[], Found]) -> Found | None:
        """What a look answers; None where it is refused, which is told."""
        try:
            return await self.handed(call)
        except TktError as error:
            await self.tell_fault(error)
            return None

    async def tell_fault(self, error: TktError) -> None:
        """Say in front of the board what was refused, until somebody has read it."""
        hint = _("Escape or Enter goes back to the board")
        await self.push_screen_wait(
            ReadScreen(fault_told(error), title=_("That is not possible"), hint=hint, look="-fault")
        )

    async def tell(self, told: Told) -> None:
        """Say what came of a deed, and look again."""
        for note in told.notes:
            self.notify(note, markup=False, timeout=8)
        if told.error is not None:
            await self.tell_fault(told.error)
            return
        self.say(" · ".join(one_line(line) for line in told.said if line.strip()))
        await self.renew()

    # --- deeds ---

    @work
    async def action_open(self) -> None:
        """The ticket's page, from which the other deeds can be done too."""
        card = self.selected
        if card is None:
            return
        columns = min(PAGE_COLUMNS, max(self.size.width * 94 // 100 - 6, 20))
        page = await self.looked_up(lambda: self.hands.page(card.id, columns))
        if page is None:
            return
        hint = _("m move · a assign · t take · r reply · n note · o edit · Escape back")
        answer = await self.push_screen_wait(
            ReadScreen(coloured(page.lines), hint=hint, look="-wide", leads=LEADS)
        )
        if answer:
            await self.run_action(answer)

    @work
    async def action_move(self) -> None:
        """To another status, with what its guards ask for."""
        card = self.selected
        to = await self._chosen(card, msg("Where to?"), self.hands.targets)
        if card is not None and to is not None:
            await self._filled(card, f"move-{to}", lambda given: self.hands.move(card.id, to, given))

    @work
    async def action_take(self) -> None:
        """Make it mine and start."""
        card = self.selected
        if card is not None:
            await self._filled(card, "take", lambda given: self.hands.take(card.id, given))

    @work
    async def action_assign(self) -> None:
        """Give it to somebody."""
        card = self.selected
        to = await self._chosen(card, msg("To whom?"), lambda _ticket: self.hands.people())
        if card is not None and to is not None:
            await self.tell(await self.handed(lambda: self.hands.assign(card.id, to)))

    @work
    async def action_reply(self) -> None:
        """Write to the customer."""
        card = self.selected
        if card is None:
            return
        heard = await self.looked_up(lambda: self.hands.heard(card.id))
        if heard is not None:
            warning = _("Public: the customer reads what you write.")
            await self._written(card, "reply", warning, heard, self.hands.reply)

    @work
    async def action_note(self) -> None:
        """Write for colleagues."""
        card = self.selected
        if card is not None:
            warning = _("Internal: the customer never sees it. @name mentions a colleague.")
            await self._written(card, "note", warning, "", self.hands.note)

    @work
    async def action_undo(self) -> None:
        """Take the last command back, once somebody says that it is meant."""
        choices = [
            Choice(value="undo", label=_("Take the last command on this desk back")),
            Choice(value="", label=_("Leave everything as it is")),
        ]
        if await self.push_screen_wait(ChooseScreen(_("Undo?"), choices)) == "undo":
            await self.tell(await self.handed(self.hands.undo))

    @work
    async def action_edit(self) -> None:
        """Its fields in the editor, which has the terminal meanwhile."""
        card = self.selected
        if card is None:
            return
        try:
            with self.suspend():
                told = self.hands.edit(card.id)
        except SuspendNotSupported:
            self.say(render(msg("this terminal cannot be given to an editor: tkt edit {id}", id=card.id)))
            return
        await self.tell(told)

    # --- how they ask ---

    async def _chosen(
        self, card: Card | None, question: Message, choices: Callable[[str], object]
    ) -> str | None:
        """What somebody chooses for a card; None for nothing."""
        if card is None:
            return None
        found = await self.looked_up(lambda: choices(card.id))
        if not isinstance(found, (list, tuple)):
            return None
        return await self.push_screen_wait(ChooseScreen(f"{_named(card)}\n{render(question)}", found))

    async def _filled(self, card: Card, kind: str, deed: Callable[[Answers], Told]) -> None:
        """Try; where it is refused for what a form can give, ask for that and try again."""
        given: dict[str, str] = {}
        asked: Sequence[Asked] = ()
        kept = await self._kept_form(card, kind)
        while True:
            told = await self.handed(partial(deed, given))
            asked = told.asked or asked
            if told.error is None or not asked:
                break
            form = await self.push_screen_wait(FormScreen(_named(card), told.error, asked, {**kept, **given}))
            given = {**given, **form.answers}
            self._keep(card, kind, _as_draft(given, asked))
            if not form.is_sent:
                await self.renew()
                return
        if told.error is None:
            self._keep(card, kind, "")
        await self.tell(told)

    async def _kept_form(self, card: Card, kind: str) -> dict[str, str]:
        text = await self.looked_up(lambda: self.drafts.get(card.id, kind))
        try:
            found = json.loads(text or "{}")
        except ValueError:
            return {}  # somebody else's file of that name: a form begins empty
        return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}

    async def _written(
        self, card: Card, kind: str, warning: str, context: str, send: Callable[[str, str], Told]
    ) -> None:
        """Have something written and send it; the draft goes once it is sent."""
        draft = await self.looked_up(lambda: self.drafts.get(card.id, kind))
        if draft is None:
            return
        what = Writing(
            title=_named(card),
            warning=warning,
            is_public=kind == "reply",
            context=in_short(context, CONTEXT_LINES, CONTEXT_COLUMNS),
            draft=draft,
        )

        def sent(text: str) -> Awaitable[Told]:
            return self.handed(partial(send, card.id, text))

        screen = WriteScreen(what, keep=lambda text: self.drafts.keep(card.id, kind, text), send=sent)
        told = await self.push_screen_wait(screen)
        if told is None:
            await self.renew()  # the card says that a draft waits
            return
        self._keep(card, kind, "")
        await self.tell(told)

    def _keep(self, card: Card, kind: str, text: str) -> None:
        try:
            self.drafts.keep(card.id, kind, text)
        except TktError as error:
            self.notify(fault_line(error), severity="warning", markup=False)


def _as_draft(given: Answers, asked: Sequence[Asked]) -> str:
    """What somebody typed themselves into a form; empty for nothing."""
    suggested = {each.option: each.value for each in asked}
    own = {option: value for option, value in given.items() if value != suggested.get(option, "")}
    return json.dumps(own, ensure_ascii=False) if own else ""


def _named(card: Card) -> str:
    return f"{card.id}  {cut(card.title, 64)}"
