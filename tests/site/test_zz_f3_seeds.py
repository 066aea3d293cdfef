"""Whatever changes: pages of which only some were made again are those that a build from nothing makes."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from helpers import DeskAtWork, small_demo

NOW = "2026-11-22T04:00:00Z"
BUILDS = {
    "status": ("report", "site", "--public"),
    "public": ("kb", "build", "--public"),
    "internal": ("kb", "build"),
    "site": ("report", "site"),
}
FORCED = ("--force", "--reason", "test")
TEMPLATE = '{% extends "site/base.html.j2" %}{% block main %}<h1>Ours {{ page.title }}</h1>{% endblock %}'
JUDGED_AT = re.compile(r'<p class="note">[^<]*\d\d:\d\d[^<]*</p>|<footer class="colophon">.*?</footer>', re.S)
"""When a page was made, or its clocks were judged: it stands as long as it is right."""
AS_OF = re.compile(r'(<p class="lead">[^\n]*\d{4}-\d\d-\d\d) \d\d:\d\d')
"""As of when a status page was told: the day is always this one."""


class Changes:
    """Whatever a desk goes through, by chance."""

    def __init__(self, desk: DeskAtWork, chance: random.Random) -> None:
        self.desk = desk
        self.chance = chance

    def ticket(self) -> str:
        return self.chance.choice(sorted(it.stem for it in self.desk.root.glob("tickets/**/*.yaml")))

    def article(self) -> Path:
        return self.chance.choice(sorted(self.desk.root.glob("knowledge/*.md")))

    def edit(self, path: Path, pattern: str, to: str) -> None:
        path.write_text(re.sub(pattern, to, path.read_text("utf-8"), count=1, flags=re.M), "utf-8")
        if self.chance.random() < 0.7:
            self.desk.git("commit", "-qam", "by hand", "--allow-empty")

    def do(self, *args: str) -> None:
        self.desk.tkt(*args, code=None)

    def all(self) -> list[Callable[[], object]]:
        config, nobody = self.desk.root / "config", self.desk.root / "templates/status/ticket.html.j2"
        return [
            lambda: self.do("reply", self.ticket(), "-m", "An answer", "--kb", self.article().stem),
            lambda: self.do("note", self.ticket(), "-m", "A note"),
            lambda: self.do("move", self.ticket(), "in-progress", *FORCED),
            lambda: self.do("move", self.ticket(), "closed", "--code", "fixed", "--text", "x", *FORCED),
            lambda: self.do("spam", self.ticket()),
            lambda: self.do("duplicate", self.ticket(), "--of", self.ticket()),
            lambda: self.do("set", self.ticket(), "title=Another title"),
            lambda: self.do("redact", self.ticket(), "--field", "title", "--reason", "x"),
            lambda: self.do("new", "New", "-c", "email", "--from", "z@z.example", "-m", "hello"),
            lambda: self.do("tick"),
            lambda: self.do("forget", self.chance.choice(sorted(self.customers())), "--yes", "--reason", "x"),
            lambda: self.desk.path(self.ticket()).unlink(),
            lambda: self.edit(self.desk.path(self.ticket()), r"^title: .*", "title: by hand"),
            lambda: self.edit(self.article(), r"\Z", f"\nSee [this]({self.article().name}).\n"),
            lambda: self.edit(self.article(), "^visibility: public", "visibility: internal"),
            lambda: self.article().unlink(),
            lambda: self.edit(config / "people.yaml", r"public_name: (\w)", r"public_name: X\1"),
            lambda: self.edit(config / "workflow.yaml", r"public: \{en: ", "public: {en: X"),
            lambda: self.edit(self.desk.root / "tkt.yaml", "Asia/Shanghai", "Europe/Berlin"),
            lambda: self.edit(self.desk.root / "tkt.yaml", "language: en", "language: zh"),
            lambda: self.desk.write(str(nobody.relative_to(self.desk.root)), TEMPLATE),
            lambda: nobody.unlink(missing_ok=True),
            *[lambda hours=hours: self.wait(hours) for hours in (1, 3, 9, 25, 31 * 24)],
        ]  # fmt: skip

    def customers(self) -> list[str]:
        return [it.stem for it in self.desk.root.glob("customers/*.yaml")]

    def wait(self, hours: int) -> None:
        at = datetime.fromisoformat(self.desk.now) + timedelta(hours=hours)
        self.desk.at(at.strftime("%Y-%m-%dT%H:%M:%SZ"))


def pages(folder: Path, *, only: str = "") -> dict[str, str]:
    """All files of a folder but its manifest."""
    found = {it.relative_to(folder).as_posix(): it for it in folder.rglob("*") if it.is_file()}
    return {
        name: AS_OF.sub(r"\1", JUDGED_AT.sub("", it.read_text("utf-8", "replace")))
        for name, it in sorted(found.items())
        if name != ".tkt-site.json" and name.startswith(only)
    }


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_pages_are_those_of_a_build_from_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setenv("TKT_NOW", NOW)
    monkeypatch.setenv("TKT_SECRET_PAGES", "a secret that all clones have")
    desk = small_demo(tmp_path / "desk", capsys, now=NOW)
    chance = random.Random(seed)
    changes = Changes(desk, chance).all()
    chance.shuffle(changes)
    for number, change in enumerate(changes):
        change()
        if number % 2:
            continue
        for kind, command in BUILDS.items():
            new = tmp_path / f"{kind}-new"
            desk.tkt(*command, "-o", str(tmp_path / kind), code=None)
            desk.tkt(*command, "-o", str(new), code=None)
            only = "tickets/" if kind == "site" else ""
            assert pages(tmp_path / kind, only=only) == pages(new, only=only), (number, kind)
            shutil.rmtree(new)
