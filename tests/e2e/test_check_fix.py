"""`tkt check --fix`: what it will do is shown first; then all of it is done, or nothing."""

from __future__ import annotations

import io
import sys

import pytest
from fixdesk import CHEN, ID, TICKET, WANG, commit, edit, errors, events, fixed, git_mv, prepared
from helpers import DeskAtWork

from tkt import fixing
from tkt.commands.common import Session


@pytest.fixture
def hand(desk: DeskAtWork) -> DeskAtWork:
    """A ticket whose title was changed by hand in a commit."""
    prepared(desk)
    edit(desk, "title:   Cannot", "title:   Can not")
    commit(desk, WANG, "2026-11-16T02:00:00Z")
    return desk.at("2026-11-18T03:00:00Z")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(Session, "is_at_terminal", property(lambda _: True))
    monkeypatch.setattr("tkt.commands.clone_setup.offer_once", lambda _root: None)
    return monkeypatch


def state(desk: DeskAtWork) -> tuple[str, bytes]:
    return desk.git("rev-parse", "HEAD"), desk.path(ID).read_bytes()


def test_the_plan_names_what_from_which_commit_and_by_whom(hand: DeskAtWork) -> None:
    sha = hand.git("rev-parse", "--short=10", "HEAD").strip()
    before = state(hand)
    answer = hand.tkt("check", "--fix", "--dry-run", code=1)
    assert answer.out.splitlines() == [
        f"{ID}: Wang Fang: title Cannot issue invoices → Can not issue invoices (commit {sha} of 2026-11-16 10:00)",
        "nothing was written: --dry-run",
    ]
    assert state(hand) == before


def test_the_plan_in_chinese(hand: DeskAtWork) -> None:
    assert "→" in hand.tkt("--lang", "zh", "check", "--fix", "--dry-run", code=1).out


def test_where_nobody_can_be_asked_nothing_is_done_without_yes(hand: DeskAtWork) -> None:
    before = state(hand)
    answer = hand.tkt("check", "--fix", code=1)
    assert answer.err.splitlines() == [
        "error: nothing was written: nobody is here to be asked",
        "hint: tkt check --fix --yes",
    ]
    assert ID in answer.out
    assert state(hand) == before
    told = hand.json("check", "--fix", code=1)
    assert (told["done"], len(told["planned"])) == (False, 1)
    assert "fold" in [it["code"] for it in told["remaining"]]
    assert state(hand) == before


def test_at_a_terminal_it_asks(hand: DeskAtWork, terminal: pytest.MonkeyPatch) -> None:
    before = state(hand)
    terminal.setattr(sys, "stdin", io.StringIO("n\n"))
    assert "nothing was written" in hand.tkt("check", "--fix", code=1).out
    assert state(hand) == before
    terminal.setattr(sys, "stdin", io.StringIO("y\n"))
    assert "1 step carried out, in commit" in hand.tkt("check", "--fix").out
    assert errors(hand) == []


def test_it_is_one_commit_that_names_the_tickets_and_can_be_taken_back(hand: DeskAtWork) -> None:
    before = state(hand)
    sha = fixed(hand)["commit"]
    assert hand.git("log", "-1", "--format=%H%n%B").strip().splitlines() == [
        sha, f"{ID}: check: fix", "", f"Ticket: {ID}", "Action: check",
    ]  # fmt: skip
    hand.tkt("undo")
    assert state(hand) == before


def test_uncommitted_edits_are_in_the_commit_and_undo_does_not_throw_them_away(hand: DeskAtWork) -> None:
    edit(hand, "impact: one", "impact: many")
    answer = hand.tkt("check", "--fix", "--yes")
    assert "(not committed)" in answer.out
    assert f"tickets/new/{ID}.yaml had changes that were not committed" in answer.err
    assert "Hand-edits: yes" in hand.git("log", "-1", "--format=%B")
    assert hand.git("status", "--porcelain") == ""
    before = state(hand)
    hand.tkt("undo", code=1)
    assert state(hand) == before


def test_what_else_is_staged_stays_staged(hand: DeskAtWork) -> None:
    hand.write("notes.txt", "mine")
    hand.git("add", "notes.txt")
    fixed(hand)
    assert hand.git("diff", "--cached", "--name-only").split() == ["notes.txt"]


def test_without_a_commit_the_files_are_changed_and_left_to_the_user(hand: DeskAtWork) -> None:
    head = hand.git("rev-parse", "HEAD")
    assert fixed(hand, "--no-commit")["commit"] is None
    assert hand.git("rev-parse", "HEAD") == head
    assert hand.git("status", "--porcelain").split() == ["M", f"tickets/new/{ID}.yaml"]
    assert errors(hand) == []


def test_a_second_run_has_nothing_to_do(hand: DeskAtWork) -> None:
    fixed(hand)
    answer = hand.tkt("check", "--fix")
    assert answer.out.splitlines() == ["nothing to fix", "remaining: 0 errors, 0 warnings"]


def test_what_cannot_be_fixed_is_named_with_the_reason_and_fails(hand: DeskAtWork) -> None:
    hand.write("tickets/new/261116-BAD01.yaml", "title: no id\n")
    answer = hand.tkt("check", "--fix", "--yes", code=1)
    assert "tickets/new/261116-BAD01.yaml:1: the ticket has no id" in answer.err
    assert "1 step carried out" in answer.out
    assert "remaining: 2 errors" in answer.out
    assert (hand.root / "tickets/new/261116-BAD01.yaml").read_text() == "title: no id\n"


def test_a_file_that_cannot_be_written_in_its_own_style_stops_no_other(hand: DeskAtWork) -> None:
    flow = "id: 261116-FAW01\nreceived_at: 2026-11-16T01:00:00Z\ntitle: b\nevents: [{id: a0, at: 2026-11-16T01:00:00Z, by: x, did: opened, status: new}, {id: a1, at: 2026-11-16T01:00:00Z, by: x, did: set, field: title, to: a}]\n"
    hand.write("tickets/new/261116-FAW01.yaml", flow)
    answer = fixed(hand, code=1)
    assert [step["id"] for step in answer["planned"]] == [ID]
    (problem,) = [it for it in answer["remaining"] if it["code"] not in ("sla", "fold")]
    assert "the events stand in […] on one line" in problem["message"]
    assert (hand.root / "tickets/new/261116-FAW01.yaml").read_text() == flow


def test_what_somebody_changes_meanwhile_is_not_overwritten(
    hand: DeskAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given two tickets to fix, one of which is edited while the plan is looked at
    hand.write(
        "tickets/new/261116-HAND2.yaml", TICKET.replace(ID, "261116-HAND2").replace("to: Cannot", "to: can")
    )
    carried_out = fixing.carried_out

    def slowly(plan, changes):
        edit(hand, "# VIP", "# a VIP", "261116-HAND2")
        return carried_out(plan, changes)

    monkeypatch.setattr("tkt.commands.fixing.carried_out", slowly)
    before = state(hand)
    error = hand.tkt("check", "--fix", "--yes", "--json", code=2).error
    # then nothing is written, not even the other one
    assert (error["code"], error["path"]) == ("conflict", "tickets/new/261116-HAND2.yaml")
    assert state(hand) == before
    assert "# a VIP" in hand.path("261116-HAND2").read_text()


def test_its_options_go_with_fix(hand: DeskAtWork) -> None:
    for option in ("--yes", "--dry-run", "--no-commit"):
        assert f"{option} goes with --fix" in hand.tkt("check", option, code=2).err


def test_a_revision_that_git_does_not_know_is_named(hand: DeskAtWork) -> None:
    assert "mian" in hand.tkt("check", "--fix", "--changed-since", "mian", code=2).err


def test_before_the_first_commit_everything_is_as_of_now(desk: DeskAtWork) -> None:
    desk.git("update-ref", "-d", "HEAD")
    desk.write(f"tickets/new/{ID}.yaml", TICKET.replace("title:   Cannot", "title:   Can not"))
    answer = fixed(desk, "--no-commit")
    assert [step["commit"] for step in answer["planned"]] == [None]


def test_a_move_by_hand_that_was_in_time_is_in_time_and_shown_as_back_dated(desk: DeskAtWork) -> None:
    """docs/sla.md S5: what happened more than five minutes ago is stored with `recorded_at`."""
    # given a request resolved by `git mv` in time, while nobody ran tkt
    prepared(desk)
    git_mv(desk, "tickets/resolved")
    edit(desk, "team: finance\n", "team: finance\nresolution: {code: fixed, text: done, cause: product}\n")
    commit(desk, WANG, "2026-11-16T02:00:00Z")
    desk.at("2026-12-16T02:00:00Z")
    clocks = {clock["clock"]: clock["state"] for clock in desk.json("show", ID)["sla"]}
    assert clocks["resolution"] == "breached"
    # when that is recorded a month later
    fixed(desk)
    # then the clock stopped then, and the record says that it is a late one
    clocks = {clock["clock"]: clock for clock in desk.json("show", ID)["sla"]}
    assert (clocks["resolution"]["state"], clocks["resolution"]["fulfilled_at"]) == (
        "met", "2026-11-16T02:00:00Z",
    )  # fmt: skip
    assert events(desk)[-1]["recorded_at"] == "2026-12-16T02:00:00Z"
    assert "back-dated" in desk.tkt("log", ID).out
    assert "edited by hand" in desk.tkt("log", ID).out


def test_a_hostile_value_is_shown_without_its_orders(hand: DeskAtWork) -> None:
    edit(hand, "title:   Can not issue invoices", 'title:   "a\\e[31m\\nb"')
    commit(hand, ("\x1b[31mEvil", "evil\x1b[0m@example.com"), "2026-11-16T03:00:00Z")
    answer = hand.tkt("check", "--fix", "--dry-run", code=1)
    assert "\x1b" not in answer.out
    assert len(answer.out.splitlines()) == 3
    fixed(hand)
    assert errors(hand) == []


def test_the_hint_of_a_hand_edit_leads_here(hand: DeskAtWork) -> None:
    start = hand.git("rev-parse", "HEAD").strip()
    edit(hand, "impact: one", "impact: some")
    commit(hand, CHEN)
    problems = hand.json("check", "--changed-since", start, code=1)["problems"]
    hints = {it["code"]: it["hint"] for it in problems}
    assert hints["hand-edit"].startswith("tkt check --fix --changed-since REV")
    fixed(hand, "--changed-since", start)
    assert errors(hand, "--changed-since", start) == []


def test_to_look_needs_no_identity(hand: DeskAtWork) -> None:
    hand.git("config", "--global", "--unset", "user.name")
    hand.tkt("check", "--fix", "--dry-run", code=1)
    assert hand.tkt("check", "--fix", "--yes", code=2).err.startswith("error: git does not know who you are")
