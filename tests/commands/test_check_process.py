"""`tkt check --process`: what lies neglected, for people, programs and the summary of a job."""

from __future__ import annotations

from helpers import DeskAtWork

PATROL = """\
channel: weibo
events:
- id: pppp00
  at: 2026-11-16T00:00:00Z
  by: li.wei
  did: patrolled
"""


def test_a_scheduled_job_is_told_what_lies(desk: DeskAtWork) -> None:
    assert desk.tkt("check", "--process").out == "0 neglected, 0 tickets checked\n"
    ticket = str(desk.json("new", "--channel", "email", "--text", "E|104 `x`", "title=E|104 @li")["id"])
    desk.at("2026-11-16T07:00:00Z")
    told = desk.tkt("check", "--process", code=1).out
    assert f"nobody owns it: 1\n  {ticket} " in told
    assert f"    tkt assign {ticket} PERSON\n" in told
    assert "5h, since 2026-11-16 10:00" in told
    assert told.endswith("1 neglected, 1 ticket checked\n")
    page = desk.tkt("check", "--process", "--format", "md", code=1).out
    assert f"`tkt assign {ticket} PERSON` |" in page
    assert r"E\|104" in page
    assert "@li" not in page
    found = desk.json("check", "--process", code=1)
    assert (found["neglected"], found["kinds"][0]["tickets"][0]["for_s"]) == (1, 5 * 3600)
    assert found == desk.tkt("check", "--process", "--format", "json", code=1).data
    assert desk.tkt("check").code == 0
    desk.tkt("spam", ticket)
    assert desk.tkt("check", "--process", "--quiet").out == ""


def test_patrols_and_files_that_cannot_be_read_are_told(desk: DeskAtWork) -> None:
    desk.write("patrols/weibo.yaml", PATROL)
    desk.at("2026-11-16T07:00:00Z")
    channels = desk.root / "config/channels.yaml"
    if "weibo:" not in channels.read_text("utf-8"):
        channels.write_text(channels.read_text("utf-8") + "  weibo:\n    class: derived\n", "utf-8")
    told = desk.tkt("check", "--process", code=1)
    assert "patrol overdue: 1\n" in told.out
    assert desk.json("check", "--process", code=1)["patrols"][0]["last_at"] == "2026-11-16T00:00:00Z"
    desk.write("patrols/weibo.yaml", "- a\n")
    assert "patrols/weibo.yaml" in desk.tkt("check", "--process", code=2).err


def test_what_goes_with_it_and_what_does_not(desk: DeskAtWork) -> None:
    assert "--process" in desk.tkt("check", "--format", "md", code=2).err
    assert "--fix" in desk.tkt("check", "--process", "--fix", code=2).err
    assert "--dry-run" in desk.tkt("check", "--process", "--dry-run", code=2).err


def test_of_closed_tickets_only_those_are_read_that_can_owe_a_review(desk: DeskAtWork) -> None:
    # docs/process.md, Reviews: 90 days
    ticket = str(desk.json("new", "--channel", "email", "--text", "E104")["id"])
    desk.tkt("set", ticket, "priority=P1", "--reason", "all are down")
    desk.tkt("close", ticket, "--code", "withdrawn", "--force", "--reason", "they called", code=None)
    closed = desk.path(ticket)
    assert closed.parent.name == "2026-11"
    desk.write("tickets/closed/2026-07/260701-AAAAA.yaml", "id: [")
    desk.at("2026-12-01T02:00:00Z")
    (review,) = [it for it in desk.json("check", "--process", code=1)["kinds"] if it["kind"] == "review"]
    assert [it["id"] for it in review["tickets"]] == [ticket]
