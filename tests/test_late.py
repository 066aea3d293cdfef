"""A pattern that is compiled at its first use answers as one that was compiled at once."""

from __future__ import annotations

import re

import pytest

from tkt.late import late


def test_a_late_pattern_matches_as_any() -> None:
    word = late(r"(?P<letter>[a-z])\d", re.IGNORECASE)
    for _ in range(2):
        found = word.fullmatch("X1")
        assert found is not None
        assert found["letter"] == "X"
        assert word.sub("-", "a1 b2") == "- -"
    assert word.pattern == r"(?P<letter>[a-z])\d"


def test_a_pattern_that_is_none_is_told_where_it_is_used() -> None:
    wrong = late("(")
    with pytest.raises(re.error):
        wrong.search("x")
