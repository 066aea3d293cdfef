"""What does the event log of another help desk look like, to be imported?"""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

from story import DAY, MONTHS, NOW, iso

EMPTY = "four rows a ticket, into an empty desk"
HEAD = ("ticket", "updated", "status", "created", "agent", "caller", "channel", "prio", "group", "summary")
MAP = """\
source: bench
encoding: utf-8
dates: ["%Y-%m-%dT%H:%M:%SZ"]
zone: UTC
columns:
  number: ticket
  changed_at: updated
  state: status
  opened_at: created
  changed_by: agent
  contact: caller
  channel: channel
  priority: prio
  team: group
title: ["{ticket}", "{summary}"]
opens_as: new
states:
  Open: new
  Owned: assigned
  Work: in-progress
  Done: closed
resolution:
  code: fixed
  cause: unknown
  text: ["{summary}"]
channels: {Mail: email, Phone: phone}
priorities: {"2": P2, "3": P3}
people: {Wang Fang: wang.fang, Chen Jie: chen.jie}
teams: {First line: support, Second line: tech}
fields:
  summary: {column: summary, type: text, when: first}
lacks: [messages]
"""
SUMMARIES = (
    "打印机每打十张就卡纸，换了纸也没有用",
    "开票时报错，无法提交",
    "The export of the last quarter times out",
    "Receipt printer jams every ten tickets",
)
STATES = (("Open", 0), ("Owned", 20), ("Work", 90), ("Done", 2000))


def write_log(folder: Path, number: int) -> tuple[Path, Path]:
    """A log of so many tickets and the map for it; nine in ten are closed."""
    log, plan = folder / f"log-{number}.csv", folder / "map.yaml"
    plan.write_text(MAP, "utf-8")
    dice = Random(number)
    with log.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEAD)
        for place in range(number):
            rows.writerows(ticket_rows(place, dice))
    return log, plan


def ticket_rows(place: int, dice: Random) -> list[list[str]]:
    """What happened to one ticket."""
    opened = NOW - dice.randrange(5 * DAY, MONTHS * 30 * DAY)
    states = STATES if place % 10 else STATES[:3]
    agent, group = dice.choice((("Wang Fang", "First line"), ("Chen Jie", "Second line")))
    fixed = [
        f"Caller {dice.randrange(500)}",
        dice.choice(("Mail", "Phone")),
        dice.choice("23"),
        group,
        dice.choice(SUMMARIES),
    ]
    return [
        [f"INC{place:07}", iso(opened + minutes * 60), state, iso(opened), agent, *fixed]
        for state, minutes in states
    ]
