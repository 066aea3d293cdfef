"""What a reviewer sees of a pull request that should be looked at twice, against golden files.

Set `UPDATE_GOLDEN=1` to write them anew, and read the difference before you commit it.
"""

from __future__ import annotations

import re

import pytest
from goldens import golden
from helpers import DeskAtWork
from pull_request_desk import EDITED, HOSTILE, INVOICE, LATE_REPLY, UNTOLD, build

FORMATS = {"txt": "text", "md": "md"}


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_pull_request_in_words(
    desk: DeskAtWork, language: str, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, head = build(desk)
    monkeypatch.setenv("TKT_LANG", language)
    answer = desk.tkt("diff", f"{base}..{head}", "--format", FORMATS[ending])
    found = re.sub(r"\b[0-9a-f]{10}\b", "COMMIT", answer.out)
    assert found == golden(f"diff/{language}.{ending}", found)
    assert answer.err == ""


def test_the_five_things_that_a_reviewer_must_not_miss(desk: DeskAtWork) -> None:
    base, head = build(desk)
    found = desk.json("diff", f"{base}..{head}")
    tickets = {ticket["id"]: ticket for ticket in found["tickets"]}
    # the reply is dated back by an hour, and a breach goes by it
    (late,) = tickets[LATE_REPLY]["back_dated"]
    assert (late["late_s"], late["said"]) == (3600, False)
    (lost,) = tickets[LATE_REPLY]["verdicts"]["lost"]
    assert (lost["clock"], lost["doubtful"]) == ("first_response", True)
    # an old message was changed
    (altered,) = tickets[EDITED]["altered"]
    assert [key["key"] for key in altered["keys"]] == ["text"]
    # a ticket is closed that nobody was told about
    assert tickets[UNTOLD]["moved"] == ["in-progress", "closed"]
    assert any("told" in it["message"] for it in tickets[UNTOLD]["unguarded"])
    # a rule sends tickets elsewhere
    (effect,) = found["configuration"]["effects"]
    assert (effect["what"], effect["by"], effect["to"]) == ("team", "rule:bills", "tech")
    assert INVOICE in effect["tickets"]
    # an article becomes public
    assert [it["becomes_public"] for it in found["knowledge"]["articles"]] == [True]


def test_a_hostile_title_acts_in_no_format(desk: DeskAtWork) -> None:
    base, head = build(desk)
    markdown = desk.tkt("diff", f"{base}..{head}", "--format", "md").out
    assert HOSTILE in markdown
    for piece in ("@everyone", "@root", "#12", "#3", "<img", "</details><h1>", "http://evil", "[skip ci]"):
        assert piece not in markdown
