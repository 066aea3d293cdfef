"""How the text of a merged file comes about (docs/file-format.md, Merging: the text)."""

from __future__ import annotations

import pytest

from tkt.errors import DataError
from tkt.merging import TwoTickets
from tkt.store.codec import merging
from tkt.store.codec.decoding import MARK, MAX_BYTES
from tkt.store.codec.merging import (
    MergedText,
    merged_record_text,
    merged_text,
    merged_ticket_text,
    without_events,
)
from tkt.store.codec.plain import WriteError

PATH = "tickets/new/261120-K7Q2M.yaml"
HEAD = """\
id: 261120-K7Q2M
title: one
owner: li.wei
tags: [a, b]
"""
EVENTS = """\
events:
- id: aaaa00
  at: 2026-11-20T01:00:00Z
  by: zhang
  did: opened
  status: new
"""
BASE = HEAD + EVENTS


def note(event_id: str, text: str = "x", at: str = "02:00") -> str:
    return f"- id: {event_id}\n  at: 2026-11-20T{at}:00Z\n  by: li.wei\n  did: note\n  text: {text}\n"


def three(base: str | bytes | None, ours: str | bytes, theirs: str | bytes, path: str = PATH) -> MergedText:
    """The merged file, whichever side is ours."""
    data = [it if it is None or isinstance(it, bytes) else it.encode() for it in (base, ours, theirs)]
    found = merged_text(data[0], data[1] or b"", data[2] or b"", path=path)
    assert found == merged_text(data[0], data[2] or b"", data[1] or b"", path=path)
    return found


def text(base: str | bytes | None, ours: str | bytes, theirs: str | bytes, path: str = PATH) -> str:
    return three(base, ours, theirs, path).data.decode()


def changed(*changes: tuple[str, str], start: str = BASE) -> str:
    for old, new in changes:
        assert old in start
        start = start.replace(old, new, 1)
    return start


# --- keys ---


def test_each_key_keeps_the_lines_in_which_somebody_wrote_it() -> None:
    ours = changed(("title: one", 'title: "one"   # quoted'))
    theirs = changed(("owner: li.wei", "# since Monday\nowner:  wang"))
    assert text(BASE, ours, theirs) == changed(
        ("title: one", 'title: "one"   # quoted'), ("owner: li.wei", "# since Monday\nowner:  wang")
    )


def test_a_comment_behind_a_value_stays_when_the_other_side_changes_the_value() -> None:
    ours, theirs = changed(("title: one", "title: one  # why")), changed(("title: one", "title: two"))
    assert text(BASE, ours, theirs) == changed(("title: one", "title: two  # why"))


def test_the_lines_with_the_right_value_stay_where_both_changed_a_key() -> None:
    ours = changed(("title: one", "title: two")) + note("bbbb00")
    theirs = changed(("title: one", 'title: "three"  # new')) + note("cccc00", at="03:00")
    found = text(BASE, ours, theirs)
    assert 'title: "three"  # new\n' in found
    assert "  to: two\n" in found


def test_a_comment_whose_line_is_gone_stands_above_what_it_belonged_to() -> None:
    ours = changed(("title: one", "title: two  # ours")) + note("bbbb00")
    theirs = changed(("title: one", "title: three  # theirs")) + note("cccc00", at="03:00")
    assert "# ours\ntitle: three  # theirs\n" in text(BASE, ours, theirs)


def test_a_comment_at_a_key_that_the_other_side_removed_stands_above_the_next() -> None:
    ours = changed(("owner: li.wei", "owner: li.wei  # ill until Monday"))
    theirs = changed(("owner: li.wei\n", ""))
    assert text(BASE, ours, theirs) == changed(("owner: li.wei\n", "# ill until Monday\n"))


def test_a_comment_that_somebody_took_out_stays_out() -> None:
    base = changed(("title: one", "# draft\ntitle: one"))
    assert text(base, BASE, changed(("owner: li.wei", "owner: wang"), start=base)) == changed(
        ("li.wei", "wang")
    )


def test_a_comment_that_a_removed_key_left_behind_stands_there_once() -> None:
    base = changed(("owner: li.wei", "# who\nowner: li.wei"))
    ours = changed(("owner: li.wei\n", ""), start=base)
    theirs = changed(("owner: li.wei", "owner: wang"), start=base) + note("bbbb00")
    assert text(base, ours, theirs).count("# who") == 1


def test_comments_that_both_wrote_at_one_place_stand_there_both() -> None:
    ours, theirs = changed(("title:", "# b\ntitle:")), changed(("title:", "# a\n# b\ntitle:"))
    assert "# a\n# b\ntitle: one" in text(BASE, ours, theirs)


def test_a_new_key_goes_where_a_new_file_has_it_and_an_unknown_one_before_events() -> None:
    ours = changed(("owner: li.wei", "priority: P2\nowner: li.wei"))
    theirs = changed(("title: one", "rooms: 3\ntitle: one\nteam: tech"))
    assert list(_keys(text(BASE, ours, theirs))) == [
        "id", "title", "priority", "team", "owner", "tags", "rooms", "events",
    ]  # fmt: skip


def _keys(found: str) -> list[str]:
    return [line.split(":")[0] for line in found.split("\n") if line and line[0] not in " -#"]


def test_a_key_without_a_value_stays_as_it_stands() -> None:
    base = changed(("owner: li.wei", "owner:"))
    found = text(base, base + note("bbbb00"), changed(("one", "two"), start=base))
    assert "owner:\n" in found


def test_a_value_that_is_in_no_version_is_put_into_the_lines_that_are_there() -> None:
    ours, theirs = changed(("[a, b]", "[a, b, x]  # ours")), changed(("[a, b]", "[b, w]"))
    assert "tags: [b, w, x]  # ours" in text(BASE, ours, theirs)


def test_a_literal_block_keeps_its_form() -> None:
    block = "workaround: |\n  press\n    twice\n\n  # no comment\n"
    ours = changed(("events:", f"{block}events:"))
    found = text(BASE, ours, changed(("one", "two")) + note("cccc00"))
    assert block in found


def test_a_comment_inside_a_value_that_has_to_change_is_saved() -> None:
    base = changed(("tags: [a, b]", "tags:\n- a  # first\n- b"))
    ours = changed(("- a  # first\n- b\n", "- a  # first, ours\n- b\n- c\n"), start=base)
    theirs = changed(("\n- a  # first\n- b\n", " [d,  # theirs\n  b]\n"), start=base)
    found = text(base, ours, theirs)
    assert "first, ours" in found
    assert "# theirs" in found


# --- events ---


def test_events_stand_in_their_order_each_with_the_comments_above_it() -> None:
    ours = BASE + "# late\n" + note("bbbb00", at="03:00")
    theirs = BASE + "\n# early\n" + note("cccc00", at="02:00") + "# the end\n"
    assert text(BASE, ours, theirs) == (
        BASE
        + "\n# early\n"
        + note("cccc00", at="02:00")
        + "# late\n"
        + note("bbbb00", at="03:00")
        + "# the end\n"
    )


@pytest.mark.parametrize("dash", [2, 4])
def test_events_go_to_the_column_of_bases(dash: int) -> None:
    def shifted(lines: str) -> str:
        return "".join(f"{' ' * dash}{line}" for line in lines.splitlines(keepends=True))

    block = "|\n    a\n      b"
    there = (
        HEAD + "events:\n" + shifted(EVENTS.removeprefix("events:\n") + "# mine\n" + note("bbbb00", block))
    )
    found = text(BASE, there, BASE + note("cccc00", block))
    assert f"# mine\n{note('bbbb00', block)}" in found
    assert note("cccc00", block) in found
    back = text(
        there, BASE + "# mine\n" + note("bbbb00", block) + note("cccc00", block), there + shifted("# end\n")
    )
    assert shifted(note("cccc00", block)) in back


def test_what_a_merge_puts_down_stands_in_the_column_of_the_other_events() -> None:
    there = HEAD + "events:\n" + "".join(f"    {line}" for line in note("bbbb00").splitlines(keepends=True))
    found = text(HEAD, there.replace("one", "two"), HEAD.replace("one", "three"))
    assert found.count("\n    - id: ") == 3


def test_events_between_others_and_a_dash_on_a_line_of_its_own() -> None:
    base = changed(("- id: aaaa00", "-\n  id: aaaa00"))
    found = text(base, base + note("bbbb00"), base + note("cccc00", at="01:30"))
    assert found == base + note("cccc00", at="01:30") + note("bbbb00")


def test_an_event_that_both_added_stands_once_with_the_comments_of_both() -> None:
    ours, theirs = BASE + "# ours\n" + note("bbbb00"), BASE + "# theirs\n" + note("bbbb00")
    found = text(BASE, ours, theirs)
    assert found.count("bbbb00") == 1
    assert "# ours\n# theirs\n- id: bbbb00" in found


def test_the_lines_of_a_redacted_event_are_the_redacted_ones() -> None:
    base = BASE + note("bbbb00", "secret")
    ours = BASE + note("bbbb00").replace("text: x", "redacted: {by: li.wei, why: asked}")
    found = text(base, ours, base + "# end\n" + note("cccc00", at="03:00"))
    assert "secret" not in found
    assert "redacted: {by: li.wei, why: asked}" in found


def test_the_first_events_of_a_file_come_with_their_line() -> None:
    assert text(HEAD, HEAD + EVENTS, HEAD.replace("one", "two")) == BASE.replace("one", "two")
    empty = HEAD + "events: []\n"
    assert text(empty, HEAD + EVENTS, empty.replace("one", "two")) == BASE.replace("one", "two")


def test_keys_below_the_events_stay_there() -> None:
    base = BASE + "serial: v1\n"
    ours = BASE + note("bbbb00") + "serial: v1\n"
    assert text(base, ours, base.replace("v1", "v2")) == BASE + note("bbbb00") + "serial: v2\n"


# --- the file ---


def test_line_ends_are_those_of_the_side_that_changed_them() -> None:
    crlf = BASE.replace("\n", "\r\n")
    ours, theirs = BASE + note("bbbb00"), changed(("one", "two"))
    merged = changed(("one", "two")) + note("bbbb00")
    assert text(crlf, ours.replace("\n", "\r\n"), theirs.replace("\n", "\r\n")) == merged.replace(
        "\n", "\r\n"
    )
    assert text(BASE, ours.replace("\n", "\r\n"), theirs) == merged.replace("\n", "\r\n")
    assert text(crlf, ours, theirs.replace("\n", "\r\n")) == merged
    assert text(None, ours.replace("\n", "\r\n"), BASE + note("cccc00")).count("\r") == 0


def test_a_byte_order_mark_stays_where_both_have_one() -> None:
    ours, theirs = (BASE + note("bbbb00")).encode(), changed(("one", "two")).encode()
    assert three(BASE, MARK + ours, MARK + theirs).data.startswith(MARK)
    assert not three(MARK + BASE.encode(), MARK + ours, theirs).data.startswith(MARK)


def test_a_missing_line_end_at_the_end_changes_no_text() -> None:
    ours = BASE + note("bbbb00", "|\n    a\n    b").removesuffix("\n")
    found = three(BASE, ours, BASE + note("cccc00", "|+\n    c", at="01:30").removesuffix("\n"))
    assert [event.get("text") for event in found.events[1:]] == ["c", "a\nb"]
    assert found.data.endswith(b"\n")


def test_document_marks_stay() -> None:
    base = f"# a ticket\n---\n{BASE}...\n# end\n"
    ours = f"# a ticket\n---\n{BASE}{note('bbbb00')}...\n# end\n"
    assert text(base, ours, base.replace("one", "two")) == ours.replace("one", "two")


@pytest.mark.parametrize("flow", ["whole", "events"])
def test_a_file_that_cannot_be_cut_is_written_anew_without_losing_a_comment(flow: str) -> None:
    opened = "{id: aaaa00, at: 2026-11-20T01:00:00Z, by: zhang, did: opened, status: new}"
    if flow == "whole":
        base = f"# of 2026\n{{id: 261120-K7Q2M, title: one,  # a title\n events: [{opened}]}}\n# end\n"
        ours = base.replace("title: one", "title: two")
    else:
        base = f"# of 2026\nid: 261120-K7Q2M\ntitle: one  # a title\nevents: [{opened}]\n# end\n"
        ours = base.replace("title: one", "title: two")
    theirs = base.replace(
        "events: [", f"events: [{opened.replace('aaaa00', 'bbbb00').replace('opened', 'note')}, "
    )
    found = text(base, ours, theirs)
    assert "\ntitle: two\n" in found
    assert "\n- id: bbbb00\n" in found
    assert [found.count(each) for each in ("# of 2026", "# a title", "# end")] == [1, 1, 1]


def test_one_side_that_is_written_in_braces_is_no_hindrance() -> None:
    ours = "{id: 261120-K7Q2M, title: two, events: []}"
    found = three(BASE, ours, BASE + note("bbbb00"))
    assert "title: two\n" in found.data.decode()
    assert [event.id for event in found.events] == ["aaaa00", "bbbb00"]


# --- as it is called ---


def test_what_one_side_changed_alone_stays_byte_for_byte() -> None:
    strange = "{id: 261120-K7Q2M,   title: two, events: [{id: aaaa00, at: 2026-11-20T09:00:00+08:00,by: zhang,did: opened,status: new}]}"
    assert text(BASE, strange, BASE) == strange
    assert text(BASE, strange, strange) == strange


def test_a_side_that_lost_an_event_gets_it_back_though_it_alone_changed() -> None:
    base = BASE + note("bbbb00")
    assert text(base, BASE, base) == base
    assert text(base, BASE, BASE) == base


def test_a_version_that_cannot_be_read_is_an_error_with_its_line() -> None:
    with pytest.raises(DataError) as caught:
        three(BASE, changed(("one", "[one")), BASE + note("bbbb00"))
    assert caught.value.path == PATH
    with pytest.raises(DataError, match="conflict marker"):
        three(BASE, "<<<<<<< ours\n" + BASE, BASE)


def test_two_tickets_are_not_merged_into_each_other() -> None:
    with pytest.raises(TwoTickets):
        three(BASE, BASE, BASE.replace("K7Q2M", "AAAAA"))


def test_a_file_that_would_be_too_large_is_refused() -> None:
    words = "x" * (MAX_BYTES // 2)
    with pytest.raises(WriteError, match="the merged file would have"):
        three(BASE, BASE + note("bbbb00", words), BASE + note("cccc00", words))


def test_the_directories_decide_with_the_events() -> None:
    data = (BASE + note("bbbb00")).encode()
    found = merged_ticket_text(
        BASE.encode(), data, BASE.encode(), path=PATH, statuses=("new", "new", "assigned")
    )
    assert found.status == "assigned"
    assert three(BASE, data, BASE).status == "new"


def test_a_merge_is_told_with_its_clashes_and_is_no_conflict() -> None:
    found = three(BASE, changed(("one", "two")), changed(("one", "three")))
    assert (found.clashes, found.conflicted) == (("title",), False)
    assert "<<<" not in found.data.decode()


def test_numbers_in_a_text_key_are_what_is_written() -> None:
    base = changed(("title: one", "title: one\nserial: 0012"))
    found = text(base, changed(("owner: li.wei", "owner: wang"), start=base), base + note("bbbb00"))
    assert "serial: 0012\n" in found


def test_customers_are_merged_contact_by_contact() -> None:
    base = "name: Acme  # since 2020\ntier: vip\ncontacts:\n- {name: Z, email: z@a}  # buyer\n"
    ours = base.replace("email: z@a}", "email: z@a, phone: '1'}")
    theirs = base + "- {name: L, email: l@a}\n"
    found = text(base, ours, theirs, "customers/acme.yaml")
    assert found == ours + "- {name: L, email: l@a}\n"


def test_records_without_events_get_them_where_only_an_order_decides() -> None:
    base, path = "title: one\nseverity: 1\n", "reviews/261120-a.yaml"
    found = merged_record_text(
        base.encode(), b"title: two\nseverity: 1\n", b"title: three\nseverity: 2\n", path=path
    )
    assert found.clashes == ("title",)
    assert "severity: 2\nevents:\n- id: " in found.data.decode()


def test_events_that_a_wrong_merge_brought_go_with_their_comments() -> None:
    data = (BASE + "# theirs\n" + note("bbbb00") + note("cccc00")).replace("\n", "\r\n").encode()
    left = without_events(MARK + data, path=PATH, ids={"bbbb00"})
    assert left == MARK + (BASE + note("cccc00")).replace("\n", "\r\n").encode()
    assert without_events(data, path=PATH, ids={"zzzz00"}) == data
    flow = "id: 261120-K7Q2M\nevents: [{id: a, at: 2026-11-20T01:00:00Z, by: x, did: opened, status: new}, {id: b, at: 2026-11-20T02:00:00Z, by: x, did: note}]\n"
    assert b"id: b" not in without_events(flow.encode(), path=PATH, ids={"b"})


def test_everything_that_others_call_is_there() -> None:
    assert set(merging.__all__) == {
        "MergedText", "merged_article_text", "merged_record_text", "merged_text", "merged_ticket_text", "without_events",
    }  # fmt: skip
