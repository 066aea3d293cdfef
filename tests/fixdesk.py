"""A desk whose tickets somebody changes by hand, and commits under a name and at a time."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from typing import Any

from helpers import DeskAtWork

WANG = ("Wang Fang", "wang.fang@desk.example")  # a person of the desk, see `with_people`
CHEN = ("Chen", "chen@elsewhere.example")  # nobody the desk knows
ID = "261116-HAND1"
PATH = f"tickets/new/{ID}.yaml"

TICKET = """\
# VIP, please be quick
id: 261116-HAND1
title:   Cannot issue invoices   # as the customer says it
channel: phone
impact: one
urgency: yellow       # upset
priority: P3
tags:
  - invoice           # kept by hand
received_at: 2026-11-16T01:00:00Z
team: finance
events:
- id: aaaa00
  at: 2026-11-16T01:00:00Z
  by: zhang@acme.example
  role: customer
  did: opened
  status: new
  channel: phone
# what the customer said first
- id: aaaa01
  at: 2026-11-16T01:00:00Z
  by: zhang@acme.example
  role: customer
  did: message
  text: words
- id: bbbb00
  at: 2026-11-16T01:05:00Z
  by: rule:money
  role: system
  auto: true
  did: set
  field: title
  to: Cannot issue invoices
- id: bbbb01
  at: 2026-11-16T01:05:00Z
  by: rule:money
  role: system
  auto: true
  did: set
  field: tags
  add: [invoice]
"""

_PEOPLE = """\
people:
  wang.fang:
    name: Wang Fang
    email: wf@home.example
    aliases: [wang.fang@desk.example]
    teams: [support]
"""


def prepared(desk: DeskAtWork, text: str = TICKET, path: str = PATH) -> DeskAtWork:
    """One ticket and a second person, committed."""
    people = (desk.root / "config/people.yaml").read_text()
    desk.write("config/people.yaml", people.replace("people:\n", _PEOPLE, 1))
    desk.write(path, text)
    commit(desk, at="2026-11-16T01:10:00Z")
    return desk


def commit(
    desk: DeskAtWork,
    who: tuple[str, str] = WANG,
    at: str = "2026-11-16T02:00:00Z",
    *,
    date: str | None = None,
) -> str:
    """Commit everything by hand; the sha."""
    name, mail = who
    identity = {
        "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": mail, "GIT_AUTHOR_DATE": at,
        "GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": mail, "GIT_COMMITTER_DATE": date or at,
    }  # fmt: skip
    subprocess.run(["git", "add", "-A"], cwd=desk.root, check=True)
    environment = {**os.environ, **identity}
    subprocess.run(
        ["git", "commit", "-qm", "by hand", "--allow-empty"], cwd=desk.root, env=environment, check=True
    )
    return desk.git("rev-parse", "HEAD").strip()


def edit(desk: DeskAtWork, old: str, new: str, ticket: str = ID) -> None:
    """Change the text of a ticket's file, its line ends as they are."""
    path = desk.path(ticket)
    text = path.read_bytes().decode()
    assert old in text, f"{path} does not hold {old!r}"
    path.write_bytes(text.replace(old, new, 1).encode())


def git_mv(desk: DeskAtWork, folder: str, ticket: str = ID) -> None:
    """Move a ticket's file by hand."""
    (desk.root / folder).mkdir(parents=True, exist_ok=True)
    desk.git("mv", desk.path(ticket).relative_to(desk.root).as_posix(), f"{folder}/")


def fixed(desk: DeskAtWork, *args: str, code: int = 0) -> Any:
    """What `tkt check --fix --yes --json` answers."""
    return desk.json("check", "--fix", "--yes", *args, code=code)


def events(desk: DeskAtWork, ticket: str = ID) -> list[dict[str, Any]]:
    """The events of a ticket."""
    found: list[dict[str, Any]] = desk.json("show", ticket)["events"]
    return found


def errors(desk: DeskAtWork, *args: str) -> list[str]:
    """The codes of the errors that `tkt check` finds."""
    problems = desk.json("check", *args, code=None)["problems"]
    return [it["code"] for it in problems if it["severity"] == "error"]


def added(desk: DeskAtWork, act: Callable[[], object], ticket: str = ID) -> list[dict[str, Any]]:
    """The events that `act` adds to a ticket."""
    known = {event["id"] for event in events(desk, ticket)}
    act()
    return [event for event in events(desk, ticket) if event["id"] not in known]
