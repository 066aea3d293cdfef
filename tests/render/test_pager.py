"""A long answer goes through a pager; one that is missing or fails costs nothing."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tkt.render.pager import paged
from tkt.store.gitquick import quick_pager

LINES = [f"line {number} 第{number}行" for number in range(60)]


class Terminal(io.TextIOWrapper):
    """A file that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("LINES", "24")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("CI", raising=False)
    file = tmp_path / "screen"

    def show(command: str, lines: list[str] = LINES) -> str:
        with Terminal(file.open("wb"), "utf-8", newline="") as terminal:
            monkeypatch.setattr(sys, "stdout", terminal)
            with paged(lambda: command):
                for line in lines:
                    print(line)
            assert sys.stdout is terminal
        return file.read_text("utf-8")

    return show


def test_what_does_not_fit_goes_through_the_pager(shown) -> None:
    assert shown("sed s/^/P:/").splitlines() == [f"P:{line}" for line in LINES]


def test_what_fits_is_printed(shown) -> None:
    assert shown("sed s/^/P:/", LINES[:5]).splitlines() == LINES[:5]
    assert "P:" in shown("sed s/^/P:/", ["长" * 2000])


@pytest.mark.parametrize("command", ["", "cat", " ", "no-such-pager -R", "sh -c 'exit 127'"])
def test_without_a_pager_everything_is_printed(shown, command: str) -> None:
    assert shown(command).splitlines() == LINES


def test_a_pager_that_is_left_early_costs_nothing(shown) -> None:
    assert shown("head -2", LINES * 4000).splitlines() == LINES[:2]


def test_a_refusal_comes_behind_what_was_printed(shown) -> None:
    with pytest.raises(KeyError):
        shown_then_failed(shown)


def shown_then_failed(shown) -> None:
    class Failing(list):
        def __iter__(self):
            yield from LINES
            raise KeyError

    shown("sed s/^/P:/", Failing())


def test_no_pager_in_ci_or_on_a_dumb_terminal(shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert shown("sed s/^/P:/").splitlines() == LINES
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("CI", "1")
    assert shown("sed s/^/P:/").splitlines() == LINES


def test_the_pager_is_tkts_then_gits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_PAGER", "git-pager")
    assert quick_pager(tmp_path) == "git-pager"
    for mine in ("mine", ""):
        monkeypatch.setenv("TKT_PAGER", mine)
        assert quick_pager(tmp_path) == mine
