"""Where `tkt sync` stops: it says why, and everything is as it was."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from clones import Origin, git, notes_of, state
from helpers import DeskAtWork

from tkt.store.gitrepo import Remote


def hook(folder: Path, name: str, script: str) -> Path:
    file = folder / "hooks" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


LONG = pytest.mark.long


@pytest.fixture(params=["merge", pytest.param("rebase", marks=LONG)])
def how(request: pytest.FixtureRequest) -> tuple[str, ...]:
    return ("--rebase",) if request.param == "rebase" else ()


# the state of the clone


def test_without_a_remote(here: DeskAtWork) -> None:
    here.git("remote", "remove", "origin")
    error = here.tkt("sync", "--json", code=2).error
    assert "no remote" in error["message"]
    assert error["hint"] == "git remote add origin URL"


def test_several_remotes_and_none_that_is_followed(here: DeskAtWork, origin: Origin) -> None:
    here.git("remote", "rename", "origin", "one")
    here.git("remote", "add", "two", str(origin.git))
    here.git("switch", "-q", "-c", "side", "--no-track")
    error = here.tkt("sync", "--json", code=2).error
    assert "several remotes" in error["message"]
    here.git(*error["hint"].replace("REMOTE", "two").split()[1:])
    assert here.json("sync")["upstream"] == "two/side"


def test_a_detached_head(here: DeskAtWork) -> None:
    here.git("switch", "-q", "--detach")
    error = here.tkt("sync", "--json", code=2).error
    assert "HEAD is detached" in error["message"]
    assert error["hint"] == "git switch NAME"


def test_no_commit_yet(here: DeskAtWork) -> None:
    here.git("update-ref", "-d", "HEAD")
    error = here.tkt("sync", "--json", code=2).error
    assert error["message"] == "there is no commit yet"
    assert error["hint"] == "git add -A && git commit"


@pytest.mark.usefixtures("parted")
def test_while_a_merge_or_a_rebase_is_not_finished(
    here: DeskAtWork, there: DeskAtWork, origin: Origin
) -> None:
    here.git("fetch", "-q")
    git(here.root, "merge", "-q", "origin/main", code=1)
    assert "merge of branches is not finished" in here.tkt("sync", code=2).err
    here.git("merge", "--abort")
    git(here.root, "rebase", "-q", "origin/main", code=1)
    error = here.tkt("sync", "--json", code=2).error
    assert "a rebase is not finished" in error["message"]
    assert "tkt repair" in error["hint"]


def test_outside_of_git(here: DeskAtWork, tmp_path: Path) -> None:
    (here.root / ".git").rename(tmp_path / "put-aside")
    assert "no git repository" in here.tkt("sync", code=2).err


# the remote


@pytest.mark.parametrize(
    "url", ["ssh://127.0.0.1:1/desk", "https://127.0.0.1:1/desk", "git://127.0.0.1:1/desk"]
)
def test_off_line_is_said_and_no_error(
    here: DeskAtWork, origin: Origin, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [it for it in os.environ if it.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    here.tkt("note", origin.active, "-m", "here")
    here.git("remote", "set-url", "origin", url)
    before = state(here)
    assert here.tkt("sync").out == "off line: 1 commit not pushed yet\n"
    found = here.json("sync")
    assert (found["offline"], found["waiting"]) == (True, 1)
    assert state(here) == before


@pytest.mark.usefixtures("parted")
def test_a_network_that_goes_away_in_between(here: DeskAtWork, there: DeskAtWork, origin: Origin) -> None:
    # given a fetch that comes through, and a push that does not
    here.git("remote", "set-url", "--push", "origin", "git://127.0.0.1:1/desk")
    answer = here.tkt("sync")
    assert answer.out.splitlines() == [
        "in: 1 commit, 1 ticket, by Li Wei",
        f"both sides had changed 1 record: put together: {origin.active}",
        "off line: 2 commits not pushed yet",
    ]
    assert notes_of(here, origin.active) == ["there", "here"]


def test_a_remote_that_does_not_exist(here: DeskAtWork, tmp_path: Path) -> None:
    here.git("remote", "set-url", "origin", str(tmp_path / "nowhere.git"))
    before = state(here)
    error = here.tkt("sync", "--json", code=2).error
    assert "git fetch failed" in error["message"]
    assert "nowhere.git" in error["message"]
    assert state(here) == before


@pytest.mark.parametrize("narrow", [False, True])
def test_a_branch_that_was_deleted_there_is_not_made_again(
    here: DeskAtWork, origin: Origin, narrow: bool
) -> None:
    here.git("switch", "-q", "-c", "trainee")
    here.tkt("sync")
    if narrow:
        here.git("config", "remote.origin.fetch", "+refs/heads/trainee:refs/remotes/origin/trainee")
    git(origin.git, "branch", "-q", "-D", "trainee")
    here.tkt("note", origin.active, "-m", "here")
    before = state(here)
    for _ in range(2):
        error = here.tkt("sync", "--json", code=2).error
        assert error["message"] == "origin has no branch trainee any more"
    assert state(here) == before
    here.git(*error["hint"].partition(": ")[2].split()[1:])
    here.git("config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")
    assert here.json("sync")["waiting"] == 0


@pytest.mark.usefixtures("parted")
def test_a_protected_branch_says_what_to_do(here: DeskAtWork, there: DeskAtWork, origin: Origin) -> None:
    hook(origin.git, "pre-receive", "echo main is protected; exit 1")
    error = here.tkt("sync", "--json", code=2).error
    assert "main is protected" in error["message"]
    assert error["hint"].endswith("git push origin HEAD:refs/heads/NAME")
    # what came in is merged, and our own commits are still here
    assert notes_of(here, origin.active) == ["there", "here"]
    assert here.git("rev-list", "--count", "@{upstream}..HEAD").strip() == "2"
    assert here.git("status", "--porcelain") == ""


# what lies in the way


@pytest.mark.usefixtures("parted")
def test_changes_that_are_not_committed_lie_in_the_way(
    here: DeskAtWork, there: DeskAtWork, origin: Origin, how: tuple[str, ...]
) -> None:
    path = here.path(origin.active)
    path.write_text(path.read_text().rstrip() + "\n# do not lose me\n")
    before = state(here)
    error = here.tkt("sync", *how, "--json", code=2).error
    assert "git did not start to merge" in error["message"]
    assert "git stash" in error["hint"]
    assert state(here) == before
    assert "# do not lose me" in path.read_text()
    # and the hint works
    here.git("stash", "-q")
    here.tkt("sync", *how)
    here.git("stash", "pop", "-q")
    assert "# do not lose me" in path.read_text()
    assert notes_of(here, origin.active) == ["there", "here"]


def test_a_new_file_lies_in_the_way_of_a_fast_forward(
    here: DeskAtWork, there: DeskAtWork, origin: Origin
) -> None:
    there.write("notes.txt", "theirs")
    there.git("add", "notes.txt")
    there.git("commit", "-qm", "notes")
    there.tkt("sync")
    here.write("notes.txt", "ours, of no commit")
    before = state(here)
    assert "git did not start to merge" in here.tkt("sync", code=2).err
    assert state(here) == before
    assert (here.root / "notes.txt").read_text() == "ours, of no commit"


@pytest.mark.usefixtures("parted")
def test_what_is_staged_lies_in_the_way_of_a_merge(
    here: DeskAtWork, there: DeskAtWork, origin: Origin, how: tuple[str, ...]
) -> None:
    here.write("replies/ack.en.md", "staged")
    here.git("add", "replies/ack.en.md")
    before = state(here)
    here.tkt("sync", *how, code=2)
    assert state(here) == before


@pytest.mark.usefixtures("parted")
def test_a_setting_that_stashes_by_itself_is_not_followed(
    here: DeskAtWork, there: DeskAtWork, origin: Origin, how: tuple[str, ...]
) -> None:
    for key in ("merge.autoStash", "rebase.autoStash"):
        here.git("config", key, "true")
    path = here.path(origin.active)
    path.write_text(path.read_text().rstrip() + "\n# do not lose me\n")
    before = state(here)
    here.tkt("sync", *how, code=2)
    assert state(here) == before
    assert here.git("stash", "list") == ""


# half-way


@pytest.mark.usefixtures("parted")
@pytest.mark.parametrize(
    "name",
    [
        "pre-commit",
        *(pytest.param(it, marks=LONG) for it in ("commit-msg", "prepare-commit-msg", "pre-merge-commit")),
    ],
)
def test_a_hook_that_refuses_the_merge(
    here: DeskAtWork, there: DeskAtWork, origin: Origin, name: str
) -> None:
    file = hook(here.root / ".git", name, "echo no merges on Mondays >&2; exit 1")
    before = state(here)
    if name == "pre-merge-commit":  # is asked of merges that git makes by itself alone
        here.tkt("sync")
        return
    error = here.tkt("sync", "--json", code=2).error
    assert "no merges on Mondays" in error["message"]
    assert state(here) == before
    file.unlink()
    assert here.json("sync")["merged"] == [origin.active]


@pytest.mark.usefixtures("parted")
def test_a_rebase_that_is_done_and_fails_then_is_taken_back(
    here: DeskAtWork, there: DeskAtWork, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(here)

    def refused(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tkt.sync.joining._put_right_at_last", refused)
    here.tkt("sync", "--rebase", code=130)
    assert state(here) == before


@pytest.mark.usefixtures("parted")
@pytest.mark.parametrize(
    "error", [KeyboardInterrupt, *(pytest.param(it, marks=LONG) for it in (OSError, RuntimeError))]
)
def test_whatever_happens_half_way_everything_is_as_before(
    here: DeskAtWork,
    there: DeskAtWork,
    origin: Origin,
    how: tuple[str, ...],
    error: type[BaseException],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here.write("replies/ack.en.md" if not how else "new.txt", "not yet done")
    before = state(here)

    def stopped(*_args: object, **_kwargs: object) -> None:
        raise error("stopped")

    monkeypatch.setattr("tkt.sync.joining.carry_out", stopped)
    here.tkt("sync", *how, code=None)
    assert state(here) == before
    monkeypatch.undo()


@pytest.mark.usefixtures("parted")
def test_ctrl_c_while_git_merges_is_heard_when_git_is_done(
    here: DeskAtWork, there: DeskAtWork, origin: Origin, how: tuple[str, ...]
) -> None:
    # given a merge driver that takes its time, and somebody who gives up meanwhile
    here.git("config", "merge.tkt.driver", f"kill -INT {os.getpid()}; sleep 0.1; exit 1")
    before = state(here)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    here.tkt("sync", *how, code=130)
    assert state(here) == before
    assert here.git("rev-parse", "--abbrev-ref", "HEAD").strip() == "main"


@pytest.mark.usefixtures("parted")
def test_a_configuration_that_both_changed_is_a_persons_to_merge(
    here: DeskAtWork, there: DeskAtWork, origin: Origin, how: tuple[str, ...]
) -> None:
    renamed(there, "Support B")
    there.tkt("sync")
    renamed(here, "Support A")
    before = state(here)
    error = here.tkt("sync", *how, "--json", code=2).error
    assert [it["path"] for it in error["problems"]] == ["tkt.yaml"]
    assert "a person must decide" in error["message"]
    assert state(here) == before
    # and the way that the hint shows leads through
    verb = "rebase" if how else "merge"
    assert error["hint"] == (
        f"everything is as it was; to put it together by hand: git {verb} origin/main, then: tkt repair"
    )
    git(here.root, verb, "-q", "origin/main", code=1)
    while state(here)[-1] in ("MERGE_HEAD", "rebase-merge"):
        if "tkt.yaml" in here.tkt("repair", code=None).err:
            here.git("checkout", "-q", "--theirs", "--", "tkt.yaml")
            here.git("add", "--", "tkt.yaml")
        git(here.root, "-c", "core.editor=true", verb, "--continue", code=None)
    assert here.json("sync")["waiting"] == 0
    assert notes_of(here, origin.active) == ["there", "here"]


def test_text_that_both_wrote_is_a_persons_to_merge(
    here: DeskAtWork, there: DeskAtWork, origin: Origin
) -> None:
    for desk, words in ((there, "theirs"), (here, "ours")):
        desk.write("knowledge/reset.md", f"---\ntitle: Reset\nstate: draft\n---\n{words}\n")
        desk.git("add", "-A")
        desk.git("commit", "-qm", "an article")
        if desk is there:
            desk.tkt("sync")
    before = state(here)
    error = here.tkt("sync", "--json", code=2).error
    assert error["problems"][0]["path"] == "knowledge/reset.md"
    assert state(here) == before


def renamed(desk: DeskAtWork, name: str) -> None:
    text = (desk.root / "tkt.yaml").read_text()
    desk.write("tkt.yaml", re.sub("^name: .*$", f"name: {name}", text, flags=re.MULTILINE))
    desk.git("commit", "-qam", f"called {name}")


def test_unrelated_histories(here: DeskAtWork, origin: Origin) -> None:
    here.git("checkout", "-q", "--orphan", "new")
    here.git("commit", "-qm", "all anew")
    here.git("branch", "-q", "-M", "main")
    here.git("branch", "-q", "-u", "origin/main")
    before = state(here)
    error = here.tkt("sync", "--json", code=2).error
    assert "no commit in common" in error["message"]
    assert "hint" not in error or error["hint"] is None
    assert state(here) == before


# what would go out


OFTEN_TESTED = ("a ticket that is gone", "an event that was changed", "a ticket twice")
BROKEN: dict[str, Callable[[DeskAtWork, str], object]] = {
    "a broken ticket": lambda desk, ticket: desk.path(ticket).write_text(
        desk.path(ticket).read_text().replace("urgency: yellow", "urgency: blue")
    ),
    "a ticket that is gone": lambda desk, ticket: desk.git("rm", "-q", str(desk.path(ticket))),
    "an unknown directory": lambda desk, ticket: (
        (desk.root / "tickets/hold").mkdir(),
        desk.git("mv", str(desk.path(ticket)), "tickets/hold/"),
    ),
    "a ticket twice": lambda desk, ticket: desk.write(
        f"tickets/waiting/{ticket}.yaml", desk.path(ticket).read_bytes()
    ),
    "an event that was changed": lambda desk, ticket: desk.path(ticket).write_text(
        desk.path(ticket).read_text().replace("We look into it.", "We never said so.")
    ),
    "a configuration that contradicts itself": lambda desk, _ticket: (
        desk.root / "config/taxonomy.yaml"
    ).write_text((desk.root / "config/taxonomy.yaml").read_text().replace("team: tech", "team: tehc")),
}


@pytest.mark.parametrize(
    "name", [pytest.param(it, marks=LONG) if it in OFTEN_TESTED else it for it in BROKEN]
)
def test_what_has_faults_is_not_pushed(here: DeskAtWork, origin: Origin, name: str) -> None:
    before = git(origin.git, "rev-parse", "main")
    BROKEN[name](here, origin.active)
    here.git("add", "-A")
    here.git("commit", "-qm", "by hand")
    answer = here.tkt("sync", code=1)
    assert re.search(r"^error: (tickets|config)/", answer.err, re.MULTILINE)
    assert re.fullmatch(r"not pushed: \d+ faults? in what would go out\n", answer.out)
    found = here.json("sync", code=1)
    assert found["problems"]
    assert found["waiting"] == 1
    assert git(origin.git, "rev-parse", "main") == before
    # unless one says so
    assert here.json("sync", "--no-check")["waiting"] == 0
    # and what is on the remote already stops nobody
    here.tkt("note", origin.resolved, "-m", "later")
    assert here.json("sync")["waiting"] == 0


@pytest.mark.usefixtures("parted")
def test_a_merge_by_hand_that_lost_our_own_words_is_not_pushed(
    here: DeskAtWork, there: DeskAtWork, origin: Origin
) -> None:
    here.git("fetch", "-q")
    here.git("merge", "-q", "-s", "ours", "--no-edit", "origin/main")
    here.git("checkout", "-q", "origin/main", "--", "tickets")
    here.git("commit", "-q", "--amend", "--no-edit")
    assert "lost an event" in here.tkt("sync", code=1).err
    here.tkt("repair")
    here.tkt("sync")
    assert notes_of(here, origin.active) == ["there", "here"]


def test_a_first_push_is_checked_too(here: DeskAtWork, origin: Origin, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "empty.git")
    here.git("remote", "set-url", "origin", str(tmp_path / "empty.git"))
    for ref in ("main", "HEAD"):
        here.git("update-ref", "--no-deref", "-d", f"refs/remotes/origin/{ref}")
    path = here.path(origin.active)
    path.write_text(path.read_text().replace("urgency: yellow", "urgency: blue"))
    here.git("commit", "-qam", "by hand")
    assert here.json("sync", code=1)["problems"]
    assert git(tmp_path / "empty.git", "for-each-ref") == ""


def test_what_is_not_committed_stops_no_push(here: DeskAtWork, origin: Origin) -> None:
    here.tkt("note", origin.resolved, "-m", "here")
    path = here.path(origin.active)
    path.write_text(path.read_text().replace("urgency: yellow", "urgency: blue"))
    assert here.json("sync")["waiting"] == 0
    assert "blue" in path.read_text()


# who is faster


def test_somebody_who_is_faster_is_merged_again(
    here: DeskAtWork, there: DeskAtWork, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tkt.sync.syncing._PAUSE", 0)
    there.at("2026-11-16T03:05:00Z").tkt("note", origin.active, "-m", "there")
    here.at("2026-11-16T03:10:00Z").tkt("note", origin.active, "-m", "here")
    # given that the other one pushes after we have fetched
    hook(here.root / ".git", "pre-push", f'rm "$0"; unset GIT_DIR; git -C {there.root} push -q origin main')
    answer = here.tkt("sync")
    assert answer.out.splitlines() == [
        "in: 1 commit, 1 ticket, by Li Wei",
        f"both sides had changed 1 record: put together: {origin.active}",
        "out: 2 commits, 1 ticket",
        "somebody else was faster 1 time: merged again",
        "in sync with origin/main",
    ]
    assert notes_of(here, origin.active) == ["there", "here"]
    there.tkt("sync")
    assert there.git("rev-parse", "HEAD") == here.git("rev-parse", "HEAD")


def test_who_is_slower_again_and_again_gives_up_in_the_end(
    here: DeskAtWork, there: DeskAtWork, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tkt.sync.syncing._PAUSE", 0)
    monkeypatch.setattr("tkt.sync.syncing.ATTEMPTS", 3)
    here.tkt("note", origin.active, "-m", "here")
    faster = f"unset GIT_DIR; cd {there.root}; git commit -q --allow-empty -m again; git push -q origin main"
    hook(here.root / ".git", "pre-push", faster)
    error = here.tkt("sync", "--json", code=2).error
    assert error["message"] == "somebody else pushed first 3 times in a row; nothing is lost"
    assert notes_of(here, origin.active) == ["here"]
    assert here.git("status", "--porcelain") == ""


def test_a_remote_that_refuses_for_its_own_reasons_is_told_as_such(
    here: DeskAtWork, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tkt.sync.syncing._PAUSE", 0)
    monkeypatch.setattr("tkt.sync.syncing._PATIENCE", 2)
    here.tkt("note", origin.active, "-m", "here")
    (origin.git / "refs/heads/main.lock").write_text("")  # of a git that has died
    asked = []
    push = Remote.push
    monkeypatch.setattr(Remote, "push", lambda *args: (asked.append(1), push(*args)))
    error = here.tkt("sync", "--json", code=2).error
    assert "git push was refused" in error["message"]
    assert "main.lock" in error["message"]
    assert len(asked) == 3
