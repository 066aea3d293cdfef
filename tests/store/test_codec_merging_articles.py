"""How an article of knowledge/ is merged (docs/file-format.md, Merging)."""

from __future__ import annotations

import pytest

from tkt.errors import DataError
from tkt.store.codec.decoding import MARK
from tkt.store.codec.merging import MergedText, merged_text

PATH = "knowledge/error-e104.md"
FRONT = "---\ntitle: E104  # seen often\ntags: [a, b]\n---\n"
BODY = "# E104\n\nFirst.\n\nSecond.\n\nThird.\n"
BASE = FRONT + BODY


def three(base: str | None, ours: str, theirs: str) -> MergedText:
    return merged_text(None if base is None else base.encode(), ours.encode(), theirs.encode(), path=PATH)


def test_the_front_matter_is_merged_by_key_and_the_text_by_line() -> None:
    ours = BASE.replace("[a, b]", "[a, b, x]").replace("First.", "1st.")
    theirs = BASE.replace("[a, b]", "[b]").replace("E104  #", "E 104  #").replace("Third.", "3rd.")
    found = three(BASE, ours, theirs)
    assert found.data.decode() == (
        BASE.replace("[a, b]", "[b, x]").replace("E104  #", "E 104  #").replace("First.", "1st.").replace("Third.", "3rd.")
    )  # fmt: skip
    assert not found.conflicted
    assert found.data == three(BASE, theirs, ours).data


def test_lines_that_both_changed_stand_between_markers_for_a_person() -> None:
    found = three(BASE, BASE.replace("Second.", "2nd."), BASE.replace("Second.", "Two."))
    assert found.conflicted
    marked = "<<<<<<< ours\n2nd.\n=======\nTwo.\n>>>>>>> theirs\n"
    assert found.data.decode() == BASE.replace("Second.\n", marked)


def test_a_key_that_lost_is_a_comment_above_the_one_that_won() -> None:
    found = three(BASE, BASE.replace("title: E104", "title: one"), BASE.replace("title: E104", "title: two"))
    assert (found.conflicted, found.clashes) == (True, ("title",))
    front = found.data.decode().split("---\n")[1]
    assert "# title: " in front
    assert {"one", "two"} <= {*front.replace(":", " ").split()}
    assert "events" not in front


def test_without_front_matter_there_is_the_text_alone() -> None:
    found = three(BODY, BODY.replace("First", "1st"), BODY.replace("Third", "3rd"))
    assert found.data.decode() == BODY.replace("First", "1st").replace("Third", "3rd")


def test_front_matter_that_one_side_gave_stays() -> None:
    found = three(BODY, BASE, BODY.replace("Third", "3rd"))
    assert found.data.decode() == FRONT + BODY.replace("Third", "3rd")
    assert not found.conflicted


def test_front_matter_that_one_side_took_away_and_the_other_changed_is_for_a_person() -> None:
    found = three(BASE, BODY, BASE.replace("[a, b]", "[a]"))
    assert found.conflicted
    assert "tags: [a]" in found.data.decode()


def test_an_article_that_both_wrote_has_what_both_have_once() -> None:
    found = three(None, BASE, BASE.replace("[a, b]", "[b, c]") + "\nFourth.\n")
    assert "tags: [a, b, c]" in found.data.decode() or "tags: [b, a, c]" in found.data.decode()
    assert found.data.decode().endswith(BODY + "\nFourth.\n")


def test_what_one_side_changed_alone_stays_byte_for_byte() -> None:
    strange = "---\r\nno front matter ends\r\nno line end"
    assert three(BASE, strange, BASE).data.decode() == strange
    assert three(None, strange, strange).data.decode() == strange


def test_line_ends_and_byte_order_marks_stay() -> None:
    def crlf(text: str) -> bytes:
        return MARK + text.replace("\n", "\r\n").encode()

    ours, theirs = BASE.replace("First", "1st"), BASE.replace("Third", "3rd")
    found = merged_text(crlf(BASE), crlf(ours), crlf(theirs), path=PATH).data
    assert found == crlf(ours.replace("Third", "3rd"))


def test_a_heading_of_equal_signs_is_no_conflict_marker() -> None:
    base = BASE.replace("# E104", "E104\n=======")
    found = three(base, base.replace("First", "1st"), base.replace("Third", "3rd"))
    assert "E104\n=======\n" in found.data.decode()


def test_an_article_that_cannot_be_read_is_an_error() -> None:
    with pytest.raises(DataError):
        three(BASE, BASE.replace("[a, b]", "[a, b"), BASE.replace("[a, b]", "[b]"))
    with pytest.raises(DataError):
        merged_text(BASE.encode(), b"\xff\xfe\x00", (BASE + "x").encode(), path=PATH)
