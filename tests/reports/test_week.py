"""`tkt report week`, on a desk with something in every section and on an empty one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from goldens import golden
from helpers import DeskAtWork
from review_desk import HOSTILE, fill, shared

from tkt.render.text import width

IN_ORDER = [
    "headline", "actions", "breaches", "oldest", "neglected", "promises", "low_scores", "returning", "load",
    "articles", "contributors",
]  # fmt: skip


@pytest.fixture
def review(tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]) -> DeskAtWork:
    """The desk of `review_desk`, which nobody changes."""
    return shared(tmp_path_factory, capsys)


def steady(desk: DeskAtWork, text: str) -> str:
    """Without the commit, which is another one each time."""
    commit = desk.git("rev-parse", "HEAD").strip()
    return text.replace(commit, "COMMIT").replace(commit[:10], "COMMIT")


def test_the_week_page_as_people_and_programs_read_it(
    review: DeskAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    text = review.tkt("report", "week").out
    assert max(map(width, text.splitlines())) <= 80
    text = steady(review, text)
    assert text == golden("report/week.txt", text)
    markdown = steady(review, review.tkt("report", "week", "--format", "markdown").out)
    assert markdown == golden("report/week.md", markdown)
    found = json.dumps(review.json("report", "week"), ensure_ascii=False, indent=1)
    found = steady(review, found) + "\n"
    assert found == golden("report/week.json", found)


def test_every_section_has_its_place_and_says_what_the_desk_says(review: DeskAtWork) -> None:
    found = review.json("report", "week")
    assert [key for key in found if key in IN_ORDER] == IN_ORDER
    assert found["excluded"] == 1
    numbers = found["headline"]
    assert (numbers["created"]["now"]["value"], numbers["created"]["before"]["value"]) == (4, 0)
    assert _ids(found["oldest"])[0] == "261005-EEEE5"
    assert _ids(found["neglected"]["unassigned"]) == ["261110-BBBB2"]
    assert _ids(found["neglected"]["untold"]) == ["261113-DDDD4"]
    assert [(it["repeats"], it["id"]) for it in found["returning"]["repeats"]["tickets"]] == [
        ("261110-CCCC3", "261113-DDDD4")
    ]
    assert found["articles"]["searches"][0]["count"] == 4


def test_actions_are_done_or_not_and_say_whose_they_are(review: DeskAtWork) -> None:
    actions = review.json("report", "week")["actions"]
    first, second = actions["improvements"]
    assert (first["id"], first["owner"], first["overdue"]) == ("smaller-exports", "wang.fang", True)
    assert first["from"] == ["slow-export"]
    assert (second["id"], second["state"], second["overdue"]) == ("invoice-form", "done", False)
    assert [it["id"] for it in actions["reviews"]] == ["slow-export"]
    (task,) = actions["tasks"]
    assert (task["task_title"], task["task_owner"], task["state"]) == (
        "Find the slow query",
        "wang.fang",
        "open",
    )


def test_a_breach_says_its_acknowledged_cause_else_a_computed_one(review: DeskAtWork) -> None:
    tickets = {it["id"]: it["breaches"] for it in review.json("report", "week")["breaches"]["tickets"]}
    causes = {it["clock"]: it["cause"] for it in tickets["261109-AAAA1"]}
    assert causes["first_response"] == "overload"
    unowned = {it["clock"]: it["why"] for it in tickets["261110-BBBB2"]}
    assert unowned["first_response"] == "unassigned"
    assert "promise" not in {it["clock"].partition(":")[0] for its in tickets.values() for it in its}


def test_open_breaches_come_first_and_a_next_action_past_its_time_is_marked(review: DeskAtWork) -> None:
    finished = [
        it["status"] in ("resolved", "closed") for it in review.json("report", "week")["breaches"]["tickets"]
    ]
    assert finished == sorted(finished)
    later = review.at("2026-11-20T02:00:00Z").tkt("report", "week", "--week", "2026-W46").out
    assert "measure the query, by 11-16 18:00 (3d past)" in " ".join(later.split())


def test_a_window_that_is_no_week_is_called_one_and_ids_stand_under_labels(review: DeskAtWork) -> None:
    month = review.tkt("report", "week", "--last", "month").out
    assert "the window" in month
    assert "this week" not in month
    assert "open at the end: 26" in review.tkt("report", "week", "--ids").out


def test_what_the_week_does_not_take_is_told_where_to_find(review: DeskAtWork) -> None:
    assert "by itself" in review.tkt("report", "week", "--compare", "previous", code=2).err
    assert "tkt report week team:tech" in review.tkt("report", "week", "--by", "team", code=2).err
    assert (
        "tkt --lang zh report"
        in review.tkt("report", "--lang", "zh", code=2).err + review.tkt("report", "--lang=zh", code=2).err
    )
    assert "--per" in review.tkt("report", "sample", "--per", "agent", code=2).err


def test_a_broken_promise_a_low_score_and_who_is_away(review: DeskAtWork) -> None:
    found = review.json("report", "week")
    (promise,) = found["promises"]["tickets"]
    assert (promise["text"], promise["kept_at"]) == ("a corrected invoice", "2026-11-12T02:00:00Z")
    (low,) = found["low_scores"]["tickets"]
    assert (low["score"], low["solved_by"]) == (1, "wang.fang")
    assert low["comment"].startswith("Slow,\n")
    people = {it["person"]: it for it in found["load"]["people"]}
    assert people["wang.fang"]["away"] == ["2026-11-18", "2026-11-19"]  # until the end of next week
    assert "old.hand" not in people
    assert people[None]["open"] == 1


def test_contributors_stand_by_name_and_nobody_is_counted(review: DeskAtWork) -> None:
    found = review.json("report", "week")["contributors"]
    assert [(it["person"], it["did"]) for it in found["articles"]] == [("wang.fang", "verified")]
    assert found["helped"] == [{"person": "wang.fang", "tickets": ["261109-AAAA1"]}]


def test_who_wrote_an_article_is_named_by_the_commit_and_a_broken_file_by_its_path(
    desk: DeskAtWork,
) -> None:
    fill(desk)
    review = desk
    article = review.root / "knowledge/invoice-title.md"
    article.write_text(article.read_text() + "\nThen save.\n")
    name, mail = "王芳", "wang.fang@desk.example"
    who = ["-c", f"user.name={name}", "-c", f"user.email={mail}"]
    review.git(*who, "commit", "-qam", "say more", "--date", "2026-11-12T10:00:00+08:00")
    review.write("improvements/broken.yaml", "title: [\n")
    page = review.tkt("report", "week").out
    assert "A tip by 王芳: How to correct the title of an invoice" in page
    assert "cannot be read, and left out: improvements/broken.yaml" in page


def test_an_empty_desk_says_so_in_a_line_a_section(desk: DeskAtWork) -> None:
    page = desk.tkt("report", "week").out
    for line in (
        "No improvement, review or sub-task was due.",
        "No service level was missed.",
        "Nothing is open.",
        "Everything has an owner, was touched, and was told.",
        "Every promise to a customer was kept, or none was due.",
        "No low score.",
        "Nothing repeats, and no category grew enough for a flag.",
        "Nothing is solved often without an article, and no search was in vain.",
        "No article was written, and nobody wrote on a ticket that somebody else owns.",
    ):
        assert line in page


def test_the_page_fits_a_narrow_terminal_in_chinese(
    review: DeskAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    page = review.tkt("--lang", "zh", "report", "week").out
    assert max(map(width, page.splitlines())) <= 60
    assert "发票抬头写错了" in page


@pytest.mark.parametrize("kind", ["week", "month"])
def test_a_strangers_title_acts_nowhere(review: DeskAtWork, kind: str) -> None:
    window = ["--from", "2026-11-09"]
    for wanted in ("text", "markdown", "html", "csv"):
        page = review.tkt("report", kind, *window, "--format", wanted).out
        assert "\x1b" not in page
        assert "x" * 200 not in page
        if wanted in ("html", "markdown"):
            assert "<script>alert" not in page
    if kind == "week":
        told = review.json("report", "week", *window)["neglected"]["unassigned"]["tickets"]
        assert told[0]["title"] == HOSTILE


def test_a_query_narrows_every_list(review: DeskAtWork) -> None:
    found = review.json("report", "week", "owner:wang.fang")
    assert _ids(found["oldest"]) == ["261005-EEEE5"]
    assert found["neglected"]["unassigned"]["count"] == 0
    assert found["breaches"]["on"] <= 1


def _ids(part: Any) -> list[str]:
    return [it["id"] for it in part["tickets"]]
