"""What would another configuration make of the tickets that are there?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from flowdesk import NINE, changed, desk, new, who

from tkt.actions import open_ticket, set_values
from tkt.differences import Effects, Side, effects
from tkt.model import Ticket
from tkt.schema import Configuration, RuleDecl
from tkt.sla import ServiceLevels

NOW = NINE + timedelta(days=3)


def side(config: Configuration) -> Side:
    return Side(config=config, levels=ServiceLevels.from_configuration(config))


def effect(ticket: Ticket, config: Configuration, *files: str) -> list[tuple[Any, ...]]:
    """(what, source, before, after) of every effect that `config` has on a ticket of the usual desk."""
    found = effects([ticket], side(desk()), side(config), NOW, files)
    assert found.considered == 1
    assert all(it.tickets == (ticket.id,) for it in found.all)
    return [tuple(it.key) for it in found.all]


def with_rule_first(**keys: Any) -> Configuration:
    return changed("rules", rules=[RuleDecl(name="mine", **keys), *desk().rules.rules])


def refund() -> Ticket:
    return open_ticket(
        who(), desk(), id="261120-K7Q2M", values={"channel": "email"}, words="I want a refund."
    )


def test_a_rule_above_another_one_routes_elsewhere() -> None:
    config = with_rule_first(when="refund", set={"team": "tech"})
    assert effect(refund(), config, "rules") == [("team", "rule:mine", "finance", "tech")]


def test_a_rule_that_wants_what_was_wanted_before_changes_nothing() -> None:
    config = with_rule_first(when="refund", set={"team": "finance"})
    assert effect(refund(), config, "rules") == []


def test_a_rule_that_goes_leaves_the_field_to_the_next() -> None:
    rules = [rule for rule in desk().rules.rules if rule.name != "money"]
    config = changed("rules", rules=rules)
    assert effect(refund(), config, "rules") == [("team", "rule:rest", "finance", "support")]


def test_what_a_person_gave_when_it_was_opened_no_rule_takes() -> None:
    given = {"channel": "email", "team": "quality"}
    ticket = open_ticket(who(), desk(), id="261120-K7Q2M", values=given, words="I want a refund.")
    config = with_rule_first(when="refund", set={"team": "tech"})
    assert effect(ticket, config, "rules") == []


def test_tags_that_a_rule_adds_are_told_together() -> None:
    config = with_rule_first(when="refund", tag=["money", "angry"])
    assert effect(refund(), config, "rules") == [("tags", "rule:mine", None, ("angry", "money"))]


def test_a_ticket_is_judged_as_it_was_opened_not_as_it_is() -> None:
    # given a rule for tickets without an urgency, and one that has got one since
    ticket = set_values(refund(), who(5), desk(), {"impact": "one", "urgency": "green"})
    config = with_rule_first(when="refund -urgency:green", set={"team": "tech"})
    assert ("team", "rule:mine", "finance", "tech") in effect(ticket, config, "rules")


def test_the_team_of_a_category_follows_the_taxonomy() -> None:
    ticket = set_values(new(), who(5), desk(), {"category": "inquiry/contract"})
    assert ticket.team == "success"
    types = desk().taxonomy.types
    contract = msgspec.structs.replace(types["inquiry"]["contract"], team="finance")
    config = changed("taxonomy", types={**types, "inquiry": {**types["inquiry"], "contract": contract}})
    assert ("team", "category inquiry/contract", "success", "finance") in effect(ticket, config, "taxonomy")


def test_another_table_gives_another_priority() -> None:
    ticket = set_values(new(), who(5), desk(), {"impact": "some", "urgency": "red"})
    table = desk().taxonomy.priority
    config = changed(
        "taxonomy", priority={**table, "standard": {**table["standard"], "some": ["P1", "P3", "P3"]}}
    )
    assert effect(ticket, config, "taxonomy") == [("priority", "table standard/some/red: P1", "P2", "P1")]


def test_a_priority_that_somebody_decided_stays() -> None:
    ticket = set_values(new(), who(5), desk(), {"impact": "some", "urgency": "red"})
    mine = set_values(ticket, who(6, reason="the boss"), desk(), {"priority": "P3"})
    table = desk().taxonomy.priority
    config = changed(
        "taxonomy", priority={**table, "standard": {**table["standard"], "some": ["P1", "P3", "P3"]}}
    )
    assert effect(mine, config, "taxonomy") == []


def policy(number: int, **keys: Any) -> Configuration:
    policies = list(desk().sla.policies)
    policies[number] = msgspec.structs.replace(policies[number], **keys)
    return changed("sla", policies=policies)


def test_a_policy_that_takes_a_ticket_over_brings_its_targets() -> None:
    found = effect(new(), policy(1, match=""), "sla")
    assert ("policy", "vip", "saas", "vip") in found
    assert not [each for each in found if each[0] == "target"]


def test_another_target_is_told_with_the_verdict_that_it_brings() -> None:
    targets = dict(desk().sla.policies[2].targets)
    row = targets["default"]
    ticket = new()
    config = policy(2, targets={**targets, "default": {**row, "resolution": "1h"}})
    found = effects([ticket], side(desk()), side(config), NOW, ["sla"])
    keys = [tuple(it.key) for it in found.all]
    assert ("target", "saas default resolution", 22 * 3600 + 1800, 3600) in keys
    assert ("verdict", "resolution", "active", "breached") in keys
    assert [turn.is_gained for turn in found.turns[ticket.id]] == [True]


def test_a_person_who_leaves_still_owns_what_is_open() -> None:
    ticket = set_values(new(), who(5), desk(), {"owner": "li.wei"})
    people = {**desk().people.people}
    people["li.wei"] = msgspec.structs.replace(people["li.wei"], kind="former")
    assert ("owner", "li.wei", "li.wei", None) in effect(ticket, changed("people", people=people), "people")


def test_files_that_do_not_differ_are_not_asked() -> None:
    config = with_rule_first(when="refund", set={"team": "tech"})
    assert effect(refund(), config, "views") == []


def test_tickets_with_one_effect_stand_together_the_widest_first() -> None:
    several = [replace(refund(), id=f"261120-K7Q2{digit}") for digit in "MNP"]
    other = replace(new(), id="261120-AAAAA")
    rules = [RuleDecl(name="a", when="refund", set={"team": "tech"}), RuleDecl(name="b", set={"team": "it"})]
    found = effects([other, *several], side(desk()), side(changed("rules", rules=rules)), NOW, ["rules"])
    assert [(it.key.source, len(it.tickets)) for it in found.all] == [("rule:a", 3), ("rule:b", 1)]
    assert found.rerouted == {"261120-AAAAA", *(it.id for it in several)}


@pytest.mark.parametrize("lacks", ["old", "new"])
def test_nothing_is_told_where_a_configuration_is_missing(lacks: str) -> None:
    none = Side(config=None, levels=None)
    ends = (none, side(desk())) if lacks == "old" else (side(desk()), none)
    assert effects([], *ends, NOW, ["rules"]) == Effects()
