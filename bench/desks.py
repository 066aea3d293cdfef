"""How does a desk of a hundred thousand tickets come to be within a minute?

    .venv/bin/python bench/desks.py DIR [--tickets 100000] [--seed 1]

DIR becomes a repository of two commits, the empty desk and its tickets: one in ten is open, the others
lie closed in twenty monthly folders; half are Chinese, half English; the same seed gives the same bytes.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from story import CUSTOMERS, NOW, asker
from tickets import tickets

from tkt.demo import PEOPLE
from tkt.newdesk import create_desk
from tkt.store.gitrepo import GitRepo

WHO = f"{PEOPLE[0].name} <{PEOPLE[0].email}> {NOW} +0000"


def main() -> int:
    """Make one desk and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if (asked.folder / "tkt.yaml").exists():
        print(f"there is a desk in {asked.folder} already", file=sys.stderr)
        return 1
    start = time.perf_counter()
    make_desk(asked.folder, asked.tickets, seed=asked.seed)
    print(f"{asked.folder}: {asked.tickets} tickets in {time.perf_counter() - start:.1f} s")
    return 0


def make_desk(root: Path, number: int, *, seed: int = 1) -> None:
    """A desk in `root`, committed, `git status` clean and its index fresh."""
    root.mkdir(parents=True, exist_ok=True)
    create_desk(root, name="A desk to measure on", people=PEOPLE)
    GitRepo.init(root, identity=(PEOPLE[0].name, str(PEOPLE[0].email)))
    quiet(root)
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "an empty desk")
    fill(root, commit("refs/heads/main", "the tickets of a desk", files(number, seed)))
    git(root, "reset", "-q", "--hard", "main")
    settle(root)


def quiet(root: Path) -> None:
    """No maintenance behind our back while something is measured."""
    for name, value in (("gc.auto", "0"), ("maintenance.auto", "false"), ("core.fsmonitor", "false")):
        git(root, "config", name, value)


def settle(root: Path) -> None:
    """Let the clock go on, so that no file is as new as git's index; then refresh that."""
    time.sleep(1.1)
    git(root, "update-index", "-q", "--refresh")


def files(number: int, seed: int) -> Iterator[tuple[str, str]]:
    """Path and text of every file that is added to an empty desk."""
    for place in range(CUSTOMERS):
        who = asker(place)
        contact = f"- {{name: {who.name}, email: {who.email}}}\n"
        text = f"name: Shop {place:02}\ntier: {who.tier}\nlanguage: {who.language}\ncontacts:\n{contact}"
        yield f"customers/{who.id}.yaml", text
    yield from tickets(number, seed)


def commit(branch: str, subject: str, parts: Iterator[tuple[str, str]]) -> Iterator[bytes]:
    """A commit on top of `branch` as `git fast-import` reads it."""
    yield f"commit {branch}\ncommitter {WHO}\ndata {len(subject)}\n{subject}\nfrom {branch}^0\n".encode()
    for path, text in parts:
        data = text.encode()
        yield b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data)


def fill(root: Path, stream: Iterator[bytes]) -> None:
    """Put commits into the repository. Errors: CalledProcessError."""
    command = ["git", "fast-import", "--quiet", "--force"]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE) as importing:
        assert importing.stdin is not None  # noqa: S101
        for part in stream:
            importing.stdin.write(part)
    if importing.returncode:
        raise subprocess.CalledProcessError(importing.returncode, command)


def git(root: Path, *words: str) -> str:
    """What a git command prints. Errors: CalledProcessError."""
    done = subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout


if __name__ == "__main__":
    raise SystemExit(main())
