"""Which commit brought which version of a file, what is a revision called, and is a commit signed?"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from gitdesk import IDENTITY, git, write

from tkt.store.gitrepo import Brought, GitRepo

ONE, TWO = "tickets/new/一.yaml", "tickets/new/two.yaml"


@pytest.fixture(params=["", "support desk/"])
def repo(tmp_path: Path, request: pytest.FixtureRequest) -> GitRepo:
    """A desk with one ticket, at the top of its repository or below it."""
    GitRepo.init(tmp_path, identity=IDENTITY)
    root = tmp_path / request.param
    root.mkdir(exist_ok=True)
    write(root, ONE, "1\n")
    committed(root)
    found = GitRepo.of(root)
    assert found is not None
    return found


def committed(root: Path) -> str:
    git(root, "add", "-A")
    git(root, "commit", "-qm", "x")
    return git(root, "rev-parse", "HEAD").strip()


def blob(repo: GitRepo, path: str) -> str:
    return git(repo.root, "rev-parse", f"HEAD:./{path}").strip()


def history(repo: GitRepo) -> list[str]:
    return [commit.sha for commit in repo.commits("HEAD")]


def test_the_first_commit_brings_all_that_it_holds(repo: GitRepo) -> None:
    (first,) = history(repo)
    assert repo.brought([first], "tickets") == (Brought(first, ONE, blob(repo, ONE)),)


def test_each_version_comes_with_its_commit_and_what_is_gone_with_none(repo: GitRepo) -> None:
    write(repo.root, TWO, "2\n")
    write(repo.root, "elsewhere.txt", "x\n")
    second = committed(repo.root)
    two = blob(repo, TWO)
    (repo.root / TWO).unlink()
    third = committed(repo.root)
    found = repo.brought(history(repo), "tickets")
    assert found[1:] == (Brought(second, TWO, two),)
    assert repo.brought([third], "tickets") == ()
    assert repo.brought([], "tickets") == ()


def test_a_merge_is_compared_with_each_of_its_parents(repo: GitRepo) -> None:
    git(repo.root, "checkout", "-qb", "side")
    write(repo.root, TWO, "2\n")
    side = committed(repo.root)
    two = blob(repo, TWO)
    git(repo.root, "checkout", "-q", "-")
    write(repo.root, ONE, "1\n1\n")
    committed(repo.root)
    git(repo.root, "merge", "-q", "--no-edit", "side")
    merge = git(repo.root, "rev-parse", "HEAD").strip()
    found = [it for it in repo.brought(history(repo), "tickets") if it.path == TWO]
    assert found == [Brought(side, TWO, two), Brought(merge, TWO, two)]


def test_links_are_no_files(repo: GitRepo) -> None:
    (repo.root / TWO).symlink_to("/etc/passwd")
    linked = committed(repo.root)
    assert repo.brought([linked], "tickets") == ()


def test_what_people_call_a_revision(repo: GitRepo) -> None:
    branch = git(repo.root, "branch", "--show-current").strip()
    assert repo.short_name("HEAD") == branch
    assert repo.short_name(f"refs/heads/{branch}") == branch
    for other in ("@{upstream}", "refs/remotes/origin/HEAD", "--help"):
        assert repo.short_name(other) == other


def test_unsigned_and_unverifiable_are_told_apart(
    repo: GitRepo, tmp_path_factory: pytest.TempPathFactory
) -> None:
    key = tmp_path_factory.mktemp("keys") / "key"
    try:
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    except OSError:
        pytest.skip("no ssh-keygen here")
    for name, value in (
        ("gpg.format", "ssh"),
        ("user.signingkey", f"{key}.pub"),
        ("log.showSignature", "true"),
    ):
        git(repo.root, "config", name, value)
    git(repo.root, "commit", "-qS", "--allow-empty", "-m", "signed\n\ngpgsig no")
    git(repo.root, "commit", "-q", "--allow-empty", "-m", "x\n\ngpgsig no signature of mine")
    assert [it.letter for it in map(repo.signatures("HEAD").get, history(repo)) if it] == ["N", "E", "N"]
    allowed = key.with_name("allowed")
    allowed.write_text(f"{IDENTITY[1]} {Path(f'{key}.pub').read_text()}")
    git(repo.root, "config", "gpg.ssh.allowedSignersFile", str(allowed))
    signed = repo.signatures("HEAD")[history(repo)[1]]
    assert signed == ("G", IDENTITY[1])
