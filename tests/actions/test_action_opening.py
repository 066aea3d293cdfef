"""How a ticket begins: nothing is refused at the door but what is no ticket at all."""

from __future__ import annotations

import pytest
from flowdesk import NINE, changed, desk, did, new, who

from tkt.actions import BadValue, CannotOpen, Given, ReasonNeeded, begun, open_ticket, resolve
from tkt.checks import check_ticket
from tkt.model import Ticket
from tkt.schema import StatusDecl
from tkt.workflow import MoveRefused


def opened(words: str = "Hello", **more: object) -> Ticket:
    values = {"channel": "phone", **more.pop("values", {})}  # type: ignore[dict-item]
    return open_ticket(who(), desk(), id="261120-K7Q2M", values=values, words=words, **more)  # type: ignore[arg-type]


def test_a_channel_and_words_are_enough() -> None:
    ticket = opened("发票开不出来\n请帮忙")
    assert (ticket.id, ticket.status, ticket.title) == ("261120-K7Q2M", "new", "发票开不出来")
    assert ticket.received_at == NINE
    assert did(ticket)[:2] == ["opened", "message"]
    assert check_ticket(ticket, desk()) == []


def test_without_channel_or_words_it_is_no_ticket() -> None:
    with pytest.raises(CannotOpen) as refused:
        open_ticket(who(), desk(), id="261120-K7Q2M", values={}, words="  ")
    assert [each.guard for each in refused.value.missing] == ["channel", "words"]
    assert str(refused.value.hint) == 'tkt new --channel email --text "…"'


def test_a_title_alone_is_the_words() -> None:
    ticket = opened("", values={"title": "Printer on fire"})
    assert ticket.events[1].get("text") == "Printer on fire"


def test_the_title_is_the_first_line_cut_where_it_is_long() -> None:
    assert opened("\n  short \nmore").title == "short"
    long = opened("x" * 80).title
    assert (len(long), long[-1]) == (60, "…")


def test_what_the_customer_raised_is_in_the_customer_s_name() -> None:
    ticket = opened(values={"contact": "张伟 <zhang@acme.example>"})
    assert [(e.by, e.role, e.auto) for e in ticket.events[:2]] == [
        ("zhang@acme.example", "customer", False)
    ] * 2
    assert [opened(values=v).events[0].by for v in ({"contact": "138 0000 0000"}, {"customer": "acme"}, {})] == [
        "138 0000 0000", "acme", "customer",
    ]  # fmt: skip


def test_what_an_agent_raised_begins_with_their_note() -> None:
    """docs/sla.md L2: an agent's proactive ticket has no customer message to answer."""
    ticket = opened("Their licence ends soon", raised_by="agent", first_contact="proactive")
    assert [(e.did, e.by, e.role) for e in ticket.events[:2]] == [
        ("opened", "li.wei", "agent"),
        ("note", "li.wei", "agent"),
    ]
    assert (ticket.events[0].get("raised_by"), ticket.events[0].get("first_contact")) == (
        "agent",
        "proactive",
    )


def test_the_opening_says_where_it_came_from() -> None:
    ticket = opened(source="hotline", external_id="INC1", follows="261101-AAAAA")
    assert dict(ticket.events[0].data) == {
        "status": "new", "raised_by": "customer", "source": "hotline", "channel": "phone",
        "external_id": "INC1", "follows": "261101-AAAAA",
    }  # fmt: skip
    assert ticket.external_id == "INC1"


def test_values_are_read_as_typed() -> None:
    ticket = opened(values={"category": "product/fault", "urgency": "红", "contact.phone": "138"})
    assert (ticket.get("type"), ticket.get("category")) == ("product", "fault")
    assert ticket.get("contact") == {"phone": "138"}
    with pytest.raises(BadValue):
        opened(values={"urgency": "purple"})
    with pytest.raises(BadValue, match="comes and goes with a move"):
        opened(values={"resolution": "done"})


def test_rules_team_and_priority_follow_with_their_reasons() -> None:
    ticket = opened("My invoice", values={"category": "product/quality", "impact": "some", "urgency": "red"})
    said = {str(e.get("field")): (e.by, e.get("because")) for e in ticket.events if e.did == "set"}
    assert said == {"team": ("rule:money", None), "priority": ("li.wei", "table standard/some/red: P2")}
    assert (ticket.team, ticket.priority) == ("finance", "P2")


def test_a_priority_that_is_not_the_table_s_needs_a_reason() -> None:
    axes = {"channel": "phone", "impact": "one", "urgency": "green", "priority": "P1"}
    with pytest.raises(ReasonNeeded):
        opened(values=axes)
    actor = who(reason="a minister")
    ticket = open_ticket(actor, desk(), id="261120-K7Q2M", values=axes, words="Hello")
    assert (ticket.priority, ticket.events[-1].reason) == ("P1", "a minister")
    assert opened(values={"priority": "P1"}).priority == "P1"


def test_a_call_solved_at_once_is_one_command() -> None:
    values = {
        "contact": "张伟", "category": "inquiry/how-to", "impact": "one", "urgency": "green", "complexity": "simple",
        "owner": "li.wei",
    }  # fmt: skip
    given = Given(code="answered", text="explained the button", cause="documentation")
    ticket = opened(
        "Where is the button?", values=values, first_contact="live", and_then="resolve", given=given
    )
    assert ticket.status == "resolved"
    assert {event.at for event in ticket.events} == {NINE}
    assert [event.id[:4] for event in ticket.events] == ["0001"] * len(ticket.events)
    actor = begun(None, who())
    apart = open_ticket(
        actor,
        desk(),
        id=ticket.id,
        values={"channel": "phone", **values},
        words="Where is the button?",
        first_contact="live",
    )
    assert resolve(apart, actor, desk(), given) == ticket


def test_a_call_solved_at_once_lacks_what_any_other_lacks() -> None:
    with pytest.raises(MoveRefused) as refused:
        opened("Where?", and_then="resolve", given=Given(code="answered", text="there", cause="unknown"))
    assert "type" in [each.guard for each in refused.value.missing]


def test_tickets_begin_in_the_desk_s_own_first_status() -> None:
    statuses = {"inbox": StatusDecl(category="new"), **desk().workflow.statuses}
    assert new(config=changed("workflow", statuses=statuses)).status == "inbox"
