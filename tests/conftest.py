"""What all tests share: no identity, configuration or language of the machine's own leaks in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import DeskAtWork, configure_git
from hypothesis import settings

from tkt.cli import main

settings.register_profile(
    "steady", derandomize=True, deadline=None
)  # the short suite: the same cases each time
settings.register_profile("wide", max_examples=400, deadline=None)  # the long one: new ones, and many
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(autouse=True)
def a_machine_of_our_own(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A home without git configuration, English, no desk's variables, UTC."""
    home = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if name.startswith(("TKT_", "GIT_", "LC_", "LANGUAGE")):
            monkeypatch.delenv(name)
    for name, value in {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": str(home / ".gitconfig"),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "COLUMNS": "120",
    }.items():
        monkeypatch.setenv(name, value)
    yield
    from tkt import i18n

    i18n.activate("en")


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> DeskAtWork:
    """A fresh saas desk, in English, of Li Wei's."""
    configure_git(Path(os.environ["HOME"]))
    monkeypatch.setenv("TKT_NOW", "2026-11-16T02:00:00Z")
    root = tmp_path / "desk"
    assert main(["init", str(root)]) == 0
    return DeskAtWork(root, capsys)
