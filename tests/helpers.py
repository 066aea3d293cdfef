"""A real desk in a temporary folder, worked on by the command line as a user works."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tkt.cli import main

AGENT = ("Li Wei", "li.wei@desk.example")
START = "2026-11-16T02:00:00Z"  # Monday 10:00 in Shanghai


@dataclass
class Answer:
    """What a command line printed, and how it left."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The answer of `--json`."""
        found = json.loads(self.out)
        assert found["schema"] == 1
        return found["data"]

    @property
    def error(self) -> dict[str, Any]:
        """The error of `--json`."""
        found: dict[str, Any] = json.loads(self.err)["error"]
        return found


@dataclass
class DeskAtWork:
    """A desk, its git repository, and a clock that the test moves."""

    root: Path
    capsys: pytest.CaptureFixture[str]
    now: str = START
    environment: Mapping[str, str] = field(default_factory=dict)

    def tkt(self, *args: str, code: int | None = 0) -> Answer:
        """Run a command line in this process; `code` is what it must leave with (None: anything)."""
        self.capsys.readouterr()
        os.environ["TKT_NOW"] = self.now
        left = main(["-C", str(self.root), *args])
        captured = self.capsys.readouterr()
        answer = Answer(left, captured.out, captured.err)
        if code is not None:
            assert left == code, f"tkt {' '.join(args)} left with {left}\n{answer.out}\n{answer.err}"
        return answer

    def json(self, *args: str, code: int | None = 0) -> Any:
        """The data that a command line answers with `--json`."""
        return self.tkt(*args, "--json", code=code).data

    def git(self, *args: str) -> str:
        """What git answers."""
        done = subprocess.run(["git", *args], cwd=self.root, capture_output=True, text=True, check=True)
        return done.stdout

    def path(self, ticket: str) -> Path:
        """Where the file of a ticket lies."""
        (found,) = self.root.glob(f"tickets/**/{ticket}.yaml")
        return found

    def write(self, path: str, text: str | bytes) -> Path:
        """A file of the desk, written by hand."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def at(self, now: str) -> DeskAtWork:
        """The same desk at another time."""
        self.now = now
        return self


def configure_git(home: Path, name: str = AGENT[0], email: str = AGENT[1]) -> None:
    """Tell git who works here."""
    (home / ".gitconfig").write_text(
        f"[user]\nname = {name}\nemail = {email}\n[init]\ndefaultBranch = main\n"
    )


def small_demo(root: Path, capsys: pytest.CaptureFixture[str], *, now: str) -> DeskAtWork:
    """The demo desk with 40 tickets, made at `now`, which `TKT_NOW` must say too."""
    assert main(["demo", str(root), "--tickets", "40"]) == 0
    return DeskAtWork(root, capsys, now=now)
