"""`tkt check --staged`: the next commit is judged as git's index has it, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from helpers import DeskAtWork


@pytest.fixture
def ticket(desk: DeskAtWork) -> str:
    found: str = desk.json("new", "E104", "--channel", "phone", "-m", "help", "--quick")["id"]
    return found


def edited(desk: DeskAtWork, ticket: str, old: str, new: str) -> Path:
    path = desk.path(ticket)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


def test_nothing_staged_is_fine_whatever_lies_on_the_disk(desk: DeskAtWork, ticket: str) -> None:
    edited(desk, ticket, "title:", "titel:")
    assert desk.json("check", "--staged") == {"checked": 0, "errors": 0, "warnings": 0, "problems": []}


def test_what_is_staged_is_judged_though_the_disk_is_right_again(desk: DeskAtWork, ticket: str) -> None:
    path = edited(desk, ticket, "title: E104", "title: changed by hand")
    desk.git("add", "-A")
    edited(desk, ticket, "title: changed by hand", "title: E104")
    found = desk.json("check", "--staged", code=1)
    assert found["checked"] == 1
    assert [it["path"] for it in found["problems"]] == [str(path.relative_to(desk.root))]
    assert desk.json("check")["errors"] == 0


def test_what_was_wrong_before_is_left_alone(desk: DeskAtWork, ticket: str) -> None:
    edited(desk, ticket, "channel: phone", "channel: fax")
    desk.git("commit", "-qam", "by hand")
    assert desk.json("check", code=1)["errors"] == 1
    desk.write("README.md", "hello\n")
    desk.git("add", "-A")
    assert desk.json("check", "--staged")["errors"] == 0


def test_a_ticket_that_is_removed_or_lies_twice_is_named(desk: DeskAtWork, ticket: str) -> None:
    path = desk.path(ticket)
    desk.git("rm", "-q", "--cached", str(path))
    assert [it["code"] for it in desk.json("check", "--staged", code=1)["problems"]] == ["gone"]
    desk.git("add", "-A")
    desk.write(f"tickets/assigned/{ticket}.yaml", path.read_bytes())
    desk.git("add", "-A")
    assert "two-places" in {it["code"] for it in desk.json("check", "--staged", code=1)["problems"]}


def test_configuration_is_judged_as_it_is_staged(desk: DeskAtWork) -> None:
    text = (desk.root / "config/people.yaml").read_text("utf-8")
    desk.write("config/people.yaml", text.replace("teams: [support]", "teams: [nobody]"))
    assert desk.json("check", "--staged")["problems"] == []
    desk.git("add", "-A")
    desk.write("config/people.yaml", text)
    assert {it["path"] for it in desk.json("check", "--staged", code=1)["problems"]} == {"config/people.yaml"}
    desk.write("config/people.yaml", "teams: [")
    desk.git("add", "-A")
    desk.write("config/people.yaml", text)
    assert "config/people.yaml" in desk.tkt("check", "--staged", code=2).err


def test_a_customer_that_cannot_be_read_is_named(desk: DeskAtWork) -> None:
    desk.write("customers/acme.yaml", "id: [")
    desk.git("add", "-A")
    found = desk.json("check", "--staged", code=1)["problems"]
    assert [it["path"] for it in found] == ["customers/acme.yaml"]


def test_before_the_first_commit_all_of_it_is_staged(desk: DeskAtWork, ticket: str) -> None:
    desk.git("update-ref", "-d", "HEAD")
    found = desk.json("check", "--staged")
    assert (found["checked"], found["errors"]) == (1, 0)


def test_what_git_could_not_merge_is_told(desk: DeskAtWork, ticket: str) -> None:
    path = desk.path(ticket)
    for branch, word in (("one", "first"), ("two", "second")):
        desk.git("switch", "-qc", branch, "main")
        edited(desk, ticket, "title: E104", f"title: {word}")
        desk.git("commit", "-qam", word)
    desk.git("config", "--remove-section", "merge.tkt")
    with pytest.raises(subprocess.CalledProcessError):
        desk.git("merge", "one")
    assert path.exists()
    assert desk.tkt("check", "--staged", code=2).err.startswith("error: ")


def test_it_does_not_go_with_the_other_ways_to_check(desk: DeskAtWork) -> None:
    assert "--staged" in desk.tkt("check", "--staged", "--changed-since", "HEAD", code=2).err
    assert "--staged" in desk.tkt("check", "--staged", "--fix", code=2).err


def test_as_a_hook_of_git_it_lets_tkts_own_commits_pass_and_stops_a_hand_edit(
    desk: DeskAtWork, ticket: str
) -> None:
    hook = desk.write(".git/hooks/pre-commit", f'#!/bin/sh\nexec "{sys.executable}" -m tkt check --staged\n')
    hook.chmod(0o755)
    desk.tkt("note", ticket, "-m", "passes")
    edited(desk, ticket, "passes", "rewritten")
    with pytest.raises(subprocess.CalledProcessError):
        desk.git("commit", "-qam", "by hand")
    assert "passes" in desk.git("show", f"HEAD:{desk.path(ticket).relative_to(desk.root)}")
