"""One of many who work on one desk: random commands, with a sync in between. Run as a program of its own.

    python clone_worker.py CLONE SEED COMMANDS

prints a JSON object: how many commands were carried out, and ticket → ids of the events it has seen.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import sys
from datetime import UTC, datetime, timedelta

from tkt.cli import main

START = datetime(2026, 11, 17, 1, tzinfo=UTC)
SYNC_EVERY = 4


def carried_out(clone: str, *args: str) -> tuple[int, str]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()) as err:
        code = main(["-C", clone, *args])
    return code, out.getvalue() or err.getvalue()


def command(chance: random.Random, tickets: list[str], me: str) -> tuple[str, ...]:
    ticket = chance.choice(tickets)
    return chance.choice(
        [
            ("note", ticket, "-m", f"{me} thinks {chance.random()}"),
            ("reply", ticket, "-m", f"{me} answers {chance.random()}"),
            ("heard", ticket, "--channel", "phone", "-m", f"said to {me} {chance.random()}"),
            ("tag", ticket, chance.choice(["tax", "invoice", "-tax", "beta"])),
            ("set", ticket, chance.choice(["urgency=red", "urgency=green", "impact=many", "impact=one"])),
            ("start", ticket, "--set", "complexity=simple"),
            ("wait", ticket, "--on", "vendor", "--for", "a part"),
            ("resolve", ticket, "--code", "answered", "--cause", "unknown", "-m", "Explained."),
            ("close", ticket, "--confirmed", "phone"),
            ("reopen", ticket),
            ("new", f"by {me}", "--channel", "phone", "-m", f"help {chance.random()}"),
        ]
    )


def synced(clone: str) -> str:
    """What went wrong; who was overtaken all the time does what the hint says: once more."""
    told = ""
    for _ in range(5):
        code, told = carried_out(clone, "sync")
        if code == 0:
            return ""
        if "somebody else pushed first" not in told:
            break
    return told


def work(clone: str, seed: int, commands: int) -> dict[str, object]:
    chance = random.Random(seed)
    seen: dict[str, set[str]] = {}
    tickets = sorted(found["id"] for found in json.loads(carried_out(clone, "list", "--json")[1])["data"])
    done = tries = 0
    while done < commands:
        tries += 1
        os.environ["TKT_NOW"] = (START + timedelta(minutes=tries, seconds=seed)).strftime(
            "%Y-%m-%dT%H:%M:%SZ"
        )
        code, told = carried_out(clone, *command(chance, tickets, f"agent {seed}"), "--json")
        if code != 0:
            continue  # the desk refuses what the ticket's status does not allow
        done += 1
        ticket = json.loads(told)["data"]
        seen.setdefault(ticket["id"], set()).update(event["id"] for event in ticket["events"])
        if done % SYNC_EVERY == 0:
            assert synced(clone) == ""
    return {"done": done, "seen": {key: sorted(events) for key, events in seen.items()}}


if __name__ == "__main__":
    print(json.dumps(work(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
