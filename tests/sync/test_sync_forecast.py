"""`tkt sync --forecast REV`: would it merge, and what will a forge's button say? Nothing is touched."""

from __future__ import annotations

import re

import pytest
from clones import Origin, state
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


@pytest.fixture
def desk(here: DeskAtWork) -> DeskAtWork:
    """A desk on its branch `main`, beside which there is `side`."""
    here.git("switch", "-q", "-c", "side")
    return here


def on(desk: DeskAtWork, branch: str, now: str, *words: str) -> None:
    desk.git("switch", "-q", branch)
    desk.at(f"2026-11-16T{now}Z").tkt(*words)


def titled(desk: DeskAtWork, branch: str, name: str) -> None:
    desk.git("switch", "-q", branch)
    text = (desk.root / "tkt.yaml").read_text()
    desk.write("tkt.yaml", re.sub("^name: .*$", f"name: {name}", text, flags=re.MULTILINE))
    desk.git("commit", "-qam", name)


def foretold(desk: DeskAtWork, rev: str, *, code: int = 0) -> dict[str, object]:
    """The forecast for a program; and that nothing was touched."""
    before = state(desk)
    found: dict[str, object] = desk.json("sync", "--forecast", rev, code=code)
    assert state(desk) == before
    return found


def test_different_tickets_merge(desk: DeskAtWork, origin: Origin) -> None:
    on(desk, "side", "03:10:00", "note", origin.active, "-m", "x")
    on(desk, "main", "03:20:00", "note", origin.resolved, "-m", "y")
    assert desk.tkt("sync", "--forecast", "side").out == "it would merge\n"
    assert foretold(desk, "side") == {
        "merges": True, "both_changed": [], "conflicts": [], "forge_conflicts": [], "stuck": [],
    }  # fmt: skip


@pytest.mark.parametrize("driver", [True, False])
def test_one_ticket_merges_here_and_is_a_conflict_on_a_forge(
    desk: DeskAtWork, origin: Origin, driver: bool
) -> None:
    if driver:
        desk.tkt("doctor", "--fix", "--yes", code=None)
    on(desk, "side", "03:10:00", "note", origin.active, "-m", "x")
    on(desk, "main", "03:20:00", "note", origin.active, "-m", "y")
    found = foretold(desk, "side")
    assert (found["merges"], found["both_changed"], found["conflicts"]) == (True, [origin.active], [])
    assert found["forge_conflicts"] == [f"tickets/in-progress/{origin.active}.yaml"]
    assert desk.tkt("sync", "--forecast", "side").out.splitlines() == [
        "it would merge",
        "1 record was changed on both sides; tkt puts it together by its events",
        "a forge shows a conflict in 1 file: run tkt sync on this branch",
    ]


def test_a_move_and_a_note_of_one_ticket(desk: DeskAtWork, origin: Origin) -> None:
    on(desk, "side", "03:10:00", "resolve", origin.active, *RESOLVED)
    on(desk, "main", "03:20:00", "note", origin.active, "-m", "y")
    found = foretold(desk, "side")
    assert (found["merges"], found["both_changed"]) == (True, [origin.active])


def test_a_configuration_that_both_changed_needs_a_person(desk: DeskAtWork, origin: Origin) -> None:
    titled(desk, "side", "Support A")
    titled(desk, "main", "Support B")
    found = foretold(desk, "side", code=1)
    assert (found["merges"], found["conflicts"]) == (False, ["tkt.yaml"])
    assert desk.tkt("sync", "--forecast", "side", code=1).out.splitlines() == [
        "it would not merge by itself",
        "a person must merge: tkt.yaml",
    ]


def test_an_article_that_both_changed_needs_a_person(desk: DeskAtWork) -> None:
    for branch in ("side", "main"):
        desk.git("switch", "-q", branch)
        desk.write("knowledge/reset.md", f"---\ntitle: Reset\nstate: draft\n---\nas {branch} has it\n")
        desk.git("add", "-A")
        desk.git("commit", "-qm", branch)
    found = foretold(desk, "side", code=1)
    assert (found["merges"], found["conflicts"]) == (False, [])
    assert "same lines" in desk.tkt("sync", "--forecast", "side", code=1).err


@pytest.mark.parametrize("rev", ["main", "HEAD~1", "origin/main"])
def test_what_is_here_already(desk: DeskAtWork, origin: Origin, rev: str) -> None:
    on(desk, "side", "03:10:00", "note", origin.active, "-m", "x")
    assert foretold(desk, rev)["merges"] is True


def test_histories_without_a_common_commit(desk: DeskAtWork) -> None:
    desk.git("checkout", "-q", "--orphan", "new")
    desk.git("commit", "-qm", "all anew")
    before = state(desk)
    assert "no commit in common" in desk.tkt("sync", "--forecast", "main", code=2).err
    assert state(desk) == before


def test_what_git_does_not_know(desk: DeskAtWork) -> None:
    error = desk.tkt("sync", "--forecast", "mian", "--json", code=2).error
    assert error["message"] == "git knows no commit mian, expected a branch, a tag or a sha"
    error = desk.tkt("sync", "--forecast", "origin/mian", "--json", code=2).error
    assert error["hint"] == "git fetch origin mian:refs/remotes/origin/mian"
