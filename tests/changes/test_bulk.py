"""Do several tickets change together, all or none, with one commit?"""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from helpers import DeskAtWork

from tkt.actions import Actor, move, note, open_ticket, tag
from tkt.actions.given import Given
from tkt.changes import Changes
from tkt.desk import Desk
from tkt.errors import Conflict, NotFound, TktError
from tkt.model import Ticket
from tkt.store.files import FileError, os_message

NOW = datetime(2026, 11, 16, 3, tzinfo=UTC)
DAY = datetime(2026, 11, 16, 2, tzinfo=UTC)


@pytest.fixture
def three(desk: DeskAtWork) -> list[str]:
    """Three new tickets, committed with one commit."""
    with changes_of(desk).together(verb="new") as bulk:
        return [bulk.create(opened(desk, title), day=DAY).id for title in ("one", "two", "three")]


def changes_of(desk: DeskAtWork) -> Changes:
    return Changes(desk=Desk.open(desk.root), now=NOW)


def actor() -> Actor:
    return Actor(by="li.wei", now=NOW)


def opened(desk: DeskAtWork, title: str) -> Callable[[str], Ticket]:
    config = Desk.open(desk.root).config

    def make(ticket_id: str) -> Ticket:
        values = {"title": title, "channel": "phone"}
        return open_ticket(replace(actor(), now=DAY), config, id=ticket_id, values=values, words="help")

    return make


def noted(desk: DeskAtWork, text: str = "hello") -> Callable[[Ticket], Ticket]:
    config = Desk.open(desk.root).config
    return lambda ticket: note(ticket, actor(), config, text=text)


def closed(desk: DeskAtWork, code: str = "test") -> Callable[[Ticket], Ticket]:
    config = Desk.open(desk.root).config
    return lambda ticket: move(ticket, actor(), config, "closed", Given(code=code))


def texts(desk: DeskAtWork, name: str) -> list[str]:
    """What was said in a ticket, in order."""
    ticket = Desk.open(desk.root).ticket(name)
    return [str(event.get("text")) for event in ticket.events if event.get("text")]


def commits(desk: DeskAtWork) -> int:
    return int(desk.git("rev-list", "--count", "HEAD"))


def files(desk: DeskAtWork) -> dict[str, bytes]:
    found = desk.root.glob("tickets/**/*")
    return {str(path): path.read_bytes() for path in found if path.is_file()}


def is_untouched(desk: DeskAtWork, before: dict[str, bytes]) -> bool:
    """Files, index and state folder are as they were."""
    left = list((desk.root / ".git/tkt/desk").glob("staging*"))
    return files(desk) == before and desk.git("status", "--porcelain") == "" and not left


def test_several_tickets_change_with_one_commit(desk: DeskAtWork, three: list[str]) -> None:
    count = commits(desk)
    written = changes_of(desk).change_each(three, noted(desk), verb="note")
    assert commits(desk) == count + 1
    assert written.commit == desk.git("rev-parse", "HEAD").strip()
    assert [(it.id, it.status, it.was) for it in written.done] == [(name, "new", "new") for name in three]
    assert desk.git("log", "-1", "--format=%s").strip() == "note: 3 tickets"
    assert desk.git("log", "-1", "--format=%(trailers:key=Ticket,valueonly)").split() == three
    assert is_untouched(desk, files(desk))
    for name in three:
        assert texts(desk, name)[-1] == "hello"


def test_what_the_action_leaves_alone_is_not_written_and_told(desk: DeskAtWork, three: list[str]) -> None:
    config = Desk.open(desk.root).config

    def tagged(ticket: Ticket) -> Ticket:
        return ticket if ticket.id == three[1] else tag(ticket, actor(), config, add=["x"])

    written = changes_of(desk).change_each([*three, three[0]], tagged, verb="tag")
    assert [it.id for it in written.done] == [three[0], three[2]]
    assert written.unchanged == (three[1],)
    count = commits(desk)
    again = changes_of(desk).change_each(three, lambda ticket: ticket, verb="tag")
    assert (again.done, again.unchanged, again.commit) == ((), tuple(three), None)
    assert commits(desk) == count


def test_no_ticket_at_all_is_nothing_done(desk: DeskAtWork, three: list[str]) -> None:
    assert changes_of(desk).change_each([], noted(desk), verb="note").done == ()


def test_one_ticket_is_changed_as_by_change(desk: DeskAtWork, three: list[str]) -> None:
    written = changes_of(desk).change_each(three[:1], noted(desk), verb="note")
    assert written.ticket.id == three[0]
    assert desk.git("log", "-1", "--format=%s").strip() == f"{three[0]}: note"


def test_the_refusal_of_one_names_it_and_nothing_is_written(desk: DeskAtWork, three: list[str]) -> None:
    before = files(desk)
    config = Desk.open(desk.root).config

    def some(ticket: Ticket) -> Ticket:
        refused = ticket.id == three[1]
        return note(ticket, actor(), config, text="" if refused else "x")

    with pytest.raises(TktError) as error:
        changes_of(desk).change_each(three, some, verb="note")
    assert str(error.value.problem.message).startswith(f"{three[1]}: ")
    assert all(str(problem.message).startswith(f"{three[1]}: ") for problem in error.value.problems)
    assert is_untouched(desk, before)


def test_an_unknown_id_among_them_changes_none(desk: DeskAtWork, three: list[str]) -> None:
    before = files(desk)
    with pytest.raises(NotFound):
        changes_of(desk).change_each([*three, "ZZZZZ"], noted(desk), verb="note")
    assert is_untouched(desk, before)


def test_a_later_operation_sees_what_an_earlier_one_made(desk: DeskAtWork, three: list[str]) -> None:
    count = commits(desk)
    with changes_of(desk).together(verb="batch", what="batch: 4 operations") as bulk:
        made = bulk.create(opened(desk, "four"), day=DAY)
        bulk.change(made.id, noted(desk, "first"))
        bulk.change(made.id, closed(desk))
        bulk.change(three[0], noted(desk, "second"))
        bulk.change(three[0][-5:], noted(desk, "third"))
        assert bulk.ticket(made.id).status == "closed"
        assert commits(desk) == count
        assert not list(desk.root.glob(f"tickets/**/{made.id}.yaml"))
    assert commits(desk) == count + 1
    assert [(it.id, it.is_new, it.was) for it in bulk.written.done] == [
        (made.id, True, None),
        (three[0], False, "new"),
    ]
    assert desk.path(made.id).parent.name == "2026-11"
    assert texts(desk, three[0])[-2:] == ["second", "third"]
    assert desk.git("status", "--porcelain") == ""
    assert desk.json("check")["errors"] == 0


def test_an_operation_whose_refusal_is_caught_is_as_if_not_made(desk: DeskAtWork, three: list[str]) -> None:
    with changes_of(desk).together(verb="batch") as bulk:
        bulk.change(three[0], noted(desk))
        with pytest.raises(TktError):
            bulk.change(three[1], closed(desk, "answered"))
    assert [it.id for it in bulk.written.done] == [three[0]]


def test_an_exception_in_the_block_writes_nothing(desk: DeskAtWork, three: list[str]) -> None:
    before = files(desk)
    with pytest.raises(KeyboardInterrupt), changes_of(desk).together(verb="batch") as bulk:  # noqa: PT012 - the block is what is tested
        bulk.create(opened(desk, "four"), day=DAY)
        bulk.change(three[0], noted(desk))
        raise KeyboardInterrupt
    assert is_untouched(desk, before)


@pytest.mark.parametrize("many", [False, True])
def test_a_file_that_somebody_else_writes_meanwhile_takes_all_back(
    desk: DeskAtWork, three: list[str], many: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if many:
        monkeypatch.setattr("tkt.changes.bulk.MANY", 2)
    with pytest.raises(Conflict), changes_of(desk).together(verb="batch") as bulk:  # noqa: PT012 - the block is what is tested
        for name in three:
            bulk.change(name, noted(desk))
        bulk.create(opened(desk, "four"), day=DAY)
        theirs = desk.path(three[2]).read_bytes() + b"# theirs\n"
        desk.path(three[2]).write_bytes(theirs)
        expected = files(desk)
    assert files(desk) == expected
    rescued = list((desk.root / ".git/tkt/rescue").glob("*"))
    assert bool(rescued) is not many  # of few every text is kept


def test_a_commit_that_is_refused_takes_all_back(desk: DeskAtWork, three: list[str]) -> None:
    before = files(desk)
    desk.write(".git/hooks/pre-commit", "#!/bin/sh\necho no >&2\nexit 1\n").chmod(0o755)
    with pytest.raises(TktError), changes_of(desk).together(verb="batch") as bulk:  # noqa: PT012 - the block is what is tested
        made = bulk.create(opened(desk, "four"), day=DAY)
        bulk.change(three[0], closed(desk))
        bulk.change(three[1], noted(desk))
    assert is_untouched(desk, before)
    kept = sorted(path.name.partition("-")[2] for path in (desk.root / ".git/tkt/rescue").iterdir())
    assert kept == sorted(f"{name}.yaml" for name in (made.id, three[0], three[1]))


def test_permissions_of_a_file_stay(desk: DeskAtWork, three: list[str]) -> None:
    desk.path(three[0]).chmod(0o640)
    changes_of(desk).change_each(three, noted(desk), verb="note")
    assert desk.path(three[0]).stat().st_mode & 0o777 == 0o640


def test_where_links_and_renames_do_not_reach_it_works_all_the_same(
    desk: DeskAtWork, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a state folder on another file system
    monkeypatch.setattr("tkt.store.files._is_beside", lambda _waiting, _path: False)

    def unsupported(*_args: object, **_options: object) -> None:
        raise OSError(errno.EXDEV, "other file system")

    monkeypatch.setattr("os.link", unsupported)
    changes_of(desk).change_each(three, noted(desk), verb="note")
    assert texts(desk, three[0])[-1] == "hello"
    # and when it fails, all goes back
    before = files(desk)
    desk.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 1\n").chmod(0o755)
    with pytest.raises(TktError):
        changes_of(desk).change_each(three, noted(desk), verb="note")
    assert is_untouched(desk, before)


def test_a_full_disk_is_met_before_the_first_ticket_is_touched(
    desk: DeskAtWork, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(desk)
    place = Path(desk.root / ".git/tkt/desk/staging/3")

    def full(path: Path, data: bytes) -> None:
        if path == place:
            raise FileError(os_message(OSError(errno.ENOSPC, "full")))
        path.write_bytes(data)

    monkeypatch.setattr("tkt.store.staging.write_waiting", full)
    with pytest.raises(FileError, match="no space is left"):
        changes_of(desk).change_each(three, noted(desk), verb="note")
    assert is_untouched(desk, before)


def test_what_a_killed_one_left_is_cleared_by_the_next(desk: DeskAtWork, three: list[str]) -> None:
    left = desk.write(".git/tkt/desk/staging/7", "left")
    changes_of(desk).change_each(three, noted(desk), verb="note")
    assert not left.parent.exists()


def test_hooks_see_every_ticket_before_and_after_once(desk: DeskAtWork, three: list[str]) -> None:
    desk.write("config/hooks/pre-change", "#!/bin/sh\ncat >> seen.json\n").chmod(0o755)
    desk.tkt("trust", "--yes")
    changes_of(desk).change_each(three[:2], noted(desk), verb="note")
    told = json.loads((desk.root / "seen.json").read_text())["changes"]
    assert [it["new"]["id"] for it in told] == three[:2]
    assert [len(it["new"]["events"]) - len(it["old"]["events"]) for it in told] == [1, 1]


def test_bulk_work_writes_through_no_link(desk: DeskAtWork, tmp_path: Path) -> None:
    ids = [desk.json("new", "-c", "phone", "-m", f"words {n}", "--quick")["id"] for n in range(2)]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (desk.root / ".git/tkt/desk/staging").symlink_to(elsewhere)
    desk.tkt("note", ",".join(ids), "-m", "x", code=None)
    assert list(elsewhere.iterdir()) == []
