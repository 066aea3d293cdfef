"""How fields change: set, tag, assign, edit, and what follows by itself (taxonomy and rules)."""

from __future__ import annotations

import pytest
from flowdesk import TRIAGE, changed, desk, did, last, new, resolved, sets, started, triaged, waiting, who

from tkt.actions import BadValue, ReasonNeeded, assign, edited, is_overridden, set_values, tag
from tkt.errors import UsageError
from tkt.schema import RuleDecl


def test_a_field_changes_with_an_event_that_says_from_and_to() -> None:
    before = set_values(new(), who(5), desk(), {"title": "Invoice fails"})
    after = set_values(before, who(10), desk(), {"title": "Invoice E104"})
    event = last(after, "set")
    assert after.title == "Invoice E104"
    assert (event.get("field"), event.get("from"), event.get("to")) == (
        "title",
        "Invoice fails",
        "Invoice E104",
    )
    assert (event.by, event.role, event.auto) == ("li.wei", "agent", False)


def test_what_did_not_change_is_not_recorded() -> None:
    ticket = triaged()
    assert set_values(ticket, who(30), desk(), {"impact": "some", "title": ticket.title}) is ticket
    assert set_values(ticket, who(30), desk(), {}) is ticket


def test_an_empty_value_removes_a_field() -> None:
    after = set_values(triaged(), who(30), desk(), {"model": ""})
    assert "model" not in after.values
    assert last(after, "set").data == {"field": "model", "from": "v2"}


def test_a_set_is_replaced_by_what_joins_and_leaves_it() -> None:
    ticket = tag(new(), who(5), desk(), add=["invoice", "beta"])
    after = set_values(ticket, who(10), desk(), {"tags": "invoice,urgent"})
    assert after.tags == ("invoice", "urgent")
    assert last(after, "set").data == {"field": "tags", "add": ["urgent"], "remove": ["beta"]}


def test_tags_come_and_go() -> None:
    ticket = tag(new(), who(5), desk(), add=["invoice", "beta", "invoice"])
    assert ticket.tags == ("invoice", "beta")
    assert tag(ticket, who(6), desk(), add=["beta"], remove=["gone"]) is ticket
    bare = tag(ticket, who(6), desk(), remove=["invoice", "beta"])
    assert "tags" not in bare.values
    with pytest.raises(BadValue):
        tag(ticket, who(6), desk(), add=["two words"])


# --- type, category, team ---


def test_a_category_brings_its_type_and_its_team() -> None:
    before = new()
    after = set_values(before, who(10), desk(), {"category": "quality"})
    assert sets(after, before) == {"type": "product", "category": "quality", "team": "quality"}
    because = [event.get("because") for event in after.events if event.did == "set"][-3:]
    assert because == ["category quality", None, "category product/quality"]


def test_a_category_may_be_given_with_its_type() -> None:
    after = set_values(new(), who(10), desk(), {"category": "service/delivery"})
    assert (after.get("type"), after.get("category"), after.team) == ("service", "delivery", "operations")


def test_a_category_of_several_types_must_be_given_with_one() -> None:
    types = desk().taxonomy.types
    both = {**types, "inquiry": {**types["inquiry"], "fault": types["product"]["fault"]}}
    config = changed("taxonomy", types=both)
    with pytest.raises(BadValue, match="product/fault, inquiry/fault"):
        set_values(new(), who(10), config, {"category": "fault"})
    known = set_values(new(), who(10), config, {"type": "inquiry"})
    assert set_values(known, who(11), config, {"category": "fault"}).get("type") == "inquiry"


def test_another_type_wants_another_category() -> None:
    with pytest.raises(BadValue, match="fault is no category of complaint"):
        set_values(triaged(), who(30), desk(), {"type": "complaint"})
    both = set_values(triaged(), who(30), desk(), {"category": "complaint/attitude"})
    assert (both.get("type"), both.team) == ("complaint", "quality-audit")


def test_a_team_that_is_given_too_stands() -> None:
    assert set_values(new(), who(10), desk(), {"category": "quality", "team": "tech"}).team == "tech"


def test_what_was_opened_with_a_category_goes_to_its_team() -> None:
    config = changed("rules", rules=[])
    assert new(config=config, category="product/quality").team == "quality"
    assert new(config=config).team is None


def test_a_rule_upon_change_beats_the_category_s_team() -> None:
    rule = RuleDecl(name="second", when="category:quality impact:many", upon=["change"], set={"team": "tech"})
    config = changed("rules", rules=[rule])
    before = new(config=config)
    after = set_values(before, who(10), config, {"category": "quality", "impact": "many"})
    assert after.team == "tech"
    assert last(after, "set").by == "rule:second"
    # it spoke once; a later change leaves the team as people want it
    moved = set_values(after, who(20), config, {"team": "it"})
    assert set_values(moved, who(30), config, {"urgency": "green"}).team == "it"


def test_rules_leave_a_finished_ticket_alone() -> None:
    rule = RuleDecl(name="r", when="impact:many", upon=["change"], tag=["mass"])
    config = changed("rules", rules=[rule])
    assert set_values(started(), who(70), config, {"impact": "many"}).tags == ("mass",)
    assert set_values(resolved(), who(70), config, {"impact": "many"}).tags == ()


# --- priority ---


def test_the_priority_follows_the_axes_by_the_table() -> None:
    ticket = triaged()
    assert (ticket.priority, last(ticket, "set").get("because")) == ("P2", "table standard/some/red: P2")
    lower = set_values(ticket, who(30), desk(), {"urgency": "green"})
    assert lower.priority == "P3"
    assert last(lower, "set").get("because") == "table standard/some/green: P3"
    assert set_values(lower, who(40), desk(), {"workaround": "use the old page"}).priority == "P3"


def test_another_priority_needs_a_reason() -> None:
    with pytest.raises(ReasonNeeded) as refused:
        set_values(triaged(), who(30), desk(), {"priority": "critical"})
    assert str(refused.value.hint) == 'tkt set 261120-K7Q2M priority=P1 --reason "…"'
    after = set_values(triaged(), who(30, reason="the minister called"), desk(), {"priority": "critical"})
    event = last(after, "set")
    assert (event.get("from"), event.get("to"), event.reason) == ("P2", "P1", "the minister called")
    assert is_overridden(after)
    assert not is_overridden(triaged())


def test_an_override_stays_until_an_axis_changes() -> None:
    overridden = set_values(triaged(), who(30, reason="x"), desk(), {"priority": "P1"})
    assert set_values(overridden, who(40), desk(), {"title": "new title"}).priority == "P1"
    changed_ = set_values(overridden, who(40), desk(), {"urgency": "green"})
    assert changed_.priority == "P3"
    assert last(changed_, "set").get("because") == "table standard/some/green: P3; replaces P1"


def test_an_override_may_come_with_the_change_of_an_axis() -> None:
    after = set_values(triaged(), who(30, reason="x"), desk(), {"urgency": "green", "priority": "P1"})
    assert (after.get("urgency"), after.priority) == ("green", "P1")
    with pytest.raises(ReasonNeeded):
        set_values(triaged(), who(30), desk(), {"urgency": "green", "priority": "P2"})


def test_the_table_s_own_priority_needs_no_reason() -> None:
    assert set_values(new(), who(10), desk(), {**TRIAGE, "priority": "P2"}).priority == "P2"
    overridden = set_values(triaged(), who(30, reason="x"), desk(), {"priority": "P1"})
    back = set_values(overridden, who(40), desk(), {"priority": "P2"})
    assert (back.priority, is_overridden(back)) == ("P2", False)


def test_an_empty_priority_goes_back_to_the_table() -> None:
    overridden = set_values(triaged(), who(30, reason="x"), desk(), {"priority": "P1"})
    assert set_values(overridden, who(40), desk(), {"priority": ""}).priority == "P2"


def test_before_triage_a_priority_needs_no_reason_and_gives_way_to_the_table() -> None:
    early = set_values(new(), who(5), desk(), {"priority": "P1"})
    assert early.priority == "P1"
    assert set_values(early, who(10), desk(), {"impact": "some", "urgency": "green"}).priority == "P3"


def test_what_followed_from_a_change_needs_no_reason_of_its_own() -> None:
    after = set_values(triaged(), who(30, reason="customer called"), desk(), {"impact": "many"})
    reasons = {str(event.get("field")): event.reason for event in after.events if event.id[:4] == "0003"}
    assert reasons == {"impact": "customer called", "priority": None}


# --- assign, edit ---


def test_a_ticket_is_given_to_a_person_or_a_team() -> None:
    assert assign(started(), who(30), desk(), owner="王芳").owner == "wang.fang"
    after = assign(started(), who(30), desk(), team="finance")
    assert (after.team, after.owner) == ("finance", "li.wei")
    assert assign(started(), who(30), desk(), nobody=True).owner is None
    with pytest.raises(UsageError):
        assign(started(), who(30), desk())


def test_a_triaged_ticket_goes_on_to_assigned_an_untriaged_one_stays() -> None:
    after = assign(triaged(), who(30), desk(), owner="wang.fang")
    assert (after.status, after.owner) == ("assigned", "wang.fang")
    assert did(after)[-2:] == ["set", "moved"]
    waiting = assign(new(), who(30), desk(), owner="wang.fang")
    assert (waiting.status, waiting.owner) == ("new", "wang.fang")


def test_a_hand_edit_becomes_the_events_for_what_differs() -> None:
    before = triaged()
    values = {**before.values, "impact": "many", "tags": ["mass"], "own_words": "kept"}
    del values["model"]
    before = before.with_values(own_words="kept")
    after = edited(before, who(30), desk(), values)
    assert sets(after, before) == {"impact": "many", "model": None, "tags": ["mass"], "priority": "P1"}
    assert after.get("own_words") == "kept"
    assert edited(after, who(40), desk(), after.values) is after


def test_a_hand_edit_cannot_change_what_never_changes() -> None:
    before = triaged()
    with pytest.raises(UsageError, match="received_at never changes"):
        edited(before, who(30), desk(), {**before.values, "received_at": before.events[-1].at})
    with pytest.raises(UsageError, match="no field prioirty"):
        edited(before, who(30), desk(), {**before.values, "prioirty": "P1"})


def test_what_comes_with_a_move_is_only_corrected_by_a_set() -> None:
    with pytest.raises(BadValue, match="comes and goes with a move") as refused:
        set_values(started(), who(30), desk(), {"resolution.text": "done"})
    assert str(refused.value.hint) == "tkt resolve ID"
    with pytest.raises(BadValue):
        set_values(resolved(), who(70), desk(), {"resolution": ""})
    after = set_values(resolved(), who(70), desk(), {"resolution.text": "cache emptied twice"})
    assert after.get("resolution") == {"code": "fixed", "text": "cache emptied twice", "cause": "product"}


def test_a_person_s_reason_is_not_a_rule_s() -> None:
    rule = RuleDecl(name="mass", when="impact:many", upon=["change"], tag=["mass"])
    config = changed("rules", rules=[rule])
    after = set_values(triaged(config), who(30, reason="two more called"), config, {"impact": "many"})
    reasons = {
        event.by: event.reason
        for event in after.events
        if event.id[:4] == "0003" and event.get("because") is None
    }
    assert reasons == {"li.wei": "two more called", "rule:mass": None}


@pytest.mark.parametrize(
    "change",
    [
        {"waiting.on": "vendor"},
        {"waiting": "the part"},
        {"waiting": {"on": "vendor", "for": "x"}},
        {"waiting.on": ""},
    ],
)
def test_on_whom_it_waits_is_changed_by_waiting_again(change) -> None:
    """docs/sla.md L3: waiting on the customer needs a question, which `tkt wait` asks for."""
    with pytest.raises(BadValue) as refused:
        set_values(waiting(), who(60), desk(), change)
    assert str(refused.value.hint) == "tkt wait ID"


def test_for_what_and_until_when_it_waits_can_be_corrected() -> None:
    given = {"waiting.for": "the version", "waiting.until": "2026-12-01"}
    after = set_values(waiting(), who(60), desk(), given)
    assert after.get("waiting") == {
        "on": "customer", "for": "the version", "until": "2026-12-01T15:59:59Z",
    }  # fmt: skip
    form = edited(after, who(70), desk(), {**after.values, "waiting": {**after.get("waiting"), "for": "x"}})
    assert form.get("waiting")["for"] == "x"


def test_a_wait_ends_in_the_future() -> None:
    with pytest.raises(BadValue, match="is not in the future"):
        set_values(waiting(), who(60), desk(), {"waiting.until": "2026-11-19"})
    # an old date may stay while something else is corrected
    old = set_values(waiting(), who(60 * 24 * 30), desk(), {"waiting.for": "the version"})
    assert old.get("waiting")["for"] == "the version"
