"""A redaction takes words out, and puts nothing else in their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.checks.words import is_what_is_left

OLD = "You get 300 yuan back, says Zhang Wei."


@pytest.mark.parametrize(
    ("new", "is_left"),
    [
        (OLD, True),
        (None, True),
        ([], True),
        ("You get 30 yuan back, says Zhang Wei.", False),
        ("", False),
        ("[redacted]", True),
        ("You get [redacted] back, says customer-4k2p9x.", True),
        ("You get 300 yuan back, says customer-4k2p9x.", True),
        ("You get 300 yuan back, says Customer 4.", False),
        ("You get [redacted]", True),
        ("You get back [redacted] yuan", False),
        ("[redacted] yuan[redacted]", True),
        ("[redacted]You get 300 yuan back, says Zhang Wei. Never.", False),
        ({"name": "customer-4k2p9x"}, True),
        ({"name": "Zhang"}, False),
    ],
)
def test_what_is_left_of_a_text(new, is_left: bool) -> None:
    assert is_what_is_left({"text": OLD}, new) is is_left


def test_nothing_comes_from_nothing() -> None:
    assert not is_what_is_left(None, "new words")
    assert is_what_is_left(None, None)


@given(st.lists(st.sampled_from(["a", "b", "ab", " ", "x-1"]), max_size=8), st.data())
def test_hiding_any_piece_leaves_a_part(pieces: list[str], data: st.DataObject) -> None:
    hidden = ["[redacted]" if data.draw(st.booleans()) else piece for piece in pieces]
    assert is_what_is_left("".join(pieces), "".join(hidden))


def test_many_stand_ins_take_no_longer() -> None:
    assert not is_what_is_left("a" * 5000, "[redacted]a" * 2000 + "b")
