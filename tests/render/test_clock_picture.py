"""`tkt sla explain` draws each clock: what ran, what stood still, when it was due; at any width, in ASCII too."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sla_desk import LEVELS, ZONE, agent, at, customer, explained, ticket, wait

from tkt import i18n
from tkt.render.clock_picture import CELLS, Picture, legend, picture_of
from tkt.render.screen import Screen
from tkt.render.text import width
from tkt.sla import explain

PLAIN = Screen(columns=40, has_unicode=False)
ANSWERED_LATE = ticket(agent("11:30"))  # a P3: 2 h to answer, due at 11:00


def drawn(it: object, now: str, clock: str, screen: Screen = PLAIN) -> Picture:
    found = picture_of(explained(it, now, clock), ZONE, at(now), screen)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_a_bar_shows_what_counted_and_what_was_past_due() -> None:
    bar, marks, axis = drawn(ANSWERED_LATE, "12:00", "first_response").lines
    assert bar == "#" * 29 + "!" * 7  # 2 h of 2 h 30
    assert marks == " " * 28 + "X" + " " * 6 + "*"
    assert axis.split() == ["09-15", "09:00", "10:00", "10:30", "11:00"]


def test_a_running_clock_goes_on_to_its_due_time() -> None:
    bar, marks, _axis = drawn(ticket(), "10:00", "first_response").lines
    assert bar == "#" * 18  # 1 h of 2 h
    assert marks == " " * 18 + "|" + " " * 16 + "^"


def test_pauses_and_closed_hours_look_different() -> None:
    it = ticket(agent("10:00", asks_customer=True), wait("10:00"), customer("2025-09-16T10:00"))
    bar = drawn(it, "2025-09-16T11:00", "resolution").lines[0]
    assert set("#~.") <= set(bar)
    assert bar.startswith("#~")
    assert bar.index(".") > bar.index("~")


def test_what_is_too_short_for_a_cell_is_seen_all_the_same() -> None:
    it = ticket(agent("2025-09-25T09:05"))
    quick = ticket(agent("2025-09-16T09:01"), received="2025-09-15T18:00")
    assert drawn(it, "2025-09-26T09:00", "first_response").lines[0].count("!") > 0
    assert "#" in drawn(quick, "2025-09-16T10:00", "first_response").lines[0]


def test_where_nothing_was_promised_there_is_no_picture() -> None:
    nothing = ticket(priority="P4")
    assert picture_of(explained(nothing, "10:00", "first_response"), ZONE, at("10:00"), PLAIN) is None


def test_blocks_where_the_terminal_knows_them_and_colours_where_it_has_any() -> None:
    plain = drawn(ANSWERED_LATE, "12:00", "first_response", Screen(columns=40))
    coloured = drawn(ANSWERED_LATE, "12:00", "first_response", Screen(columns=40, has_colour=True))
    assert plain.lines[0] == "█" * 29 + "▚" * 7
    assert coloured.lines[0] == f"\x1b[32m{'█' * 29}\x1b[0m\x1b[31m{'▚' * 7}\x1b[0m"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_legend_names_what_was_drawn_and_fits(language: str) -> None:
    i18n.activate(language)
    screen = Screen(columns=24, has_colour=False)
    signs = drawn(ANSWERED_LATE, "12:00", "first_response", screen).signs
    lines = list(legend(signs, screen))
    assert max(map(width, lines)) <= 24
    assert "█" in lines[0]
    assert not any(CELLS["paused"].drawn in line for line in lines)
    coloured = Screen(columns=24, has_colour=True)
    assert len(list(legend(signs, coloured))) == len(lines)


@given(minutes=st.integers(0, 3 * 24 * 60), later=st.integers(0, 400 * 24 * 60), columns=st.integers(10, 200))
def test_a_picture_fits_its_window_and_is_drawn_of_every_time(minutes: int, later: int, columns: int) -> None:
    start: datetime = at("09:00")
    it = ticket(agent(start + timedelta(minutes=minutes)))
    now = start + timedelta(minutes=minutes + later, seconds=1)
    for clock in ("first_response", "resolution"):
        (found,) = explain(it, LEVELS, now, clock)
        picture = picture_of(found, ZONE, now, Screen(columns=columns, has_unicode=False))
        assert picture is None or max(map(len, picture.lines)) <= max(columns - 4, 8)
