"""`git.sync: after-write`: a command that made its commit exchanges it at once, and off line only says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import DeskAtWork

NEW = ("new", "E104", "--channel", "phone", "--text", "help")


@pytest.fixture
def hub(desk: DeskAtWork, tmp_path: Path) -> Path:
    """A repository that the desk exchanges its commits with after each command."""
    config = desk.root / "tkt.yaml"
    text = config.read_text("utf-8")
    assert "\n  # sync: after-write" in text
    config.write_text(text.replace("\n  # sync: after-write", "\n  sync: after-write"), "utf-8")
    desk.git("commit", "-qam", "sync after each command")
    hub = tmp_path / "hub.git"
    desk.git("clone", "-q", "--bare", str(desk.root), str(hub))
    desk.git("remote", "add", "origin", str(hub))
    desk.git("fetch", "-q")
    desk.git("branch", "-q", "--set-upstream-to=origin/main")
    return hub


def sent(desk: DeskAtWork) -> str:
    return desk.git("ls-remote", "origin", "refs/heads/main").split()[0]


@pytest.mark.usefixtures("hub")
def test_a_command_is_sent_at_once(desk: DeskAtWork) -> None:
    answer = desk.tkt(*NEW)
    assert "note: in sync with origin/main" in answer.err
    assert sent(desk) == desk.git("rev-parse", "HEAD").strip()
    ticket = desk.json("list")[0]["id"]
    assert desk.json("note", ticket, "-m", "hello")["written"]["notes"] == ["in sync with origin/main"]
    # and so is what takes it back
    assert "in sync with origin/main" in desk.tkt("undo").err
    assert sent(desk) == desk.git("rev-parse", "HEAD").strip()


@pytest.mark.usefixtures("hub")
def test_what_others_sent_comes_in(desk: DeskAtWork, tmp_path: Path) -> None:
    other = DeskAtWork(tmp_path / "other", desk.capsys)
    desk.git("clone", "-q", str(tmp_path / "hub.git"), str(other.root))
    ticket = other.json(*NEW)["id"]
    desk.tkt("new", "E105", "--channel", "phone", "--text", "help")
    assert desk.json("show", ticket)["title"] == "E104"
    assert sent(desk) == desk.git("rev-parse", "HEAD").strip()


@pytest.mark.parametrize("json", [True, False])
def test_off_line_is_said_and_is_no_error(desk: DeskAtWork, hub: Path, json: bool) -> None:
    hub.rename(hub.with_name("gone.git"))
    desk.git("config", "remote.origin.url", "ssh://127.0.0.1:1/hub.git")
    if json:
        (note,) = desk.json(*NEW)["written"]["notes"]
    else:
        note = desk.tkt(*NEW).err
    assert "1 commit not pushed yet" in note
    # and the next command makes up for it
    hub.with_name("gone.git").rename(hub)
    desk.git("config", "remote.origin.url", str(hub))
    desk.tkt("new", "E105", "--channel", "phone", "--text", "help")
    assert sent(desk) == desk.git("rev-parse", "HEAD").strip()


@pytest.mark.usefixtures("hub")
def test_what_is_not_committed_is_not_sent(desk: DeskAtWork) -> None:
    before = sent(desk)
    assert "sync" not in desk.tkt(*NEW, "--no-commit").err
    assert sent(desk) == before


@pytest.mark.usefixtures("hub")
def test_what_changed_nothing_asks_nobody(desk: DeskAtWork) -> None:
    ticket = desk.json(*NEW)["id"]
    assert desk.tkt("set", ticket, "title=E104").err == ""


def test_a_desk_without_a_remote_says_what_is_missing(desk: DeskAtWork, hub: Path) -> None:
    desk.git("remote", "remove", "origin")
    assert hub.exists()
    answer = desk.tkt(*NEW)
    assert (
        "note: not synced: this repository has no remote to sync with; git remote add origin URL"
        in answer.err
    )


def test_by_hand_means_by_hand(desk: DeskAtWork) -> None:
    assert desk.tkt(*NEW).err == ""
