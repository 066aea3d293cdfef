"""What commits say of themselves: signed by whom, dated when?"""

from __future__ import annotations

import pytest
from audit_desk import LI, WANG, commit, manner, told, whole

from tkt.audits.commits import dates, diverged, signatures, unsigned


@pytest.mark.parametrize("letter", ["B", "R", "X", "Y"])
def test_a_bad_or_expired_signature_is_an_error(letter: str) -> None:
    (found,) = signatures(whole(commit(60, signature=letter)))
    assert (found.level, found.commit) == ("error", commit(60).sha)


@pytest.mark.parametrize(("letter", "count"), [("G", 0), ("U", 0), ("N", 0), ("E", 1)])
def test_a_good_signature_and_none_are_in_order_and_one_without_a_key_is_told(
    letter: str, count: int
) -> None:
    assert len(list(signatures(whole(commit(60, signature=letter))))) == count


def test_where_signatures_are_required_none_and_unverified_ones_are_errors() -> None:
    judged = manner(require_signed=True)
    case = whole(commit(1), commit(2, signature="E"), commit(3, signature="G"), judged=judged)
    assert [(it.level, it.commit) for it in unsigned(case)] == [("error", commit(1).sha)]
    assert [(it.level, it.commit) for it in signatures(case)] == [("error", commit(2).sha)]
    assert list(unsigned(whole(commit(1)))) == []


@pytest.mark.parametrize(
    ("signer", "is_fine"),
    [
        ("", True),
        ("Li Wei <li.wei@desk.example>", True),
        ("LI.WEI@desk.example", True),
        ("wang.fang@desk.example", False),
    ],
)
def test_whoever_signed_it_wrote_or_committed_it(signer: str, is_fine: bool) -> None:
    found = told(signatures, whole(commit(60, by=LI, signature="G", signer=signer)))
    assert bool(found) is not is_fine
    assert all(level == "warning" and signer in words for level, words in found)


def test_the_committer_may_sign_for_the_author() -> None:
    merged = commit(60, by=LI, committer=WANG, signature="G", signer="wang.fang@desk.example")
    assert list(signatures(whole(merged))) == []


def test_a_commit_older_than_what_it_builds_on() -> None:
    base = commit(100)
    case = whole(commit(50, parents=(base.sha,)), base=base)
    assert told(dates, case) == [
        (
            "warning",
            f"commit {commit(50).sha[:10]} is dated 2026-11-20 09:50, 50m before the commit that it builds on",
        )
    ]
    assert list(dates(whole(commit(96, parents=(base.sha,)), base=base))) == []


def test_commits_that_were_made_again_are_one_note() -> None:
    rebased = [commit(300 + number, written=number) for number in range(7)]
    ((level, words),) = told(dates, whole(*rebased, commit(400)))
    assert level == "note"
    assert words.startswith("7 commits were written earlier than they were committed")
    assert words.endswith("2 more")
    assert "2026-11-20 09:00, committed 14:00" in words


def test_what_the_newer_end_lacks_is_told_since_it_looks_removed() -> None:
    assert list(diverged(whole())) == []
    ((level, words),) = told(diverged, whole(lost=2))
    assert (level, "2 commits" in words) == ("note", True)
