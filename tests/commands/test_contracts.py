"""A customer's contract: copied to what they ask for, matched by policies, promised by one (docs/sla.md P1, P2)."""

from __future__ import annotations

import pytest
from helpers import DeskAtWork

GOLD = "- name: gold\n  match: contract:gold-2026\n  calendar: always\n  targets:\n"
ROWS = "".join(f"    {name}: {{first_response: 10m}}\n" for name in ("P1", "P2", "P3", "P4", "default"))


@pytest.fixture
def contracted(desk: DeskAtWork) -> DeskAtWork:
    desk.write("customers/acme.yaml", "name: ACME\ntier: vip\ncontract: gold-2026\n")
    return desk


def promised(desk: DeskAtWork) -> None:
    sla = desk.root / "config/sla.yaml"
    sla.write_text(sla.read_text("utf-8").replace("policies:\n", f"policies:\n{GOLD}{ROWS}", 1), "utf-8")


def test_a_contract_that_no_policy_speaks_of_is_a_fault(contracted: DeskAtWork) -> None:
    (problem,) = contracted.json("check", code=1)["problems"]
    assert (problem["code"], problem["path"], problem["line"]) == ("contract", "customers/acme.yaml", 3)
    assert "contract:gold-2026" in problem["hint"]
    promised(contracted)
    assert contracted.json("check")["problems"] == []


def test_a_policy_that_is_taken_away_is_told_to_who_takes_it(contracted: DeskAtWork) -> None:
    promised(contracted)
    contracted.git("add", "-A")
    contracted.git("commit", "-qm", "a contract")
    sla = contracted.root / "config/sla.yaml"
    sla.write_text(sla.read_text("utf-8").replace("contract:gold-2026", "contract:silver"), "utf-8")
    assert [it["code"] for it in contracted.json("check", "--changed-since", "HEAD", code=1)["problems"]] == [
        "contract"
    ]


def test_it_is_copied_when_a_ticket_is_opened_and_decides_the_policy(contracted: DeskAtWork) -> None:
    promised(contracted)
    given = ("--channel", "email", "--text", "x", "--customer", "ACME")
    ticket = contracted.json("new", "E104", *given)
    assert (ticket["customer"], ticket["tier"], ticket["contract"], ticket["policy"]) == (
        "acme",
        "vip",
        "gold-2026",
        "gold",
    )
    assert [it["id"] for it in contracted.json("list", "contract:gold-2026")] == [ticket["id"]]
    assert "gold-2026" in contracted.tkt("show", ticket["id"]).out


def test_another_customer_brings_another_contract(contracted: DeskAtWork) -> None:
    promised(contracted)
    ticket = contracted.json("new", "E104", "--channel", "email", "--text", "x")["id"]
    assert contracted.json("set", ticket, "customer=acme")["contract"] == "gold-2026"
    contracted.write("customers/other.yaml", "name: Other\n")
    assert "contract" not in contracted.json("set", ticket, "customer=other")
    assert contracted.json("set", ticket, "合同=gold-2026")["contract"] == "gold-2026"
