"""How fast is tkt on 1,000, 10,000 and 100,000 tickets, beside what cannot be spared?

    .venv/bin/python bench/run.py [DIR] [--sizes 1000,10000,100000] [--only list,show] [--json|--markdown]

Makes the desks in DIR (a temporary folder without one; desks that are there are used again and left as
they were), measures every case and its floor in turn, and prints one row a case and size. The exit code
is 1 if a limit was missed. `docs/performance.md` says how to read it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from cases import CASES, HERE, Bench
from figures import HEAD, Figure, all_good, as_json, cells
from limits import LIMITS
from measure import Failed, apart, machine
from tables import table


def main() -> int:
    """Make, measure, print."""
    asked = arguments()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="tkt-bench-") as spare:
        folder = Path(asked.folder or spare).resolve()
        for number in sorted(asked.sizes):
            figures += measured(asked, folder, Path(spare), number)
    print(printed(figures, asked))
    return 0 if all_good(figures) else 1


def arguments() -> argparse.Namespace:
    """What was asked for."""
    beside = Path(sys.executable).parent / "tkt"
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", metavar="DIR", help="where the desks are kept; else nowhere")
    parser.add_argument("--sizes", type=sizes, default=[1_000, 10_000, 100_000], help="tickets of each desk")
    parser.add_argument("--only", type=names, default=list(CASES), help=f"of: {','.join(CASES)}")
    parser.add_argument("--tkt", default=str(beside) if beside.exists() else shutil.which("tkt"))
    parser.add_argument("--runs", type=int, default=9, help="at most so many of each")
    parser.add_argument(
        "--clock", choices=("wall", "cpu"), default="wall", help="cpu on a machine that is busy"
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--markdown", action="store_true")
    return parser.parse_args()


def sizes(text: str) -> list[int]:
    """`1000,10000`."""
    return [int(part) for part in text.replace("_", "").split(",")]


def names(text: str) -> list[str]:
    """`list,show`. Errors: ArgumentTypeError."""
    found = text.split(",")
    if unknown := set(found) - set(CASES):
        raise argparse.ArgumentTypeError(
            f"no case {', '.join(sorted(unknown))}; there are {', '.join(CASES)}"
        )
    return found


def measured(asked: argparse.Namespace, folder: Path, scratch: Path, number: int) -> list[Figure]:
    """All cases at one size; a case that fails is said and left out."""
    desk = folder / str(number)
    if not (desk / "tkt.yaml").exists():
        say(f"making a desk of {number:,} tickets in {desk}")
        made = [sys.executable, str(HERE / "desks.py"), str(desk), "--tickets", str(number)]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
    bench = Bench(
        root=desk, scratch=scratch, number=number, tkt=[asked.tkt], clock=asked.clock, at_most=asked.runs
    )
    figures = []
    for name in asked.only:
        say(f"{name}, {number:,} tickets")
        try:
            figures.append(apart(measure_case, name, bench))
        except Failed as error:
            figures.append(failed(name, number, str(error)))
    return figures


def measure_case(name: str, bench: Bench) -> Figure:
    """One case at one size. Errors: Failed."""
    return CASES[name](bench)


def failed(name: str, number: int, why: str) -> Figure:
    """The row of a case that could not be measured: its limit counts as missed."""
    say(f"  failed: {why}")
    note = why.splitlines()[0][:160]
    return Figure(
        case=name, tickets=number, floor="", seconds=0, floor_seconds=None, peak_mb=0, runs=0, note=note
    )


def printed(figures: list[Figure], asked: argparse.Namespace) -> str:
    """The table, or the JSON."""
    order = list(CASES)
    figures = sorted(figures, key=lambda it: (order.index(it.case), it.tickets))
    about = {**machine(), "clock": asked.clock}
    if asked.json:
        rows = [as_json(it, figures) for it in figures]
        limits = {name: str(limit) for name, limit in LIMITS.items()}
        whole = {"machine": about, "limits": limits, "figures": rows, "ok": all_good(figures)}
        return json.dumps(whole, ensure_ascii=False, indent=1)
    rows_of_cells = [cells(it, figures) for it in figures]
    words = ", ".join(f"{name} {value}" for name, value in about.items())
    return f"{table(HEAD, rows_of_cells, markdown=asked.markdown)}\n\n{words}"


def say(text: str) -> None:
    """How far it is, beside the answer."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
