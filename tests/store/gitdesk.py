"""Real git repositories for the tests of the store."""

from __future__ import annotations

import subprocess
from pathlib import Path

IDENTITY = ("Li Wei", "li.wei@example.com")


def git(folder: Path, *args: str, check: bool = True, stdin: str | None = None) -> str:
    """Run plain git; its standard output."""
    done = subprocess.run(
        ["git", *args], cwd=folder, capture_output=True, text=True, input=stdin, check=False
    )
    assert not check or done.returncode == 0, done.stderr
    return done.stdout


def write(root: Path, path: str, text: str) -> Path:
    """A file of the desk."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def staged(folder: Path) -> str:
    """The whole index, entry by entry."""
    return git(folder, "ls-files", "--stage")


def hook(folder: Path, name: str, script: str) -> None:
    """Install a hook."""
    file = write(folder, f".git/hooks/{name}", f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
