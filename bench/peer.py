"""What must a program that is compared be able to do?"""

from __future__ import annotations

import re
import shutil
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import ClassVar

from holdings import Request
from measure import Taken, run


class Peer(ABC):
    """One program with so many requests in `folder`; `where` is where it is used, a clone for instance.

    `reads_files`: what it lists lies in text files that an editor may change; `commits`: a change is a
    commit in git; `lacks`: what it does not do and tkt does.
    """

    name: ClassVar[str]
    program: ClassVar[str]
    reads_files: ClassVar[bool]
    commits: ClassVar[bool]
    lacks: ClassVar[str]
    line: ClassVar[str]  # what a line of its list looks like that shows one request

    def __init__(self, folder: Path, program: str) -> None:
        self.folder = folder
        self.where = folder
        self.path = program
        self.counter = count(1)

    @classmethod
    def found(cls) -> str | None:
        """The program's path, if it is installed."""
        return shutil.which(cls.program)

    @property
    def env(self) -> Mapping[str, str]:
        """What it needs in its environment."""
        return {}

    def ask(self, *words: str | Path, codes: Sequence[int] = (0,), stdin: bytes = b"") -> Taken:
        """Run it. Errors: Failed."""
        return run([self.path, *words], self.where, env=self.env, codes=codes, stdin=stdin)

    def shown(self, taken: Taken) -> int:
        """How many requests stand in a list."""
        return len(re.findall(self.line, taken.out.decode(errors="replace"), re.M))

    @abstractmethod
    def fill(self, requests: Sequence[Request]) -> None:
        """Make the folder and put them in, by the fastest way there is."""

    @abstractmethod
    def list_open(self) -> Taken:
        """All that are open, into a pipe."""

    @abstractmethod
    def filtered(self) -> Taken:
        """All open ones of one owner and one priority."""

    @abstractmethod
    def show(self, request: Request) -> Taken:
        """One, whole."""

    @abstractmethod
    def new(self) -> Taken:
        """One more, with its commit where there is one."""

    def make_cold(self) -> None:
        """Turn to a fresh clone; what keeps no clone has nothing to be warm either."""
        if self.commits:
            self.where = fresh_clone(self.folder)


def git_repository(folder: Path) -> None:
    """An empty one with an identity. Errors: Failed."""
    folder.mkdir(parents=True, exist_ok=True)
    run(["git", "init", "-q", "-b", "main"], folder)
    for name, value in (
        ("user.name", "Bench"),
        ("user.email", "bench@desk.example"),
        ("gc.auto", "0"),
        ("maintenance.auto", "false"),
    ):
        run(["git", "config", name, value], folder)


def commit_all(folder: Path) -> None:
    """One commit of everything. Errors: Failed."""
    run(["git", "add", "-A"], folder)
    run(["git", "commit", "-q", "-m", "all"], folder)


def fresh_clone(folder: Path) -> Path:
    """Beside it, made anew. Errors: Failed."""
    clone = folder.with_name(folder.name + "-clone")
    shutil.rmtree(clone, ignore_errors=True)
    run(["git", "clone", "-q", str(folder), str(clone)], folder.parent)
    return clone
