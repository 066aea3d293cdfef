"""Scenes of lists, views, several tickets in one command, and the ticket named last."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import bad, nothing
from helpers import DeskAtWork

SCENES: dict[str, tuple[Callable[[DeskAtWork], object], tuple[str, ...]]] = {
    "no such view among other words": (nothing, ("list", "(@pol OR @mine) priority:P1")),
    "no such field to sort by": (nothing, ("list", "--sort", "-prioirty", "status:open")),
    "nothing to take up": (nothing, ("next", "tag:nobody-has-it")),
    "no ticket was named yet": (nothing, ("note", "@", "-m", "x")),
    "no ticket at all": (nothing, ("take",)),
    "ids and a query together": (nothing, ("take", "AAAA1", "--query", "status:new")),
    "a query without a terminal": (nothing, ("assign", "--query", "status:new", "me")),
    "a query with a misspelt field": (nothing, ("close", "--query", "staus:new", "--yes", "--code", "test")),
    "a query beside a file that cannot be read": (bad("- a\n"), ("assign", "--query", "status:new", "--yes", "me")),
    "one of several is refused": (nothing, ("wait", "AAAA1", "BBBB1", "--on", "vendor", "--for", "x")),
    "one of several is not there": (nothing, ("note", "AAAA1,ZZZZ9", "-m", "x")),
    "a ticket where a tag should be": (nothing, ("tag", "AAAA1", "AAAA2", "vip")),
    "a ticket where a person should be": (nothing, ("assign", "AAAA1", "AAAA2")),
    "a move without a status": (nothing, ("move",)),
    "tags for nobody": (nothing, ("tag", "AAAA1")),
    "nothing to set": (nothing, ("set", "AAAA1")),
}  # fmt: skip
