"""What all tests share: no identity, configuration or language of the machine's own leaks in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from clones import git
from helpers import DeskAtWork, configure_git
from hypothesis import settings

from tkt.cli import main

settings.register_profile(
    "steady", derandomize=True, deadline=None
)  # the short suite: the same cases each time
settings.register_profile("wide", max_examples=400, deadline=None)  # the long one: new ones, and many
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


NOW = "2026-11-16T02:00:00Z"


def on_a_machine_of_our_own(home: Path, patch: pytest.MonkeyPatch) -> None:
    """A home without git configuration, English, no desk's variables, UTC."""
    for name in list(os.environ):
        if name.startswith(("TKT_", "GIT_", "LC_", "LANGUAGE")):
            patch.delenv(name)
    for name, value in {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": str(home / ".gitconfig"),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "COLUMNS": "120",
    }.items():
        patch.setenv(name, value)


@pytest.fixture(autouse=True)
def a_machine_of_our_own(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """No test sees what the machine has set up."""
    on_a_machine_of_our_own(tmp_path_factory.mktemp("home"), monkeypatch)
    yield
    from tkt import i18n

    i18n.activate("en")


@pytest.fixture(scope="session")
def fresh_desk(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """What `tkt init` makes of an empty folder in a language: made once, copied in a tenth of the time."""

    @cache
    def made(language: str) -> Path:
        home = tmp_path_factory.mktemp("first")
        configure_git(home)
        root = home / "desk"
        with pytest.MonkeyPatch.context() as patch:
            on_a_machine_of_our_own(home, patch)
            patch.setenv("TKT_NOW", NOW)
            patch.setenv("TKT_LANG", language)
            assert main(["init", str(root)]) == 0
            git(root, "repack", "-adq")  # few files are copied faster
        shutil.rmtree(root / ".git" / "hooks")
        return root

    return made


@pytest.fixture
def desk(
    fresh_desk: Callable[[str], Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> DeskAtWork:
    """A fresh saas desk of Li Wei's, in the language that is set, else in English."""
    configure_git(Path(os.environ["HOME"]))
    monkeypatch.setenv("TKT_NOW", NOW)
    root = tmp_path / "desk"
    shutil.copytree(fresh_desk(os.environ.get("TKT_LANG", "en")), root, symlinks=True)
    return DeskAtWork(root, capsys)
