"""What a desk answers by way of its index is what its files say, whatever happened to the index."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tkt import rows_on_demand
from tkt.clock import parse_instant
from tkt.demo import build_demo
from tkt.desk import Desk
from tkt.indexed import index_file
from tkt.repeats import identities
from tkt.store.files import read_file

NOW = parse_instant("2026-11-22T02:00:00Z", zone="UTC")
QUERIES = (
    "status:open",
    "sla:breached",
    "needs:reply",
    "发票",
    "due:<4h",
    "-status:closed reopens:0",
    "told:no",
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_demo(
        tmp_path_factory.mktemp("demo") / "desk", tickets=40, seed=7, now=NOW, language="zh"
    ).root


@pytest.fixture
def root(demo: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo, tmp_path / "desk", symlinks=True))


def by_index(root: Path, asked: str, hours: float = 0) -> list[dict[str, Any]]:
    """The rows of a fresh look, as another command would take it."""
    desk, now = Desk.open(root), NOW + timedelta(hours=hours)
    return [row.row() for row in desk.matching(desk.query(asked, now), now).rows]


def by_files(root: Path, asked: str, hours: float = 0) -> list[dict[str, Any]]:
    """The same of the tickets themselves."""
    desk, now = Desk.open(root), NOW + timedelta(hours=hours)
    query = desk.query(asked, now)
    rows = (desk.columns(ticket, now) for ticket in desk.read(desk.statuses_of(query)).tickets)
    return [row.row() for row in rows if query.matches(row.lookup)]


@pytest.mark.parametrize("asked", QUERIES)
@pytest.mark.parametrize("hours", [0, 30, -400])  # of the past, too: then the tickets are replayed
def test_rows_of_the_index_are_those_of_the_files(demo: Path, asked: str, hours: float) -> None:
    for _ in range(2):  # made, and used
        assert by_index(demo, asked, hours) == by_files(demo, asked, hours)


def test_the_tickets_of_a_requester_are_those_of_the_files(root: Path) -> None:
    everybody = [(ticket, identities(ticket)) for ticket in Desk.open(root).read().tickets]
    assert any(theirs for _, theirs in everybody)
    without = {ticket.id: told_from(root, theirs) for ticket, theirs in everybody}
    by_index(root, "status:all")
    assert index_file(root).is_file()
    assert {ticket.id: told_from(root, theirs) for ticket, theirs in everybody} == without
    # and with one file edited by hand, one that cannot be read, and an index that is damaged
    edited, unreadable = sorted(root.glob("tickets/*/*.yaml"))[:2]
    edited.write_bytes(re.sub(rb"email: .*", b"email: somebody@else.example", edited.read_bytes()))
    unreadable.write_bytes(b"]")
    after = {ticket.id: told_from(root, theirs) for ticket, theirs in everybody}
    index_file(root).write_bytes(b"noise")
    assert {ticket.id: told_from(root, theirs) for ticket, theirs in everybody} == after
    index_file(root).unlink()
    assert {ticket.id: told_from(root, theirs) for ticket, theirs in everybody} == after


def told_from(root: Path, requester: Collection[str]) -> list[str]:
    """The ids of a requester's tickets, the latest first."""
    found = Desk.open(root).tickets_from(requester, since=NOW - timedelta(days=60))
    return [ticket.id for ticket in found if not identities(ticket).isdisjoint(requester)]


def test_an_edit_by_hand_of_the_same_size_is_seen_at_once(root: Path) -> None:
    by_index(root, "status:all")
    file = next(path for path in root.glob("tickets/*/*.yaml") if b"\npriority: P3\n" in path.read_bytes())
    for priority in (b"P1", b"P2", b"P4") * 5:
        old = file.stat()
        file.write_bytes(re.sub(rb"\npriority: P\d", b"\npriority: " + priority, file.read_bytes()))
        os.utime(file, ns=(old.st_atime_ns, old.st_mtime_ns))
        rows = {row["id"]: row["priority"] for row in by_index(root, "status:all")}
        assert rows[file.stem] == priority.decode()


def test_a_move_by_hand_and_another_configuration_are_seen(root: Path) -> None:
    by_index(root, "status:all")
    file = next(root.glob("tickets/new/*.yaml"))
    file.rename(root / "tickets/assigned" / file.name)
    assert next(row for row in by_index(root, "status:all") if row["id"] == file.stem)["status"] == "assigned"
    sla = root / "config/sla.yaml"
    sla.write_text(sla.read_text("utf-8").replace("first_response: 1h", "first_response: 1m"), "utf-8")
    assert by_index(root, "status:all") == by_files(root, "status:all")


def test_a_file_that_cannot_be_read_hides_no_other_and_is_told_each_time(root: Path) -> None:
    file = next(root.glob("tickets/new/*.yaml"))
    file.write_bytes(file.read_bytes() + b"oops: [\n")
    for _ in range(2):
        desk = Desk.open(root)
        found = desk.rows(None, NOW)
        assert [problem.path for problem in found.problems] == [file.relative_to(root).as_posix()]
        assert len(found.rows) == len(desk.tree.scan().files) - 1


def test_a_value_that_no_cache_can_hold_is_read_from_its_file(root: Path) -> None:
    file = next(root.glob("tickets/new/*.yaml"))
    text = file.read_text("utf-8")
    file.write_text(text.replace("\nevents:", f"\nhuge: {10**17}\nhuger: {'9' * 40}\nevents:", 1), "utf-8")
    assert by_index(root, "status:all") == by_files(root, "status:all")


@pytest.mark.parametrize("seed", range(6))
def test_between_any_two_looks_the_index_may_be_lost_or_spoilt(root: Path, seed: int) -> None:
    chance = random.Random(seed)
    for asked in QUERIES:
        assert by_index(root, asked) == by_files(root, asked)
        spoil(index_file(root), chance)


def test_rows_tell_the_same_whatever_happens_to_the_index_before_they_are_asked(root: Path) -> None:
    wanted = by_files(root, "status:all")
    by_index(root, "status:all")
    desk = Desk.open(root)
    rows = desk.rows(None, NOW).rows
    assert [row.due_s for row in rows] == [desk.columns(row.ticket, NOW).due_s for row in rows]
    index_file(root).write_bytes(b"no database")
    assert [row.row() for row in rows] == wanted


def test_a_ticket_that_moves_before_its_row_is_asked_is_found_again(root: Path) -> None:
    by_index(root, "status:all")
    rows = Desk.open(root).rows(None, NOW).rows
    row = next(each for each in rows if each.status == "new")
    file = root / str(row.path)
    index_file(root).write_bytes(b"no database")
    file.rename(root / "tickets/assigned" / file.name)
    assert row.title == Desk.open(root).ticket(row.id).title


def spoil(file: Path, chance: random.Random) -> None:
    how = chance.choice(["delete", "truncate", "noise", "speck", "folder", "leave"])
    if file.is_dir():
        file.rmdir()
    if how == "folder":
        file.unlink(missing_ok=True)
        file.mkdir()
    elif how != "leave" and file.exists():
        size = file.stat().st_size
        if how == "delete":
            file.unlink()
        elif how == "truncate":
            os.truncate(file, chance.randrange(size))
        elif how == "noise":
            file.write_bytes(chance.randbytes(5000))
        else:
            with file.open("r+b") as opened:
                for _ in range(100):
                    opened.seek(chance.randrange(size))
                    opened.write(chance.randbytes(20))


def test_a_search_reads_no_file_once_the_index_stands(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tkt.store import stamps
    from tkt.store.index import working

    monkeypatch.setattr(working, "clock_ns", lambda: stamps.clock_ns() + 10**11)  # nothing is in doubt
    wanted = by_index(root, "发票")
    assert wanted
    monkeypatch.setattr(working, "read_file", refuse)
    monkeypatch.setattr("tkt.desk.read_file", refuse)
    assert by_index(root, "发票") == wanted


@pytest.mark.parametrize("is_kept", [True, False])
def test_all_tickets_are_computed_once_where_nothing_is_known_of_them(
    root: Path, monkeypatch: pytest.MonkeyPatch, is_kept: bool
) -> None:
    from tkt.indexed import Indexed

    monkeypatch.setattr("tkt.store.index.working.cores", lambda: 1)
    if not is_kept:
        monkeypatch.setattr("tkt.indexed.index_file", lambda _root: None)
    else:
        index_file(root).unlink(missing_ok=True)
    computed: list[str] = []
    compute = Indexed._computed
    monkeypatch.setattr(
        Indexed,
        "_computed",
        lambda self, found, data, **rest: computed.append(found.id) or compute(self, found, data, **rest),
    )
    tickets = list(Desk.open(root).all_tickets([]))
    monkeypatch.undo()
    assert tickets == list(Desk.open(root).read().tickets)
    assert sorted(computed) == [it.id for it in tickets]


def refuse(path: Path, **_: Any) -> bytes:
    assert "tickets" not in path.parts, f"{path} is read"
    return read_file(path)


@pytest.mark.parametrize("singly", [1000, 3])
def test_rows_by_their_ids_are_those_of_a_look_at_all(
    root: Path, monkeypatch: pytest.MonkeyPatch, singly: int
) -> None:
    monkeypatch.setattr(rows_on_demand, "SOME_ROWS", singly)
    broken = next(iter((root / "tickets/new").glob("*.yaml")))
    broken.write_text("no: ticket", "utf-8")
    desk = Desk.open(root)
    rows = {row.id: row.row() for row in desk.rows(None, NOW).rows}
    found = desk.row_of(NOW)
    found.look_at([*list(rows)[:2], "250101-ZZZZZ", broken.stem])
    assert {name: found[name].row() for name in rows} == rows
    assert "250101-ZZZZZ" not in found
    assert broken.stem not in found
    assert set(found) == set(rows)
    assert len(found) == len(rows)
