"""What the stored keys and the status of a merged file are (docs/file-format.md, Merging)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from merging_desk import NINE, event, ids, keys, merged, to, version

from tkt.merging import DEFAULT_FINISHED, Version, merge
from tkt.model import folded

BASE = version(title="one", owner="li.wei")


# --- what events say ---


def test_two_commands_about_two_keys_are_both_done() -> None:
    base = version(owner="a", team="x")
    ours = version(to("bbbb00", "owner", "b", start="a"), owner="b", team="x")
    theirs = version(to("cccc00", "team", "y", start="x"), owner="a", team="y")
    assert keys(base, ours, theirs) == {"owner": "b", "team": "y"}


def test_of_two_commands_about_one_key_the_later_counts() -> None:
    base = version(owner="a")
    ours = version(to("bbbb00", "owner", "b", 20), owner="b")
    theirs = version(to("cccc00", "owner", "c", 10), owner="c")
    found = merged(base, ours, theirs)
    assert (found.version.keys["owner"], found.clashes, ids(found)) == ("b", (), ["cccc00", "bbbb00"])


def test_in_one_second_the_order_of_ids_decides_and_the_loser_stays_as_an_event() -> None:
    sides = [version(to(f"{owner * 4}00", "owner", owner), owner=owner) for owner in "bc"]
    found = merged(version(), *sides)
    assert found.version.keys["owner"] == "c"
    assert ids(found) == ["bbbb00", "cccc00"]


def test_a_key_that_a_side_cleared_by_an_event_is_absent() -> None:
    base = version(owner="a")
    assert keys(base, version(to("bbbb00", "owner", None, start="a")), base) == {}


def test_a_move_clears_what_the_other_side_waits_for() -> None:
    """docs/file-format.md, `moved`: leaving a waiting status clears `waiting`."""
    wait = {"on": "customer", "for": "x"}
    ours = version(event("bbbb00", "moved", 10, from_="new", to="waiting", waiting=wait), waiting=wait)
    theirs = version(event("cccc00", "moved", 20, from_="new", to="assigned"))
    found = merged(version(), ours, theirs).version
    assert (found.status, found.keys.get("waiting")) == ("assigned", None)


def test_a_reopening_clears_the_resolution() -> None:
    done = {"code": "fixed"}
    solved = event("bbbb00", "moved", 10, from_="new", to="resolved", resolution=done)
    base = version(solved, resolution=done)
    theirs = version(solved, event("cccc00", "moved", 20, from_="resolved", to="new"))
    assert keys(base, version(solved, event("dddd00", "note", 15), resolution=done), theirs) == {}


def test_what_an_undo_took_back_stays_taken_back() -> None:
    first = to("bbbb00", "owner", "b", 10, start="a")
    base = version(first, owner="b")
    undone = version(first, event("cccc00", "corrected", 20, event="bbbb00"), owner="a")
    assert keys(base, undone, base) == {"owner": "a"}
    assert keys(base, undone, version(first, event("dddd00", "note"), owner="b")) == {"owner": "a"}
    later = version(first, to("dddd00", "owner", "c", 15, start="b"), owner="c")
    assert keys(base, undone, later) == {"owner": "c"}


# --- what people changed by hand ---


def test_what_one_side_changed_by_hand_is_as_that_side_has_it() -> None:
    assert keys(BASE, version(title="two", owner="li.wei"), BASE) == {"title": "two", "owner": "li.wei"}
    assert keys(BASE, version(owner="li.wei"), version(title="one", owner="c")) == {"owner": "c"}


def test_both_sides_may_make_the_same_hand_edit() -> None:
    assert keys(BASE, version(title="two"), version(title="two")) == {"title": "two"}


def test_hand_edits_that_contradict_each_other_become_events() -> None:
    """`set`, by rule:merge, one second after the last event of its side, under an id that follows from it."""
    ours = version(event("bbbb00", "note", 10), title="two", owner="li.wei")
    theirs = version(event("cccc00", "note", 20), title="three", owner="li.wei")
    found = merged(BASE, ours, theirs)
    assert found.clashes == ("title",)
    assert found.version.keys["title"] == "three"
    put_down = [each for each in found.version.events if each.by == "rule:merge"]
    assert [(each.get("from"), each.get("to"), each.at) for each in put_down] == [
        ("one", "two", NINE + timedelta(minutes=10, seconds=1)),
        ("one", "three", NINE + timedelta(minutes=20, seconds=1)),
    ]
    assert {(each.did, each.role, each.auto, each.get("because")) for each in put_down} == {
        ("set", "system", True, "edited by hand")
    }


def test_a_hand_edit_is_put_down_once_however_often_it_is_merged() -> None:
    ours, theirs = version(title="two"), version(title="three")
    once = merged(BASE, ours, theirs).version
    assert merged(BASE, once, ours).version == once
    assert merged(ours, once, ours).version == once


def test_a_hand_edit_against_a_command_of_the_other_side_is_put_in_order() -> None:
    by_hand = version(title="two", owner="li.wei")
    command = version(to("cccc00", "title", "three", 20, start="one"), title="three", owner="li.wei")
    found = merged(BASE, by_hand, command)
    assert found.version.keys["title"] == "three"
    assert found.clashes == ("title",)
    assert {each.get("to") for each in found.version.events if each.did == "set"} == {"two", "three"}


def test_a_hand_edit_that_the_command_of_the_other_side_made_too_is_no_clash() -> None:
    command = version(to("cccc00", "title", "two", start="one"), title="two")
    assert keys(version(title="one"), version(title="two"), command) == {"title": "two"}


def test_a_command_that_went_to_and_fro_still_counts_as_news() -> None:
    there = to("cccc00", "title", "x", 20, start="one")
    back = to("cccc01", "title", "one", 21, start="x")
    found = merged(version(title="one"), version(title="two"), version(there, back, title="one"))
    assert found.clashes == ("title",)
    assert found.version.keys["title"] == "one"


def test_a_contradiction_that_base_has_already_stays_where_nobody_touched_it() -> None:
    said = to("bbbb00", "owner", "b", 10)
    base = version(said, owner="by hand")
    ours, theirs = (
        version(said, event("cccc00", "note"), owner="by hand"),
        version(said, owner="by hand", title="x"),
    )
    assert keys(base, ours, theirs) == {"owner": "by hand", "title": "x"}
    news = version(said, to("cccc00", "owner", "c"), owner="c")
    assert keys(base, news, theirs) == {"owner": "c", "title": "x"}


def test_id_and_received_at_never_change() -> None:
    base = version(received_at=NINE)
    later = version(received_at=NINE + timedelta(hours=1))
    assert keys(base, later, base) == {"received_at": NINE}
    assert keys(None, later, base) == {"received_at": NINE}


def test_strange_files_are_merged_too() -> None:
    """`check` tells what is wrong with them."""
    said = to("bbbb00", "received_at", "x")
    assert keys(version(said), version(said, title="a"), version(said)) == {"title": "a"}
    sides = [Version(keys={"received_at": value}) for value in (5, "x")]
    assert merged(None, *sides).version.keys == {"received_at": "x"}
    assert (
        keys(version(tags="a"), version(event("bbbb00", "set", field="tags", add=["b"])), version(tags="a"))
        == {}
    )


def test_an_unknown_key_is_merged_like_any_other() -> None:
    assert keys(version(备注="a"), version(备注="b"), version(备注="a", rooms=3)) == {"备注": "b", "rooms": 3}


@pytest.mark.parametrize(("one", "other"), [(1, True), (1, 1.0), ("1", 1)])
def test_values_of_another_type_are_others(one: object, other: object) -> None:
    assert keys(version(rooms=one), version(rooms=other), version(rooms=one)) == {"rooms": other}


def test_what_nobody_may_read_any_more_does_not_come_back_with_a_hand_edit() -> None:
    """docs/file-format.md, Redaction: the old value is not the `from` of what a merge puts down."""
    said = to("bbbb00", "title", "Zhang", 10)
    gone = event("bbbb00", "set", 10, field="title", to="[redacted]", redacted={"why": "x"})
    told = to("cccc00", "title", "[redacted]", 20, start="[redacted]")
    base = version(said, title="Zhang")
    found = merged(base, version(gone, told, title="[redacted]"), version(said, title="a call"))
    assert found.clashes == ("title",)
    assert "Zhang" not in repr(found)


# --- sets ---


def test_of_a_list_of_words_members_join_and_leave() -> None:
    base = version(tags=["a", "b", "c"])
    assert keys(base, version(tags=["a", "c", "z"]), version(tags=["b", "c", "y"])) == {
        "tags": ["c", "y", "z"]
    }


def test_members_stand_as_in_base_then_in_the_order_of_events_then_sorted() -> None:
    base = version(tags=["z", "a"])
    ours = version(event("bbbb00", "set", 10, field="tags", add=["y"]), tags=["z", "a", "y", "c"])
    theirs = version(event("cccc00", "set", 5, field="tags", add=["x"]), tags=["z", "a", "x", "b"])
    assert keys(base, ours, theirs) == {"tags": ["z", "a", "x", "y", "b", "c"]}


def test_what_events_say_of_a_member_counts() -> None:
    base = version(tags=["a"])
    ours = version(event("bbbb00", "set", 10, field="tags", remove=["a"]))
    theirs = version(event("cccc00", "set", 20, field="tags", add=["a"]), tags=["a"])
    assert keys(base, ours, theirs) == {"tags": ["a"]}
    assert keys(base, ours, version(tags=["a", "b"])) == {"tags": ["b"]}


def test_an_empty_list_is_no_key() -> None:
    base = version(tags=["a", "b"])
    assert keys(base, version(tags=["a"]), version(tags=["b"])) == {}


def test_a_list_that_was_put_in_another_order_by_hand_stays_so() -> None:
    assert keys(version(tags=["a", "b"]), version(tags=["b", "a"]), version(tags=["a", "b"])) == {
        "tags": ["b", "a"]
    }


def test_a_set_that_a_hand_made_event_gave_as_a_whole_folds() -> None:
    whole = to("bbbb00", "tags", ["a"], 10)
    added = event("cccc00", "set", 20, field="tags", add=["b"])
    assert folded((whole, added), finished=()) == {"tags": (frozenset("b"), frozenset())}
    assert keys(
        version(whole, tags=["a"]), version(whole, added, tags=["a", "b"]), version(whole, tags=["a"])
    ) == {"tags": ["a", "b"]}


# --- mappings, lists of mappings ---


def test_a_mapping_without_events_is_taken_key_by_key() -> None:
    base = version(contact={"name": "Z", "email": "a@b"})
    ours = version(contact={"name": "Z", "email": "a@b", "phone": "1"})
    theirs = version(contact={"name": "Zhang"})
    assert keys(base, ours, theirs) == {"contact": {"name": "Zhang", "phone": "1"}}


def test_a_mapping_that_contradicts_itself_becomes_events_as_a_whole() -> None:
    sides = [version(asks={"kind": kind, "text": "x"}) for kind in ("repair", "refund")]
    found = merged(version(asks={"kind": "help", "text": "x"}), *sides)
    assert found.clashes == ("asks",)
    assert {each.get("to")["kind"] for each in found.version.events if each.did == "set"} == {
        "repair",
        "refund",
    }


def test_a_mapping_with_events_is_one_value() -> None:
    first, second = {"name": "Z"}, {"name": "Z", "phone": "1"}
    ours = version(to("bbbb00", "contact", second, 20, start=first), contact=second)
    theirs = version(to("cccc00", "contact", {"email": "a@b"}, 10, start=first), contact={"email": "a@b"})
    assert keys(version(contact=first), ours, theirs) == {"contact": second}


def customer(*contacts: dict[str, str]) -> Version:
    return Version(keys={"name": "Acme", "contacts": list(contacts)} if contacts else {"name": "Acme"})


ZHANG, LI = {"name": "张伟", "email": "zhang@acme"}, {"name": "李", "phone": "1"}


def test_contacts_of_a_customer_are_taken_one_by_one() -> None:
    base = customer(ZHANG, LI)
    ours = customer({**ZHANG, "phone": "2"}, LI, {"name": "王"})
    theirs = customer({**ZHANG, "name": "张"})
    found = merged(base, ours, theirs)
    assert found.version.keys["contacts"] == [
        {"name": "张", "email": "zhang@acme", "phone": "2"},
        {"name": "王"},
    ]
    assert found.clashes == ()


def test_contacts_that_contradict_each_other_become_events_of_nobody_knows_when() -> None:
    found = merged(customer(ZHANG), customer({**ZHANG, "name": "a"}), customer({**ZHANG, "name": "b"}))
    assert found.clashes == ("contacts",)
    assert {each.at for each in found.version.events} == {datetime(1970, 1, 1, tzinfo=UTC)}
    assert found.version.events[-1].get("to") == found.version.keys["contacts"]


def test_a_contact_that_one_side_changed_and_the_other_removed_is_a_contradiction() -> None:
    found = merged(customer(ZHANG, LI), customer({**ZHANG, "name": "a"}, LI), customer(LI))
    assert found.clashes == ("contacts",)


# --- no base ---


def test_a_file_that_base_does_not_have_starts_from_the_events_that_both_have() -> None:
    ours = version(to("bbbb00", "owner", "b", 10, start="a"), owner="b", title="t", tags=["x"])
    theirs = version(owner="a", title="t", tags=["x", "y"], serial="1")
    assert keys(None, ours, theirs) == {"owner": "b", "title": "t", "tags": ["x", "y"], "serial": "1"}


def test_without_a_base_two_values_are_put_in_order() -> None:
    found = merged(None, version(title="a"), version(event("bbbb00", "note", 5), title="b"))
    assert (found.version.keys["title"], found.clashes) == ("b", ("title",))
    assert {each.get("from") for each in found.version.events if each.did == "set"} == {None}


# --- status ---

MOVED = event("bbbb00", "moved", 10, from_="new", to="assigned")
DONE = event("cccc00", "moved", 20, from_="new", to="resolved")


def test_the_status_is_where_the_last_move_leads() -> None:
    found = merged(version(status="new"), version(MOVED, status="assigned"), version(DONE, status="resolved"))
    assert (found.version.status, found.clashes) == ("resolved", ())


def test_a_directory_that_was_changed_by_hand_stays_where_the_other_side_moved_nothing() -> None:
    found = merged(
        version(status="new"), version(status="assigned"), version(event("bbbb00", "note"), status="new")
    )
    assert (found.version.status, ids(found), found.clashes) == ("assigned", ["bbbb00"], ())


def test_a_move_by_hand_against_a_move_of_the_other_side_becomes_an_event() -> None:
    found = merged(version(status="new"), version(status="closed"), version(MOVED, status="assigned"))
    assert (found.version.status, found.clashes) == ("assigned", ("status",))
    (by_hand,) = [each for each in found.version.events if each.by == "rule:merge"]
    assert (by_hand.did, by_hand.get("from"), by_hand.get("to")) == ("moved", "new", "closed")
    assert by_hand.role == "system"


def test_a_directory_that_contradicts_its_events_in_base_already_is_nobodys_move() -> None:
    base = version(MOVED, status="closed")
    theirs = version(MOVED, event("dddd00", "note"), status="closed")
    assert merged(base, version(MOVED, status="closed", title="x"), theirs).version.status == "closed"
    onwards = version(MOVED, event("dddd00", "moved", 30, from_="assigned", to="new"), status="new")
    assert merged(base, onwards, theirs).version.status == "new"


def test_without_directories_only_events_count() -> None:
    assert merged(version(), version(MOVED), version()).version.status == "assigned"


def test_statuses_that_are_over_are_the_callers() -> None:
    done = {"code": "fixed"}
    solved = event("bbbb00", "moved", 10, from_="new", to="done", resolution=done)
    base = version(solved, resolution=done)
    reopened = version(solved, event("cccc00", "moved", 20, from_="done", to="new"))
    noted = version(solved, event("dddd00", "note"), resolution=done)
    assert "resolution" not in merge(base, reopened, noted, finished={"done"}).version.keys
    assert {"resolved", "closed"} == DEFAULT_FINISHED
