"""`tkt escalate` on a real desk: what is recorded, told and shown, and what a batch does of it."""

from __future__ import annotations

import json

from helpers import DeskAtWork

PEOPLE = """\
  zhao.min: {name: Zhao Min, email: zhao.min@desk.example, teams: [tech]}
  sun.li: {name: Sun Li, teams: [tech], kind: former}
"""


def staffed(desk: DeskAtWork) -> str:
    """A ticket on a desk with somebody in the technical team; Li Wei leads support, Zhao Min manages it."""
    people = desk.root / "config/people.yaml"
    text = people.read_text("utf-8").replace("    # manager: wang.fang", "    manager: zhao.min")
    people.write_text(text.replace("    teams: [support]\n", f"    teams: [support]\n{PEOPLE}", 1), "utf-8")
    desk.git("commit", "-qam", "people")
    given = ("--category", "product/fault", "--impact", "one", "--urgency", "green")
    ticket = str(desk.json("new", "--channel", "email", "--text", "E104", *given, "complexity=simple")["id"])
    desk.tkt("reply", ticket, "-m", "Which version?")
    return ticket


def test_a_ticket_goes_to_the_team_that_can_and_then_up(desk: DeskAtWork) -> None:
    ticket = staffed(desk)
    desk.tkt("assign", ticket, "--team", "support", "--owner", "li.wei", code=None)
    commits = int(desk.git("rev-list", "--count", "HEAD"))
    told = desk.at("2026-11-16T02:10:00Z").tkt(
        "escalate", ticket, "--to", "技术部", "--reason", "needs the logs", "--note", "restarted"
    )
    assert (
        "Li Wei: called in the experts: Technical team (was with Customer support; owned by Li Wei)"
        in told.out
    )
    assert "a notice is to be sent (email; Zhao Min; escalation)" in told.out
    assert int(desk.git("rev-list", "--count", "HEAD")) == commits + 1
    assert "Action: escalate" in desk.git("log", "-1", "--format=%B")
    page = desk.tkt("show", ticket).out
    assert page.index("escalated 2026-11-16 10:10") < page.index("last asked") < page.index("received")
    assert "needs the logs" in desk.tkt("show", ticket, "--brief").out
    assert "needs the logs" in desk.tkt("show", ticket, "--for", "zhao.min").out
    notice = next(e["notice"] for e in desk.json("show", ticket)["events"] if e["did"] == "queued")
    assert "needs the logs" in desk.tkt("outbox", "show", notice).out
    up = desk.at("2026-11-16T02:20:00Z").json("escalate", ticket, "--reason", "furious")
    assert up["events"][-2]["level"] == "manager"  # Li Wei, who escalates, is the lead
    assert up["owner"] is None
    assert desk.tkt("escalate", ticket, "--reason", "again", code=1).err.count("Zhao Min (manager)") == 1
    assert desk.tkt("take", ticket, "--force", "--reason", "mine", code=None).code == 0
    assert not [it for it in desk.json("check")["problems"] if it["path"].startswith("tickets/")]


def test_nobody_in_the_team_is_said_and_a_query_takes_several(desk: DeskAtWork) -> None:
    staffed(desk)
    staffed_again = str(desk.json("new", "--channel", "email", "--text", "E105")["id"])
    done = desk.tkt("escalate", "--query", "status:open", "--yes", "--to", "finance", "--reason", "money")
    assert "2 tickets changed" in done.out
    assert "nobody is in finance: support looks after it" in done.err
    line = {
        "do": "escalate",
        "id": staffed_again,
        "to": "tech",
        "owner": "zhao.min",
        "note": "x",
        "reason": "logs",
    }
    batch = desk.root.parent / "lines.jsonl"
    batch.write_text(json.dumps(line) + "\n", "utf-8")
    assert desk.json("batch", str(batch))["changed"] == 1
    assert desk.json("show", staffed_again)["owner"] == "zhao.min"


def test_a_reason_of_blanks_is_none(desk: DeskAtWork) -> None:
    ticket = staffed(desk)
    for command in (("escalate", ticket, "--to", "quality"), ("set", ticket, "priority=P1")):
        assert "--reason" in desk.tkt(*command, "--reason", "  ", code=1).err
    line = json.dumps({"do": "escalate", "id": ticket, "to": "quality", "reason": " "})
    (desk.root.parent / "lines").write_text(line, "utf-8")
    desk.tkt("batch", str(desk.root.parent / "lines"), code=1)
