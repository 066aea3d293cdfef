"""Which rules of config/rules.yaml speak of a ticket, and what do they want?"""

from __future__ import annotations

from flowdesk import changed, desk, new, who

from tkt.actions import open_ticket
from tkt.model import Ticket
from tkt.rules import Ruling, category_team, rulings
from tkt.schema import Configuration, RuleDecl


def said(words: str, config: Configuration | None = None, **values: str) -> Ticket:
    """A request in these words."""
    given = {"channel": "email", **values}
    return open_ticket(who(), config or desk(), id="261120-K7Q2M", values=given, words=words)


def wanted(ticket: Ticket, *rules: RuleDecl, **more: object) -> tuple[Ruling, ...]:
    """What these rules, instead of the desk's, want of a ticket."""
    return rulings(ticket, changed("rules", rules=list(rules)), **more)  # type: ignore[arg-type]


def test_words_look_at_title_and_opening_message() -> None:
    assert said("我要退款").team == "finance"
    assert said("hello", title="refund please").team == "finance"
    assert said("hello").team == "support"


def test_a_field_belongs_to_the_first_rule_that_sets_it() -> None:
    both = said("The invoice page is down")  # outage stands above money
    assert both.team == "tech"
    first, second = (
        RuleDecl(name="a", set={"team": "it"}),
        RuleDecl(name="b", set={"team": "tech", "language": "en"}),
    )
    assert wanted(new(), first, second) == (
        Ruling(rule="a", field="team", to="it"),
        Ruling(rule="b", field="language", to="en"),
    )


def test_tags_and_watchers_add_up() -> None:
    rules = [RuleDecl(name=name, tag=[name], watch=["li.wei"]) for name in ("one", "two")]
    ticket = said("hello", changed("rules", rules=rules))
    assert ticket.tags == ("one", "two")
    assert ticket.get("watchers") == ["li.wei"]


def test_watchers_are_named_by_their_part_in_the_team_that_the_rules_choose() -> None:
    """The safety rule: quality owns it, its lead and manager watch."""
    ticket = said("the kettle smoked: smoke!")
    assert (ticket.team, ticket.get("urgency")) == ("quality", "red")
    assert ticket.get("watchers") == ["wang.fang", "li.wei"]


def test_rules_raise_urgency_and_never_lower_it() -> None:
    red, green = RuleDecl(name="up", set={"urgency": "red"}), RuleDecl(name="down", set={"urgency": "green"})
    yellow = new().with_values(urgency="yellow")
    assert [each.to for each in wanted(yellow, red, given={"urgency"})] == ["red"]
    assert wanted(yellow, green) == ()
    assert [each.to for each in wanted(new(), green)] == ["green"]
    # a rule that may not set the field leaves it to the next one
    assert [each.rule for each in wanted(yellow, green, red)] == ["up"]


def test_rules_never_set_type_or_category_nor_what_a_person_gave() -> None:
    rule = RuleDecl(
        name="all", set={"type": "product", "category": "fault", "team": "tech", "language": "zh"}
    )
    found = wanted(new(), rule, given={"team"})
    assert [each.field for each in found] == ["language"]


def test_every_ruling_is_written_in_its_rule_s_name() -> None:
    ticket = said("我要退款", team="it")
    assert ticket.team == "it"
    refund = said("我要退款")
    (event,) = [each for each in refund.events if each.did == "set"]
    assert (event.by, event.role, event.auto, event.get("to")) == ("rule:money", "system", True, "finance")


def test_the_rest_goes_to_the_category_s_team_else_to_support() -> None:
    assert category_team(new().with_values(type="product", category="quality"), desk()) == "quality"
    assert category_team(new(), desk()) == "support"
    teams = {name: it for name, it in desk().people.teams.items() if name != "support"}
    assert category_team(new(), changed("people", teams=teams)) is None


def test_a_rule_for_later_speaks_only_when_a_ticket_begins_to_match() -> None:
    rule = RuleDecl(
        name="second", when="complexity:multi-step", upon=["triage", "change"], set={"team": "tech"}
    )
    simple, complex_ = new(), new().with_values(complexity="multi-step")
    assert wanted(complex_, rule) == ()
    assert [each.to for each in wanted(complex_, rule, upon=("change",), before=simple)] == ["tech"]
    assert wanted(complex_, rule, upon=("change",), before=complex_) == ()


def test_conditions_know_the_channel_s_class_and_the_audience() -> None:
    config = desk()
    derived = next(name for name, it in config.channels.channels.items() if it.kind == "derived")
    rule = RuleDecl(name="r", when="channel.class:derived audience:customer", tag=["public"])
    assert [each.add for each in wanted(new().with_values(channel=derived), rule)] == [("public",)]
    assert wanted(new(), rule) == ()


def test_words_of_the_opening_count_and_those_of_the_contact_do_not() -> None:
    assert said("hello\nI want a refund").team == "finance"
    assert said("hello", contact="Refund Ltd <refund@acme.example>", customer="refund").team == "support"
