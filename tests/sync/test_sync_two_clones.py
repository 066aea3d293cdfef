"""`tkt sync` between two clones: what comes in, what goes out, what both had changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from clones import Origin, git, notes_of, state
from helpers import DeskAtWork

RESOLVED = (
    "--code",
    "answered",
    "--cause",
    "unknown",
    "-m",
    "Explained.",
    "--reply",
    "It is explained here.",
)


def shared(desk: DeskAtWork, *words: str) -> None:
    """A command there, and what it did on the remote."""
    desk.tkt(*words)
    desk.tkt("sync")


def is_in_sync(desk: DeskAtWork) -> bool:
    """Whether branch, index, tree and the remote agree, with nothing left unfinished."""
    return desk.git("status", "--porcelain", "--branch").strip() == "## main...origin/main"


def test_nothing_to_do(here: DeskAtWork) -> None:
    before = state(here)
    answer = here.tkt("sync")
    assert (answer.out, answer.err) == ("in sync with origin/main\n", "")
    assert state(here) == before
    assert here.json("sync") == {
        "upstream": "origin/main",
        "in": {"commits": 0, "tickets": [], "people": []},
        "out": {"commits": 0, "tickets": [], "people": []},
        "merged": [],
        "repaired": [],
        "attempts": 1,
        "offline": False,
        "waiting": 0,
        "proposal": None,
        "problems": [],
    }  # fmt: skip


def test_what_was_done_here_goes_out(here: DeskAtWork, origin: Origin) -> None:
    here.tkt("note", origin.active, "-m", "here")
    answer = here.tkt("sync")
    assert answer.out.splitlines() == ["out: 1 commit, 1 ticket", "in sync with origin/main"]
    assert git(origin.git, "rev-parse", "main") == here.git("rev-parse", "HEAD")


def test_what_others_did_comes_in_without_a_merge(
    here: DeskAtWork, there: DeskAtWork, origin: Origin
) -> None:
    shared(there, "note", origin.active, "-m", "there")
    answer = here.tkt("sync")
    assert answer.out.splitlines() == ["in: 1 commit, 1 ticket, by Li Wei", "in sync with origin/main"]
    assert here.git("rev-parse", "HEAD") == there.git("rev-parse", "HEAD")


@pytest.mark.parametrize("how", [(), ("--rebase",)])
def test_both_did_something_else(
    here: DeskAtWork, there: DeskAtWork, origin: Origin, how: tuple[str, ...]
) -> None:
    shared(there, "note", origin.active, "-m", "there")
    here.tkt("note", origin.resolved, "-m", "here")
    found = here.json("sync", *how)
    assert (found["in"]["commits"], found["merged"], found["waiting"]) == (1, [], 0)
    assert found["out"]["tickets"] == [origin.resolved]
    assert is_in_sync(here)
    assert here.git("rev-list", "--merges", "--count", "HEAD").strip() == ("0" if how else "1")
    if not how:
        assert here.git("log", "-1", "--format=%B") == "merge origin/main\n\nAction: sync\n\n"


@pytest.mark.parametrize("how", [(), ("--rebase",)])
@pytest.mark.parametrize("driver", [pytest.param(True, marks=pytest.mark.long), False])
def test_both_changed_one_ticket(
    here: DeskAtWork, there: DeskAtWork, origin: Origin, how: tuple[str, ...], driver: bool
) -> None:
    if driver:
        here.tkt("doctor", "--fix", "--yes", code=None)
    shared(there, "resolve", origin.active, *RESOLVED)
    here.at("2026-11-16T03:10:00Z").tkt("note", origin.active, "-m", "here")
    answer = here.tkt("sync", *how)
    assert f"both sides had changed 1 record: put together: {origin.active}" in answer.out
    assert is_in_sync(here)
    assert here.json("show", origin.active)["status"] == "resolved"
    assert notes_of(here, origin.active) == ["here"]
    assert here.json("check")["errors"] == 0
    # and the other clone has the same in the end
    there.tkt("sync")
    assert there.git("rev-parse", "HEAD") == here.git("rev-parse", "HEAD")


def test_the_message_of_a_merge_names_the_tickets(
    here: DeskAtWork, there: DeskAtWork, origin: Origin
) -> None:
    shared(there, "note", origin.active, "-m", "there [skip ci]")
    here.at("2026-11-16T03:10:00Z").tkt("note", origin.active, "-m", "here")
    here.tkt("sync")
    assert here.git("log", "-1", "--format=%B").splitlines() == [
        f"{origin.active}: merge origin/main", "", f"Ticket: {origin.active}", "Action: sync", "",
    ]  # fmt: skip
    # what a merge brought in is not taken back by `undo`, but what was typed before it
    assert here.at("2026-11-16T03:20:00Z").json("undo")["removed"] is False
    last = here.json("show", origin.active)["events"][-1]
    assert last["did"] == "corrected"


def test_without_push_the_commits_wait(here: DeskAtWork, there: DeskAtWork, origin: Origin) -> None:
    shared(there, "note", origin.active, "-m", "there")
    here.tkt("note", origin.resolved, "-m", "here")
    answer = here.tkt("sync", "--no-push")
    assert answer.out.splitlines()[-1] == "merged with origin/main; 2 commits not pushed"
    assert git(origin.git, "rev-parse", "main") == there.git("rev-parse", "HEAD")


def test_uncommitted_changes_elsewhere_are_kept(here: DeskAtWork, there: DeskAtWork, origin: Origin) -> None:
    shared(there, "note", origin.active, "-m", "there")
    here.at("2026-11-16T03:10:00Z").tkt("note", origin.active, "-m", "here")
    here.write("replies/ack.en.md", "not yet done")
    here.write("notes.txt", "new")
    here.tkt("sync")
    assert here.git("status", "--porcelain").splitlines() == [" M replies/ack.en.md", "?? notes.txt"]
    assert (here.root / "replies/ack.en.md").read_text() == "not yet done"
    assert notes_of(here, origin.active) == ["there", "here"]


def test_the_first_push_of_a_branch_counts_what_is_new(here: DeskAtWork, origin: Origin) -> None:
    here.git("switch", "-q", "-c", "side")
    here.tkt("note", origin.active, "-m", "here")
    found = here.json("sync")
    assert found["upstream"] == "origin/side"
    assert (found["out"]["commits"], found["out"]["tickets"]) == (1, [origin.active])
    assert here.git("rev-parse", "@{upstream}") == here.git("rev-parse", "HEAD")
    assert here.json("sync")["out"]["commits"] == 0


def test_the_first_push_of_a_desk_counts_everything(here: DeskAtWork, origin: Origin, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "empty.git")
    here.git("remote", "set-url", "origin", str(tmp_path / "empty.git"))
    for ref in ("main", "HEAD"):
        here.git("update-ref", "--no-deref", "-d", f"refs/remotes/origin/{ref}")
    found = here.json("sync")
    assert found["out"]["commits"] == int(here.git("rev-list", "--count", "HEAD"))
    assert sorted(found["out"]["tickets"]) == sorted([origin.active, origin.resolved, origin.closed])
    assert is_in_sync(here)


def test_a_branch_that_follows_a_local_one_goes_to_the_remote(here: DeskAtWork, origin: Origin) -> None:
    before = here.git("rev-parse", "main")
    here.git("switch", "-q", "-c", "side", "--track", "main")
    here.tkt("note", origin.active, "-m", "here")
    assert here.json("sync")["upstream"] == "origin/side"
    assert here.git("rev-parse", "main") == before
    assert git(origin.git, "rev-parse", "side") == here.git("rev-parse", "HEAD")


def test_another_remote_and_another_branch_name(
    here: DeskAtWork, there: DeskAtWork, origin: Origin, tmp_path: Path
) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(origin.git), "second.git")
    here.git("remote", "add", "team/desk", str(tmp_path / "second.git"))
    here.git("push", "-q", "-u", "team/desk", "main:tickets")
    here.tkt("note", origin.active, "-m", "here")
    assert here.tkt("sync").out.splitlines()[-1] == "in sync with team/desk/tickets"
    assert git(tmp_path / "second.git", "rev-parse", "tickets") == here.git("rev-parse", "HEAD")
    assert git(origin.git, "rev-parse", "main") != here.git("rev-parse", "HEAD")


def test_a_linked_worktree_is_synced_as_any_other(
    here: DeskAtWork, there: DeskAtWork, origin: Origin
) -> None:
    here.git("switch", "-q", "-c", "other")
    here.git("worktree", "add", "-q", "../tree", "main")
    tree = DeskAtWork(here.root.parent / "tree", here.capsys, now="2026-11-16T03:10:00Z")
    shared(there, "note", origin.active, "-m", "there")
    tree.tkt("note", origin.active, "-m", "here")
    assert tree.json("sync")["merged"] == [origin.active]
    assert is_in_sync(tree)
    assert here.git("status", "--porcelain") == ""


def test_the_account_says_so_in_chinese_too(here: DeskAtWork, there: DeskAtWork, origin: Origin) -> None:
    shared(there, "note", origin.active, "-m", "there")
    here.tkt("note", origin.resolved, "-m", "here")
    told = here.tkt("--lang", "zh", "sync").out
    assert "origin/main" in told
    assert "in sync" not in told
