"""What was parsed is not parsed again, and nothing that was kept can make a configuration wrong."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from gitdesk import git, write

from tkt.errors import ConfigError
from tkt.newdesk import create_desk
from tkt.store import parsed
from tkt.store.config import desk_language, load_configuration


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A desk whose configuration was read once."""
    create_desk(tmp_path, name="desk")
    load_configuration(tmp_path)
    return tmp_path


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that are parsed from now on."""
    seen: list[str] = []
    real = parsed.read_document

    def spied(data: bytes, path: str) -> Any:
        seen.append(path)
        return real(data, path)

    monkeypatch.setattr(parsed, "read_document", spied)
    return seen


def kept(root: Path) -> Path:
    return next(folder for folder in (root / ".git/tkt/desk", root / ".tkt") if folder.is_dir()) / parsed.NAME


def forget() -> None:
    """As another process would begin."""
    parsed._last.clear()


def test_what_did_not_change_is_not_parsed_again(root: Path, calls: list[str]) -> None:
    before = load_configuration(root)
    forget()
    after = load_configuration(root)
    assert calls == []
    assert (after.workflow, after.sla, after.calendars) == (before.workflow, before.sla, before.calendars)
    line = before.line_of("workflow", "statuses", "new")
    assert line is not None
    assert after.line_of("workflow", "statuses", "new") == line


def test_an_edit_of_the_same_size_and_time_is_seen(root: Path, calls: list[str]) -> None:
    file = root / "tkt.yaml"
    stamp = file.stat()
    file.write_text(file.read_text().replace("language: en", "language: zh"))
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    for begins_anew in (False, True):
        if begins_anew:
            forget()
        assert desk_language(root) == "zh"
        assert load_configuration(root).desk.language == "zh"
    assert calls == ["tkt.yaml"]


@pytest.mark.parametrize("noise", [b"", b"\0" * 5000, b"tkt 0.0.0 configuration 1\n" + b"\x80" * 90])
def test_noise_in_its_place_costs_time_only(root: Path, noise: bytes, calls: list[str]) -> None:
    before = load_configuration(root)
    kept(root).write_bytes(noise)
    forget()
    assert load_configuration(root).workflow == before.workflow
    assert "tkt.yaml" in calls
    forget()
    calls.clear()
    load_configuration(root)
    assert calls == []


def test_one_changed_byte_is_noticed(root: Path, calls: list[str]) -> None:
    data = bytearray(kept(root).read_bytes())
    data[-200] ^= 1
    kept(root).write_bytes(data)
    forget()
    load_configuration(root)
    assert calls


def test_where_nothing_can_be_kept_it_is_parsed(root: Path, calls: list[str]) -> None:
    kept(root).unlink()
    kept(root).mkdir()
    for _ in range(2):
        forget()
        calls.clear()
        assert load_configuration(root).desk.zone
        assert "tkt.yaml" in calls
    assert not [each for each in kept(root).parent.iterdir() if each.name.endswith(".tmp")]


def test_a_faulty_file_is_told_with_its_line_each_time(root: Path) -> None:
    write(root, "config/views.yaml", "views:\n  a: 1\n  a: 2\n")
    for _ in range(2):
        with pytest.raises(ConfigError) as told:
            load_configuration(root)
        assert (told.value.path, told.value.line) == ("config/views.yaml", 3)
        forget()


def test_a_fault_of_a_kept_file_is_told_with_its_line(root: Path) -> None:
    write(root, "config/views.yaml", "views: {}\nother: 1\n")
    for _ in range(2):
        with pytest.raises(ConfigError) as told:
            load_configuration(root)
        assert (told.value.path, told.value.line) == ("config/views.yaml", 2)
        forget()


def test_git_does_not_see_it(root: Path) -> None:
    if not (root / ".git").exists():
        git(root, "init", "-q")
    assert parsed.NAME not in git(root, "status", "--porcelain", "--untracked-files=all").replace("tkt/", "")
