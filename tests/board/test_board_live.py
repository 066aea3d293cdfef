"""The live board, worked at by its keys on a real desk."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from helpers import DeskAtWork
from textual.pilot import Pilot
from textual.widgets import Input, Select, Static, TextArea

from tkt import i18n
from tkt.board.app import STALE_S, BoardApp
from tkt.board.columns import LaneView
from tkt.board.dialogs.filling import FormScreen
from tkt.board.drafts import Drafts
from tkt.commands.board_work import CommandWork
from tkt.commands.common import Common, Door

Script = Callable[["Board"], Awaitable[None]]


class Board:
    """A board being worked at, and what can be seen of it."""

    def __init__(self, app: BoardApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def settled(self) -> None:
        """Until the desk's thread has answered, twice: one answer may ask for more."""
        for _ in range(2):
            await self.pilot.pause()
            while self.app.pending:
                await asyncio.sleep(0.01)
                await self.pilot.pause()
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.settled()

    async def type(self, text: str) -> None:
        """Put words where the cursor is, as pasting does."""
        field = self.app.screen.focused
        if isinstance(field, TextArea):
            field.insert(text)
        elif isinstance(field, Input):
            field.insert_text_at_cursor(text)
        await self.settled()

    def lane(self, status: str) -> list[str]:
        return [card.id for lane in self.app.board.lanes if lane.status == status for card in lane.cards]

    @property
    def in_sight(self) -> list[str]:
        return [view.status for view in self.app.query(LaneView) if view.display]

    @property
    def question(self) -> str:
        """All that the screen in front says."""
        return "\n".join(str(each.content) for each in self.app.screen.query(Static))

    def part(self, name: str) -> str:
        return str(self.app.screen_stack[0].query_one(name, Static).content)


def worked(desk: DeskAtWork, script: Script, *, size: tuple[int, int] = (120, 40), query: str = "") -> None:
    """Work at the board of a desk."""
    hands = CommandWork(Door(directory=desk.root), Common())
    app = BoardApp(hands, Drafts(desk.root), hands.look(query))

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            board = Board(app, pilot)
            await board.settled()
            await script(board)
            await board.settled()

    asyncio.run(run())


def new(desk: DeskAtWork, text: str, *more: str) -> str:
    found: str = desk.json("new", "-c", "phone", "--from", "wu@acme.example", "-m", text, *more)["id"]
    return found


TRIAGED = (
    "--type",
    "inquiry",
    "--category",
    "billing",
    "--impact",
    "one",
    "--urgency",
    "green",
    "--set",
    "account=acme",
)


@pytest.fixture
def two(desk: DeskAtWork) -> tuple[DeskAtWork, str, str]:
    """A desk with a new ticket of which little is known, and one in progress."""
    first = new(desk, "The printer [b]is[/b] slow")
    second = new(desk, "开票时报错，无法提交", *TRIAGED)
    desk.tkt("take", second)
    return desk, first, second


def test_the_keys_go_from_card_to_card_and_from_column_to_column(two: tuple[DeskAtWork, str, str]) -> None:
    desk, first, second = two

    async def script(board: Board) -> None:
        assert board.app.selected is not None
        assert board.app.selected.id == first
        await board.press("l", "l")
        assert board.app.selected.id == second
        await board.press("left")
        assert board.app.selected is None  # nothing is assigned
        assert "2 tickets" in board.part("#head")

    worked(desk, script)


def test_a_page_is_opened_and_leads_to_a_deed(two: tuple[DeskAtWork, str, str]) -> None:
    desk, first, _second = two

    async def script(board: Board) -> None:
        await board.press("enter")
        assert "The printer [b]is[/b] slow" in board.question
        assert "What happened" in board.question
        await board.press("n")
        assert "Internal" in board.question
        await board.type("look")
        await board.press("ctrl+s")

    worked(desk, script)
    assert [event["text"] for event in desk.json("show", first)["events"] if event["did"] == "note"] == [
        "look"
    ]


def test_a_move_asks_in_a_form_for_what_its_guards_demand(two: tuple[DeskAtWork, str, str]) -> None:
    desk, _first, second = two

    async def script(board: Board) -> None:
        await board.press("l", "l", "m")
        await board.type("resol")
        await board.press("enter")
        form = board.app.screen
        assert isinstance(form, FormScreen)
        assert "text: what was done" in board.question
        code, cause = form.query(Select)
        code.value, cause.value = "fixed", "product"
        form.query_one(TextArea).text = "restarted it"
        await board.press("ctrl+s")
        assert board.lane("resolved") == [second]
        assert board.app.selected is not None
        assert board.app.selected.id == second  # the selection goes with the ticket

    before = desk.git("rev-list", "--count", "HEAD")
    worked(desk, script)
    ticket = desk.json("show", second)
    assert ticket["status"] == "resolved"
    assert ticket["resolution"] == {"code": "fixed", "text": "restarted it", "cause": "product"}
    assert int(desk.git("rev-list", "--count", "HEAD")) == int(before) + 1
    assert second in desk.git("log", "-1", "--format=%B")


def test_a_form_that_is_left_changes_nothing_and_keeps_what_was_typed(
    two: tuple[DeskAtWork, str, str],
) -> None:
    desk, _first, second = two

    async def script(board: Board) -> None:
        await board.press("l", "l", "m")
        await board.type("resol")
        await board.press("enter")
        board.app.screen.query_one(TextArea).text = "restarted it"
        await board.press("escape")
        assert board.lane("in-progress") == [second]
        await board.press("m")
        await board.type("resol")
        await board.press("enter")
        assert board.app.screen.query_one(TextArea).text == "restarted it"
        await board.press("ctrl+s")  # code and cause are still missing
        assert isinstance(board.app.screen, FormScreen)
        await board.press("escape")

    worked(desk, script)
    assert desk.json("show", second)["status"] == "in-progress"


def test_a_ticket_is_assigned_to_whom_a_few_letters_name(two: tuple[DeskAtWork, str, str]) -> None:
    desk, _first, second = two
    people = desk.root / "config/people.yaml"
    people.write_text(
        people.read_text("utf-8").replace(
            "people:\n", "people:\n  zhao.min: {name: 赵敏, teams: [support]}\n"
        ),
        "utf-8",
    )

    async def script(board: Board) -> None:
        await board.press("l", "l", "a")
        await board.type("赵")
        await board.press("enter")
        card = board.app.board.card(second)
        assert card is not None
        assert card.owner == "赵敏"

    worked(desk, script)
    assert desk.json("show", second)["owner"] == "zhao.min"


def test_a_reply_is_public_and_a_draft_outlives_escape_and_quitting(two: tuple[DeskAtWork, str, str]) -> None:
    desk, first, _second = two

    async def begins(board: Board) -> None:
        await board.press("r")
        assert "Public: the customer reads" in board.question
        assert "The printer [b]is[/b] slow" in board.question
        await board.type("Please wait")
        await board.press("escape")

    async def ends(board: Board) -> None:
        assert Drafts(desk.root).tickets() == {first}
        await board.press("r")
        assert board.app.screen.query_one(TextArea).text == "Please wait"
        await board.press("enter", "!", "ctrl+s")

    worked(desk, begins)
    assert desk.git("status", "--porcelain") == ""
    worked(desk, ends)
    said = [event for event in desk.json("show", first)["events"] if event.get("role") == "agent"]
    assert [event["text"] for event in said if event["did"] == "message"] == ["Please wait\n!"]
    assert Drafts(desk.root).tickets() == frozenset()


def test_an_empty_reply_is_refused_where_it_is_written(two: tuple[DeskAtWork, str, str]) -> None:
    desk, _first, _second = two

    async def script(board: Board) -> None:
        await board.press("r")
        await board.type("  ")
        await board.press("ctrl+s")
        assert board.app.screen.query_one(TextArea).text == "  "
        assert "there are no words to write down" in board.question

    worked(desk, script)


def test_what_a_query_finds_is_shown_and_a_wrong_one_is_told(two: tuple[DeskAtWork, str, str]) -> None:
    desk, _first, second = two

    async def script(board: Board) -> None:
        await board.press("slash")
        board.app.screen.query_one(Input).value = "ownr:me"
        await board.press("enter")
        assert "owner" in board.question
        board.app.screen.query_one(Input).value = "owner:me"
        await board.press("enter")
        assert board.lane("new") == []
        assert board.lane("in-progress") == [second]
        assert "owner:me" in board.part("#head")
        await board.press("v", "enter")  # everything again
        assert board.app.board.count == 2

    worked(desk, script)


@pytest.mark.long
def test_a_view_is_chosen_by_its_name(two: tuple[DeskAtWork, str, str]) -> None:
    desk, _first, second = two

    async def script(board: Board) -> None:
        await board.press("v")
        await board.type("@mine")
        await board.press("enter")
        assert board.app.board.query == "@mine"
        assert board.lane("in-progress") == [second]

    worked(desk, script)


def test_what_cannot_be_done_is_told_and_can_be_left(two: tuple[DeskAtWork, str, str]) -> None:
    desk, _first, second = two
    desk.git("commit", "--allow-empty", "-qm", "by hand")

    async def script(board: Board) -> None:
        await board.press("u", "enter")
        assert "not one of tkt's" in board.question
        assert "git revert" in board.question
        await board.press("escape", "l", "l")
        assert board.app.selected is not None
        assert board.app.selected.id == second

    worked(desk, script)


def test_the_last_command_is_taken_back(two: tuple[DeskAtWork, str, str]) -> None:
    desk, _first, second = two

    async def script(board: Board) -> None:
        await board.press("u", "enter")
        assert board.lane("in-progress") == []
        assert second in board.lane("new")
        assert "took back" in board.part("#said")

    worked(desk, script)


def test_what_a_command_notes_beside_its_answer_is_shown(
    two: tuple[DeskAtWork, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _first, _second = two
    told: list[str] = []

    async def script(board: Board) -> None:
        monkeypatch.setattr(board.app, "notify", lambda text, **_more: told.append(text))
        await board.press("n")
        await board.type("ask @nobody @nobody")
        await board.press("ctrl+s")

    worked(desk, script)
    assert told == ["nobody is called @nobody: the note is kept, but mentions nobody by it"]


@pytest.mark.long
def test_another_status_is_another_column(two: tuple[DeskAtWork, str, str]) -> None:
    desk, _first, _second = two
    flow = desk.root / "config/workflow.yaml"

    async def script(board: Board) -> None:
        parked = "statuses:\n  parked: {category: waiting, en: Parked, zh: 搁置}\n"
        flow.write_text(flow.read_text("utf-8").replace("statuses:\n", parked), "utf-8")
        board.app.action_follow()
        await board.settled()
        assert board.in_sight[0] == "parked"
        await board.press("l", "enter", "escape")

    worked(desk, script, size=(150, 30))


@pytest.mark.long
def test_taking_a_ticket_asks_for_its_triage(two: tuple[DeskAtWork, str, str]) -> None:
    desk, first, _second = two

    async def script(board: Board) -> None:
        await board.press("t")
        assert isinstance(board.app.screen, FormScreen)
        assert "impact: how many are affected" in board.question
        await board.press("escape")

    worked(desk, script)
    assert desk.json("show", first)["status"] == "new"


def test_a_change_from_outside_is_seen_and_the_selection_stays(two: tuple[DeskAtWork, str, str]) -> None:
    desk, first, second = two

    third = new(desk, "Another one")
    file = desk.path(third)
    waiting = file.read_bytes()
    file.unlink()
    colleague = CommandWork(Door(directory=desk.root), Common())

    async def script(board: Board) -> None:
        await board.press("l", "l")
        file.write_bytes(waiting)
        board.app.action_follow()
        await board.settled()
        assert {first, third} == set(board.lane("new"))
        assert board.app.selected is not None
        assert board.app.selected.id == second
        assert colleague.move(second, "closed", {"--code": "spam"}).error is None
        board.app.action_follow()
        await board.settled()
        assert board.app.selected is None

    worked(desk, script)


def test_nothing_is_looked_at_again_while_no_file_changes(
    two: tuple[DeskAtWork, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _first, _second = two

    async def script(board: Board) -> None:
        board.app.action_follow()
        await board.settled()
        looks: list[str] = []
        with monkeypatch.context() as patched:
            patched.setattr(board.app.hands, "look", looks.append)
            board.app.action_follow()
            await board.settled()
        assert looks == []
        monkeypatch.setenv("TKT_NOW", "2026-11-16T04:00:00Z")
        board.app._looked_at -= STALE_S + 1
        board.app.action_follow()
        await board.settled()
        assert board.app.board.clock == "12:00"  # times to due go on all the same

    worked(desk, script)


def test_a_configuration_that_cannot_be_read_leaves_the_board_as_it_was(
    two: tuple[DeskAtWork, str, str],
) -> None:
    desk, first, _second = two

    async def script(board: Board) -> None:
        file = desk.root / "config/workflow.yaml"
        whole = file.read_text("utf-8")
        file.write_text("statuses: [", "utf-8")
        board.app.action_follow()
        await board.settled()
        assert board.lane("new") == [first]
        assert board.app._trouble
        await board.press("enter")
        assert "workflow.yaml" in board.question
        await board.press("escape")
        file.write_text(whole, "utf-8")
        board.app.action_follow()
        await board.settled()
        assert not board.app._trouble

    worked(desk, script)


def test_as_many_columns_are_in_sight_as_there_is_room_for(desk: DeskAtWork) -> None:
    async def script(board: Board) -> None:
        for columns, count in ((120, 5), (100, 4), (80, 3), (60, 1)):
            await board.pilot.resize_terminal(columns, 20)
            await board.settled()
            assert board.in_sight == ["new", "assigned", "in-progress", "waiting", "resolved"][:count]
            await board.press("l", "l", "l", "l")
            assert board.in_sight[-1] == "resolved"
            assert len(board.in_sight) == count
            assert "Resolved 0" in board.part("#strip")
            await board.press("h", "h", "h", "h")
            assert board.in_sight[0] == "new"

    worked(desk, script)


def test_the_board_speaks_chinese(two: tuple[DeskAtWork, str, str]) -> None:
    desk, _first, _second = two
    i18n.activate("zh")

    async def script(board: Board) -> None:
        (head, *_rest) = (str(each.content) for each in board.app.query(".lane-head").results(Static))
        assert head == "新建 1"

    worked(desk, script)


@pytest.mark.long
def test_where_the_terminal_cannot_be_given_away_the_board_names_the_command(
    two: tuple[DeskAtWork, str, str],
) -> None:
    desk, first, _second = two

    async def script(board: Board) -> None:
        await board.press("o")
        assert f"tkt edit {first}" in board.part("#said")

    worked(desk, script)


@pytest.mark.long
def test_a_hostile_title_is_only_text(desk: DeskAtWork) -> None:
    new(desk, "\x1b[31mred [bold]x[/] [link=http://x]" + "很" * 2000)

    async def script(board: Board) -> None:
        assert board.app.selected is not None
        assert "\x1b" not in board.app.selected.title
        await board.press("enter", "escape", "r", "escape", "question_mark", "escape", "d")

    worked(desk, script, size=(60, 20))
