"""Two clones of one desk, and the bare repository between them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from clones import Origin, made_origin, made_pair
from helpers import DeskAtWork, configure_git


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Origin:
    return made_origin(tmp_path_factory.mktemp("origin"))


@pytest.fixture(scope="session")
def together(made: Origin, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_pair(made, tmp_path_factory.mktemp("together"), parted=False)


@pytest.fixture(scope="session")
def apart(made: Origin, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_pair(made, tmp_path_factory.mktemp("apart"), parted=True)


@pytest.fixture
def parted() -> None:
    """Given that both wrote on the active ticket, and the other one's is on the remote already."""


@pytest.fixture
def origin(
    made: Origin, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Origin:
    configure_git(Path.home())
    monkeypatch.setenv("TKT_NOW", "2026-11-16T03:00:00Z")
    pair: Path = request.getfixturevalue("apart" if "parted" in request.fixturenames else "together")
    shutil.copytree(pair, tmp_path / "pair", symlinks=True)
    return replace(made, git=tmp_path / "pair/origin.git")


@pytest.fixture
def here(origin: Origin, capsys: pytest.CaptureFixture[str]) -> DeskAtWork:
    return DeskAtWork(origin.git.parent / "here", capsys, now="2026-11-16T03:10:00Z")


@pytest.fixture
def there(origin: Origin, capsys: pytest.CaptureFixture[str]) -> DeskAtWork:
    return DeskAtWork(origin.git.parent / "there", capsys, now="2026-11-16T03:05:00Z")
