"""How fast are other programs of this kind, with the same tickets, on the same machine, in the same run?

    .venv/bin/python bench/peers.py [--sizes 1000,10000] [--only tkt,Fossil] [--fetch] [--json|--markdown]

One in ten tickets is open. Programs that are not installed are named and left out; `--fetch` installs
Backlog.md by npm into a temporary folder. A list whose lines do not all arrive in a pipe is named too.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from holdings import Held, held, requests
from measure import Failed, Taken, apart, machine, median, peak, rounds, run
from peer import Peer
from peer_tools import PEERS, WITHOUT
from tables import table

TIMES = ("list ms", "show ms", "filter ms", "new ms", "cold list ms", "peak MB")
HEAD = ("program", "tickets", *TIMES, "reads files", "commits to git", "in a pipe", "without")
ASKED = ("list", "show", "filter", "new", "cold")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One program at one size; milliseconds."""

    program: str
    tickets: int
    reads_files: bool
    commits: bool
    arrived: str
    lacks: str
    peak_mb: float
    ms: dict[str, float]

    def cells(self) -> tuple[str, ...]:
        """For the table."""
        times = [f"{self.ms[name]:.0f}" if name in self.ms else "" for name in ASKED]
        yes = {True: "yes", False: "no"}
        facts = (yes[self.reads_files], yes[self.commits], self.arrived, self.lacks)
        return (self.program, f"{self.tickets:,}", *times, f"{self.peak_mb:.0f}", *facts)


def main() -> int:
    """Fill, ask, print."""
    asked = arguments()
    rows: list[Row] = []
    missing = [f"{name}: not measured, {why}" for name, why in WITHOUT.items()]
    with tempfile.TemporaryDirectory(prefix="tkt-peers-") as spare:
        folder = Path(asked.folder or spare).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        if asked.fetch:
            fetch(Path(spare))
        wanted = [it for it in PEERS if not asked.only or it.name in asked.only.split(",")]
        missing += [f"{it.name}: no program {it.program} found" for it in wanted if not it.found()]
        for number in sorted(map(int, asked.sizes.split(","))):
            for kind in wanted:
                rows += measured(kind, folder, number, asked)
    print(printed(rows, missing, asked))
    return 0


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", metavar="DIR", help="where they are filled; else nowhere")
    parser.add_argument("--sizes", default="1000,10000", help="tickets")
    parser.add_argument("--only", default="", help=f"of: {','.join(it.name for it in PEERS)}")
    parser.add_argument("--fetch", action="store_true", help="install Backlog.md by npm, for this run alone")
    parser.add_argument("--tkt", help="the tkt to measure, if not the one beside this Python")
    parser.add_argument("--runs", type=int, default=9, help="at most so many of each")
    parser.add_argument("--clock", choices=("wall", "cpu"), default="wall")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--markdown", action="store_true")
    return parser.parse_args()


def fetch(folder: Path) -> None:
    """Backlog.md, if npm has it."""
    if shutil.which("npm") is None:
        say("npm is not installed: Backlog.md cannot be fetched")
        return
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), "backlog.md"]
    if subprocess.run(command, check=False).returncode:
        say("npm could not install Backlog.md")
    os.environ["PATH"] = f"{folder / 'node_modules/.bin'}{os.pathsep}{os.environ['PATH']}"


def measured(kind: type[Peer], folder: Path, number: int, asked: argparse.Namespace) -> list[Row]:
    """One program at one size; none if it is not there or does not do its work."""
    program = asked.tkt if kind.name == "tkt" and asked.tkt else kind.found()
    if program is None:
        return []
    say(f"{kind.name}, {number:,} tickets")
    place = folder / f"{kind.name.replace(' ', '-').lower()}-{number}"
    shutil.rmtree(place, ignore_errors=True)
    peer = kind(place, program)
    try:
        return [asked_for(peer, apart(filled, peer, number), asked)]
    except Failed as error:
        say(f"  failed: {error}")
        return []


def filled(peer: Peer, number: int) -> Held:
    """Put so many requests in. Errors: Failed."""
    those = list(requests(number))
    peer.fill(those)
    return held(those)


def asked_for(peer: Peer, holds: Held, asked: argparse.Namespace) -> Row:
    """All questions, warm first, then after a fresh clone. Errors: Failed."""
    shown, found = peer.shown(peer.list_open()), peer.shown(peer.filtered())
    if found != holds.looked_for:
        raise Failed(f"the filter finds {found} of {holds.looked_for}")
    works: dict[str, Callable[[], Taken]] = {
        "list": peer.list_open,
        "show": lambda: peer.show(holds.one),
        "filter": peer.filtered,
        "new": lambda: committed(peer),
    }
    taken = {name: rounds(work, at_most=asked.runs)[0] for name, work in works.items()}
    ms = {name: median(times, asked.clock) * 1000 for name, times in taken.items()}
    ms["cold"] = cold(peer, asked)
    return Row(
        program=peer.name,
        tickets=holds.tickets,
        reads_files=peer.reads_files,
        commits=peer.commits,
        arrived="all" if shown == holds.are_open else f"{shown} of {holds.are_open}",
        lacks=peer.lacks,
        peak_mb=peak(taken["list"]),
        ms=ms,
    )


def committed(peer: Peer) -> Taken:
    """A new one. Errors: Failed if there is no commit of it where there ought to be one."""
    if not peer.commits:
        return peer.new()
    before = run(["git", "rev-parse", "HEAD"], peer.where).out
    done = peer.new()
    if run(["git", "rev-parse", "HEAD"], peer.where).out == before:
        raise Failed("no commit was made")
    return done


def cold(peer: Peer, asked: argparse.Namespace) -> float:
    """The first list in a fresh clone, in milliseconds; the cloning itself is not counted."""
    times = []
    for _ in range(min(3, asked.runs)):
        peer.make_cold()
        times.append(peer.list_open())
    return median(times, asked.clock) * 1000


def printed(rows: list[Row], missing: list[str], asked: argparse.Namespace) -> str:
    """The table, or the JSON."""
    about = {**machine(), "clock": asked.clock}
    if asked.json:
        whole = {"machine": about, "rows": [asdict(row) for row in rows], "missing": missing}
        return json.dumps(whole, ensure_ascii=False, indent=1)
    words = ", ".join(f"{name} {value}" for name, value in about.items())
    told = table(HEAD, [row.cells() for row in rows], markdown=asked.markdown)
    return "\n\n".join((told, "\n".join(missing), words))


def say(text: str) -> None:
    """How far it is, beside the answer."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
