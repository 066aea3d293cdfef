"""What each guard asks, by the names that config/workflow.yaml uses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from flowdesk import NINE, changed, desk, new, resolved, started, triaged, waiting, who

from tkt.actions import Given, close, heard, noreply, note, open_ticket, reopen, reply, set_values
from tkt.guards import GUARDS, Situation
from tkt.guards.talk import resolved_at, unanswered_message, was_asked, was_told
from tkt.model import Event, Ticket
from tkt.schema import CategoryDecl, Configuration, FieldDecl


def lacking(
    guard: str, ticket: Ticket, config: Configuration | None = None, **known: object
) -> tuple[str, ...]:
    """The names that the guard asks for."""
    situation = Situation(ticket=ticket, config=config or desk(), **known)  # type: ignore[arg-type]
    return tuple(name for found in GUARDS[guard](situation) for name in found.names)


def event(number: int, did: str, minutes: int = 30, **data: object) -> Event:
    return Event(
        id=f"zz00{number:02d}", at=NINE + timedelta(minutes=minutes), by="li.wei", did=did, data=data
    )


def test_every_guard_of_the_defaults_exists() -> None:
    named = {
        guard if isinstance(guard, str) else guard.guard
        for status in desk().workflow.statuses.values()
        for guard in (*status.enter, *status.leave)
    }
    assert named <= set(GUARDS)


def test_every_missing_thing_is_named_by_its_own_guard() -> None:
    bare = Ticket(id="261120-K7Q2M", status="closed", values={"category": "fault", "type": "product"})
    for name, guard in GUARDS.items():
        assert {found.guard for found in guard(Situation(ticket=bare, config=desk()))} <= {name}


@pytest.mark.parametrize(
    ("guard", "field"),
    [
        ("channel", "channel"), ("asks", "asks"), ("type", "type"), ("category", "category"),
        ("impact", "impact"), ("urgency", "urgency"), ("complexity", "complexity"), ("team", "team"),
        ("one_owner", "owner"),
    ],
)  # fmt: skip
def test_a_field_is_asked_for_until_it_is_there(guard: str, field: str) -> None:
    there = started()
    assert lacking(guard, there) == ()
    assert lacking(guard, there.with_values(**{field: None})) == (field,)


def test_words_are_a_message_or_a_note() -> None:
    opened = new()
    assert lacking("words", opened) == ()
    assert lacking("words", Ticket(id=opened.id, status="new", events=opened.events[:1])) == ("text",)


def test_who_is_a_customer_or_a_contact() -> None:
    assert lacking("who", new()) == ()
    assert lacking("who", new().with_values(contact=None, customer="acme")) == ()
    assert lacking("who", new().with_values(contact=None)) == ("contact", "customer")


def test_type_and_category_need_their_fields_and_any_of_two_will_do() -> None:
    config = changed(
        "taxonomy",
        fields={"model_or_version": FieldDecl(any_of=["model", "serial"]), "evidence": FieldDecl()},
        types={"product": {"fault": CategoryDecl(need=["model_or_version", "evidence"])}},
    )
    ticket = new().with_values(type="product", category="fault")
    assert lacking("needed_fields", ticket, config) == ("product", "model", "serial", "evidence")
    given = ticket.with_values(product="invoicing", serial="0012")
    assert lacking("needed_fields", given, config) == ("evidence",)


def test_an_attachment_is_evidence() -> None:
    asks_evidence = triaged().with_values(evidence=None)
    assert lacking("needed_fields", asks_evidence) == ("evidence",)
    assert lacking("needed_fields", asks_evidence.with_events(event(1, "attached", file="a.png"))) == ()


def test_false_and_zero_are_answers() -> None:
    config = changed(
        "taxonomy",
        fields={"injury": FieldDecl(type="bool"), "amount": FieldDecl(type="number")},
        types={"product": {"safety": CategoryDecl(need=["injury", "amount"])}},
    )
    ticket = new().with_values(type="product", category="safety", product="kettle", injury=False, amount=0)
    assert lacking("needed_fields", ticket, config) == ()


def test_the_next_action_must_say_what() -> None:
    assert lacking("next_action", started()) == ()
    assert lacking("next_action", started().with_values(next_action={"who": "owner"})) == ("next_action",)


def test_waiting_says_on_whom_for_what_until_when() -> None:
    bare = waiting().with_values(waiting=None)
    assert [lacking(guard, bare) for guard in ("waiting_on", "waiting_for", "until")] == [
        ("on",),
        ("for",),
        ("until",),
    ]
    assert lacking("waiting_on", bare.with_values(waiting={"on": "the moon"})) == ("on",)
    assert [lacking(guard, waiting()) for guard in ("waiting_on", "waiting_for", "until")] == [(), (), ()]


def test_who_waits_for_the_customer_has_asked_them() -> None:
    """docs/sla.md L3: an agent's public message stands at or after the customer's last one."""
    waits = {"on": "customer", "for": "a picture", "until": "2026-11-23T01:00:00Z"}
    silent = started().with_values(waiting=waits)
    assert lacking("asked_if_customer", silent) == ("reply",)
    assert lacking("asked_if_customer", silent.with_values(waiting={**waits, "on": "vendor"})) == ()
    asked = reply(silent, who(30), desk(), text="A picture, please.")
    assert lacking("asked_if_customer", asked) == ()
    assert not was_asked(heard(asked, who(40), desk(), text="which?"))
    assert not was_asked(note(silent, who(30), desk(), text="ask for a picture"))
    assert not was_asked(reply(silent, who(30), desk(), text="Broken?", to="vendor"))
    assert not was_asked(reply(silent, who(30, auto=True), desk(), text="We are closed now."))


def test_a_resolution_has_a_code_words_and_a_cause() -> None:
    open_ = started()
    assert [lacking(guard, open_) for guard in ("code", "resolution_text", "cause")] == [
        ("code",),
        ("text",),
        ("cause",),
    ]
    done = open_.with_values(resolution={"code": "fixed", "text": "emptied the cache", "cause": "unknown"})
    assert [lacking(guard, done) for guard in ("code", "resolution_text", "cause")] == [(), (), ()]
    wrong = open_.with_values(resolution={"code": "fixd", "text": "", "cause": "gremlins"})
    assert [lacking(guard, wrong) for guard in ("code", "resolution_text", "cause")] == [
        ("code",),
        ("text",),
        ("cause",),
    ]


def test_tasks_must_be_done() -> None:
    begun = started().with_events(event(1, "task", task="a1", title="check the server"))
    assert lacking("tasks_done", begun) == ("a1",)
    assert lacking("tasks_done", begun.with_events(event(2, "task-done", task="a1"))) == ()


def test_visits_must_be_over() -> None:
    planned = started().with_events(event(1, "visit", visit="v1", state="planned"))
    assert lacking("visits_done", planned) == ("v1",)
    moved = planned.with_events(event(2, "visit-changed", visit="v1", window="tomorrow"))
    assert lacking("visits_done", moved) == ("v1",)
    assert (
        lacking("visits_done", moved.with_events(event(3, "visit-changed", visit="v1", state="done"))) == ()
    )


def test_children_are_judged_by_what_whoever_asks_knows() -> None:
    """docs/sla.md L10: a parent cannot resolve with open children."""
    parent = started().with_events(event(1, "split", into="261120-AAAAA"))
    assert lacking("children_done", parent) == ()
    assert lacking("children_done", parent, open_children=("261120-AAAAA",)) == ("261120-AAAAA",)


def test_the_customer_is_told_at_or_after_the_last_resolve() -> None:
    solved = resolved()
    assert lacking("told", solved) == ()
    # reopened and solved again in silence: what was said of the first time does not count
    again = reopen(solved, who(90), desk())
    silent = again.with_events(event(1, "moved", 95, **{"from": "in-progress", "to": "resolved"})).in_status(
        "resolved"
    )
    assert resolved_at(silent, desk().finished) == NINE + timedelta(minutes=95)
    assert lacking("told", silent) == ("reply",)
    assert was_told(reply(silent, who(100), desk(), text="Done again."), desk().finished)
    assert not was_told(heard(silent, who(100), desk(), text="And?"), desk().finished)


def test_closing_does_not_make_a_new_resolve() -> None:
    closed = close(resolved(), who(120), desk(), Given(confirmed="phone"))
    assert resolved_at(closed, desk().finished) == NINE + timedelta(minutes=60)


def test_nothing_that_the_customer_wrote_stays_unanswered() -> None:
    assert lacking("no_unanswered_message", started()) == ("reply",)
    answered = reply(started(), who(30), desk(), text="We look into it.")
    assert unanswered_message(answered) is None
    thanks = heard(answered, who(40), desk(), text="Thanks!")
    assert unanswered_message(thanks) == thanks.events[-1]
    settled = noreply(thanks, who(45, reason="only thanks"), desk())
    assert lacking("no_unanswered_message", settled) == ()
    assert unanswered_message(heard(settled, who(50), desk(), text="One more thing")) is not None


def test_an_automatic_answer_answers_nothing() -> None:
    """docs/sla.md L1: not a response is an auto-acknowledgement."""
    acknowledged = reply(new(), who(1, auto=True), desk(), text="We have your request.")
    assert unanswered_message(acknowledged) is not None


def test_a_close_is_confirmed_or_automatic() -> None:
    assert lacking("confirmed_or_auto_closed", resolved()) == ("confirmed",)
    for given in (Given(confirmed="phone"), Given(auto_closed=True)):
        assert lacking("confirmed_or_auto_closed", close(resolved(), who(120), desk(), given)) == ()


def test_choices_are_the_desks_own() -> None:
    impact = {name: it for name, it in desk().taxonomy.impact.items() if name != "many"}
    config = changed("taxonomy", impact=impact)
    (found,) = GUARDS["impact"](Situation(ticket=new(), config=config))
    assert str(found.what) == "impact: how many are affected (some, one)"
    assert found.give == "--set impact=…"


def test_categories_are_those_of_the_type_where_it_is_known() -> None:
    known = set_values(new(), who(5), desk(), {"type": "complaint"})
    (found,) = GUARDS["category"](Situation(ticket=known, config=desk()))
    assert found.give == "--set category=…"
    assert "delivery" not in str(found.what)
    declared = desk().taxonomy.types["complaint"]
    assert all(name in str(found.what) for name in declared)
    assert isinstance(next(iter(declared.values())), msgspec.Struct)


def test_an_answer_of_the_same_second_is_an_answer() -> None:
    """docs/sla.md L3: at or after."""
    ticket = new()
    same = event(1, "message", 0, to="customer", text="Which browser?")
    assert same.at == ticket.events[1].at
    assert was_asked(ticket.with_events(same))
    assert unanswered_message(ticket.with_events(same)) is None


def live(**more: Any) -> Ticket:
    """A call that an agent records while it goes on."""
    given = {"channel": "phone", "contact": "张伟", **more}
    return open_ticket(
        who(), desk(), id="261120-K7Q2M", values=given, words="It says E104.", first_contact="live"
    )


def test_the_words_of_a_call_are_answered_in_the_call() -> None:
    """docs/sla.md L2: recorded live, its first response is met when it is received."""
    assert unanswered_message(live()) is None
    assert lacking("no_unanswered_message", live()) == ()
    again = heard(live(), who(40), desk(), text="It is back.")
    assert unanswered_message(again) == again.events[-1]
    assert unanswered_message(new()) is not None


def test_a_call_that_is_solved_at_once_was_told() -> None:
    solved = (
        live().with_events(event(1, "moved", 0, **{"from": "new", "to": "resolved"})).in_status("resolved")
    )
    assert lacking("told", solved) == ()
    later = (
        live().with_events(event(1, "moved", 9, **{"from": "new", "to": "resolved"})).in_status("resolved")
    )
    assert lacking("told", later) == ("reply",)
    mail = new().with_events(event(1, "moved", 0, **{"from": "new", "to": "resolved"})).in_status("resolved")
    assert lacking("told", mail) == ("reply",)
