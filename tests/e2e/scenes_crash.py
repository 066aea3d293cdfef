"""Scenes at the reader's door: files too big or too deep, links, ids that lead elsewhere, titles that paint."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gallery_parts import bad, nothing, ticket
from helpers import DeskAtWork
from small_ticket import TICKET

Prepare = Callable[[DeskAtWork], object]
PLACE = "tickets/new/261116-CCCC1.yaml"
PAINT = "\\e[31mred\\e[0m \\u202Egnp.exe \\e]8;;http://evil.example\\e\\\\ [bold]rich[/bold] [link=http://x]y"


def huge(desk: DeskAtWork) -> None:
    """50 MB, of which the disk sees nothing."""
    with desk.write(PLACE, ticket("261116-CCCC1")).open("r+b") as file:
        file.truncate(50 * 1024 * 1024)


def linked(place: str, target: str) -> Prepare:
    def link(desk: DeskAtWork) -> None:
        path = desk.root / place
        if path.is_dir():
            path.rename(path.with_name("elsewhere"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(Path(target))

    return link


def painted(desk: DeskAtWork) -> None:
    desk.write(PLACE, ticket("261116-CCCC1").replace("title: E104", f'title: "{PAINT}"'))


DEEP = TICKET.replace("ID", "261116-CCCC1").replace("title: E104", f"title: {'[' * 10_000}x{']' * 10_000}")
OUT = "../../../../etc/passwd"

SCENES = {
    "a file of 50 MB": (huge, ("check",)),
    "a list beside a file of 50 MB": (huge, ("list", "status:all")),
    "nesting of 10,000": (bad(DEEP), ("check",)),
    "show what is nested 10,000 deep": (bad(DEEP), ("show", "CCCC1")),
    "a directory named like a ticket": (lambda desk: desk.write(f"{PLACE}/notes.yaml", "a: 1\n"), ("check",)),
    "show a directory named like a ticket": (lambda desk: desk.write(f"{PLACE}/x", ""), ("show", "CCCC1")),
    "a ticket that is a link out of the desk": (linked(PLACE, "/etc/passwd"), ("check",)),
    "show a ticket that is a link out of the desk": (linked(PLACE, "/etc/passwd"), ("show", "CCCC1")),
    "a status that is a link out of the desk": (linked("tickets/new", "/etc"), ("check",)),
    "customers that are a link out of the desk": (linked("customers", "/etc"), ("check",)),
    "show an id that leads out of the desk": (nothing, ("show", OUT)),
    "change an id that leads out of the desk": (nothing, ("note", OUT, "--text", "x")),
    "refuse a title that paints": (painted, ("take", "CCCC1")),
    "a value that paints": (nothing, ("list", "priority:\u202eP1")),
    "a misspelt field in a search": (nothing, ("search", "titel:E104")),
    "a misspelt field in a report": (nothing, ("report", "kpi", "chanel:phone")),
}  # fmt: skip
