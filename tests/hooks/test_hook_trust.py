"""What lies in config/hooks/, and when may it run?"""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tkt.hooks.files import FOLDER, hook_files, hook_problems
from tkt.hooks.trusting import HooksState, Standing, allow, quick_state, revoke, state
from tkt.store.gitrepo import GitRepo


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    """A repository with two hooks and what belongs to them."""
    repo = GitRepo.init(tmp_path, identity=("Li Wei", "li.wei@desk.example"))
    hook(tmp_path, "pre-change")
    hook(tmp_path, "post-new.py")
    written(tmp_path, "lib/limits.sh", "LIMIT=3\n")
    written(tmp_path, "README.md", "what these are\n")
    written(tmp_path, ".gitkeep", "")
    return repo


def written(root: Path, name: str, text: str) -> Path:
    file = root / FOLDER / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def hook(root: Path, name: str, text: str = "#!/bin/sh\n") -> Path:
    file = written(root, name, text)
    file.chmod(0o755)
    return file


def look(repo: GitRepo) -> HooksState:
    return state(repo.root, repo)


def allowed(repo: GitRepo) -> None:
    allow(repo.root, repo, look(repo).files)


def test_hooks_are_not_trusted_until_somebody_says_so(repo: GitRepo) -> None:
    assert look(repo).standing is Standing.UNTRUSTED
    assert [file.path for file in look(repo).hooks] == [f"{FOLDER}/post-new.py", f"{FOLDER}/pre-change"]
    allowed(repo)
    assert look(repo).standing is Standing.TRUSTED
    assert quick_state(repo.root) == look(repo)
    # and no more when it is taken back
    assert revoke(repo.root, repo)
    assert not revoke(repo.root, repo)
    assert look(repo).standing is Standing.UNTRUSTED


CHANGES: dict[str, Callable[[Path], object]] = {
    "pre-change": lambda folder: (folder / "pre-change").write_text("#!/bin/sh\nexit 1\n"),
    "post-new.py": lambda folder: (folder / "post-new.py").chmod(0o644),
    "lib/limits.sh": lambda folder: (folder / "lib/limits.sh").write_text("LIMIT=4\n"),
    "lib/more.sh": lambda folder: (folder / "lib/more.sh").write_text(""),
    "README.md": lambda folder: (folder / "README.md").unlink(),
    "pre-new": lambda folder: (folder / "pre-new").symlink_to("pre-change"),
}


@pytest.mark.parametrize("path", CHANGES)
def test_any_change_makes_all_of_them_untrusted(repo: GitRepo, path: str) -> None:
    allowed(repo)
    CHANGES[path](repo.root / FOLDER)
    found = look(repo)
    assert (found.standing, found.changed) == (Standing.CHANGED, (f"{FOLDER}/{path}",))
    # and what is allowed then is what is there then
    allowed(repo)
    assert look(repo).standing is Standing.TRUSTED


def test_a_link_that_leads_elsewhere_is_a_change(repo: GitRepo) -> None:
    link = repo.root / FOLDER / "lib/more.sh"
    link.symlink_to("limits.sh")
    allowed(repo)
    link.unlink()
    link.symlink_to("/tmp/limits.sh")
    assert look(repo).standing is Standing.CHANGED


def test_what_was_there_when_it_was_allowed_is_trusted_again(repo: GitRepo) -> None:
    allowed(repo)
    hook(repo.root, "pre-change", "#!/bin/sh\nexit 1\n")
    assert look(repo).standing is Standing.CHANGED
    hook(repo.root, "pre-change")
    assert look(repo).standing is Standing.TRUSTED


def test_what_is_allowed_is_nobody_elses_to_read_and_in_no_commit(repo: GitRepo) -> None:
    allowed(repo)
    record = repo.state_folder / "trusted-hooks"
    assert stat.S_IMODE(record.stat().st_mode) == 0o600
    assert record.is_relative_to(repo.root / ".git")
    assert [file.name for file in record.parent.iterdir()] == ["trusted-hooks"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"config/hooks/pre-change": 1}', "\x00"])
def test_a_record_that_makes_no_sense_allows_nothing(repo: GitRepo, text: str) -> None:
    allowed(repo)
    (repo.state_folder / "trusted-hooks").write_text(text)
    assert look(repo).standing is Standing.CHANGED


def test_a_record_that_is_somebody_elses_allows_nothing(repo: GitRepo) -> None:
    (repo.state_folder / "trusted-hooks").mkdir(parents=True)
    assert look(repo).standing is Standing.UNTRUSTED


def test_the_working_trees_of_a_clone_share_what_is_allowed(repo: GitRepo, tmp_path: Path) -> None:
    subprocess.run(["git", "add", "-A"], cwd=repo.root, check=True)
    subprocess.run(["git", "commit", "-qm", "hooks"], cwd=repo.root, check=True)
    other = tmp_path / "other"
    subprocess.run(["git", "worktree", "add", "-q", str(other)], cwd=repo.root, check=True)
    allowed(repo)
    found = GitRepo.of(other)
    assert found is not None
    assert look(found).standing is Standing.TRUSTED


def test_a_variable_allows_exactly_one_set(repo: GitRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = look(repo).digest
    assert digest is not None
    monkeypatch.setenv("TKT_TRUST_HOOKS", digest.upper())
    assert look(repo).standing is Standing.TRUSTED
    assert state(repo.root, None).standing is Standing.TRUSTED
    # and another one is told, not run
    hook(repo.root, "pre-new")
    assert look(repo).standing is Standing.CHANGED
    monkeypatch.setenv("TKT_TRUST_HOOKS", "")
    assert look(repo).standing is Standing.UNTRUSTED


def test_the_hash_of_the_set_depends_on_nothing_but_the_files(repo: GitRepo, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    other = GitRepo.init(tmp_path / "elsewhere")
    for name in ("README.md", "lib/limits.sh"):
        written(other.root, name, (repo.root / FOLDER / name).read_text())
    hook(other.root, "post-new.py").chmod(0o700)
    hook(other.root, "pre-change")
    assert look(other).digest == look(repo).digest


def test_without_hooks_there_is_nothing_to_trust(tmp_path: Path) -> None:
    assert quick_state(tmp_path).standing is Standing.NONE
    written(tmp_path, ".gitkeep", "")
    written(tmp_path, "README.md", "none yet\n")
    assert quick_state(tmp_path).standing is Standing.NONE
    assert state(tmp_path, None).standing is Standing.NONE


def test_without_git_nothing_is_trusted(tmp_path: Path) -> None:
    # given a desk that came as an archive, with a list of its own
    hook(tmp_path, "pre-change")
    record = tmp_path / ".tkt" / "trusted-hooks"
    record.parent.mkdir()
    record.write_text("{}")
    assert quick_state(tmp_path).standing is Standing.UNTRUSTED


def codes(root: Path) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.path) for problem in hook_problems(root)]


def test_what_looks_like_a_hook_and_never_runs_is_told(repo: GitRepo) -> None:
    assert codes(repo.root) == []
    folder = repo.root / FOLDER
    (folder / "pre-new").symlink_to("/bin/false")
    (folder / "README").symlink_to("README.md")
    (folder / "pre-change").chmod(0o644)
    hook(repo.root, "post-resolv")
    os.mkfifo(folder / "post-close")
    assert codes(repo.root) == [
        ("hook-unreadable", f"{FOLDER}/post-close"),
        ("hook-name", f"{FOLDER}/post-resolv"),
        ("hook-mode", f"{FOLDER}/pre-change"),
        ("link", f"{FOLDER}/pre-new"),
    ]
    assert [file.path for file in look(repo).hooks] == [f"{FOLDER}/post-new.py"]


@pytest.mark.parametrize("place", ["config", "config/hooks"])
def test_a_folder_that_is_a_link_is_not_followed(tmp_path: Path, place: str) -> None:
    elsewhere, root = tmp_path / "elsewhere", tmp_path / "desk"
    hook(elsewhere, "pre-change")
    (root / place).parent.mkdir(parents=True)
    (root / place).symlink_to(elsewhere / place)
    assert codes(root) == [("link", place)]
    assert quick_state(root).hooks == ()
    # and where nothing in it is a hook it is nobody's business
    (elsewhere / FOLDER / "pre-change").unlink()
    assert hook_files(root) == ()
