"""Two halves of the key figures say what they say together."""

from __future__ import annotations

from pathlib import Path

import pytest
from report_desk import WEEK, with_the_week

from tkt.reports import material
from tkt.store import copies

MANY_WAYS = ((), ("--json",), ("--compare", "previous"), ("--by", "team"))


def test_a_large_desk_is_told_as_a_small_one_is(
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # given a desk, and what its report says when it is computed in one go
    known = tmp_path_factory.getbasetemp() / "desk-of-the-week"
    desk = with_the_week(tmp_path / "desk", known, capsys)
    alone = [desk.tkt("report", "kpi", *WEEK, *how).out for how in MANY_WAYS]
    named = desk.tkt("report", "kpi", *WEEK, "--ids").out
    # when it counts as large, on two cores
    monkeypatch.setattr(material, "MANY", 1)
    monkeypatch.setattr(copies, "cores", lambda: 2)
    # then it says the same, and names the tickets where they are asked for
    assert [desk.tkt("report", "kpi", *WEEK, *how).out for how in MANY_WAYS] == alone
    assert desk.tkt("report", "kpi", *WEEK, "--ids").out == named
