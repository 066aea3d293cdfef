"""What fails of a real desk: by time, against another revision, under another configuration (docs/sla.md E5)."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from helpers import DeskAtWork
from small_ticket import TICKET

ONE, TWO = "261116-AAAA1", "261116-AAAA2"
NOW = "2026-11-16T08:00:00Z"  # Monday 16:00 in Shanghai; both were due at 12:30 or before
PLACE = "tickets/new/{}.yaml"
ANSWER = """\
- id: aaaa09
  at: 2026-11-16T01:05:00Z
  by: li.wei
  did: message
  text: We look into it.
"""
ACK = """\
- id: aaaa0a
  at: 2026-11-16T07:00:00Z
  by: li.wei
  did: acknowledged
  clock: first_response
  cycle: aaaa00
  reason: {reason}
"""


@pytest.fixture
def late(desk: DeskAtWork) -> DeskAtWork:
    """A desk with one ticket that nobody answered, committed."""
    desk.write(PLACE.format(ONE), ticket(ONE))
    commit(desk)
    return desk.at(NOW)


def ticket(name: str) -> str:
    """Received on Monday at 09:00 in Shanghai."""
    return TICKET.replace("id: ID", f"id: {name}")


def commit(desk: DeskAtWork) -> None:
    desk.git("add", "-A")
    desk.git("commit", "-qm", "by hand")


def checked(desk: DeskAtWork, *args: str, code: int | None = 1) -> dict[str, Any]:
    """What is found of the first response alone."""
    found: dict[str, Any] = desk.json("sla", "check", "--clock", "first_response", *args, code=code)
    return found


def ids(entries: list[dict[str, Any]]) -> list[str]:
    return [it["id"] for it in entries]


# --- by time ---


def test_only_breaches_of_the_last_hour_fail_and_earlier_ones_are_listed_apart(late: DeskAtWork) -> None:
    due = checked(late)["breached"][0]["due_at"]
    late.write(PLACE.format(TWO), ticket(TWO).replace("T01:00", "T05:20"))  # 13:20; due at 15:30
    found = checked(late, "--within", "1h")
    assert (ids(found["breached"]), ids(found["earlier"])) == ([TWO], [ONE])
    assert checked(late, "--within", "10m", code=0)["breached"] == []
    # an absolute time is the same; what is late since that very instant is not earlier
    assert checked(late, "--breached-after", due)["earlier"] == []
    assert ids(checked(late, "--breached-after", "2026-11-16T07:00:00Z")["earlier"]) == [ONE]
    told = late.tkt("sla", "check", "--clock", "first_response", "--within", "1h", code=1).out
    assert "1 breach before 2026-11-16 15:00:" in told
    assert (
        "expected one of them"
        in late.tkt("sla", "check", "--within", "1h", "--breached-after", due, code=2).err
    )
    assert "--within 0s" in late.tkt("sla", "check", "--within", "0s", code=2).err


# --- against another revision ---


def test_what_the_revision_has_too_is_not_new(late: DeskAtWork) -> None:
    found = checked(late, "--new-since", "HEAD", code=0)
    assert (ids(found["breached"]), found["new"]) == ([ONE], [])
    late.write(PLACE.format(TWO), ticket(TWO))
    found = checked(late, "--new-since", "HEAD")
    assert (ids(found["breached"]), ids(found["new"])) == ([ONE, TWO], [TWO])
    assert (
        "1 new breach, 1 that HEAD has too"
        in late.tkt("sla", "check", "--clock", "first_response", "--new-since", "HEAD", code=1).out
    )


def test_an_answer_that_is_taken_away_makes_a_new_breach(late: DeskAtWork) -> None:
    late.write(PLACE.format(ONE), ticket(ONE) + ANSWER)
    commit(late)
    assert checked(late, code=0)["breached"] == []
    late.write(PLACE.format(ONE), ticket(ONE))
    assert ids(checked(late, "--new-since", "HEAD")["new"]) == [ONE]
    assert checked(late, "--new-since", "HEAD~1", code=0)["new"] == []


def test_a_breached_ticket_that_moved_or_changed_is_no_new_breach(late: DeskAtWork) -> None:
    text = ticket(ONE).replace("title: E104", "title: E105\npriority: P3")
    moved = (
        "- id: aaaa08\n  at: 2026-11-16T01:10:00Z\n  by: li.wei\n  did: moved\n  from: new\n  to: assigned\n"
    )
    (late.root / PLACE.format(ONE)).unlink()
    late.write(f"tickets/assigned/{ONE}.yaml", text + moved)
    found = checked(late, "--new-since", "HEAD", code=0)
    assert (ids(found["breached"]), found["new"]) == ([ONE], [])


def test_a_stricter_promise_makes_new_breaches_and_a_weaker_one_hides_nothing_from_the_base(
    late: DeskAtWork,
) -> None:
    usual = (late.root / "config/sla.yaml").read_text("utf-8")
    late.at("2026-11-16T01:30:00Z")  # 09:30: nothing is late yet
    assert checked(late, code=0)["breached"] == []
    late.write("config/sla.yaml", stricter(usual))
    assert ids(checked(late, "--new-since", "HEAD")["new"]) == [ONE]
    # the base judges: nothing is breached, and what the new one would find is told
    found = checked(late, "--config-from", "HEAD", code=0)
    assert found["breached"] == []
    assert (found["configuration"]["judged_by"], ids(found["configuration"]["more"])) == ("HEAD", [ONE])
    # and the other way round
    commit(late)
    late.write("config/sla.yaml", usual)
    found = checked(late, "--config-from", "HEAD")
    assert (ids(found["breached"]), ids(found["configuration"]["fewer"])) == ([ONE], [ONE])
    told = late.tkt("sla", "check", "--clock", "first_response", "--config-from", "HEAD", code=1).out
    assert "judged by the configuration of HEAD; the one here would find 0 more and 1 fewer:" in told
    assert f"  - {ONE} E104 · " in told
    assert checked(late, "--config-from", "HEAD", "--new-since", "HEAD", code=0)["new"] == []
    assert checked(late, "--config-from", "work", code=0)["breached"] == []


def stricter(text: str) -> str:
    """The same with a minute to answer."""
    import re

    return re.sub(r"first_response: \w+", "first_response: 1m", text)


def test_another_configuration_leaves_the_index_alone(late: DeskAtWork) -> None:
    (index,) = [it for it in [late.root / ".git/tkt/desk/index.sqlite"] if checked(late) and it.exists()]
    usual = (late.root / "config/sla.yaml").read_text("utf-8")
    late.write("config/sla.yaml", stricter(usual))
    commit(late)
    late.write("config/sla.yaml", usual)
    checked(late)
    before = index.read_bytes()
    checked(late, "--config-from", "HEAD", "--new-since", "HEAD", code=None)
    assert index.read_bytes() == before


def test_a_base_without_a_desk_or_with_a_broken_ticket_has_no_breach(late: DeskAtWork) -> None:
    late.git("checkout", "-q", "--orphan", "empty")
    late.git("commit", "-q", "--allow-empty", "-m", "nothing", "--", "tkt.yaml")
    late.git("rm", "-rq", "--cached", ".")
    late.git("commit", "-qm", "nothing at all")
    assert ids(checked(late, "--new-since", "HEAD")["new"]) == [ONE]
    late.write(PLACE.format(ONE), "title: no id\n")
    commit(late)
    late.write(PLACE.format(ONE), ticket(ONE))
    answer = late.tkt("sla", "check", "--clock", "first_response", "--new-since", "HEAD", code=1)
    assert "cannot be read as HEAD has it" in answer.err


def test_a_base_whose_configuration_is_broken_is_told_with_another_way(late: DeskAtWork) -> None:
    usual = (late.root / "config/sla.yaml").read_text("utf-8")
    late.write("config/sla.yaml", "policies: 7\n")
    commit(late)
    late.write("config/sla.yaml", usual)
    assert "--config-from work" in late.tkt("sla", "check", "--new-since", "HEAD", code=2).err
    # judged by what lies here, both can be compared
    assert checked(late, "--new-since", "HEAD", "--config-from", "work", code=0)["new"] == []


# --- what is excused, what is counted ---


def test_an_acknowledged_breach_fails_nothing_and_says_who_and_why(late: DeskAtWork) -> None:
    late.write(PLACE.format(ONE), ticket(ONE) + ACK.format(reason="the courier was late"))
    found = checked(late, code=0)
    assert found["breached"] == []
    (entry,) = found["acknowledged"]
    assert (entry["id"], entry["acknowledged"]["by"], entry["acknowledged"]["reason"]) == (
        ONE,
        "li.wei",
        "the courier was late",
    )


def test_a_ticket_that_has_a_policy_is_covered_whatever_clock_is_asked_for(late: DeskAtWork) -> None:
    found = late.json("sla", "check", "--clock", "next_response", code=0)
    assert (found["checked"], found["uncovered"]) == (1, 0)
    late.write("config/sla.yaml", "calendars: {}\npolicies: []\n")
    assert late.json("sla", "check", code=0)["uncovered"] == 1
    assert "1 without a policy" in late.tkt("sla", "check").out


def test_a_family_names_all_its_clocks(late: DeskAtWork) -> None:
    for name in ("stage", "stage:waiting", "task", "promise:01K"):
        late.tkt("sla", "check", "--clock", name, code=None)
    assert "did you mean stage:waiting?" in late.tkt("sla", "check", "--clock", "stage:wating", code=2).err
    assert "did you mean first_response?" in late.tkt("sla", "check", "--clock", "first_respnse", code=2).err
    assert [it["clock"] for it in late.json("sla", "list", "--clock", "resolution")] == ["resolution"]


def test_a_saved_view_may_be_asked_for(late: DeskAtWork) -> None:
    late.write("config/views.yaml", "views: {hot: priority:P1}\n")
    assert late.json("sla", "check", "@hot", code=0)["checked"] == 0


def test_a_reader_who_leaves_early_costs_neither_a_report_nor_the_exit_code(late: DeskAtWork) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "tkt", "sla", "check", "--report", "junit=late.xml"]
    unbuffered = {**os.environ, "PYTHONUNBUFFERED": "1"}
    found = subprocess.run(
        command, cwd=late.root, stdout=writer, stderr=subprocess.PIPE, env=unbuffered, timeout=60
    )
    os.close(writer)
    assert (found.returncode, found.stderr) == (1, b"")
    assert "<testsuites" in (late.root / "late.xml").read_text("utf-8")
