"""What differs between two states of a desk is found by id, and only what differs is read."""

from __future__ import annotations

import os

import pytest
from helpers import DeskAtWork

from tkt.comparison import Range, compare, parse_range
from tkt.desk import Desk
from tkt.errors import GitError
from tkt.store.gitrepo import EMPTY_TREE, WORK, GitRepo


@pytest.fixture
def ticket(desk: DeskAtWork) -> str:
    found: str = desk.json("new", "E104", "--channel", "phone", "--from", "Zhang Wei", "--text", "help")["id"]
    return found


def opened(desk: DeskAtWork) -> tuple[Desk, GitRepo]:
    found = GitRepo.of(desk.root)
    assert found is not None
    return Desk.open(desk.root), found


def test_a_ticket_that_moved_is_one_pair_with_both_its_statuses(desk: DeskAtWork, ticket: str) -> None:
    desk.tkt("close", ticket, "--code", "spam")
    here, repo = opened(desk)
    (pair,) = compare(here, parse_range(repo, "HEAD~1..HEAD")).tickets
    assert pair.id == ticket
    assert pair.before is not None
    assert pair.after is not None
    assert (pair.before.status, pair.after.status) == ("new", "closed")
    assert (len(pair.befores), len(pair.afters)) == (1, 1)


def test_the_working_tree_is_compared_with_edits_and_new_files(desk: DeskAtWork, ticket: str) -> None:
    desk.tkt("note", ticket, "-m", "x", "--no-commit")
    second = desk.json("new", "E105", "--channel", "phone", "--text", "help", "--no-commit")["id"]
    desk.write("config/notes.txt", "x")
    here, repo = opened(desk)
    found = compare(here, parse_range(repo, ""))
    assert {pair.id: pair.before is None for pair in found.tickets} == {ticket: False, second: True}
    assert [(it.path, it.new) for it in found.files] == [("config/notes.txt", WORK)]
    assert found.data(found.files[0]) == (None, b"x")


def test_a_file_that_was_only_touched_does_not_differ(desk: DeskAtWork, ticket: str) -> None:
    for path in (desk.path(ticket), desk.root / "tkt.yaml"):
        os.utime(path, (1, 1))
    here, repo = opened(desk)
    found = compare(here, parse_range(repo, ""))
    assert (found.tickets, found.files) == ((), ())


def test_three_dots_begin_where_the_branch_left(desk: DeskAtWork, ticket: str) -> None:
    desk.git("checkout", "-q", "-b", "branch")
    desk.tkt("note", ticket, "-m", "on the branch")
    desk.git("checkout", "-q", "main")
    other = desk.json("new", "E105", "--channel", "phone", "--text", "help")["id"]
    here, repo = opened(desk)
    assert [it.id for it in compare(here, parse_range(repo, "main...branch")).tickets] == [ticket]
    assert {it.id for it in compare(here, parse_range(repo, "main..branch")).tickets} == {ticket, other}


def test_the_first_commit_is_compared_with_nothing(desk: DeskAtWork, ticket: str) -> None:
    here, repo = opened(desk)
    found = compare(here, Range(old=EMPTY_TREE, new=repo.resolved("HEAD")))
    assert [pair.id for pair in found.tickets] == [ticket]
    assert found.old_config is None
    assert found.new_config is not None


def test_a_version_that_cannot_be_read_is_told_and_hides_nothing(desk: DeskAtWork, ticket: str) -> None:
    second = desk.json("new", "E105", "--channel", "phone", "--text", "help")["id"]
    for each in (ticket, second):
        desk.tkt("note", each, "-m", "x")
    desk.path(ticket).write_text("title: [")
    here, repo = opened(desk)
    found = compare(here, parse_range(repo, "HEAD~2"))
    assert {it.id: it.after is not None for it in found.tickets} == {ticket: False, second: True}
    assert [problem.path for problem in found.problems] == [f"tickets/new/{ticket}.yaml"]


def test_a_configuration_that_cannot_be_read_is_a_problem_and_no_crash(desk: DeskAtWork) -> None:
    good = (desk.root / "config/workflow.yaml").read_text()
    desk.write("config/workflow.yaml", "statuses: [")
    desk.git("commit", "-qam", "broken")
    desk.write("config/workflow.yaml", good)
    here, repo = opened(desk)
    found = compare(here, parse_range(repo, "HEAD"))
    assert found.old_config is None
    assert found.config_problems
    assert found.new_config is not None


def test_what_names_no_commit_is_refused(desk: DeskAtWork) -> None:
    _, repo = opened(desk)
    with pytest.raises(GitError, match="mian"):
        parse_range(repo, "mian..HEAD")
