"""`tkt edit`: what changed in the form is recorded, what cannot be used is kept."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from helpers import DeskAtWork

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def ticket(desk: DeskAtWork) -> str:
    found: str = desk.json(
        "new",
        "E104",
        "--channel",
        "phone",
        "--text",
        "help",
        "--category",
        "fault",
        "--set",
        "product=invoicing",
    )["id"]
    return found


def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> Path:
    """An editor that runs `program` on `text`, and keeps what it was shown."""
    script, seen = tmp_path / "editor.py", tmp_path / "seen.txt"
    script.write_text(
        "import sys, pathlib\n"
        "path = pathlib.Path(sys.argv[-1]); text = path.read_text('utf-8')\n"
        f"pathlib.Path({str(seen)!r}).write_text(text, 'utf-8')\n"
        f"{program}\n"
        "path.write_text(text, 'utf-8')\n"
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    monkeypatch.delenv("VISUAL", raising=False)
    return seen


def test_the_form_shows_what_is_missing_and_what_changed_is_recorded(
    desk: DeskAtWork, ticket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = editor(
        tmp_path, monkeypatch,
        "text = text.replace('title: E104', 'title: E104 on saving').replace('product: invoicing\\n', '') + 'impact: one\\nurgency: 红\\n'",
    )  # fmt: skip
    answer = desk.json("edit", ticket)
    assert "# occurred_at:" in seen.read_text("utf-8")
    assert (answer["title"], answer["impact"], answer["urgency"]) == ("E104 on saving", "one", "red")
    assert answer["priority"] == "P2"
    assert "product" not in answer
    told = {event["field"] for event in answer["events"] if event["did"] == "set"}
    assert {"title", "product", "impact", "urgency", "priority"} <= told
    assert desk.json("check")["errors"] == 0
    assert desk.git("log", "-1", "--format=%(trailers:key=Action,valueonly)").strip() == "edit"


def test_saving_nothing_changes_nothing(
    desk: DeskAtWork, ticket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, "pass")
    head = desk.git("rev-parse", "HEAD")
    assert "nothing to change" in desk.tkt("edit", ticket).out
    assert desk.git("rev-parse", "HEAD") == head


@pytest.mark.parametrize(
    "program", ["text += 'urgency: rde\\n'", "text += 'a: [\\n'", "text += 'colour: blue\\n'"]
)
def test_what_cannot_be_used_is_kept_and_named(
    desk: DeskAtWork, ticket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    editor(tmp_path, monkeypatch, program)
    before = desk.path(ticket).read_bytes()
    answer = desk.tkt("edit", ticket, code=2)
    assert desk.path(ticket).read_bytes() == before
    (kept,) = (desk.root / ".git" / "tkt" / "rescue").iterdir()
    assert str(kept) in answer.err.replace("\n", "")
    assert "help" not in kept.read_text("utf-8").partition("#")[0]


def test_an_editor_that_fails_changes_nothing(
    desk: DeskAtWork, ticket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "false")
    assert "nothing was changed" in desk.tkt("edit", ticket, code=2).err
    monkeypatch.setenv("EDITOR", "no-such-editor")
    assert "no-such-editor" in desk.tkt("edit", ticket, code=2).err


def colleague(desk: DeskAtWork, *args: str) -> str:
    """A line of an editor that lets a colleague run a command while the form is open."""
    return (
        "import subprocess; subprocess.run([sys.executable, '-m', 'tkt', '-C', "
        f"{str(desk.root)!r}, *{args!r}], check=True, cwd={str(CHECKOUT)!r}, stdout=subprocess.DEVNULL)\n"
    )


def test_what_a_colleague_changed_meanwhile_stays(
    desk: DeskAtWork, ticket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a colleague who sets the urgency and adds a product while the form is open
    during = colleague(desk, "set", ticket, "urgency=green", "impact=one", "product=desk-app")
    editor(tmp_path, monkeypatch, f"{during}text = text.replace('title: E104', 'title: E104 on saving')")
    # when only the title is changed in the form
    answer = desk.json("edit", ticket)
    # then only the title changes
    assert (answer["title"], answer["urgency"], answer["product"]) == ("E104 on saving", "green", "desk-app")
    assert desk.git("log", "-1", "--format=%s").strip().endswith("title")


def test_a_field_that_both_changed_is_a_conflict_that_names_who(
    desk: DeskAtWork, ticket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    during = colleague(desk, "set", ticket, "title=theirs")
    editor(tmp_path, monkeypatch, f"{during}text = text.replace('title: E104', 'title: mine')")
    answer = desk.tkt("edit", ticket, code=2)
    assert "Li Wei set title to theirs at 10:00 while the form was open" in answer.err
    assert desk.json("show", ticket)["title"] == "theirs"
    (kept,) = rescued(desk)
    assert "title: mine" in kept.read_text("utf-8")
    assert str(kept) in answer.err
    # and with --json that is one object
    during = colleague(desk, "set", ticket, "title=theirs again")
    editor(tmp_path, monkeypatch, f"{during}text = text.replace('title: theirs', 'title: mine')")
    error = desk.tkt("edit", ticket, "--json", code=2).error
    assert error["code"] == "conflict"
    assert "rescue" in error["hint"]


def test_the_same_change_by_both_is_no_conflict(
    desk: DeskAtWork, ticket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    during = colleague(desk, "set", ticket, "title=ours")
    editor(tmp_path, monkeypatch, f"{during}text = text.replace('title: E104', 'title: ours')")
    assert "nothing to change" in desk.tkt("edit", ticket).out


def test_nothing_changed_is_the_ticket_for_a_program(
    desk: DeskAtWork, ticket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, "pass")
    assert desk.json("edit", ticket)["id"] == ticket
    editor(tmp_path, monkeypatch, "text += '# a remark\\n'")
    assert desk.json("edit", ticket)["written"]["commit"] is None


def test_an_editor_that_leaves_bytes_that_are_no_text_loses_nothing(
    desk: DeskAtWork, ticket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, "path.write_bytes(b'title: caf\\xe9 au lait\\n'); sys.exit()")
    answer = desk.tkt("edit", ticket, code=2)
    assert "bug" not in answer.err
    (kept,) = rescued(desk)
    assert kept.read_bytes() == b"title: caf\xe9 au lait\n"
    assert str(kept) in answer.err


def test_an_editor_that_fails_after_typing_loses_nothing(
    desk: DeskAtWork, ticket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, "path.write_text('title: typed\\n'); sys.exit(3)")
    assert "exit code 3" in desk.tkt("edit", ticket, code=2).err
    assert [kept.read_text() for kept in rescued(desk)] == ["title: typed\n"]


@pytest.mark.parametrize("program", ["path.unlink(); sys.exit()", "path.unlink(); path.mkdir(); sys.exit()"])
def test_an_editor_that_removes_the_file_changes_nothing(
    desk: DeskAtWork, ticket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    editor(tmp_path, monkeypatch, program)
    assert "left no file; nothing was changed" in desk.tkt("edit", ticket, code=2).err


@pytest.mark.parametrize("name", ["vim '", 'ed "x', "\0"])
def test_an_editor_that_is_no_command_is_refused(
    desk: DeskAtWork, ticket: str, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("os.environ", {**os.environ, "VISUAL": " ", "EDITOR": name})
    assert desk.tkt("edit", ticket, code=2).err.startswith("error: the editor ")


def test_a_title_is_not_edited_away(
    desk: DeskAtWork, ticket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, "text = text.replace('title: E104', 'title:')")
    desk.tkt("edit", ticket, code=2)
    assert desk.json("show", ticket)["title"] == "E104"


def test_a_new_ticket_that_is_edited_is_one_answer(
    desk: DeskAtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, "text += 'impact: one\\n'")
    assert desk.json("new", "--channel", "phone", "--text", "x", "--edit")["impact"] == "one"


def rescued(desk: DeskAtWork) -> list[Path]:
    """What was kept of what somebody typed."""
    return sorted((desk.root / ".git" / "tkt" / "rescue").glob("*"))
