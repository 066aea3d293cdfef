"""Who may write to this desk now?"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from gitdesk import IDENTITY, git

from tkt.store.files import FileError
from tkt.store.gitrepo import GitRepo
from tkt.store.lock import HELD, Locked, desk_lock

HOLD = """
import sys
from pathlib import Path
from tkt.store.lock import desk_lock
with desk_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
TRY = """
import sys
from pathlib import Path
from tkt.store.lock import Locked, desk_lock
try:
    with desk_lock(Path(sys.argv[1]), wait=0):
        pass
except Locked:
    sys.exit(7)
"""


@contextmanager
def held_elsewhere(root: Path) -> Iterator[int]:
    """Another process holds the lock; its pid."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    try:
        yield holder.pid
    finally:
        holder.communicate(b"")


def is_free_for_a_child(root: Path, **environ: str) -> bool:
    done = subprocess.run([sys.executable, "-c", TRY, str(root)], env={**os.environ, **environ}, check=False)
    assert done.returncode in (0, 7)
    return done.returncode == 0


def files_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_without_git_the_lock_lies_in_the_desk_and_git_never_sees_it(tmp_path: Path) -> None:
    with desk_lock(tmp_path):
        assert files_of(tmp_path) == {".tkt/lock", ".tkt/holder", ".tkt/.gitignore"}
    git(tmp_path, "init", "-q")
    assert git(tmp_path, "status", "--porcelain", "--untracked-files=all") == ""


def test_in_a_repository_it_lies_beside_the_index(tmp_path: Path) -> None:
    GitRepo.init(tmp_path)
    with desk_lock(tmp_path):
        assert (tmp_path / ".git/tkt/desk/lock").is_file()
    assert not (tmp_path / ".tkt").exists()


def test_a_second_process_is_told_who_holds_it(tmp_path: Path) -> None:
    with held_elsewhere(tmp_path) as pid, pytest.raises(Locked) as refused, desk_lock(tmp_path, wait=0.1):
        pytest.fail("both held it")
    assert str(refused.value) == f"process {pid} is writing to this desk, waited 0.1 s for it to end"
    assert f"ps -p {pid}" in str(refused.value.hint)


def test_it_is_free_once_its_holder_is_gone(tmp_path: Path) -> None:
    with held_elsewhere(tmp_path):
        assert not is_free_for_a_child(tmp_path)
    assert is_free_for_a_child(tmp_path)


def test_the_lock_of_a_killed_holder_is_given_back(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    holder.kill()
    holder.communicate()
    with desk_lock(tmp_path, wait=5):
        assert files_of(tmp_path) >= {".tkt/holder"}


def test_a_writer_waits_for_another_one(tmp_path: Path) -> None:
    # given a holder that ends while we wait
    with held_elsewhere(tmp_path):
        waiter = subprocess.Popen([sys.executable, "-c", TRY.replace("wait=0", "wait=30"), str(tmp_path)])
        with pytest.raises(subprocess.TimeoutExpired):
            waiter.wait(0.5)
    assert waiter.wait() == 0


def test_a_hook_of_the_holder_does_not_wait_for_its_own_parent(tmp_path: Path) -> None:
    with desk_lock(tmp_path):
        # given a child that inherits the environment, as git and its hooks do
        assert is_free_for_a_child(tmp_path)
        # then a stranger, who does not, waits
        assert not is_free_for_a_child(tmp_path, **{HELD: ""})


def test_a_child_that_outlives_its_parents_lock_waits_like_anybody(tmp_path: Path) -> None:
    with desk_lock(tmp_path):
        inherited = os.environ[HELD]
    with desk_lock(tmp_path):
        assert not is_free_for_a_child(tmp_path, **{HELD: inherited})


def test_the_lock_of_one_desk_does_not_open_another(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    with desk_lock(one), held_elsewhere(two):
        assert is_free_for_a_child(one)
        assert not is_free_for_a_child(two)


def test_two_desks_may_be_held_at_once_and_nothing_stays_behind(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    with desk_lock(one):
        with desk_lock(two):
            assert is_free_for_a_child(one)
            assert is_free_for_a_child(two)
        assert is_free_for_a_child(one)
    assert HELD not in os.environ


def test_its_thread_may_take_it_again(tmp_path: Path) -> None:
    with desk_lock(tmp_path), desk_lock(tmp_path, wait=0):
        pass
    assert is_free_for_a_child(tmp_path)
    with desk_lock(tmp_path):
        with desk_lock(tmp_path):
            pass
        assert not is_free_for_a_child(tmp_path, **{HELD: ""}), "the inner one gave the outer one's lock back"


def test_another_thread_of_the_process_waits(tmp_path: Path) -> None:
    refused: list[Locked] = []

    def write() -> None:
        try:
            with desk_lock(tmp_path, wait=0):
                pass
        except Locked as error:
            refused.append(error)

    with desk_lock(tmp_path):
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert len(refused) == 1


def test_a_failure_inside_gives_it_back(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), desk_lock(tmp_path):
        _ = 1 / 0
    assert is_free_for_a_child(tmp_path)
    assert HELD not in os.environ


def test_two_desks_of_one_repository_have_a_lock_each(tmp_path: Path) -> None:
    GitRepo.init(tmp_path, identity=IDENTITY)
    # given names that differ only in what a slug leaves out
    one, two = tmp_path / "support", tmp_path / "Support 客服"
    one.mkdir()
    two.mkdir()
    with held_elsewhere(one):
        assert not is_free_for_a_child(one)
        assert is_free_for_a_child(two)
        assert is_free_for_a_child(tmp_path)


def test_a_worktree_has_a_lock_of_its_own(tmp_path: Path) -> None:
    main, linked = tmp_path / "main", tmp_path / "linked"
    main.mkdir()
    GitRepo.init(main, identity=IDENTITY)
    git(main, "commit", "-q", "--allow-empty", "-m", "first")
    git(main, "worktree", "add", "-q", str(linked))
    assert (linked / ".git").is_file()
    with held_elsewhere(main):
        assert is_free_for_a_child(linked)
        assert (main / ".git/worktrees/linked/tkt/desk/lock").is_file()


def test_where_no_lock_can_be_made_the_reason_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".tkt").write_text("in the way")
    with pytest.raises(FileError), desk_lock(tmp_path):
        pytest.fail("held without a lock")
    assert HELD not in os.environ


def test_a_full_disk_costs_only_the_name_of_the_holder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".tkt").mkdir()
    (tmp_path / ".tkt/.gitignore").write_text("*")

    def full(*args: object, **options: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with desk_lock(tmp_path):
        assert not is_free_for_a_child(tmp_path, **{HELD: ""})
    assert is_free_for_a_child(tmp_path)
