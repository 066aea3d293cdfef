"""`tkt init --ci`: with a new desk, into one that is there, and never over what somebody wrote."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import yaml
from helpers import DeskAtWork, configure_git

from tkt.ci import FORGES

WORKFLOW = ".github/workflows/tkt-schedule.yml"


@pytest.mark.parametrize("forge", FORGES)
def test_a_new_desk_has_the_files_and_the_robot_in_its_one_commit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], forge: str
) -> None:
    configure_git(Path.home())
    desk = DeskAtWork(tmp_path / "desk", capsys)
    desk.root.mkdir()
    made = desk.json("init", "--ci", forge)
    assert len(made["ci"]["written"]) == (4 if forge == "gitlab" else 6)
    assert made["ci"]["robot"] is None
    assert desk.git("log", "--format=%s").splitlines() == ["new desk"]
    assert desk.git("status", "--porcelain") == ""
    people = yaml.safe_load((desk.root / "config/people.yaml").read_text("utf-8"))
    assert people["people"]["tkt-bot"]["kind"] == "bot"
    assert people["teams"]["support"]["lead"] == "li.wei"
    found = desk.json("check")
    assert found["errors"] == 0
    assert {it["code"] for it in found["problems"]} == {"tick"}, "targets of minutes want a machine"


def test_in_a_desk_only_the_files_are_added_in_its_language(desk: DeskAtWork) -> None:
    text = (desk.root / "tkt.yaml").read_text("utf-8")
    desk.write("tkt.yaml", text.replace("language: en", "language: zh"))
    desk.git("commit", "-qam", "Chinese")
    made = desk.json("init", "--ci", "github", "--package", "tkt @ git+https://git.example/tkt@abc")
    assert made["paths"] == []
    assert sorted(desk.git("show", "--format=", "--name-only").split()) == made["ci"]["written"]
    assert desk.git("log", "-1", "--format=%s").strip() == "CI for github"
    written = (desk.root / WORKFLOW).read_text("utf-8")
    assert "平台" in written
    assert yaml.safe_load(written)["env"]["TKT_PACKAGE"] == "tkt @ git+https://git.example/tkt@abc"
    again = desk.json("init", "--ci", "github", "--package", "tkt @ git+https://git.example/tkt@abc")
    assert (again["commit"], again["ci"]["written"], again["ci"]["kept"]) == (None, [], [])


def test_a_file_that_says_something_else_is_named_and_left(desk: DeskAtWork) -> None:
    desk.tkt("init", "--ci", "github")
    (desk.root / WORKFLOW).write_text("mine\n")
    told = desk.tkt("init", "--ci", "github").out
    assert f"left as it is, because it says something else: {WORKFLOW}" in told
    assert (desk.root / WORKFLOW).read_text() == "mine\n"
    desk.tkt("init", "--ci", "github", "--force")
    assert yaml.safe_load((desk.root / WORKFLOW).read_text("utf-8"))["name"] == "tkt schedule"


def test_owners_that_stand_elsewhere_are_not_hidden_by_a_second_file(desk: DeskAtWork) -> None:
    desk.write("CODEOWNERS", "* @lead\n")
    made = desk.json("init", "--ci", "github", "--force")
    assert made["ci"]["kept"] == ["CODEOWNERS"]
    assert not (desk.root / ".github/CODEOWNERS").exists()


def test_it_says_what_the_forge_must_still_be_told(desk: DeskAtWork) -> None:
    desk.write(".gitlab-ci.yml", "test:\n  script: make\n")
    told = desk.tkt("init", "--ci", "gitlab").out
    assert "include: [local: .gitlab/tkt.yml]" in told
    assert "set the variable TKT_PACKAGE" in told
    assert 'tkt-bot: {name: "tkt", email: "tkt-bot@noreply.invalid", kind: bot}' in told


def test_a_desk_in_a_folder_has_them_at_the_top_of_its_repository(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_git(Path.home())
    product = tmp_path / "product"
    subprocess.run(["git", "init", "-q", str(product)], check=True)
    desk = DeskAtWork(product / "support", capsys)
    DeskAtWork(product, capsys).tkt("init", "support", "--ci", "gitea")
    written = yaml.safe_load((product / ".gitea/workflows/tkt-pull-request.yml").read_text("utf-8"))
    assert written["defaults"]["run"]["working-directory"] == "support"
    assert desk.git("status", "--porcelain") == ""
    assert desk.git("log", "--format=%s").splitlines() == ["new desk"]
    desk.write(
        "tkt.yaml",
        (desk.root / "tkt.yaml").read_text("utf-8").replace("  # branch: main", "  branch: tickets"),
    )
    desk.git("commit", "-qam", "a branch of its own")
    desk.tkt("init", "--ci", "gitea", "--force")
    assert '"tickets"' in (product / ".gitea/workflows/tkt-schedule.yml").read_text("utf-8")


def test_from_a_folder_of_the_desk_it_is_the_desk_that_is_meant(desk: DeskAtWork) -> None:
    inside = DeskAtWork(desk.root / "config", desk.capsys)
    inside.tkt("init", "--ci", "github")
    assert (desk.root / WORKFLOW).exists()


@pytest.mark.parametrize("option", [("--force",), ("--package", "x")])
def test_what_belongs_to_ci_goes_with_it(desk: DeskAtWork, option: tuple[str, ...]) -> None:
    assert f"{option[0]} goes with --ci" in desk.tkt("init", "other", *option, code=2).err


def test_without_git_no_forge_runs_anything(desk: DeskAtWork) -> None:
    (desk.root / ".git").rename(desk.root.parent / "was-git")
    assert "no git repository" in desk.tkt("init", "--ci", "github", code=2).err
    assert not (desk.root / ".github").exists()


def test_where_tkt_was_installed_from_is_where_ci_gets_it(
    desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tkt.ci import installed_from

    class Installed:
        def __init__(self, **origin: object) -> None:
            self.origin = origin

        def read_text(self, name: str) -> str:
            assert name == "direct_url.json"
            return json.dumps(self.origin)

    def origin(**facts: object) -> str:
        monkeypatch.setattr("tkt.ci.package.distribution", lambda _name: Installed(**facts))
        return installed_from()

    git = {"vcs": "git", "commit_id": "abc"}
    assert origin(url="https://git.example/tkt", vcs_info=git) == "tkt @ git+https://git.example/tkt@abc"
    wheel = "https://files.example/tkt-1.0-py3-none-any.whl"
    assert origin(url=wheel, archive_info={"hashes": {"sha256": "f00"}}) == f"tkt @ {wheel}#sha256=f00"
    assert origin(url="file:///home/li/tkt", dir_info={"editable": True}) == ""


def test_a_second_time_without_a_package_keeps_the_one_that_the_files_name(desk: DeskAtWork) -> None:
    desk.tkt("init", "--ci", "github", "--package", "tkt @ git+https://git.example/tkt@abc")
    again = desk.json("init", "--ci", "github")["ci"]
    assert (again["written"], again["kept"]) == ([], [])
    (desk.root / WORKFLOW).unlink()
    added = desk.json("init", "--ci", "github")["ci"]
    assert (added["written"], added["package"]) == ([WORKFLOW], "tkt @ git+https://git.example/tkt@abc")
    assert yaml.safe_load((desk.root / WORKFLOW).read_text("utf-8"))["env"]["TKT_PACKAGE"] == added["package"]
    other = desk.json("init", "--ci", "github", "--package", "tkt @ git+https://git.example/tkt@def")["ci"]
    assert WORKFLOW in other["kept"]


def test_the_place_of_a_desk_is_absolute_new_or_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_git(Path.home())
    here = DeskAtWork(tmp_path, capsys)
    places = [here.json("init", "made", "--ci", "github")["path"] for _ in range(2)]
    assert places == [str(tmp_path / "made")] * 2
