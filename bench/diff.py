"""How long does `tkt diff` take beside what cannot be spared: `git diff --raw` and parsing what differs?

    .venv/bin/python bench/diff.py [DIR] [--tickets 100000] [--changed 1000] [--rule]

Makes a repository in DIR (a temporary folder without one) by `git fast-import`, and measures in one run.
With `--rule` the second state has another rule too, which is tried on the open and new tickets: these
are parsed beside what differs.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tkt.store.codec.tickets import read_ticket
from tkt.store.config import load_configuration

NOW = datetime(2026, 11, 16, 2, tzinfo=UTC)
TIMES = 5
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RULE = "rules:\n- name: tea\n  when: tea\n  set:\n    team: quality\n\n"

OPENED = """\
id: {id}
title: The invoice of order {number} cannot be printed
type: inquiry
category: billing
impact: one
urgency: green
complexity: simple
priority: P3
team: finance
owner: li.wei
channel: email
contact: {{name: Customer {number}, email: c{number}@shop.example}}
received_at: {at}
tags: [invoice]
events:
- id: aa0000
  at: {at}
  by: c{number}@shop.example
  role: customer
  did: opened
  status: new
  channel: email
- id: aa0001
  at: {at}
  by: c{number}@shop.example
  role: customer
  did: message
  text: |
    We ordered tea, and the invoice of order {number} cannot be printed:
    the page stays empty, whatever we press.
- id: aa0002
  at: {at}
  by: rule:money
  role: system
  auto: true
  did: set
  field: team
  to: finance
- id: ab0000
  at: {soon}
  by: li.wei
  role: agent
  did: message
  to: customer
  text: Thank you, we look into it.
- id: ac0000
  at: {later}
  by: li.wei
  did: moved
  from: new
  to: assigned
"""
CLOSED = """\
- id: ad0000
  at: {next}
  by: li.wei
  did: moved
  from: assigned
  to: closed
  resolution: {{code: fixed, text: printed}}
"""
MORE = """\
- id: ba0000
  at: {now}
  by: li.wei
  role: agent
  did: message
  to: customer
  text: |
    It works again; please try once more.
"""


def main() -> int:
    """Make, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--changed", type=int, default=1_000)
    parser.add_argument("--rule", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as spare:
        desk = Path(asked.folder or spare) / "desk"
        if not desk.exists():
            made(desk, asked.tickets, asked.changed, rule=asked.rule)
        git_s = best(lambda: run(desk, "git", "diff", "--raw", "old", "new"))
        parse_s = best(parsing(desk))
        tkt = [
            sys.executable,
            "-m",
            "tkt",
            "-C",
            str(desk),
            "diff",
            "old..new",
            "--now",
            f"{NOW:%Y-%m-%dT%H:%M:%SZ}",
        ]
        diff_s = best(lambda: run(desk, *tkt))
        print(f"git diff --raw {git_s:.3f} s, parsing {parse_s:.3f} s, tkt diff {diff_s:.3f} s")
        print(f"ratio {diff_s / (git_s + parse_s):.2f}")
    return 0


def made(desk: Path, tickets: int, changed: int, *, rule: bool) -> None:
    """A desk whose branch `new` differs from `old` in `changed` tickets."""
    run(desk.parent, sys.executable, "-m", "tkt", "init", str(desk))
    run(desk, "git", "repack", "-adq")
    stream = "".join(history(desk, tickets, changed, rule=rule)).encode()
    subprocess.run(["git", "fast-import", "--quiet"], cwd=desk, input=stream, check=True)


def history(desk: Path, tickets: int, changed: int, *, rule: bool) -> Iterator[str]:
    """Two commits for `git fast-import`: all tickets, then those that change."""
    step = max(tickets // changed, 1)
    yield commit("old", "refs/heads/main^0")
    for number in range(tickets):
        path, text = ticket(number)
        yield blob(path, text)
    yield commit("new", "refs/heads/old")
    for number in (place * step + place % 2 for place in range(changed)):  # half of them open
        path, text = ticket(number)
        yield blob(path, text + MORE.format(now=f"{NOW:%Y-%m-%dT%H:%M:%SZ}"))
    if rule:
        rules = (desk / "config/rules.yaml").read_text("utf-8")
        yield blob("config/rules.yaml", rules.replace("rules:\n", RULE, 1))


def commit(branch: str, parent: str) -> str:
    """The head of a commit."""
    who = f"Li Wei <li.wei@desk.example> {int(NOW.timestamp())} +0000"
    return f"commit refs/heads/{branch}\ncommitter {who}\ndata 4\nwork\nfrom {parent}\n"


def blob(path: str, text: str) -> str:
    """One file of a commit."""
    return f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}\n"


def ticket(number: int) -> tuple[str, str]:
    """Path and text of a ticket; one in twenty is open, the others are spread over three years."""
    is_open = number % 20 == 0
    days = (number * 7919) % (20 if is_open else 1095)
    at = (NOW - timedelta(days=days + 1)).replace(hour=2 + number % 6)
    tail = "".join(DIGITS[(number >> (5 * place)) % 32] for place in range(5))
    name = f"{at:%y%m%d}-{tail}"
    spans = {"at": 0, "soon": 30, "later": 31, "next": 60}
    instants = {key: f"{at + timedelta(minutes=it):%Y-%m-%dT%H:%M:%SZ}" for key, it in spans.items()}
    text = OPENED.format(id=name, number=number, **instants)
    if is_open:
        return f"tickets/assigned/{name}.yaml", text
    return f"tickets/closed/{at:%Y-%m}/{name}.yaml", text + CLOSED.format(**instants)


def parsing(desk: Path) -> Callable[[], object]:
    """Reads every version that differs, once."""
    kinds = load_configuration(desk).field_kinds
    told = run(desk, "git", "diff", "--raw", "--no-abbrev", "old", "new").splitlines()
    versions = [
        (run(desk, "git", "cat-file", "blob", sha).encode(), line.split("\t")[1])
        for line in told
        for sha in line.split()[2:4]
        if "\ttickets/" in line
    ]
    return lambda: [
        read_ticket(data, path=path, status=path.split("/")[1], kinds=kinds) for data, path in versions
    ]


def best(work: Callable[[], object]) -> float:
    """The shortest of a few times, in seconds of the processor: others may work on this machine too."""
    taken = []
    for _ in range(TIMES):
        start = spent()
        work()
        taken.append(spent() - start)
    return min(taken)


def spent() -> float:
    """Seconds that this process and those it started took of the processor."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def run(folder: Path, *command: str) -> str:
    """What a command prints."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, env=os.environ)
    return done.stdout


if __name__ == "__main__":
    raise SystemExit(main())
