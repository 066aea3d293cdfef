"""May a ticket go there, by which way, and what does it lack?"""

from __future__ import annotations

import msgspec
import pytest
from flowdesk import changed, desk, new, started, triaged, who

from tkt.actions import Given, move, set_values
from tkt.errors import ConfigError, UsageError
from tkt.schema import GuardDecl, StatusDecl
from tkt.workflow import (
    MoveRefused,
    destination,
    is_uncounted,
    missing,
    missing_to_leave,
    route,
    status_named,
    target,
)


@pytest.mark.parametrize(
    ("start", "to", "way"),
    [
        ("new", "in-progress", ("new", "in-progress")),
        ("new", "waiting", ("new", "assigned", "waiting")),
        ("assigned", "closed", ("assigned", "resolved", "closed")),
        ("closed", "waiting", ("closed", "in-progress", "waiting")),
        ("waiting", "waiting", ("waiting", "waiting")),
        ("resolved", "new", ("resolved", "in-progress", "assigned", "new")),
    ],
)
def test_the_way_is_the_shortest_over_moves_and_ties_go_by_their_order(start, to, way) -> None:
    assert route(desk(), start, to) == way


def test_a_ticket_stays_where_it_is_only_to_wait_for_something_else() -> None:
    assert route(desk(), "in-progress", "in-progress") is None


def test_new_to_closed_stands_open_only_to_an_uncounted_code() -> None:
    assert route(desk(), "new", "closed", code="spam") == ("new", "closed")
    assert route(desk(), "new", "closed", code="fixed") == ("new", "resolved", "closed")
    assert route(desk(), "new", "closed") == ("new", "resolved", "closed")


def test_a_way_that_does_not_end_a_ticket_never_leads_over_its_end() -> None:
    # given a desk where waiting can be reached from resolved alone
    config = changed("workflow", moves={"new": ["resolved"], "resolved": ["waiting", "closed"]})
    # then a new ticket cannot get there by being resolved on the way
    assert route(config, "new", "waiting") is None
    assert route(config, "resolved", "waiting") == ("resolved", "waiting")


def test_what_is_finished_ends_otherwise_only_by_a_reopening() -> None:
    """docs/sla.md L8: to take it up again is a decision of its own, and is counted."""
    assert route(desk(), "closed", "resolved") is None
    assert route(desk(), "resolved", "closed") == ("resolved", "closed")
    # a desk may allow the step itself
    config = changed("workflow", moves={**desk().workflow.moves, "closed": ["resolved", "in-progress"]})
    assert route(config, "closed", "resolved") == ("closed", "resolved")


def test_an_uncounted_end_asks_nothing_from_anywhere() -> None:
    closed = started().with_values(resolution={"code": "duplicate"}).in_status("closed")
    assert is_uncounted(desk(), "closed", "duplicate")
    assert missing(closed, ("in-progress", "resolved", "closed"), desk()) == ()
    assert not is_uncounted(desk(), "resolved", "duplicate")


def test_all_guards_on_the_way_are_asked_at_once_and_each_once() -> None:
    after = new().in_status("waiting")
    found = missing(after, ("new", "assigned", "waiting"), desk())
    # leave of new, enter and leave of assigned, enter of waiting; one_owner is asked by two of them
    assert [each.guard for each in found] == [
        "type", "category", "impact", "urgency", "one_owner", "complexity",
        "waiting_on", "waiting_for", "until",
    ]  # fmt: skip


def test_what_a_ticket_lacks_to_leave_its_status_can_be_listed() -> None:
    assert [each.names for each in missing_to_leave(new(), desk())] == [
        ("type",), ("category",), ("impact",), ("urgency",),
    ]  # fmt: skip
    assert missing_to_leave(triaged(), desk()) == ()


def test_a_refusal_names_everything_and_hints_at_one_command() -> None:
    with pytest.raises(MoveRefused) as refused:
        move(triaged(), who(30), desk(), "waiting", Given(on="vendor"))
    assert [each.guard for each in refused.value.missing] == ["one_owner", "complexity", "waiting_for"]
    assert str(refused.value) == (
        "261120-K7Q2M cannot go to waiting yet; missing:\n"
        "  owner: the one person who is responsible\n"
        "  complexity: how many hands and rounds it takes (cross-team, multi-step, simple)\n"
        "  waiting for: what must come"
    )
    assert str(refused.value.hint) == (
        'tkt wait 261120-K7Q2M --on vendor --set owner=… --set complexity=… --for "…"'
    )
    assert refused.value.exit_code == 1


def test_the_hint_keeps_what_was_typed_quoted_for_a_shell() -> None:
    with pytest.raises(MoveRefused) as refused:
        move(started(), who(30), desk(), "resolved", Given(text="it's done", changes={"title": "a b"}))
    assert str(refused.value.hint) == (
        "tkt resolve 261120-K7Q2M --set 'title=a b' --text 'it'\"'\"'s done' --code … --cause …"
    )


def test_what_the_hint_says_when_followed_goes_through() -> None:
    with pytest.raises(MoveRefused):
        move(started(), who(30), desk(), "resolved", Given(text="done"))
    after = move(started(), who(30), desk(), "resolved", Given(text="done", code="fixed", cause="unknown"))
    assert after.status == "resolved"


def test_a_guard_with_a_condition_is_asked_of_matching_tickets_only() -> None:
    # given the default desk, which asks what the customer wants where something is wrong
    question = set_values(
        new(), who(5), desk(), {"category": "inquiry/how-to", "impact": "one", "urgency": "green"}
    )
    fault = set_values(
        new(), who(5), desk(), {"category": "service/slow-support", "impact": "one", "urgency": "green"}
    )
    assert missing_to_leave(question, desk()) == ()
    assert "asks" in [each.guard for each in missing_to_leave(fault, desk())]


def test_a_condition_sees_the_ticket_as_it_would_be() -> None:
    statuses = desk().workflow.statuses
    guarded = msgspec.structs.replace(
        statuses["resolved"], enter=[GuardDecl(guard="asks", when="urgency:red")]
    )
    config = changed("workflow", statuses={**statuses, "resolved": guarded})
    calm = started(config).with_values(asks=None)
    with pytest.raises(MoveRefused) as refused:
        move(calm, who(30), config, "resolved")
    assert [each.guard for each in refused.value.missing] == ["asks"]
    assert move(calm, who(30), config, "resolved", Given(changes={"urgency": "green"})).status == "resolved"


def test_a_guard_that_does_not_exist_is_a_fault_of_the_configuration() -> None:
    statuses = {**desk().workflow.statuses, "new": StatusDecl(category="new", leave=["impct"])}
    config = changed("workflow", statuses=statuses)
    with pytest.raises(ConfigError) as fault:
        missing_to_leave(new(), config)
    assert fault.value.path == "config/workflow.yaml"
    assert str(fault.value.hint) == "did you mean impact?"


def test_a_verb_leads_to_the_usual_status_or_to_the_first_of_its_category() -> None:
    assert [target(desk(), verb) for verb in ("start", "wait", "resolve", "close", "reopen")] == [
        "in-progress", "waiting", "resolved", "closed", "in-progress",
    ]  # fmt: skip
    own = {
        "inbox": StatusDecl(category="new"),
        "queued": StatusDecl(category="active"),
        "doing": StatusDecl(category="active"),
        "solved": StatusDecl(category="resolved"),
    }
    config = changed("workflow", statuses=own)
    assert (target(config, "start"), target(config, "resolve")) == ("doing", "solved")
    with pytest.raises(UsageError):
        target(config, "wait")


def test_statuses_are_known_by_their_names_in_both_languages() -> None:
    assert status_named(desk(), "处理中") == "in-progress"
    assert status_named(desk(), "Waiting") == "waiting"
    assert destination(desk(), "wait") == "waiting"
    with pytest.raises(UsageError) as unknown:
        status_named(desk(), "wating")
    assert str(unknown.value.hint) == "did you mean waiting?"
