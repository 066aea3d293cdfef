"""Folders are found whether or not the file system counts them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tkt.store import folders
from tkt.store.folders import folders_below


@pytest.mark.parametrize("counts", [True, False])
def test_every_folder_below_is_found_and_no_link_followed(
    tmp_path: Path, counts: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("new", "closed/2026-10", "closed/2026-11", "odd/deep/er"):
        (tmp_path / "tickets" / name).mkdir(parents=True)
    (tmp_path / "tickets/new/a.yaml").touch()
    (tmp_path / "tickets/link").symlink_to(tmp_path)
    if not counts:
        monkeypatch.setattr(folders, "_links", lambda _folder: 1)
    found = {str(Path(each).relative_to(tmp_path)) for each in folders_below(str(tmp_path / "tickets"))}
    assert found == {
        "tickets", "tickets/new", "tickets/closed", "tickets/closed/2026-10", "tickets/closed/2026-11",
        "tickets/odd", "tickets/odd/deep", "tickets/odd/deep/er",
    }  # fmt: skip


def test_what_is_not_there_has_none_below(tmp_path: Path) -> None:
    assert list(folders_below(str(tmp_path / "none"))) == [str(tmp_path / "none")]
