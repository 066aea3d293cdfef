"""`tkt calendar`: a month drawn, the calendars judged, a country's holidays brought in."""

from __future__ import annotations

import pytest
from helpers import DeskAtWork

from tkt.cli import main

FEBRUARY = """\
2026-02  office  Asia/Shanghai

  Mo    Tu    We    Th    Fr    Sa    Su
                                       1.
   2     3     4     5     6     7.    8.
   9    10    11    12    13    14+   15*
  16*   17*   18*   19*   20*   21*   22*
  23*   24    25    26    27    28+

  Mon–Fri  09:00-12:00, 13:30-18:00
  . closed
  * holiday
  + worked to make up

02-14 Sat  worked to make up  09:00-12:00, 13:30-18:00
02-15 Sun–02-23 Mon  Spring Festival
02-28 Sat  worked to make up  09:00-12:00, 13:30-18:00

16 open days, 120h
"""
NEXT = "config/calendars/CN-2030.yaml"


def test_spring_festival_2026_in_shanghai(desk: DeskAtWork) -> None:
    assert desk.tkt("calendar", "show", "2026-02").out == FEBRUARY
    # given a P3 received on the Friday before, half an hour before closing
    desk.at("2026-02-13T09:30:00Z")
    given = ("--channel", "email", "--text", "E104", "--impact", "one", "--urgency", "green")
    ticket = desk.json("new", "E104", *given)["id"]
    # then the other hour and a half is served on the Saturday that is worked
    (found,) = desk.json("sla", "explain", ticket, "--clock", "first_response")["cycles"]
    assert (found["priority"], found["due_at"]) == ("P3", "2026-02-14T02:30:00Z")


def test_a_month_for_a_program(desk: DeskAtWork) -> None:
    data = desk.json("calendar", "show", "2026-02")
    kinds = {
        kind: [it["date"][-2:] for it in data["days"] if it["kind"] == kind] for kind in ("worked", "holiday")
    }
    assert kinds == {"worked": ["14", "28"], "holiday": [f"{day}" for day in range(15, 24)]}
    assert data["days"][14]["name"] == "Spring Festival"
    assert data["days"][13]["hours"] == ["09:00-12:00", "13:30-18:00"]
    assert (data["open_days"], data["open_s"]) == (16, 120 * 3600)


def test_without_a_month_it_is_this_one_and_any_calendar_can_be_named(desk: DeskAtWork) -> None:
    shown = desk.tkt("calendar", "show", "--calendar", "always").out
    assert shown.startswith("2026-11  always")
    assert "30 open days, 720h" in shown
    assert "did you mean office?" in desk.tkt("calendar", "show", "--calendar", "offce", code=2).err
    assert "is no month" in desk.tkt("calendar", "show", "february", code=2).err


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_month_fits_a_narrow_window(
    desk: DeskAtWork, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tkt.render.text import width

    monkeypatch.setenv("COLUMNS", "60")
    shown = desk.tkt("--lang", language, "calendar", "show", "2026-02").out
    assert max(map(width, shown.splitlines())) <= 60


def test_a_fresh_desk_has_nothing_to_be_told_of(desk: DeskAtWork) -> None:
    desk.at("2026-06-16T02:00:00Z")
    assert desk.json("check")["problems"] == []
    answer = desk.json("calendar", "check")
    assert answer["problems"] == []
    office = answer["calendars"][0]
    assert office["region"] == "CN"
    assert office["years"] == [2025, 2026]
    assert office["policies"] == ["internal", "vip", "saas"]
    assert office["open_days"] > 240


def test_the_year_that_comes_is_asked_for_in_time(desk: DeskAtWork) -> None:
    shown = desk.at("2026-11-16T02:00:00Z").tkt("calendar", "check")
    assert "calendar office does not know the holidays of CN in 2027" in shown.err
    assert "hint: tkt calendar import CN 2027" in shown.err
    assert shown.out.endswith("3 calendars: 0 errors, 1 warning\n")


def test_tickets_that_reach_an_unknown_year_are_counted(desk: DeskAtWork) -> None:
    desk.at("2026-12-31T08:00:00Z")
    for title in ("one", "two"):
        given = ("--channel", "email", "--text", "x", "--impact", "one", "--urgency", "green")
        desk.tkt("new", title, *given)
    told = "calendar office knows the holidays of CN up to 2026"
    assert f"{told}; 2 tickets are due or run in 2027" in desk.tkt("calendar", "check").err
    assert desk.tkt("check").err.count(f"{told}, and tickets are due or run in 2027") == 1


def test_judging_tells_of_it_beside_the_answer(desk: DeskAtWork) -> None:
    desk.at("2026-12-31T08:00:00Z")
    given = ("--channel", "email", "--text", "x", "--impact", "one", "--urgency", "green")
    ticket = desk.json("new", "one", *given)["id"]
    told = "calendar office knows the holidays of CN up to 2026; 1 ticket is due or runs in 2027"
    for command in (("sla", "check"), ("sla", "explain", ticket)):
        assert desk.tkt(*command).err == f"note: {told}: tkt calendar import CN 2027\n"
        assert desk.json(*command)["notes"] == [f"{told}: tkt calendar import CN 2027"]
    assert desk.tkt("sla", "list").err == f"note: {told}: tkt calendar import CN 2027\n"
    assert desk.tkt("tick", "--dry-run").err == f"note: {told}: tkt calendar import CN 2027\n"
    assert desk.json("tick", "--dry-run")["notes"] == [f"{told}: tkt calendar import CN 2027"]
    assert desk.tkt("tick").err == ""


def test_an_import_writes_a_file_that_reviewers_see_with_one_commit(desk: DeskAtWork) -> None:
    answer = desk.json("calendar", "import", "cn", "2030")
    (file,) = answer["files"]
    assert (file["path"], file["state"], file["announced"]) == (NEXT, "new", False)
    assert file["workdays"] == []
    assert "CN has not announced 2030" in answer["notes"][0]
    assert desk.git("log", "-1", "--format=%s%n%b").split("\n")[0] == "calendar: holidays of CN in 2030"
    assert desk.git("show", "--stat", "--format=", "HEAD").split()[0] == NEXT
    assert desk.git("status", "--porcelain") == ""
    text = (desk.root / NEXT).read_text("utf-8")
    assert "announced: false" in text
    assert "- 2030-01-01  # New Year's Day" in text
    # and it is reminded of
    assert "CN had not announced the holidays of 2030" in desk.tkt("calendar", "check").err
    # and it can be taken back
    desk.tkt("undo")
    assert not (desk.root / NEXT).exists()


def test_what_is_there_already_is_not_written_again(desk: DeskAtWork) -> None:
    before = desk.git("rev-parse", "HEAD")
    shown = desk.tkt("calendar", "import", "CN", "2025", "2026")
    assert shown.out.count("has these days already") == 2
    assert desk.git("rev-parse", "HEAD") == before


def test_a_dry_run_writes_nothing(desk: DeskAtWork) -> None:
    shown = desk.tkt("calendar", "import", "CN", "2030", "--dry-run")
    assert f"{NEXT}: new, " in shown.out
    assert "+ 2030-01-01 Tue  New Year's Day" in shown.out
    assert "nothing was written" in shown.out
    assert not (desk.root / NEXT).exists()


def test_an_edit_by_hand_is_never_overwritten_unless_forced(desk: DeskAtWork) -> None:
    desk.tkt("calendar", "import", "CN", "2030", "--no-commit")
    file = desk.root / NEXT
    written = file.read_text("utf-8")
    # what nobody edited is brought up to date: here an older list lacked a day
    from tkt.holidays.files import _sealed

    lines = [line for line in written.splitlines(keepends=True) if "2030-01-01" not in line]
    file.write_text(_sealed("".join(lines[:-1])), "utf-8")
    assert "+ 2030-01-01" in desk.tkt("calendar", "import", "CN", "2030", "--no-commit").out
    assert file.read_text("utf-8") == written
    # but an edit is somebody's
    edited = written.replace("- 2030-01-01", "- 2030-01-02")
    file.write_text(edited, "utf-8")
    refused = desk.tkt("calendar", "import", "CN", "2030", "2031", code=1)
    assert "  + 2030-01-01 Tue" in refused.out
    assert "  - 2030-01-02 Wed" in refused.out
    assert f"made or edited by hand, and not overwritten: {NEXT}" in refused.err
    assert file.read_text("utf-8") == edited
    assert not (desk.root / "config/calendars/CN-2031.yaml").exists()
    desk.tkt("calendar", "import", "CN", "2030", "--force")
    assert file.read_text("utf-8") == written


def test_a_year_that_another_file_has_is_refused(desk: DeskAtWork) -> None:
    desk.write("config/calendars/CN.yaml", "country: CN\ncovers: [2030, 2031]\nholidays: [2030-01-01]\n")
    refused = desk.tkt("calendar", "import", "CN", "2030", code=1)
    assert "config/calendars/CN.yaml has CN of 2030 already" in refused.err


def test_a_part_of_a_country_is_told_how_to_be_used(desk: DeskAtWork) -> None:
    shown = desk.tkt("calendar", "import", "DE", "2027", "--subdivision", "Bayern")
    assert "write `holidays: DE-BY` into a calendar" in shown.err
    sla = desk.root / "config/sla.yaml"
    sla.write_text(sla.read_text("utf-8").replace("holidays: CN", "holidays: DE-BY"), "utf-8")
    days = desk.json("calendar", "show", "2027-01")["days"]
    assert [(it["date"], it["name"]) for it in days if it["kind"] == "holiday"] == [
        ("2027-01-01", "New Year's Day"),
        ("2027-01-06", "Epiphany"),
    ]


def test_the_file_speaks_the_desks_language(desk: DeskAtWork, capsys: pytest.CaptureFixture[str]) -> None:
    desk.write(
        "tkt.yaml", (desk.root / "tkt.yaml").read_text("utf-8").replace("language: en", "language: zh")
    )
    assert main(["-C", str(desk.root), "calendar", "import", "CN", "2030", "--no-commit"]) == 0
    text = (desk.root / NEXT).read_text("utf-8")
    assert "# 春节" in text
    assert "尚未公布" in text


def test_a_month_of_a_year_whose_holidays_are_unknown_says_so(desk: DeskAtWork) -> None:
    told = desk.tkt("calendar", "show", "2030-02")
    assert "calendar office does not know the holidays of CN in 2030: tkt calendar import CN 2030" in told.err
    assert desk.json("calendar", "show", "2030-02")["notes"]
    for known in (("2026-02",), ("2030-02", "--calendar", "always")):
        assert not desk.tkt("calendar", "show", *known).err
        assert "notes" not in desk.json("calendar", "show", *known)
