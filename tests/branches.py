"""Two branches of one desk, merged every way: with tkt's merge driver and without, either side first."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from helpers import DeskAtWork

from tkt.desk import Desk
from tkt.model import Ticket

DRIVER = f"{shlex.quote(sys.executable)} -m tkt merge-driver %O %A %B %P"


@dataclass
class Branches:
    """A desk whose `one` and `other` have left `main`."""

    desk: DeskAtWork
    known: dict[str, dict[str, set[str]]] = field(default_factory=dict)

    def git(self, *args: str, code: int | None = 0) -> str:
        """What git answers on standard output; `code` None takes any exit code."""
        done = subprocess.run(["git", *args], cwd=self.desk.root, capture_output=True, text=True, check=False)
        assert code is None or done.returncode == code, f"git {args}: {done.stdout}{done.stderr}"
        return done.stdout

    def with_driver(self, wanted: bool) -> None:
        """Tell git of tkt's merge driver, or take it out of its configuration."""
        if wanted:
            self.git("config", "merge.tkt.driver", DRIVER)
        else:
            self.git("config", "--remove-section", "merge.tkt", code=None)

    def on(self, branch: str, start: str = "main") -> None:
        """Be on a branch, which begins at `start`."""
        self.git("checkout", "-q", "-B", branch, start)

    def commit(self, message: str = "by hand") -> str:
        """Commit everything as it lies."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD").strip()

    def merged(self, ours: str, theirs: str) -> str:
        """Merge as a user does, repair, finish; the tree that comes out."""
        self.git("checkout", "-q", "-f", "-B", "result", ours)
        self.git("merge", "-q", "--no-edit", theirs, code=None)
        self.desk.tkt("repair")
        if (self.desk.root / ".git/MERGE_HEAD").exists():
            self.git("commit", "-q", "--no-edit")
        return self.tree()

    def rebased(self, branch: str, onto: str) -> str:
        """Rebase as a user does, repairing at each stop; the tree that comes out."""
        self.git("checkout", "-q", "-f", "-B", "result", branch)
        self.git("-c", "core.editor=true", "rebase", "-q", onto, code=None)
        while (self.desk.root / ".git/rebase-merge").exists():
            self.desk.tkt("repair")
            self.git("-c", "core.editor=true", "rebase", "--continue", code=None)
        self.desk.tkt("repair")
        return self.tree()

    def tree(self) -> str:
        """The tree of HEAD; nothing is left over beside it."""
        assert self.git("status", "--porcelain") == ""
        return self.git("rev-parse", "HEAD^{tree}").strip()

    def events(self, rev: str) -> dict[str, set[str]]:
        """Ticket → ids of its events, as of a revision; each is read once."""
        sha = self.git("rev-parse", rev).strip()
        if sha not in self.known:
            self.git("checkout", "-q", "-f", sha)
            self.known[sha] = {it.id: {event.id for event in it.events} for it in self.tickets()}
        return self.known[sha]

    def tickets(self) -> Sequence[Ticket]:
        """Every ticket that lies here; each can be read and lies once."""
        reading = Desk.open(self.desk.root).read()
        assert not reading.problems, [str(problem) for problem in reading.problems]
        return reading.tickets


def must_hold_everything(it: Branches, tree: str, *sides: str) -> None:
    """Every event of every side is in the result exactly once, each ticket has one file, and check is content."""
    it.git("checkout", "-q", "-f", "result")
    assert it.tree() == tree
    names = Counter(path.name for path in it.desk.root.glob("tickets/**/*.yaml"))
    assert all(count == 1 for count in names.values()), names
    there = {ticket.id: [event.id for event in ticket.events] for ticket in it.tickets()}
    assert it.desk.json("check", code=None)["errors"] == 0, it.desk.tkt("check", code=None).err
    had = [(side, it.events(side)) for side in sides]
    for side, tickets in had:
        for ticket, events in tickets.items():
            missing = events - set(there[ticket])
            assert not missing, f"{ticket} lost {missing} of {side}"
            assert len(there[ticket]) == len(set(there[ticket]))
    known = {ticket: set().union(*(tickets.get(ticket, set()) for _, tickets in had)) for ticket in there}
    strange = {ticket: set(events) - known[ticket] for ticket, events in there.items()}
    assert not any(strange.values()), strange
    it.git("checkout", "-q", "-f", "result")


def merged_every_way(it: Branches) -> str:
    """Merge `one` and `other` with and without the driver, either side first; all must give one tree."""
    trees = {}
    for driver in (True, False):
        it.with_driver(driver)
        for ours, theirs in (("one", "other"), ("other", "one")):
            tree = it.merged(ours, theirs)
            must_hold_everything(it, tree, "one", "other")
            trees[(driver, ours)] = tree
    assert len(set(trees.values())) == 1, trees
    return next(iter(trees.values()))


def lying(root: Path, ticket: str) -> str:
    """The directory in which a ticket's only file lies."""
    (found,) = root.glob(f"tickets/**/{ticket}.yaml")
    return found.relative_to(root).parts[1]
