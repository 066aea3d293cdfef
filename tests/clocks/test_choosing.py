"""Which policy holds for a ticket, since when, and why none of those above it (docs/sla.md P1, P3, P5)."""

from __future__ import annotations

from sla_desk import TARGETS, at, changed, levels, ticket

from tkt.clocks.choosing import choice

VIP = {"name": "vip", "match": "tier:vip -channel:phone", "targets": TARGETS}
GOLD = {"name": "gold", "match": "contract:gold", "targets": TARGETS}
REST = {"name": "rest", "targets": TARGETS}
NEWER = {**REST, "effective_from": "2025-09-16"}
NOW = at("2025-09-17T09:00")


def test_each_clause_of_a_policy_above_is_judged_by_what_the_ticket_has() -> None:
    found = choice(ticket(tier="vip", channel="phone", contract="silver"), levels(VIP, GOLD, REST), NOW)
    assert found.policy is not None
    assert found.policy.name == "rest"
    vip, gold, rest = found.tried
    assert [(it.text, it.holds, dict(it.values)) for it in vip.clauses] == [
        ("tier:vip", True, {"tier": "vip"}),
        ("-channel:phone", False, {"channel": "phone"}),
    ]
    assert [(it.text, it.holds) for it in gold.clauses] == [("contract:gold", False)]
    assert (rest.is_chosen, rest.clauses) == (True, ())
    assert found.promise.row is not None
    assert found.promise.row.name == "P3"


def test_what_stands_below_the_first_that_matches_is_not_asked() -> None:
    found = choice(ticket(contract="gold"), levels(GOLD, VIP, REST), NOW)
    assert [(it.version.name, it.is_tried) for it in found.tried] == [
        ("gold", True),
        ("vip", False),
        ("rest", False),
    ]


def test_a_ticket_keeps_the_version_that_was_in_force_when_it_came() -> None:
    by = levels(REST, NEWER)
    early, late = ticket(), ticket(received="2025-09-16T10:00")
    assert [choice(it, by, NOW).policy.effective_from for it in (early, late)] == [  # type: ignore[union-attr]
        None,
        at("2025-09-16T00:00"),
    ]


def test_a_change_of_what_policies_match_on_asks_anew() -> None:
    it = ticket(changed("2025-09-16T11:00", "contract", None, "gold"))
    found = choice(it, levels(GOLD, REST), NOW)
    assert found.policy is not None
    assert (found.policy.name, found.since) == ("gold", at("2025-09-16T11:00"))
    # before that, it had another
    before = choice(it, levels(GOLD, REST), at("2025-09-15T12:00"))
    assert before.policy is not None
    assert (before.policy.name, before.since) == ("rest", at("09:00"))


def test_a_ticket_that_no_policy_matches_is_uncovered() -> None:
    found = choice(ticket(), levels(GOLD), NOW)
    assert (found.policy, found.promise.row) == (None, None)


def test_a_ticket_from_before_the_promises_is_exempt() -> None:
    # docs/sla.md P5
    assert choice(ticket(), levels(REST, enforce_from="2025-09-16"), NOW).is_exempt
    assert not choice(ticket(), levels(REST, enforce_from="2025-09-15"), NOW).is_exempt
