"""Which repository is this desk in, and who works here?"""

from __future__ import annotations

from pathlib import Path

import pytest
from gitdesk import git

from tkt.errors import GitError
from tkt.store import gitquick
from tkt.store.gitquick import (
    Place,
    find_place,
    foreign_free_environment,
    may_commit,
    own_repository_variables,
    quick_identity,
    quick_user_email,
    rescue_folder,
    state_folder,
)


@pytest.fixture(autouse=True)
def _no_mail_address_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EMAIL", raising=False)


def place(git_dir: Path, prefix: str = "") -> Place:
    return Place(
        git_dir=git_dir, common_dir=git_dir, tkt_dir=git_dir / "tkt", top=git_dir.parent, prefix=prefix
    )


# who


def test_nobody_is_made_up_from_the_login_or_the_host(tmp_path: Path) -> None:
    assert quick_user_email(tmp_path) is None
    assert quick_identity(tmp_path) is None
    assert not may_commit(tmp_path)


def test_a_variable_goes_before_the_author_s_settings_and_these_before_the_user_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "init", "-q")
    monkeypatch.setenv("EMAIL", "mail@example.com")
    assert quick_user_email(tmp_path) == "mail@example.com"
    git(tmp_path, "config", "--global", "user.email", "home@example.com")
    assert quick_user_email(tmp_path) == "home@example.com"
    git(tmp_path, "config", "user.email", "desk@example.com")
    assert quick_user_email(tmp_path) == "desk@example.com"
    git(tmp_path, "config", "author.email", "author@example.com")
    assert quick_user_email(tmp_path) == "author@example.com"
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "variable@example.com")
    assert quick_user_email(tmp_path) == "variable@example.com"
    # a name is still missing, and the committer has none either
    assert quick_identity(tmp_path) is None
    git(tmp_path, "config", "author.name", "作者")
    assert quick_identity(tmp_path) == ("作者", "variable@example.com")
    assert not may_commit(tmp_path)
    git(tmp_path, "config", "user.name", "Li Wei")
    assert may_commit(tmp_path)


# where


def test_a_desk_in_a_folder_knows_its_way_from_the_top(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    desk = tmp_path / "客服" / "my desk"
    desk.mkdir(parents=True)
    found = find_place(desk)
    assert found is not None
    assert (found.top, found.prefix) == (tmp_path, "客服/my desk/")
    assert found.git_dir == found.common_dir == tmp_path / ".git"


def test_without_the_program_git_a_desk_without_a_repository_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = tmp_path / "with"
    repository.mkdir()
    git(repository, "init", "-q")
    monkeypatch.setenv("PATH", "")
    assert find_place(tmp_path) is None
    assert quick_user_email(tmp_path) is None
    with pytest.raises(GitError, match="git is not installed"):
        find_place(repository)
    with pytest.raises(GitError, match="git is not installed"):
        gitquick.initialised(tmp_path, None)


def test_desks_of_one_repository_have_a_state_folder_each(tmp_path: Path) -> None:
    prefixes = ("", "support/", "Support/", "sup port/", "sup-port/", "客服/", "服客/", "a/b/", "a-b/")
    folders = [state_folder(tmp_path, place(tmp_path / ".git", prefix)) for prefix in prefixes]
    assert len(set(folders)) == len(prefixes)
    assert {folder.parent for folder in folders} == {tmp_path / ".git/tkt"}
    assert all(folder.name.isascii() and " " not in folder.name for folder in folders)


def test_without_git_state_and_rescue_are_in_the_desk(tmp_path: Path) -> None:
    assert state_folder(tmp_path, None) == tmp_path / ".tkt"
    assert rescue_folder(tmp_path, None) == tmp_path / ".tkt/rescue"


# what a hook inherits


def test_outside_of_hooks_nothing_is_set(tmp_path: Path) -> None:
    assert own_repository_variables(place(tmp_path / ".git"), {"PATH": "/bin", "GIT_EDITOR": "vi"}) == {}


def test_a_hook_of_this_repository_keeps_index_and_objects(tmp_path: Path) -> None:
    inherited = {
        "GIT_DIR": str(tmp_path / ".git"),
        "GIT_INDEX_FILE": ".git/next-index-1.lock",
        "GIT_OBJECT_DIRECTORY": "/quarantine",
    }
    own = own_repository_variables(place(tmp_path / ".git"), inherited)
    assert own == {"GIT_DIR": str(tmp_path / ".git"), "GIT_WORK_TREE": str(tmp_path)}


def test_a_hook_of_another_repository_is_overruled(tmp_path: Path) -> None:
    inherited = {
        "GIT_DIR": "/other/.git",
        "GIT_INDEX_FILE": "/other/.git/index",
        "GIT_OBJECT_DIRECTORY": "/other/.git/objects",
    }
    own = own_repository_variables(place(tmp_path / ".git"), inherited)
    assert own == {
        "GIT_DIR": str(tmp_path / ".git"),
        "GIT_WORK_TREE": str(tmp_path),
        "GIT_INDEX_FILE": str(tmp_path / ".git/index"),
        "GIT_OBJECT_DIRECTORY": str(tmp_path / ".git/objects"),
    }


def test_settings_and_identity_stay_when_the_repository_is_forgotten() -> None:
    inherited = {"GIT_DIR": "x", "GIT_INDEX_FILE": "y", "GIT_AUTHOR_NAME": "Li Wei", "GIT_CONFIG_COUNT": "0"}
    kept = foreign_free_environment(inherited)
    assert kept == {
        "GIT_AUTHOR_NAME": "Li Wei",
        "GIT_CONFIG_COUNT": "0",
        "LC_ALL": "C.UTF-8",
        "LANGUAGE": "C",
    }
