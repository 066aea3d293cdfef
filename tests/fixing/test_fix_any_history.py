"""Whatever hands and commands did to a ticket, in whatever order: what stands in it is recorded, once."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from fixdesk import CHEN, ID, WANG, commit, errors, events, fixed, git_mv, prepared
from helpers import DeskAtWork

Op = Callable[[DeskAtWork, random.Random], object]


def _line(desk: DeskAtWork, key: str, line: str) -> None:
    """Write one top-level line anew by hand."""
    path = desk.path(ID)
    lines = path.read_text().split("\n")
    place = next(number for number, each in enumerate(lines) if each.startswith(f"{key}:"))
    lines[place] = line
    path.write_text("\n".join(lines))


def _tags(desk: DeskAtWork, dice: random.Random) -> None:
    path = desk.path(ID)
    text = path.read_text()
    head, tail = text[: text.index("tags:")], text[text.index("received_at:") :]
    members = dice.sample(["a", "b", "invoice"], dice.randint(1, 3))
    path.write_text(f"{head}tags:\n" + "".join(f"  - {it}\n" for it in members) + tail)


def _move(desk: DeskAtWork, dice: random.Random) -> None:
    present = desk.path(ID).parent.name
    git_mv(desk, "tickets/" + dice.choice([it for it in ("new", "assigned", "resolved") if it != present]))


def _branch(desk: DeskAtWork, dice: random.Random) -> None:
    """A hand edit on a branch that is merged at once, beside a commit on the other."""
    commit(desk, WANG, desk.now)
    desk.git("checkout", "-qb", f"b{desk.now[11:16].replace(':', '')}")
    _line(desk, "urgency", f"urgency: {dice.choice(['red', 'yellow', 'green'])}")
    desk.write("other.txt", desk.now)
    commit(desk, CHEN, desk.now)
    desk.git("checkout", "-q", "-")
    desk.write("another.txt", desk.now)
    commit(desk, WANG, desk.now)
    desk.git("merge", "-q", "--no-edit", "@{-1}")


OPS: tuple[Op, ...] = (
    lambda desk, dice: _line(desk, "title", f"title: t{dice.randint(0, 2)}"),
    lambda desk, dice: _line(desk, "urgency", f"urgency: {dice.choice(['red', 'yellow', 'green'])}"),
    lambda desk, _dice: _line(desk, "impact", "impact: many"),
    _tags,
    _move,
    _branch,
    lambda desk, dice: desk.tkt("set", ID, f"title=t{dice.randint(0, 2)}", code=None),
    lambda desk, dice: desk.tkt("tag", ID, dice.choice("ab"), "-invoice", code=None),
    lambda desk, _dice: desk.tkt("note", ID, "-m", "x"),
    lambda desk, _dice: commit(desk, WANG, desk.now),
    lambda desk, _dice: commit(desk, CHEN, desk.now),
    lambda desk, _dice: fixed(desk, code=0),
)


@pytest.mark.parametrize("seed", range(8))
def test_after_any_history_the_events_say_what_stands_in_the_file(desk: DeskAtWork, seed: int) -> None:
    dice = random.Random(seed)
    prepared(desk)
    start = desk.git("rev-parse", "HEAD").strip()
    for minute in range(12):
        desk.at(f"2026-11-16T03:{minute:02d}:00Z")
        dice.choice(OPS)(desk, dice)
    before = desk.json("show", ID)
    known = [event["id"] for event in before["events"]]
    since = ["--changed-since", start] if seed % 2 else []
    fixed(desk.at("2026-11-18T03:00:00Z"), *since)
    after = desk.json("show", ID)
    kept = ("status", "title", "urgency", "impact", "tags")
    assert [after[key] for key in kept] == [before[key] for key in kept]
    assert [event["id"] for event in events(desk) if event["id"] in known] == known
    assert all("recorded_at" in event for event in events(desk) if event["id"] not in known)
    assert errors(desk) == []
    assert not since or errors(desk, *since) == []
    assert fixed(desk, *since)["planned"] == []
