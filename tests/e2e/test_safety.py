"""Nothing is lost and nothing is hidden: by a kill, by other hands, by files that cannot be read."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import DeskAtWork

import tkt.desk
from tkt.desk import Desk
from tkt.store import lock
from tkt.store.files import read_file


@pytest.fixture
def ticket(desk: DeskAtWork) -> str:
    found: str = desk.json("new", "E104", "--channel", "phone", "--text", "help", "--from", "a@b.example")[
        "id"
    ]
    return found


def copies(desk: DeskAtWork, ticket: str) -> list[str]:
    """Where HEAD has the ticket."""
    names = desk.git("ls-tree", "-r", "--name-only", "HEAD").splitlines()
    return [name for name in names if ticket in name]


# one ticket, one file


def test_a_commit_after_an_uncommitted_move_leaves_one_copy(desk: DeskAtWork, ticket: str) -> None:
    desk.tkt("close", ticket, "--code", "test", "--no-commit")
    desk.tkt("note", ticket, "-m", "hello")
    assert copies(desk, ticket) == [f"tickets/closed/2026-11/{ticket}.yaml"]
    assert desk.git("status", "--porcelain") == ""
    # and nothing is lost by an undo
    desk.tkt("undo", code=1)
    assert desk.path(ticket).exists()


@pytest.mark.parametrize("staged", [True, False])
def test_a_commit_after_a_move_by_hand_leaves_one_copy(desk: DeskAtWork, ticket: str, staged: bool) -> None:
    old, new = f"tickets/new/{ticket}.yaml", f"tickets/assigned/{ticket}.yaml"
    if staged:
        desk.git("mv", old, new)
    else:
        (desk.root / old).rename(desk.root / new)
    desk.tkt("note", ticket, "-m", "hello")
    assert copies(desk, ticket) == [new]
    assert desk.git("status", "--porcelain") == ""


def test_another_ticket_that_is_gone_is_not_swept_in(desk: DeskAtWork, ticket: str) -> None:
    other = desk.json("new", "E105", "--channel", "phone", "--text", "help")["id"]
    desk.path(other).unlink()
    desk.tkt("note", ticket, "-m", "hello")
    assert copies(desk, other)


def errors(desk: DeskAtWork) -> list[dict[str, str]]:
    return [each for each in desk.json("check", code=1)["problems"] if each["severity"] == "error"]


# interruptions


def by_itself(desk: DeskAtWork, *args: str) -> subprocess.Popen[bytes]:
    code = "import sys; from tkt.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "-C", str(desk.root), *args]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.parametrize("name", ["pre-commit", "post-commit"])
def test_an_interruption_while_git_commits_leaves_files_and_history_as_one(
    desk: DeskAtWork, ticket: str, name: str
) -> None:
    # given a hook that interrupts tkt, and tkt alone, while git is at work
    hook = desk.write(f".git/hooks/{name}", '#!/bin/sh\nkill -INT "${TKT_LOCK_HELD%%-*}"\nsleep 0.5\n')
    hook.chmod(0o755)
    by_itself(desk, "close", ticket, "--code", "test").communicate()
    # then git's commit stands, and the files are what it says
    assert copies(desk, ticket) == [f"tickets/closed/2026-11/{ticket}.yaml"]
    assert desk.git("status", "--porcelain") == ""
    assert desk.json("show", ticket)["status"] == "closed"


def test_a_commit_that_git_made_before_it_failed_stands(desk: DeskAtWork, ticket: str) -> None:
    # given a git that dies after it has moved the branch
    hook = desk.write(".git/hooks/post-commit", '#!/bin/sh\nkill -KILL "$PPID"\n')
    hook.chmod(0o755)
    desk.tkt("note", ticket, "-m", "hello")
    assert "hello" in desk.git("show", "HEAD")
    assert desk.git("status", "--porcelain") == ""


def test_an_interruption_that_git_hears_too_takes_all_back(desk: DeskAtWork, ticket: str) -> None:
    before = desk.path(ticket).read_bytes()
    hook = desk.write(
        ".git/hooks/pre-commit", '#!/bin/sh\nkill -INT "${TKT_LOCK_HELD%%-*}"\nsleep 0.3\nexit 1\n'
    )
    hook.chmod(0o755)
    child = by_itself(desk, "close", ticket, "--code", "test")
    child.communicate()
    assert child.returncode == 130
    assert desk.path(ticket).read_bytes() == before
    assert desk.git("status", "--porcelain") == ""
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


# files that the system does not give


def big(path: Path) -> None:
    path.write_bytes(b"a" * (17 << 20))


def link(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def loop(path: Path) -> None:
    path.symlink_to(path)


def folder(path: Path) -> None:
    path.mkdir()


COMMANDS = [("list",), ("search", "E104"), ("sla", "check"), ("report", "kpi"), ("check",), ("log",)]


def test_a_ticket_file_that_cannot_be_read_hides_no_other(desk: DeskAtWork, ticket: str) -> None:
    big(desk.root / "tickets/new/261116-BAD01.yaml")
    for command in COMMANDS:
        answer = desk.tkt(*command, code=None)
        assert answer.code == (1 if command == ("check",) else 2), command
        assert "tickets/new/261116-BAD01.yaml: is larger than" in answer.err
    assert ticket in desk.tkt("list", code=2).out
    assert desk.json("check", code=1)["checked"] == 2
    # an ambiguous part names it without its title
    assert "261116-BAD01" in desk.tkt("show", "26", code=2).err
    # and a new ticket of the same requester is made and told as ever
    desk.tkt("new", "E106", "--channel", "phone", "--text", "help", "--from", "a@b.example")


@pytest.mark.parametrize("make", [big, link, loop, folder])
def test_a_customer_file_that_cannot_be_read_hides_no_other(desk: DeskAtWork, make: object) -> None:
    desk.write("customers/acme.yaml", "name: ACME\ncontacts:\n  - email: a@acme.example\n")
    assert callable(make)
    make(desk.root / "customers/aaa.yaml")
    made = desk.json("new", "E106", "-c", "phone", "--text", "help", "--from", "a@acme.example")
    assert made["customer"] == "acme"
    assert [problem["path"] for problem in errors(desk)] == ["customers/aaa.yaml"]


def test_customers_that_are_a_link_out_of_the_desk_are_not_read(desk: DeskAtWork, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "acme.yaml").write_text("name: ACME\ncontacts:\n  - email: a@acme.example\n")
    (desk.root / "customers/.gitkeep").unlink()
    (desk.root / "customers").rmdir()
    (desk.root / "customers").symlink_to(outside)
    made = desk.json("new", "E106", "-c", "phone", "--text", "help", "--from", "a@acme.example")
    assert made.get("customer") is None
    assert [(problem["code"], problem["path"]) for problem in errors(desk)] == [("link", "customers")]


# readers beside writers


def test_a_ticket_that_moves_while_it_is_read_is_read_where_it_is(
    desk: DeskAtWork, ticket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a writer between the scan and the reading
    old, new = desk.path(ticket), desk.root / f"tickets/assigned/{ticket}.yaml"

    def moving(path: Path, **options: object) -> bytes:
        if old.exists():
            old.rename(new)
        return read_file(path, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(tkt.desk, "read_file", moving)
    opened = Desk.open(desk.root)
    reading = opened.read()
    assert [(t.id, t.status) for t in reading.tickets] == [(ticket, "assigned")]
    assert reading.problems == ()
    new.rename(old)
    assert opened.load(ticket).ticket.path == f"tickets/assigned/{ticket}.yaml"
    # but one that left the statuses asked for is not among them
    new.rename(old)
    assert opened.read(["new"]).tickets == ()


def test_a_ticket_that_goes_while_it_is_read_is_left_out(
    desk: DeskAtWork, ticket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = desk.path(ticket)

    def going(path: Path, **options: object) -> bytes:
        old.unlink(missing_ok=True)
        return read_file(path, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(tkt.desk, "read_file", going)
    reading = Desk.open(desk.root).read()
    assert (reading.tickets, reading.problems) == ((), ())


# the disk


def test_a_full_disk_does_not_stop_a_command_that_only_tells_who_it_is(
    desk: DeskAtWork, ticket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **options: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(lock.Path, "write_text", full)
    desk.tkt("note", ticket, "-m", "hello")
    # and where git's own input finds no room, that is what is told
    monkeypatch.undo()
    monkeypatch.setattr("tempfile.TemporaryFile", full)
    refused = desk.tkt("note", ticket, "-m", "hello", code=2)
    assert "git: no space is left on the disk" in refused.err


# an import that was killed


def test_write_all_commits_what_a_killed_one_left(desk: DeskAtWork, ticket: str) -> None:
    from datetime import UTC, datetime

    from tkt.changes import Changes

    # given a new ticket and a moved one that are not committed, and somebody's own edits
    desk.tkt("close", ticket, "--code", "test", "--no-commit")
    made = desk.json("new", "E105", "--channel", "phone", "--text", "help", "--no-commit")["id"]
    other = desk.json("new", "E106", "--channel", "phone", "--text", "help")["id"]
    desk.path(other).write_text(f"# mine\n{desk.path(other).read_text()}")
    opened = Desk.open(desk.root)
    changes = Changes(desk=opened, now=datetime(2026, 11, 16, 3, tzinfo=UTC))
    also = [path.relative_to(desk.root).as_posix() for path in (desk.path(ticket), desk.path(made))]
    # when the next one names them as unchanged
    written = changes.write_all([], before={}, also=[*also, "config/people.yaml"], what="x", verb="import")
    # then they are committed, and nothing else is
    assert written.commit is not None
    assert copies(desk, ticket) == also[:1]
    assert copies(desk, made) == also[1:]
    assert desk.git("status", "--porcelain").split() == ["M", f"tickets/new/{other}.yaml"]
    # and once more there is nothing to do, whatever the configuration holds
    people = desk.root / "config/people.yaml"
    people.write_text(f"{people.read_text()}# mine\n")
    again = changes.write_all([], before={}, also=[*also, "config/people.yaml"], what="x", verb="import")
    assert again.commit is None


# many commands a second


def test_three_hundred_events_within_a_second_are_no_clock_that_is_wrong(
    desk: DeskAtWork, ticket: str
) -> None:
    for _ in range(3):
        desk.tkt("note", ticket, "-m", "hello", "--no-commit")
    path = desk.path(ticket)
    text = path.read_text()
    # given 400 of them, each a second after the one before
    events = "".join(
        f"- id: zz{n:04}\n  at: 2026-11-16T02:{n // 60:02}:{n % 60:02}Z\n"
        "  by: li.wei\n  did: note\n  text: hello\n"
        for n in range(4, 400)
    )
    path.write_text(text + events)
    desk.tkt("note", ticket, "-m", "one more", "--no-commit")
    assert desk.json("show", ticket)["events"][-1]["at"] == "2026-11-16T02:06:40Z"


def test_a_clock_that_is_behind_is_still_refused(desk: DeskAtWork, ticket: str) -> None:
    desk.at("2026-11-16T04:00:00Z").tkt("note", ticket, "-m", "one")
    desk.tkt("note", ticket, "-m", "two")
    refused = desk.at("2026-11-16T02:00:00Z").tkt("note", ticket, "-m", "three", code=2)
    assert "one clock is wrong" in refused.err


# a new desk


def test_a_desk_where_none_can_be_is_refused_in_words(desk: DeskAtWork, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    for place in (file, file / "below"):
        refused = desk.tkt("init", str(place), code=2)
        assert "is not a directory" in refused.err
    bare = tmp_path / "bare.git"
    desk.git("init", "-q", "--bare", str(bare))
    before = sorted(bare.iterdir())
    assert "bare repository" in desk.tkt("init", str(bare), code=2).err
    assert sorted(bare.iterdir()) == before


def test_a_folder_that_cannot_be_written_is_refused_in_words(
    desk: DeskAtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*args: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refused)
    assert "permission denied" in desk.tkt("init", str(tmp_path / "new"), code=2).err


def test_of_two_inits_at_once_one_makes_the_desk(desk: DeskAtWork, tmp_path: Path) -> None:
    root = tmp_path / "twice"
    both = [by_itself(desk, "init", str(root)) for _ in range(2)]
    answers = [child.communicate()[1] for child in both]
    assert 0 in [child.returncode for child in both]
    assert not any(b"bug in tkt" in err for err in answers), answers
    assert all(child.returncode in (0, 1, 2) for child in both)
    done = subprocess.run(["git", "status", "--porcelain"], cwd=root, capture_output=True, check=True)
    assert done.stdout == b""


def test_an_init_that_is_run_again_commits_what_the_first_one_left(desk: DeskAtWork, tmp_path: Path) -> None:
    root = tmp_path / "again"
    desk.git("init", "-q", str(root))
    desk.tkt("init", str(root))
    subprocess.run(["git", "update-ref", "-d", "HEAD"], cwd=root, check=True)
    subprocess.run(["git", "rm", "-rq", "--cached", "."], cwd=root, check=True)
    (root / "tkt.yaml").unlink()
    desk.tkt("init", str(root))
    done = subprocess.run(["git", "status", "--porcelain"], cwd=root, capture_output=True, check=True)
    assert done.stdout == b""
