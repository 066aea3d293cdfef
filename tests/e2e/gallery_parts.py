"""What scenes of the gallery are made of: a small ticket, and ways to put the desk into a bad state."""

from __future__ import annotations

from collections.abc import Callable

from helpers import DeskAtWork
from small_ticket import TICKET

CLOSED = TICKET.replace("status: new", "status: closed")


def ticket(name: str, text: str = TICKET) -> str:
    return text.replace("id: ID", f"id: {name}")


def prepared(desk: DeskAtWork) -> None:
    desk.write("tickets/new/261116-AAAA1.yaml", ticket("261116-AAAA1"))
    desk.write("tickets/new/261116-AAAA2.yaml", ticket("261116-AAAA2"))
    desk.write(
        "tickets/closed/2026-10/261116-BBBB1.yaml",
        ticket("261116-BBBB1", CLOSED).replace("2026-11-16", "2026-10-16"),
    )
    desk.write("notes.txt", "not a desk")
    desk.git("add", "-A")
    desk.git("commit", "-qm", "prepared")


def file(path: str, text: str | bytes) -> Callable[[DeskAtWork], object]:
    return lambda desk: desk.write(path, text)


def bad(text: str | bytes) -> Callable[[DeskAtWork], object]:
    return file("tickets/new/261116-CCCC1.yaml", text)


def replaced(path: str, old: str, new: str) -> Callable[[DeskAtWork], object]:
    def edit(desk: DeskAtWork) -> None:
        text = (desk.root / path).read_text("utf-8")
        assert old in text, f"{path} does not hold {old!r}"
        (desk.root / path).write_text(text.replace(old, new, 1), "utf-8")

    return edit


def git(*args: str) -> Callable[[DeskAtWork], object]:
    return lambda desk: desk.git(*args)


def tidied(desk: DeskAtWork) -> None:
    """Git as it was: what a scene has told it beside its files and branches."""
    inside = desk.root / ".git"
    if (inside / "info/sparse-checkout").exists():
        desk.git("sparse-checkout", "disable")
        (inside / "info/sparse-checkout").unlink()
    (inside / "shallow").unlink(missing_ok=True)
    if "[remote " in (inside / "config").read_text():
        for remote in desk.git("remote").split():
            desk.git("remote", "remove", remote)


def nothing(desk: DeskAtWork) -> None:
    """The desk as it is."""
