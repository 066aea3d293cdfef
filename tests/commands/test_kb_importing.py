"""Votes and searches of the help centre's readers come in once (docs/knowledge.md, What readers say)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from helpers import DeskAtWork
from hypothesis import given
from hypothesis import strategies as st

from tkt.knowledge.feedback import Search, Vote, tally, wanted_searches
from tkt.store.feedback import feedback_file, read_feedback, search_line, vote_line

VOTES = """\
slug,helpful,date,comment
a,yes,2026-11-10,
https://help.example.com/a.html,no,2026-11-10,"too long\u2028=1+1"
a,yes,2026-11-10,
gone,yes,2026-11-10,
"""
SEARCHES = "搜索词,次数,日期\n发票作废,9,2026-11-10\n Refund ,2,2026-11-11\n"


def test_votes_come_in_once_and_what_is_about_no_article_is_told(desk: DeskAtWork, tmp_path: Path) -> None:
    desk.write("knowledge/a.md", "# A\n")
    desk.git("add", "-A")
    desk.git("commit", "-qm", "a")
    file = tmp_path / "votes.csv"
    file.write_text(VOTES, "utf-8")
    assert desk.json("kb", "import-votes", str(file), "--dry-run")["path"] is None
    found = desk.json("kb", "import-votes", str(file))
    assert (found["new"], found["known"], found["unknown"]) == (3, 0, {"gone": [5]})
    again = desk.json("kb", "import-votes", str(file))
    assert (again["new"], again["known"], again["commit"]) == (0, 3, None)
    (listed,) = desk.json("kb", "list")
    assert (listed["helpful"], listed["unhelpful"]) == (2, 1)
    assert desk.json("kb", "show", "a")["comments"][0]["comment"] == "too long\u2028=1+1"
    assert desk.git("status", "--porcelain") == ""
    assert desk.tkt("check").code == 0


def test_searches_come_in_once_and_a_day_that_was_not_over_grows(desk: DeskAtWork, tmp_path: Path) -> None:
    file = tmp_path / "searches.csv"
    file.write_bytes(SEARCHES.encode("gb18030"))
    assert desk.json("kb", "import-searches", str(file))["new"] == 2
    file.write_text(SEARCHES.replace(",9,", ",12,"), "utf-8")
    assert desk.json("kb", "import-searches", str(file))["new"] == 1
    wanted = wanted_searches(read_feedback(desk.root).searches)
    assert [(it.query, it.count) for it in wanted] == [("发票作废", 12), ("Refund", 2)]


def test_bad_rows_are_named_and_nothing_comes_in(desk: DeskAtWork, tmp_path: Path) -> None:
    file = tmp_path / "searches.csv"
    file.write_text("query,count,date\nx,0,2026-11-10\n,1,2026-11-10\ny,1,soon\nz,1,2027-11-10\n", "utf-8")
    answer = desk.tkt("kb", "import-searches", str(file), code=2)
    assert [line.split(": ")[1] for line in answer.err.splitlines() if line.startswith("error")] == [
        f"{file}:{row}" for row in (2, 3, 4, 5)
    ]
    assert (
        "2027-11-10 00:00:00 is in the future, it is 2026-11-16 10:00:00" in answer.err
    )  # in the desk's zone
    assert not (desk.root / "knowledge/feedback").exists()
    file.write_text("query,count\nx,1\n", "utf-8")
    assert "no column says date" in desk.tkt("kb", "import-searches", str(file), code=2).err


def test_lines_that_tkt_did_not_write_are_told_with_their_place(desk: DeskAtWork) -> None:
    desk.write("knowledge/feedback/votes-x.jsonl", '{"id": "1"}\n\nnonsense\n')
    problems = desk.json("check", code=1)["problems"]
    assert [(it["path"], it["line"]) for it in problems] == [
        ("knowledge/feedback/votes-x.jsonl", 1),
        ("knowledge/feedback/votes-x.jsonl", 3),
    ]


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
LINES = st.lists(
    st.tuples(st.text(min_size=1), st.sampled_from("ab"), st.booleans(), DAYS), unique_by=lambda it: it[0]
)


@given(LINES)
def test_what_is_written_is_read_again_and_twice_counts_once(rows: list[tuple[str, str, bool, date]]) -> None:
    from tempfile import TemporaryDirectory

    votes = [Vote(id=name, slug=slug, helpful=yes, on=day, comment=name) for name, slug, yes, day in rows]
    searches = [Search(id=name, query=name, count=1, on=day) for name, _, _, day in rows]
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for kind, lines in (
            ("votes", list(map(vote_line, votes))),
            ("searches", list(map(search_line, searches))),
        ):
            for day in (date(2026, 1, 1), date(2026, 1, 2)):
                path, data = feedback_file(kind, day, lines)
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_bytes(data)
        found = read_feedback(root)
    assert (found.votes, found.searches, found.problems) == (tuple(votes), tuple(searches), ())
    assert sum(it.total for it in tally(found.votes).values()) == len(votes)


@pytest.mark.parametrize("count", ["x", "", "1.5", "nan"])
def test_a_count_that_is_no_number_is_named_with_its_row(
    desk: DeskAtWork, tmp_path: Path, count: str
) -> None:
    file = tmp_path / "searches.csv"
    file.write_text(f"query,count,date\nx,{count},2026-11-10\n", "utf-8")
    assert f"{file}:2: count: " in desk.tkt("kb", "import-searches", str(file), code=2).err


def test_columns_that_nothing_is_read_from_are_named(desk: DeskAtWork, tmp_path: Path) -> None:
    desk.write("knowledge/a.md", "# A\n")
    file = tmp_path / "votes.csv"
    file.write_text("文章,有用,日期,评语,mood\na,是,2026-11-10,看不懂,sad\n", "utf-8")
    found = desk.json("kb", "import-votes", str(file))
    assert found["notes"] == ["1 column is not read: mood"]
    assert desk.json("kb", "show", "a")["comments"][0]["comment"] == "看不懂"
