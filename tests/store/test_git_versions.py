"""Which commits made a file what it is, as git tells it for literal paths."""

from __future__ import annotations

from pathlib import Path

import pytest
from gitdesk import IDENTITY, git, write

from tkt.store.gitrepo import GitRepo, Made

NEW, ASSIGNED = "tickets/new/261121-AAAAA.yaml", "tickets/assigned/261121-AAAAA.yaml"
OTHER = "tickets/new/261121-BBBBB.yaml"


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    made = GitRepo.init(tmp_path, identity=IDENTITY)
    commit(made, NEW, "one\n")
    return made


def commit(repo: GitRepo, path: str, text: str) -> str:
    write(repo.root, path, text)
    git(repo.root, "add", "-A")
    git(repo.root, "commit", "-qm", "x\n\n:100644 no\n")
    return git(repo.root, "rev-parse", "HEAD").strip()


def texts(repo: GitRepo, made: Made) -> dict[str, str | None]:
    held = repo.blobs(filter(None, made.blobs.values()))
    return {path: held[blob].decode() if blob else None for path, blob in made.blobs.items()}


def test_each_commit_says_what_it_made_of_the_files_asked_for(repo: GitRepo) -> None:
    commit(repo, OTHER, "not asked for\n")
    last = commit(repo, NEW, "two\n")
    found = repo.made([NEW, ASSIGNED])
    assert [texts(repo, it) for it in found] == [{NEW: "two\n"}, {NEW: "one\n"}]
    assert found[0].sha == last
    assert found[0].parents == (found[1].sha,)  # the one between them is none of these files'
    assert (found[0].author, found[0].authored_at.tzinfo is not None) == (IDENTITY, True)
    assert found[1].parents == ()


def test_a_renamed_file_is_gone_here_and_new_there(repo: GitRepo) -> None:
    (repo.root / "tickets/assigned").mkdir()
    git(repo.root, "mv", NEW, ASSIGNED)
    git(repo.root, "commit", "-qm", "moved")
    assert texts(repo, repo.made([NEW, ASSIGNED])[0]) == {NEW: None, ASSIGNED: "one\n"}


def test_a_merge_of_two_changed_sides_has_what_neither_side_had(repo: GitRepo) -> None:
    git(repo.root, "checkout", "-qb", "side")
    side = commit(repo, NEW, "side\n")
    git(repo.root, "checkout", "-q", "-")
    ours = commit(repo, NEW, "ours\n")
    git(repo.root, "merge", "-q", "-s", "ours", "--no-commit", "side")
    merged = commit(repo, NEW, "both\n")
    found = repo.made([NEW])
    assert found[0].sha == merged
    assert set(found[0].parents) == {ours, side}
    assert texts(repo, found[0]) == {NEW: "both\n"}


def test_a_merge_that_took_one_side_leads_to_that_side(repo: GitRepo) -> None:
    git(repo.root, "checkout", "-qb", "side")
    side = commit(repo, NEW, "side\n")
    git(repo.root, "checkout", "-q", "-")
    commit(repo, "other.txt", "x")
    git(repo.root, "merge", "-q", "--no-edit", "side")
    assert repo.made([NEW])[0].sha == side


def test_settings_of_the_user_change_nothing(repo: GitRepo) -> None:
    commit(repo, NEW, "two\n")
    usual = repo.made([NEW])
    for setting in ("log.follow=true", "log.showRoot=false", "log.showSignature=true", "diff.renames=copies"):
        git(repo.root, "config", *setting.split("="))
    assert repo.made([NEW]) == usual


def test_more_files_than_a_command_line_takes_are_picked_out(repo: GitRepo) -> None:
    many = [f"tickets/new/261121-{number:05d}.yaml" for number in range(300)]
    last = commit(repo, many[250], "x\n")
    commit(repo, OTHER, "not asked for\n")
    found = [it for it in repo.made([NEW, *many]) if it.blobs]
    assert found[0].sha == last
    assert {path for it in found for path in it.blobs} == {NEW, many[250]}


def test_an_author_of_any_name_is_read(repo: GitRepo) -> None:
    write(repo.root, NEW, "two\n")
    git(repo.root, "-c", "user.name=A \x02 \x01 B", "-c", "user.email=a\x01b@c", "commit", "-qam", "x")
    (found, _first) = repo.made([NEW])
    assert found.author[1].startswith("a")
