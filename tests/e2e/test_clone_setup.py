"""A fresh clone at a terminal: whoever owns it is asked once whether git may merge tickets by their events."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from helpers import DeskAtWork

QUESTION = "Merge tickets by their events in this clone (sets merge.tkt.driver in .git/config)? [Y/n]"


@dataclass
class Clone:
    """A clone of a desk, and a terminal to work at."""

    root: Path

    def typed(self, *args: str, keys: str = "", **environment: str) -> tuple[int, str]:
        """Exit code and all that the terminal showed, with `keys` typed ahead."""
        ours, theirs = pty.openpty()
        os.write(ours, keys.encode())
        env = {name: value for name, value in os.environ.items() if name != "CI"}
        process = subprocess.Popen(
            [sys.executable, "-m", "tkt", *args],
            cwd=self.root,
            env={**env, "NO_COLOR": "1", **environment},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        shown = b"".join(iter(lambda: _read(ours), b""))
        os.close(ours)
        return process.wait(), shown.decode().replace("\r\n", "\n")

    def told(self, key: str) -> str | None:
        """What this clone's configuration says."""
        done = subprocess.run(
            ["git", "config", "--local", key], cwd=self.root, capture_output=True, text=True, check=False
        )
        return done.stdout.strip() or None


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says so when the other end is closed
        return b""


@pytest.fixture
def clone(desk: DeskAtWork, tmp_path: Path) -> Clone:
    root = tmp_path / "clone"
    desk.git("clone", "-q", str(desk.root), str(root))
    return Clone(root)


def test_a_yes_sets_git_up_behind_the_answer_and_is_not_asked_for_again(clone: Clone) -> None:
    code, shown = clone.typed("list", keys="\n")
    assert code == 0
    assert (
        shown.index("no open ticket") < shown.index(QUESTION)
        if "no open ticket" in shown
        else QUESTION in shown
    )
    assert str(clone.told("merge.tkt.driver")).endswith("merge-driver %O %A %B %P")
    assert str(clone.told("diff.tkt.textconv")).endswith("textconv")
    assert clone.told("tkt.driver") == "yes"
    assert QUESTION not in clone.typed("list")[1]


def test_a_no_changes_nothing_and_is_remembered(clone: Clone) -> None:
    assert QUESTION in clone.typed("list", keys="n\n")[1]
    assert clone.told("merge.tkt.driver") is None
    assert clone.told("tkt.driver") == "no"
    assert QUESTION not in clone.typed("list")[1]


def test_no_answer_is_asked_for_again_and_spoils_no_command(clone: Clone) -> None:
    end_of_input = "\x04"
    code, shown = clone.typed("list", keys=end_of_input)
    assert code == 0
    assert QUESTION in shown
    assert clone.told("tkt.driver") is None
    assert QUESTION in clone.typed("list", keys=end_of_input)[1]


@pytest.mark.parametrize(
    "args",
    [("list", "--json"), ("list", "--quiet"), ("list", "owner:nobody-known"), ("config", "schema", "desk")],
)
def test_it_is_asked_only_behind_a_command_that_did_its_work_for_a_person(
    clone: Clone, args: tuple[str, ...]
) -> None:
    assert QUESTION not in clone.typed(*args)[1]
    assert clone.told("tkt.driver") is None


def test_a_job_is_not_asked_even_at_a_terminal(clone: Clone) -> None:
    assert QUESTION not in clone.typed("list", CI="true")[1]


def test_without_a_terminal_nothing_is_asked_and_nothing_changed(clone: Clone) -> None:
    before = (clone.root / ".git/config").read_bytes()
    env = {name: value for name, value in os.environ.items() if name != "CI"}
    done = subprocess.run(
        [sys.executable, "-m", "tkt", "list"],
        cwd=clone.root,
        env=env,
        input="y\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert "driver" not in done.stdout + done.stderr
    assert (clone.root / ".git/config").read_bytes() == before


def test_a_driver_that_was_set_for_all_repositories_is_enough(clone: Clone) -> None:
    with Path(os.environ["GIT_CONFIG_GLOBAL"]).open("a") as settings:
        settings.write(
            '[merge "tkt"]\ndriver = tkt merge-driver %O %A %B %P\n[diff "tkt"]\ntextconv = tkt textconv\n'
        )
    assert QUESTION not in clone.typed("list")[1]


def test_a_clone_that_cannot_be_told_anything_says_so_and_the_command_has_succeeded(clone: Clone) -> None:
    (clone.root / ".git/config.lock").touch()
    code, shown = clone.typed("list", keys="y\n")
    assert code == 0
    assert "config.lock" in shown or "could not lock config file" in shown


def test_the_question_is_asked_in_chinese(clone: Clone) -> None:
    shown = clone.typed("list", keys="n\n", TKT_LANG="zh")[1]
    assert "merge.tkt.driver" in shown


def test_doctor_offers_it_at_a_terminal(clone: Clone) -> None:
    code, shown = clone.typed("doctor", keys="y\n")
    assert code == 0
    assert QUESTION in shown
    assert clone.told("tkt.driver") == "yes"


def test_doctor_does_not_ask_whoever_has_said_no(clone: Clone) -> None:
    clone.typed("list", keys="n\n")
    shown = clone.typed("doctor")[1]
    assert QUESTION not in shown
    assert "tkt doctor --fix" in shown


def test_a_desk_that_was_just_made_is_set_up(desk: DeskAtWork) -> None:
    made = Clone(desk.root)
    assert str(made.told("merge.tkt.driver")).endswith("merge-driver %O %A %B %P")
    assert QUESTION not in made.typed("list")[1]


def test_a_desk_in_a_repository_that_was_there_is_set_up_by_the_explicit_init(
    tmp_path: Path, desk: DeskAtWork
) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path / "product")], check=True)
    product = Clone(tmp_path / "product")
    shown = product.typed("init", "support")[1]
    assert "merge.tkt.driver in .git/config" in shown
    assert product.told("tkt.driver") == "yes"
