"""Twenty minutes of an agent's day, as a transcript to be read: would you like to type on this?

UPDATE_GOLDEN=1 python -m pytest tests/e2e/test_agents_day.py    writes tests/golden/day/*.txt anew
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import StringIO
from itertools import count

import pytest
from day_told import BEFORE, CHINESE, DAY, PEOPLE, Line, Step
from goldens import golden
from helpers import DeskAtWork

from tkt.render.text import width

COLUMNS = 80
TAILS = ["K7Q2M", "4F8ZD", "W3X9P", "R6T1B", "9HNE5", "JV2C8", "5YBAM", "D0GQ7"]
"""How the tickets of the day are called, in the order in which they come."""


class Terminal(StringIO):
    """Somebody who types these lines, and sees what they type."""

    def isatty(self) -> bool:
        return True

    def readline(self, size: int | None = -1) -> str:
        line = super().readline(-1 if size is None else size)
        print(line, end="")
        return line


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The language of the day."""
    monkeypatch.setenv("TKT_LANG", request.param)
    return str(request.param)


@pytest.fixture
def terminal(language: str, desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch) -> DeskAtWork:
    """The desk at a terminal of 80 columns without colours, its ids and people known."""
    tails, commands = iter(TAILS), count(1)
    monkeypatch.setattr(
        "tkt.ids.random_characters", lambda n: next(tails) if n == 5 else f"{next(commands):0{n}d}"
    )
    for name, value in {"COLUMNS": str(COLUMNS), "TERM": "dumb", "NO_COLOR": "1", "CI": ""}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(desk.root)
    people = (desk.root / "config/people.yaml").read_text("utf-8")
    people, found = re.subn(r"(?<=\npeople:\n)(?:  .*\n)+", told_people(language), people)
    assert found == 1
    desk.write("config/people.yaml", people.replace('lead: "li.wei"', "lead: wang.fang"))
    desk.write("scan-1116.png", b"\x89PNG\r\n\x1a\n" + bytes(4000))
    desk.write(".git/info/exclude", "scan-*.png\n")
    desk.git("commit", "-qam", "people")
    return desk


def test_twenty_minutes_of_an_agents_day(
    terminal: DeskAtWork, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at, words in BEFORE:
        terminal.at(f"2026-11-{at}:00+08:00").tkt(*(told(word, language) for word in words))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", sys.stdout)
    story = "\n".join(part for step in DAY for part in scene(terminal, step, language, monkeypatch))
    assert story == golden(f"day/{language}.txt", story)
    assert "bug in tkt" not in story
    assert [line for line in story.splitlines() if is_too_wide(line)] == []


def scene(desk: DeskAtWork, step: Step, language: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """What the agent thinks, types and sees."""
    if step.thought:
        yield f"# {step.at}  {told(step.thought, language)}\n"
    words = [told(word, language) for word in step.words]
    monkeypatch.setattr(sys, "stdin", Terminal("".join(f"{told(each, language)}\n" for each in step.typed)))
    answer = desk.at(f"2026-11-16T{step.at}:00+08:00").tkt(*words, code=step.code)
    yield f"$ tkt {' '.join(map(quoted, words))}\n{steady(answer.out)}"


def told(line: Line, language: str) -> str:
    """The line in the language of the day."""
    return CHINESE[line] if language == "zh" and line in CHINESE else line


def told_people(language: str) -> str:
    """Who works here, under the names that the day's language gives them."""
    return "".join(
        f"  {key}: {{name: {told(name, language)}, email: {key}@desk.example, teams: [{team}]}}\n"
        for key, name, team in PEOPLE
    )


def quoted(word: str) -> str:
    return word if re.fullmatch(r"[\w@:=,./-]+", word, re.ASCII) else f'"{word}"'


def steady(shown: str) -> str:
    """Without what differs from run to run."""
    plain = "".join(f"{line.rstrip()}\n" for line in shown.splitlines())
    return re.sub(r"\b[0-9a-f]{10}\b", "SHA", plain)


def is_too_wide(line: str) -> bool:
    """A line that the terminal would break, but for what is typed and what is to be pasted."""
    return width(line) > COLUMNS and not line.startswith(("$ ", "#")) and "tkt " not in line
