"""docs/kpi.md K5 over many windows: each leg's backlog is the replayed one; and every rule has a test that names it."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from kpi_desk import at, judged_as, window
from kpi_week import TICKETS, VERDICTS

from tkt.kpis import KPIS
from tkt.kpis.course import course
from tkt.kpis.life import lives_of
from tkt.kpis.window import Window

LIVES = lives_of(judged_as(TICKETS, VERDICTS, at("2026-11-02T10:00")), at("2026-11-02T10:00"))
HERE = Path(__file__).parent


def legs(*days: str) -> tuple[Window, ...]:
    ends = [f"{day}T00:00" for day in days]
    return tuple(window(start, end) for start, end in itertools.pairwise(ends))


def test_the_backlog_at_each_end_is_the_one_before_and_what_came_and_went() -> None:
    # K5: B(t2) = B(t1) + created − finished + reopened
    windows = legs("2026-10-03", "2026-10-05", "2026-10-06", "2026-10-07", "2026-10-12", "2026-10-13")
    before = sum(life.is_open_before(windows[0].start) for life in LIVES)
    for leg in course(LIVES, windows):
        before += len(leg.created) - len(leg.finished) + len(leg.reopened)
        assert leg.backlog == before == sum(life.is_open_before(leg.window.end) for life in LIVES)


def test_no_window_is_no_course() -> None:
    assert course(LIVES, ()) == ()


@pytest.mark.parametrize("number", [*KPIS, "K-stat"])
def test_every_rule_is_quoted_by_a_test(number: str) -> None:
    texts = (
        path.read_text("utf-8")
        for path in [*HERE.glob("test_kpi_*.py"), *HERE.parent.glob("properties/*kpi*.py")]
    )
    quoted = re.compile(rf"(?:docs/kpi\.md|# )[^\n]*\b{re.escape(number)}\b")
    assert any(quoted.search(text) for text in texts if "test_every_rule_is_quoted" not in text)
