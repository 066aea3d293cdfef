"""How two texts become one line by line (docs/file-format.md, Merging)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tkt.merging.lines import pieces

texts = st.lists(st.sampled_from("abcd"), max_size=8)


def together(base: str | None, ours: str, theirs: str) -> str:
    """Lines as letters; a conflict as `<ours=theirs>`."""
    found = pieces(None if base is None else list(base), list(ours), list(theirs))
    return "".join(
        f"<{''.join(it.ours)}={''.join(it.theirs)}>" if it.is_conflict else "".join(it.lines) for it in found
    )


def test_changes_at_two_places_are_both_made() -> None:
    assert together("abcde", "aXcde", "abcdY") == "aXcdY"
    assert together("abc", "bc", "abcd") == "bcd"


def test_two_changes_at_one_place_are_a_conflict() -> None:
    assert together("abc", "aXc", "aYc") == "a<X=Y>c"
    assert together("abc", "ac", "aYc") == "a<=Y>c"


def test_the_same_change_on_both_sides_is_made_once() -> None:
    assert together("abc", "aXc", "aXc") == "aXc"


def test_without_a_base_the_lines_that_both_have_are_one() -> None:
    assert together(None, "abc", "abcd") == "abcd"
    assert together(None, "aXc", "aYc") == "a<X=Y>c"


@given(texts, texts)
def test_what_one_side_changed_alone_comes_out_as_it_is(base: list[str], side: list[str]) -> None:
    for three in ((base, side, base), (base, base, side), (base, side, side), (None, side, side)):
        found = list(pieces(*three))
        assert [line for piece in found for line in piece.lines] == side
        assert not any(piece.is_conflict for piece in found)


@given(texts, texts, texts)
def test_it_does_not_matter_which_side_is_ours(base: list[str], ours: list[str], theirs: list[str]) -> None:
    there = [(it.base, it.ours, it.theirs) for it in pieces(base, ours, theirs)]
    back = [(it.base, it.theirs, it.ours) for it in pieces(base, theirs, ours)]
    assert there == back


@given(texts, texts, texts)
def test_every_line_of_each_version_is_in_some_piece(
    base: list[str], ours: list[str], theirs: list[str]
) -> None:
    found = list(pieces(base, ours, theirs))
    assert [line for it in found for line in it.base] == base
    assert [line for it in found for line in it.ours] == ours
    assert [line for it in found for line in it.theirs] == theirs
