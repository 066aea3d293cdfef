"""How is one hook run, and what becomes of what it says?"""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from tkt.hooks.files import FOLDER, HookFile, hook_files
from tkt.hooks.running import SHOWN, Ending, run_hook, told_as
from tkt.i18n import render


def hook(root: Path, script: str, first: str = "#!/bin/sh", name: str = "pre-change") -> HookFile:
    file = root / FOLDER / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{first}\n{script}\n")
    file.chmod(0o755)
    return next(each for each in hook_files(root) if each.path == f"{FOLDER}/{name}")


def run(root: Path, script: str, payload: Any = None, *, timeout: float = 60.0) -> Ending:
    found = hook(root, script)
    with told_as(payload or {}) as told:
        return run_hook(root, found, told, timeout=timeout)


def test_exit_code_0_is_a_yes_and_any_other_a_no(tmp_path: Path) -> None:
    assert run(tmp_path, "exit 0").is_yes
    no = run(tmp_path, "exit 3")
    assert not no.is_yes
    assert str(no.refusal) == "says no with exit code 3, and not why"
    assert str(no.failure) == "exit code 3"


def test_what_it_prints_on_either_stream_is_its_reason(tmp_path: Path) -> None:
    ending = run(tmp_path, "echo out; echo err >&2; exit 1")
    assert str(ending.refusal) == "says no: out\nerr"
    assert str(ending.failure) == "exit code 1: out\nerr"


def test_what_it_prints_gives_a_terminal_no_orders(tmp_path: Path) -> None:
    ending = run(tmp_path, r"printf '\033[31mred\033[0m \033]0;owned\007\342\200\256 \377 done\n'")
    assert ending.said == "red  � done"


def test_a_flood_is_cut(tmp_path: Path) -> None:
    ending = run(tmp_path, "yes 周 | head -c 100000")
    assert ending.is_yes
    assert len(ending.said) <= SHOWN
    assert ending.said.endswith("…")


def test_standard_input_is_one_line_of_json_for_each_hook(tmp_path: Path) -> None:
    payload = {"text": "周五 \u202e \udc80 \n'; rm -rf ~"}
    one, two = hook(tmp_path, "cat > one"), hook(tmp_path, "cat > two", name="pre-note")
    with told_as(payload) as told:
        assert run_hook(tmp_path, one, told).is_yes
        assert run_hook(tmp_path, two, told).is_yes
    for name in ("one", "two"):
        text = (tmp_path / name).read_bytes().decode()
        assert text.count("\n") == 1
        assert "周五" in text
        assert json.loads(text) == payload


def test_a_hook_that_reads_nothing_is_no_trouble(tmp_path: Path) -> None:
    assert run(tmp_path, "exit 0", {"text": "x" * 1_000_000}).is_yes


def test_where_it_runs_and_what_its_environment_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TKT_SECRET_MAIL", "hunter2")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    ending = run(tmp_path, "pwd; env")
    where, *variables = ending.said.splitlines()
    told = dict(line.partition("=")[::2] for line in variables)
    assert where == str(tmp_path)
    assert "hunter2" not in ending.said
    assert told["TKT_DESK"] == str(tmp_path)
    assert (told["TKT_HOOK"], told["TKT_IN_HOOK"], told["LANG"]) == ("pre-change", "pre", "zh_CN.UTF-8")


def test_a_program_sees_what_lies_beside_it_and_leaves_nothing_there(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "limits.py").write_text("LIMIT = 3\n")
    found = hook(tmp_path, "import limits\nprint(limits.LIMIT)", first="#!/usr/bin/env python3")
    with told_as({}) as told:
        assert run_hook(tmp_path, found, told).said == "3"
    assert [path.name for path in sorted((tmp_path / FOLDER).iterdir())] == ["limits.py", "pre-change"]


def test_one_that_takes_too_long_is_killed_which_is_no_yes(tmp_path: Path) -> None:
    ending = run(tmp_path, "echo $$; sleep 600", timeout=0.3)
    assert not ending.is_yes
    told = str(ending.refusal)
    assert told.startswith("did not end within 0.3 s and was ended, so nothing was written: ")
    with pytest.raises(ProcessLookupError):
        os.kill(int(ending.said), 0)


def test_what_it_leaves_in_the_background_is_not_waited_for(tmp_path: Path) -> None:
    ending = run(tmp_path, "sleep 600 &\necho $!")
    assert ending.is_yes
    os.kill(int(ending.said), signal.SIGKILL)


def test_one_that_is_killed_is_no_yes(tmp_path: Path) -> None:
    ending = run(tmp_path, "kill -TERM $$")
    assert str(ending.failure) == "was ended by signal 15"


@pytest.mark.parametrize("first", ["#!/no/such/program", "#!/bin/sh\r", "not a program"])
def test_one_that_does_not_start_is_no_yes_and_says_what_it_needs(tmp_path: Path, first: str) -> None:
    found = hook(tmp_path, "exit 0", first=first)
    with told_as({}) as told:
        ending = run_hook(tmp_path, found, told)
    assert not ending.is_yes
    assert "does not start: " in str(ending.refusal)
    assert ending.hint is not None
    assert "#!/bin/sh" in render(ending.hint)


def test_one_that_was_exchanged_since_it_was_looked_at_is_not_started(tmp_path: Path) -> None:
    found = hook(tmp_path, "exit 0")
    hook(tmp_path, "touch started")
    with told_as({}) as told:
        ending = run_hook(tmp_path, found, told)
    assert not ending.is_yes
    assert "has changed" in str(ending.refusal)
    assert not (tmp_path / "started").exists()


def test_a_full_disk_is_told_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tkt.store.files import FileError

    def full(*args: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", full)
    with pytest.raises(FileError, match="no space is left"):
        run(tmp_path, "exit 0")
