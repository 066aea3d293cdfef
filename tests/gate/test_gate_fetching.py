"""A shallow clone that lacks the base says exactly what brings it, here and in CI."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from helpers import DeskAtWork

from tkt.gate.fetching import base_of
from tkt.store.gitrepo import GitRepo


@pytest.fixture
def origin(desk: DeskAtWork) -> DeskAtWork:
    """A desk whose main has six commits, and a branch of two more that was merged."""
    for number in range(4):
        desk.git("commit", "-q", "--allow-empty", "-m", str(number))
    desk.git("checkout", "-qb", "topic")
    desk.git("commit", "-q", "--allow-empty", "-m", "topic")
    desk.git("checkout", "-q", "main")
    desk.git("merge", "-q", "--no-ff", "--no-edit", "topic")
    return desk


def cloned(origin: DeskAtWork, folder: Path, *options: str) -> DeskAtWork:
    origin.git("clone", "-q", *options, f"file://{origin.root}", str(folder))
    return DeskAtWork(folder, origin.capsys, now=origin.now)


@pytest.mark.parametrize(
    ("rev", "command", "depth"),
    [
        ("HEAD~3", "git fetch --deepen=3", "4"),
        ("HEAD^~2^1", "git fetch --deepen=4", "5"),
        ("SECOND", "git fetch --deepen=1", "2"),
        ("OLD", "git fetch --depth=1 origin OLD", "0"),
        ("origin/topic", "git fetch --depth=1 origin +refs/heads/topic:refs/remotes/origin/topic", "0"),
        ("v1", "git fetch --unshallow --tags", "0"),
    ],
)
def test_what_is_told_brings_the_base(
    origin: DeskAtWork, tmp_path: Path, rev: str, command: str, depth: str
) -> None:
    origin.git("tag", "v1", "HEAD~2")
    names = {"SECOND": "topic", "OLD": "main~3"}
    known = {name: origin.git("rev-parse", it).strip() for name, it in names.items()}
    for name, sha in known.items():
        rev, command = rev.replace(name, sha), command.replace(name, sha)
    clone = cloned(origin, tmp_path / "ci", "--depth", "1", "--no-tags")
    answer = clone.tkt("sla", "check", "--new-since", rev, code=2)
    assert f"this clone is shallow and lacks {rev}" in answer.err
    assert (
        f"hint: {command}; in CI set fetch-depth: {depth} in the checkout step, in GitLab GIT_DEPTH: {depth}"
        in answer.err
    )
    # what it says is what helps
    clone.git(*shlex.split(command)[1:])
    clone.tkt("sla", "check", "--new-since", rev)
    if depth != "0":
        deep = cloned(origin, tmp_path / "deep", "--depth", depth)
        assert re.fullmatch("[0-9a-f]{40}", base_of(must(GitRepo.of(deep.root)), rev))


def must(repo: GitRepo | None) -> GitRepo:
    assert repo is not None
    return repo


def test_a_whole_clone_says_what_is_no_revision(origin: DeskAtWork) -> None:
    assert "git knows no commit mian" in origin.tkt("sla", "check", "--new-since", "mian", code=2).err


def test_without_git_nothing_can_be_compared(desk: DeskAtWork) -> None:
    shutil.rmtree(desk.root / ".git")
    desk.tkt("sla", "check")
    assert "no git repository here" in desk.tkt("sla", "check", "--new-since", "HEAD", code=2).err
