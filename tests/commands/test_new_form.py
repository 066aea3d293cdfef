"""`tkt new --edit`: the form of a category, typed before anything is recorded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from helpers import DeskAtWork
from test_edit import editor

CHECKOUT = Path(__file__).resolve().parents[2]


def test_the_form_asks_what_its_category_asks(
    desk: DeskAtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled = "text = text.replace('# channel:', 'channel: phone #').replace('# symptom:', 'symptom: E104 #').replace('text: |-\\n  ', 'text: |-\\n  It says E104\\n  again')"
    seen = editor(tmp_path, monkeypatch, filled)
    found = desk.json("new", "--edit", "--type", "product", "--category", "fault", "--set", "order_no=0012")
    shown = seen.read_text("utf-8")
    assert "# symptom:   # What do you see?" in shown
    assert "category: fault\n" in shown
    assert 'order_no: "0012"' in shown
    assert (found["channel"], found["symptom"], found["order_no"]) == ("phone", "E104", "0012")
    assert (found["title"], found["events"][1]["text"]) == ("It says E104", "It says E104\nagain")
    assert desk.git("rev-list", "--count", "HEAD").strip() == "2"


def test_what_cannot_be_used_is_kept_and_nothing_is_recorded(
    desk: DeskAtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, "text = 'channel: fone\\ntext: words that took an hour\\n'")
    answer = desk.tkt("new", "--edit", code=2)
    assert "did you mean phone?" in answer.err
    kept = answer.err.partition("kept in ")[2].split()[0]
    assert "words that took an hour" in Path(kept).read_text("utf-8")
    assert desk.json("list", "status:all") == []


@pytest.mark.parametrize("left", ["''", "'# nothing\\n'", "'text: |-\\n  \\n'"])
def test_an_empty_form_records_nothing(
    desk: DeskAtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: str
) -> None:
    editor(tmp_path, monkeypatch, f"text = {left}")
    assert "nothing was recorded" in desk.tkt("new", "--edit", code=130).err


def test_a_wrong_option_is_told_before_the_editor_opens(
    desk: DeskAtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = editor(tmp_path, monkeypatch, "pass")
    assert "did you mean product?" in desk.tkt("new", "--edit", "--type", "prodct", code=2).err
    assert not seen.exists()


def test_given_options_are_enough_where_the_form_is_left_as_it_is(
    desk: DeskAtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, "pass")
    found = desk.json(
        "new",
        "E104",
        "--edit",
        "--channel",
        "email",
        "--from",
        "张伟 <z@a.example>",
        "--text",
        "a\n\nb",
        "--tag",
        "x",
    )
    assert (found["contact"], found["tags"]) == ({"name": "张伟", "email": "z@a.example"}, ["x"])
    assert found["events"][1]["text"] == "a\n\nb"


def test_an_editor_gets_no_pipe(desk: DeskAtWork) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tkt", "-C", str(desk.root), "new", "--edit"],
        input="x", capture_output=True, text=True, check=False, cwd=CHECKOUT,
    )  # fmt: skip
    assert done.returncode == 2
    assert "--text - < FILE" in done.stderr
