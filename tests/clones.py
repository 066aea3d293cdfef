"""A desk made once for a module, and the clones of it that each test gets for itself."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from helpers import DeskAtWork, configure_git

from tkt.cli import main

CUSTOMER = "id: acme\nname: ACME\ncontacts:\n- name: Zhang Wei\n  emails: [zhang@acme.example]\n"
ANSWERED = (
    "--code",
    "answered",
    "--cause",
    "unknown",
    "-m",
    "Explained.",
    "--reply",
    "It is explained here.",
)


@dataclass(frozen=True)
class Origin:
    """A bare repository whose main is a desk with a closed, a resolved and an active ticket."""

    git: Path
    closed: str
    resolved: str
    active: str

    def copied_to(self, folder: Path) -> Origin:
        """The same for one test alone."""
        shutil.copytree(self.git, folder / self.git.name)
        return Origin(folder / self.git.name, self.closed, self.resolved, self.active)

    def cloned(self, folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> DeskAtWork:
        """A clone to work in, at a later hour than all that is in it."""
        git(self.git, "clone", "-q", *options, f"file://{self.git}", str(folder))
        return DeskAtWork(folder, capsys, now="2026-11-16T03:00:00Z")


def git(folder: Path, *args: str, code: int | None = 0) -> str:
    """What git answers on standard output; `code` None takes any exit code."""
    done = subprocess.run(["git", *args], cwd=folder, capture_output=True, text=True, check=False)
    assert code is None or done.returncode == code, f"git {args}: {done.stdout}{done.stderr}"
    return done.stdout


def state(desk: DeskAtWork) -> tuple[str, ...]:
    """Branch, index, what differs from it, and what is left unfinished: what a refusal must leave as it was."""
    left = [name for name in ("MERGE_HEAD", "rebase-merge") if (desk.root / ".git" / name).exists()]
    return (
        git(desk.root, "symbolic-ref", "-q", "HEAD", code=None),
        git(desk.root, "rev-parse", "HEAD"),
        git(desk.root, "ls-files", "--stage", "-t"),
        git(desk.root, "status", "--porcelain"),
        git(desk.root, "diff", "HEAD"),
        *left,
    )


def notes_of(desk: DeskAtWork, ticket: str) -> list[str]:
    """The texts of a ticket's notes, in order."""
    return [it["text"] for it in desk.json("show", ticket)["events"] if it["did"] == "note"]


def made_origin(folder: Path) -> Origin:
    """The desk with its history, made by commands, and the bare repository that has it."""
    root = folder / "made"
    with pytest.MonkeyPatch.context() as patch:
        _at_home(patch, folder)
        _Maker(patch).run("2026-10-01T00:00:00Z", "init", str(root))
        made = _Maker(patch, root, ("--no-commit",))
        (root / "customers/acme.yaml").write_text(CUSTOMER, "utf-8")
        closed, resolved = made.ticket("2026-10-05T02:00:00Z"), made.ticket("2026-11-09T02:00:00Z")
        active = made.ticket("2026-11-16T01:00:00Z")
        made.run("2026-10-05T03:00:00Z", "resolve", closed, *ANSWERED)
        made.run("2026-10-05T04:00:00Z", "close", closed, "--confirmed", "phone")
        made.run("2026-11-09T03:00:00Z", "resolve", resolved, *ANSWERED)
        git(root, "add", "tickets")
        git(root, "commit", "-qm", "three tickets")
        git(root, "add", "-A")
        git(root, "commit", "-qm", "a customer")
        git(folder, "clone", "-q", "--bare", str(root), str(folder / "origin.git"))
        git(folder / "origin.git", "repack", "-adq")
    shutil.rmtree(root)
    return Origin(folder / "origin.git", closed, resolved, active)


def made_pair(made: Origin, folder: Path, *, parted: bool) -> Path:
    """`origin.git`, and two clones of it, `here` and `there`, in a folder that may be copied.

    `parted`: both wrote on the active ticket, and the one there is on the remote already.
    """
    origin = made.copied_to(folder)
    with pytest.MonkeyPatch.context() as patch:
        _at_home(patch, folder)
        for name in ("here", "there"):
            git(folder, "clone", "-q", str(origin.git), name)
            git(folder / name, "remote", "set-url", "origin", "../origin.git")
        if parted:
            _Maker(patch, folder / "there").run("2026-11-16T03:05:00Z", "note", origin.active, "-m", "there")
            git(folder / "there", "push", "-q")
            _Maker(patch, folder / "here").run("2026-11-16T03:10:00Z", "note", origin.active, "-m", "here")
    return folder


def _at_home(patch: pytest.MonkeyPatch, home: Path) -> None:
    configure_git(home)
    for name, value in {
        "HOME": str(home),
        "GIT_CONFIG_GLOBAL": str(home / ".gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "TZ": "UTC",
    }.items():
        patch.setenv(name, value)


@dataclass
class _Maker:
    patch: pytest.MonkeyPatch
    root: Path = Path()
    options: tuple[str, ...] = ()

    def run(self, now: str, *args: str) -> str:
        self.patch.setenv("TKT_NOW", now)
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            code = main(["-C", str(self.root), *args, *self.options])
        assert code == 0, f"{args}: {out.getvalue()}"
        return out.getvalue()

    def ticket(self, now: str) -> str:
        """A ticket that is being worked on, and has been answered."""
        told = self.run(
            now, "new", "E104", "--channel", "phone", "--from", "Zhang Wei <zhang@acme.example>", "-m", "help",
            "--category", "billing", "--set", "order_no=A-1", "--set", "impact=one", "--set", "urgency=yellow",
            "--owner", "me", "--json",
        )  # fmt: skip
        found: str = json.loads(told)["data"]["id"]
        self.run(now, "start", found, "--set", "complexity=simple")
        self.run(now, "reply", found, "-m", "We look into it.")
        return found
