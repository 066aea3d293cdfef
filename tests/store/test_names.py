"""Names are kept only while they are surely those of the folder; whatever is wrong with them costs time alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tkt.store import names as module
from tkt.store.names import FOLDER, KeptNames, Names

MONTH = "tickets/closed/2026-10"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk without git, with a month whose folder nobody can have changed while it was looked at."""
    monkeypatch.setattr(module, "MANY", 1)
    monkeypatch.setattr(module, "_CAN_TELL", True)
    _later(monkeypatch)
    for name in ("261001-AAAAA.yaml", "261002-BBBBB.yaml", "OIL-261003-CCCCC.yaml", ".gitkeep"):
        _put(tmp_path, name)
    return tmp_path


def _later(monkeypatch: pytest.MonkeyPatch) -> None:
    from tkt.store import stamps

    monkeypatch.setattr(module, "clock_ns", lambda: stamps.clock_ns() + 10**11)


def _put(root: Path, name: str) -> None:
    (root / MONTH).mkdir(parents=True, exist_ok=True)
    (root / MONTH / name).write_text("x")


def _stems(names: Names) -> list[str]:
    return sorted(names.stems.split("/"))


def _kept(root: Path) -> list[Path]:
    return sorted((root / ".tkt" / FOLDER).glob("*"))


ALL = ["261001-AAAAA", "261002-BBBBB", "OIL-261003-CCCCC"]


def test_what_is_kept_is_what_was_listed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = KeptNames(root).names(MONTH)
    assert _stems(first) == ALL
    assert "01L-261003-CCCCC".replace("L", "1") in first.spelled
    assert len(_kept(root)) == 1
    monkeypatch.setattr(os, "listdir", lambda *_: pytest.fail("listed again"))
    assert KeptNames(root).names(MONTH) == first


def test_a_name_that_comes_or_goes_is_seen(root: Path) -> None:
    KeptNames(root).names(MONTH)
    _put(root, "261004-DDDDD.yaml")
    assert "261004-DDDDD" in _stems(KeptNames(root).names(MONTH))
    (root / MONTH / "261001-AAAAA.yaml").unlink()
    assert "261001-AAAAA" not in _stems(KeptNames(root).names(MONTH))


def test_a_folder_that_has_its_old_times_again_is_another_one(root: Path) -> None:
    before = (root / MONTH).stat()
    KeptNames(root).names(MONTH)
    _put(root, "261004-DDDDD.yaml")
    os.utime(root / MONTH, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "261004-DDDDD" in _stems(KeptNames(root).names(MONTH))


def test_of_a_folder_that_has_just_changed_nothing_is_kept(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tkt.store import stamps

    monkeypatch.setattr(module, "clock_ns", stamps.clock_ns)
    assert _stems(KeptNames(root).names(MONTH)) == ALL
    assert _kept(root) == []


@pytest.mark.parametrize("damage", [b"", b"nothing of ours", None])
def test_damage_costs_time_alone(root: Path, damage: bytes | None) -> None:
    KeptNames(root).names(MONTH)
    (file,) = _kept(root)
    data = file.read_bytes()
    file.write_bytes(data[:-3] + b"ZZZ" if damage is None else damage)
    assert _stems(KeptNames(root).names(MONTH)) == ALL
    assert file.read_bytes() == data


def test_names_of_another_folder_are_not_believed(root: Path) -> None:
    KeptNames(root).names(MONTH)
    (file,) = _kept(root)
    other = "tickets/closed/2026-09"
    (root / MONTH).rename(root / other)
    file.rename(file.with_name(other.replace("/", "-")))
    (root / other / "261001-AAAAA.yaml").unlink()
    assert _stems(KeptNames(root).names(other)) == ALL[1:]


def test_where_nothing_can_be_kept_it_is_listed(root: Path) -> None:
    (root / ".tkt").write_text("in the way")
    assert _stems(KeptNames(root).names(MONTH)) == ALL


def test_of_a_few_names_nothing_is_kept(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MANY", 10)
    assert _stems(KeptNames(root).names(MONTH)) == ALL
    assert _kept(root) == []
