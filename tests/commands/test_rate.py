"""tkt rate: what the customer answered, on the ticket, in the figures and in a batch."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from helpers import DeskAtWork

LATER = "2026-11-16T05:00:00Z"


@pytest.fixture
def solved(desk: DeskAtWork) -> str:
    """The id of a ticket that is resolved, of a customer with a mail address."""
    wish = ("--from", "Zhang <zhang@acme.example>", "--channel", "email", "--text", "It fails")
    made = desk.json("new", "--quick", *wish, "--type", "inquiry", "--category", "how-to")
    found = str(made["id"])
    desk.tkt("set", found, "impact=one", "urgency=green")
    desk.tkt("take", found)
    desk.at("2026-11-16T03:00:00Z")
    desk.tkt("reply", found, "-m", "Done.", "--and", "resolve", "--code", "answered", "--cause", "people")
    desk.at(LATER)
    return found


def rated(desk: DeskAtWork, ticket: str) -> list[dict[str, object]]:
    return [it for it in desk.json("show", ticket)["events"] if it["did"] == "rated"]


def test_a_rating_is_the_customers_and_counts(desk: DeskAtWork, solved: str) -> None:
    said = desk.tkt("rate", solved, "5", "--comment", "Quick", "--solved", "yes", "--channel", "phone")
    assert "rated it 5 of 5" in said.out
    (event,) = rated(desk, solved)
    kept = {
        key: event[key]
        for key in ("by", "role", "survey", "kind", "score", "scale", "solved", "comment", "via")
    }
    assert kept == {
        "by": "zhang@acme.example", "role": "customer", "survey": "csat", "kind": "csat", "score": 5,
        "scale": 5, "solved": True, "comment": "Quick", "via": "phone",
    }  # fmt: skip
    assert desk.tkt("check").code == 0
    found = desk.json("report", "kpi", "--from", "2026-11-16", "--to", "2026-11-17")
    assert (found["csat"]["answered"], found["csat"]["positive"]) == (1, 1)


def test_a_second_answer_to_a_survey_counts_instead_of_the_first(desk: DeskAtWork, solved: str) -> None:
    desk.tkt("rate", solved, "5")
    desk.at("2026-11-16T06:00:00Z").tkt("rate", solved, "no", "--from", "Li")
    assert [event["score"] for event in rated(desk, solved)] == [5, "no"]
    found = desk.json("report", "kpi", "--from", "2026-11-16", "--to", "2026-11-17")
    assert (found["csat"]["answered"], found["csat"]["positive"]) == (1, 0)


def test_a_low_score_names_the_lead(desk: DeskAtWork, solved: str) -> None:
    lead = "2 is a low score, it goes to Li Wei"
    assert lead in desk.tkt("rate", solved, "2").err
    assert "low score" not in desk.tkt("rate", solved, "3").err
    assert "low score" in desk.tkt("rate", solved, "4", "--scale", "10").err


REFUSED = (
    (("6",), "6 is no rating, expected 1 to 5"),
    (("0",), "0 is no rating"),
    (("great",), "great is no rating"),
    (("nan",), "nan is no rating"),
    (("5", "--scale", "11"), "no scale of 11, expected 2 to 10"),
    (("11", "--scale", "10"), "expected 0 to 10"),
)


def test_what_the_scale_does_not_have_is_refused(desk: DeskAtWork, solved: str) -> None:
    for words, said in REFUSED:
        assert said in desk.tkt("rate", solved, *words, code=2).err
    assert rated(desk, solved) == []


def test_what_is_not_solved_or_no_request_is_not_rated(desk: DeskAtWork, solved: str) -> None:
    before = ("--at", "2026-11-16T02:30:00Z")
    assert "is not solved yet" in desk.tkt("rate", solved, "5", *before, code=1).err
    desk.tkt("spam", solved)
    assert "put away as spam" in desk.tkt("rate", solved, "5", code=1).err


def test_a_batch_records_the_same(desk: DeskAtWork, solved: str, tmp_path: Path) -> None:
    lines = tmp_path / "lines.jsonl"
    line = {"do": "rate", "id": solved, "score": 4, "solved": "yes", "comment": "Well"}
    lines.write_text(json.dumps(line), "utf-8")
    desk.tkt("batch", str(lines))
    (event,) = rated(desk, solved)
    assert (event["score"], event["solved"], event["comment"]) == (4, True, "Well")
