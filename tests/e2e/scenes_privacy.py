"""Scenes of the gallery: what `tkt redact` and `tkt forget` refuse."""

from __future__ import annotations

from collections.abc import Callable

from gallery_parts import nothing
from helpers import DeskAtWork

Scene = tuple[Callable[[DeskAtWork], object], tuple[str, ...]]
ACME = "name: ACME\ncontacts: [{name: Zhang Wei, email: zhang@acme.example}]\n"


def with_customer(desk: DeskAtWork) -> None:
    desk.write("customers/acme.yaml", ACME)
    desk.git("add", "-A")
    desk.git("commit", "-qm", "a customer")


def edited(desk: DeskAtWork) -> None:
    file = desk.root / "tickets/new/261116-AAAA1.yaml"
    file.write_text(f"# mine\n{file.read_text()}")


def redacted_already(desk: DeskAtWork) -> None:
    desk.tkt("redact", "AAAA1", "--event", "aaaa01", "--reason", "asked")


SCENES: dict[str, Scene] = {
    "redact without saying what": (nothing, ("redact", "AAAA1")),
    "redact without a reason": (nothing, ("redact", "AAAA1", "--event", "aaaa01")),
    "redact what is no event": (nothing, ("redact", "AAAA1", "--event", "zzzz00", "--reason", "r")),
    "redact what has no words": (nothing, ("redact", "AAAA1", "--event", "aaaa00", "--reason", "r")),
    "redact a field that is no words": (nothing, ("redact", "AAAA1", "--field", "channel", "--reason", "r")),
    "redact what is redacted": (redacted_already, ("redact", "AAAA1", "--event", "aaaa01", "--reason", "r")),
    "redact what is being edited": (edited, ("redact", "AAAA1", "--event", "aaaa01", "--reason", "r")),
    "forget nobody we know": (with_customer, ("forget", "acmee", "--yes")),
    "forget one of the desk": (nothing, ("forget", "li.wei@desk.example", "--yes")),
    "forget without a terminal": (with_customer, ("forget", "zhang@acme.example")),
}
