"""Merges that somebody has tried to trip up: an id given away, a conflict solved by hand, a sync that waited."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from branches import Branches
from clones import git
from helpers import DeskAtWork

import tkt.sync.syncing
from tkt.store.lock import desk_lock

NEW = ("new", "E104", "--channel", "phone", "--from", "Zhang Wei <zhang@acme.example>", "-m", "help")


@pytest.fixture
def it(desk: DeskAtWork) -> Branches:
    found = Branches(desk)
    found.with_driver(False)
    return found


def solved_article(it: Branches, text: str) -> Path:
    """An article of which both sides changed one line, in a merge that stopped; `text` stands there now."""
    article = it.desk.write("knowledge/k.md", "---\ntitle: K\n---\n\none\n")
    it.commit()
    for branch in ("one", "other"):
        it.on(branch)
        it.desk.write("knowledge/k.md", f"---\ntitle: K\n---\n\nby {branch}\n")
        it.commit()
    it.git("merge", "-q", "one", code=1)
    article.write_text(text, "utf-8")
    it.git("add", "knowledge/k.md")
    return article


def test_an_article_that_a_person_has_put_in_order_and_added_needs_nobody_any_more(it: Branches) -> None:
    article = solved_article(it, "---\ntitle: K\n---\n\nby both\n")
    answer = it.desk.tkt("repair")
    assert "nothing to repair" in answer.out
    assert article.read_text("utf-8").endswith("by both\n")


def test_an_article_that_was_added_with_its_markers_still_needs_a_person(it: Branches) -> None:
    solved_article(it, "---\ntitle: K\n---\n\n<<<<<<< HEAD\nby other\n=======\nby one\n>>>>>>> one\n")
    assert "a person must decide" in it.desk.tkt("repair", code=1).err


def test_when_one_of_two_tickets_gave_up_its_id_on_both_sides_the_other_is_still_merged(it: Branches) -> None:
    first = it.desk.json(*NEW)["id"]
    lying = it.desk.path(first)
    ids = [line.split()[-1] for line in lying.read_text("utf-8").splitlines() if line.startswith("- id: ")]
    twin = lying.read_text("utf-8").replace("E104", "Another").replace(ids[0][:4], "qqqq")
    it.desk.write(f"tickets/assigned/{lying.name}", twin.replace("status: new", "status: assigned"))
    it.commit()
    for branch in ("one", "other"):
        it.on(branch)
        it.git("rm", "-q", f"tickets/assigned/{lying.name}")
        it.commit()
        it.desk.tkt("note", first, "-m", f"from {branch}")
    it.git("merge", "-q", "one", code=1)
    it.desk.tkt("repair")
    notes = [event["text"] for event in it.desk.json("show", first)["events"] if event["did"] == "note"]
    assert sorted(notes) == ["from one", "from other"]
    assert not it.desk.root.joinpath("tickets/assigned", lying.name).exists()


def test_a_sync_that_waited_for_another_one_does_not_merge_again(
    desk: DeskAtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    origin, clone = tmp_path / "origin.git", tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--bare", str(desk.root), str(origin))
    git(tmp_path, "clone", "-q", str(origin), str(clone))
    git(desk.root, "remote", "add", "origin", str(origin))
    for root in (desk.root, clone):
        root.joinpath(f"note-{root.name}").write_text("x", "utf-8")
        git(root, "add", "-A")
        git(root, "commit", "-qm", "a file")
    git(clone, "push", "-q")

    @contextlib.contextmanager
    def after_another(root: Path) -> Iterator[None]:
        git(root, "merge", "-q", "--no-edit", "origin/main")
        with desk_lock(root):
            yield

    monkeypatch.setattr(tkt.sync.syncing, "desk_lock", after_another)
    assert "in sync with origin/main" in desk.tkt("sync").out
    assert git(desk.root, "rev-parse", "HEAD") == git(origin, "rev-parse", "main")


def test_a_comment_on_redacted_words_goes_with_them_whoever_wrote_it(it: Branches) -> None:
    ticket = it.desk.json(*NEW)["id"]
    event = next(each["id"] for each in it.desk.json("show", ticket)["events"] if each["did"] == "message")
    it.on("one")
    it.desk.tkt("redact", ticket, "--event", event, "--reason", "asked")
    it.on("other")
    path = it.desk.path(ticket)
    commented = path.read_text("utf-8").replace("text: help", "text: help # secret: 1234")
    path.write_text(f"# stays\n{commented}", "utf-8")
    it.commit()
    it.git("merge", "-q", "one", code=1)
    it.desk.tkt("repair")
    merged = path.read_text("utf-8")
    assert "secret" not in merged
    assert "# stays\n" in merged


def test_a_sync_refuses_to_put_back_the_file_of_a_ticket_that_is_moved_and_not_committed(
    desk: DeskAtWork, tmp_path: Path
) -> None:
    ticket = desk.json(*NEW)["id"]
    origin, clone = tmp_path / "origin.git", tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--bare", str(desk.root), str(origin))
    git(tmp_path, "clone", "-q", str(origin), str(clone))
    git(desk.root, "remote", "add", "origin", str(origin))
    path = clone / desk.path(ticket).relative_to(desk.root)
    path.write_text(f"# seen\n{path.read_text('utf-8')}", "utf-8")
    git(clone, "commit", "-qam", "a comment")
    git(clone, "push", "-q")
    desk.path(ticket).rename(desk.root / "tickets/waiting" / path.name)
    before = git(desk.root, "status", "--porcelain", "--branch")
    assert "moved or deleted here without a commit" in desk.tkt("sync", code=2).err
    assert git(desk.root, "status", "--porcelain", "--branch").splitlines()[1:] == before.splitlines()[1:]
    assert len([*desk.root.glob(f"tickets/**/{path.name}")]) == 1
