"""`tkt doctor`: what a machine and a clone lack, each with what helps."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from helpers import DeskAtWork

from tkt.cli import main
from tkt.clone import own_program
from tkt.doctor import machine
from tkt.store.gitclone import git_version

NAMES = {
    "git", "tkt", "zones", "identity",
    "configuration", "repository", "person", "remote", "driver", "textconv", "attributes",
}  # fmt: skip


def findings(desk: DeskAtWork, *args: str, code: int = 0) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in desk.json("doctor", *args, code=code)["findings"]}


@pytest.fixture(autouse=True)
def _a_git_of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tkt.doctor.surroundings.git_version", lambda _folder: (2, 45, 1))


@pytest.fixture
def shared(desk: DeskAtWork, tmp_path: Path) -> DeskAtWork:
    """The desk with a remote that it follows."""
    desk.git("clone", "-q", "--bare", str(desk.root), str(tmp_path / "shared.git"))
    desk.git("remote", "add", "origin", str(tmp_path / "shared.git"))
    desk.git("fetch", "-q")
    desk.git("branch", "-q", "--set-upstream-to=origin/main")
    return desk


def test_a_desk_that_lacks_nothing_is_well(shared: DeskAtWork) -> None:
    found = findings(shared)
    assert found.keys() == NAMES
    assert {each["state"] for each in found.values()} == {"ok"}
    assert shared.tkt("doctor").out.splitlines()[-1] == "0 faults, 0 warnings"
    assert found["remote"]["message"] == "branch main follows origin/main"


def test_outside_of_a_desk_only_the_machine_is_examined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["doctor"]) == 1
    shown = capsys.readouterr().out
    assert "fault    git does not know who you are" in shown
    assert 'git config user.name "Your Name"' in shown
    assert "desk" not in shown


def test_a_desk_without_a_remote_is_only_warned(desk: DeskAtWork) -> None:
    found = findings(desk)["remote"]
    assert (found["state"], found["remedy"]) == (
        "warning",
        "git remote add origin URL && git push -u origin main",
    )


def test_a_branch_that_follows_nothing(shared: DeskAtWork) -> None:
    shared.git("switch", "-qc", "it's mine".replace(" ", "-"))
    assert findings(shared)["remote"]["remedy"] == """git push -u origin 'it'"'"'s-mine'"""


def test_fix_sets_up_driver_and_textconv_without_asking(desk: DeskAtWork) -> None:
    for key in ("merge.tkt.driver", "diff.tkt.textconv"):
        desk.git("config", "--unset", key)
    before = findings(desk)
    assert [before[name]["state"] for name in ("driver", "textconv")] == ["warning", "warning"]
    assert before["driver"]["remedy"] == "tkt doctor --fix"
    after = findings(desk, "--fix")
    assert [after[name]["state"] for name in ("driver", "textconv")] == ["ok", "ok"]
    assert desk.git("config", "tkt.driver") == "yes\n"


def test_a_driver_that_is_gone_is_a_fault_as_every_merge_would_stop(desk: DeskAtWork) -> None:
    desk.git("config", "merge.tkt.driver", "/gone/bin/tkt merge-driver %O %A %B %P")
    found = findings(desk, code=1)["driver"]
    assert found["state"] == "fault"
    assert "/gone/bin/tkt" in found["message"]
    assert findings(desk, "--fix")["driver"]["state"] == "ok"


def test_a_driver_that_is_called_otherwise_is_told(desk: DeskAtWork) -> None:
    desk.git("config", "merge.tkt.driver", f"{own_program()} merge-driver %A %O %B")
    assert findings(desk)["driver"]["state"] == "warning"
    desk.git("config", "merge.tkt.driver", "'tkt merge-driver %O %A %B %P")
    assert findings(desk, code=1)["driver"]["state"] == "fault"


def test_what_git_attributes_lack_is_given_to_paste(desk: DeskAtWork) -> None:
    desk.write(".gitattributes", "tickets/** merge=tkt diff=tkt\nattachments/** binary")
    found = findings(desk)["attributes"]
    assert "customers/**" in found["message"]
    assert "tickets/**" not in found["message"]
    assert "attachments/**" not in found["message"]
    desk.write(".gitattributes", "")
    subprocess.run(findings(desk)["attributes"]["remedy"], shell=True, check=True, cwd="/")
    assert findings(desk)["attributes"]["state"] == "ok"


def test_an_address_that_nobody_has(desk: DeskAtWork) -> None:
    desk.git("config", "user.email", "New.Hand@desk.example")
    found = findings(desk)["person"]
    assert found["state"] == "warning"
    line = found["remedy"].partition(": ")[2]
    people = desk.root / "config/people.yaml"
    people.write_text(people.read_text("utf-8").replace("\npeople:\n", f"\npeople:\n  {line}\n"), "utf-8")
    assert findings(desk)["person"]["message"] == "here you are Li Wei (new.hand in config/people.yaml)"


def test_an_unfinished_merge_a_stale_lock_and_a_detached_head(desk: DeskAtWork) -> None:
    desk.write(".git/index.lock", "")
    desk.write(".git/MERGE_HEAD", desk.git("rev-parse", "HEAD"))
    found = findings(desk, code=1)
    assert "tkt repair" in found["merge"]["remedy"]
    assert "rm " in found["lock"]["remedy"]
    for name in ("index.lock", "MERGE_HEAD"):
        (desk.root / ".git" / name).unlink()
    desk.git("checkout", "-q", "--detach")
    assert "git switch -c NAME" in findings(desk, code=1)["repository"]["remedy"]


def test_a_configuration_that_cannot_be_read_hides_nothing_else(desk: DeskAtWork) -> None:
    desk.write("config/people.yaml", "<<<<<<< HEAD\n")
    found = findings(desk, code=1)
    assert (found["configuration"]["state"], found["configuration"]["remedy"]) == ("fault", "tkt check")
    assert found["driver"]["state"] == "ok"
    assert "person" not in found


def test_hooks_that_nobody_allowed(desk: DeskAtWork) -> None:
    desk.write("config/hooks/pre-change", "#!/bin/sh\n").chmod(0o755)
    found = findings(desk)["hooks"]
    assert found["state"] == "warning"
    assert "tkt trust" in found["remedy"]


def test_a_desk_without_git(desk: DeskAtWork) -> None:
    (desk.root / ".git").rename(desk.root.parent / "elsewhere")
    found = findings(desk)
    assert found["repository"]["remedy"] == "git init"
    assert "driver" not in found
    assert findings(desk, "--fix")["repository"]["state"] == "warning"


def test_a_repository_that_git_refuses_is_told_in_git_s_words(desk: DeskAtWork) -> None:
    desk.write(".git/config", "[core")
    found = findings(desk, code=1)
    assert found["repository"]["state"] == "fault"


@pytest.mark.parametrize(
    ("version", "state"),
    [(None, "fault"), ((2, 30, 9), "fault"), ((2, 37), "warning"), ((2, 38), "ok"), ((3, 0), "ok")],
)
def test_which_git_is_good_enough(
    desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...] | None, state: str
) -> None:
    monkeypatch.setattr("tkt.doctor.surroundings.git_version", lambda _folder: version)
    assert findings(desk, code=int(state == "fault"))["git"]["state"] == state


def test_without_git_the_doctor_still_answers(desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tkt.doctor.surroundings.git_version", git_version)
    monkeypatch.setenv("PATH", str(desk.root))
    found = findings(desk, code=1)
    assert found["git"]["state"] == "fault"
    assert "git-scm.com" in found["git"]["remedy"]


def test_without_time_zones(desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_name: str) -> None:
        raise machine.ZoneInfoNotFoundError

    monkeypatch.setattr(machine, "ZoneInfo", unknown)
    assert findings(desk, code=1)["zones"]["remedy"] == "pip install tzdata"


def test_lines_are_broken_for_a_narrow_terminal_and_what_is_pasted_is_not(
    desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = desk.tkt("doctor").out.splitlines()
    assert "         git remote add origin URL && git push -u origin main" in lines
    assert all(len(line) <= 40 or line.startswith("         ") for line in lines)


# what starts tkt from git


def scripts(folder: Path) -> Path:
    folder.mkdir(parents=True)
    script = folder / "tkt"
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    return script


def test_tkt_is_called_by_its_name_where_everybody_finds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = scripts(tmp_path / "bin")
    monkeypatch.setattr("sys.argv", [str(script)])
    monkeypatch.setenv("PATH", str(script.parent))
    assert own_program() == "tkt"


def test_another_tkt_on_the_path_is_not_taken_for_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, other = scripts(tmp_path / "my tools"), scripts(tmp_path / "other")
    monkeypatch.setattr("sys.argv", [str(script)])
    monkeypatch.setenv("PATH", str(other.parent))
    assert own_program() == f"'{script}'"


def test_a_virtual_environment_that_is_active_now_is_named_by_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = scripts(tmp_path / "venv" / "bin")
    monkeypatch.setattr("sys.argv", [str(script)])
    monkeypatch.setattr("sys.prefix", str(tmp_path / "venv"))
    monkeypatch.setenv("PATH", str(script.parent))
    assert own_program() == str(script)


def test_a_link_to_it_outside_of_its_environment_is_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = scripts(tmp_path / "venv" / "bin")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "tkt").symlink_to(script)
    monkeypatch.setattr("sys.argv", [str(tmp_path / "bin" / "tkt")])
    monkeypatch.setattr("sys.prefix", str(tmp_path / "venv"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert own_program() == "tkt"


def test_without_a_script_python_starts_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["/somewhere/tkt/__main__.py"])
    monkeypatch.setattr("tkt.clone.sysconfig.get_path", lambda _name: str(tmp_path))
    assert own_program().endswith(" -m tkt")
