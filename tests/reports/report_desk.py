"""A small desk whose tickets never change, on disk, for the tests of reports: the week of tests/kpi_week.py."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from helpers import DeskAtWork, configure_git
from kpi_week import TICKETS

from tkt.cli import main
from tkt.store.codec.writing import new_ticket_text

NOW = "2026-11-02T10:00:00+08:00"
WEEK = ("--from", "2026-10-05", "--to", "2026-10-12")


def with_the_week(root: Path, known: Path, capsys: pytest.CaptureFixture[str]) -> DeskAtWork:
    """The desk with those tickets and two customers; made once in `known`, and copied."""
    configure_git(Path(os.environ["HOME"]))
    if not known.is_dir():
        assert main(["init", str(known)]) == 0
        _write(DeskAtWork(known, capsys))
    shutil.copytree(known, root)
    return DeskAtWork(root, capsys, now=NOW)


def _write(desk: DeskAtWork) -> None:
    for ticket in TICKETS:
        month = f"20{ticket.id[:2]}-{ticket.id[2:4]}"
        folder = f"{ticket.status}/{month}" if ticket.status == "closed" else ticket.status
        values = {
            "title": f"Title of {ticket.id[-2:]}",
            "customer": "globex" if ticket.id[-1] in "12" else "initech",
        }
        desk.write(f"tickets/{folder}/{ticket.id}.yaml", new_ticket_text(ticket.with_values(**values)))
    desk.write("customers/globex.yaml", "name: Globex\ntier: vip\nindustry: retail\nregion: east\n")
    desk.write("customers/initech.yaml", "name: Initech\ntier: basic\nregion: west\n")
    desk.git("add", "--all")
    desk.git("commit", "--quiet", "--message", "the week")
