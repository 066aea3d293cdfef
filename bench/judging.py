"""How long does it take to judge every clock of these tickets, reading them apart? A program of its own; prints two times.

    .venv/bin/python bench/judging.py DESK NOW < LIST_OF_FILES

Prints the seconds by the wall and by the processor, of computing the verdicts at NOW alone: some tickets are
read and parsed, then judged while the clock runs, and so on, so that memory stays flat.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tkt.clock import parse_instant
from tkt.desk import Desk
from tkt.model import Ticket
from tkt.sla import verdicts
from tkt.store.codec.tickets import read_ticket

AT_ONCE = 500


def main() -> int:
    """Judge what is named on standard input."""
    desk, now = Desk.open(Path(sys.argv[1])), parse_instant(sys.argv[2])
    levels, spent, cycles = desk.levels, [0.0, 0.0], 0
    for tickets in chunks(desk, sys.stdin.read().splitlines()):
        wall, cpu = time.perf_counter(), time.process_time()
        for ticket in tickets:
            cycles += len(verdicts(ticket, levels, now))
        spent[0] += time.perf_counter() - wall
        spent[1] += time.process_time() - cpu
    print(*spent, cycles)
    return 0


def chunks(desk: Desk, paths: Sequence[str]) -> Iterator[list[Ticket]]:
    """The tickets of these files, some hundreds at once."""
    kinds = desk.config.field_kinds
    for start in range(0, len(paths), AT_ONCE):
        yield [
            read_ticket(Path(path).read_bytes(), path=path, status=status_of(path), kinds=kinds)
            for path in paths[start : start + AT_ONCE]
        ]


def status_of(path: str) -> str:
    """The directory below `tickets/`."""
    parts = Path(path).parts
    return parts[len(parts) - parts[::-1].index("tickets")]


if __name__ == "__main__":
    raise SystemExit(main())
