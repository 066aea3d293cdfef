"""Files of reviews/ and improvements/: read strictly, written as they are read, merged by their events."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tkt.errors import DataError
from tkt.store.codec.lessons import read_improvement, read_review
from tkt.store.codec.merging import merged_record_text
from tkt.store.codec.writing import new_lesson_text
from tkt.store.lessons import read_improvements, read_reviews

REVIEW = """title: Why invoices stopped
ticket: 261116-AAAA1
owner: li.wei
due: "2026-11-20"
state: done
cause: Nobody tried the update
improvements: [rehearse]
severity: high
events:
- {id: aaaa00, at: 2026-11-17T01:00:00Z, by: li.wei, did: opened, status: open}
- {id: bbbb00, at: 2026-11-18T01:00:00Z, by: li.wei, did: set, field: state, from: open, to: done}
"""
IMPROVEMENT = """title: Rehearse updates
owner: li.wei
due: "2026-11-20"
product: invoicing
category: fault
from: [why, 261116-AAAA1]
events:
- {id: aaaa00, at: 2026-11-17T01:00:00Z, by: li.wei, did: opened, status: open}
"""


def test_a_review_is_what_its_file_says() -> None:
    found, document = read_review(REVIEW.encode(), path="reviews/why.yaml")
    assert (found.id, found.ticket, found.due, found.state) == (
        "why",
        "261116-AAAA1",
        date(2026, 11, 20),
        "done",
    )
    assert (found.improvements, dict(found.values)) == (("rehearse",), {"severity": "high"})
    assert found.done_at is not None
    assert found.done_at.isoformat() == "2026-11-18T01:00:00+00:00"
    assert not found.is_overdue(date(2026, 12, 1))
    assert document.line("cause") == 6


def test_an_improvement_without_a_state_is_open_and_overdue_from_the_next_day_on() -> None:
    found, _ = read_improvement(IMPROVEMENT.encode(), path="improvements/rehearse.yaml")
    assert (found.is_open, found.done_at, found.sources) == (True, None, ("why", "261116-AAAA1"))
    assert not found.is_overdue(date(2026, 11, 20))
    assert found.is_overdue(date(2026, 11, 21))


def test_what_is_written_reads_back() -> None:
    review, _ = read_review(REVIEW.encode(), path="reviews/why.yaml")
    improvement, _ = read_improvement(IMPROVEMENT.encode(), path="improvements/rehearse.yaml")
    again, _ = read_review(new_lesson_text(review).encode(), path=review.path)
    assert again == review
    assert read_improvement(new_lesson_text(improvement).encode(), path=improvement.path)[0] == improvement


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: Rehearse updates\n", "", "it has no title"),
        ('due: "2026-11-20"', "due: soon", "due is soon, expected a day"),
        ("owner: li.wei", "state: finished", "state is finished, expected one of open, done, dropped"),
        ("from: [why, 261116-AAAA1]", "from: why", "expected a list of words"),
        ("product: invoicing", "product: [invoicing]", "product is a list"),
        ("2026-11-17T01:00:00Z", "2026-11-17", "an instant without its offset"),
    ],
)
def test_what_could_be_misread_is_a_fault(old: str, new: str, said: str) -> None:
    with pytest.raises(DataError) as told:
        read_improvement(IMPROVEMENT.replace(old, new, 1).encode(), path="improvements/x.yaml")
    assert said in " ".join(str(problem.message) for problem in told.value.problems)


def test_one_that_cannot_be_read_hides_no_other(tmp_path: Path) -> None:
    for name, text in {
        "reviews/why": REVIEW,
        "reviews/bad": "a: [",
        "improvements/rehearse": IMPROVEMENT,
    }.items():
        path = tmp_path / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    reviews, problems = read_reviews(tmp_path)
    assert [it.id for it in reviews] == ["why"]
    assert [problem.path for problem in problems] == ["reviews/bad.yaml"]
    assert [it.id for it in read_improvements(tmp_path)[0]] == ["rehearse"]
    assert read_reviews(tmp_path / "nowhere") == ((), ())


def test_two_who_write_merge_by_events() -> None:
    done = IMPROVEMENT.replace("product:", "state: done\nproduct:") + (
        "- {id: bbbb00, at: 2026-11-19T01:00:00Z, by: li.wei, did: set, field: state, from: open, to: done}\n"
    )
    noted = IMPROVEMENT + "- {id: cccc00, at: 2026-11-18T01:00:00Z, by: a.b, did: note, text: waits}\n"
    merged = merged_record_text(
        IMPROVEMENT.encode(), done.encode(), noted.encode(), path="improvements/rehearse.yaml"
    )
    found, _ = read_improvement(merged.data, path="improvements/rehearse.yaml")
    assert found.state == "done"
    assert [event.did for event in found.events] == ["opened", "note", "set"]
