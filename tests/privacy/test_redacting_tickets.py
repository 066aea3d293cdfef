"""Words go, and everything that is made of a ticket stays: status, folds, verdicts, guards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from flowdesk import changed as configured
from flowdesk import desk as default_desk
from flowdesk import new, resolved, started, triaged, waiting, who

from tkt.actions import note, set_values, tag
from tkt.actions.personal import holds_words, texts_in
from tkt.actions.pseudonyms import Pseudonyms
from tkt.actions.redacting import HIDDEN, NothingToRedact, people_of, pseudonymised, redact, redactable
from tkt.checks import check_change, check_ticket
from tkt.demo import build_demo
from tkt.desk import Desk
from tkt.errors import NotFound
from tkt.model import Ticket, folded, status_of
from tkt.schema import FieldDecl
from tkt.sla import Verdict
from tkt.store.codec.layout import event_mapping, ticket_mapping

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
CONFIG = default_desk()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    root = tmp_path_factory.mktemp("demo") / "desk"
    return Desk.open(build_demo(root, tickets=40, seed=2, now=NOW, language="en").root)


def everything(ticket: Ticket) -> str:
    return str(ticket_mapping(ticket)) + "".join(str(event_mapping(event)) for event in ticket.events)


def event_of(ticket: Ticket, did: str) -> str:
    return next(event.id for event in reversed(ticket.events) if event.did == did)


def assert_same_but_words(before: Ticket, after: Ticket, desk: Desk) -> None:
    """Identity, order, status, fold and verdicts are as they were, and nothing new is wrong."""
    known = [(event.id, event.at, event.did, event.role, event.auto) for event in before.events]
    assert [(event.id, event.at, event.did, event.role, event.auto) for event in after.events][
        : len(known)
    ] == known
    assert status_of(after.events) == status_of(before.events)
    told = folded(after.events, finished=desk.config.finished)
    assert {name: after.get(name) for name, value in told.items() if not isinstance(value, tuple)} == {
        name: value for name, value in told.items() if not isinstance(value, tuple)
    }
    found = [str(each.message) for each in check_ticket(before, desk.config)]
    assert [
        str(each.message) for each in check_ticket(after, desk.config) if str(each.message) not in found
    ] == []
    assert [
        (each.code, str(each.message), each.event, each.key)
        for each in check_change(before, after, desk.config)
    ] == []
    for now in (before.updated_at, NOW, NOW + timedelta(days=3)):
        assert judged(desk, after, now) == judged(desk, before, now)


def judged(desk: Desk, ticket: Ticket, now: datetime) -> list[Verdict]:
    """The verdicts, without the reasons that people gave: these are words."""
    return [msgspec.structs.replace(verdict, reason=None) for verdict in desk.verdicts(ticket, now=now)]


def test_every_event_of_a_desk_can_lose_its_words_and_no_verdict_changes(demo: Desk) -> None:
    for ticket in demo.read().tickets:
        events = [event.id for event in redactable(ticket, demo.config)]
        after = redact(ticket, who(now_is(ticket), reason="asked"), demo.config, events=events)
        assert_same_but_words(ticket, after, demo)
        assert all(after.event(name).get("redacted")["why"] == "asked" for name in events)
        assert redactable(after, demo.config) == ()


def now_is(ticket: Ticket) -> float:
    """Minutes of `flowdesk.who` for an instant behind everything."""
    return (max(NOW, ticket.updated_at) - who().now).total_seconds() / 60 + 1


def test_one_event_after_the_other_leaves_a_ticket_in_order(demo: Desk) -> None:
    for ticket in demo.read().tickets[:8]:
        for event in redactable(ticket, demo.config):
            actor = who(now_is(ticket), reason="asked")
            assert_same_but_words(ticket, redact(ticket, actor, demo.config, events=[event.id]), demo)


def test_every_field_with_words_can_be_redacted(demo: Desk) -> None:
    kept = {}
    for ticket in demo.read().tickets:
        for name in ticket.values:
            if not holds_words(demo.config, name) or demo.config.field_kinds.get(name) in (
                "instant",
                "number",
            ):
                continue
            before, after = set(texts_in(ticket.get(name))) - {HIDDEN}, ticket
            with suppress(NothingToRedact):  # where it is a code alone
                after = redact(ticket, who(now_is(ticket), reason="asked"), demo.config, fields=[name])
            assert_same_but_words(ticket, after, demo)
            kept.setdefault(name, set()).update(before & set(texts_in(after.get(name))))
    assert {"title", "contact", "asks", "resolution", "next_action"} <= set(kept)
    codes = {name: words for name, words in kept.items() if words}
    assert set(codes) <= {"asks", "resolution", "next_action", "waiting", "customer_deadline"}


def test_a_person_can_be_taken_out_of_every_ticket(demo: Desk) -> None:
    for ticket in demo.read().tickets:
        literals = {text: "customer-000000" for it in people_of(ticket, demo.config) for text in texts_in(it)}
        after = pseudonymised(
            ticket, who(now_is(ticket), reason="asked"), demo.config, Pseudonyms(literals=literals)
        )
        assert_same_but_words(ticket, after, demo)
        assert after.get("contact") == {"name": "customer-000000"}
        assert not [literal for literal in literals if literal in everything(after)]


def test_a_message_keeps_who_wrote_when_and_that_it_asked() -> None:
    ticket = waiting()
    asked = event_of(ticket, "message")
    after = redact(ticket, who(60, reason="by mail"), CONFIG, events=[asked])
    assert event_mapping(after.event(asked)) == {
        **{key: value for key, value in event_mapping(ticket.event(asked)).items() if key != "text"},
        "redacted": {"by": "li.wei", "at": "2026-11-20T02:00:00Z", "why": "by mail"},
    }


def test_what_an_event_set_goes_wherever_it_stands() -> None:
    # given a title that was changed twice
    ticket = set_values(triaged(), who(20), CONFIG, {"title": "Zhang's divorce"})
    told = event_of(ticket, "set")
    ticket = set_values(ticket, who(30), CONFIG, {"title": "Invoice E104"})
    after = redact(ticket, who(40, reason="r"), CONFIG, events=[told])
    # then neither event says what it was between, nor what it was before, and the present stands
    assert "divorce" not in everything(after)
    assert after.title == "Invoice E104"
    assert [event.get("from") for event in after.events if event.get("field") == "title"] == [HIDDEN, HIDDEN]


def test_a_key_follows_its_event_and_says_so_without_saying_what_it_was() -> None:
    ticket = set_values(triaged(), who(20), CONFIG, {"title": "Zhang's divorce"})
    after = redact(ticket, who(40, reason="r"), CONFIG, events=[event_of(ticket, "set")])
    last = after.events[-1]
    assert after.title == HIDDEN
    assert (last.did, last.get("field"), last.get("from"), last.get("to")) == ("set", "title", HIDDEN, HIDDEN)
    assert (last.get("because"), last.reason) == ("redacted", "r")


def test_a_field_that_no_event_speaks_of_is_redacted_as_well() -> None:
    after = redact(new(), who(40, reason="r"), CONFIG, fields=["title"])
    assert after.title == HIDDEN
    assert check_change(new(), after, CONFIG) == []


def test_words_in_a_wait_go_and_whom_it_waits_for_stays() -> None:
    ticket = waiting()
    until = ticket.get("waiting")["until"]
    changed = set_values(ticket, who(50), CONFIG, {"waiting.until": "2026-12-24"})
    after = redact(changed, who(60, reason="r"), CONFIG, events=[event_of(ticket, "moved")])
    assert after.get("waiting") == {**changed.get("waiting"), "for": HIDDEN}
    assert after.event(event_of(ticket, "moved")).get("waiting")["until"] == until


def test_a_solution_loses_its_words_and_keeps_its_codes() -> None:
    ticket = resolved()
    after = redact(ticket, who(90, reason="r"), CONFIG, fields=["resolution"])
    assert after.get("resolution") == {**ticket.get("resolution"), "text": HIDDEN}


def test_tags_go_as_a_whole() -> None:
    ticket = tag(tag(triaged(), who(20), CONFIG, add=["divorce", "b"]), who(30), CONFIG, remove=["b"])
    with pytest.raises(NothingToRedact, match="as a whole"):
        redact(ticket, who(40, reason="r"), CONFIG, events=[event_of(ticket, "set")])
    after = redact(ticket, who(40, reason="r"), CONFIG, fields=["tags"])
    assert "divorce" not in everything(after)
    assert after.tags == ()
    assert [each.code for each in check_ticket(after, CONFIG)] == [
        each.code for each in check_ticket(ticket, CONFIG)
    ]
    assert check_change(ticket, after, CONFIG) == []


def test_an_instant_of_a_desks_own_goes_as_a_whole() -> None:
    config = configured("taxonomy", fields={**CONFIG.taxonomy.fields, "born_at": FieldDecl(type="instant")})
    ticket = set_values(triaged(), who(20), config, {"born_at": "1980-01-02T03:04:05Z"})
    after = redact(ticket, who(40, reason="r"), config, fields=["born_at"])
    assert after.get("born_at") is None
    assert "1980" not in everything(after)
    assert check_change(ticket, after, config) == []


def test_a_reason_is_words_too() -> None:
    ticket = set_values(triaged(), who(20, reason="zhang's wife called"), CONFIG, {"priority": "P1"})
    (event,) = [event for event in ticket.events if event.reason]
    after = redact(ticket, who(40, reason="r"), CONFIG, events=[event.id])
    assert "wife" not in everything(after)
    assert after.priority == "P1"


def test_what_this_version_does_not_know_is_taken_out() -> None:
    ticket = note(triaged(), who(20), CONFIG, text="x")
    strange = replace(ticket.events[-1], data={**ticket.events[-1].data, "mood": {"of": "zhang"}})
    ticket = replace(ticket, events=(*ticket.events[:-1], strange))
    after = redact(ticket, who(40, reason="r"), CONFIG, events=[strange.id])
    assert set(after.events[-1].data) == {"redacted"}


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({"fields": ["priority"]}, "nobody's words"),
        ({"fields": ["customer"]}, "has no customer"),
        ({"fields": ["titel"]}, "has no titel"),
        ({"fields": ["received_at"]}, "nobody's words"),
    ],
)
def test_what_is_nobodys_words_is_refused(wish: dict[str, list[str]], told: str) -> None:
    with pytest.raises(NothingToRedact, match=told):
        redact(triaged(), who(40, reason="r"), CONFIG, **wish)


def test_an_event_without_words_and_one_that_is_not_there_are_refused() -> None:
    ticket = started()
    with pytest.raises(NothingToRedact, match="no words"):
        redact(ticket, who(40, reason="r"), CONFIG, events=[event_of(ticket, "opened")])
    with pytest.raises(NotFound, match="has no event"):
        redact(ticket, who(40, reason="r"), CONFIG, events=["zzzzzz"])


def test_a_second_time_there_is_nothing_to_take_out() -> None:
    ticket = started()
    once = redact(ticket, who(40, reason="r"), CONFIG, events=[event_of(ticket, "message")])
    with pytest.raises(NothingToRedact, match="already"):
        redact(once, who(50, reason="r"), CONFIG, events=[event_of(ticket, "message")])


def test_nobody_of_the_desk_is_taken_for_a_customer() -> None:
    ticket = new(contact="李伟 <li.wei@desk.example>")
    assert list(people_of(ticket, CONFIG)) == []


def people(ticket: Ticket) -> Iterator[str]:
    return (text for it in people_of(ticket, CONFIG) for text in texts_in(it))


def test_everybody_who_was_the_contact_is_known() -> None:
    ticket = set_values(new(), who(20), CONFIG, {"contact": "李娜 <li.na@acme.example>"})
    assert {"张伟", "zhang.wei@acme.example", "李娜", "li.na@acme.example"} <= set(people(ticket))
