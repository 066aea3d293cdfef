"""`tkt repair` in every state in which git leaves a tree: merge, rebase, cherry-pick, stash pop, and afterwards."""

from __future__ import annotations

import re

import pytest
from branches import Branches, lying, must_hold_everything
from helpers import DeskAtWork


@pytest.fixture
def it(desk: DeskAtWork) -> Branches:
    found = Branches(desk)
    found.with_driver(False)
    return found


@pytest.fixture
def ticket(it: Branches) -> str:
    found: str = it.desk.json(
        "new", "E104", "--channel", "phone", "--from", "Zhang Wei <zhang@acme.example>", "-m", "help", "--category", "billing", "--set", "order_no=A-1",
        "--set", "impact=one", "--set", "urgency=yellow", "--owner", "me",
    )["id"]  # fmt: skip
    it.desk.tkt("start", found, "--set", "complexity=simple")
    return found


@pytest.fixture
def two(it: Branches, ticket: str) -> str:
    """Two branches that both moved the ticket and wrote on it."""
    it.on("one")
    it.desk.at("2026-11-16T03:00:00Z").tkt("wait", ticket, "--on", "vendor", "--for", "a part")
    it.on("other")
    it.desk.at("2026-11-16T03:05:00Z").tkt("note", ticket, "-m", "from the other side")
    it.desk.tkt("resolve", ticket, "--code", "answered", "--cause", "unknown", "-m", "Explained.")
    return ticket


def notes(it: Branches, ticket: str) -> list[str]:
    return [event["text"] for event in it.desk.json("show", ticket)["events"] if event["did"] == "note"]


def test_a_merge_that_stopped_is_staged_and_left_to_the_person(it: Branches, two: str) -> None:
    it.git("checkout", "-q", "one")
    it.git("merge", "-q", "other", code=1)
    answer = it.desk.tkt("repair")
    assert "put together event by event" in answer.out
    assert "git merge --continue" in answer.out
    assert it.git("diff", "--name-only", "--diff-filter=U") == ""
    assert it.desk.json("check")["errors"] == 0
    it.git("commit", "-q", "--no-edit")
    assert lying(it.desk.root, two) == "resolved"
    assert it.desk.json("check")["errors"] == 0


def test_dry_run_says_all_and_writes_nothing(it: Branches, two: str) -> None:
    it.git("checkout", "-q", "one")
    it.git("merge", "-q", "other", code=1)
    before = it.git("status", "--porcelain")
    said = it.desk.tkt("repair", "--dry-run").out
    assert two in said
    assert it.git("status", "--porcelain") == before


def test_a_second_repair_finds_nothing(it: Branches, two: str) -> None:
    it.git("checkout", "-q", "one")
    it.git("merge", "-q", "other", code=1)
    it.desk.tkt("repair")
    assert it.desk.tkt("repair").out.splitlines()[0] == "nothing to repair"


def test_what_only_the_index_knows_is_repaired_too(it: Branches, two: str) -> None:
    # given versions in conflict of which nobody knows whence they came, as after `git am` or a dropped stash
    it.git("checkout", "-q", "one")
    it.git("merge", "-q", "other", code=1)
    (it.desk.root / ".git/MERGE_HEAD").unlink()
    it.desk.tkt("repair")
    assert it.git("diff", "--name-only", "--diff-filter=U") == ""
    assert notes(it, two) == ["from the other side"]
    assert lying(it.desk.root, two) == "resolved"


def test_a_rebase_is_repaired_at_each_stop(it: Branches, two: str) -> None:
    tree = it.rebased("other", "one")
    must_hold_everything(it, tree, "one", "other")
    assert lying(it.desk.root, two) == "resolved"


def test_a_cherry_pick_is_repaired(it: Branches, two: str) -> None:
    it.git("checkout", "-q", "-B", "result", "one")
    it.git("cherry-pick", "other~1", "other", code=1)
    for _ in range(2):
        it.desk.tkt("repair")
        it.git("-c", "core.editor=true", "cherry-pick", "--continue", code=None)
    assert notes(it, two) == ["from the other side"]
    assert lying(it.desk.root, two) == "resolved"


def test_a_stash_pop_is_repaired(it: Branches, ticket: str) -> None:
    it.desk.at("2026-11-16T03:00:00Z").tkt("note", ticket, "-m", "put aside", "--no-commit")
    it.git("stash", "-q")
    it.desk.at("2026-11-16T03:05:00Z").tkt("wait", ticket, "--on", "vendor", "--for", "a part")
    it.git("stash", "pop", code=1)
    answer = it.desk.tkt("repair")
    assert "git stash drop" in answer.out
    assert notes(it, ticket) == ["put aside"]
    assert lying(it.desk.root, ticket) == "waiting"
    assert it.git("diff", "--name-only", "--diff-filter=U") == ""


def test_a_revert_is_refused_since_nothing_recorded_is_taken_out(it: Branches, ticket: str) -> None:
    it.desk.at("2026-11-16T03:00:00Z").tkt("note", ticket, "-m", "one")
    it.desk.at("2026-11-16T03:05:00Z").tkt("note", ticket, "-m", "two")
    it.git("revert", "--no-edit", "HEAD~1", code=1)
    assert "git revert --abort" in it.desk.tkt("repair", code=1).err


def test_what_a_forge_merged_is_repaired_by_a_commit_more(it: Branches, two: str) -> None:
    # given a forge's merge: one side's file was taken, the other's is lost
    it.git("checkout", "-q", "-B", "result", "one")
    it.git("merge", "-q", "-s", "ours", "-m", "Merge pull request", "other")
    assert "lost" in it.desk.tkt("check", code=1).err
    # when work has gone on since
    it.desk.at("2026-11-16T04:00:00Z").tkt("note", two, "-m", "later")
    # then repair brings back what was lost, and what came later stays
    it.desk.at("2026-11-16T05:00:00Z").tkt("repair")
    assert it.git("log", "-1", "--format=%s").strip() == f"{two}: repair"
    assert notes(it, two) == ["from the other side", "later"]
    assert lying(it.desk.root, two) == "resolved"
    assert it.desk.json("check")["errors"] == 0
    assert it.desk.tkt("repair").out.strip() == "nothing to repair"


def test_both_copies_that_a_merge_kept_become_one(it: Branches, two: str) -> None:
    it.git("checkout", "-q", "-B", "result", "one")
    it.git("merge", "-q", "other", code=1)
    it.git("add", "-A")
    it.git("commit", "-q", "-m", "both kept, as an unknowing person would")
    assert len(list(it.desk.root.glob(f"tickets/**/{two}.yaml"))) == 2
    it.desk.tkt("repair")
    must_hold_everything(it, it.tree(), "one", "other")
    assert notes(it, two) == ["from the other side"]
    assert lying(it.desk.root, two) == "resolved"


def test_committed_conflict_markers_are_taken_apart(it: Branches, ticket: str) -> None:
    it.on("one")
    it.desk.at("2026-11-16T03:00:00Z").tkt("note", ticket, "-m", "one")
    it.on("other")
    it.desk.at("2026-11-16T03:05:00Z").tkt("note", ticket, "-m", "two")
    it.git("checkout", "-q", "-B", "result", "one")
    it.git("merge", "-q", "other", code=1)
    it.git("add", "-A")
    it.git("commit", "-q", "-m", "with markers in it")
    assert "<<<<<<<" in it.desk.path(ticket).read_text()
    it.desk.tkt("repair")
    assert notes(it, ticket) == ["one", "two"]
    assert it.desk.json("check")["errors"] == 0


def test_a_ticket_that_one_side_removed_and_the_other_changed_stays(it: Branches, ticket: str) -> None:
    it.on("one")
    it.git("rm", "-q", str(it.desk.path(ticket)))
    it.commit()
    it.on("other")
    it.desk.at("2026-11-16T03:05:00Z").tkt("note", ticket, "-m", "still here")
    for ours, theirs in (("one", "other"), ("other", "one")):
        it.merged(ours, theirs)
        assert notes(it, ticket) == ["still here"]


def test_two_tickets_of_one_id_are_left_to_check_fix(it: Branches, ticket: str) -> None:
    path = it.desk.path(ticket)
    other = path.read_text()
    events = other.partition("events:\n")[2]
    first = events.split("\n", 1)[0].removeprefix("- id: ").strip()
    it.desk.write(f"tickets/new/{ticket}.yaml", other.replace(f"id: {first}", "id: zzzz00"))
    answer = it.desk.tkt("repair", code=1)
    assert "two different tickets" in answer.err
    assert "tkt check --fix" in answer.err


def test_a_configuration_in_conflict_is_the_persons_and_tickets_are_repaired(it: Branches, two: str) -> None:
    for branch, name in (("one", "Support A"), ("other", "Support B")):
        it.git("checkout", "-q", branch)
        text = (it.desk.root / "tkt.yaml").read_text()
        it.desk.write("tkt.yaml", re.sub("^name: .*$", f"name: {name}", text, flags=re.M))
        it.commit()
    it.git("checkout", "-q", "one")
    it.git("merge", "-q", "other", code=1)
    answer = it.desk.tkt("repair", code=1)
    assert "tkt.yaml: both sides changed it" in answer.err
    assert "put together" in answer.out
    assert it.git("diff", "--name-only", "--diff-filter=U").split() == ["tkt.yaml"]


def test_work_in_the_tree_that_nobody_committed_is_kept(it: Branches, two: str) -> None:
    it.git("checkout", "-q", "one")
    it.git("merge", "-q", "other", code=1)
    it.desk.tkt("repair")
    # given a person who writes into the repaired file by hand, and a merge that is given back to git
    path = it.desk.path(two)
    text = path.read_text()
    by_hand = "- id: handx0\n  at: 2026-11-16T03:30:00Z\n  by: li.wei\n  did: note\n  text: by hand\n"
    path.write_text(text.rstrip("\n") + "\n" + by_hand)
    it.desk.tkt("repair")
    assert "by hand" in notes(it, two)


def test_check_on_a_merge_names_what_is_lost_and_an_id_that_lies_twice(it: Branches, two: str) -> None:
    it.git("checkout", "-q", "-B", "result", "one")
    it.git("merge", "-q", "-s", "ours", "-m", "merge", "other")
    merge = it.git("rev-parse", "HEAD").strip()
    found = it.desk.json("check", "--merge", merge, code=1)
    assert [problem["code"] for problem in found["problems"]] == ["merge"]
    it.desk.tkt("repair")
    # the merge itself stays as it was made
    assert it.desk.json("check", "--merge", merge, code=1)["errors"] == 1
    assert it.desk.json("check")["errors"] == 0


def test_a_clean_merge_that_follows_the_wrong_move_is_put_right(it: Branches, ticket: str) -> None:
    """A question asked again is a move within `waiting`: git sees one side's rename alone, and follows it."""
    it.desk.at("2026-11-16T02:30:00Z").tkt("reply", ticket, "-m", "Which version?", "--and", "wait")
    it.commit()
    it.on("one", "main")
    it.git("branch", "-qf", "main", "HEAD")
    it.desk.at("2026-11-16T03:00:00Z").tkt(
        "resolve", ticket, "--code", "answered", "--cause", "people", "-m", "ok", "--reply", "Done."
    )
    it.on("other")
    it.desk.at("2026-11-16T03:10:00Z").tkt("reply", ticket, "-m", "And which browser?", "--and", "wait")
    it.with_driver(True)
    for ours, theirs in (("one", "other"), ("other", "one")):
        it.git("checkout", "-q", "-B", "result", ours)
        it.git("merge", "-q", "--no-edit", theirs)
        if lying(it.desk.root, ticket) != "waiting":
            assert "other than its events say" in it.desk.tkt("check", code=1).err
        it.desk.at("2026-11-16T04:00:00Z").tkt("repair")
        assert lying(it.desk.root, ticket) == "waiting"
        assert it.desk.json("check")["errors"] == 0
        must_hold_everything(it, it.tree(), "one", "other")


def test_two_tickets_that_two_branches_opened_under_one_id_are_both_kept(it: Branches, ticket: str) -> None:
    def opened(branch: str, words: str, event: str, at: str) -> None:
        it.on(branch)
        path = it.desk.path(ticket)
        text = path.read_text().replace(ticket, "261116-TW1CE").replace("help", words)
        first = re.search(r"- id: (\w{4})00", text)
        assert first is not None
        text = text.replace(first[1], event).replace("2026-11-16T02:00:00Z", at)
        it.desk.write("tickets/in-progress/261116-TW1CE.yaml", text)
        it.commit()

    opened("one", "first", "aaaa", "2026-11-16T02:00:00Z")
    opened("other", "second", "bbbb", "2026-11-16T01:59:00Z")
    trees = []
    for ours, theirs in (("one", "other"), ("other", "one")):
        trees.append(it.merged(ours, theirs))
        words = {t.id: [e.get("text") for e in t.events if e.did == "message"] for t in it.tickets()}
        assert words["261116-TW1CE"] == ["second"]  # the elder keeps the id
        (new,) = words.keys() - {ticket, "261116-TW1CE"}
        assert words[new] == ["first"]
        assert it.desk.json("check")["errors"] == 0
        assert it.desk.tkt("repair").out.strip() == "nothing to repair"
    assert trees[0] == trees[1]


def test_a_rebase_that_carries_an_earlier_move_last_is_put_right(it: Branches, ticket: str) -> None:
    it.on("one")
    it.desk.at("2026-11-16T03:10:00Z").tkt("wait", ticket, "--on", "vendor", "--for", "a part")
    it.on("other")
    it.desk.at("2026-11-16T03:00:00Z").tkt("wait", ticket, "--on", "colleague", "--for", "an answer")
    it.desk.at("2026-11-16T03:05:00Z").tkt("start", ticket)
    it.with_driver(True)
    it.git("checkout", "-q", "-B", "result", "other")
    it.git("-c", "core.editor=true", "rebase", "-q", "one")
    assert "a merge or rebase left it" in it.desk.tkt("check", "--fix", "--yes", code=1).err
    tree = it.rebased("other", "one")
    must_hold_everything(it, tree, "one", "other")
    assert lying(it.desk.root, ticket) == "waiting"


def test_a_file_that_somebody_moved_by_hand_is_left_where_it_is(it: Branches, ticket: str) -> None:
    it.desk.at("2026-11-16T03:00:00Z").tkt("wait", ticket, "--on", "vendor", "--for", "a part")
    it.git("mv", str(it.desk.path(ticket)), str(it.desk.root / "tickets/in-progress"))
    it.commit()
    assert it.desk.tkt("repair").out.strip() == "nothing to repair"
    assert lying(it.desk.root, ticket) == "in-progress"
