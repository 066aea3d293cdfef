"""Lists end with when commits were exchanged and how many wait: on a terminal, where there is an upstream."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from helpers import DeskAtWork

from tkt.render.screen import Screen
from tkt.store.gitnear import near_place
from tkt.store.gitquick import find_place, state_folder
from tkt.synced import stamp, synced


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard output is a terminal of 100 columns."""
    screen = Screen(columns=100, is_terminal=True, has_colour=True)
    monkeypatch.setattr(Screen, "of_this_process", classmethod(lambda _: screen))


@pytest.fixture
def hub(desk: DeskAtWork, tmp_path: Path) -> Path:
    """A repository that the desk's branch is exchanged with."""
    hub = tmp_path / "hub.git"
    desk.git("clone", "-q", "--bare", str(desk.root), str(hub))
    desk.git("remote", "add", "origin", str(hub))
    desk.git("fetch", "-q")
    desk.git("branch", "-q", "--set-upstream-to=origin/main")
    (desk.root / ".git/FETCH_HEAD").unlink()
    return hub


def fetched(desk: DeskAtWork, at: str) -> None:
    desk.git("fetch", "-q")
    when = datetime.fromisoformat(at).timestamp()
    os.utime(desk.root / ".git/FETCH_HEAD", (when, when))


def last_line(desk: DeskAtWork, *args: str) -> str:
    return desk.tkt(*args).out.splitlines()[-1]


@pytest.mark.usefixtures("terminal", "hub")
def test_a_list_ends_with_how_the_clone_stands(desk: DeskAtWork) -> None:
    ticket = desk.json("new", "E104", "--channel", "phone", "--text", "help")["id"]
    assert last_line(desk, "list") == "\x1b[2mnever synced, 1 not pushed\x1b[0m"
    # when commits are fetched, and pushed
    fetched(desk, "2026-11-16T01:46:00Z")
    assert last_line(desk, "list") == "\x1b[2msynced 14m ago, 1 not pushed\x1b[0m"
    desk.git("push", "-q")
    assert last_line(desk, "search", "E104") == "\x1b[2msynced 14m ago\x1b[0m"
    # and so ends `take`
    desk.tkt(
        "set", ticket, "category=billing", "impact=one", "urgency=red", "complexity=simple", "asks=repair",
        "account=a", "evidence=b", "contact=a@b.example",
    )  # fmt: skip
    assert last_line(desk, "take", ticket) == "\x1b[2msynced 14m ago, 2 not pushed\x1b[0m"


@pytest.mark.usefixtures("terminal", "hub")
def test_the_later_of_a_fetch_and_a_sync_counts(desk: DeskAtWork) -> None:
    place = find_place(desk.root)
    assert place is not None
    stamp(desk.root, place, datetime(2026, 11, 16, 1, 30, tzinfo=UTC))
    assert "synced 30m ago" in last_line(desk, "list")
    fetched(desk, "2026-11-16T01:50:00Z")
    assert "synced 10m ago" in last_line(desk, "list")
    stamp(desk.root, place, datetime(2026, 11, 16, 1, 55, tzinfo=UTC))
    assert "synced 5m ago" in last_line(desk, "list")


@pytest.mark.usefixtures("terminal")
def test_a_fetch_that_failed_is_no_sync(desk: DeskAtWork, hub: Path) -> None:
    hub.rename(hub.with_name("gone.git"))
    with pytest.raises(subprocess.CalledProcessError):
        desk.git("fetch", "-q")
    assert "never synced" in last_line(desk, "list")


def test_a_clone_was_synced_when_it_was_made(desk: DeskAtWork, tmp_path: Path) -> None:
    desk.git("clone", "-q", str(desk.root), str(tmp_path / "clone"))
    found = synced(tmp_path / "clone")
    assert found is not None
    assert found.at is not None
    assert found.unpushed == 0


@pytest.mark.usefixtures("terminal", "hub")
@pytest.mark.parametrize("option", ["--json", "--quiet", "--jsonl"])
def test_programs_and_the_quiet_are_not_told(desk: DeskAtWork, option: str) -> None:
    assert "synced" not in desk.tkt("list", option).out


@pytest.mark.usefixtures("hub")
def test_a_pipe_is_not_told(desk: DeskAtWork) -> None:
    assert "synced" not in desk.tkt("list").out


@pytest.mark.usefixtures("terminal")
def test_without_an_upstream_nothing_is_told(desk: DeskAtWork) -> None:
    assert "synced" not in desk.tkt("list").out


@pytest.mark.usefixtures("terminal", "hub")
def test_without_the_program_git_the_list_is_told_all_the_same(
    desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert "synced" not in desk.tkt("list").out


@pytest.mark.usefixtures("hub")
def test_the_footer_loads_little_and_calls_git_once(desk: DeskAtWork) -> None:
    program = (
        "import subprocess, sys\n"
        "from tkt.cli import main\n"
        "from tkt.render.screen import Screen\n"
        "Screen.of_this_process = classmethod(lambda cls: cls(columns=100, is_terminal=True))\n"
        "calls, run = [], subprocess.run\n"
        "subprocess.run = lambda *args, **given: calls.append(args[0]) or run(*args, **given)\n"
        f"code = main(['-C', {str(desk.root)!r}, 'list', 'status:open'])\n"
        "print(code, len(calls), *sorted(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    code, calls, *modules = done.stderr.splitlines()[-1].split()
    assert (code, calls) == ("0", "1")
    assert "never synced" in done.stdout
    assert {"git", "rich", "jinja2"}.isdisjoint(modules)


def test_the_place_read_off_the_disk_is_the_one_that_git_tells(desk: DeskAtWork, tmp_path: Path) -> None:
    desk.git("worktree", "add", "-q", str(tmp_path / "linked"))
    below = tmp_path / "linked/客服/my desk"
    below.mkdir(parents=True)
    for root in (desk.root, tmp_path / "linked", below):
        place = find_place(root)
        assert place is not None
        assert near_place(root) == place
        assert state_folder(root, place).is_relative_to(place.git_dir)
    assert near_place(Path("/proc")) is None
