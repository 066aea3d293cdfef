"""tkt check: reviews and improvements say what their events say, and name what there is."""

from __future__ import annotations

from helpers import DeskAtWork

REVIEW = """title: Why
ticket: 261116-ZZZZZ
owner: nobody.here
due: "2026-11-20"
state: done
improvements: [nothing]
"""
IMPROVEMENT = """title: Better
state: open
category: nonsense
from: [why, missing]
events:
- {id: aaaa00, at: 2026-11-16T01:00:00Z, by: li.wei, did: opened, status: open}
- {id: bbbb00, at: 2026-11-16T01:30:00Z, by: li.wei, did: set, field: state, from: open, to: done}
"""


def test_what_names_nothing_is_a_warning_and_what_contradicts_its_events_a_fault(desk: DeskAtWork) -> None:
    desk.write("reviews/why.yaml", REVIEW)
    desk.write("improvements/better.yaml", IMPROVEMENT)
    told = desk.tkt("check", code=1)
    said = f"{told.out}\n{told.err}"
    for text in (
        "improvements/better.yaml:2: error: state is open, but its events say done",
        "improvements/better.yaml:3: warning: no category nonsense",
        "improvements/better.yaml:4: warning: no review or ticket missing",
        "reviews/why.yaml:2: warning: no ticket 261116-ZZZZZ",
        "reviews/why.yaml:3: warning: no person nobody.here",
        "reviews/why.yaml:5: warning: it is done, but no event says since when",
        "reviews/why.yaml:6: warning: no improvement nothing",
    ):
        assert text.replace("error: ", "").replace("warning: ", "") in said.replace("error: ", "").replace(
            "warning: ", ""
        ), said


def test_only_those_that_changed_are_judged_since_a_commit(desk: DeskAtWork) -> None:
    desk.write("reviews/why.yaml", REVIEW)
    desk.git("add", "-A")
    desk.git("commit", "-qm", "a review")
    assert "why.yaml" not in desk.tkt("check", "--changed-since", "HEAD", code=None).out
    desk.write("improvements/bad.yaml", "state: open\n")
    desk.git("add", "-A")
    for wish in (("--changed-since", "HEAD"), ("--staged",)):
        told = desk.tkt("check", *wish, code=1)
        assert "improvements/bad.yaml:1" in f"{told.out}{told.err}"
        assert "why.yaml" not in f"{told.out}{told.err}"
