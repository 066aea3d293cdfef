"""Whatever surrounds the desk: each command is right, or says clearly no and leaves index, tree and text."""

from __future__ import annotations

import errno
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from crashing import command, refused_at, steps_of
from helpers import DeskAtWork

from tkt.desk import Desk

CHECKOUT = Path(__file__).resolve().parents[2]
TKT = f"PYTHONPATH='{CHECKOUT}' '{sys.executable}' -m tkt"
NEW = ("new", "E104", "--channel", "phone", "--text", "help", "--owner", "me")


def git(folder: Path, *args: str) -> str:
    return subprocess.run(["git", *args], cwd=folder, capture_output=True, text=True, check=True).stdout


def hook(desk: DeskAtWork, name: str, script: str) -> None:
    desk.write(f".git/hooks/{name}", f"#!/bin/sh\n{script}\n").chmod(0o755)


def state(desk: DeskAtWork) -> tuple[object, ...]:
    """Files, index and HEAD."""
    files = {
        str(path.relative_to(desk.root)): path.read_bytes()
        for path in desk.root.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(desk.root).parts
    }
    asked = (("ls-files", "--stage"), ("rev-parse", "HEAD"))
    said = (subprocess.run(["git", *it], cwd=desk.root, capture_output=True, check=False) for it in asked)
    return files, *(it.stdout for it in said)


def a_day(desk: DeskAtWork) -> None:
    """A ticket comes, is talked about and closed; every commit is whole."""
    ticket = desk.json(*NEW)["id"]
    desk.tkt("note", ticket, "--text", "words")
    desk.tkt("close", ticket, "--code", "test")
    found = desk.json("show", ticket)
    assert found["status"] == "closed"
    assert ticket in desk.tkt("list", "status:all").out
    names = desk.git("ls-files", "-z").split("\0")
    assert [name for name in names if ticket in name] == [f"tickets/closed/2026-11/{ticket}.yaml"]
    assert desk.git("status", "--porcelain", "--", ".") == ""
    assert desk.json("check")["errors"] == 0
    desk.tkt("undo")
    assert desk.json("show", ticket)["status"] == "new"
    assert desk.git("status", "--porcelain", "--", ".") == ""


# --- where a command must say no ---


def nameless(desk: DeskAtWork) -> None:
    (Path.home() / ".gitconfig").write_text("")


REFUSALS: dict[str, tuple[Callable[[DeskAtWork], object], str, bool]] = {
    "a detached HEAD": (lambda desk: desk.git("switch", "-q", "--detach"), "git switch -c NAME", False),
    "a stale index.lock": (lambda desk: desk.write(".git/index.lock", ""), "rm ", False),
    "a hook that says no": (
        lambda desk: hook(desk, "pre-commit", "echo 'not on a Friday' >&2; exit 1"),
        "not on a Friday",
        True,
    ),
    "a hook that is no program": (lambda desk: hook(desk, "commit-msg", "exec /nowhere"), "/nowhere", True),
    "a signature that fails": (
        lambda desk: (desk.git("config", "commit.gpgsign", "true"), desk.git("config", "gpg.program", "false")),
        "gpg failed to sign",
        True,
    ),
    "a branch that is locked": (lambda desk: desk.write(".git/refs/heads/main.lock", ""), "main.lock", True),
    "an index that is noise": (lambda desk: desk.write(".git/index", "noise"), "index", False),
    "no identity": (nameless, 'git config user.name "Your Name"', False),
}  # fmt: skip


def test_a_refusal_is_clear_and_leaves_everything_as_it_was(
    desk: DeskAtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tkt.store.gitrepo.state.LOCK_PATIENCE", 0.0)
    ticket = desk.json(*NEW)["id"]
    for name in REFUSALS:  # the one without an identity comes last: it takes that of all
        shutil.copytree(desk.root, tmp_path / name)
        refused(DeskAtWork(tmp_path / name, desk.capsys), ticket, name)


def refused(desk: DeskAtWork, ticket: str, name: str) -> None:
    prepare, told, is_kept = REFUSALS[name]
    prepare(desk)
    before = state(desk)
    for words in (("close", ticket, "--code", "test", "--text", "precious"), NEW):
        answer = desk.tkt(*words, code=2)
        assert told in answer.err, name
        assert "Traceback" not in answer.err, name
        assert state(desk) == before, name
    rescued = [path.read_text("utf-8") for path in (desk.root / ".git/tkt/rescue").glob("*")]
    assert any("precious" in text for text in rescued) is is_kept, name
    assert ticket in desk.tkt("list", "status:all", code=None).out, name


@pytest.fixture
def small_disk(desk: DeskAtWork, tmp_path: Path) -> Iterator[DeskAtWork]:
    """The same desk on a file system of its own, of three megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "none", str(place)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("no file system can be mounted here")
    try:
        git(tmp_path, "clone", "-q", str(desk.root), str(place / "desk"))
        yield DeskAtWork(place / "desk", desk.capsys)
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_read_only_file_system_is_read_and_not_written(small_disk: DeskAtWork) -> None:
    desk = small_disk
    ticket = desk.json(*NEW)["id"]
    subprocess.run(["mount", "-o", "remount,ro", str(desk.root.parent)], check=True)
    for words in (
        ("list", "status:all"),
        ("show", ticket),
        ("check",),
        ("report", "kpi"),
        ("search", "E104"),
    ):
        assert "read-only" not in desk.tkt(*words).err
    for words in (("note", ticket, "--text", "x"), NEW, ("close", ticket, "--code", "test")):
        assert "the file system is read-only" in desk.tkt(*words, code=2).err


def filled(filler: Path) -> None:
    """No byte is free beside it."""
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(b"x" * 4096):
            pass


def test_a_full_disk_takes_nothing_and_is_told(small_disk: DeskAtWork) -> None:
    desk = small_disk
    ticket = desk.json(*NEW)["id"]
    filler = desk.root.parent / "filler"
    filled(filler)
    before = state(desk)
    for words in (("note", ticket, "--text", "x"), NEW, ("close", ticket, "--code", "test")):
        refused = desk.tkt(*words, code=2)
        assert "no space" in refused.err.lower()
        assert "Traceback" not in refused.err
        assert state(desk) == before
    assert ticket in desk.tkt("list", "status:all").out
    filler.unlink()
    desk.tkt("note", ticket, "--text", "x")
    assert desk.git("status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("number", "wanted"),
    [
        (errno.ENOSPC, 3),
        *(pytest.param(it, 1000, marks=pytest.mark.long) for it in (errno.ENOSPC, errno.EACCES, errno.EROFS)),
    ],
    ids=["full", "full-all", "denied-all", "read-only-all"],
)
def test_whichever_step_the_system_refuses_all_is_taken_back_or_all_is_done(
    desk: DeskAtWork, tmp_path: Path, wanted: int, number: int
) -> None:
    ticket = desk.json(*NEW)["id"]
    seed = random.SystemRandom().randrange(1_000_000)
    chance = random.Random(seed)
    told = tmp_path / "told"
    words = [("close", ticket, "--code", "test"), ("reopen", ticket)]
    total = steps_of(command(desk.root, *words[0]), told)
    desk.tkt(*words[1])
    for step in sorted(chance.sample(range(1, total + 1), min(wanted, total))):
        before = state(desk)
        status = Desk.open(desk.root).ticket(ticket).status
        ended = refused_at(step, command(desk.root, *words[status == "closed"]), told, number=number)
        said = f"step {step} of {total}, seed {seed}: {ended.out}"
        assert "Traceback" not in ended.out, said
        assert ended.code in (0, 2), said
        if ended.code == 0:
            assert Desk.open(desk.root).ticket(ticket).status != status, said
        else:
            assert state(desk) == before, said
        assert desk.git("status", "--porcelain") == "", said


# --- where it must be right ---


def test_a_hook_that_changes_files_and_adds_them_has_its_way(desk: DeskAtWork) -> None:
    hook(desk, "pre-commit", "for f in $(git diff --cached --name-only --diff-filter=d); do "
         "echo '# seen' >> \"$f\"; git add \"$f\"; done")  # fmt: skip
    ticket = desk.json(*NEW)["id"]
    desk.tkt("note", ticket, "--text", "words")
    assert desk.git("show", f"HEAD:tickets/new/{ticket}.yaml").count("# seen") == 2
    assert desk.path(ticket).read_text().count("# seen") == 2
    desk.tkt("close", ticket, "--code", "test")
    assert desk.json("check")["errors"] == 0
    assert (
        len([name for name in desk.git("ls-tree", "-r", "--name-only", "HEAD").split() if ticket in name])
        == 1
    )


@pytest.mark.parametrize("name", ["pre-commit", "post-commit"])
def test_a_hook_may_run_tkt_itself(desk: DeskAtWork, name: str) -> None:
    hook(
        desk,
        name,
        f"{TKT} list status:all > seen.txt"
        + ("; exit $?" if name == "pre-commit" else f"; {TKT} tag 26 seen"),
    )
    ticket = desk.json(*NEW)["id"]
    assert ticket in (desk.root / "seen.txt").read_text()
    (desk.root / "seen.txt").unlink()
    if name == "post-commit":
        assert desk.json("show", ticket)["tags"] == ["seen"]
    assert desk.git("status", "--porcelain") == ""


def test_a_desk_in_a_worktree(desk: DeskAtWork, tmp_path: Path) -> None:
    desk.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "tree"))
    a_day(DeskAtWork(tmp_path / "tree", desk.capsys))


def test_a_desk_that_is_a_submodule(desk: DeskAtWork, tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    git(tmp_path, "init", "-q", str(outer))
    git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(desk.root), "desk")
    git(outer / "desk", "switch", "-q", "main")
    a_day(DeskAtWork(outer / "desk", desk.capsys))


def test_two_desks_in_one_repository_keep_to_themselves(desk: DeskAtWork, tmp_path: Path) -> None:
    both = tmp_path / "both"
    git(tmp_path, "init", "-q", str(both))
    desks = [DeskAtWork(both / name, desk.capsys) for name in ("a desk", "另一个")]
    for each in desks:
        desk.tkt("init", str(each.root))
    desks[0].tkt(*NEW, "--no-commit")
    a_day(desks[1])
    assert len(git(both, "status", "--porcelain", "--untracked-files=all").splitlines()) == 1


def test_a_branch_without_a_commit_gets_its_first(desk: DeskAtWork) -> None:
    desk.git("checkout", "-q", "--orphan", "fresh")
    desk.git("rm", "-rqf", "--cached", ".")
    ticket = desk.json(*NEW)["id"]
    assert desk.git("ls-tree", "-r", "--name-only", "HEAD") == f"tickets/new/{ticket}.yaml\n"


SETTINGS = {
    "all": {
        "commit.verbose": "true", "commit.status": "true", "commit.template": "/nowhere", "status.short": "true",
        "status.branch": "true", "status.showUntrackedFiles": "no", "status.relativePaths": "false",
        "status.renames": "copies", "status.showStash": "true", "color.ui": "always", "core.quotepath": "true",
        "core.pager": "false", "log.showSignature": "true", "log.decorate": "full", "log.follow": "true",
        "diff.noprefix": "true", "diff.external": "false", "diff.renames": "copies", "diff.mnemonicPrefix": "true",
        "core.abbrev": "4", "i18n.logOutputEncoding": "GBK", "format.pretty": "oneline", "log.date": "relative",
        "core.commentChar": ";", "commit.cleanup": "strip", "core.hooksPath": "/nowhere",
        "core.fsmonitor": "/nowhere/hook", "core.untrackedCache": "true", "index.version": "4",
        "core.splitIndex": "true", "feature.manyFiles": "true", "core.trustctime": "false",
    },
    "autocrlf": {"core.autocrlf": "true", "core.safecrlf": "true"},
}  # fmt: skip


@pytest.mark.parametrize("name", SETTINGS)
def test_the_user_s_settings_of_git_change_nothing(desk: DeskAtWork, name: str) -> None:
    for key, value in SETTINGS[name].items():
        desk.git("config", key, value)
    a_day(desk)


def test_a_desk_without_attributes_where_git_writes_carriage_returns(
    desk: DeskAtWork, tmp_path: Path
) -> None:
    # given a clone in which git has made the lines of every file end as on Windows
    desk.tkt(*NEW)
    desk.git("rm", "-q", ".gitattributes")
    desk.git("commit", "-qm", "no attributes")
    git(tmp_path, "clone", "-q", "-c", "core.autocrlf=true", str(desk.root), str(tmp_path / "clone"))
    clone = DeskAtWork(tmp_path / "clone", desk.capsys)
    ticket = clone.json("list", "status:all")[0]["id"]
    assert b"\r\n" in clone.path(ticket).read_bytes()
    clone.tkt("note", ticket, "--text", "words")
    assert clone.path(ticket).read_bytes().count(b"\n") == clone.path(ticket).read_bytes().count(b"\r\n")
    clone.tkt("close", ticket, "--code", "test")
    assert clone.git("status", "--porcelain") == ""
    assert clone.json("check")["errors"] == 0


def test_a_desk_may_lie_anywhere(desk: DeskAtWork, tmp_path: Path) -> None:
    place = tmp_path.joinpath("two words", "a\nnewline", "服务台", "-rf", "a'\"$(x)`y`", ":(top)*?[")
    place.parent.mkdir(parents=True)
    git(tmp_path, "clone", "-q", str(desk.root), str(place))
    a_day(DeskAtWork(place, desk.capsys))
