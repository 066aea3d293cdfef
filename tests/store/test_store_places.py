"""Pages and exports are never written into the folders that the desk itself lies in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tkt.errors import Refused
from tkt.store.places import refuse_ours


@pytest.mark.parametrize("place", ["tickets", "knowledge/html", "pages/../config", ".git/x", "link/deep"])
def test_a_folder_of_the_desk_is_refused_by_whatever_name(tmp_path: Path, place: str) -> None:
    (tmp_path / "replies").mkdir()
    (tmp_path / "link").symlink_to("replies")
    with pytest.raises(Refused, match="own folders"):
        refuse_ours(tmp_path / place, tmp_path)


@pytest.mark.parametrize("place", ["site", "../public", "ticketsx", "pages/tickets"])
def test_a_folder_beside_them_is_taken(tmp_path: Path, place: str) -> None:
    refuse_ours(tmp_path / place, tmp_path)
