"""A number beside what it was before: the change has one sign, and the form of its unit."""

from __future__ import annotations

import pytest
from kpi_desk import CONFIG

from tkt.reports.numbers import AGAINST, Told, change_cell

COUNT = Told(name="n", label=AGAINST.label, kpi="K5", key=("n",), unit="count")


@pytest.mark.parametrize(
    ("told", "now", "before", "shown"),
    [
        (AGAINST, -0.47, -0.62, "+0.15"),
        (AGAINST, -0.62, -0.47, "−0.15"),
        (AGAINST, 0.5, 0.5, "±0.00"),
        (COUNT, 73, 38, "+35"),
        (COUNT, 5, 25, "−20"),
        (COUNT, 5, None, ""),
    ],
)
def test_a_change_has_one_sign(told: Told, now: float, before: float | None, shown: str) -> None:
    assert change_cell(told, now, before, CONFIG) == shown
