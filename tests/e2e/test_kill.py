"""kill -9 at any instant: every ticket is there exactly once, readable; `check` names what to finish, `--fix` does."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from crashing import Ended, command, killed_at, run, steps_of
from helpers import DeskAtWork

from tkt.desk import Desk
from tkt.model import Ticket

LOG = Path(__file__).resolve().parents[1] / "data" / "incident_log_sample.csv"
Work = Callable[[], int]
NAMES = ["new", "move", "reply", "batch", "import"]


@dataclass
class Killing:
    """A desk on which commands are killed, again and again."""

    desk: DeskAtWork
    told: Path
    several: tuple[str, ...]
    seed: int
    count: int = 0

    @property
    def target(self) -> str:
        """The ticket that commands about one are about."""
        return self.several[0]

    def work(self, name: str) -> Work:
        """The command of that name, about the one ticket that they are all about."""
        self.count += 1
        text = f"words {self.seed}.{self.count}"
        lines = {
            "new": ("new", f"title {text}", "--channel", "phone", "--text", text),
            "move": self._move(),
            "reply": ("reply", self.target, "--text", text),
            "batch": ("batch", str(self._operations(text))),
            "import": ("import", "log", str(self._log()), "--map", "servicenow"),
        }
        return command(self.desk.root, *lines[name])

    def _operations(self, text: str) -> Path:
        """A note in each of the first three tickets, and one more ticket."""
        lines: list[dict[str, str]] = [{"do": "note", "id": name, "text": text} for name in self.several]
        lines.append({"do": "new", "title": text, "channel": "phone", "text": text})
        file = self.told.with_suffix(".jsonl")
        file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
        return file

    def _move(self) -> tuple[str, ...]:
        """Closed into a month and open again: both ways between directories."""
        if Desk.open(self.desk.root).ticket(self.target).status == "closed":
            return ("reopen", self.target)
        return ("close", self.target, "--code", "test")

    def _log(self) -> Path:
        """A log of three tickets that the desk does not have yet."""
        lines = LOG.read_text("utf-8").splitlines()
        numbers = list(dict.fromkeys(line.partition(",")[0] for line in lines[1:]))[:3]
        mine = [line for line in lines if line.partition(",")[0] in numbers]
        file = self.told.with_suffix(".csv")
        text = "\n".join([lines[0], *mine]).replace("INC", f"INC{self.seed}-{self.count}-")
        file.write_text(f"{text}\n", "utf-8")
        return file

    def tickets(self) -> dict[str, Ticket]:
        """Every ticket by its id; all can be read, and none lies in two places."""
        reading = Desk.open(self.desk.root).read()
        assert reading.problems == ()
        return {ticket.id: ticket for ticket in reading.tickets}

    def survive(self, ended: Ended, before: dict[str, Ticket]) -> None:
        """What was there is there; what was being written is there as before or as meant; the rest is finished."""
        after = self.tickets()
        assert before.keys() <= after.keys(), "a ticket is lost"
        for ticket_id, old in before.items():
            now = after[ticket_id]
            kept = [event for event in now.events if old.event(event.id)]
            assert tuple(kept) == old.events
            if ticket_id not in self.several:
                assert (now.events, now.values, now.path) == (old.events, old.values, old.path)
        self._finish()
        assert self.tickets().keys() == after.keys()
        assert ended.code in (None, 0, 2), ended.out

    def _finish(self) -> None:
        """What `check` and git name is done, and nothing else; then the desk takes the next command."""
        lock = self.desk.root / ".git/index.lock"
        if lock.exists():
            refused = self.desk.tkt("tag", self.target, "x", code=2)
            assert f"rm {lock}" in refused.err
            lock.unlink()
        for ref in (self.desk.root / ".git").glob("**/*.lock"):
            ref.unlink()  # git itself says so of HEAD.lock and of the branch's
        if self.desk.json("check", code=None)["errors"]:
            self.desk.tkt("check", "--fix", "--yes")
            assert self.desk.json("check")["errors"] == 0
        self.desk.tkt("note", self.target, "--text", "on we go")
        assert not [
            line for line in self.desk.git("status", "--porcelain").splitlines() if self.target in line
        ]


@pytest.fixture
def killing(desk: DeskAtWork, tmp_path: Path) -> Killing:
    seed = random.SystemRandom().randrange(1_000_000)
    for number in range(3):
        desk.tkt(
            "new", f"E10{number}", "--channel", "phone", "--text", "help", "--owner", "me",
            "--set", "impact=one", "--set", "urgency=green",
        )  # fmt: skip
    several = sorted(it.id for it in Desk.open(desk.root).read().tickets)
    return Killing(desk, tmp_path / "told", tuple(several), seed)


@contextmanager
def said(words: str) -> Iterator[None]:
    """What fails within says when and where it was killed."""
    try:
        yield
    except BaseException as error:
        error.add_note(words)
        raise


def spread(total: int, wanted: int, chance: random.Random) -> Iterator[int]:
    """So many of the steps 1 … total, one of each stretch."""
    for number in range(min(total, wanted)):
        low, high = (1 + total * place // min(total, wanted) for place in (number, number + 1))
        yield chance.randrange(low, max(high, low + 1))


def before_its_steps(killing: Killing, name: str, wanted: int) -> None:
    """Killed before any step of writing, of each stretch of them one."""
    chance = random.Random(killing.seed)
    total = steps_of(killing.work(name), killing.told)
    for step in spread(total, wanted, chance):
        before = killing.tickets()
        alone = chance.random() < 0.5
        with said(f"{name}: step {step} of {total}, alone: {alone}, seed {killing.seed}"):
            ended = killed_at(step, killing.work(name), killing.told, alone=alone)
            killing.survive(ended, before)


def at_any_moment(killing: Killing, name: str, wanted: int) -> None:
    """Killed at random moments, with the git that it has started."""
    chance = random.Random(killing.seed)
    whole = run(killing.work(name), killing.told)
    assert whole.code == 0, whole.out
    for number in range(wanted):
        before = killing.tickets()
        moment = whole.seconds * (number + chance.random()) / wanted
        with said(f"{name}: after {moment:.4f} s of {whole.seconds:.4f}, seed {killing.seed}"):
            ended = run(killing.work(name), killing.told, kill_after=moment)
            killing.survive(ended, before)


def test_a_command_that_is_killed_loses_nothing(killing: Killing) -> None:
    for name in NAMES:
        before_its_steps(killing, name, 2)
        at_any_moment(killing, name, 2)


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_a_command_that_is_killed_before_every_step_loses_nothing(killing: Killing, name: str) -> None:
    before_its_steps(killing, name, 1000)


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_a_command_that_is_killed_at_any_of_sixty_moments_loses_nothing(killing: Killing, name: str) -> None:
    at_any_moment(killing, name, 60)
