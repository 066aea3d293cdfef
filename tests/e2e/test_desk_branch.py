"""A desk inside of a product's repository: its commands work on its own branch, the product's stays."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from helpers import DeskAtWork

NEW = ("new", "E104", "--channel", "phone", "--text", "help")


@pytest.fixture
def product(desk: DeskAtWork) -> DeskAtWork:
    """A desk in `support/` of a product's repository, whose branch is `tickets`; `feature-x` is checked out."""
    root = desk.root / "support"
    root.mkdir()
    for path in desk.root.iterdir():
        if path.name not in (".git", "support"):
            path.rename(root / path.name)
    (desk.root / "main.c").write_text("int main;\n")
    inside = DeskAtWork(root, desk.capsys)
    of_branch(inside, "tickets")
    desk.git("add", "-A")
    desk.git("commit", "-qm", "a product")
    desk.git("branch", "tickets")
    desk.git("switch", "-qc", "feature-x")
    return inside


def of_branch(desk: DeskAtWork, name: str) -> None:
    path = desk.root / "tkt.yaml"
    text = path.read_text("utf-8")
    assert "\n  # branch: " in text
    path.write_text(text.replace("\n  # branch: ", f"\n  branch: {name}\n  # branch: "), "utf-8")


def log(desk: DeskAtWork, branch: str) -> list[str]:
    return desk.git("log", "--format=%s", f"refs/heads/{branch}").splitlines()


def worktree(desk: DeskAtWork) -> Path:
    return desk.root.parent / ".git/tkt/worktree-tickets"


def test_a_command_commits_on_the_desk_s_branch_and_the_product_s_stays(product: DeskAtWork) -> None:
    before = log(product, "feature-x")
    answer = product.tkt(*NEW)
    assert (
        "note: on the desk's branch tickets, in .git/tkt/worktree-tickets (--here works on feature-x)"
        in answer.err
    )
    assert log(product, "tickets")[0].endswith(": new")
    assert log(product, "feature-x") == before
    assert product.git("status", "--porcelain") == ""
    # and what reads reads there too
    assert "E104" in product.tkt("list").out
    assert product.json("search", "E104")[0]["path"].startswith("tickets/new/")
    ticket = product.json("list")[0]["id"]
    product.tkt("note", ticket, "-m", "hello")
    product.tkt("undo")
    assert len(log(product, "tickets")) == len(before) + 1


def test_here_works_on_what_is_checked_out(product: DeskAtWork) -> None:
    answer = product.tkt(*NEW, "--here")
    assert answer.err == ""
    assert log(product, "feature-x")[0].endswith(": new")
    assert product.tkt("list").out == ""
    assert "E104" in product.tkt("list", "--here").out
    assert len(log(product, "tickets")) + 1 == len(log(product, "feature-x"))


def test_a_program_finds_where_it_worked_in_the_notes(product: DeskAtWork) -> None:
    (note,) = product.json(*NEW)["written"]["notes"]
    assert note.startswith("on the desk's branch tickets")


def test_on_the_desk_s_own_branch_nothing_is_different(product: DeskAtWork) -> None:
    product.git("switch", "-q", "tickets")
    assert product.tkt(*NEW).err == ""
    assert not worktree(product).exists()


@pytest.mark.parametrize("command", [("check",), ("config", "show", "desk")])
def test_what_judges_judges_what_is_checked_out(product: DeskAtWork, command: tuple[str, ...]) -> None:
    assert product.tkt(*command).err.count("on the desk's branch") == 0
    assert not worktree(product).exists()


def test_a_commit_that_is_checked_out_to_be_judged_is_meant_as_it_is(product: DeskAtWork) -> None:
    product.git("checkout", "-q", "--detach", "feature-x")
    assert product.tkt("list").err == "note: nothing matches\n"
    assert "HEAD is detached" in product.tkt(*NEW, code=2).err


def test_a_worktree_of_somebody_s_own_is_used(product: DeskAtWork, tmp_path: Path) -> None:
    product.git("worktree", "add", "-q", str(tmp_path / "mine"), "tickets")
    assert f"in {tmp_path}/mine (" in product.tkt(*NEW).err
    assert list((tmp_path / "mine/support/tickets/new").glob("*.yaml"))
    # from inside of it, it is simply the desk
    inside = DeskAtWork(tmp_path / "mine/support", product.capsys)
    assert inside.tkt("list").err == ""


def test_a_worktree_that_was_deleted_by_hand_is_made_again(product: DeskAtWork) -> None:
    product.tkt(*NEW)
    shutil.rmtree(worktree(product))
    assert "E104" in product.tkt("list").out
    assert worktree(product).is_dir()


def test_a_worktree_that_somebody_put_on_another_branch_is_said(product: DeskAtWork) -> None:
    product.tkt(*NEW)
    subprocess.run(["git", "switch", "-qc", "other"], cwd=worktree(product), check=True)
    answer = product.tkt("list", code=2)
    assert f"{worktree(product)} is not on the desk's branch tickets any more" in answer.err
    subprocess.run(answer.err.partition("hint: ")[2], shell=True, check=True, capture_output=True)
    assert "E104" in product.tkt("list").out


def test_what_a_failed_command_kept_outlives_the_worktree(product: DeskAtWork) -> None:
    hook = product.root.parent / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    product.tkt(*NEW, code=2)
    hook.unlink()
    shutil.rmtree(worktree(product))
    product.tkt("list")
    assert len(list((product.root.parent / ".git/tkt/rescue").iterdir())) == 1


def test_a_branch_that_only_the_remote_has_is_fetched_from_there(product: DeskAtWork, tmp_path: Path) -> None:
    product.tkt(*NEW)
    clone = DeskAtWork(tmp_path / "clone/support", product.capsys)
    subprocess.run(
        ["git", "clone", "-q", "--branch", "feature-x", str(product.root.parent), str(tmp_path / "clone")],
        check=True,
    )
    assert "E104" in clone.tkt("list").out
    clone.tkt("note", clone.json("list")[0]["id"], "-m", "hello")
    assert clone.git("rev-list", "--count", "tickets@{upstream}..tickets").strip() == "1"
    assert clone.git("status", "--porcelain") == ""


def test_a_branch_that_is_nowhere_is_an_error_with_a_way_on(product: DeskAtWork) -> None:
    product.git("branch", "-D", "tickets")
    answer = product.tkt(*NEW, code=2)
    assert answer.err == (
        "error: there is no branch tickets, which tkt.yaml names as the desk's own\n"
        "hint: git branch tickets makes it; --here works on feature-x\n"
    )
    assert not worktree(product).exists()


@pytest.mark.parametrize("name", ["--detach", "-f", "a b", "a..b"])
def test_a_branch_that_can_be_none_is_no_option_of_git_s(product: DeskAtWork, name: str) -> None:
    path = product.root / "tkt.yaml"
    path.write_text(path.read_text("utf-8").replace("branch: tickets", f'branch: "{name}"'), "utf-8")
    assert "there is no branch" in product.tkt("list", code=2).err


def test_a_branch_without_a_desk_is_said_and_nothing_else_is_taken_for_it(product: DeskAtWork) -> None:
    product.git("switch", "-q", "tickets")
    product.git("rm", "-rq", ".")
    product.git("commit", "-qm", "no desk")
    product.git("switch", "-q", "feature-x")
    assert "there is no support/tkt.yaml on branch tickets" in product.tkt("list", code=2).err


def test_a_branch_of_a_folder_has_a_worktree_too(product: DeskAtWork) -> None:
    product.git("branch", "-m", "tickets", "team/tickets")
    path = product.root / "tkt.yaml"
    path.write_text(path.read_text("utf-8").replace("branch: tickets", "branch: team/tickets"), "utf-8")
    assert "in .git/tkt/worktree-team-tickets (" in product.tkt(*NEW).err


def test_two_remotes_that_have_it_are_named(product: DeskAtWork, tmp_path: Path) -> None:
    bare = tmp_path / "bare.git"
    subprocess.run(["git", "clone", "-q", "--bare", str(product.root.parent), str(bare)], check=True)
    product.git("branch", "-D", "tickets")
    for name in ("hub", "fork"):
        product.git("remote", "add", name, str(bare))
        product.git("fetch", "-q", name)
    answer = product.tkt("list", code=2)
    assert "several remotes have the desk's branch tickets: fork/tickets, hub/tickets" in answer.err
    assert "git branch --track tickets fork/tickets" in answer.err
