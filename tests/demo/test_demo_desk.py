"""The demo desk on the disk: a repository of its own, whole, clean, with nobody's identity but its own."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tkt.demo import CUSTOMERS, PEOPLE, build_demo, building
from tkt.desk import Desk
from tkt.errors import TktError

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


def git(root: Path, *words: str) -> str:
    return subprocess.run(
        ["git", "-C", str(root), *words], check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_demo_desk_is_made_where_git_knows_nobody(tmp_path: Path, language: str) -> None:
    made = build_demo(tmp_path / "demo", tickets=25, seed=1, now=NOW, language=language)
    desk = Desk.open(made.root)
    reading = desk.read()
    assert len(reading.tickets) == made.tickets == 25
    assert reading.problems == ()
    assert {customer.id for customer in desk.customers()} == {customer.id for customer in CUSTOMERS}
    assert desk.config.desk.language == language
    assert git(made.root, "status", "--porcelain") == ""
    assert git(made.root, "rev-parse", "HEAD") == made.commit
    assert git(made.root, "log", "-1", "--format=%an <%ae>") == f"{PEOPLE[0].name} <{PEOPLE[0].email}>"
    assert desk.me() == PEOPLE[0].id


def test_many_tickets_come_in_several_commits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "BATCH", 10)
    made = build_demo(tmp_path / "demo", tickets=25, seed=1, now=NOW, language="en")
    assert len(Desk.open(made.root).read().tickets) == 25
    assert git(made.root, "rev-list", "--count", "HEAD") == "4"
    assert git(made.root, "status", "--porcelain") == ""


def test_inside_another_repository_it_has_its_own(tmp_path: Path) -> None:
    git(tmp_path, "init")
    made = build_demo(tmp_path / "build" / "demo", tickets=2, seed=1, now=NOW, language="en")
    assert Path(git(made.root, "rev-parse", "--show-toplevel")) == made.root.resolve()


def test_a_second_demo_in_one_place_is_refused(tmp_path: Path) -> None:
    made = build_demo(tmp_path / "demo", tickets=2, seed=1, now=NOW, language="en")
    with pytest.raises(TktError):
        build_demo(made.root, tickets=2, seed=2, now=NOW, language="en")
    assert len(Desk.open(made.root).read().tickets) == 2
