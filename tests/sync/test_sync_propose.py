"""`tkt sync --propose`: where the remote takes no pushes, one branch beside is kept up to date."""

from __future__ import annotations

from pathlib import Path

import pytest
from clones import Origin, git, notes_of, state
from forge import protect
from helpers import DeskAtWork

ASIDE = ("--propose", "tkt/tick")


def tip(origin: Origin, branch: str) -> str:
    return git(origin.git, "rev-parse", "-q", "--verify", f"refs/heads/{branch}", code=None).strip()


def test_where_pushes_are_taken_it_is_an_ordinary_sync(here: DeskAtWork, origin: Origin) -> None:
    here.tkt("note", origin.active, "-m", "ours")
    report = here.json("sync", *ASIDE)
    assert report["proposal"] is None
    assert report["out"]["commits"] == 1
    assert tip(origin, "main") == here.git("rev-parse", "HEAD").strip()
    assert tip(origin, "tkt/tick") == ""


def test_a_refused_push_goes_to_the_branch_and_says_why(here: DeskAtWork, origin: Origin) -> None:
    protect(origin.git)
    here.tkt("note", origin.active, "-m", "ours")
    assert "git push was refused" in here.tkt("sync", code=2).err
    told = here.tkt("sync", *ASIDE).out
    assert (
        "origin/main takes no pushes (pre-receive hook declined): 1 commit waits on origin/tkt/tick" in told
    )
    assert tip(origin, "tkt/tick") == here.git("rev-parse", "HEAD").strip()
    report = here.json("sync", *ASIDE)  # and again: nothing more to do
    assert report["proposal"] == {
        "branch": "origin/tkt/tick",
        "is_open": True,
        "why": "pre-receive hook declined",
    }
    assert report["waiting"] == 1


def test_what_waits_comes_in_first_and_nothing_is_ever_forced(
    here: DeskAtWork, there: DeskAtWork, origin: Origin
) -> None:
    protect(origin.git)
    here.tkt("note", origin.active, "-m", "ours")
    here.tkt("sync", *ASIDE)
    first = tip(origin, "tkt/tick")
    there.tkt("sync", "--no-push", *ASIDE)
    assert notes_of(there, origin.active) == ["ours"]
    there.tkt("note", origin.active, "-m", "theirs")
    there.tkt("sync", *ASIDE)
    assert git(origin.git, "merge-base", first, "tkt/tick").strip() == first


def test_two_that_propose_at_once_end_with_one_branch_that_holds_both(
    here: DeskAtWork, there: DeskAtWork, origin: Origin
) -> None:
    protect(origin.git)
    here.tkt("note", origin.active, "-m", "ours")
    there.tkt("note", origin.active, "-m", "theirs")
    here.tkt("sync", *ASIDE)
    there.tkt("sync", *ASIDE)
    here.tkt("sync", *ASIDE)
    assert sorted(notes_of(here, origin.active)) == ["ours", "theirs"]
    assert tip(origin, "tkt/tick") == here.git("rev-parse", "HEAD").strip()


def test_the_branch_goes_when_its_content_has_arrived(
    here: DeskAtWork, there: DeskAtWork, origin: Origin
) -> None:
    hook = protect(origin.git)
    here.tkt("note", origin.active, "-m", "ours")
    here.tkt("sync", *ASIDE)
    hook.unlink()
    told = there.tkt("sync", *ASIDE).out  # pushes are taken again: it goes straight there
    assert "origin/tkt/tick is not needed any more: removed" in told
    assert tip(origin, "tkt/tick") == ""
    assert tip(origin, "main") == there.git("rev-parse", "HEAD").strip()
    assert here.json("sync", *ASIDE)["proposal"] is None


def test_what_was_squashed_into_the_branch_is_proposed_no_more(
    here: DeskAtWork, there: DeskAtWork, origin: Origin
) -> None:
    hook = protect(origin.git)
    here.tkt("note", origin.active, "-m", "ours")
    here.tkt("sync", *ASIDE)
    hook.unlink()
    there.git("fetch", "-q")
    there.git("merge", "-q", "--squash", "origin/tkt/tick")
    there.git("commit", "-qm", "squashed")
    there.git("push", "-q")
    protect(origin.git)
    told = here.tkt("sync", *ASIDE).out
    assert "not needed any more" in told
    assert here.git("rev-parse", "HEAD").strip() == tip(origin, "main")
    assert here.git("status", "--porcelain") == ""


def test_a_branch_that_the_remote_keeps_is_told(here: DeskAtWork, origin: Origin) -> None:
    git(origin.git, "branch", "tkt/tick", "main")
    git(origin.git, "config", "receive.denyDeletes", "true")
    told = here.tkt("sync", *ASIDE).out
    assert "is not needed any more, but the remote keeps it" in told


def test_words_for_the_remote_go_with_the_branch_alone(
    here: DeskAtWork, origin: Origin, tmp_path: Path
) -> None:
    git(origin.git, "config", "receive.advertisePushOptions", "true")
    hook = protect(origin.git)
    hook.write_text(
        hook.read_text().replace("while", f'echo "$GIT_PUSH_OPTION_0" >>{tmp_path}/words\nwhile', 1)
    )
    here.tkt("note", origin.active, "-m", "ours")
    here.tkt("sync", *ASIDE, "-o", "merge_request.create")
    assert (tmp_path / "words").read_text().split("\n") == ["", "merge_request.create", ""]


@pytest.mark.parametrize("name", ["main", "a..b", "-x", "a b"])
def test_what_cannot_be_that_branch_is_refused(here: DeskAtWork, name: str) -> None:
    before = state(here)
    assert f"{name} cannot be proposed on" in here.tkt("sync", f"--propose={name}", code=2).err
    assert state(here) == before


def test_words_for_the_remote_need_a_branch(here: DeskAtWork) -> None:
    assert "--push-option goes with --propose" in here.tkt("sync", "-o", "x", code=2).err
