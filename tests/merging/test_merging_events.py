"""Which events a merged file has (docs/file-format.md, Merging: Events)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import pytest
from merging_desk import NINE, OPENED, event, ids, keys, merged, to, version

from tkt.merging import TwoTickets, Version, same_record
from tkt.model import effective_events

ONE = event("bbbb00", "note", 10, text="one")
OTHER = event("cccc00", "note", 5, text="other")


def test_the_events_are_the_union_each_id_once_in_their_order() -> None:
    found = merged(version(), version(ONE), version(OTHER))
    assert ids(found) == ["cccc00", "bbbb00"]


def test_what_base_has_is_there_whichever_side_lost_it() -> None:
    assert ids(merged(version(ONE), version(), version(ONE, OTHER))) == ["cccc00", "bbbb00"]
    assert ids(merged(version(ONE), version(), version())) == ["bbbb00"]


def test_a_key_comes_back_with_the_event_that_a_side_lost() -> None:
    """A `git revert` of a ticket takes an event and its value away; both are there again."""
    before = version(to("bbbb00", "owner", "li.wei"), owner="li.wei")
    tagged = event("cccc00", "set", 31, field="tags", add=["x"])
    base = version(*before.events[1:], tagged, owner="li.wei", tags=["x"])
    found = keys(base, version(title="new"), base)
    assert found == {"owner": "li.wei", "tags": ["x"], "title": "new"}


def test_a_status_comes_back_with_the_move_that_a_side_lost() -> None:
    moved = event("bbbb00", "moved", from_="new", to="assigned")
    base = version(moved, status="assigned")
    assert merged(base, version(status="new"), base).version.status == "assigned"


def redacted(text: str | None = None, *, why: str = "asked") -> object:
    words = {} if text is None else {"text": text}
    mark = {"by": "li.wei", "at": "2026-11-21T00:00:00Z", "why": why}
    return replace(ONE, data=MappingProxyType({**words, "redacted": mark}))


def test_a_redacted_event_comes_before_its_original() -> None:
    found = merged(version(ONE), version(redacted()), version(ONE, OTHER))
    assert found.version.events[2] == redacted()
    edited = replace(ONE, data=MappingProxyType({"text": "edited"}))
    assert merged(version(ONE), version(redacted()), version(edited)).version.events[1] == redacted()
    assert merged(None, version(redacted()), version(ONE)).version.events[1] == redacted()
    assert merged(version(redacted()), version(ONE), version(redacted())).version.events[1] == redacted()


def test_words_that_either_of_two_redactions_took_out_do_not_come_back() -> None:
    """docs/file-format.md, Redaction: where both left another text, none of it stays."""
    ours, theirs = redacted("call customer-abcdef"), redacted(why="forget")
    (_, found) = merged(version(ONE), version(ours), version(theirs)).version.events
    assert found.get("text") is None
    (_, found) = merged(version(ONE), version(ours), version(redacted("x", why="a"))).version.events
    assert found.get("text") == "[redacted]"
    assert found.get("redacted")["why"] == "a"


def test_words_inside_a_mapping_that_one_redaction_took_out_do_not_come_back() -> None:
    resolution = {"code": "fixed", "text": "called Zhang", "cause": "product"}
    move = event("bbbb00", "moved", from_="new", to="resolved", resolution=resolution)

    def without(**words: object) -> object:
        left = {**resolution, **words}
        return replace(
            move, data=MappingProxyType({**move.data, "resolution": left, "redacted": {"why": "x"}})
        )

    sides = [version(without(text="[redacted]")), version(without(cause="[redacted]"))]
    (_, found) = merged(version(move), *sides).version.events
    assert found.get("resolution") == {"code": "fixed", "text": "[redacted]", "cause": "[redacted]"}


def test_of_two_pseudonyms_for_who_wrote_one_stays() -> None:
    sides = [version(replace(redacted(), by=name)) for name in ("customer-bbbbbb", "customer-aaaaaa")]
    assert merged(version(ONE), *sides).version.events[1].by == "customer-aaaaaa"


def test_an_event_that_one_side_changed_is_as_that_side_has_it() -> None:
    edited = replace(ONE, data=MappingProxyType({"text": "edited"}))
    found = merged(version(ONE), version(edited), version(ONE, OTHER))
    assert edited in found.version.events
    assert found.clashes == ()


def test_an_event_that_both_changed_differently_stays_as_it_was() -> None:
    edits = [replace(ONE, data=MappingProxyType({"text": text})) for text in ("a", "b")]
    found = merged(version(ONE), version(edits[0]), version(edits[1]))
    assert found.version.events[1] == ONE
    assert found.clashes == ("events.bbbb00",)


def test_what_a_machine_did_in_two_clones_is_one_event_the_one_written_down_first() -> None:
    tick = event("bbbb00", "warned", by="tick", clock="resolution")
    late = replace(tick, recorded_at=NINE + timedelta(hours=2))
    later = replace(tick, recorded_at=NINE + timedelta(hours=3))
    assert merged(version(), version(late), version(tick)).version.events[1] == tick
    assert merged(version(), version(late), version(later)).version.events[1] == late


@pytest.mark.parametrize("by", ["tick", "rule:nudge", "import:log"])
def test_what_a_machine_did_otherwise_in_two_clones_is_one_event_too(by: str) -> None:
    sides = [version(event("bbbb00", "warned", by=by, to=name)) for name in ("b", "a")]
    assert merged(version(), *sides).version.events[1].get("to") == "a"


def test_an_id_that_two_commands_drew_by_chance_stays_with_the_earlier_one() -> None:
    """The later command gets another, and what its side says of its events follows."""
    ours = version(event("bbbb00", "message", 10, text="a"), event("bbbb01", "note", 10, text="b"))
    theirs = version(
        event("bbbb00", "message", 20, text="c"),
        event("bbbb01", "no-reply-needed", 20, message="bbbb00"),
        event("bbbb02", "note", 20, text="only there"),
        event("cccc00", "corrected", 25, event="bbbb01"),
    )
    found = merged(version(), ours, theirs).version.events
    _, *mine, first, second, third, fourth = found
    assert mine == list(ours.events[1:])
    stem = first.id[:4]
    assert stem not in ("bbbb", "cccc")
    assert [each.id for each in (first, second, third)] == [f"{stem}0{number}" for number in range(3)]
    assert second.get("message") == first.id
    assert fourth.get("event") == second.id
    assert second not in effective_events(found)


def test_another_kind_under_a_derived_id_is_another_event() -> None:
    sides = [version(event("bbbb00", did, by="import:log")) for did in ("note", "spent")]
    assert len(merged(version(), *sides).version.events) == 3


def test_short_ids_that_people_gave_collide_too() -> None:
    sides = [version(event("e1", "note", text=text)) for text in ("a", "b")]
    found = merged(version(), *sides)
    assert len(set(ids(found))) == 2
    assert "e1" in ids(found)


def test_two_files_with_another_id_or_opened_apart_are_two_tickets() -> None:
    other = Version(keys={"id": "261120-AAAAA"}, events=(OPENED,))
    apart = Version(keys=version().keys, events=(replace(OPENED, id="zzzz00"),))
    assert not same_record(version(), other)
    assert not same_record(version(), apart)
    with pytest.raises(TwoTickets, match="261120-AAAAA and 261120-K7Q2M are two tickets"):
        merged(version(), version(), other)
    with pytest.raises(TwoTickets, match="opened apart"):
        merged(None, version(), apart)


def test_a_ticket_that_got_another_id_is_still_itself() -> None:
    """docs/file-format.md, `renumbered`: the old id stays an alias."""
    renumbered = event("bbbb00", "renumbered", was="261120-K7Q2M")
    ours = Version(keys={"id": "261120-ZZZZZ"}, events=(OPENED, renumbered))
    found = merged(version(), ours, version(OTHER)).version
    assert found.keys["id"] == "261120-ZZZZZ"
    assert [each.id for each in found.events] == ["aaaa00", "cccc00", "bbbb00"]
    assert merged(None, ours, version(OTHER)).version.keys["id"] == "261120-ZZZZZ"
    apart = Version(keys=version().keys, events=(replace(OPENED, id="zzzz00"),))
    assert not same_record(ours, apart)


def test_files_without_an_opening_are_one_by_their_place() -> None:
    assert same_record(Version(keys={"name": "a"}), Version(keys={"name": "b"}))
    assert same_record(version(), Version(keys={"received_at": NINE}))


def test_an_opening_that_two_clones_have_otherwise_is_one() -> None:
    changed = replace(OPENED, by="zhang")
    found = merged(None, version(), Version(keys=version().keys, events=(changed,)))
    assert len(found.version.events) == 1
