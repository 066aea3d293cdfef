"""Files with git's conflict markers are taken apart into the versions they hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tkt.store.codec.markers import sides, wholes

CONFLICT = b"a\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> other\nz\n"


def test_both_sides_are_whole_files() -> None:
    found = sides(CONFLICT)
    assert found is not None
    assert (found.base, found.ours, found.theirs) == (None, b"a\nours\nz\n", b"a\ntheirs\nz\n")


def test_the_base_is_there_where_git_was_told_to_write_it() -> None:
    found = sides(b"a\n<<<<<<< HEAD\nours\n||||||| 1234\nbase\n=======\ntheirs\n>>>>>>> other\nz\n")
    assert found is not None
    assert found.base == b"a\nbase\nz\n"


def test_of_nested_conflicts_the_outer_one_counts() -> None:
    text = b"<<<<<<<< HEAD\n<<<<<<< x\none\n=======\ntwo\n>>>>>>> y\n========\ntheirs\n>>>>>>>> other\n"
    found = sides(text)
    assert found is not None
    assert found.theirs == b"theirs\n"
    assert sides(found.ours) is not None


def test_windows_line_ends_stay() -> None:
    found = sides(CONFLICT.replace(b"\n", b"\r\n"))
    assert found is not None
    assert found.ours == b"a\r\nours\r\nz\r\n"


def test_what_only_looks_like_a_marker_is_text() -> None:
    for text in (
        b"a\n=======\nb\n",
        b"<<<<<<< HEAD\nours\n",
        b"  <<<<<<< HEAD\n=======\n>>>>>>> x\n",
        b"a\n>>>>>>> x\n",
    ):
        assert sides(text) is None
        assert wholes(text) == (text,)


LINES = st.lists(st.sampled_from([b"a\n", b"b\n", b"  text\n", b"\n"]), max_size=4).map(b"".join)


@given(before=LINES, ours=LINES, theirs=LINES, after=LINES)
def test_what_git_writes_is_taken_apart_again(
    before: bytes, ours: bytes, theirs: bytes, after: bytes
) -> None:
    text = before + b"<<<<<<< HEAD\n" + ours + b"=======\n" + theirs + b">>>>>>> other\n" + after
    assert wholes(text) == (before + ours + after, before + theirs + after)
