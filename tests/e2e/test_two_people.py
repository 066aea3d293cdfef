"""Two people on one ticket: nobody's words are written over, and each hears of the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from helpers import DeskAtWork

from tkt import actions

Doing = Callable[[DeskAtWork, str], object]


@pytest.fixture
def ticket(desk: DeskAtWork) -> str:
    people = desk.root / "config/people.yaml"
    people.write_text(
        people.read_text("utf-8").replace(
            "\npeople:\n",
            "\npeople:\n"
            "  wang.fang: {name: Wang Fang, email: wang@desk.example, teams: [support]}\n"
            "  zhao.lei: {name: Zhao Lei, email: zhao@desk.example, teams: [support]}\n",
        ),
        "utf-8",
    )
    desk.git("commit", "-qam", "people")
    found: str = desk.json(
        "new", "E104", "--channel", "phone", "--text", "help", "--from", "a@b.example",
        "--category", "billing", "--impact", "one", "--urgency", "yellow", "--asks", "repair",
        "--set", "complexity=simple", "--set", "account=acme-1", "--set", "evidence=a photo",
    )["id"]  # fmt: skip
    desk.at("2026-11-16T02:42:00Z")
    return found


@pytest.fixture
def during(desk: DeskAtWork, ticket: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Have somebody do something while a verb works, `times` times: between its reading and its writing."""

    def install(verb: str, doing: Doing, *, times: int = 1) -> list[str]:
        done: list[str] = []
        real: Any = getattr(actions, verb)

        def meanwhile(*args: Any, **given: Any) -> Any:
            after = real(*args, **given)
            if len(done) < times:
                done.append(verb)
                doing(desk, ticket)
            return after

        monkeypatch.setattr(actions, verb, meanwhile)
        return done

    return install


During = Callable[..., list[str]]


def colleague(*args: str) -> Doing:
    """What Wang Fang does with a command of her own."""
    return lambda desk, ticket: desk.tkt(args[0], ticket, *args[1:], "--by", "wang.fang")


def replaced(old: str, new: str) -> Doing:
    """What somebody's editor does, which takes no lock."""

    def edit(desk: DeskAtWork, ticket: str) -> None:
        text = desk.path(ticket).read_text("utf-8")
        assert old in text
        desk.path(ticket).write_text(text.replace(old, new, 1), "utf-8")

    return edit


def rescued(desk: DeskAtWork) -> list[str]:
    """What was kept of what was not written."""
    return [path.name for path in sorted((desk.root / ".git/tkt/rescue").glob("*"))]


def kept_in(told: str) -> list[str]:
    """What an error says was kept."""
    return re.findall(r"\.git/tkt/rescue/(\S+)", told)


# what does not touch the same fields stands beside it


@pytest.mark.parametrize(
    ("theirs", "field", "value"),
    [
        (colleague("set", "product=invoicing"), "product", "invoicing"),
        (colleague("tag", "vip"), "tags", ["vip"]),
        (replaced("title: E104", "title: by hand"), "title", "by hand"),
    ],
)
def test_other_fields_that_changed_meanwhile_stay(
    desk: DeskAtWork, ticket: str, during: During, theirs: Doing, field: str, value: object
) -> None:
    during("set_values", theirs)
    answer = desk.json("set", ticket, "order_no=A-1")
    assert (answer["order_no"], answer[field]) == ("A-1", value)
    assert desk.json("show", ticket)[field] == value
    assert desk.git("status", "--porcelain") == ""
    assert rescued(desk) == []
    assert any("while this command ran; both changes stand" in note for note in answer["written"]["notes"])


def test_the_colleague_is_named_once(desk: DeskAtWork, ticket: str, during: During) -> None:
    during("set_values", colleague("set", "product=invoicing"))
    said = desk.tkt("set", ticket, "order_no=A-1").err
    assert said.count(f"Wang Fang changed {ticket} while this command ran; both changes stand") == 1


def test_a_ticket_that_moved_meanwhile_is_changed_where_it_is(
    desk: DeskAtWork, ticket: str, during: During
) -> None:
    during("set_values", colleague("assign", "wang.fang"))
    answer = desk.json("set", ticket, "order_no=A-1")
    assert (answer["status"], answer["owner"], answer["order_no"]) == ("assigned", "wang.fang", "A-1")
    assert len(desk.git("ls-files", f"*{ticket}*").split()) == 1


def test_a_ticket_that_git_moved_meanwhile_is_changed_where_it_is(
    desk: DeskAtWork, ticket: str, during: During
) -> None:
    def git_mv(desk: DeskAtWork, ticket: str) -> None:
        desk.git("mv", f"tickets/new/{ticket}.yaml", f"tickets/assigned/{ticket}.yaml")

    during("note", git_mv)
    assert desk.json("note", ticket, "-m", "hello")["path"].startswith("tickets/assigned/")
    assert desk.git("status", "--porcelain") == ""


def test_two_answers_both_stand(desk: DeskAtWork, ticket: str, during: During) -> None:
    during("reply", colleague("reply", "-m", "We are looking into it"))
    answer = desk.json("reply", ticket, "-m", "We found it")
    texts = [event["text"] for event in answer["events"] if event["did"] == "message"]
    assert texts == ["help", "We are looking into it", "We found it"]


def test_what_follows_by_itself_on_both_sides_is_reckoned_anew(
    desk: DeskAtWork, ticket: str, during: During
) -> None:
    # given that both change an axis, and the priority with it
    during("set_values", colleague("set", "impact=many"))
    answer = desk.json("set", ticket, "urgency=red")
    assert (answer["impact"], answer["urgency"], answer["priority"]) == ("many", "red", "P1")
    assert desk.json("check")["errors"] == 0


def test_the_same_change_by_both_is_one(desk: DeskAtWork, ticket: str, during: During) -> None:
    during("set_values", colleague("set", "urgency=red"))
    assert desk.json("set", ticket, "urgency=red")["urgency"] == "red"
    events = desk.json("show", ticket)["events"]
    assert len([event for event in events if event.get("field") == "urgency"]) == 1


# what touches the same is told, and the file is left alone


@pytest.mark.parametrize(
    ("verb", "command", "theirs", "told"),
    [
        ("take", ("take",), colleague("take"), "Wang Fang moved it to In progress at 10:42"),
        ("assign", ("assign", "zhao.lei"), colleague("set", "owner=wang.fang"), "Wang Fang set owner to Wang Fang at 10:42"),
        ("set_values", ("set", "urgency=red"), colleague("set", "urgency=green"), "Wang Fang set urgency to green at 10:42"),
        ("set_values", ("set", "order_no=A-1"), replaced("channel:", "order_no: B-2\nchannel:"), "somebody set order number to B-2"),
        ("set_values", ("set", "asks=refund"), replaced("asks:", "other:"), "somebody removed asks for"),
        ("close", ("close", "--code", "test"), colleague("close", "--code", "spam"), "Wang Fang moved it to Closed at 10:42"),
    ],
)  # fmt: skip
def test_the_same_field_is_a_conflict_that_says_who_did_what(
    desk: DeskAtWork,
    ticket: str,
    during: During,
    verb: str,
    command: tuple[str, ...],
    theirs: Doing,
    told: str,
) -> None:
    during(verb, theirs)
    answer = desk.tkt(command[0], ticket, *command[1:], code=2)
    assert f"error: {told} while this command ran; nothing was overwritten" in answer.err
    assert f"hint: tkt show {ticket}" in answer.err
    # and what was to be written is kept, while theirs stands
    assert len(rescued(desk)) == 1
    assert kept_in(answer.err) == rescued(desk)


def test_a_conflict_is_one_object_for_a_program(desk: DeskAtWork, ticket: str, during: During) -> None:
    during("set_values", colleague("set", "urgency=green"))
    error = desk.tkt("set", ticket, "urgency=red", "--json", code=2).error
    assert error["code"] == "conflict"
    assert "Wang Fang" in error["message"]
    assert error["hint"].startswith(f"tkt show {ticket}; ")


def test_a_file_that_never_rests_is_left_alone(desk: DeskAtWork, ticket: str, during: During) -> None:
    def retitled(desk: DeskAtWork, ticket: str) -> None:
        text = desk.path(ticket).read_text("utf-8")
        desk.path(ticket).write_text(f"{text.rstrip()}\n# again\n", "utf-8")

    done = during("set_values", retitled, times=9)
    before = desk.git("rev-parse", "HEAD")
    answer = desk.tkt("set", ticket, "order_no=A-1", code=2)
    assert len(done) == 3
    assert "has changed since it was read" in answer.err
    assert "run the command again" in answer.err
    assert desk.git("rev-parse", "HEAD") == before
    assert len(rescued(desk)) == 1


def test_a_guard_is_asked_again_of_what_is_there_now(desk: DeskAtWork, ticket: str, during: During) -> None:
    desk.tkt("assign", ticket, "wang.fang")
    during("start", colleague("assign", "none"))
    answer = desk.tkt("start", ticket, code=1)
    assert "owner: the one person who is responsible" in answer.err
    assert kept_in(answer.err) == rescued(desk)


def test_that_no_answer_is_needed_is_not_said_of_a_message_nobody_read(
    desk: DeskAtWork, ticket: str, during: During
) -> None:
    during("noreply", lambda desk, ticket: desk.tkt("heard", ticket, "-m", "it burns"))
    answer = desk.tkt("noreply", ticket, "--reason", "thanks only", code=2)
    assert "a@b.example wrote at 10:42 while this command ran" in answer.err
    assert "reply" in desk.json("show", ticket)["needs"]


# take


def test_take_says_who_answered_and_who_took_it_lately(desk: DeskAtWork, ticket: str) -> None:
    desk.tkt("take", ticket, "--by", "wang.fang")
    desk.at("2026-11-16T02:43:00Z").tkt("reply", ticket, "-m", "one moment", "--by", "wang.fang")
    answer = desk.at("2026-11-16T02:46:00Z").tkt("take", ticket)
    assert "note: Wang Fang answered the customer 3m ago" in answer.err
    assert "note: Wang Fang took it 4m ago" in answer.err
    assert desk.json("show", ticket)["owner"] == "li.wei"


def test_take_tells_a_program_in_its_notes(desk: DeskAtWork, ticket: str) -> None:
    desk.tkt("assign", ticket, "zhao.lei", "--by", "wang.fang")
    notes = desk.at("2026-11-16T02:45:00Z").json("take", ticket)["written"]["notes"]
    assert notes == ["Wang Fang gave it to Zhao Lei 3m ago"]


def test_take_says_whose_it_was_however_long_ago(desk: DeskAtWork, ticket: str) -> None:
    desk.tkt("assign", ticket, "wang.fang")
    answer = desk.at("2026-11-16T05:00:00Z").tkt("take", ticket)
    assert "note: it was the ticket of Wang Fang until now" in answer.err


def test_take_says_nothing_of_one_s_own_doings(desk: DeskAtWork, ticket: str) -> None:
    desk.tkt("reply", ticket, "-m", "one moment")
    desk.tkt("assign", ticket, "li.wei", "--by", "wang.fang")
    assert desk.tkt("take", ticket).err == ""


def test_an_answer_of_long_ago_is_no_news(desk: DeskAtWork, ticket: str) -> None:
    desk.tkt("reply", ticket, "-m", "one moment", "--by", "wang.fang")
    assert desk.at("2026-11-16T02:58:00Z").tkt("take", ticket).err == ""
